"""What goes wrong for whoever runs the bot: one clear error each, or patience that says so."""

import asyncio
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import structlog

from bot.demo.homeserver import Access
from bot.matrix.net import files
from bot.matrix.net.errors import (
    LoginError,
    OvertakenError,
    SecondInstanceError,
    StateDirError,
    WrongDeviceError,
)
from bot.matrix.net.http import path
from bot.matrix.net.retry import Stopped
from bot.matrix.shell.signing_in import CodeSignIn
from tests.matrix.shell.house import House, notice, saying

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest.fixture
def stopped(homeserver, tmp_path_factory):
    """Houses not yet started, each with its own folder: `stopped(access)`."""

    def stopped(access, **settings) -> House:
        return House(homeserver.url, access, tmp_path_factory.mktemp("house"), **settings)

    return stopped


async def fails(house: House) -> Exception:
    """The error with which a start ends."""
    try:
        await house.start()
    except Exception as error:  # noqa: BLE001 — the test looks at it
        return error
    finally:
        await house.close()
    pytest.fail("it started")


async def test_a_wrong_password_is_told(stopped, register):
    error = await fails(stopped(await register("souci"), password="wrong"))
    assert isinstance(error, LoginError)
    assert "Invalid username or password" in str(error)
    assert "wrong" not in str(error)


async def test_a_wrong_token_is_told(stopped, register):
    access = await register("souci")
    error = await fails(
        stopped(access, password=None, access_token="wrong", device_id=access.device_id)
    )
    assert isinstance(error, LoginError)


async def test_a_token_of_another_device_is_told(stopped, register):
    access = await register("souci")
    error = await fails(
        stopped(access, password=None, access_token=access.token, device_id="OTHER")
    )
    assert isinstance(error, WrongDeviceError)


async def test_a_token_with_its_device_is_enough(stopped, register):
    access = await register("souci")
    house = stopped(access, password=None, access_token=access.token, device_id=access.device_id)
    await house.start()
    await house.close()


async def test_a_second_instance_is_refused(house):
    first = await house()
    with pytest.raises(SecondInstanceError):
        await first._new_shell().start()


async def test_a_store_of_another_device_is_refused(stopped, register):
    access = await register("souci")
    house = stopped(access)
    await house.start()
    await house.stop()
    house.settings = replace(
        house.settings, password=None, access_token=access.token, device_id=access.device_id
    )
    assert isinstance(await fails(house), WrongDeviceError)


async def test_a_store_of_another_account_is_refused(stopped, register):
    house, other = stopped(await register("souci")), await register("souci")
    await house.start()
    await house.stop()
    house.settings = replace(house.settings, user_id=other.user_id, password=other.password)
    assert isinstance(await fails(house), WrongDeviceError)


async def test_an_emptied_store_under_the_same_device_is_refused(stopped, register):
    house = stopped(await register("souci"))
    await house.start()
    await house.stop()
    for name in ("crypto.db", "crypto.db-wal", "crypto.db-shm"):
        (house.state / name).unlink(missing_ok=True)
    assert isinstance(await fails(house), WrongDeviceError)


