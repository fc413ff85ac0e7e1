"""The tables of a circle: its ledger, contributions, actions, votes, meetings, who came, envelopes.

Cells are read from an extract, column by column; words are said by the catalogue.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from circle.actions import Action, ActionState
from circle.envelopes import Use
from circle.extracts import Extract
from circle.figures import Figures
from circle.ledger import Item
from circle.meetings import Attendance, Meeting, Presence
from circle.people import Person
from circle.refs import Kind as RefKind
from circle.votes import Vote
from reports.columns import Asked, Described, Read, Words, day, instant, ref, table
from reports.ledger import LEDGER
from reports.sheets import Cell, CellKind, Column, Sheet


def whole(extract: Extract, words: Words) -> tuple[Sheet, ...]:
    """Every table of a circle, people and amounts included: it stays inside the circle."""
    asked = Asked(extract, words)
    return (
        overview([extract], words),
        table("ledger", LEDGER, extract.entries, asked),
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


def _item(read: Callable[[Item, Asked], Cell]) -> Read:
    return read


def _held_by(item: Item, extract: Extract) -> str | None:
    """The envelopes that hold any of it."""
    numbers = extract.paid_by.get(item.number, ())
    return ", ".join(str(ref(RefKind.ENVELOPE, one)) for one in numbers) or None


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
    ("envelope", CellKind.TEXT, _item(lambda i, a: _held_by(i, a.extract))),
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
