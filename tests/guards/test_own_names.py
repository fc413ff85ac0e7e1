"""Plain top-level packages: nobody else may own their names (docs/decisions/0001)."""

from importlib.metadata import packages_distributions

import pytest

from tests.guards.repository import PACKAGES

OWNERS = packages_distributions()


@pytest.mark.parametrize("name", [*PACKAGES, "tests"])
def test_no_other_distribution_owns_our_names(name):
    assert set(OWNERS.get(name, [])) <= {"souci"}


def test_installed_names_are_seen():
    assert OWNERS["nio"] == ["matrix-nio"]
