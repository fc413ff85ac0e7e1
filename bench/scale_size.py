"""How large the made-up world is, and the small things that all who fill it share."""

import hashlib
import random
from bisect import bisect
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from circle.circles import CircleId

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=PARIS)
YEARS = 5
START = NOW.replace(year=NOW.year - YEARS)
DAYS = (NOW - START).days

CIRCLES = 250
PEOPLE = 10_000
ASSEMBLY = CircleId(1)
"""The circle that is much larger than the others."""
ELECTORS = 3_500
TYPICAL = 2
"""A circle like most others, of which one asks."""

ENTRIES_AN_ACTION = 30
ENTRIES_A_VOTE = 300
GRANTS = CIRCLES * YEARS
BOT = "@souci:bench.localhost"
COORDINATOR = "@coordinator:bench.localhost"


@dataclass(slots=True)
class Circle:
    """A circle of the world: who is in it, and how many things it has."""

    id: CircleId
    people: list[str]
    actions: int = 1
    votes: int = 1
    items: int = 0

    @property
    def room(self) -> str:
        return room_of(self.id)

    @property
    def stewards(self) -> list[str]:
        return self.people[:2]

    @property
    def contributors(self) -> list[str]:
        return self.people[: max(3, len(self.people) * 2 // 5)]


@dataclass(slots=True)
class World:
    """Everything that a seed and a number of entries make."""

    entries: int
    seed: int = 1
    chance: random.Random = field(init=False)
    circles: list[Circle] = field(init=False)
    _weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.circles = _people_in_circles(self.chance)
        weights = [4.0, 1.0, *(self.chance.uniform(0.5, 1.5) for _ in range(CIRCLES - 2))]
        total = sum(weights)
        for circle, weight in zip(self.circles, weights, strict=True):
            share = self.entries * weight / total
            circle.actions = max(1, round(share / ENTRIES_AN_ACTION))
            circle.votes = max(1, round(share / ENTRIES_A_VOTE))
        self._weights = list(accumulate(weights))

    def any_circle(self) -> Circle:
        """One of them, the larger ones more often."""
        return self.circles[bisect(self._weights, self.chance.random() * self._weights[-1])]


def _people_in_circles(chance: random.Random) -> list[Circle]:
    """Each person is in one circle; one in ten in a second one."""
    keys = [person_key(number) for number in range(1, PEOPLE + 1)]
    circles = [Circle(CircleId(number), []) for number in range(1, CIRCLES + 1)]
    circles[ASSEMBLY - 1].people = keys[:ELECTORS]
    for place, key in enumerate(keys[ELECTORS:]):
        circles[1 + place % (CIRCLES - 1)].people.append(key)
    for key in chance.sample(keys[:ELECTORS], PEOPLE // 10):
        circles[chance.randrange(1, CIRCLES)].people.append(key)
    return circles


def person_key(number: int) -> str:
    """The opaque key of a person."""
    return hashlib.sha256(f"person {number}".encode()).hexdigest()[:32]


def account_of(key: str) -> str:
    """Their Matrix id."""
    return f"@p{key[:12]}:bench.localhost"


def room_of(circle: int) -> str:
    """The room of a circle."""
    return f"!circle{circle}:bench.localhost"


def event_id(kind: str, number: int) -> str:
    """An event's id: as long and as scattered as real ones."""
    return "$" + hashlib.sha256(f"{kind} {number}".encode()).hexdigest()[:43]


def instant(day: float) -> datetime:
    """The instant so many days after the start."""
    return START + timedelta(days=day)


def day_of(day: float) -> date:
    """The local day then."""
    return (START + timedelta(days=day)).date()
