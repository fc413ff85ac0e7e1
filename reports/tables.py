"""The tables of a circle: its ledger, contributions, actions, votes, meetings, who came, envelopes.

Cells are read from an extract, column by column; words are said by the catalogue.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from circle.actions import Action, ActionState
from circle.envelopes import Use
from circle.extracts import Extract
from circle.figures import Figures
from circle.ledger import Entry, Item
from circle.meetings import Attendance, Meeting, Presence
from circle.people import Person
from circle.refs import Kind as RefKind
from circle.refs import Ref
from circle.votes import Vote
from reports.sheets import Cell, Column, Kind, Sheet

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
Described = tuple[str, Kind, Read]


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
        and (one.state is ActionState.OPEN or (one.moved_at or one.added_at).date() >= span.since)
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
        one.meeting == meeting.number and one.presence is Presence.PRESENT
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
    ("line", Kind.NUMBER, _entry(lambda e, _: e.id)),
    ("at", Kind.INSTANT, _entry(lambda e, _: instant(e.at))),
    ("kind", Kind.TEXT, _entry(lambda e, a: a.words.word(e.kind))),
    ("item", Kind.TEXT, _entry(lambda e, _: ref(_ENTRY, e.item))),
    ("person", Kind.TEXT, _entry(lambda e, a: a.name(a.person(e.person)))),
    ("amount", Kind.MONEY, _entry(lambda e, _: e.amount)),
    ("granted", Kind.MONEY, _figure("granted")),
    ("asked", Kind.MONEY, _figure("asked")),
    ("regulated", Kind.MONEY, _figure("regulated")),
    ("invoiced", Kind.MONEY, _figure("invoiced")),
    ("paid", Kind.MONEY, _figure("paid")),
    ("funder", Kind.TEXT, _entry(lambda e, _: e.funder)),
    ("period", Kind.TEXT, _entry(lambda e, _: e.period)),
    ("action", Kind.TEXT, _entry(lambda e, _: ref(_ACTION, e.action))),
    ("vote", Kind.TEXT, _entry(lambda e, _: ref(_VOTE, e.vote))),
    ("meeting", Kind.TEXT, _entry(lambda e, _: ref(_MEETING, e.meeting))),
    ("invoice", Kind.TEXT, _entry(lambda e, _: e.number)),
    ("corrects", Kind.NUMBER, _entry(lambda e, _: e.corrects)),
    ("by", Kind.TEXT, _entry(lambda e, a: a.name(a.person(e.by)))),
    ("what", Kind.TEXT, _entry(lambda e, _: e.what)),
)
_CONTRIBUTIONS: Final[Sequence[Described]] = (
    ("item", Kind.TEXT, _item(lambda i, _: ref(_ENTRY, i.number))),
    ("nature", Kind.TEXT, _item(lambda i, a: a.words.word(i.nature))),
    ("day", Kind.DAY, _item(lambda i, _: day(i.day))),
    ("person", Kind.TEXT, _item(lambda i, a: a.name(a.person(i.person)))),
    ("account", Kind.TEXT, _item(lambda i, a: _account(a.person(i.person)))),
    ("payee", Kind.TEXT, _item(lambda i, a: a.name(a.person(i.payee)))),
    ("what", Kind.TEXT, _item(lambda i, _: i.what)),
    ("hours", Kind.EFFORT, _item(lambda i, _: i.minutes)),
    ("minutes", Kind.NUMBER, _item(lambda i, _: i.minutes)),
    ("action", Kind.TEXT, _item(lambda i, _: ref(_ACTION, i.action))),
    ("title", Kind.TEXT, _item(lambda i, a: a.title(i.action))),
    ("workstream", Kind.TEXT, _item(lambda i, a: a.stream_of(i.action))),
    ("vote", Kind.TEXT, _item(lambda i, _: ref(_VOTE, i.vote))),
    ("asked", Kind.MONEY, _item(lambda i, _: i.asked)),
    ("pro-bono", Kind.TEXT, _item(lambda i, a: a.yes(i.pro_bono))),
    ("state", Kind.TEXT, _item(lambda i, a: a.words.word(i.state))),
    ("regulated", Kind.MONEY, _item(lambda i, _: i.regulated)),
    ("meeting", Kind.TEXT, _item(lambda i, _: ref(_MEETING, i.meeting))),
    ("invoice", Kind.TEXT, _item(lambda i, _: i.invoice)),
    ("settled", Kind.TEXT, _item(lambda i, a: a.yes(i.paid))),
)
_ACTIONS: Final[Sequence[Described]] = (
    ("action", Kind.TEXT, lambda x, _: ref(_ACTION, x.number)),
    ("title", Kind.TEXT, lambda x, _: x.title),
    ("workstream", Kind.TEXT, lambda x, a: a.stream(x.workstream)),
    ("state", Kind.TEXT, lambda x, a: a.words.word(x.state)),
    ("holders", Kind.TEXT, lambda x, _: ", ".join(one.name for one in x.holders)),
    ("due", Kind.DAY, lambda x, _: day(x.due)),
    ("budget", Kind.MONEY, lambda x, _: x.budget),
    ("regulated", Kind.MONEY, _spent),
    ("added", Kind.DAY, lambda x, _: day(x.added_at)),
    ("moved", Kind.DAY, lambda x, _: day(x.moved_at)),
)
_VOTES: Final[Sequence[Described]] = (
    ("vote", Kind.TEXT, _vote(lambda v, _: ref(_VOTE, v.number))),
    ("rule", Kind.TEXT, _vote(lambda v, a: a.words.word(v.rule))),
    ("question", Kind.TEXT, _vote(lambda v, _: v.question)),
    ("opened", Kind.INSTANT, _vote(lambda v, _: instant(v.opened_at))),
    ("closed", Kind.INSTANT, _vote(lambda v, _: instant(v.closed_at or v.closes))),
    (
        "outcome",
        Kind.TEXT,
        _vote(_ending),
    ),
    ("electorate", Kind.NUMBER, _vote(lambda v, _: len(v.electorate))),
    ("cast", Kind.NUMBER, _vote(lambda v, a: a.extract.cast.get(v.number, 0))),
    ("budget", Kind.MONEY, _vote(lambda v, _: v.budget)),
    ("action", Kind.TEXT, _vote(lambda v, _: ref(_ACTION, v.action))),
    ("item", Kind.TEXT, _vote(lambda v, _: ref(_ENTRY, v.item))),
)
_MEETINGS: Final[Sequence[Described]] = (
    ("meeting", Kind.TEXT, lambda m, _: ref(_MEETING, m.number)),
    ("kind", Kind.TEXT, lambda m, a: a.words.word(m.kind)),
    ("title", Kind.TEXT, lambda m, _: m.title),
    ("start", Kind.INSTANT, lambda m, _: instant(m.start)),
    ("end", Kind.INSTANT, lambda m, _: instant(m.end)),
    ("place", Kind.TEXT, lambda m, _: m.place),
    ("repeats", Kind.TEXT, lambda m, a: a.yes(m.rrule is not None)),
    ("cancelled", Kind.TEXT, lambda m, a: a.yes(m.cancelled)),
    ("present", Kind.NUMBER, _met),
)
_ATTENDANCE: Final[Sequence[Described]] = (
    ("meeting", Kind.TEXT, lambda x, _: ref(_MEETING, x.meeting)),
    ("title", Kind.TEXT, _title_met),
    ("day", Kind.DAY, lambda x, _: day(x.occurrence)),
    ("person", Kind.TEXT, lambda x, _: x.person.name),
    ("account", Kind.TEXT, lambda x, _: x.person.matrix_id),
    ("presence", Kind.TEXT, lambda x, a: a.words.word(x.presence)),
    ("at", Kind.INSTANT, lambda x, _: instant(x.at)),
)
_ENVELOPES: Final[Sequence[Described]] = (
    ("circle", Kind.TEXT, _use(lambda _, a: a.extract.circle.name)),
    ("envelope", Kind.TEXT, _use(lambda u, _: ref(RefKind.ENVELOPE, u.envelope.number))),
    ("funder", Kind.TEXT, _use(lambda u, _: u.envelope.funder)),
    ("workstream", Kind.TEXT, _use(lambda u, a: a.stream(u.envelope.workstream))),
    ("period", Kind.TEXT, _use(lambda u, _: u.envelope.period)),
    ("at", Kind.DAY, _use(lambda u, _: day(u.envelope.at))),
    ("granted", Kind.MONEY, _use(lambda u, _: u.envelope.amount)),
    ("regulated", Kind.MONEY, _use(lambda u, _: u.spent)),
    ("paid", Kind.MONEY, _use(lambda u, _: u.paid)),
    ("left", Kind.MONEY, _use(lambda u, _: u.left)),
)
_CIRCLES: Final[Sequence[Described]] = (
    ("circle", Kind.TEXT, lambda x, _: x.circle.name),
    ("kind", Kind.TEXT, lambda x, a: a.words.word(x.circle.kind)),
    ("state", Kind.TEXT, lambda x, a: a.words.word(x.circle.state)),
    ("since", Kind.DAY, lambda x, _: day(x.span.since if x.span else x.circle.created_at)),
    ("until", Kind.DAY, lambda x, _: day(x.span.until if x.span else x.at)),
    ("hours", Kind.EFFORT, lambda x, _: sum(one.minutes or 0 for one in x.work)),
    ("contributors", Kind.NUMBER, lambda x, _: len({one.person for one in x.work})),
    ("granted", Kind.MONEY, _moved("granted")),
    ("regulated", Kind.MONEY, _moved("regulated")),
    ("invoiced", Kind.MONEY, _moved("invoiced")),
    ("paid", Kind.MONEY, _moved("paid")),
    ("waiting", Kind.MONEY, _now(lambda f: f.asked)),
    ("committed", Kind.MONEY, _now(lambda f: f.committed)),
    ("available", Kind.MONEY, _now(lambda f: f.available)),
)
