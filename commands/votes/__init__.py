"""Votes: opened, answered by word, reaction or native poll, closed, told."""

from commands.votes import answering, closing, opening, reminding
from commands.votes.answering import CastArgs
from commands.votes.closing import close_due
from commands.votes.reminding import remind_due

COMMANDS = (
    *opening.COMMANDS,
    *answering.COMMANDS,
    *closing.COMMANDS,
    *reminding.COMMANDS,
)

__all__ = ["COMMANDS", "CastArgs", "close_due", "remind_due"]
