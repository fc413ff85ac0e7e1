"""Somebody's names, taken out of what was written in a circle: each is replaced by a pseudonym.

Only texts that people write are looked at, and only what surely means that person is replaced.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from sqlalchemy import Row, Text, and_, bindparam, literal, select, update

from circle.circles import CircleId
from circle.people import PersonKey
from circle.personal import Spared
from circle.refs import Ref
from circle.text import name_key
from storage.coded import UNREADABLE
from storage.personal.naming import Form, Names, replaced
from storage.personal.written import WRITTEN, Change, Written
from storage.session import Statements
from storage.tables.circles import circles
from storage.tables.kinds import stored
from storage.tables.mail import rooms

_CALLED: Final = (
    select(
        circles.c.name,
        stored(circles.c.aliases).label("aliases"),
        stored(circles.c.places).label("places"),
        rooms.c.name.label("room"),
    )
    .outerjoin(rooms, rooms.c.room_id == circles.c.room_id)
    .where(circles.c.id == bindparam("circle"))
)
_Rows = list[tuple[Written, Row[Any]]]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody to be forgotten, as a circle knows them; `pseudonym` takes the place of names.

    `common`: ways of writing them that stood in the circle before they did, and so may mean
    something else there.
    """

    key: PersonKey
    names: Names
    pseudonym: str
    common: set[Form] = field(default_factory=set)

    def change(self, *, own: bool) -> Change:
        """What becomes of a text: one of their own, or somebody else's."""
        return partial(self._changed, own=own)

    def _changed(self, text: str, *, own: bool) -> str:
        without = self.names.account_replaced(text, self.pseudonym)
        places = self.names.places(without, own=own)
        sure = [one for one in places if one.form not in self.common]
        return replaced(without, sure, self.pseudonym)


async def scrub(
    session: Statements, circle: CircleId, called: str, bearer: Bearer
) -> tuple[Spared, ...]:
    """Replace what surely means them wherever people write in the circle; the names that stay.

    `called`: the circle's name. What is written down by now tells which names are `common`.
    """
    found = await _found(session, circle, bearer.names)
    things = await _things(session, circle)
    bearer.common.update(*[_before(bearer, one, row) for one, row in found])
    bearer.common.update(p.form for text in things for p in bearer.names.places(text, own=False))
    left: dict[str, list[Ref | None]] = defaultdict(list)
    for name in bearer.names.left_in("\n".join(things)):
        left[name].append(None)
    for written, row in found:
        for name in await _scrubbed(session, written, row, bearer):
            left[name].append(_about(written, row))
    return tuple(_spared(name, called, left[name]) for name in sorted(left))


async def _found(session: Statements, circle: CircleId, names: Names) -> _Rows:
    """What was written there and may name them, where it can be read."""
    hints = names.hints()
    return [
        (one, row)
        for one in WRITTEN
        for row in await session.all(one.rows(circle, hints))
        if _texts(one, row.told) is not None
    ]


def _texts(written: Written, value: str) -> list[str] | None:
    """The texts that a column's value holds; None where it does not decode."""
    texts: list[str] = []
    try:
        written.rewrite(value, _noting(texts))
    except UNREADABLE:
        return None
    return texts


def _noting(texts: list[str]) -> Change:
    def note(text: str) -> str:
        texts.append(text)
        return text

    return note


def _before(bearer: Bearer, written: Written, row: Row[Any]) -> set[Form]:
    """The forms that somebody else wrote before they bore the name, or nobody knows when."""
    if row.by == bearer.key:
        return set()
    places = [
        place
        for text in _texts(written, row.told) or ()
        for place in bearer.names.places(text, own=False)
    ]
    return {one.form for one in places if row.at is None or one.form.stood(row.at)}


async def _things(session: Statements, circle: CircleId) -> tuple[str, ...]:
    """What the circle, its places and its room are called."""
    row = await session.first(_CALLED, {"circle": circle})
    return () if row is None else (row.name, row.room or "", row.aliases, row.places)


async def _scrubbed(
    session: Statements, written: Written, row: Row[Any], bearer: Bearer
) -> set[str]:
    """Write the row without them; the names that stay in it."""
    texts = _texts(written, row.told) or []
    change = bearer.change(own=row.by == bearer.key)
    told = texts if written.fixed else list(map(change, texts))
    if told != texts:
        await _write(session, written, row, written.rewrite(row.told, change))
    return {name for text in told for name in bearer.names.left_in(text)}


async def _write(session: Statements, written: Written, row: Row[Any], new: str) -> None:
    here = and_(*(key == getattr(row, f"at_{key.name}") for key in written.table.primary_key))
    values = {written.column: literal(new, Text)}
    if written.folded is not None:
        values[written.folded] = literal(name_key(new), Text)
    await session.run(update(written.table).where(here).values(values))


def _about(written: Written, row: Row[Any]) -> Ref | None:
    if written.kind is None or row.number is None:
        return None
    return Ref(written.kind, row.number)


def _spared(name: str, circle: str, where: list[Ref | None]) -> Spared:
    refs = sorted({one for one in where if one is not None}, key=_order)
    return Spared(name, circle, tuple(refs), len(where))


def _order(ref: Ref) -> tuple[str, int]:
    return ref.kind.value, ref.number