async def test_an_unwritable_state_directory_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with unprivileged(), pytest.raises(StateDirError):
        files.prepare(tmp_path)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Permission bits stop nobody who is root: for a while we are not."""
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


async def test_a_state_directory_that_is_a_file_is_told(stopped, register):
    house = stopped(await register("souci"))
    house.state.write_text("")
    assert isinstance(await fails(house), StateDirError)


async def test_nobody_else_can_read_the_state(house):
    bot = await house()
    modes = {f.name: stat.S_IMODE(f.stat().st_mode) for f in bot.state.iterdir()}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(bot.state.stat().st_mode) == 0o700


async def test_the_device_is_kept_over_restarts(house):
    bot = await house()
    before = bot.device_id
    await bot.stop()
    await bot.start()
    assert bot.device_id == before


async def test_an_expired_token_is_renewed_for_the_same_device(house, alice):
    bot = await house()
    room = await bot.meets(alice)
    before = bot.device_id
    async with bot.requests() as home:
        await bot.stop()
        await home.post(path("logout"), {})
    await bot.start()
    await bot.write(notice(room, "revenu", "renewed"))
    assert (await alice.hears(saying(room, "revenu"))).encrypted
    assert bot.device_id == before


async def test_a_session_ended_while_it_runs_ends_the_run_with_a_clear_error(house):
    bot = await house()
    async with bot.requests() as home:
        await home.post(path("logout"), {})
    with pytest.raises(LoginError):
        await bot.ended()


async def test_a_running_bot_whose_copy_starts_hears_of_it_and_ends(house, homeserver):
    bot = await house()
    copy = copied(bot, homeserver)
    await copy.start()
    with pytest.raises(OvertakenError, match=r"another copy of @.* started on 20.* the live one"):
        await bot.ended()
    assert copy.device_id == bot.device_id
    await copy.close()


async def test_a_copy_that_others_have_lived_beside_becomes_a_new_device(house, homeserver):
    bot = await house()
    copy = copied(bot, homeserver)
    await bot.stop()
    await bot.start()
    before = bot.device_id
    await copy.start()
    with pytest.raises(OvertakenError):
        await bot.ended()
    assert copy.device_id != before
    await copy.close()


async def test_a_word_of_the_former_start_that_comes_late_is_no_other_copy(house):
    bot = await house()
    instance = bot.client._parts.who.instance
    async with bot.requests() as home:
        former = await instance.latest(home)
    await bot.stop()
    await bot.start()
    instance = bot.client._parts.who.instance
    instance.told({"instance": former.instance, "started_ms": former.started_ms})
    instance.told({"instance": 7, "nonsense": True})
    with pytest.raises(OvertakenError):
        instance.told({"instance": "other", "started_ms": 1})


def copied(bot: House, homeserver) -> House:
    """The same account elsewhere, with a copy of its state directory."""
    access = Access(bot.user_id, str(bot.settings.password), "", "")
    copy = House(homeserver.url, access, bot.folder.with_name(f"{bot.folder.name}-copy"))
    shutil.copytree(bot.state, copy.state)
    return copy


async def test_an_identity_whose_keys_are_lost_is_not_replaced(house):
    bot = await house()
    async with bot.requests() as home:
        before = await home.post(path("keys", "query"), {"device_keys": {bot.user_id: []}})
        await bot.stop()
        (bot.state / "crosssigning.json").unlink()
        with structlog.testing.capture_logs() as logs:
            await bot.start()
        after = await home.post(path("keys", "query"), {"device_keys": {bot.user_id: []}})
    assert before["master_keys"] == after["master_keys"]
    assert not (bot.state / "crosssigning.json").exists()
    assert "crosssigning.identity_lost" in [line["event"] for line in logs]


async def test_nothing_secret_is_logged(homeserver, register, tmp_path, alice):
    bot = House(homeserver.url, await register("souci"), tmp_path)
    with structlog.testing.capture_logs() as logs:
        await bot.start()
        room = await bot.meets(alice)
        await alice.say(room, "!confidentiel")
        await bot.said(room, "!confidentiel")
        await bot.write(notice(room, "réponse discrète", "secret"))
        await alice.hears(saying(room, "réponse discrète"))
        kept = [
            str(value)
            for name in ("session.json", "pickle.json", "crosssigning.json")
            for key, value in files.read(bot.state / name).items()
            if key not in ("user_id", "device_id")
        ]
        await bot.close()
    told = str(logs)
    assert not [s for s in [*kept, "secret123", "confidentiel", "discrète"] if s in told]


async def test_an_unreachable_homeserver_is_waited_for_and_said(register, tmp_path):
    bot = House("http://127.0.0.1:9", await register("souci"), tmp_path)
    with structlog.testing.capture_logs() as logs:
        starting = asyncio.create_task(bot.shell.start(), name="start")
        while not [line for line in logs if line["event"] == "homeserver.unreachable"]:
            await asyncio.wait({starting}, timeout=0.05)
        bot.shell.stop()
        with pytest.raises(Stopped):
            await starting
    await bot.engine.dispose()
    assert logs[0]["retry_in"] == 1.0


async def test_an_ordinary_homeserver_is_asked_for_no_refresh_token(house):
    bot = await house()
    assert files.read(bot.state / "session.json")["refresh_token"] is None


async def test_a_homeserver_of_passwords_signs_nobody_in_by_a_code(stopped, register, tmp_path):
    settings = replace(stopped(await register("souci")).settings, password=None)
    sign_in = CodeSignIn(settings, tmp_path, lambda: datetime.now(UTC), pytest.fail)
    with pytest.raises(LoginError, match=r"nobody in by a code: give matrix\.password, or"):
        await sign_in.ensure()
