"""The table of who may run what, made from the commands: a part of `docs/security.md`."""

from typing import Any

from commands import COMMANDS
from commands.kernel.command import Command, Place
from commands.kernel.reserved import Where

BEGINS = "<!-- rights: made by `make docs` -->"
ENDS = "<!-- end of rights -->"
_HEAD = ("Say", "Right", "Place", "Looks closer", "Typed in", "Told in", "Amounts of people")


def with_table(page: str) -> str:
    """The page with its table as the commands now make it. ValueError where it has no place."""
    before, begun, rest = page.partition(BEGINS)
    _, ended, after = rest.partition(ENDS)
    if not (begun and ended):
        raise ValueError(f"the page has no {BEGINS} … {ENDS}")
    return f"{before}{BEGINS}\n{table()}\n{ENDS}{after}"


def table() -> str:
    """All commands in Markdown, a line each."""
    lines = [_row(*_HEAD), _row(*("---" for _ in _HEAD))]
    return "\n".join([*lines, *(_row(*_cells(command)) for command in COMMANDS)])


def _cells(command: Command[Any]) -> tuple[str, ...]:
    aloud = command.where is Where.ROOM
    return (
        f"`!{command.names[0]}`",
        command.right.value,
        command.place.value,
        command.reserve.value if command.reserve else "",
        command.where.value if command.place is Place.CIRCLE else "",
        "the room" if aloud or command.told else "",
        "within" if command.personal else "",
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
