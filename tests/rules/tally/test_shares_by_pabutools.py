"""Equal shares beside an independent count, pabutools, kept in an environment of its own."""

import json
import random
import subprocess
from pathlib import Path

import pytest

from bot.demo.environment import Environment, HomeserverError, default_cache
from circle.tally import tally
from tests.conftest import lack
from tests.rules.tally.elections import sharing

HERE = Path(__file__).parent / "pabutools"
ELECTIONS = 300


@pytest.fixture(scope="module")
def python():
    """The interpreter that has pabutools."""
    environment = Environment(default_cache().with_name("pabutools"), HERE / "pabutools.txt")
    try:
        environment.prepare(lambda _step: None)
    except HomeserverError as error:
        lack(f"{error}")
    return environment.python


def drawn(chance):
    """An election of up to 60 voters and 9 projects, with equal costs and votes among them."""
    unit = chance.choice([1, 50, 100, 12_345])
    costs = {f"p{rank}": chance.randint(1, 20) * unit for rank in range(chance.randint(1, 9))}
    ballots = [
        chance.sample(sorted(costs), chance.randint(0, len(costs)))
        for _ in range(chance.randint(1, 60))
    ]
    return {"costs": costs, "budget": chance.randint(0, sum(costs.values())), "ballots": ballots}


def test_equal_shares_buys_what_pabutools_buys_in_the_same_order(python):
    chance = random.Random(20261122)
    elections = [drawn(chance) for _ in range(ELECTIONS)]
    asked = "\n".join(map(json.dumps, elections))
    done = subprocess.run(
        [python, "-I", HERE / "count.py"], input=asked, capture_output=True, text=True, check=True
    )
    theirs = [json.loads(line) for line in done.stdout.splitlines()]
    ours = [
        list(tally(sharing(each["costs"], each["ballots"], each["budget"])).winners)
        for each in elections
    ]
    assert ours == theirs
    assert sum(map(bool, ours)) > ELECTIONS / 2
