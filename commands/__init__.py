"""One file per family of commands; the table of all of them.

To add a command: describe it in the file of its family, list it there, and it is here.
"""

from collections.abc import Mapping
from typing import Any

from circle.jobs import JobKind
from commands import (
    actions,
    budget,
    cancelling,
    circles,
    contributions,
    coordination,
    doing,
    meetings,
    members,
    reminders,
    summary,
    votes,
)
from commands.gestures import GESTURES, by_poll
from commands.help import help_command
from commands.kernel import Command, Handler

_FAMILIES: tuple[Command[Any], ...] = (
    *actions.COMMANDS,
    *doing.COMMANDS,
    *contributions.COMMANDS,
    *cancelling.COMMANDS,
    *budget.COMMANDS,
    *votes.COMMANDS,
    *meetings.COMMANDS,
    *reminders.COMMANDS,
    *summary.COMMANDS,
    *circles.COMMANDS,
    *members.COMMANDS,
    *coordination.COMMANDS,
)

COMMANDS: tuple[Command[Any], ...] = (help_command(_FAMILIES), *_FAMILIES)

HANDLERS: Mapping[JobKind, Handler] = {
    JobKind.CLOSE_VOTE: votes.close_due,
    JobKind.VOTE_REMINDER: votes.remind_due,
    JobKind.MEETING_REMINDER: meetings.remind_due,
    JobKind.REMINDER: reminders.ring,
    JobKind.WEEKLY_SUMMARY: summary.post_due,
}

__all__ = ["COMMANDS", "GESTURES", "HANDLERS", "by_poll"]
