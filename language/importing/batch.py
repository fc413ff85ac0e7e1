"""All the tables of one import: read together, checked against each other and the circle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from circle.actions import ActionState
from language.importing.fields import fold
from language.importing.forms import form_of
from language.importing.lines import (
    READERS,
    ActionRow,
    Cells,
    EntryLine,
    EnvelopeLine,
    Line,
    PersonLine,
)
from language.importing.tables import Fault, Table, read_table


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be entered, by kind; `tables` by kind; `digest` names the contents."""

    people: tuple[PersonLine, ...]
    actions: tuple[ActionRow, ...]
    envelopes: tuple[EnvelopeLine, ...]
    entries: tuple[EntryLine, ...]
    tables: Mapping[str, Table]
    digest: str


@dataclass(frozen=True, slots=True)
class CircleSoFar:
    """What the circle holds already, by name: people and structures, accounts, titles of actions.

    `twice`: names that several people have.
    """

    people: frozenset[str] = frozenset()
    structures: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    twice: frozenset[str] = frozenset()


def read_batch(files: Mapping[str, bytes]) -> tuple[Batch, tuple[Fault, ...]]:
    """The tables in these files, and everything that is wrong in each of them."""
    faults: list[Fault] = []
    tables: dict[str, Table] = {}
    for file, body in files.items():
        form = form_of(file)
        if form is None or form.kind in tables:
            faults.append(Fault(file, 0, "", "", "known-file" if form is None else "one-file"))
            continue
        tables[form.kind], found = read_table(file, body, form)
        faults += found
    found_lines = {kind: _read(table, kind, faults) for kind, table in tables.items()}
    return _batch(found_lines, tables, files), tuple(faults)


def _read(table: Table, kind: str, faults: list[Fault]) -> tuple[Line, ...]:
    lines: list[Line] = []
    wrong = {one.line for one in faults if one.file == table.file}
    for number, row in table.rows:
        cells = Cells(table, number, row)
        lines.append(READERS[kind](cells))
        faults += [] if number in wrong else cells.faults
    return tuple(lines)


def _batch(
    lines: Mapping[str, tuple[Line, ...]], tables: Mapping[str, Table], files: Mapping[str, bytes]
) -> Batch:
    def of(kind: str) -> Iterable[Line]:
        return lines.get(kind, ())

    bodies = sorted(sha256(body).hexdigest() for body in files.values())
    return Batch(
        people=tuple(one for one in of("people") if isinstance(one, PersonLine)),
        actions=tuple(one for one in of("actions") if isinstance(one, ActionRow)),
        envelopes=tuple(one for one in of("envelopes") if isinstance(one, EnvelopeLine)),
        entries=tuple(one for one in of("entries") if isinstance(one, EntryLine)),
        tables=tables,
        digest=sha256(" ".join(bodies).encode()).hexdigest(),
    )


def check_batch(batch: Batch, here: CircleSoFar, today: date) -> tuple[Fault, ...]:
    """What does not fit: unknown names, things that are there twice, days to come."""
    checking = _Checking(batch, here, today)
    return (
        *checking.people(),
        *checking.actions(),
        *checking.envelopes(),
        *checking.entries(),
    )


class _Checking:
    """The checks of one batch against what the circle holds."""

    def __init__(self, batch: Batch, here: CircleSoFar, today: date) -> None:
        named = [one for one in batch.people if not one.structure]
        structures = [one for one in batch.people if one.structure]
        self._batch = batch
        self._here = here
        self._today = today
        self._people = here.people | {fold(one.name) for one in named}
        self._accounts = here.accounts | {one.account for one in named if one.account}
        self._structures = here.structures | {fold(one.name) for one in structures}
        self._actions = here.actions | {fold(one.title) for one in batch.actions}

    def people(self) -> Iterable[Fault]:
        seen: set[str] = set()
        for one in self._batch.people:
            if fold(one.name) in seen:
                yield self._fault("people", one, "name", one.name, "once")
            seen.add(fold(one.name))
            if one.role and one.structure:
                yield self._fault("people", one, "role", "", "no-role")
            if one.until and one.until < (one.since or one.until):
                yield self._fault("people", one, "until", one.until.isoformat(), "order")

    def actions(self) -> Iterable[Fault]:
        seen: set[str] = set(self._here.actions)
        for one in self._batch.actions:
            if fold(one.title) in seen:
                yield self._fault("actions", one, "title", one.title, "new-action")
            seen.add(fold(one.title))
            for name in one.holders:
                if not self._is_person(name):
                    yield self._fault("actions", one, "holders", name, self._who(name))
            if one.state is not ActionState.OPEN and one.on is None:
                yield self._fault("actions", one, "on", "", "day")
            yield from self._past("actions", one, {"on": one.on})

    def envelopes(self) -> Iterable[Fault]:
        for one in self._batch.envelopes:
            yield from self._past("envelopes", one, {"on": one.on})

    def entries(self) -> Iterable[Fault]:
        for one in self._batch.entries:
            if not self._is_person(one.person):
                yield self._fault("entries", one, "person", one.person, self._who(one.person))
            if one.payee and fold(one.payee) not in self._structures:
                yield self._fault("entries", one, "payee", one.payee, "structure")
            if one.action and fold(one.action) not in self._actions:
                yield self._fault("entries", one, "action", one.action, "action")
            days = ("day", "regulated_on", "invoiced_on", "paid_on", "refused_on")
            yield from self._past("entries", one, {name: getattr(one, name) for name in days})

    def _is_person(self, name: str) -> bool:
        if name.startswith("@"):
            return name in self._accounts
        return fold(name) in self._people and fold(name) not in self._here.twice

    def _who(self, name: str) -> str:
        return "one-person" if fold(name) in self._here.twice else "person"

    def _past(self, kind: str, line: Line, days: Mapping[str, date | None]) -> Iterable[Fault]:
        for name, when in days.items():
            if when is not None and when > self._today:
                yield self._fault(kind, line, name, when.isoformat(), "past")

    def _fault(self, kind: str, line: Line, name: str, found: str, expected: str) -> Fault:
        table = self._batch.tables[kind]
        return Fault(table.file, line.line, table.called.get(name, name), found, expected)
