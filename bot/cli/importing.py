"""A checked import, entered into a circle within one transaction."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from circle.actions import Action, ActionChange, ActionEvent, ActionState
from circle.circles import Circle
from circle.entries import (
    Declared,
    EnvelopeEntry,
    Granted,
    Invoiced,
    ItemEntry,
    ItemEvent,
    ItemRefused,
    Paid,
    Regulated,
)
from circle.ledger import Postings
from circle.life import fold as item_of
from circle.life import posted
from circle.money import Cents
from circle.people import Person, PersonKey, Role
from circle.ports import ActionFilter
from circle.refs import Kind
from circle.time import Minutes
from commands.shared.periods import days_of
from language.importing.batch import Batch, CircleSoFar
from language.importing.fields import fold
from language.importing.lines import ActionRow, EntryLine, EnvelopeLine, PersonLine
from storage.uow import SqlUnitOfWork

NOON = time(12)


async def what_is_here(uow: SqlUnitOfWork, circle: Circle) -> CircleSoFar:
    """The names that the tables may speak of without bringing them."""
    members = [one.person for one in await uow.people.members(circle.id)]
    others = await uow.people.others(circle.id)
    people = [*members, *(one for one in others if not one.structure)]
    names = [fold(one.name) for one in people]
    actions = await _actions(uow, circle)
    return CircleSoFar(
        people=frozenset(names),
        structures=frozenset(fold(one.name) for one in others if one.structure),
        accounts=frozenset(one.matrix_id for one in people if one.matrix_id),
        actions=frozenset(fold(one.title) for one in actions),
        twice=frozenset(name for name in names if names.count(name) > 1),
    )


async def _actions(uow: SqlUnitOfWork, circle: Circle) -> list[Action]:
    return [
        action
        for state in ActionState
        for action in await uow.actions.list(circle.id, ActionFilter(state=state))
    ]


class Entering:
    """Enters a batch: people first, then what names them. `by`: who signs the entries."""

    def __init__(self, uow: SqlUnitOfWork, circle: Circle, by: PersonKey, now: datetime) -> None:
        self._uow = uow
        self._circle = circle
        self._by = by
        self._now = now
        self._zone = ZoneInfo(circle.rules.timezone)
        self._people: dict[str, Person] = {}
        self._structures: dict[str, Person] = {}
        self._actions: dict[str, int] = {}

    async def enter(self, batch: Batch) -> None:
        """Everything that the batch holds; it was checked before."""
        await self._know()
        for person in batch.people:
            await self._person(person)
        for action in batch.actions:
            await self._action(action)
        for envelope in batch.envelopes:
            await self._envelope(envelope)
        for entry in batch.entries:
            await self._entry(entry)

    async def _know(self) -> None:
        members = [one.person for one in await self._uow.people.members(self._circle.id)]
        others = await self._uow.people.others(self._circle.id)
        self._name(one for one in (*others, *members) if not one.structure)
        self._structures |= {fold(one.name): one for one in others if one.structure}
        known = await _actions(self._uow, self._circle)
        self._actions |= {fold(one.title): one.number for one in known}

    def _name(self, people: Iterable[Person]) -> None:
        for one in people:
            self._people[fold(one.name)] = one
            if one.matrix_id:
                self._people[one.matrix_id] = one

    async def _person(self, line: PersonLine) -> None:
        here = self._circle.id
        if line.structure:
            if fold(line.name) not in self._structures:
                made = await self._uow.people.add_named(here, line.name, structure=True)
                self._structures[fold(line.name)] = made
            return
        person = await self._met(line)
        self._name([person])
        self._people[fold(line.name)] = person
        if line.role is not None:
            since = line.since or self._now.date()
            await self._uow.people.set_role(here, person.key, line.role, since, line.until)

    async def _met(self, line: PersonLine) -> Person:
        if line.account:
            return await self._uow.people.ensure(line.account, line.name)
        known = self._people.get(fold(line.name))
        return known or await self._uow.people.add_named(
            self._circle.id, line.name, structure=False
        )

    async def _action(self, line: ActionRow) -> None:
        here = self._circle.id
        number = await self._uow.circles.next_number(here, Kind.ACTION)
        at = self._at(line.on) if line.on else self._now
        holders = {one.key: one for one in map(self._who, line.holders)}
        action = Action(
            number=number,
            title=line.title,
            added_by=self._by,
            added_at=at,
            workstream=await self._workstream(line.workstream),
            holders=tuple(holders.values()),
            due=line.due,
            budget=line.budget,
            state=line.state,
            moved_at=at,
        )
        await self._uow.actions.add(here, action)
        await self._uow.actions.log(here, ActionEvent(number, ActionChange.ADDED, self._by, at))
        if line.state is not ActionState.OPEN:
            change = ActionChange(line.state.value)
            await self._uow.actions.log(here, ActionEvent(number, change, self._by, at))
        self._actions[fold(line.title)] = number
        for holder in holders.values():
            await self._contributes(holder)

    async def _contributes(self, person: Person) -> None:
        """Who takes an action is a contributor at least."""
        member = await self._uow.people.member(self._circle.id, person.key)
        today = self._now.date()
        if member is not None and member.role_on(today) is Role.PARTICIPANT:
            await self._uow.people.set_role(
                self._circle.id, person.key, Role.CONTRIBUTOR, today, None
            )

    async def _workstream(self, name: str) -> int | None:
        if not name:
            return None
        for known in await self._uow.circles.workstreams(self._circle.id):
            if fold(known.name) == fold(name):
                return known.id
        return (await self._uow.circles.add_workstream(self._circle.id, name, None)).id

    async def _envelope(self, line: EnvelopeLine) -> None:
        at = self._at(line.on)
        days = days_of(line.period, at) if line.period else None
        entry = EnvelopeEntry(
            at=at,
            by=self._by,
            event=Granted(
                amount=Cents(line.amount),
                funder=line.funder,
                workstream=await self._workstream(line.workstream),
                period=line.period,
                since=days.since if days else None,
                until=days.until if days else None,
            ),
            postings=Postings(granted=line.amount),
        )
        await self._uow.ledger.append(self._circle.id, entry)

    async def _entry(self, line: EntryLine) -> None:
        """The declaration, then each thing that became of it on its day."""
        number = await self._uow.circles.next_number(self._circle.id, Kind.ENTRY)
        for entry in self._steps(line, number):
            told = await self._uow.ledger.history(self._circle.id, number)
            before = item_of(told) if told else None
            await self._uow.ledger.append(self._circle.id, posted(before, entry))

    def _steps(self, line: EntryLine, number: int) -> list[ItemEntry]:
        action = self._actions.get(fold(line.action)) if line.action else None
        declared = ItemEntry(
            at=self._at(line.day),
            by=self._by,
            item=number,
            event=self._declared(line),
            action=action,
            what=line.what,
        )
        later = (
            ItemEntry(at=self._at(day), by=self._by, item=number, event=event, action=action)
            for day, event in _became(line)
        )
        return [declared, *later]

    def _declared(self, line: EntryLine) -> Declared:
        return Declared(
            nature=line.nature,
            person=self._who(line.person).key,
            payee=self._structures[fold(line.payee)].key if line.payee else None,
            day=line.day,
            minutes=None if line.minutes is None else Minutes(line.minutes),
            amount=None if line.asked is None else Cents(line.asked),
            pro_bono=line.pro_bono,
        )

    def _who(self, name: str) -> Person:
        return self._people[name if name.startswith("@") else fold(name)]

    def _at(self, day: date) -> datetime:
        """What is known to the day only happened at noon."""
        return min(datetime.combine(day, NOON, tzinfo=self._zone), self._now)


def _became(line: EntryLine) -> Iterator[tuple[date, ItemEvent]]:
    """What became of what a line declares, and on which day (the reader has checked the order)."""
    if line.regulated is None:
        if line.refused_on is not None:
            yield line.refused_on, ItemRefused()
        return
    decided, cents = line.regulated_on or line.day, Cents(line.regulated)
    yield decided, Regulated(cents)
    if line.invoice:
        yield line.invoiced_on or decided, Invoiced(line.invoice, cents)
    if line.paid_on:
        yield line.paid_on, Paid(cents)
