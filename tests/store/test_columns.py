"""No column is overlooked: where people write, what is read back, who is named there."""

from collections.abc import Iterable, Iterator

from sqlalchemy import BindParameter, ClauseElement, Column, LargeBinary, Text
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import BinaryExpression

from storage.coded import CODED
from storage.personal import erasure, held
from storage.personal.written import WRITTEN
from storage.tables import metadata
from storage.tables.kinds import stored_type
from tests.store.personal_columns import (
    ACCOUNTS,
    BOTS,
    ERASED_OTHERWISE,
    KEPT,
    KEYS_ELSEWHERE,
    NOT_TOLD,
    PLAIN,
)

COLUMNS = {f"{table.name}.{one.name}": one for table in metadata.tables.values() for one in table.c}
ASKED = {"who", "user"}


def named(columns: Iterable[Column[object]]) -> set[str]:
    return {f"{one.table.name}.{one.name}" for one in columns}


def keys() -> set[str]:
    """The columns that refer to a person."""
    refers = (
        name
        for name, one in COLUMNS.items()
        if any(to.target_fullname == "people.key" for to in one.foreign_keys)
    )
    return {*refers, *KEYS_ELSEWHERE}


def statements(*values: object) -> Iterator[ClauseElement]:
    for value in values:
        match value:
            case dict():
                yield from statements(*value.values())
            case tuple() | list():
                yield from statements(*value)
            case ClauseElement():
                yield value


def compared(*values: object) -> set[str]:
    """The columns that these statements compare with somebody's key or account."""
    parts = (part for one in statements(*values) for part in visitors.iterate(one))
    return {name for part in parts for name in _compared(part)}


def _compared(part: object) -> set[str]:
    if not isinstance(part, BinaryExpression):
        return set()
    sides = list(visitors.iterate(part))
    if not any(isinstance(one, BindParameter) and one.key in ASKED for one in sides):
        return set()
    return named(one for one in sides if isinstance(one, Column))


def test_every_text_says_what_it_is() -> None:
    """Where people write, it goes to `WRITTEN`; what programs read, to `CODED`."""
    texts = {
        name
        for name, one in COLUMNS.items()
        if isinstance(stored_type(one), Text | LargeBinary) and not one.foreign_keys
    }
    plain = {f"{table}.{name}" for table, names in PLAIN.items() for name in names.split()}
    said = named(one.column for one in WRITTEN) | named(CODED) | plain
    assert texts - said - {*ACCOUNTS, *BOTS, *KEYS_ELSEWHERE} == set()


def test_nothing_is_said_of_columns_that_are_not() -> None:
    plain = {f"{table}.{name}" for table, names in PLAIN.items() for name in names.split()}
    said = {*plain, *ACCOUNTS, *BOTS, *KEYS_ELSEWHERE, *KEPT, *NOT_TOLD, *ERASED_OTHERWISE}
    assert said - COLUMNS.keys() == set()


def test_whoever_is_named_somewhere_is_told_so() -> None:
    told = compared(vars(held)) | {"inbox.payload"}
    assert (keys() | set(ACCOUNTS)) - told == set(NOT_TOLD)


def test_whoever_is_named_somewhere_goes_or_stays_for_a_reason() -> None:
    gone = compared(vars(erasure)) | set(ERASED_OTHERWISE)
    assert (keys() | set(ACCOUNTS)) - gone - set(KEPT) == set()
