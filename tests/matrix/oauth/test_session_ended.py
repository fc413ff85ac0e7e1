"""A session that is over: told in one line with what to do; then the same device, and no double."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.matrix.net import files
from bot.matrix.net.errors import LoginError
from bot.matrix.shell.signing_in import CodeSignIn
from storage.letters import transaction_id
from tests.matrix.oauth.signed import Circle
from tests.matrix.shell.house import House, notice
from tests.matrix.shell.test_sent_once import now_ms, ours_in, put_but_not_marked

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def ended(bot):
    """It ended for good, in one line."""
    assert await bot.ended() == 78
    assert "Traceback" not in (bot.folder / "log").read_text("utf-8")
    return bot.last_line


async def test_a_session_that_was_ended_is_told_and_begun_again_as_the_same_device(
    bot, issuer, homeserver, member
):
    await bot.sign_in()
    circle = Circle(homeserver, await member("alice"), bot)
    await bot.start()
    await circle.found(encrypted=False)
    device = bot.session["device_id"]
    await issuer.revoked(bot.sessions[-1])
    await circle.says("!contribution 1h rangement")
    told = await ended(bot)
    assert told.startswith(f"souci run: {bot.user_id} is signed out (its session was ended")
    assert told.endswith("sign in again with souci login; nothing is lost")
    await bot.sign_in()
    assert bot.session["device_id"] == device
    await bot.start()
    assert await circle.declared() == "C2"
    assert set(await circle.answers()) == {1}


async def test_a_locked_account_is_no_loop(bot, issuer):
    issuer.lasts = 2
    await bot.sign_in()
    issuer.renewals = 0
    issuer.locked = {bot.localpart}
    await bot.start()
    assert "its account is locked" in await ended(bot)
    assert 0 < issuer.renewals < 10
    issuer.locked = set()
    await bot.start()
    assert bot.alive


@pytest_asyncio.fixture(loop_scope="module")
async def house(homeserver, register, issuer, tmp_path):
    """The shell alone, signed in by a code."""
    account = await register("souci")
    made = House(homeserver.url, account, tmp_path, password=None)
    files.prepare(made.state)
    yield made
    await made.close()
    issuer.heal()


async def sign_in(house, issuer):
    localpart = house.user_id[1:].partition(":")[0]

    def clock():
        return datetime.now(UTC) + house.shift

    await CodeSignIn(
        *(house.settings, house.state, clock),
        lambda code: issuer.entered(code.by_hand, localpart),
    ).ensure()


async def test_a_letter_put_before_the_session_was_ended_is_looked_for(house, issuer, member):
    await sign_in(house, issuer)
    await house.start()
    alice = await member("alice")
    room = await house.meets(alice, encrypted=False)
    first = await house.put_by_hand(room, "dropped", "avant", row=transaction_id("out", 0))
    await house.stop()
    device = house.device_id
    await issuer.revoked(issuer.of(house.user_id[1:].partition(":")[0])[-1])
    await house.write(notice(room, "avant", "out"))
    await put_but_not_marked(house, "out", device, now_ms())
    await sign_in(house, issuer)
    await house.start()
    assert (await house.sent("out"), house.device_id) == (first, device)
    assert len(await ours_in(room, house, alice)) == 1


async def renewed(issuer, act, times=1):
    """The bot is given something to do until its tokens were renewed so often."""
    wanted = issuer.renewals + times
    async with asyncio.timeout(30):
        while issuer.renewals < wanted:
            await act()
            await asyncio.sleep(0.2)


async def test_tokens_of_before_end_nothing_but_the_start_with_them(house, issuer, member):
    issuer.lasts = 2
    await sign_in(house, issuer)
    before = files.read(house.state / "session.json")
    await house.start()
    alice = await member("alice")
    room = await house.meets(alice)
    await renewed(issuer, lambda: alice.say(room, "bonjour"), 2)
    await house.stop()
    latest = files.read(house.state / "session.json")
    files.write(house.state / "session.json", before)
    with pytest.raises(LoginError, match="is signed out"):
        await house.start()
    files.write(house.state / "session.json", latest)
    await house.start()


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_an_hour_off_changes_nothing(house, issuer, member, hours):
    issuer.lasts = 2
    await sign_in(house, issuer)
    house.shift = timedelta(hours=hours)
    await house.start()
    alice = await member("alice")
    room = await house.meets(alice)
    await renewed(issuer, lambda: alice.say(room, "bonjour"))
    await house.write(notice(room, "bonjour", "shifted"))
    assert await house.sent("shifted")
    assert len(await ours_in(room, house, alice)) == 1


async def test_a_poll_that_outlives_its_token_brings_what_it_waited_for(house, issuer, member):
    issuer.lasts = 2
    await sign_in(house, issuer)
    await house.start()
    alice = await member("alice")
    room = await house.meets(alice)
    await asyncio.sleep(3)  # the one thing that is waited for is that time passes
    await alice.say(room, "bonjour")
    assert await house.said(room, "bonjour")


async def test_a_renewed_session_repeats_no_event(house, issuer, member):
    issuer.lasts = 2
    await sign_in(house, issuer)
    await house.start()
    alice = await member("alice")
    room = await house.meets(alice, encrypted=False)
    first = await house.put_by_hand(room, transaction_id("same", 0), "avant")
    await renewed(issuer, lambda: alice.say(room, "bonjour"))
    await house.write(notice(room, "avant", "same"))
    assert await house.sent("same") == first


async def test_without_a_session_the_start_says_how_to_have_one(house):
    with pytest.raises(LoginError, match="sign in by a code with souci login"):
        await house.start()
