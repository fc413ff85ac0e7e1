"""Whatever changes money, rights or settings is heard in the circle's room, or is refused.

Every command is tried elsewhere than there, by everybody who may; nothing here names one.
"""

from itertools import product

import pytest

from bot.console.console import room_id
from commands import COMMANDS
from tests.security.test_rights_attacked import BOUND, circle_of
from tests.security.town import OURS, Kind, Town, Where, changed, on_the_first, town

WEIGHTY = {"entries", "settings", "memberships", "workstreams", "circles", "people"}
"""The tables that hold money, rights and settings."""
ROOMS = {circle: room_id(where) for where, circle in BOUND.items()}
OF_HERE = {"@bob": "@contributor", "@alice": "@steward", "@carole": "@participant"}
INSIDERS = (Kind.PARTICIPANT, Kind.CONTRIBUTOR, Kind.STEWARD, Kind.COORDINATOR)
ONES_OWN = {"privacy.erase"}


@pytest.fixture
async def made():
    async with town() as made:
        yield made


def lines():
    """Every example, about the first thing of its kind and people who are here."""
    for command in COMMANDS:
        for example in command.examples["fr"]:
            line = on_the_first(f"!{example}")
            for absent, here in OF_HERE.items():
                line = line.replace(absent, here)
            if command.key not in ONES_OWN:
                yield command.key, f"{line} dans {OURS}"


async def unheard(made: Town, who: Kind) -> tuple[set[str], set[str]]:
    """The commands that changed something of weight from elsewhere; those that were not heard."""
    weighed, silent = set(), set()
    for (key, line), where in product(list(lines()), (Where.DIRECT, Where.COORDINATION)):
        before = made.dump()
        said = await made.say(who, where, line)
        if WEIGHTY & set(changed(before, made.dump())):
            weighed.add(key)
            circle = circle_of(who, where, OURS)
            if ROOMS.get(circle or "") not in said.rooms:
                silent.add(line)
    return weighed, silent


@pytest.mark.parametrize("who", INSIDERS)
async def test_whatever_changes_money_rights_or_settings_from_elsewhere_is_heard(made, who):
    _, silent = await unheard(made, who)
    assert silent == set()


async def test_the_trial_above_does_change_things(made):
    weighed, _ = await unheard(made, Kind.STEWARD)
    assert weighed >= {
        *("budget.grant", "setting", "role.set", "workstream.add", "circle.state"),
        *("contribution.declare", "expense.declare", "entry.correct", "contribution.structure"),
    }
