"""What a bot that stays up does not keep in memory: modules that it never uses."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from bot.cli.lighter import UNUSED

LEFT_OUT = ["sqlalchemy.orm", "h2", "h11", "aiohttp_socks"]
LATER = ["alembic", "icalendar", "matplotlib", "odf", "rapidfuzz", "rich"]
STARTED = """
import sys
from bot.cli.lighter import leave_out_unused
leave_out_unused()
import bot.app
print(*sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def loaded():
    """Modules of a process that is about to run a bot."""
    command = [sys.executable, "-c", STARTED]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_never_used_is_not_loaded(loaded, name):
    assert name not in loaded


@pytest.mark.parametrize("name", LATER)
def test_what_is_used_later_is_not_loaded_yet(loaded, name):
    assert name not in loaded


@pytest.mark.parametrize("name", UNUSED)
def test_what_is_left_out_exists(name):
    assert find_spec(name)
