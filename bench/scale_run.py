"""Times and memory of the commands on one filled database, as JSON on standard output.

`python -m bench.scale_run URL --entries 100000`; the database is changed: give it a copy.
"""

import argparse
import asyncio
import json
import sys
from datetime import timedelta
from typing import Any

from bench.scale_desk import COORDINATION, Desk, Timed, Took, desk, peak_mib, resident_mib
from bench.scale_programme import large_votes
from bench.scale_size import ASSEMBLY, CIRCLES, COORDINATOR, NOW, TYPICAL, World, account_of
from bot.operations.logs import configure
from circle.votes import Vote
from storage.times import to_micros

SUMMARIES_AT = NOW + timedelta(hours=1, minutes=1)
CLOSINGS = 3
SUMMARIES = 3
OF_A_CIRCLE = {
    "!contribution": ("!contribution 1h essai", "contribution.declared"),
    "!budget": ("!budget", "budget.status"),
    "!bilan": ("!bilan", "summary.week"),
    "!actions": ("!actions", "action.list"),
}
ACROSS = {
    "!état": ("!état Cercle 2", "status.circle"),
    "!cercles": ("!cercles", "status.circles"),
    "!alertes": ("!alertes", "status.alerts"),
}


async def measure(url: str, world: World) -> dict[str, Any]:
    """Everything, in the order in which it disturbs the least what comes after."""
    async with desk(url) as made:
        told: dict[str, Any] = {"resident_mib": {"opened": resident_mib()}}
        told["ms"] = {name: one.told() for name, one in (await _commands(made, world)).items()}
        told["resident_mib"]["after_commands"] = resident_mib()
        told["ms"] |= {name: one.told() for name, one in (await _closings(made, world)).items()}
        told["resident_mib"]["after_closings"] = resident_mib()
        told["ms"]["summaries of all circles"] = (await _summaries(made)).told()
        told["resident_mib"] |= {"after_summaries": resident_mib(), "peak": peak_mib()}
    return told


async def _commands(made: Desk, world: World) -> dict[str, Timed]:
    found: dict[str, Timed] = {}
    for number, suffix in ((TYPICAL, ""), (ASSEMBLY, ", largest circle")):
        circle = world.circles[number - 1]
        person = account_of(circle.people[5])
        for name, (line, key) in OF_A_CIRCLE.items():
            found[name + suffix] = await made.timed(person, circle.room, line, key=key)
    for name, (line, key) in ACROSS.items():
        _, keys = await made.say(COORDINATOR, COORDINATION, line)
        if key in keys:
            found[name] = await made.timed(COORDINATOR, COORDINATION, line, key=key, times=9)
    return found


async def _closings(made: Desk, world: World) -> dict[str, Timed]:
    circle = world.circles[ASSEMBLY - 1]
    steward = account_of(circle.people[0])
    found: dict[str, Timed] = {}
    for vote in large_votes(world):
        times = [await _closing(made, steward, circle.room, vote) for _ in range(CLOSINGS)]
        found[f"closing 3 500 ballots, {vote.rule}"] = Timed(times)
    return found


async def _closing(made: Desk, steward: str, room: str, vote: Vote) -> Took:
    """Close a vote; it is then opened again."""
    took, keys = await made.say(steward, room, f"!clore V{vote.number}")
    if "vote.closed" not in keys:
        raise LookupError(f"V{vote.number} was not closed: {keys}")
    await made.run(
        "UPDATE votes SET closed_at = NULL, outcome = NULL, closes = :closes "
        "WHERE circle = :circle AND number = :number",
        closes=to_micros(vote.closes),
        circle=ASSEMBLY,
        number=vote.number,
    )
    for left in ("vote_records", "commitments"):
        gone = f"DELETE FROM {left} WHERE circle = :circle AND vote = :number"  # noqa: S608
        await made.run(gone, circle=ASSEMBLY, number=vote.number)
    return took


async def _summaries(made: Desk) -> Timed:
    """The weekly summaries of all circles, and what their stewards are told."""
    kind = "weekly-summary"
    timed = Timed()
    for _ in range(SUMMARIES):
        took, done = await made.due(SUMMARIES_AT)
        await made.run("DELETE FROM jobs WHERE kind = :kind AND due > :due", kind=kind, due=_DUE)
        await made.run("DELETE FROM outbox WHERE scheduled")
        await made.run("UPDATE jobs SET done = false WHERE due = :due", due=_DUE)
        if done < CIRCLES:
            raise LookupError(f"only {done} summaries were told")
        timed.all.append(took)
    return timed


_DUE = to_micros(NOW.replace(hour=9))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--entries", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    configure("warning")
    world = World(options.entries, options.seed)
    json.dump(asyncio.run(measure(options.url, world)), sys.stdout)


if __name__ == "__main__":
    main()
