"""The bot at its most talkative: what people write, and what opens doors, is in no line of it."""

import stat

import msgspec
import pytest
import pytest_asyncio

from tests.souci import found_circle, running

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

PASSWORD = "mot-de-passe-du-bot"
SAID = ("jonquille", "primevère", "4321", "pissenlit")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lived(homeserver, register, member, tmp_path_factory):
    """The folder of a bot that logs everything, after a piece of a circle's life."""
    folder = tmp_path_factory.mktemp("talkative")
    account = await homeserver.register("talkative", PASSWORD, shown="souci")
    alice = await member("alice")
    with running(homeserver, account, await register("c"), folder, log_level="debug") as souci:
        room = await found_circle(alice, "Jardin", souci)
        await alice.asks(room, "!action Planter la jonquille budget 4321 €")
        await alice.asks(room, "!contribution 1h primevère 43,21 €")
        await alice.asks(room, "!contributon 1h pissenlit")
        declared = await alice.asks(room, "!frais 4321 € pissenlit")
        await alice.redact(room, declared.id)
        await alice.asks(room, "!annuler C1")
    return folder


def secrets_of(folder) -> list[str]:
    """All that opens something: tokens, keys and seeds of the state directory."""
    state = folder / "state"
    names = ("session.json", "pickle.json", "crosssigning.json")
    kept = [msgspec.json.decode((state / name).read_bytes()) for name in names]
    plain = {"user_id", "device_id"}
    return [str(v) for one in kept for k, v in one.items() if k not in plain and len(str(v)) > 8]


async def test_no_word_and_no_amount_of_anybody_is_logged(lived):
    log = (lived / "log").read_text()
    assert [word for word in SAID if word in log] == []


async def test_no_password_token_or_key_is_logged(lived):
    log, secrets = (lived / "log").read_text(), secrets_of(lived)
    assert len(secrets) >= 3
    assert [secret for secret in (PASSWORD, *secrets) if secret in log] == []


async def test_it_does_log(lived):
    assert '"ready"' in (lived / "log").read_text()


async def test_every_file_it_wrote_is_for_its_owner_only(lived):
    files = [one for one in (lived / "state").rglob("*") if one.is_file()]
    others = {f.name: oct(f.stat().st_mode) for f in files if stat.S_IMODE(f.stat().st_mode) & 0o77}
    assert {"souci.db", "session.json", "crypto.db"} <= {f.name for f in files}
    assert others == {}
