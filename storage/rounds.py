"""Speaking turns, check-ins and codevelopment sessions, while they go on."""

from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, delete, select

from circle.circles import CircleId
from circle.ports import Rounds
from circle.rounds import Held, Round, RoundKind
from storage.coded import UNREADABLE, read_held
from storage.mapping import Mapper
from storage.session import upsert
from storage.settings import UnitPart
from storage.tables.rounds import rounds

_HERE: Final = rounds.c.circle == bindparam("in_circle")
_OF_KIND: Final = select(rounds).where(_HERE, rounds.c.kind == bindparam("of_kind"))
_SAVE: Final = upsert(rounds, "circle", "kind")
_END: Final = delete(rounds).where(_HERE, rounds.c.kind == bindparam("of_kind"))


_ROUND: Final = Mapper(Round, rounds)


class SqlRounds(UnitPart, Rounds):
    """Rounds within one transaction."""

    async def of_kind(self, circle: CircleId, kind: RoundKind) -> Round | None:
        """The round of that kind that goes on."""
        row = await self._session.first(_OF_KIND, {"in_circle": circle, "of_kind": kind})
        if row is None or (held := _held(row)) is None:
            return None
        return _ROUND.read(row, await self._settings.times(circle), held=held)

    async def save(self, circle: CircleId, going_on: Round) -> None:
        """The round as it now stands, in the place of the one of its kind."""
        await self._session.run(_SAVE, _row(circle, going_on))

    async def end(self, circle: CircleId, kind: RoundKind) -> None:
        """Nothing of the round is kept."""
        await self._session.run(_END, {"in_circle": circle, "of_kind": kind})


def _row(circle: CircleId, going_on: Round) -> dict[str, object]:
    held = msgspec.json.encode(going_on.held).decode()
    return _ROUND.row(going_on, circle=circle, kind=going_on.kind, held=held)


def _held(row: Row[Any]) -> Held | None:
    """What is held; None where it does not decode: the next one takes its place."""
    try:
        held: Held = read_held(row.kind, row.held)
    except UNREADABLE:
        return None
    return held
