"""Speaking turns: who has the floor, who waits for it, in the order in which they asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from circle.people import PersonKey


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in the queue; `source` is the event that asked for it."""

    person: PersonKey
    source: str


@dataclass(frozen=True, slots=True)
class Turns:
    """Who speaks, who waits, who has spoken. `minutes`: for each of them; None: no limit."""

    minutes: int | None = None
    speaking: Seat | None = None
    waiting: tuple[Seat, ...] = ()
    spoken: tuple[PersonKey, ...] = ()

    def joined(self, seat: Seat) -> "Turns":
        """With that person at the end of the queue; with the floor at once where it is free."""
        waiting = replace(self, waiting=(*self.waiting, seat))
        return waiting if self.speaking else waiting.following()

    def left(self, person: PersonKey) -> "Turns":
        """Without that person, who gives the floor on if they had it."""
        others = tuple(seat for seat in self.waiting if seat.person != person)
        without = replace(self, waiting=others)
        return without.following() if self.speaks(person) else without

    def passed(self, person: PersonKey) -> "Turns":
        """The floor goes on without that person having spoken; who waits goes to the end."""
        if self.speaks(person):
            return replace(self, speaking=None).following()
        own = tuple(seat for seat in self.waiting if seat.person == person)
        others = tuple(seat for seat in self.waiting if seat.person != person)
        return replace(self, waiting=(*others, *own))

    def following(self) -> "Turns":
        """The floor goes to the next person, or to nobody."""
        first, rest = self.waiting[:1], self.waiting[1:]
        return replace(
            self,
            speaking=first[0] if first else None,
            waiting=rest,
            spoken=tuple(self._have_spoken()),
        )

    def speaks(self, person: PersonKey) -> bool:
        """Whether that person has the floor."""
        return self.speaking is not None and self.speaking.person == person

    def place(self, person: PersonKey) -> int | None:
        """0 for who speaks, from 1 in the queue, None elsewhere."""
        if self.speaks(person):
            return 0
        waiting = [seat.person for seat in self.waiting]
        return waiting.index(person) + 1 if person in waiting else None

    def asked_by(self, source: str) -> PersonKey | None:
        """Who asked for the floor by that event, and still waits for it or has it."""
        seats = (*filter(None, (self.speaking,)), *self.waiting)
        return next((seat.person for seat in seats if seat.source == source), None)

    def _have_spoken(self) -> Iterator[PersonKey]:
        yield from self.spoken
        if self.speaking and self.speaking.person not in self.spoken:
            yield self.speaking.person
