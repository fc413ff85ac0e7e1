"""Evaluation of the contributive dynamic: measures, and beside them an open question to members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Annotated

from circle.circles import Circle
from circle.evaluation import (
    FEWEST_CIRCLES,
    Facts,
    Measure,
    OpenQuestion,
    Range,
    back,
    measures,
    ranges,
    share,
)
from circle.ports import UnitOfWork
from circle.time import DAY, Days
from commands.across.file_replies import (
    EvaluationAnswered,
    EvaluationAnswers,
    EvaluationMeasures,
    EvaluationPicture,
    EvaluationQuestion,
    EvaluationRanges,
    MeasureLine,
    MeasureOverTime,
    RangeLine,
)
from commands.across.views import picked
from commands.kernel.command import Command, NoArgs, Place, Request, Right
from commands.kernel.reply import InCircle, Picture, Privately, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.misread_dates import DateFuture
from commands.reading.readers import SPAN, TEXT, Answer, choice, shape
from commands.shared.refusals import RefusedNoCircle, RefusedNotAllowed, RefusedNotHere

USUAL = timedelta(days=90)
POINTS = 6
MOST_ANSWERS = 50
ACROSS = choice(Answer(True, "cercles", "circles", ("tous", "all")))


@dataclass(frozen=True, slots=True)
class EvaluationArgs:
    """Over which days (the last ninety); across circles, for coordinators."""

    across: Annotated[bool, shape(ACROSS)] = False
    span: Annotated[Days | None, shape(SPAN)] = None


@dataclass(frozen=True, slots=True)
class TextArgs:
    """A question, or an answer."""

    text: Annotated[str, TEXT]


async def show(request: Request[EvaluationArgs], uow: UnitOfWork) -> Reply:
    """The measures of the circle, for its members; for coordinators, the ranges of all circles."""
    days = _days(request)
    if request.args.across or _looks_from_outside(request):
        return await _across(request, uow, days)
    if request.circle is None:
        raise Refusal(RefusedNoCircle(command="évaluation", direct=request.room.direct))
    return await _of_circle(uow, request.circle, days, request.at)


def _looks_from_outside(request: Request[EvaluationArgs]) -> bool:
    """Whether a coordinator asks elsewhere than in a circle's room, and is not of that circle."""
    member = request.member is not None and request.member.joined
    outside = request.coordination or request.room.direct
    return request.coordinator and outside and not member


def _days(request: Request[EvaluationArgs]) -> Days:
    span, today = request.args.span, request.at.date()
    if span is None:
        return Days(today - USUAL + DAY, today)
    if span.since > today:
        raise Refusal(DateFuture(start=span.since))
    return Days(span.since, span.until)


async def _of_circle(uow: UnitOfWork, circle: Circle, days: Days, now: datetime) -> Reply:
    curve = back(days, POINTS)
    facts = await uow.evaluating.facts(circle.id, curve[0].before().since, days.until)
    points = [await _measured(uow, circle, facts, one, now) for one in curve]
    question = await uow.evaluating.question(circle.id)
    measured = EvaluationMeasures(
        circle=circle.name,
        since=days.since,
        until=days.until,
        items=tuple(_told(one) for one in points[-1]),
        question=question.text if question else "",
        answers=question.answers if question else 0,
    )
    pictured = EvaluationPicture(
        circle=circle.name,
        ends=tuple(one.until for one in curve),
        lines=tuple(_line([point[place] for point in points]) for place in range(len(points[0]))),
    )
    told = any(one.shown is not None for point in points for one in point)
    pictures = (Picture(pictured),) if told else ()
    return Reply(measured, attachments=pictures)


async def _measured(
    uow: UnitOfWork, circle: Circle, facts: Facts, days: Days, now: datetime
) -> tuple[Measure, ...]:
    begin = datetime.combine(date.min.replace(year=1970), time(0), tzinfo=now.tzinfo)
    end = datetime.combine(days.until + DAY, time(0), tzinfo=now.tzinfo)
    sums = await uow.ledger.totals_between(circle.id, begin, end)
    return measures(facts, days, share(sums.regulated, sums.granted))


def _told(one: Measure) -> MeasureLine:
    return MeasureLine(
        kind=one.kind,
        value=one.shown,
        percent=_percent(one.shown),
        suppressed=one.suppressed,
        people=None if one.suppressed else one.people,
    )


def _percent(value: Fraction | None) -> int | None:
    return None if value is None else round(value * 100)


