"""Plain top-level packages: nobody else may own their names (docs/decisions/0001)."""

import tomllib
from importlib.metadata import entry_points, packages_distributions

import pytest

from tests.guards.repository import PACKAGES, ROOT

OWNERS = packages_distributions()


@pytest.mark.parametrize("name", [*PACKAGES, "tests"])
def test_no_other_distribution_owns_our_names(name):
    assert set(OWNERS.get(name, [])) <= {"souci"}


def test_installed_names_are_seen():
    assert OWNERS["nio"] == ["matrix-nio"]


def test_the_command_stays_where_installed_environments_look_for_it():
    """A `souci` installed before a change of folders finds it still: its script names it."""
    [command] = [one for one in entry_points(group="console_scripts") if one.name == "souci"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"souci": "bot.cli:main"}
    assert callable(command.load())
