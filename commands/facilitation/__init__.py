"""Inside a meeting: speaking turns, a check-in, a codevelopment session."""

from commands.facilitation.checkin import COMMANDS as CHECKIN
from commands.facilitation.checkin import gather_due
from commands.facilitation.codev import COMMANDS as CODEV
from commands.facilitation.gestures import GESTURES, by_any_reaction
from commands.facilitation.ringing import ring_due
from commands.facilitation.turns import COMMANDS as TURNS

COMMANDS = (*TURNS, *CHECKIN, *CODEV)

__all__ = ["COMMANDS", "GESTURES", "by_any_reaction", "gather_due", "ring_due"]
