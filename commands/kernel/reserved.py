"""What a command says of itself beside its right: who exactly, where it is typed.

Parser, help, checks, the table of rights and the test that tries every command as everybody read
these from the command (`commands.kernel.command`).
"""

from enum import StrEnum


class Reserve(StrEnum):
    """Who a command answers when it looks closer, on what."""

    AUTHOR_OR_STEWARD = "author-or-steward"
    AUTHOR = "author"
    HOLDER = "holder, author or steward"  # said by others, it is told and does nothing
    STEWARD_TO_CHANGE = "steward-to-change"
    POWER = "power"
    NOT_ALONE = "not-alone"  # one's own item: another member there, or another hand


class Where(StrEnum):
    """Where a word may be typed, once there is a circle."""

    ANYWHERE = "room or direct message"
    ROOM = "room"
