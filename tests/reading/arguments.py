"""Arguments declared with the public readers, for each line of the table of words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from circle.calendar import Moment, Span
from circle.circles import CircleKind, CircleState, Workstream
from circle.people import Person, Role
from circle.refs import Kind, Ref
from commands.reading import readers as r


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


@frozen
class Action:
    title: Annotated[str, r.TITLE]
    workstream: Annotated[Workstream | None, r.IN_WORKSTREAM] = None
    holder: Annotated[Person | None, r.FOR_WHO] = None
    due: Annotated[date | datetime | None, r.BEFORE] = None
    budget: Annotated[int | None, r.BUDGET] = None


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
class Change:
    action: Annotated[Ref, r.reference(Kind.ACTION)]
    title: Annotated[str, r.TITLE] = ""
    holder: Annotated[Person | None, r.FOR_WHO] = None
    due: Annotated[date | datetime | None, r.BEFORE] = None
    budget: Annotated[int | None, r.BUDGET] = None


@frozen
class Contribution:
    minutes: Annotated[int, r.EFFORT]
    what: Annotated[str, r.TEXT]
    about: Annotated[Ref | None, r.tagged(Kind.ACTION, Kind.VOTE)] = None
    day: Annotated[date | None, r.ON_DAY] = None
    asked: Annotated[int | None, r.ASKED] = None
    pro_bono: Annotated[bool, r.AS_PRO_BONO] = False
    person: Annotated[Person | str | None, r.option("pour", "for", read=r.WHO_OR_NEW)] = None
    payee: Annotated[Person | None, r.TO_STRUCTURE] = None


@frozen
class Expense:
    amount: Annotated[int, r.AMOUNT]
    what: Annotated[str, r.TEXT]
    about: Annotated[Ref | None, r.tagged(Kind.ACTION, Kind.VOTE)] = None
    day: Annotated[date | None, r.ON_DAY] = None


@frozen
class Items:
    person: Annotated[Person | None, r.BY_WHO] = None
    since: Annotated[date | None, r.SINCE] = None


@frozen
class Statement:
    person: Annotated[Person | None, r.WHO] = None
    period: Annotated[Span | None, r.shape(r.SPAN)] = None


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
class Vote:
    question: Annotated[str, r.QUESTION]
    budget: Annotated[int | None, r.BUDGET] = None
    action: Annotated[Ref | None, r.tagged(Kind.ACTION)] = None
    until: Annotated[date | datetime | None, r.CLOSING] = None
    quorum: Annotated[str | None, r.QUORUM] = None
    majority: Annotated[str | None, r.MAJORITY] = None
    secret: Annotated[bool, r.AS_SECRET] = False


@frozen
class Choose:
    question: Annotated[str, r.QUESTION]
    options: Annotated[tuple[str, ...], r.OPTIONS]
    until: Annotated[date | datetime | None, r.CLOSING] = None


@frozen
class ShareOut:
    amount: Annotated[int, r.AMOUNT]
    shares: Annotated[tuple[r.Share, ...], r.SHARES]


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
class Regulation:
    when: Annotated[Moment, r.WHEN]
    place: Annotated[str | None, r.PLACE] = None


@frozen
class Meeting:
    title: Annotated[str, r.TITLE]
    when: Annotated[Moment, r.trailing(r.WHEN)]
    place: Annotated[str | None, r.PLACE] = None


@frozen
class Move:
    meeting: Annotated[Ref, r.reference(Kind.MEETING)]
    when: Annotated[Moment, r.WHEN]


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
class Remind:
    when: Annotated[Moment, r.WHEN]
    text: Annotated[str, r.TEXT]


@frozen
class Since:
    since: Annotated[date | None, r.SINCE] = None


@frozen
class Status:
    circle: Annotated[str | None, r.CIRCLE] = None


@frozen
class Language:
    language: Annotated[str, r.LANGUAGE]
