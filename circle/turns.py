"""Speaking turns: who has the floor, who waits for it, in the order in which they asked."""

from dataclasses import dataclass, replace

from circle.people import PersonKey


@dataclass(frozen=True, slots=True)
class Turns:
    """Who speaks, who waits, who has spoken. `minutes`: for each of them; None: no limit."""

    minutes: int | None = None
    speaking: PersonKey | None = None
    waiting: tuple[PersonKey, ...] = ()
    spoken: tuple[PersonKey, ...] = ()

    def joined(self, person: PersonKey) -> "Turns":
        """With that person at the end of the queue; with the floor at once where it is free."""
        waiting = replace(self, waiting=(*self.waiting, person))
        return waiting if self.speaking else waiting.following()

    def left(self, person: PersonKey) -> "Turns":
        """Without that person, who gives the floor on if they had it."""
        others = tuple(one for one in self.waiting if one != person)
        without = replace(self, waiting=others)
        return without.following() if self.speaking == person else without

    def passed(self, person: PersonKey) -> "Turns":
        """The floor goes on without that person having spoken; who waits goes to the end."""
        if self.speaking == person:
            return replace(self, speaking=None).following()
        return self.left(person).joined(person)

    def following(self) -> "Turns":
        """The floor goes to the next person, or to nobody."""
        done = (self.speaking,) if self.speaking and self.speaking not in self.spoken else ()
        first, rest = self.waiting[:1], self.waiting[1:]
        return replace(
            self,
            speaking=first[0] if first else None,
            waiting=rest,
            spoken=(*self.spoken, *done),
        )

    def place(self, person: PersonKey) -> int | None:
        """0 for who speaks, from 1 in the queue, None elsewhere."""
        if self.speaking == person:
            return 0
        return self.waiting.index(person) + 1 if person in self.waiting else None
