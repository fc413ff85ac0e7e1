"""The embedded homeserver of the demonstration and of these tests."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo.environment import Environment, HomeserverError
from bot.demo.homeserver import Homeserver

pytestmark = [pytest.mark.matrix, pytest.mark.usefixtures("synapse_installed")]

ROOT = Path(__file__).parents[2]
STARTS_AND_WAITS = """
import pathlib, sys
from bot.demo.homeserver import Homeserver
homeserver = Homeserver(pathlib.Path(sys.argv[1]))
homeserver.start()
print(homeserver.pid, flush=True)
sys.stdin.read()
"""


async def test_accounts_and_address_outlive_a_crash(tmp_path):
    with Homeserver(tmp_path) as mine:
        await mine.register("alice", "secret")
        address = mine.url
        mine.kill()
        mine.restart()
        with pytest.raises(HomeserverError, match="already taken"):
            await mine.register("alice", "secret")
        assert mine.url == address


def test_it_ends_with_a_parent_that_was_killed(tmp_path):
    command = [sys.executable, "-c", STARTS_AND_WAITS, tmp_path]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as parent:
        child = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    ended, _, _ = select.select([child], [], [], 30)
    if not ended:
        signal.pidfd_send_signal(child, signal.SIGKILL)
    os.close(child)
    assert ended


def test_a_start_that_fails_is_told_in_one_line(tmp_path):
    (tmp_path / "homeserver.db").mkdir()
    with pytest.raises(HomeserverError, match=r"ended as it started: see .*homeserver\.out"):
        Homeserver(tmp_path).start()


def test_an_installation_without_registry_is_told_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(HomeserverError, match="cannot be installed: ERROR: No matching"):
        Environment(tmp_path / "synapse").prepare(lambda _step: None)
