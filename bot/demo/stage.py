"""Where the demonstration plays: a homeserver, people in their rooms, and the bot among them."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.demo.environment import LongStep, Progress
from bot.demo.feed import Feed, Listener
from bot.demo.homeserver import Access, Homeserver
from bot.demo.people import DemoPerson
from bot.demo.service import Service

BOT: Final = "souci"
FOUNDER: Final = "alice"
COORDINATOR: Final = "carole"
NAMES: Final = (FOUNDER, "bob", COORDINATOR, "dany")
CIRCLE: Final = "Littoral"
COORDINATION: Final = "Coordination"
TIMEZONE: Final = "Europe/Paris"


@dataclass(frozen=True, slots=True)
class StagePlace:
    """What the demonstration is built on. `port` is a free one where it is None."""

    folder: Path
    language: str
    port: int | None = None


@dataclass(frozen=True, slots=True)
class DemoStage:
    """Everybody in their place, but the bot is not yet in the circle's room.

    `circle` and `coordination` are rooms, `password` is everyone's.
    """

    address: str
    password: str
    souci: str
    people: Mapping[str, DemoPerson]
    circle: str
    coordination: str
    feed: Feed


@asynccontextmanager
async def raised(
    place: StagePlace, listener: Listener, progress: Progress
) -> AsyncIterator[DemoStage]:
    """Sets the stage, and leaves nothing running at its end.

    `progress` hears of each long step, possibly from another thread. Raises `HomeserverError` and
    `DemoError`.
    """
    async with AsyncExitStack() as leaving:
        home = Homeserver(place.folder / "homeserver", progress=progress, port=place.port)
        await leaving.enter_async_context(home)
        building = _Building(place, home, Feed(listener), progress, leaving)
        yield await building.stage()


class _Building:
    """One stage being set: accounts, then people, their rooms, the bot, its invitations."""

    def __init__(
        self,
        place: StagePlace,
        home: Homeserver,
        feed: Feed,
        progress: Progress,
        leaving: AsyncExitStack,
    ) -> None:
        self._place = place
        self._home = home
        self._feed = feed
        self._progress = progress
        self._leaving = leaving
        self._password = f"souci-{secrets.token_hex(3)}"

    async def stage(self) -> DemoStage:
        self._progress(LongStep("demo.meeting", 0, 1))
        bot = await self._home.register(BOT, secrets.token_urlsafe(24))
        entered = await asyncio.gather(*map(self._enter, NAMES))
        people = {person.name: person for person in entered}
        circle = await people[FOUNDER].create(CIRCLE, *_ids(people, FOUNDER))
        coordination = await people[COORDINATOR].create(COORDINATION)
        await together(people, circle)
        self._progress(LongStep("demo.meeting", 1, 1))

        self._progress(LongStep("demo.waking", 0, 1))
        configuration = self._configuration(bot, people[COORDINATOR].user_id, coordination)
        service = Service(self._place.folder, configuration, self._feed.fail)
        await self._leaving.enter_async_context(service)
        await people[COORDINATOR].invite(coordination, bot.user_id)
        await people[COORDINATOR].meets(coordination, bot.user_id)
        self._progress(LongStep("demo.waking", 1, 1))
        return DemoStage(
            address=self._home.url,
            password=self._password,
            souci=bot.user_id,
            people=people,
            circle=circle,
            coordination=coordination,
            feed=self._feed,
        )

    async def _enter(self, name: str) -> DemoPerson:
        access = await self._home.register(name, self._password)
        keys = self._place.folder / "people" / name
        person = await DemoPerson.enter(name, self._home.url, access, keys, self._feed)
        self._leaving.push_async_callback(person.leave)
        return person

    def _configuration(self, bot: Access, coordinator: str, coordination: str) -> dict[str, object]:
        """What an operator would write; relative paths count from the file."""
        return {
            "matrix": {
                "homeserver": self._home.url,
                "user_id": bot.user_id,
                "password": bot.password,
            },
            "state_dir": "state",
            "database": "sqlite:///souci.db",
            "language": self._place.language,
            "timezone": TIMEZONE,
            "coordinators": [coordinator],
            "coordination_room": coordination,
            "invites": {"allow": [f"*:{self._home.server_name}"]},
        }


def _ids(people: Mapping[str, DemoPerson], *without: str) -> list[str]:
    return [person.user_id for name, person in people.items() if name not in without]


async def together(people: Mapping[str, DemoPerson], room: str, *others: str) -> None:
    """Everybody sees everybody: who does not know somebody cannot encrypt for them."""
    present = [*_ids(people), *others]
    await asyncio.gather(*(person.meets(room, *present) for person in people.values()))
