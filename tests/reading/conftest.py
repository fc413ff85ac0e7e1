"""A small circle, and lines read in it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from circle.circles import Rules, Workstream
from circle.people import Member, Person, PersonKey, Role
from commands.kernel.command import KnownNames
from commands.kernel.reply import Refusal
from commands.reading.line import Found, find
from commands.reading.parse import parse
from tests.reading.example_commands import COMMANDS


def person(key: str, name: str | None = None) -> Person:
    return Person(PersonKey(key), name or key, f"@{key}:localhost")


def member(one: Person, *, joined: bool = True) -> Member:
    return Member(one, Role.PARTICIPANT, joined, date(2026, 1, 1))


ALICE, BOB, CAROLE = person("alice"), person("bob"), person("carole", "Carole Ateliers")
DANY, DANY_TOO = person("dany", "Dany"), person("dany2", "Dany")
HALL = Person(PersonKey("hall"), "La Condition Publique", structure=True)
KNOWN = KnownNames(
    members=tuple(map(member, (ALICE, BOB, CAROLE, DANY, DANY_TOO))),
    others=(HALL, Person(PersonKey("senior"), "Bob Senior")),
    workstreams=(Workstream(1, "Accueil"), Workstream(2, "Café des lieux")),
    funders=("FEDER", "Région Hauts-de-France"),
    circles=("Littoral", "Sambre-Avesnois"),
)
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Paris"))  # a Wednesday


@pytest.fixture(scope="session")
def read():
    """The arguments that a whole line gives."""

    def read_line(line, **around):
        found = find(line, "!", COMMANDS)
        assert isinstance(found, Found), found
        defaults = {"known": KNOWN, "now": NOW, "rules": Rules(), "said": found.said}
        return parse(found.command, found.rest, **defaults | around)

    return read_line


@pytest.fixture(scope="session")
def refusal(read):
    """The refusal that a whole line gives."""

    def refused(line, **around):
        with pytest.raises(Refusal) as caught:
            read(line, **around)
        return caught.value

    return refused


@pytest.fixture(scope="session")
def commands():
    return COMMANDS


@pytest.fixture(scope="session")
def named(commands):
    """An example command by its French name."""
    return {one.names[0]: one for one in commands}


@pytest.fixture(scope="session")
def known():
    return KNOWN


@pytest.fixture(scope="session")
def now():
    return NOW
