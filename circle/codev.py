"""Codevelopment: one person brings a situation, the others help (after Payette and Champagne)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from circle.people import PersonKey
from circle.turns import Seat


class Step(StrEnum):
    """The six steps, in their order."""

    TOPIC = "topic"
    CLARIFICATION = "clarification"
    CONTRACT = "contract"
    CONSULTATION = "consultation"
    PLAN = "plan"
    LEARNING = "learning"


STEPS = tuple(Step)
MINUTES = {
    Step.TOPIC: 10,
    Step.CLARIFICATION: 10,
    Step.CONTRACT: 5,
    Step.CONSULTATION: 30,
    Step.PLAN: 10,
    Step.LEARNING: 10,
}
"""How long each step lasts unless it is ended before, or lengthened."""


@dataclass(frozen=True, slots=True)
class Codev:
    """A session: its topic, who has which role, and the step it is at (None: not begun)."""

    facilitator: PersonKey
    topic: str = ""
    client: PersonKey | None = None
    consultants: tuple[Seat, ...] = ()
    step: Step | None = None

    def with_client(self, person: PersonKey) -> "Codev":
        """That person brings the situation, and no longer helps on it."""
        return replace(self, client=person, consultants=self._without(person))

    def with_facilitator(self, person: PersonKey) -> "Codev":
        """That person keeps the frame and the time."""
        return replace(self, facilitator=person, consultants=self._without(person))

    def with_consultant(self, seat: Seat) -> "Codev":
        """That person helps."""
        return replace(self, consultants=(*self._without(seat.person), seat))

    def without_consultant(self, person: PersonKey) -> "Codev":
        """That person no longer helps."""
        return replace(self, consultants=self._without(person))

    def without_seat(self, source: str) -> "Codev":
        """Without the person who offered to help by that event."""
        return replace(self, consultants=tuple(s for s in self.consultants if s.source != source))

    def following(self) -> Step | None:
        """The step after this one; None after the last."""
        place = STEPS.index(self.step) + 1 if self.step else 0
        return STEPS[place] if place < len(STEPS) else None

    def _without(self, person: PersonKey) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.consultants if seat.person != person)
