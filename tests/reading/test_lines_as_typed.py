"""What people type, elders on phones and treasurers alike: read as meant, or asked about."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from circle.circles import Rules, Workstream
from circle.people import Member, Person, PersonKey, Role
from circle.refs import Kind
from commands import COMMANDS
from commands.kernel.command import KnownNames
from commands.kernel.reply import Refusal
from commands.reading.line import find
from commands.reading.parse import parse

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 10, tzinfo=PARIS)  # a Monday
STEWARDS = ("vote", "consentement", "choix", "jugement", "réunion", "rappel", "déplacer", "doter")
CHANGED = {
    1: {"title": "Portes ouvertes", "due": date(2026, 12, 12), "budget": 40000, "holders": ()},
    2: {"title": "Atelier vélo", "due": None, "budget": None, "holders": ()},
}


def person(name):
    return Person(PersonKey(name), name, f"@{name}:localhost")


def member(name):
    return Member(person(name), Role.PARTICIPANT, True, date(2026, 1, 1))


KNOWN = KnownNames(
    members=tuple(map(member, ("alice", "bob", "carole", "dany"))),
    workstreams=(Workstream(1, "Accueil"),),
    funders=("FEDER",),
    lasts={Kind.ACTION: 2, Kind.VOTE: 1, Kind.ENTRY: 1, Kind.MEETING: 1},
    meetings={1: datetime(2026, 11, 28, 14, tzinfo=PARIS)},
)
BANK = Path(__file__).with_name("lines.tsv").read_text(encoding="utf-8").splitlines()
LINES = [line.split("\t") for line in BANK if not line.startswith("#")]
ASKED = [text for text, wanted in LINES if wanted == "?"]
READ = [(text, wanted) for text, wanted in LINES if wanted != "?"]


def read(text):
    found = find(text, "!", COMMANDS)
    steward = text.removeprefix("!").split()[0] in STEWARDS
    speaker = person("alice" if steward else "bob")
    return parse(
        found.command,
        found.rest,
        known=KNOWN,
        now=NOW,
        rules=Rules(),
        said=found.said,
        speaker=speaker,
        manages=steward,
    )


def told(args, name):
    """A value of the arguments as the bank writes it."""
    given = {field: getattr(args, field) for field in args.__dataclass_fields__}
    given |= {"day": given.get("day") or NOW.date(), "action": given.get("about")}
    if "cleared" in given:
        given |= changed(args)
    if given.get("when") is not None:
        given |= {"start": given["when"].start, "at": given["when"].start, "end": given["when"].end}
    given["closes"] = given.get("until") or NOW + timedelta(days=7)
    value = given.get(name, getattr(args, name, None))
    return spelled(getattr(args, "action", None) if name == "action" and not value else value)


def changed(args):
    before = CHANGED[args.action.number]
    kept = {name: None if name in args.cleared else old for name, old in before.items()}
    return {name: getattr(args, name) or old for name, old in kept.items()}


def spelled(value):
    if value in (None, ()):
        return "none"
    if isinstance(value, tuple):
        return "+".join(one.matrix_id for one in value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else str(value)


@pytest.mark.parametrize(("text", "wanted"), READ, ids=[text for text, _ in READ])
def test_a_line_is_read_as_it_is_meant(text, wanted):
    args = read(text)
    for pair in (one for one in wanted.split(" ; ") if "=" in one):
        name, value = pair.split("=", 1)
        said = told(args, name)
        assert said.startswith(value[1:]) if value.startswith("^") else said == value


@pytest.mark.parametrize("text", ASKED)
def test_a_line_that_may_be_meant_in_two_ways_is_asked_about(text):
    with pytest.raises(Refusal):
        read(text)
