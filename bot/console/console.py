"""The console: the same commands, rules, store and scheduler, with no homeserver."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from bot import events
from bot.console.script import (
    ComesOrGoes,
    Deletes,
    MovesClock,
    Reacts,
    Says,
    ScriptError,
    ScriptStep,
)
from bot.letters.compose import MESSAGE, REACTION, REPLY_FIELD, Composer
from bot.pipeline.dispatch import Dispatcher
from bot.pipeline.jobs import Scheduled
from bot.pipeline.requests import OperatorSettings
from circle.circles import Rules
from circle.time import to_ms
from storage.inbox import Inbox
from storage.mail import Admission, Posted
from storage.outbox import Outbox
from storage.uow import Store

SERVER = "localhost"
BOT = f"@souci:{SERVER}"
COORDINATION = "coordination"
FULL_POWER = 100


def user_id(name: str) -> str:
    """The Matrix id of a name of the console."""
    return f"@{name}:{SERVER}"


def room_id(name: str) -> str:
    """The id of a room of the console; one that begins with `!` is a real room's own."""
    return name if name.startswith("!") else f"!{name}:{SERVER}"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the bot. `room` is None in a direct message, `to` whoever it is for."""

    room: str | None
    to: str | None
    at: datetime
    key: str
    values: Mapping[str, Any]
    text: str

    def as_json(self) -> dict[str, object]:
        """The line that `--json` prints."""
        return {
            "room": self.room,
            "to": self.to,
            "at": self.at.isoformat(),
            "key": self.key,
            "values": self.values,
            "text": self.text,
        }


@dataclass(slots=True)
class _Room:
    """What the console remembers of a room: who is in it, and each person's messages."""

    name: str
    direct: bool = False
    joined: set[str] = field(default_factory=set)
    sent: dict[str, list[str]] = field(default_factory=dict)
    announced: dict[str, str] = field(default_factory=dict)


