"""Tokens of a few seconds, through the real bot: nothing lost, nothing doubled, one device.

`RENEWALS=200` for a longer run.
"""

import asyncio
import os
import signal

import pytest
import pytest_asyncio

from tests.matrix.oauth.signed import Circle

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

RENEWALS = int(os.environ.get("RENEWALS", "3"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def signed(new_bot, issuer, tmp_path_factory):
    bot = await new_bot(tmp_path_factory.mktemp("signed"))
    issuer.lasts = 3
    await bot.sign_in()
    await bot.start()
    yield bot
    await bot.stop()
    issuer.heal()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def circle(signed, homeserver, member):
    made = Circle(homeserver, await member("alice"), signed)
    await made.found()
    return made


async def spoken(circle, until):
    """Alice speaks, so that the bot is never at rest, until it is so."""
    async with asyncio.timeout(60 + 5 * RENEWALS):
        while not until():
            await circle.says("!contribution 1h rangement")
            await asyncio.sleep(0.3)


async def killed(circle, bot):
    """It was, while it was spoken to."""
    starts = len(bot.statuses)
    await spoken(circle, lambda: len(bot.statuses) > starts)
    assert bot.statuses[-1] == -signal.SIGKILL


async def well(circle, bot):
    """Each line has one answer, and there is one device."""
    assert set(await circle.answers()) == {1}
    assert len({session.device for session in bot.sessions}) == 1
    assert bot.alive


async def test_commands_go_on_over_renewals(circle, signed, issuer):
    issuer.renewals = 0
    await spoken(circle, lambda: issuer.renewals >= RENEWALS)
    await well(circle, signed)
    assert signed.statuses == []


async def test_an_issuer_in_trouble_is_waited_for(circle, signed, issuer):
    issuer.trouble = [503, "page", "lose"]
    await spoken(circle, lambda: not issuer.trouble)
    await well(circle, signed)
    assert signed.statuses == []


def kill_once(bot, issuer, *, trouble):
    """The issuer has it killed as it is asked; `trouble`: instead of an answer."""

    def now():
        issuer.before = issuer.after = lambda: None
        issuer.trouble[:0] = trouble
        os.kill(int((bot.folder / "pid").read_text()), signal.SIGKILL)

    return now


async def test_a_kill_at_any_instant_of_a_renewal_loses_and_doubles_nothing(circle, signed, issuer):
    issuer.before = kill_once(signed, issuer, trouble=[503])
    await killed(circle, signed)
    issuer.after = kill_once(signed, issuer, trouble=[])
    await killed(circle, signed)
    for instant in ("before it is written", "written, not in place", "in place, not used"):
        signed.arm(instant)
        await killed(circle, signed)
    await well(circle, signed)
