"""The tables of a circle: its ledger, contributions, actions, votes, meetings, who came, envelopes.

Cells are read from an extract, column by column; words are said by the catalogue.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from circle.actions import Action
from circle.envelopes import Use
from circle.extracts import Extract
from circle.figures import Figures
from circle.ledger import Entry, Item
from circle.meetings import Attendance, Meeting
from circle.people import Person
from circle.refs import Kind as RefKind
from circle.refs import Ref
from circle.votes import Vote
from reports.sheets import Cell, CellKind, Column, Sheet

YES: Final = "form.yes"
NO: Final = "form.no"


class Words(Protocol):
    """What the catalogue says: sentences by key, and the word of an enum's member."""

    def say(self, key: str, **values: object) -> str: ...
    def word(self, value: StrEnum) -> str: ...
    def money(self, cents: int, currency: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What a column is read with: the extract and the words."""

    extract: Extract
    words: Words

    def name(self, person: Person | None) -> str | None:
        return person.name if person else None

    def yes(self, fact: bool) -> str:
        return self.words.say(YES if fact else NO)

    def title(self, number: int | None) -> str | None:
        """The title of an action."""
        action = self.extract.action(number)
        return action.title if action else None

    def stream(self, number: int | None) -> str | None:
        """The name of a workstream."""
        workstream = self.extract.workstream(number)
        return workstream.name if workstream else None

    def stream_of(self, action: int | None) -> str | None:
        """The name of an action's workstream."""
        found = self.extract.action(action)
        return self.stream(found.workstream) if found else None

    def person(self, key: Any) -> Person | None:
        return self.extract.person(key)


Read = Callable[[Any, Asked], Cell]
Described = tuple[str, CellKind, Read]


def table(key: str, columns: Sequence[Described], rows: Iterable[Any], asked: Asked) -> Sheet:
    """A table read row by row."""
    return Sheet(
        key=key,
        title=asked.words.say(f"sheet.{key}"),
        columns=tuple(
            Column(name, asked.words.say(f"column.{name}"), kind) for name, kind, _ in columns
        ),
        rows=tuple(tuple(read(row, asked) for _, _, read in columns) for row in rows),
        currency=asked.extract.circle.currency,
    )


def whole(extract: Extract, words: Words) -> tuple[Sheet, ...]:
    """Every table of a circle, people and amounts included: it stays inside the circle."""
    asked = Asked(extract, words)
    return (
        overview([extract], words),
        table("ledger", _LEDGER, extract.entries, asked),
        table("contributions", _CONTRIBUTIONS, extract.items, asked),
        table("actions", _ACTIONS, _in_span(extract), asked),
        table("votes", _VOTES, extract.votes, asked),
        table("meetings", _MEETINGS, extract.meetings, asked),
        table("attendance", _ATTENDANCE, extract.attendance, asked),
        envelopes([extract], words),
    )


def totals(extracts: Sequence[Extract], words: Words) -> tuple[Sheet, ...]:
    """What leaves a circle: its totals and its envelopes, nobody's amounts."""
    return overview(extracts, words), envelopes(extracts, words)


def overview(extracts: Sequence[Extract], words: Words) -> Sheet:
    """A line a circle: what these days moved, and where its budget stands."""
    return _by_circle("circles", _CIRCLES, [(one, [one]) for one in extracts], words)


def envelopes(extracts: Sequence[Extract], words: Words) -> Sheet:
    """A line an envelope."""
    lines = [(one, one.envelopes) for one in extracts]
    return _by_circle("envelopes", _ENVELOPES, lines, words)


def _by_circle(
    key: str,
    columns: Sequence[Described],
    lines: Sequence[tuple[Extract, Iterable[Any]]],
    words: Words,
) -> Sheet:
    """The tables of several circles, one under the other."""
    parts = [table(key, columns, rows, Asked(one, words)) for one, rows in lines]
    titles = tuple(Column(name, words.say(f"column.{name}"), kind) for name, kind, _ in columns)
    return Sheet(
        key=key,
        title=words.say(f"sheet.{key}"),
        columns=titles,
        rows=tuple(row for part in parts for row in part.rows),
    )


def _in_span(extract: Extract) -> tuple[Action, ...]:
    """The actions that lived in these days."""
    span = extract.span
    if span is None:
        return extract.actions
    return tuple(
        one
        for one in extract.actions
        if one.added_at.date() <= span.until
        and (one.state.value == "open" or (one.moved_at or one.added_at).date() >= span.since)
    )


def ref(kind: RefKind, number: int | None) -> str | None:
    """What people call a thing: A12."""
    return None if number is None else str(Ref(kind, number))


def day(when: date | datetime | None) -> str | None:
    """A day in ISO 8601."""
    if isinstance(when, datetime):
        return when.date().isoformat()
    return when.isoformat() if when else None


def instant(when: datetime | None) -> str | None:
    """An instant in ISO 8601, to the minute, in the circle's zone."""
    return when.strftime("%Y-%m-%dT%H:%M") if when else None


def _figure(name: str) -> Read:
    return lambda row, _: int(getattr(row.postings, name))


def _moved(name: str) -> Read:
    return lambda row, _: int(getattr(row.moved, name))


def _now(read: Callable[[Figures], int]) -> Read:
    return lambda row, _: read(row.figures)


def _spent(action: Action, asked: Asked) -> Cell:
    return sum(one.regulated or 0 for one in asked.extract.items if one.action == action.number)


def _met(meeting: Meeting, asked: Asked) -> Cell:
    return sum(
        one.meeting == meeting.number and one.presence.value == "present"
        for one in asked.extract.attendance
    )


def _title_met(one: Attendance, asked: Asked) -> Cell:
    titles = (met.title for met in asked.extract.meetings if met.number == one.meeting)
    return next(titles, None)


def _account(person: Person | None) -> str | None:
    return person.matrix_id if person else None


_ENTRY, _ACTION = RefKind.ENTRY, RefKind.ACTION
_VOTE, _MEETING = RefKind.VOTE, RefKind.MEETING


def _entry(read: Callable[[Entry, Asked], Cell]) -> Read:
    return read


def _item(read: Callable[[Item, Asked], Cell]) -> Read:
    return read


def _vote(read: Callable[[Vote, Asked], Cell]) -> Read:
    return read


def _ending(vote: Vote, asked: Asked) -> str:
    """How a vote ended, in a word; that it is open, or was called off."""
    if vote.outcome is None:
        return asked.words.say("vote-state.open")
    if vote.cancelled is not None:
        return asked.words.say("vote-state.cancelled")
    word = asked.words.word(vote.outcome)
    return asked.words.say("vote-state.unfunded", outcome=word) if vote.unfunded else word


def _use(read: Callable[[Use, Asked], Cell]) -> Read:
    return read


_LEDGER: Final[Sequence[Described]] = (
    ("line", CellKind.NUMBER, _entry(lambda e, _: e.id)),
    ("at", CellKind.INSTANT, _entry(lambda e, _: instant(e.at))),
    ("kind", CellKind.TEXT, _entry(lambda e, a: a.words.word(e.kind))),
    ("item", CellKind.TEXT, _entry(lambda e, _: ref(_ENTRY, e.item))),
    ("person", CellKind.TEXT, _entry(lambda e, a: a.name(a.person(e.person)))),
    ("amount", CellKind.MONEY, _entry(lambda e, _: e.amount)),
    ("granted", CellKind.MONEY, _figure("granted")),
    ("asked", CellKind.MONEY, _figure("asked")),
    ("regulated", CellKind.MONEY, _figure("regulated")),
    ("invoiced", CellKind.MONEY, _figure("invoiced")),
    ("paid", CellKind.MONEY, _figure("paid")),
    ("funder", CellKind.TEXT, _entry(lambda e, _: e.funder)),
    ("period", CellKind.TEXT, _entry(lambda e, _: e.period)),
    ("action", CellKind.TEXT, _entry(lambda e, _: ref(_ACTION, e.action))),
    ("vote", CellKind.TEXT, _entry(lambda e, _: ref(_VOTE, e.vote))),
    ("meeting", CellKind.TEXT, _entry(lambda e, _: ref(_MEETING, e.meeting))),
    ("invoice", CellKind.TEXT, _entry(lambda e, _: e.number)),
    ("corrects", CellKind.NUMBER, _entry(lambda e, _: e.corrects)),
    ("by", CellKind.TEXT, _entry(lambda e, a: a.name(a.person(e.by)))),
    ("what", CellKind.TEXT, _entry(lambda e, _: e.what)),
)
_CONTRIBUTIONS: Final[Sequence[Described]] = (
    ("item", CellKind.TEXT, _item(lambda i, _: ref(_ENTRY, i.number))),
    ("nature", CellKind.TEXT, _item(lambda i, a: a.words.word(i.nature))),
    ("day", CellKind.DAY, _item(lambda i, _: day(i.day))),
    ("person", CellKind.TEXT, _item(lambda i, a: a.name(a.person(i.person)))),
    ("account", CellKind.TEXT, _item(lambda i, a: _account(a.person(i.person)))),
    ("payee", CellKind.TEXT, _item(lambda i, a: a.name(a.person(i.payee)))),
    ("what", CellKind.TEXT, _item(lambda i, _: i.what)),
    ("hours", CellKind.EFFORT, _item(lambda i, _: i.minutes)),
    ("minutes", CellKind.NUMBER, _item(lambda i, _: i.minutes)),
    ("action", CellKind.TEXT, _item(lambda i, _: ref(_ACTION, i.action))),
    ("title", CellKind.TEXT, _item(lambda i, a: a.title(i.action))),
    ("workstream", CellKind.TEXT, _item(lambda i, a: a.stream_of(i.action))),
    ("vote", CellKind.TEXT, _item(lambda i, _: ref(_VOTE, i.vote))),
    ("asked", CellKind.MONEY, _item(lambda i, _: i.asked)),
    ("pro-bono", CellKind.TEXT, _item(lambda i, a: a.yes(i.pro_bono))),
    ("state", CellKind.TEXT, _item(lambda i, a: a.words.word(i.state))),
    ("regulated", CellKind.MONEY, _item(lambda i, _: i.regulated)),
    ("meeting", CellKind.TEXT, _item(lambda i, _: ref(_MEETING, i.meeting))),
    ("invoice", CellKind.TEXT, _item(lambda i, _: i.invoice)),
    ("settled", CellKind.TEXT, _item(lambda i, a: a.yes(i.paid))),
)
_ACTIONS: Final[Sequence[Described]] = (
    ("action", CellKind.TEXT, lambda x, _: ref(_ACTION, x.number)),
    ("title", CellKind.TEXT, lambda x, _: x.title),
    ("workstream", CellKind.TEXT, lambda x, a: a.stream(x.workstream)),
    ("state", CellKind.TEXT, lambda x, a: a.words.word(x.state)),
    ("holders", CellKind.TEXT, lambda x, _: ", ".join(one.name for one in x.holders)),
    ("due", CellKind.DAY, lambda x, _: day(x.due)),
    ("budget", CellKind.MONEY, lambda x, _: x.budget),
    ("regulated", CellKind.MONEY, _spent),
    ("added", CellKind.DAY, lambda x, _: day(x.added_at)),
    ("moved", CellKind.DAY, lambda x, _: day(x.moved_at)),
)
_VOTES: Final[Sequence[Described]] = (
    ("vote", CellKind.TEXT, _vote(lambda v, _: ref(_VOTE, v.number))),
    ("rule", CellKind.TEXT, _vote(lambda v, a: a.words.word(v.rule))),
    ("question", CellKind.TEXT, _vote(lambda v, _: v.question)),
    ("opened", CellKind.INSTANT, _vote(lambda v, _: instant(v.opened_at))),
    ("closed", CellKind.INSTANT, _vote(lambda v, _: instant(v.closed_at or v.closes))),
    (
        "outcome",
        CellKind.TEXT,
        _vote(_ending),
    ),
    ("electorate", CellKind.NUMBER, _vote(lambda v, _: len(v.electorate))),
    ("cast", CellKind.NUMBER, _vote(lambda v, a: a.extract.cast.get(v.number, 0))),
    ("budget", CellKind.MONEY, _vote(lambda v, _: v.budget)),
    ("action", CellKind.TEXT, _vote(lambda v, _: ref(_ACTION, v.action))),
    ("item", CellKind.TEXT, _vote(lambda v, _: ref(_ENTRY, v.item))),
)
_MEETINGS: Final[Sequence[Described]] = (
    ("meeting", CellKind.TEXT, lambda m, _: ref(_MEETING, m.number)),
    ("kind", CellKind.TEXT, lambda m, a: a.words.word(m.kind)),
    ("title", CellKind.TEXT, lambda m, _: m.title),
    ("start", CellKind.INSTANT, lambda m, _: instant(m.start)),
    ("end", CellKind.INSTANT, lambda m, _: instant(m.end)),
    ("place", CellKind.TEXT, lambda m, _: m.place),
    ("repeats", CellKind.TEXT, lambda m, a: a.yes(m.rrule is not None)),
    ("cancelled", CellKind.TEXT, lambda m, a: a.yes(m.cancelled)),
    ("present", CellKind.NUMBER, _met),
)
_ATTENDANCE: Final[Sequence[Described]] = (
    ("meeting", CellKind.TEXT, lambda x, _: ref(_MEETING, x.meeting)),
    ("title", CellKind.TEXT, _title_met),
    ("day", CellKind.DAY, lambda x, _: day(x.occurrence)),
    ("person", CellKind.TEXT, lambda x, _: x.person.name),
    ("account", CellKind.TEXT, lambda x, _: x.person.matrix_id),
    ("presence", CellKind.TEXT, lambda x, a: a.words.word(x.presence)),
    ("at", CellKind.INSTANT, lambda x, _: instant(x.at)),
)
_ENVELOPES: Final[Sequence[Described]] = (
    ("circle", CellKind.TEXT, _use(lambda _, a: a.extract.circle.name)),
    ("envelope", CellKind.TEXT, _use(lambda u, _: ref(RefKind.ENVELOPE, u.envelope.number))),
    ("funder", CellKind.TEXT, _use(lambda u, _: u.envelope.funder)),
    ("workstream", CellKind.TEXT, _use(lambda u, a: a.stream(u.envelope.workstream))),
    ("period", CellKind.TEXT, _use(lambda u, _: u.envelope.period)),
    ("at", CellKind.DAY, _use(lambda u, _: day(u.envelope.at))),
    ("granted", CellKind.MONEY, _use(lambda u, _: u.envelope.amount)),
    ("regulated", CellKind.MONEY, _use(lambda u, _: u.spent)),
    ("paid", CellKind.MONEY, _use(lambda u, _: u.paid)),
    ("left", CellKind.MONEY, _use(lambda u, _: u.left)),
)
_CIRCLES: Final[Sequence[Described]] = (
    ("circle", CellKind.TEXT, lambda x, _: x.circle.name),
    ("kind", CellKind.TEXT, lambda x, a: a.words.word(x.circle.kind)),
    ("state", CellKind.TEXT, lambda x, a: a.words.word(x.circle.state)),
    ("since", CellKind.DAY, lambda x, _: day(x.span.since if x.span else x.circle.created_at)),
    ("until", CellKind.DAY, lambda x, _: day(x.span.until if x.span else x.at)),
    ("hours", CellKind.EFFORT, lambda x, _: sum(one.minutes or 0 for one in x.work)),
    ("contributors", CellKind.NUMBER, lambda x, _: len({one.person for one in x.work})),
    ("granted", CellKind.MONEY, _moved("granted")),
    ("regulated", CellKind.MONEY, _moved("regulated")),
    ("invoiced", CellKind.MONEY, _moved("invoiced")),
    ("paid", CellKind.MONEY, _moved("paid")),
    ("waiting", CellKind.MONEY, _now(lambda f: f.asked)),
    ("committed", CellKind.MONEY, _now(lambda f: f.committed)),
    ("available", CellKind.MONEY, _now(lambda f: f.available)),
)
