"""What people were asked: kept with the answer that asks, closed with what answers it."""

from typing import Final

from sqlalchemy import Row, Text, bindparam, delete, func, insert, select, update

from circle.circles import CircleId
from circle.people import PersonKey
from circle.ports import Prompts
from circle.prompts import Prompt, PromptKind, PromptState
from storage.mapping import Mapper
from storage.settings import UnitPart
from storage.tables.people import profiles
from storage.tables.prompts import prompts

_OPEN: Final = prompts.c.state == PromptState.OPEN
_ASK: Final = insert(prompts).returning(prompts.c.id)
_GET: Final = select(prompts).where(prompts.c.id == bindparam("which"))
_ANSWERED_BY: Final = select(prompts).where(prompts.c.answer == bindparam("event"))
_OF_ACCOUNT: Final = (
    select(prompts)
    .join(profiles, profiles.c.person == prompts.c.person)
    .where(_OPEN, profiles.c.matrix_id == bindparam("user"), prompts.c.room_id == bindparam("room"))
    .where(prompts.c.kind != PromptKind.MORE)
    .order_by(prompts.c.id.desc())
    .limit(1)
)
_IN_THREAD: Final = _OF_ACCOUNT.where(prompts.c.thread == bindparam("thread"))
_THEIR_LISTS: Final = (
    prompts.c.kind == PromptKind.MORE,
    prompts.c.person == bindparam("who"),
    prompts.c.room_id == bindparam("room"),
    _OPEN,
)
_LISTED: Final = select(prompts).where(*_THEIR_LISTS).order_by(prompts.c.id.desc()).limit(1)
_UNLIST: Final = update(prompts).where(*_THEIR_LISTS).values(state=PromptState.LAPSED)
_CLOSE: Final = (
    update(prompts)
    .where(prompts.c.id == bindparam("which"), _OPEN)
    .values(state=bindparam("now"), answer=bindparam("by"))
)
_DROP: Final = (
    update(prompts)
    .where(prompts.c.origin == bindparam("of"), _OPEN)
    .values(state=PromptState.LAPSED)
)
_SAME_MESSAGE: Final = bindparam("of", type_=Text)
_SUPERSEDE: Final = (
    update(prompts)
    .where(
        prompts.c.person == bindparam("who"),
        prompts.c.room_id == bindparam("room"),
        prompts.c.command == bindparam("did"),
        func.substr(prompts.c.origin, 1, func.length(_SAME_MESSAGE)) != _SAME_MESSAGE,
        _OPEN,
    )
    .values(state=PromptState.LAPSED)
)
FORGET: Final = delete(prompts).where(prompts.c.asked_at < bindparam("before"))
"""Those asked before an instant: nothing is expected of them any more."""

_PROMPT: Final = Mapper(Prompt, prompts)


class SqlPrompts(UnitPart, Prompts):
    """Questions within one transaction. `id`, where it is written first, is the database's."""

    async def ask(self, prompt: Prompt) -> int:
        """Keep a question, in the place of those about the same line; its number."""
        await self.drop(prompt.origin)
        [row] = await self._session.all(_ASK, _PROMPT.row(prompt))
        return int(row.id)

    async def get(self, number: int) -> Prompt | None:
        """The question of that number, as long as it is kept."""
        return await self._read(await self._session.first(_GET, {"which": number}))

    async def latest(
        self, room_id: str, matrix_id: str, thread: str | None = None
    ) -> Prompt | None:
        """The last open question to that account in a room, or in one of its threads."""
        values = {"room": room_id, "user": matrix_id, "thread": thread}
        found = _OF_ACCOUNT if thread is None else _IN_THREAD
        return await self._read(await self._session.first(found, values))

    async def listed(self, person: PersonKey, room_id: str) -> Prompt | None:
        """The last list that they were answered in a room, where more of it was left."""
        values = {"who": person, "room": room_id}
        return await self._read(await self._session.first(_LISTED, values))

    async def unlist(self, person: PersonKey, room_id: str) -> None:
        """They were answered another list there."""
        await self._session.run(_UNLIST, {"who": person, "room": room_id})

    async def answered_by(self, event: str) -> Prompt | None:
        """The question that this event answered."""
        return await self._read(await self._session.first(_ANSWERED_BY, {"event": event}))

    async def close(self, number: int, state: PromptState, answer: str | None = None) -> bool:
        """It is no longer open; False if it was not any more."""
        values = {"which": number, "now": state, "by": answer}
        return await self._session.run(_CLOSE, values) == 1

    async def supersede(self, person: PersonKey, room_id: str, command: str, origin: str) -> None:
        """They typed such a line that was read: what was asked about another one is settled.

        Not about the other lines of the same message, `origin`.
        """
        values = {"who": person, "room": room_id, "did": command, "of": origin}
        await self._session.run(_SUPERSEDE, values)

    async def drop(self, origin: str) -> None:
        """That message was edited or deleted: nothing more is expected about its first words."""
        await self._session.run(_DROP, {"of": origin})

    async def _read(self, row: Row[tuple[object, ...]] | None) -> Prompt | None:
        if row is None:
            return None
        return _PROMPT.read(row, await self._settings.times(CircleId(row.circle)))