def _line(over_time: Sequence[Measure]) -> MeasureOverTime:
    return MeasureOverTime(
        kind=over_time[0].kind,
        percents=tuple(_percent(one.shown) for one in over_time),
    )


async def _across(request: Request[EvaluationArgs], uow: UnitOfWork, days: Days) -> Reply:
    """How circles spread, in their own room or directly; none can be told from another."""
    if not request.coordinator:
        raise Refusal(RefusedNotAllowed(command="évaluation", who=Right.COORDINATOR))
    if not (request.coordination or request.room.direct):
        raise Refusal(RefusedNotHere(command="évaluation"))
    circles = picked(await uow.circles.all(request.at.date()), None, None)
    told = [await _whole(uow, one, days, request.at) for one in circles]
    spread = EvaluationRanges(
        since=days.since,
        until=days.until,
        circles=len(circles),
        fewest=FEWEST_CIRCLES,
        items=tuple(_spread(one) for one in ranges(told)),
    )
    return Reply(spread)


async def _whole(uow: UnitOfWork, circle: Circle, days: Days, now: datetime) -> tuple[Measure, ...]:
    facts = await uow.evaluating.facts(circle.id, days.before().since, days.until)
    return await _measured(uow, circle, facts, days, now)


def _spread(one: Range) -> RangeLine:
    return RangeLine(
        kind=one.kind,
        circles=one.circles,
        least=_percent(one.least),
        lower=_percent(one.lower),
        middle=_percent(one.middle),
        upper=_percent(one.upper),
        most=_percent(one.most),
    )


async def ask(request: Request[TextArgs], uow: UnitOfWork) -> Reply:
    """Ask the members an open question, in the circle's room; it takes the place of the last."""
    asked = await uow.evaluating.ask(
        request.here.id, request.person.key, request.at, request.args.text
    )
    question = EvaluationQuestion(text=asked.text, member=request.person)
    return Reply(question, where=InCircle(request.here))


async def answer(request: Request[TextArgs], uow: UnitOfWork) -> Reply:
    """Answer the open question; again: in the place of one's answer before."""
    question = await _current(request, uow)
    changed = await uow.evaluating.answer(
        question.number, request.person.key, request.at, request.args.text
    )
    answered = EvaluationAnswered(circle=request.here.name, question=question.text, changed=changed)
    return Reply(answered, quiet=not request.room.direct)


async def _current(request: Request[TextArgs], uow: UnitOfWork) -> OpenQuestion:
    """The question asked now; the usual one, which has no text, where nobody asked another."""
    found = await uow.evaluating.question(request.here.id)
    if found is not None:
        return found
    return await uow.evaluating.ask(request.here.id, request.person.key, request.at, "")


async def read(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """What was answered, without a name, to who asks alone."""
    question = await uow.evaluating.question(request.here.id)
    found = await uow.evaluating.answers(question.number) if question else ()
    answers = EvaluationAnswers(
        circle=request.here.name,
        question=question.text if question else "",
        items=found[:MOST_ANSWERS],
        count=len(found),
        more=max(0, len(found) - MOST_ANSWERS),
    )
    return Reply(answers, where=Privately())


COMMANDS = (
    Command(
        key="evaluation",
        topic=Topic.ORGANISING,
        names=("évaluation", "evaluation"),
        args=EvaluationArgs,
        run=show,
        place=Place.ANYWHERE,
        examples={
            "fr": ("évaluation", "évaluation T3 2026", "évaluation 2026"),
            "en": ("evaluation", "evaluation Q3 2026"),
        },
    ),
    Command(
        key="evaluation.ask",
        topic=Topic.ORGANISING,
        names=("évaluation question", "evaluation question"),
        args=TextArgs,
        run=ask,
        right=Right.STEWARD,
        examples={
            "fr": ("évaluation question Qu'est-ce qui vous donne envie de revenir ?",),
            "en": ("evaluation question What makes you want to come back?",),
        },
    ),
    Command(
        key="evaluation.read",
        topic=Topic.ORGANISING,
        names=("évaluation réponses", "evaluation answers"),
        args=NoArgs,
        run=read,
        right=Right.STEWARD,
        examples={"fr": ("évaluation réponses",), "en": ("evaluation answers",)},
    ),
    Command(
        key="evaluation.answer",
        topic=Topic.ORGANISING,
        names=("répondre", "answer"),
        args=TextArgs,
        run=answer,
        examples={
            "fr": ("répondre On y apprend les un·es des autres",),
            "en": ("answer We learn from each other",),
        },
    ),
)
