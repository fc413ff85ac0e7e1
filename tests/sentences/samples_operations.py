"""Values of what the watchdog tells."""

from datetime import timedelta

from bot.operations.replies import Trouble
from tests.sentences.samples import NOW

OPERATIONS = {
    "watchdog.found": tuple(
        {"trouble": trouble, "since": NOW - timedelta(hours=2), "until": NOW, "over": over}
        for trouble in Trouble
        for over in (False, True)
    )
}
