"""The bot as it is, killed at a named instant of the keeping of its next tokens.

The instant is read from a file beside its configuration, which is gone once it was killed. At
"asked" and "answered" it is the issuer who has it killed: it writes our process id down for that.
"""

import json
import os
import signal
import sys
from pathlib import Path

from bot.cli import main

NEW, KEPT = "session.json.new", "session.json"


class Mortality:
    """Hears of each file that is touched."""

    def __init__(self, folder: Path) -> None:
        self._order = folder / "kill"
        self._kept = False

    def heard(self, event: str, given: tuple[object, ...]) -> None:
        instant = self._instant(event, given)
        if instant and self._order.exists() and json.loads(self._order.read_text()) == instant:
            self._order.unlink()
            os.kill(os.getpid(), signal.SIGKILL)

    def _instant(self, event: str, given: tuple[object, ...]) -> str:
        if event == "open" and Path(str(given[0])).name == NEW:
            return "before it is written"
        if event == "os.rename" and Path(str(given[1])).name == KEPT:
            self._kept = True
            return "written, not in place"
        if event == "open" and self._kept and isinstance(given[2], int):
            self._kept = not given[2] & os.O_DIRECTORY
            return "" if self._kept else "in place, not used"
        return ""


if __name__ == "__main__":
    config = Path(sys.argv[sys.argv.index("--config") + 1])
    (config.parent / "pid").write_text(str(os.getpid()))
    sys.addaudithook(Mortality(config.parent).heard)
    sys.exit(main(sys.argv[1:]))
