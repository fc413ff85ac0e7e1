"""The rules that commands check by themselves, beside their right: told in the table of rights.

A right says who may run a command at all; these say who may run it on what. The test that tries
every command as everybody holds this list to what the commands do.
"""

from collections.abc import Mapping
from enum import StrEnum


class Reserve(StrEnum):
    """Who a command answers when it looks closer."""

    AUTHOR_OR_STEWARD = "author-or-steward"
    AUTHOR = "author"
    STEWARD_TO_CHANGE = "steward-to-change"
    POWER = "power"


RESERVED: Mapping[str, Reserve] = {
    "action.change": Reserve.AUTHOR_OR_STEWARD,
    "action.drop": Reserve.AUTHOR_OR_STEWARD,
    "cancel": Reserve.AUTHOR_OR_STEWARD,
    "meeting.move": Reserve.AUTHOR_OR_STEWARD,
    "reminder.snooze": Reserve.AUTHOR_OR_STEWARD,
    "reminder.finish": Reserve.AUTHOR_OR_STEWARD,
    "vote.amend": Reserve.AUTHOR,
    "vote.close": Reserve.AUTHOR_OR_STEWARD,
    "vote.extend": Reserve.AUTHOR_OR_STEWARD,
    "vote.lift": Reserve.AUTHOR,
    "vote.release": Reserve.AUTHOR_OR_STEWARD,
    "contribution.structure": Reserve.STEWARD_TO_CHANGE,
    "language": Reserve.STEWARD_TO_CHANGE,
    "setting": Reserve.STEWARD_TO_CHANGE,
    "circle.create": Reserve.POWER,
}

WITHIN_THE_CIRCLE = frozenset(
    {
        "cancel",
        "contribution.list",
        "contribution.question",
        "contribution.statement",
        "entry.correct",
        "entry.invoice",
        "entry.pay",
        "ledger.list",
        "meeting.agenda",
        "meeting.decide",
        "meeting.minutes",
        "meeting.prorata",
        "meeting.session",
        "vote.estimate",
    }
)
"""Commands that tell what one person asked or was paid (DOMAIN: it never leaves the circle).

A coordinator who is not in the circle's room uses the others from outside; these say who may.
"""
