"""Events that an application service stamps at will, on a real homeserver."""

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from tests.matrix.forging import ServedHomeserver, forger_at
from tests.matrix.member import Member
from tests.matrix.shell.house import House, opened
from tests.souci import running

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

DAY = timedelta(days=1)
A_MINUTE = 60_000


@pytest.fixture(scope="module")
def served(synapse_installed, tmp_path_factory):  # noqa: ARG001
    with ServedHomeserver(tmp_path_factory.mktemp("served")) as home:
        yield home


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def forger(served):
    async with forger_at(served.url) as forger:
        yield forger


def now() -> datetime:
    return datetime.now(UTC)


def ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)


async def old_room(forger, who: str, *others: str) -> str:
    """A room in which everybody has been for ten days."""
    room = await forger.creates(who, now() - 10 * DAY, *others)
    for other in others:
        await forger.joins(other, room, now() - 10 * DAY)
    return room


async def test_a_stamp_of_two_days_ago_is_held_near_its_admission(served, forger, tmp_path):
    alice, bot = await served.register("alice", "secret"), await served.register("bot", "secret")
    room = await old_room(forger, alice.user_id, bot.user_id)
    async with opened(House(served.url, bot, tmp_path)) as house:
        for text, at in (("!hier", now() - 2 * DAY), ("!demain", now() + 2 * DAY)):
            before = ms(now())
            await forger.says(alice.user_id, room, text, at)
            heard = await house.said(room, text)
            assert before - A_MINUTE < heard.at <= ms(now())


async def test_after_an_absence_what_was_said_meanwhile_keeps_its_instant(served, forger, tmp_path):
    alice, bot = await served.register("alys", "secret"), await served.register("robot", "secret")
    room = await old_room(forger, alice.user_id, bot.user_id)
    house = House(served.url, bot, tmp_path)
    house.shift = -3 * DAY
    async with opened(house):
        await house.stop()
        house.shift = timedelta()
        meant, forged = now() - 2 * DAY, now() - 5 * DAY
        for text, at in (("!juste", meant), ("!faux", forged)):
            await forger.says(alice.user_id, room, text, at)
        await house.start()
        assert (await house.said(room, "!juste")).at == ms(meant)
        assert abs((await house.said(room, "!faux")).at - ms(now() - 3 * DAY)) < A_MINUTE


async def test_the_running_bot_dates_nothing_back(served, forger, tmp_path):
    account, carole = await served.register("souci", "secret"), await served.register("carole", "s")
    room = await old_room(forger, carole.user_id, account.user_id)
    (tmp_path / "store").mkdir()
    member = await Member.enter(served.url, carole, tmp_path / "store")
    await member.timeline.until(lambda: room in member.client.rooms)
    with running(served, account, carole, tmp_path):
        await member.asks(room, "!cercle créer Littoral")
        line = "!contribution 1h affiches 10 €"
        said = await forger.says(carole.user_id, room, line, now() - 2 * DAY)
        day = (await member.answer_to(said)).values["day"]
        assert datetime.fromisoformat(day).date() >= now().date()
    await member.leave()
