"""Signing in by a code, as an operator does at a terminal."""

import asyncio
import stat
from datetime import UTC, datetime

import pytest

from bot.matrix.net import files
from bot.matrix.net.errors import LoginError, WrongDeviceError
from bot.matrix.net.settings import MatrixSettings
from bot.matrix.shell.signing_in import CodeSignIn
from tests.matrix.shell.house import House

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


class Place:
    """A state directory, and what becomes of the code that is shown there: `then(code)`."""

    def __init__(self, url, account, folder, issuer):
        self.user_id, self.folder, self.issuer = account.user_id, folder, issuer
        self.settings = MatrixSettings(homeserver=url, user_id=account.user_id)
        files.prepare(folder)

    async def sign_in(self, then):
        sign_in = CodeSignIn(
            *(self.settings, self.folder, lambda: datetime.now(UTC)),
            lambda code: then(code.by_hand),
        )
        await asyncio.wait_for(sign_in.ensure(), 30)

    async def refused(self, then, kind=LoginError):
        """The one line that it ends with; nothing is kept."""
        with pytest.raises(kind) as caught:
            await self.sign_in(then)
        assert not (self.folder / "session.json").exists()
        return str(caught.value)

    def entered(self, by_hand):
        self.issuer.entered(by_hand, name_of(self.user_id))


def name_of(user_id):
    return user_id[1:].partition(":")[0]


@pytest.fixture
async def place(homeserver, register, issuer, tmp_path):
    yield Place(homeserver.url, await register("souci"), tmp_path, issuer)
    issuer.heal()


async def test_a_code_is_shown_entered_and_kept_as_a_session(bot, issuer):
    said = await bot.sign_in()
    assert f"{issuer.url}link?code=" in said
    [session] = bot.sessions
    assert f"{bot.user_id}, device {session.device}" in said
    assert len(session.device) >= 10
    assert '"signed": true' in said
    assert stat.S_IMODE((bot.state / "session.json").stat().st_mode) == 0o600
    status, again = await (await bot.login()).ended()
    assert (status, again.splitlines()[-2:]) == (0, said.splitlines()[-2:])
    assert len(bot.sessions) == 1


async def test_a_sign_in_that_was_stopped_begins_again(bot, issuer):
    login = await bot.login()
    while not issuer.polls:  # noqa: ASYNC110 — another process
        await asyncio.sleep(0.1)
    await login.kill()
    await bot.sign_in()
    assert len(bot.sessions) == 1


async def test_who_is_signed_in_nowhere_is_told_by_run(bot):
    await bot.start()
    assert await bot.ended() == 78
    assert "is signed in nowhere: sign in by a code with souci login" in bot.last_line


async def test_it_waits_for_as_long_as_nobody_enters_it(place, issuer):
    def then(by_hand):
        issuer.answers(by_hand, "slow_down", "authorization_pending", None)
        place.entered(by_hand)

    await place.sign_in(then)
    assert issuer.polls == 3


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("access_denied", "the code was refused there"),
        ("expired_token", "nobody entered the code in time"),
        ("invalid_grant", "not signed in: invalid_grant"),
    ],
)
async def test_a_code_that_leads_nowhere_is_told_in_one_line(place, issuer, error, told):
    assert (await place.refused(lambda by_hand: issuer.answers(by_hand, error))).startswith(told)


async def test_a_code_entered_by_somebody_else_signs_nobody_in(place, issuer, register):
    bob = (await register("bob")).user_id
    told = await place.refused(lambda by_hand: issuer.entered(by_hand, name_of(bob)))
    assert told == f"the access token belongs to {bob}"
    assert issuer.of(name_of(bob))[-1].over


async def test_an_issuer_that_gives_another_device_is_not_believed(place, issuer):
    issuer.device_given = "ANOTHERDEVICE"
    told = await place.refused(place.entered, WrongDeviceError)
    assert "belongs to device ANOTHERDEVICE, not to" in told


async def test_a_device_that_the_homeserver_never_heard_of_is_told(place, issuer):
    issuer.unsynced = True
    assert "does not know the session that we were given" in await place.refused(place.entered)


async def test_a_password_is_told_that_there_is_a_code(homeserver, register, tmp_path):
    house = House(homeserver.url, await register("souci"), tmp_path, password="secret")
    with pytest.raises(LoginError, match=r"leave matrix\.password out, then souci login"):
        await house.start()
    await house.close()
