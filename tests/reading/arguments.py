"""Arguments declared with the public readers, for each line of the table of words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from circle.circles import CircleKind, CircleState, Workstream
from circle.people import Person, Role
from circle.refs import Kind, Ref
from circle.time import Days
from commands.declarations.contributions import ContributionArgs, ExpenseArgs
from commands.meetings.meetings import MeetingArgs, RegulationArgs
from commands.meetings.moving import MoveArgs
from commands.programme.actions import AddArgs, ChangeArgs
from commands.reading import readers as r
from commands.reading import vote_rows
from commands.reminders.reminders import RemindArgs
from commands.votes.amounts import ShareArgs
from commands.votes.deciding import MajorityArgs

Action, Change = AddArgs, ChangeArgs
Vote, ShareOut = MajorityArgs, ShareArgs
Regulation, Meeting, Move, Remind = RegulationArgs, MeetingArgs, MoveArgs, RemindArgs
Contribution, Expense = ContributionArgs, ExpenseArgs


def frozen(cls):
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


@frozen
class Nothing:
    pass


@frozen
class Word:
    word: Annotated[str, r.text("MOT", "WORD")] = ""


@frozen
class Create:
    name: Annotated[str, r.NAME]
    kind: Annotated[CircleKind, r.OF_KIND] = CircleKind.TERRITORIAL
    state: Annotated[CircleState, r.IN_STATE] = CircleState.ACTIVE


@frozen
class Setting:
    change: Annotated[r.SettingChange | None, r.SETTING] = None
    since: Annotated[date | None, r.FROM_DAY] = None


@frozen
class GiveRole:
    person: Annotated[Person, r.MEMBER]
    role: Annotated[Role, r.ROLE]
    until: Annotated[date | None, r.UNTIL_DAY] = None


@frozen
class Stream:
    name: Annotated[str, r.NAME]
    steward: Annotated[Person | None, r.HELD_BY_STEWARD] = None
    envelope: Annotated[int | None, r.ENVELOPE] = None


WHICH = r.choice(
    r.Answer("open", "en cours", "open"),
    r.Answer("done", "faites", "done"),
    r.Answer("late", "en retard", "late"),
)


@frozen
class Actions:
    which: Annotated[str, r.shape(WHICH)] = "open"
    holder: Annotated[Person | None, r.BY_WHO] = None


@frozen
class OneAction:
    action: Annotated[Ref, r.reference(Kind.ACTION)]


@frozen
class Note:
    action: Annotated[Ref, r.reference(Kind.ACTION)]
    text: Annotated[str, r.TEXT]


@frozen
class Done:
    action: Annotated[Ref, r.reference(Kind.ACTION)]
    text: Annotated[str, r.TEXT] = ""


@frozen
class Items:
    person: Annotated[Person | None, r.BY_WHO] = None
    since: Annotated[date | None, r.SINCE] = None


@frozen
class Statement:
    person: Annotated[Person | None, r.WHO] = None
    period: Annotated[Days | None, r.shape(r.SPAN)] = None


@frozen
class Cancel:
    what: Annotated[Ref, r.reference(Kind.ENTRY, Kind.MEETING)]
    reason: Annotated[str, r.REASON] = ""


@frozen
class Correct:
    entry: Annotated[Ref, r.reference(Kind.ENTRY)]
    minutes: Annotated[int | None, r.EFFORT] = None
    amount: Annotated[int | None, r.AMOUNT] = None
    what: Annotated[str, r.TEXT] = ""


@frozen
class Grant:
    amount: Annotated[int, r.AMOUNT]
    funder: Annotated[str | None, r.FROM_FUNDER] = None
    workstream: Annotated[Workstream | None, r.FOR_WORKSTREAM] = None
    period: Annotated[str | None, r.FOR_PERIOD] = None


@frozen
class Lines:
    count: Annotated[int, r.COUNT] = 10


@frozen
class Invoice:
    entry: Annotated[Ref, r.reference(Kind.ENTRY)]
    number: Annotated[str, r.text("NUMÉRO", "NUMBER", limit=60)]


@frozen
class OneEntry:
    entry: Annotated[Ref, r.reference(Kind.ENTRY)]


@frozen
class Choose:
    question: Annotated[str, r.QUESTION]
    options: Annotated[tuple[str, ...], r.OPTIONS]
    until: Annotated[date | datetime | None, r.CLOSING, vote_rows.LIST_CLOSING] = None


@frozen
class Ballot:
    vote: Annotated[Ref, r.reference(Kind.VOTE)]
    answer: Annotated[str, r.text("RÉPONSE", "ANSWER")]


@frozen
class OneVote:
    vote: Annotated[Ref, r.reference(Kind.VOTE)]


@frozen
class Extend:
    vote: Annotated[Ref, r.reference(Kind.VOTE)]
    until: Annotated[date | datetime, r.DEADLINE]


@frozen
class OneMeeting:
    meeting: Annotated[Ref | None, r.reference(Kind.MEETING)] = None


@frozen
class Agenda:
    meeting: Annotated[Ref | None, r.reference(Kind.MEETING)] = None
    text: Annotated[str, r.text(mark="+")] = ""


STEP = r.choice(r.Answer("open", "ouvrir", "open"), r.Answer("close", "clore", "close"))
OUTCOME = r.choice(
    r.Answer("refused", "refus", "refuse"),
    r.Answer("pro-bono", "bénévole", "pro bono"),
    r.Answer("postponed", "report", "postpone"),
)


@frozen
class Session:
    step: Annotated[str, STEP]
    meeting: Annotated[Ref | None, r.reference(Kind.MEETING)] = None


@frozen
class Decide:
    entry: Annotated[Ref, r.reference(Kind.ENTRY)]
    outcome: Annotated[int | str, r.either(r.AMOUNT, OUTCOME)]
    reason: Annotated[str, r.REASON] = ""


@frozen
class Since:
    since: Annotated[date | None, r.SINCE] = None


@frozen
class Status:
    circle: Annotated[str | None, r.CIRCLE] = None


@frozen
class Language:
    language: Annotated[str, r.LANGUAGE]
