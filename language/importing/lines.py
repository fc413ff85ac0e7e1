"""Lines of imported tables as values, with whatever is wrong in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from circle.actions import ActionState
from circle.ledger import Nature
from circle.people import Role
from language.importing import fields
from language.importing.fields import WrongError
from language.importing.tables import Fault, Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """Somebody, or a structure, of the circle."""

    line: int
    name: str
    account: str | None
    structure: bool
    role: Role | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action of the programme; `on`: when it was last heard of. Budget in cents."""

    line: int
    title: str
    workstream: str
    holders: tuple[str, ...]
    due: date | None
    budget: int | None
    state: ActionState
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeLine:
    """Money granted on a day, in cents."""

    line: int
    amount: int
    funder: str | None
    workstream: str
    period: str | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """A declaration and what became of it, each with its day. Cents and minutes."""

    line: int
    person: str
    payee: str
    nature: Nature
    day: date
    minutes: int | None
    what: str
    action: str
    asked: int | None
    pro_bono: bool
    regulated: int | None
    regulated_on: date | None
    invoice: str | None
    invoiced_on: date | None
    paid_on: date | None
    refused_on: date | None


Line = PersonLine | ActionRow | EnvelopeLine | EntryLine

_SORTS: Final = {"": "person", "personne": "person", "person": "person", "structure": "structure",
                 "lieu": "structure", "place": "structure"}  # fmt: skip
_ROLES: Final = {
    **dict.fromkeys(("soucieux", "soucieuse", "soucieuxse", "steward"), Role.STEWARD),
    **dict.fromkeys(
        ("contributeur", "contributrice", "contributeurrice", "contributeurice", "contributor"),
        Role.CONTRIBUTOR,
    ),
    **dict.fromkeys(("participant", "participante"), Role.PARTICIPANT),
}
_STATES: Final = {
    **dict.fromkeys(("", "en cours", "open", "ouverte"), ActionState.OPEN),
    **dict.fromkeys(("faite", "fait", "done", "terminee"), ActionState.DONE),
    **dict.fromkeys(("abandonnee", "dropped"), ActionState.DROPPED),
}
_NATURES: Final = {
    **dict.fromkeys(("", "contribution"), Nature.CONTRIBUTION),
    **dict.fromkeys(("frais", "expense", "depense"), Nature.EXPENSE),
}


