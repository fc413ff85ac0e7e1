"""One installation for the run; a stopped bot and a circle that is asked for by name."""

import json

import pytest

from tests.doors.installed import Installed, install
from tests.souci import configuration, free_port


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    return install(tmp_path_factory.mktemp("installed"))


@pytest.fixture
def souci(program, tmp_path) -> Installed:
    """The installed program, typed in an empty folder."""
    return Installed(program, tmp_path)


@pytest.fixture
async def config(souci, homeserver, register):
    """The configuration of an account of its own, in that folder."""
    account, coordinator = await register("souci"), await register("coordination")
    chosen = configuration(homeserver, account, coordinator)
    chosen |= {"monitoring": {"port": free_port()}}
    file = souci.folder / "config.yaml"
    file.write_text(json.dumps(chosen))  # JSON is YAML
    return file


@pytest.fixture
def lived(souci, config):
    """A database in which a circle has lived a little, by the console."""
    url = f"sqlite:///{souci.folder / 'state' / 'souci.db'}"
    assert souci.run("db", "upgrade", "--config", config).status == 0
    lines = (
        "alice> !cercle créer Littoral\n"
        "alice> !doter 500 € de la MEL\n"
        "bob> !contribution 2h affiches 80 €\n"
    )
    assert souci.run("console", "--database", url, lines=lines).status == 0
    return url
