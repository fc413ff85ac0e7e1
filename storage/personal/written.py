"""Where people write, so that somebody may be named there; who wrote it, when, in which circle."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Select,
    Table,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union,
)

from circle.codev import Codev
from circle.refs import Kind
from circle.rounds import CheckIn, RoundKind
from circle.votefile import parse_vote, write_vote
from circle.votes import Option
from storage.tables.actions import action_log, action_log_texts, actions
from storage.tables.circles import workstreams
from storage.tables.coordination import answers, questions
from storage.tables.kinds import Instant, stored
from storage.tables.ledger import entries, entry_texts
from storage.tables.mail import inbox, origins, sync_tokens
from storage.tables.meetings import meetings, reminders
from storage.tables.prompts import prompts
from storage.tables.receipts import receipts
from storage.tables.rounds import rounds
from storage.tables.sessions import agenda_points
from storage.tables.votes import ballot_reasons, ballots, vote_records, votes

Change = Callable[[str], str]
"""What becomes of a text that somebody wrote."""

Rewrite = Callable[[str, Change], str]
"""The value of a column with its texts changed, whatever else it holds left as it is."""


def plain(value: str, change: Change) -> str:
    """A column that is one text."""
    return change(value)


def options(value: str, change: Change) -> str:
    """The options of a vote: what each is called."""
    told = msgspec.json.decode(value, type=tuple[Option, ...])
    return _encoded(tuple(replace(one, text=change(one.text)) for one in told))


def lines(value: str, change: Change) -> str:
    """Whole lines, to choose among or to complete."""
    told = msgspec.json.decode(value, type=tuple[str, ...])
    return _encoded(tuple(map(change, told)))


def words_held(value: str, change: Change) -> str:
    """The question and the words of a check-in."""
    told = msgspec.json.decode(value, type=CheckIn)
    words = tuple(replace(one, text=change(one.text)) for one in told.words)
    return _encoded(replace(told, question=change(told.question), words=words))


def topic_held(value: str, change: Change) -> str:
    """The topic of a codevelopment session."""
    told = msgspec.json.decode(value, type=Codev)
    return _encoded(replace(told, topic=change(told.topic)))


def file_named(value: str, change: Change) -> str:
    """The name of a file that somebody sent, in its description."""
    told = msgspec.json.decode(value, type=dict[str, Any])
    return _encoded({**told, "name": change(told["name"])}) if "name" in told else value


def vote_file(value: str, change: Change) -> str:
    """The file of a closed vote: its question, and what each option is called."""
    election = parse_vote(value)
    named = tuple(replace(one, text=change(one.text)) for one in election.options)
    reworded = replace(election, question=change(election.question), options=named)
    return value if reworded == election else write_vote(reworded)


def _encoded(value: object) -> str:
    return msgspec.json.encode(value).decode()


_UNKNOWN: Final[ColumnElement[Any]] = null()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A column where people write. `by`, `at`: who wrote it and when, where that is known.

    `kind` and `number`: the thing it is about, as people call it. `folded`: written along with it.
    `fixed`: never changed.
    """

    column: Column[str]
    circle: ColumnElement[int]
    by: ColumnElement[Any] = _UNKNOWN
    at: ColumnElement[Any] = _UNKNOWN
    kind: Kind | None = None
    number: ColumnElement[Any] = _UNKNOWN
    beside: tuple[Table, ColumnElement[bool]] | None = None
    only: ColumnElement[bool] | None = None
    rewrite: Rewrite = plain
    folded: Column[str] | None = None
    fixed: bool = False

    @property
    def table(self) -> Table:
        """Where the column is."""
        if not isinstance(self.column.table, Table):
            raise TypeError("a column of no table")
        return self.column.table

    def rows(self, circle: int, hints: frozenset[str]) -> Select[Any]:
        """The key, text, author and instant of what was written in the circle with such a hint."""
        keys = (key.label(f"at_{key.name}") for key in self.table.primary_key)
        told = stored(self.column).label("told"), self.by.label("by"), self.at.label("at")
        found = select(*told, self.number.label("number"), *keys).where(self.circle == circle)
        if self.beside is not None:
            found = found.join_from(self.table, *self.beside)
        if self.only is not None:
            found = found.where(self.only)
        likely = [stored(self.column).icontains(hint, autoescape=True) for hint in sorted(hints)]
        return found.where(or_(*likely)) if likely else found.where(self.column.is_not(None))


def _made_at(kind: Kind, circle: ColumnElement[int], number: ColumnElement[int]) -> Any:
    """When the message that made a thing came."""
    heard = union(select(sync_tokens.c.user_id), select(literal(""))).scalar_subquery()
    named = literal(kind.value) + cast(number, origins.c.ref.type)
    return (
        select(type_coerce(func.min(inbox.c.at_ms) * literal(1000, BigInteger), Instant()))
        .join_from(origins, inbox, inbox.c.event_id == origins.c.event_id)
        .where(inbox.c.account.in_(heard), origins.c.circle == circle, origins.c.ref == named)
        .correlate(circle.table)
        .scalar_subquery()
    )


