"""Votes: opened, answered by word, reaction or native poll, closed, told."""

from typing import Any

from commands.kernel.command import Command
from commands.votes import (
    amending,
    amounts,
    answering,
    changing,
    choosing,
    closing,
    deciding,
    objecting,
    own,
)
from commands.votes.answering import CastArgs
from commands.votes.closing import close_due
from commands.votes.reminding import remind_due, review_due

COMMANDS: tuple[Command[Any], ...] = (
    *deciding.COMMANDS,
    *choosing.COMMANDS,
    *amounts.COMMANDS,
    *answering.COMMANDS,
    *objecting.COMMANDS,
    *amending.COMMANDS,
    *closing.COMMANDS,
    *changing.COMMANDS,
    *own.COMMANDS,
)

__all__ = ["COMMANDS", "CastArgs", "close_due", "remind_due", "review_due"]
