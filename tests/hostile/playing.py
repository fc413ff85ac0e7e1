"""Steps to events: what the homeserver would hand on, whoever would have had it sent."""

from collections.abc import Callable
from datetime import timedelta
from inspect import isawaitable
from typing import Any

from bot import events
from bot.console.console import _Room, room_id, user_id
from tests.hostile.lines import meant, mended
from tests.hostile.steps import Step, Verb
from tests.hostile.world import Happened, World

_FILE = events.Attachment(
    name="ticket.pdf", mimetype="application/pdf", size=4_000, url="mxc://localhost/abc"
)


async def play(world: World, step: Step) -> Happened | None:
    """What came of a step; None where the homeserver would not have let it in."""
    world.pass_time(world.count % 40)
    if step.verb is Verb.CLOCK:
        return await _later(world, step)
    if step.verb is Verb.REPEATS:
        return await world.handle(step, world.said[-1]) if world.said else None
    room = world.room(step.who, step.where)
    inside = user_id(step.who) in world.present(room)
    if not (inside or step.barges or step.verb is Verb.JOINS):
        return None
    made = _MAKES[step.verb](world, step, room)
    event = await made if isawaitable(made) else made
    if event is None:
        return None
    world.said.append(event)
    return await world.handle(step, event)


async def _later(world: World, step: Step) -> Happened:
    """What is due until then happens, each thing at its own time."""
    console, target = world.console, world.console.now + timedelta(hours=step.number)
    while (due := await console._scheduled.next_due()) is not None and due <= target:
        console.now = max(console.now, due.astimezone(target.tzinfo))
        await console._scheduled.run(console.now)
    console.now = target
    return await world.gathered(step)


def _says(world: World, step: Step, room: str) -> events.AnyEvent | None:
    letter = _letter(world, step, room)
    text = _text(meant(step.text, world.last_ids(step.who, room)))
    return events.Message(
        **world.common(step),
        body=text,
        html=text if step.html else None,
        reply_to=letter if step.reply else None,
        thread=letter if step.thread else None,
        attachment=_FILE if step.file else None,
    )


def _edits(world: World, step: Step, room: str) -> events.AnyEvent | None:
    first = _own(world, step, room, events.Message)
    if not isinstance(first, events.Message):
        return None
    text = _text(meant(mended(first.body, step.text), world.last_ids(step.who, room)))
    return events.Message(**world.common(step), body=text, edits=first.edits or first.id)


def _text(text: str) -> str:
    """As it gets past the shell."""
    return text.encode(errors="replace").decode()


def _deletes(world: World, step: Step, room: str) -> events.AnyEvent | None:
    target = _own(world, step, room, events.Message | events.Reaction | events.PollResponse)
    return events.Redaction(**world.common(step), target=target.id) if target else None


def _own(world: World, step: Step, room: str, kinds: Any) -> events.AnyEvent | None:
    """The nth last of somebody's messages in that room."""
    sender = user_id(step.of or step.who)
    theirs = [
        one
        for one in reversed(world.said[-90:])
        if one.sender == sender and one.room == room and isinstance(one, kinds)
    ]
    return theirs[step.place % len(theirs)] if theirs else None


def _letter(world: World, step: Step, room: str) -> str | None:
    polls = step.verb in {Verb.POLLS, Verb.ENDS}
    there = [one for one in reversed(world.sent) if one.room == room and one.poll >= polls]
    return there[step.place % len(there)].event_id if there else None


def _reacts(world: World, step: Step, room: str) -> events.AnyEvent | None:
    target = _letter(world, step, room)
    return events.Reaction(**world.common(step), target=target, key=step.text) if target else None


def _polls(world: World, step: Step, room: str) -> events.AnyEvent | None:
    poll = _letter(world, step, room)
    answers = None if step.text == "?" else tuple(filter(None, step.text.split(",")))
    return events.PollResponse(**world.common(step), poll=poll, answers=answers) if poll else None


def _ends(world: World, step: Step, room: str) -> events.AnyEvent | None:
    poll = _letter(world, step, room)
    return events.PollEnd(**world.common(step), poll=poll) if poll else None


def _joins(world: World, step: Step, room: str) -> events.AnyEvent | None:
    user = user_id(step.who)
    if user in world.present(room) and step.verb is Verb.JOINS:
        return None
    name = _text(step.text) or step.who
    world.present(room).add(user)
    world.names[room, user] = name
    return events.MemberChanged(**world.common(step), user=user, joined=True, name=name)


def _leaves(world: World, step: Step, room: str) -> events.AnyEvent | None:
    gone = user_id(step.who if step.verb is Verb.LEAVES else step.of)
    if gone not in world.present(room) or not _may_kick(world, step, room, gone):
        return None
    world.present(room).discard(gone)
    return events.MemberChanged(**world.common(step), user=gone, joined=False)


def _may_kick(world: World, step: Step, room: str, gone: str) -> bool:
    who = user_id(step.who)
    return gone == who or who in world.powers[room]


def _powers(world: World, step: Step, room: str) -> events.AnyEvent | None:
    """Who has power gives some to somebody, or takes it."""
    if user_id(step.who) not in world.powers[room]:
        return None
    strong = world.powers[room] | {user_id(step.of)}
    if step.number < 50:
        strong = strong - {user_id(step.of)} or strong
    world.powers[room] = strong
    return _as_it_is(world, step, room)


def _as_it_is(world: World, step: Step, room: str) -> events.AnyEvent:
    power = max(step.number, 100)
    return events.RoomChanged(
        **world.common(step, room),
        name=world.rooms[room].name,
        direct=False,
        encrypted=False,
        powers=dict.fromkeys(sorted(world.powers[room]), power),
    )


async def _moves(world: World, step: Step, room: str) -> events.AnyEvent | None:
    """A tombstone; the new room is known before it, and everybody is in it."""
    if user_id(step.who) not in world.powers[room] or step.where == "dm":
        return None
    name = f"{step.where}-{world.count}"
    there = room_id(name)
    world.rooms[there] = _Room(name, joined=set(world.present(room)))
    world.powers[there] = set(world.powers[room])
    await world.let_in(_as_it_is(world, step, there))
    for user in sorted(world.present(there)):
        name = world.names[there, user] = world.names.get((room, user))
        joins = events.MemberChanged(**world.common(step, there), user=user, joined=True, name=name)
        await world.let_in(joins)
    world.moved[room] = there
    return events.RoomMoved(**world.common(step, room), replacement=there)


_MAKES: dict[Verb, Callable[[World, Step, str], Any]] = {
    Verb.SAYS: _says,
    Verb.EDITS: _edits,
    Verb.DELETES: _deletes,
    Verb.REACTS: _reacts,
    Verb.POLLS: _polls,
    Verb.ENDS: _ends,
    Verb.JOINS: _joins,
    Verb.RENAMES: _joins,
    Verb.LEAVES: _leaves,
    Verb.KICKS: _leaves,
    Verb.POWERS: _powers,
    Verb.MOVES: _moves,
}