class Console:
    """Plays steps through the dispatcher and hands back what the bot sends, in order."""

    def __init__(
        self,
        store: Store,
        inbox: Inbox,
        outbox: Outbox,
        composer: Composer,
        settings: OperatorSettings,
    ) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._dispatcher = Dispatcher(store, composer, self, settings)
        self._scheduled = Scheduled(store, composer, settings)
        self._zone = ZoneInfo(settings.rules.timezone)
        self._rooms: dict[str, _Room] = {}
        self._reactions: dict[tuple[str, ...], str] = {}
        self._seen: defaultdict[str, list[str]] = defaultdict(list)
        self._run = uuid.uuid4().hex[:8]
        self._count = 0
        self.now = datetime.now(self._zone)

    async def joined_members(self, room: str) -> Mapping[str, str | None]:
        """Who is in the room; the console knows it itself."""
        known = self._rooms.get(room)
        return dict.fromkeys(known.joined if known else ())

    async def told_apart(self, event_id: str, lanes: tuple[str, str]) -> None:
        """What was sent is known at once here."""

    async def play(self, step: ScriptStep) -> list[Heard]:
        """Do one step; what the bot sent because of it. Raises ScriptError."""
        match step:
            case MovesClock():
                return await self._move_clock(step.at)
            case Says():
                return await self._says(step)
            case Reacts():
                return await self._reacts(step)
            case Deletes():
                return await self._deletes(step)
            case ComesOrGoes():
                return await self._moves(step)
        return []

    # Time

    async def _move_clock(self, to: datetime) -> list[Heard]:
        target = to if to.tzinfo else to.replace(tzinfo=self._zone)
        heard: list[Heard] = []
        while (due := await self._scheduled.next_due()) is not None and due <= target:
            self.now = max(self.now, due.astimezone(self._zone))
            await self._scheduled.run(self.now)
            heard += await self.drain()
        self.now = target.astimezone(self._zone)
        return heard

    # People

    async def _says(self, step: Says) -> list[Heard]:
        room = await self._enter(step.name, step.room, direct=step.direct)
        if step.edit is not None:
            target = self._own(step, room, step.edit)
            return await self._admit(self._message(step, room, edits=target))
        message = self._message(step, room)
        room.sent.setdefault(step.name, []).append(message.id)
        return await self._admit(message)

    def _message(self, step: Says, room: _Room, edits: str | None = None) -> events.Message:
        reply_to = self._announced(step, room, step.re) if step.re else None
        common = self._common(step.name, room)
        return events.Message(**common, body=step.text, reply_to=reply_to, edits=edits)

    async def _reacts(self, step: Reacts) -> list[Heard]:
        room = await self._enter(step.name, step.room, direct=step.direct)
        place = (step.name, room.name, step.re.upper(), step.emoji)
        common = self._common(step.name, room)
        if step.back:
            reaction = self._reactions.pop(place, None)
            if reaction is None:
                raise ScriptError(
                    f"line {step.line}: {step.name} has no such reaction to take back"
                )
            return await self._admit(events.Redaction(**common, target=reaction))
        target = self._announced(step, room, step.re)
        event = events.Reaction(**common, target=target, key=step.emoji)
        self._reactions[place] = event.id
        return await self._admit(event)

    async def _deletes(self, step: Deletes) -> list[Heard]:
        room = await self._enter(step.name, step.room, direct=step.direct)
        target = self._own(step, room, step.back)
        return await self._admit(events.Redaction(**self._common(step.name, room), target=target))

    async def _moves(self, step: ComesOrGoes) -> list[Heard]:
        if step.joins:
            await self._enter(step.name, step.room)
            return await self.drain()
        room = await self._enter(step.name, step.room)
        room.joined.discard(user_id(step.name))
        common = self._common(step.name, room)
        return await self._admit(
            events.MemberChanged(**common, user=user_id(step.name), joined=False)
        )

    # Rooms

    async def _enter(self, name: str, place: str, *, direct: bool = False) -> _Room:
        """The room, with this person in it: who speaks in a room has joined it."""
        known = f"dm-{name}" if direct else place
        room = self._rooms.get(room_id(known))
        if room is None:
            room = _Room(known, direct=direct)
            self._rooms[room_id(known)] = room
            await self._open(room, name)
        if user_id(name) not in room.joined:
            room.joined.add(user_id(name))
            common = self._common(name, room)
            joins = events.MemberChanged(**common, user=user_id(name), joined=True, name=name)
            await self._handle(joins)
        return room

    async def _open(self, room: _Room, first: str) -> None:
        common = self._common(first, room)
        powers = {user_id(first): FULL_POWER, BOT: FULL_POWER}
        name = None if room.direct else room.name
        await self._handle(
            events.RoomChanged(
                **common, name=name, direct=room.direct, encrypted=False, powers=powers
            )
        )

    def _common(self, name: str, room: _Room) -> dict[str, Any]:
        self._count += 1
        return {
            "id": f"$console-{self._run}-{self._count}",
            "room": room_id(room.name),
            "sender": user_id(name),
            "at": to_ms(self.now),
        }

    def _announced(self, step: ScriptStep, room: _Room, subject: str) -> str:
        if subject.startswith("-"):
            return self._back(step, room, int(subject[1:]))
        try:
            return room.announced[subject.upper()]
        except KeyError:
            raise ScriptError(
                f"line {step.line}: nothing announced {subject} in this room"
            ) from None

    def _back(self, step: ScriptStep, room: _Room, back: int) -> str:
        seen = self._seen[room_id(room.name)]
        if not 1 <= back <= len(seen):
            raise ScriptError(f"line {step.line}: only {len(seen)} messages were heard here")
        return seen[-back]

    def _own(self, step: ScriptStep, room: _Room, back: int) -> str:
        sent = room.sent.get(step.name, [])
        if not 1 <= back <= len(sent):
            raise ScriptError(f"line {step.line}: {step.name} sent only {len(sent)} messages here")
        return sent[-back]

    # In and out

    async def _admit(self, event: events.AnyEvent) -> list[Heard]:
        await self._handle(event)
        return await self.drain()

    async def _handle(self, event: events.AnyEvent) -> None:
        admission = Admission(
            event_id=event.id, room_id=event.room, at_ms=event.at, payload=events.encode(event)
        )
        for _ in await self._inbox.admit(BOT, [admission], None):
            await self._dispatcher.handle(admission)

    async def drain(self) -> list[Heard]:
        """Take everything out of the outbox, in the order in which it was written."""
        posted: list[Posted] = []
        now_ms = to_ms(self.now)
        while ready := await self._outbox.ready(now_ms):
            for one in ready:
                await self._outbox.sent(one.row, f"$souci-{self._run}-{one.row}")
            posted += ready
        posted.sort(key=lambda one: one.row)
        return [heard for one in posted for heard in self._heard(one)]

    def _heard(self, posted: Posted) -> Iterator[Heard]:
        letter = posted.letter
        room = self._rooms.get(letter.room_id or "")
        self._remember(posted)
        if letter.subject and room is not None and letter.event_type == MESSAGE:
            subject = letter.subject.partition(":")[2]
            room.announced[subject] = f"$souci-{self._run}-{posted.row}"
        if letter.event_type not in {MESSAGE, REACTION} or letter.file is not None:
            return
        told = cast("dict[str, Any]", letter.content[REPLY_FIELD])
        direct = room is None or room.direct
        yield Heard(
            room=None if direct or room is None else room.name,
            to=letter.to_user or self._direct_partner(room),
            at=self.now,
            key=told["key"],
            values=told.get("values", {}),
            text=_text(letter.content),
        )

    def _remember(self, posted: Posted) -> None:
        """A message as somebody sees it, in its room or in the one where they write to us."""
        letter = posted.letter
        to = (letter.to_user or "").removeprefix("@").partition(":")[0]
        if letter.event_type == MESSAGE:
            place = room_id(f"dm-{to}") if to else str(letter.room_id)
            self._seen[place].append(f"$souci-{self._run}-{posted.row}")

    def _direct_partner(self, room: _Room | None) -> str | None:
        return next(iter(room.joined), None) if room is not None and room.direct else None


def _text(content: Mapping[str, Any]) -> str:
    if "body" in content:
        return str(content["body"])
    return str(content["m.relates_to"]["key"])


def settings_for(
    coordinators: list[str], stewards: list[str], *, timezone: str, language: str
) -> OperatorSettings:
    """The settings of a console; names become Matrix ids on `localhost`."""
    return OperatorSettings(
        user_id=BOT,
        coordinators=frozenset(map(user_id, coordinators)),
        coordination_room=room_id(COORDINATION),
        stewards=frozenset(map(user_id, stewards)),
        rules=Rules(language=language, timezone=timezone),
    )


def parse_now(text: str, timezone: str) -> datetime:
    """The console's starting instant; without offset, in its zone. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    zone = ZoneInfo(timezone)
    return instant.astimezone(zone) if instant.tzinfo else instant.replace(tzinfo=zone)
