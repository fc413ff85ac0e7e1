"""A folder a family of commands; the table of all of them.

To add a command: describe it in a file of its family, list it there and here (CONTRIBUTING.md).
"""

from collections.abc import Mapping
from typing import Any

from circle.jobs import JobKind
from commands import cancelling, correcting, facilitation, regulation, votes
from commands.across import alerts, broadcast, coordination, evaluation, exports, flows
from commands.budget import envelopes, journal, settling
from commands.circle import (
    circle_words,
    circles,
    confirming,
    me,
    members,
    pause,
    privacy,
    settings,
    sheet,
    summary,
)
from commands.declarations import contributions, listing, questions, statements, structures
from commands.facilitation import timers
from commands.gestures import SPOKEN, by_poll, by_reaction
from commands.help import more
from commands.help.help import help_command
from commands.kernel.command import Command, Handler
from commands.meetings import meetings, reminding
from commands.programme import actions, card, doing
from commands.reminders import asked, reminders
from commands.shared import vacancy

_FAMILIES: tuple[Command[Any], ...] = (
    *actions.COMMANDS,
    *doing.COMMANDS,
    *card.COMMANDS,
    *contributions.COMMANDS,
    *listing.COMMANDS,
    *questions.COMMANDS,
    *statements.COMMANDS,
    *structures.COMMANDS,
    *cancelling.COMMANDS,
    *correcting.COMMANDS,
    *envelopes.COMMANDS,
    *journal.COMMANDS,
    *settling.COMMANDS,
    *votes.COMMANDS,
    *meetings.COMMANDS,
    *regulation.COMMANDS,
    *reminders.COMMANDS,
    *timers.COMMANDS,
    *facilitation.COMMANDS,
    *summary.COMMANDS,
    *exports.COMMANDS,
    *flows.COMMANDS,
    *circles.COMMANDS,
    *settings.COMMANDS,
    *circle_words.COMMANDS,
    *sheet.COMMANDS,
    *members.COMMANDS,
    *privacy.COMMANDS,
    *me.COMMANDS,
    *pause.COMMANDS,
    *evaluation.COMMANDS,
    *coordination.COMMANDS,
    *confirming.COMMANDS,
    *more.COMMANDS,
)

COMMANDS: tuple[Command[Any], ...] = (help_command(_FAMILIES), *_FAMILIES)

HANDLERS: Mapping[JobKind, Handler] = {
    JobKind.CLOSE_VOTE: votes.close_due,
    JobKind.VOTE_REMINDER: votes.remind_due,
    JobKind.VOTE_REVIEW: votes.review_due,
    JobKind.MEETING_REMINDER: reminding.remind_due,
    JobKind.REMINDER: reminders.ring,
    JobKind.WEEKLY_SUMMARY: summary.post_due,
    JobKind.VACANCY: vacancy.vacancy_due,
    JobKind.DAILY_LOOK: me.morning_due,
    JobKind.PROMPT_RECALL: asked.recall_due,
    JobKind.PROMPT_LAPSE: asked.lapse_due,
    JobKind.TIMER: timers.over,
    JobKind.DIGEST: alerts.digest_due,
    JobKind.BROADCAST_REPORT: broadcast.report_due,
    JobKind.TURN: facilitation.ring_due,
    JobKind.CODEV_STEP: facilitation.ring_due,
    JobKind.CHECK_IN: facilitation.gather_due,
}

__all__ = ["COMMANDS", "HANDLERS", "SPOKEN", "by_poll", "by_reaction"]
