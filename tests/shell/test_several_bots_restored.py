"""Several bots on one PostgreSQL: the database is backed up once, the state directory of each."""

from uuid import uuid4

import pytest
import pytest_asyncio

from bot.backup.archive import unpack
from bot.matrix.net import files
from tests.postgresql import named, run, upgraded
from tests.shell.place import Place
from tests.shell.test_backup_cli import keys_in

NORTH, SOUTH = "@nord:localhost", "@sud:localhost"
MEND_ME = 78


@pytest_asyncio.fixture
async def databases(postgresql_server):
    """Two: the one of the bots, with both accounts in it, and an empty one."""
    names = [f"several_{uuid4().hex}" for _ in range(2)]
    await run(postgresql_server, *(f"CREATE DATABASE {one}" for one in names))
    urls = [named(postgresql_server, one) for one in names]
    await upgraded(urls[0])
    for account in (NORTH, SOUTH):
        await run(
            urls[0],
            f"INSERT INTO sync_tokens VALUES ('{account}', 's1')",  # noqa: S608 — our own names
            f"INSERT INTO instances VALUES ('{account}', 'of {account}')",  # noqa: S608 — same
        )
    yield urls
    await run(postgresql_server, *(f"DROP DATABASE {one} WITH (FORCE)" for one in names))


@pytest.fixture
def at(tmp_path):
    """A bot's folder: `at("old", NORTH, url)`."""

    def at(when, account, url):
        return Place(tmp_path / f"{when}-{account[1:4]}", user=account, database=url)

    return at


@pytest.fixture
def old(at, databases):
    """Both bots as they are when they have run."""
    bots = [at("old", account, databases[0]) for account in (NORTH, SOUTH)]
    for place, account in zip(bots, (NORTH, SOUTH), strict=True):
        place.state.mkdir(mode=0o700)
        keys_in(place.state)
        session = {"user_id": account, "device_id": "OLD", "token": "t"}
        files.write(place.state / "session.json", session)
        files.write(place.state / "crosssigning.json", {"master": account})
        kept = {"instance": f"of {account}", "started_ms": 1}
        files.write(place.state / "instance.json", kept)
    return bots


@pytest.fixture
def archives(old, tmp_path):
    """The whole backup of one bot, then the state directory of the other."""
    north, south = tmp_path / "north.tar.gz", tmp_path / "south.tar.gz"
    assert well(old[0].souci("backup", north))
    assert well(old[1].souci("backup", south, "--state-only"))
    return north, south


def well(done):
    status, _, errors = done
    assert status == 0, errors
    return True


def test_both_are_restored_from_what_was_backed_up_once(at, databases, archives, tmp_path):
    north, south = (at("new", account, databases[1]) for account in (NORTH, SOUTH))
    well(north.souci("restore", archives[0]))
    well(south.souci("restore", archives[1], "--state-only"))
    for place, account in ((north, NORTH), (south, SOUTH)):
        place.opens()
        assert files.read(place.state / "crosssigning.json") == {"master": account}
    taken = unpack(archives[0], tmp_path / "out", lambda *_: None).taken
    notes = [files.read(place.state / "restored.json")["taken_ms"] for place in (north, south)]
    assert notes == [int(taken.timestamp() * 1000)] * 2


def test_without_the_database_there_is_nothing_to_be_beside(at, databases, archives):
    south = at("new", SOUTH, databases[1])
    line = south.refused("restore", archives[1], "--state-only", status=1)
    assert f"knows nothing of {SOUTH}: restore the backup that holds the database first" in line


def test_a_state_directory_alone_is_not_taken_for_a_whole_backup(at, databases, archives):
    south = at("new", SOUTH, databases[1])
    line = south.refused("restore", archives[1], status=1)
    assert "the backup holds no database" in line
    south.opens()


def test_a_bot_whose_database_was_restored_without_it_does_not_start(at, databases, archives, old):
    well(at("new", NORTH, databases[1]).souci("restore", archives[0]))
    south = at("old", SOUTH, databases[1])
    assert south.state == old[1].state
    line = south.refused("run", status=MEND_ME)
    assert "restored from 20" in line
    assert "souci restore --state-only into an empty directory" in line


def test_a_lost_state_directory_is_restored_beside_a_database_that_lives(at, databases, archives):
    south = at("new", SOUTH, databases[0])
    well(south.souci("restore", archives[1], "--state-only"))
    south.opens()
    assert files.read(south.state / "instance.json")["instance"] == f"of {SOUTH}"


def test_an_interrupted_one_leaves_the_database_alone(at, databases, archives):
    south = at("new", SOUTH, databases[0])
    south.state.mkdir(mode=0o700)
    half = {"instance": "x", "files": ["crosssigning.json"], "database": False}
    files.write(south.state / "restoring.json", half)
    files.write(south.state / "crosssigning.json", {"half": "done"})
    assert "was interrupted" in south.refused("run", status=MEND_ME)
    well(south.souci("restore", archives[1], "--state-only"))
    south.opens()
