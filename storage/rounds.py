"""Speaking turns, check-ins and codevelopment sessions, while they go on."""

from typing import Any, Final

import msgspec
from sqlalchemy import Row, bindparam, delete, select

from circle.circles import CircleId
from circle.people import PersonKey
from circle.ports import Rounds
from circle.rounds import KINDS, Round, RoundKind
from storage.session import Session, upsert
from storage.settings import Settings
from storage.tables.rounds import rounds
from storage.times import LocalTime, micros_or_none, to_micros

_HERE: Final = rounds.c.circle == bindparam("in_circle")
_OF_KIND: Final = select(rounds).where(_HERE, rounds.c.kind == bindparam("of_kind"))
_SAVE: Final = upsert(rounds, "circle", "kind")
_END: Final = delete(rounds).where(_HERE, rounds.c.kind == bindparam("of_kind"))
_HELD: Final = {kind: held for held, kind in KINDS.items()}


class SqlRounds(Rounds):
    """Rounds within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def of_kind(self, circle: CircleId, kind: RoundKind) -> Round | None:
        """The round of that kind that goes on."""
        row = await self._session.first(_OF_KIND, {"in_circle": circle, "of_kind": kind.value})
        return _round(row, await self._settings.times(circle)) if row else None

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


def _round(row: Row[Any], times: LocalTime) -> Round:
    return Round(
        number=row.number,
        by=PersonKey(row.by),
        opened_at=times.at(row.opened_at),
        due=times.at_or_none(row.due),
        held=msgspec.json.decode(row.held, type=_HELD[RoundKind(row.kind)]),
    )
