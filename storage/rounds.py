"""Speaking turns, check-ins and codevelopment sessions, while they go on."""

from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, delete, select

from circle.circles import CircleId
from circle.people import PersonKey
from circle.ports import Rounds
from circle.rounds import Held, Round, RoundKind
from storage.coded import UNREADABLE, read_held
from storage.session import Session, upsert
from storage.settings import Settings
from storage.tables.rounds import rounds
from storage.times import LocalTime, micros_or_none, to_micros

_HERE: Final = rounds.c.circle == bindparam("in_circle")
_OF_KIND: Final = select(rounds).where(_HERE, rounds.c.kind == bindparam("of_kind"))
_SAVE: Final = upsert(rounds, "circle", "kind")
_END: Final = delete(rounds).where(_HERE, rounds.c.kind == bindparam("of_kind"))


class SqlRounds(Rounds):
    """Rounds within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def of_kind(self, circle: CircleId, kind: RoundKind) -> Round | None:
        """The round of that kind that goes on."""
        row = await self._session.first(_OF_KIND, {"in_circle": circle, "of_kind": kind.value})
        if row is None or (held := _held(row)) is None:
            return None
        return _round(row, held, await self._settings.times(circle))

    async def save(self, circle: CircleId, going_on: Round) -> None:
        """The round as it now stands, in the place of the one of its kind."""
        await self._session.run(_SAVE, _row(circle, going_on))

    async def end(self, circle: CircleId, kind: RoundKind) -> None:
        """Nothing of the round is kept."""
        await self._session.run(_END, {"in_circle": circle, "of_kind": kind.value})


def _row(circle: CircleId, going_on: Round) -> dict[str, object]:
    return {
        "circle": circle,
        "number": going_on.number,
        "kind": going_on.kind.value,
        "by": going_on.by,
        "opened_at": to_micros(going_on.opened_at),
        "due": micros_or_none(going_on.due),
        "held": msgspec.json.encode(going_on.held).decode(),
    }


def _held(row: Row[Any]) -> Held | None:
    """What is held; None where it does not decode: the next one takes its place."""
    try:
        held: Held = read_held(row.kind, row.held)
    except UNREADABLE:
        return None
    return held


def _round(row: Row[Any], held: Held, times: LocalTime) -> Round:
    return Round(
        number=row.number,
        by=PersonKey(row.by),
        opened_at=times.at(row.opened_at),
        due=times.at_or_none(row.due),
        held=held,
    )
