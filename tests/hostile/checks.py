"""What holds after each step, whatever was done: one list, each with its name."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlalchemy import literal_column

from bot import events
from storage.soundness import undecodable
from tests.hostile.money import MadeOnce, unbalanced, unbalanced_in
from tests.hostile.pace import slow
from tests.hostile.rights import trespasses
from tests.hostile.steps import Verb
from tests.hostile.telling import Closed, is_weighty, unheard, unmasked
from tests.hostile.touched import Change
from tests.hostile.world import Happened, World
from tests.security.town import KEPT

_OF_WHO_SPEAKS: Final = {"people", "profiles", "memberships"}


@dataclass(frozen=True, slots=True)
class Broken:
    """An invariant that does not hold, and how."""

    name: str
    how: str


class Checks:
    """The invariants of one life."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._closed = Closed()
        self._made_once = MadeOnce()

    async def after(self, happened: Happened) -> list[Broken]:
        """What does not hold after this step."""
        world = self._world
        found = {
            "a fault": happened.faults + _failed(happened),
            "changed by a refusal": _by_a_refusal(happened),
            "changed in silence": _in_silence(happened),
            "one event, two effects": _repeated(happened),
            "money": await unbalanced(world, happened),
            "made twice": self._made_once.doubled(happened),
            "beyond one's right": trespasses(world, happened),
            "unheard": unheard(world, happened),
            "a secret told": unmasked(world, happened),
            "a result that changed": (
                *self._closed.changed(happened),
                *self._closed.announced_anew(happened),
            ),
            "undecodable": await self._undecodable(happened),
            "slow": await slow(world, happened),
        }
        return [Broken(name, how) for name, hows in found.items() for how in hows]

    async def everything(self) -> list[Broken]:
        """What does not hold in all that is kept."""
        async with self._world.console._dispatcher._store.reading() as uow:
            damages = await undecodable(uow.session)
        found = [Broken("undecodable", str(one)) for one in damages]
        for (circle,) in self._world.database.execute("SELECT id FROM circles").fetchall():
            found += [Broken("money", how) for how in await unbalanced_in(self._world, circle)]
        return found

    async def _undecodable(self, happened: Happened) -> list[str]:
        rows = defaultdict(set)
        for change in happened.changes:
            rows[change.table].add(change.rowid)
        if not rows:
            return []
        only = {name: literal_column(f"{name}.rowid").in_(ids) for name, ids in rows.items()}
        async with self._world.console._dispatcher._store.reading() as uow:
            damages = await undecodable(uow.session, rows.keys(), only=only)
        return [str(one) for one in damages]


def _failed(happened: Happened) -> tuple[str, ...]:
    wrong = {"refused.failed", "job.failed"}
    return tuple(key for key in happened.keys() if key in wrong)  # noqa: SIM118


def _kept(happened: Happened) -> list[str]:
    """What changed but mail; a file noted for an entry is told once it is fetched."""
    kept = set(KEPT) - {"receipts"}
    changes = (one for one in happened.changes if one.table in kept)
    return [str(one) for one in changes if not _asks(one) and not _of_who_is_there(one)]


def _asks(change: Change) -> bool:
    """What somebody is asked about their own line, and when that is recalled, changes nothing."""
    kind = str((change.new or change.old).get("kind"))
    return change.table == "prompts" or (change.table == "jobs" and kind.startswith("prompt-"))


def _of_who_is_there(change: Change) -> bool:
    """Whoever is heard for the first time is known from then on, also where they are refused;

    and before some commands the room is asked who is in it, under which name.
    """
    if change.table == "profiles" and change.verb == "UPDATE":
        return not change.changed("matrix_id", "language", "mention")
    return change.table in _OF_WHO_SPEAKS and change.verb == "INSERT"


def _by_a_refusal(happened: Happened) -> list[str]:
    return _kept(happened) if happened.refused else []


def _in_silence(happened: Happened) -> list[str]:
    """Something changed by what was not answered: a message of anything, a sign of weight."""
    if happened.answered or happened.event is None:
        return []
    if isinstance(happened.event, events.Message):
        return _kept(happened)
    if isinstance(happened.event, events.Reaction | events.Redaction | events.PollResponse):
        return [str(one) for one in happened.changes if is_weighty(one)]
    return []


def _repeated(happened: Happened) -> list[str]:
    """What an event did that was handled before."""
    if happened.step.verb is not Verb.REPEATS:
        return []
    return [*map(str, happened.changes), *happened.keys()]
