"""One installation for the run; a stopped bot and a circle that is asked for by name."""

import json

import pytest

from tests.doors.installed import Installed, install, live
from tests.shell.place import ACCOUNT
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
def unserved(souci):
    """A configuration in that folder whose homeserver answers nobody."""
    file = souci.folder / "config.yaml"
    file.write_text(json.dumps({"matrix": ACCOUNT, "state_dir": "state"}))
    return file


@pytest.fixture
def lived(souci, unserved):
    """That configuration, with a database in which a circle has lived a little."""
    live(souci, unserved, f"sqlite:///{souci.folder / 'state' / 'souci.db'}")
    return unserved
