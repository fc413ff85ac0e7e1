"""`souci doctor` says what to mend in a line each, changes nothing, and disturbs no running bot."""

import asyncio
import hashlib
import json

import pytest

from tests.doors.refusals import SECRET
from tests.matrix.shell.weather import giving, weather_before
from tests.souci import found_circle, running

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


async def looked(souci, config, *options):
    return await asyncio.to_thread(souci.run, "doctor", "--config", config, *options)


def told(done):
    """What was found, by what it is about."""
    lines = [json.loads(line) for line in done.out.splitlines()]
    return {(line["about"], line["what"]): line for line in lines}


def state_of(folder):
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


async def test_it_changes_nothing_and_says_it_in_the_language_of_the_configuration(
    souci, config, homeserver
):
    await asyncio.to_thread(souci.run, "login", "--config", config)
    config.chmod(0o600)
    before = state_of(souci.folder)
    english = json.loads(config.read_text()) | {"language": "en"}
    beside = souci.folder / "english.yaml"
    beside.write_text(json.dumps(english))
    done = await looked(souci, beside)
    assert (done.status, "❌ secrets: anybody can read" in done.out) == (1, True)
    assert f"✅ homeserver: {homeserver.url} answers (Matrix v1." in done.out
    assert "✅ signature: the device is signed by its account" in done.out
    assert done.out.endswith("1 thing to mend.\n")
    beside.unlink()
    assert state_of(souci.folder) == before


async def test_checking_a_configuration_may_connect(souci, unserved):
    done = await asyncio.to_thread(souci.run, "check-config", unserved, "--connect")
    assert (done.status, "http://127.0.0.1:1 ne répond pas (nothing listens" in done.out) == (
        1,
        True,
    )


async def test_it_may_run_beside_a_live_bot(souci, homeserver, register, member, tmp_path):
    account, coordinator = await register("souci"), await register("coordination")
    room = {"coordination_room": "#nowhere:localhost"}
    with running(homeserver, account, coordinator, tmp_path, **room) as bot:
        alice = await member("alice")
        await found_circle(alice, f"Littoral {account.user_id}", bot)
        done = await looked(souci, tmp_path / "config.yaml", "--json")
        found = told(done)
        assert await alice.asks(next(iter(alice.client.rooms)), "!membres")
    assert found["session", "well"]["health"] == found["database", "well"]["health"] == "well"
    assert "1 salon" in found["rooms", "well"]["said"]
    assert found["coordination", "unknown"]["health"] == "mend"
    log = bot.log.read_text("utf-8")
    assert ("session.expired" in log, log.count("session.opened")) == (False, 1)


async def test_what_is_wrong_on_the_server_is_told(souci, homeserver, register):
    account = await register("souci")
    config = souci.folder / "config.yaml"

    async def found(url, user, **login):
        matrix = {"homeserver": url, "user_id": user} | (login or {"password": SECRET})
        config.write_text(json.dumps({"matrix": matrix, "state_dir": "state"}))
        done = await looked(souci, config, "--json")
        assert (done.status, SECRET in done.out) == (1, False)
        return told(done)

    assert ("account", "unknown") in await found(homeserver.url, "@nobody:localhost")
    first = await found(homeserver.url, account.user_id)
    assert ("session", "none") in first
    token = {"access_token": account.token, "device_id": "ELSEWHERE"}
    assert ("session", "other") in await found(homeserver.url, account.user_id, **token)
    token = {"access_token": SECRET, "device_id": "D"}
    assert ("session", "gone") in await found(homeserver.url, account.user_id, **token)
    token = {"access_token": account.token, "device_id": account.device_id}
    fresh = await found(homeserver.url, account.user_id, **token)
    assert {("session", "well"), ("signature", "no-keys"), ("invitations", "nobody")} <= set(fresh)
    async with weather_before(homeserver.url) as weather:
        weather.once("GET", "/login", giving({"flows": [{"type": "m.login.sso"}]}))
        assert ("login", "no-password") in await found(weather.url, account.user_id)


async def test_what_is_wrong_on_the_machine_is_told(souci, lived):
    state = souci.folder / "state"
    state.chmod(0o755)
    found = told(await looked(souci, lived, "--json"))
    assert {("state", "open"), ("database", "well"), ("backup", "never")} <= set(found)
    await asyncio.to_thread(souci.run, "backup", "--config", lived, souci.folder / "kept.tar.gz")
    (state / "souci.db").write_bytes(b"Bonjour" * 1000)
    found = told(await looked(souci, lived, "--json"))
    assert {("database", "unfit"), ("backup", "well")} <= set(found)
