"""What evaluation reads of a circle; its open questions, and answers that tell no name."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from sqlalchemy import and_, bindparam, func, insert, select

from circle.circles import CircleId
from circle.evaluation import Evaluating, Facts, Led, OpenQuestion, Worked
from circle.ledger import ItemState, Nature
from circle.meetings import Presence
from circle.people import PersonKey, Role
from circle.time import Days
from storage.session import Session, Statement, upsert
from storage.settings import Settings
from storage.tables.actions import action_holders, actions
from storage.tables.circles import memberships
from storage.tables.coordination import answers, questions
from storage.tables.ledger import items
from storage.tables.meetings import attendances
from storage.times import day_of, to_micros

_work: Final = and_(
    items.c.circle == bindparam("circle"),
    items.c.nature == Nature.CONTRIBUTION.value,
    items.c.state != ItemState.CANCELLED.value,
)
_WORKED: Final = select(
    items.c.person, items.c.day, items.c.minutes, items.c.regulated, items.c.pro_bono, items.c.state
).where(_work, items.c.day >= bindparam("since"), items.c.day <= bindparam("until"))
_CONTRIBUTED: Final = (
    select(items.c.person, func.min(items.c.day).label("day")).where(_work).group_by(items.c.person)
)
_last_word: Final = (
    select(func.max(attendances.c.id).label("id"))
    .where(attendances.c.circle == bindparam("circle"), attendances.c.withdrawn.is_(False))
    .group_by(attendances.c.meeting, attendances.c.occurrence, attendances.c.person)
    .subquery()
)
_ATTENDED: Final = (
    select(attendances.c.person, func.min(attendances.c.occurrence).label("day"))
    .join(_last_word, _last_word.c.id == attendances.c.id)
    .where(
        attendances.c.presence == Presence.PRESENT.value,
        attendances.c.occurrence <= bindparam("today"),
    )
    .group_by(attendances.c.person)
)
_moved: Final = func.coalesce(actions.c.moved_at, actions.c.added_at)
_LED: Final = (
    select(action_holders.c.person, _moved.label("moved"), memberships.c.role, memberships.c.until)
    .join(
        actions,
        and_(
            actions.c.circle == action_holders.c.circle,
            actions.c.number == action_holders.c.action,
        ),
    )
    .outerjoin(
        memberships,
        and_(
            memberships.c.circle == action_holders.c.circle,
            memberships.c.person == action_holders.c.person,
        ),
    )
    .where(
        action_holders.c.circle == bindparam("circle"),
        action_holders.c.place == 0,
        _moved >= bindparam("start"),
        _moved < bindparam("end"),
    )
)
_ASK: Final = insert(questions).returning(questions.c.id)
_QUESTION: Final = (
    select(questions, func.count(answers.c.person).label("answers"))
    .outerjoin(answers, answers.c.question == questions.c.id)
    .where(questions.c.circle == bindparam("circle"))
    .group_by(*questions.c)
    .order_by(questions.c.id.desc())
    .limit(1)
)
_ANSWER: Final = upsert(answers, "question", "person")
_ANSWERED: Final = select(answers.c.person).where(
    answers.c.question == bindparam("question"), answers.c.person == bindparam("person")
)
# By their words: neither the order nor anything else tells who wrote.
_ANSWERS: Final = (
    select(answers.c.text)
    .where(answers.c.question == bindparam("question"))
    .order_by(func.lower(answers.c.text))
)


class SqlEvaluating(Evaluating):
    """Evaluation within one transaction."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self._session = session
        self._settings = settings

    async def facts(self, circle: CircleId, since: date, until: date) -> Facts:
        """What is known of the work and the actions of these days, both included."""
        days = {"circle": circle, "since": since.isoformat(), "until": until.isoformat()}
        rows = await self._session.all(_WORKED, days)
        here = {"circle": circle}
        return Facts(
            worked=tuple(
                Worked(
                    person=PersonKey(row.person),
                    day=day_of(row.day),
                    minutes=row.minutes or 0,
                    regulated=row.regulated or 0,
                    pro_bono=row.pro_bono or row.state == ItemState.PRO_BONO.value,
                )
                for row in rows
            ),
            led=await self._led(circle, since, until),
            attended=await self._firsts(_ATTENDED, here | {"today": until.isoformat()}),
            contributed=await self._firsts(_CONTRIBUTED, here),
        )

    async def _firsts(
        self, statement: Statement, values: Mapping[str, object]
    ) -> Mapping[PersonKey, date]:
        rows = await self._session.all(statement, values)
        return {PersonKey(row.person): day_of(row.day) for row in rows}

    async def _led(self, circle: CircleId, since: date, until: date) -> tuple[Led, ...]:
        times = await self._settings.times(circle)
        begin, end = Days(since, until).bounds(times.zone(0))
        values = {"circle": circle, "start": to_micros(begin), "end": to_micros(end)}
        found = []
        for row in await self._session.all(_LED, values):
            day = times.at(row.moved).date()
            over = row.until is not None and day > day_of(row.until)
            steward = row.role == Role.STEWARD.value and not over
            found.append(Led(PersonKey(row.person), day, by_steward=steward))
        return tuple(found)

    async def ask(self, circle: CircleId, by: PersonKey, at: datetime, text: str) -> OpenQuestion:
        """A new question to the members, in the place of the one before."""
        values = {"circle": circle, "by": by, "at": to_micros(at), "text": text}
        [row] = await self._session.all(_ASK, values)
        return OpenQuestion(row.id, text, at)

    async def question(self, circle: CircleId) -> OpenQuestion | None:
        """The question that is asked now, with how many answered."""
        row = await self._session.first(_QUESTION, {"circle": circle})
        if row is None:
            return None
        times = await self._settings.times(circle)
        return OpenQuestion(row.id, row.text, times.at(row.at), int(row.answers))

    async def answer(self, question: int, person: PersonKey, at: datetime, text: str) -> bool:
        """Keep an answer, in the place of that person's own before; whether there was one."""
        asked = {"question": question, "person": person}
        before = await self._session.first(_ANSWERED, asked)
        await self._session.run(_ANSWER, {**asked, "at": to_micros(at), "text": text})
        return before is not None

    async def answers(self, question: int) -> tuple[str, ...]:
        """What was answered, in the order of the alphabet."""
        rows = await self._session.all(_ANSWERS, {"question": question})
        return tuple(row.text for row in rows)
