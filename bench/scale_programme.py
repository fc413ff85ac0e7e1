"""Actions with their logs, votes with their ballots; one large vote a rule, ready to be closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from bench.scale_size import (
    ASSEMBLY,
    DAYS,
    ELECTORS,
    NOW,
    START,
    Circle,
    World,
    day_of,
    event_id,
    instant,
)
from circle.actions import ActionChange, ActionState
from circle.people import PersonKey
from circle.quorum import Quorum
from circle.votes import Ballot, Option, Outcome, Rule, Vote
from storage.votes.rows import ballot_row, vote_row

Row = dict[str, Any]
_BALLOTS = 12
_OPEN_FOR = 90.0


def actions(world: World) -> Iterator[Row]:
    for circle in world.circles:
        for number in range(1, circle.actions + 1):
            day = _added(circle, number)
            yield {
                "circle": circle.id,
                "number": number,
                "title": f"Portes ouvertes, fois {number}",
                "added_by": circle.people[0],
                "added_at": instant(day),
                "workstream": 1 + number % 3,
                "due_day": day_of(day + 60) if number % 5 else None,
                "due_at": None,
                "budget": 40_000 if number % 3 == 0 else None,
                "state": _state(circle, number).value,
                "moved_at": instant(min(day + 30, DAYS - 0.5)),
            }


def _added(circle: Circle, number: int) -> float:
    return (number - 1) * DAYS / circle.actions


def _state(circle: Circle, number: int) -> ActionState:
    """Those of the last months are open, and a few that were left behind."""
    if _added(circle, number) > DAYS - _OPEN_FOR or number % 40 == 1:
        return ActionState.OPEN
    return ActionState.DROPPED if number % 11 == 0 else ActionState.DONE


def holders(world: World) -> Iterator[Row]:
    for circle in world.circles:
        for number in range(1, circle.actions + 1):
            person = circle.contributors[number % len(circle.contributors)]
            yield {"circle": circle.id, "action": number, "person": person, "place": 0}


def log(world: World) -> Iterator[Row]:
    """What happened to each action; the line's id is told so that its text can name it."""
    line = 0
    for circle in world.circles:
        for number in range(1, circle.actions + 1):
            day = _added(circle, number)
            changes = [(0.0, ActionChange.ADDED), (1.0, ActionChange.TAKEN)]
            changes.append((30.0, ActionChange.PROGRESSED))
            if _state(circle, number) is ActionState.DONE:
                changes.append((55.0, ActionChange.DONE))
            for later, change in changes:
                line += 1
                yield {
                    "id": line,
                    "circle": circle.id,
                    "action": number,
                    "change": change.value,
                    "by": circle.people[0],
                    "at": instant(min(day + later, DAYS - 0.1)),
                    "source": event_id("log", line),
                }


def log_texts(lines: list[Row]) -> Iterator[Row]:
    for line in lines:
        if line["change"] == ActionChange.PROGRESSED.value:
            yield {"line": line["id"], "text": "salle trouvée, affiches en cours"}


def votes(world: World) -> Iterator[Row]:
    for circle in world.circles:
        for number in range(1, circle.votes + 1):
            yield vote_row(circle.id, _vote(circle, number))


def _vote(circle: Circle, number: int) -> Vote:
    opened = START + timedelta(days=(number - 1) * DAYS / circle.votes)
    closes = min(opened + timedelta(days=7), NOW - timedelta(hours=1))
    adopted = number % 4 != 0
    return Vote(
        number=number,
        rule=Rule.MAJORITY if number % 2 else Rule.CONSENT,
        question=f"Acheter une imprimante, fois {number} ?",
        opened_by=PersonKey(circle.people[0]),
        opened_at=opened,
        closes=closes,
        electorate=tuple(map(PersonKey, circle.people[:40])),
        budget=15_000 if number % 3 == 0 else None,
        action=min(circle.actions, 1 + (number - 1) * circle.actions // circle.votes),
        closed_at=closes,
        outcome=Outcome.ADOPTED if adopted else Outcome.REJECTED,
    )


def commitments(world: World) -> Iterator[Row]:
    for circle in world.circles:
        for number in range(1, circle.votes + 1):
            vote = _vote(circle, number)
            if vote.budget is not None and vote.outcome is Outcome.ADOPTED:
                held = {"vote": number, "action": vote.action, "amount": vote.budget}
                yield {"circle": circle.id} | held


def ballots(world: World) -> Iterator[Row]:
    for circle in world.circles:
        for number in range(1, circle.votes + 1):
            vote = _vote(circle, number)
            for place, voter in enumerate(vote.electorate[:_BALLOTS]):
                word = "yes" if vote.rule is Rule.MAJORITY else "consent"
                source = event_id(f"ballot {circle.id} {number}", place)
                cast = Ballot(voter=voter, at=vote.opened_at, choice=word, source=source)
                yield ballot_row(circle.id, number, cast)


# The large votes


_GRADES = 7
_OPTIONS = tuple(Option(str(n), f"Projet {n}", cost=100_000 * n) for n in range(1, 13))


def large_votes(world: World) -> list[Vote]:
    """One of each rule in the assembly, with everybody as elector, still open."""
    circle = world.circles[ASSEMBLY - 1]
    opened = Vote(
        number=0,
        rule=Rule.MAJORITY,
        question="Et maintenant ?",
        opened_by=PersonKey(circle.people[0]),
        opened_at=NOW - timedelta(days=6),
        closes=NOW + timedelta(days=1),
        electorate=tuple(map(PersonKey, circle.people[:ELECTORS])),
    )
    firsts = range(circle.votes + 1, circle.votes + 1 + len(Rule))
    return [
        replace(opened, number=number, rule=rule, **_terms(rule))
        for number, rule in zip(firsts, Rule, strict=True)
    ]


def _terms(rule: Rule) -> dict[str, Any]:
    if rule is Rule.MAJORITY:
        return {"quorum": Quorum(share=Fraction(1, 2))}
    if rule is Rule.CONSENT:
        return {"minimum": 875}
    if rule is Rule.MEDIAN:
        return {"item": 1}
    if rule is Rule.SHARES:
        return {"options": _OPTIONS, "budget": 3_000_000, "completion": "add1u"}
    return {"options": tuple(Option(one.id, one.text) for one in _OPTIONS)}


def large_ballots(world: World) -> Iterator[Row]:
    for vote in large_votes(world):
        for place, voter in enumerate(vote.electorate):
            choice = _choice(world, vote.rule)
            reason = "Trop cher" if choice == "objection" else ""
            source = event_id(f"large {vote.number}", place)
            cast = Ballot(
                voter=voter, at=vote.opened_at, choice=choice, reason=reason, source=source
            )
            yield ballot_row(ASSEMBLY, vote.number, cast)


def _choice(world: World, rule: Rule) -> object:
    chance = world.chance
    match rule:
        case Rule.MAJORITY:
            return chance.choice(("yes", "yes", "no", "abstain"))
        case Rule.CONSENT:
            return chance.choice(("consent", "consent", "concern", "abstain"))
        case Rule.MEDIAN:
            return f"{chance.randrange(10, 300)}.00"
        case Rule.JUDGMENT:
            return {one.id: chance.randrange(_GRADES) for one in _OPTIONS}
        case _:
            return sorted(one.id for one in _OPTIONS if chance.random() < 0.3)