_entry: Final = (entries, entries.c.id == entry_texts.c.entry)
_question: Final = (questions, questions.c.id == answers.c.question)
_ballot: Final = (ballots, ballots.c.id == ballot_reasons.c.ballot)
_voted: Final = (
    votes,
    and_(votes.c.circle == vote_records.c.circle, votes.c.number == vote_records.c.vote),
)
_line: Final = (action_log, action_log.c.id == action_log_texts.c.line)
_meeting: Final = _made_at(Kind.MEETING, meetings.c.circle, meetings.c.number)
_reminder: Final = _made_at(Kind.REMINDER, reminders.c.circle, reminders.c.number)

WRITTEN: Final = (
    Written(
        column=actions.c.title,
        circle=actions.c.circle,
        by=actions.c.added_by,
        at=actions.c.added_at,
        kind=Kind.ACTION,
        number=actions.c.number,
    ),
    Written(
        column=action_log_texts.c.text,
        circle=action_log.c.circle,
        by=action_log.c.by,
        at=action_log.c.at,
        kind=Kind.ACTION,
        number=action_log.c.action,
        beside=_line,
    ),
    Written(column=workstreams.c.name, circle=workstreams.c.circle, folded=workstreams.c.folded),
    *(
        Written(
            column=column, circle=entries.c.circle, by=entries.c.by, at=entries.c.at, fixed=True
        )
        for column in (entries.c.funder, entries.c.period, entries.c.number)
    ),
    Written(
        column=entry_texts.c.what,
        circle=entries.c.circle,
        by=entries.c.by,
        at=entries.c.at,
        kind=Kind.ENTRY,
        number=entries.c.item,
        beside=_entry,
    ),
    Written(
        column=questions.c.text,
        circle=questions.c.circle,
        by=questions.c.by,
        at=questions.c.at,
    ),
    Written(
        column=answers.c.text,
        circle=questions.c.circle,
        by=answers.c.person,
        at=answers.c.at,
        beside=_question,
    ),
    *(
        Written(
            column=column,
            circle=meetings.c.circle,
            by=meetings.c.by,
            at=_meeting,
            kind=Kind.MEETING,
            number=meetings.c.number,
        )
        for column in (meetings.c.title, meetings.c.place)
    ),
    Written(
        column=reminders.c.text,
        circle=reminders.c.circle,
        by=reminders.c.by,
        at=_reminder,
        kind=Kind.REMINDER,
        number=reminders.c.number,
    ),
    *(
        Written(
            column=column,
            circle=receipts.c.circle,
            by=receipts.c.by,
            at=receipts.c.at,
            kind=Kind.ENTRY,
            number=receipts.c.item,
            rewrite=rewrite,
        )
        for column, rewrite in ((receipts.c.name, plain), (receipts.c.attachment, file_named))
    ),
    *(
        Written(
            column=rounds.c.held,
            circle=rounds.c.circle,
            by=rounds.c.by,
            at=rounds.c.opened_at,
            kind=kind,
            number=rounds.c.number,
            only=rounds.c.kind == held,
            rewrite=rewrite,
        )
        for held, kind, rewrite in (
            (RoundKind.CHECKIN, Kind.CHECKIN, words_held),
            (RoundKind.CODEV, Kind.CODEV, topic_held),
        )
    ),
    Written(
        column=agenda_points.c.text,
        circle=agenda_points.c.circle,
        by=agenda_points.c.by,
        at=agenda_points.c.at,
        kind=Kind.MEETING,
        number=agenda_points.c.meeting,
    ),
    *(
        Written(
            column=column,
            circle=votes.c.circle,
            by=votes.c.opened_by,
            at=votes.c.opened_at,
            kind=Kind.VOTE,
            number=votes.c.number,
            rewrite=rewrite,
        )
        for column, rewrite in ((votes.c.question, plain), (votes.c.options, options))
    ),
    *(
        Written(
            column=column,
            circle=prompts.c.circle,
            by=prompts.c.person,
            at=prompts.c.asked_at,
            rewrite=rewrite,
        )
        for column, rewrite in (
            (prompts.c.line, plain),
            (prompts.c.choices, lines),
            (prompts.c.blanks, lines),
        )
    ),
    Written(
        column=votes.c.cancelled,
        circle=votes.c.circle,
        at=votes.c.closed_at,
        kind=Kind.VOTE,
        number=votes.c.number,
    ),
    Written(
        column=vote_records.c.file,
        circle=vote_records.c.circle,
        by=votes.c.opened_by,
        at=votes.c.opened_at,
        kind=Kind.VOTE,
        number=vote_records.c.vote,
        beside=_voted,
        rewrite=vote_file,
    ),
    Written(
        column=ballot_reasons.c.reason,
        circle=ballots.c.circle,
        by=ballots.c.voter,
        at=ballots.c.at,
        kind=Kind.VOTE,
        number=ballots.c.vote,
        beside=_ballot,
    ),
)
"""In each circle. The ledger's own words (who funds, for when) never change."""