@dataclass(slots=True)
class Cells:
    """The cells of one line, read one by one; what is wrong is noted in `faults`."""

    table: Table
    line: int
    row: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.row.get(name, "")

    def words(self, name: str) -> str | None:
        return self.text(name) or None

    def needed(self, name: str) -> str:
        if not self.text(name):
            self.wrong(name, "something")
        return self.text(name)

    def maybe(self, name: str, read: Callable[[str], T]) -> T | None:
        """The value of a cell that may be empty."""
        return self._read(name, read) if self.text(name) else None

    def read(self, name: str, read: Callable[[str], T], otherwise: T) -> T:
        """The value of a cell, empty or not; `otherwise` where it is wrong."""
        found = self._read(name, read)
        return otherwise if found is None else found

    def _read(self, name: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(self.text(name))
        except WrongError as error:
            self.wrong(name, str(error))
            return None

    def wrong(self, name: str, expected: str) -> None:
        title = self.table.called.get(name, name)
        self.faults.append(Fault(self.table.file, self.line, title, self.text(name), expected))


def read_person(cells: Cells) -> PersonLine:
    """A line of the table of people."""
    sort = cells.read("kind", lambda said: fields.one_of(_SORTS, said, "sort"), "person")
    account = cells.maybe("account", fields.account)
    if account and sort == "structure":
        cells.wrong("account", "no-account")
    return PersonLine(
        line=cells.line,
        name=cells.needed("name"),
        account=account,
        structure=sort == "structure",
        role=cells.maybe("role", _role),
        since=cells.maybe("since", fields.day),
        until=cells.maybe("until", fields.day),
    )


def _role(said: str) -> Role:
    found = _ROLES.get(fields.fold(said).replace(" ", ""))
    if found is None:
        raise WrongError("role")
    return found


def read_action(cells: Cells) -> ActionRow:
    """A line of the table of actions; those who hold it stand between commas or slashes."""
    holders = cells.text("holders").replace("/", ",").split(",")
    states = _STATES
    state = states.get(fields.fold(cells.text("state")))
    if state is None:
        cells.wrong("state", "state")
    return ActionRow(
        line=cells.line,
        title=cells.needed("title"),
        workstream=cells.text("workstream"),
        holders=tuple(one.strip() for one in holders if one.strip()),
        due=cells.maybe("due", fields.day),
        budget=cells.maybe("budget", fields.cents),
        state=state or ActionState.OPEN,
        on=cells.maybe("on", fields.day),
    )


def read_envelope(cells: Cells) -> EnvelopeLine:
    """A line of the table of envelopes."""
    amount = cells.read("amount", fields.cents, 0)
    if amount == 0 and not cells.faults:
        cells.wrong("amount", "amount")
    return EnvelopeLine(
        line=cells.line,
        amount=amount,
        funder=cells.words("funder"),
        workstream=cells.text("workstream"),
        period=cells.words("period"),
        on=cells.read("on", fields.day, date.min),
    )


def read_entry(cells: Cells) -> EntryLine:
    """A line of the table of entries; what cannot be together is refused."""
    nature = _NATURES.get(fields.fold(cells.text("nature")))
    if nature is None:
        cells.wrong("nature", "nature")
    entry = EntryLine(
        line=cells.line,
        person=cells.needed("person"),
        payee=cells.text("payee"),
        nature=nature or Nature.CONTRIBUTION,
        day=cells.read("day", fields.day, date.min),
        minutes=cells.maybe("minutes", fields.minutes),
        what=cells.text("what"),
        action=cells.text("action"),
        asked=cells.maybe("asked", fields.cents),
        pro_bono=cells.read("pro_bono", fields.yes, otherwise=False),
        regulated=cells.maybe("regulated", fields.cents),
        regulated_on=cells.maybe("regulated_on", fields.day),
        invoice=cells.words("invoice"),
        invoiced_on=cells.maybe("invoiced_on", fields.day),
        paid_on=cells.maybe("paid_on", fields.day),
        refused_on=cells.maybe("refused_on", fields.day),
    )
    if not cells.faults:
        _check(cells, entry)
    return entry


def _check(cells: Cells, entry: EntryLine) -> None:
    """What an entry tells must be able to have happened, in that order."""
    settled = entry.invoice or entry.invoiced_on or entry.paid_on
    if entry.nature is Nature.CONTRIBUTION and entry.minutes is None:
        cells.wrong("minutes", "hours")
    if entry.nature is Nature.EXPENSE and entry.asked is None:
        cells.wrong("asked", "amount")
    if entry.pro_bono and (entry.asked or entry.regulated):
        cells.wrong("pro_bono", "pro-bono-alone")
    if entry.regulated is None and (settled or entry.regulated_on):
        cells.wrong("regulated", "decided-first")
    if entry.refused_on and entry.regulated is not None:
        cells.wrong("refused_on", "refused-alone")
    if entry.invoiced_on and not entry.invoice:
        cells.wrong("invoice", "invoice")
    _check_order(cells, entry)


def _check_order(cells: Cells, entry: EntryLine) -> None:
    days = (
        *(("regulated_on", entry.regulated_on), ("invoiced_on", entry.invoiced_on)),
        *(("paid_on", entry.paid_on), ("refused_on", entry.refused_on)),
    )
    before = entry.day
    for name, when in days:
        if when is not None and when < before:
            cells.wrong(name, "order")
        before = max(before, when or before)


READERS: Final[Mapping[str, Callable[[Cells], Line]]] = {
    "people": read_person,
    "actions": read_action,
    "envelopes": read_envelope,
    "entries": read_entry,
}
