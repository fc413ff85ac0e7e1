"""Reading values that strangers chose: of the expected type, or not there."""

from typing import Any, Final

_LONGEST_NAME: Final = 200
_LARGEST: Final = 2**53  # what Matrix itself allows; databases take no more than twice as many bits


def text(value: object) -> str | None:
    """A string, without the NULs that some databases refuse; None for anything else."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else None


def shown_name(value: object) -> str | None:
    """A name that somebody shows, no longer than a sentence can hold; None for anything else."""
    shown = text(value)
    return shown[:_LONGEST_NAME] if shown else shown


def table(value: object) -> dict[str, Any]:
    """An object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """A list; empty for anything else."""
    return value if isinstance(value, list) else []


def number(value: object) -> int | None:
    """An integer, or one written as text as very old rooms do; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        whole = int(value) if isinstance(value, (int, str)) else None
    except ValueError:
        return None
    return whole if whole is not None and abs(whole) <= _LARGEST else None
