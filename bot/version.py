"""The version of this program: that of the installed package, told everywhere from here."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """As `pyproject.toml` has it; "unknown" where souci runs without being installed."""
    try:
        return version("souci")
    except PackageNotFoundError:
        return "unknown"
