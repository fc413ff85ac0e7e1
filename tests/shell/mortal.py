"""`souci` in processes that are killed at a step: before the nth file is touched in a folder.

What is written within a hidden folder, and only moved afterwards, is all one to what a kill leaves.

A program of its own: reads one order a line, runs it in a child, answers with its status.
"""

import json
import os
import re
import signal
import sys
from pathlib import Path

from bot.cli import main

TOUCHING = frozenset(
    {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"}
)
STAGED = re.compile(r"/\.(restoring|souci-backup)-[^/]+/")
ENDS_WITHIN = 60
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def touched(event: str, given: tuple[object, ...]) -> str:
    """The file that is about to be made, changed, moved or removed; nothing where there is none."""
    if event == "open":
        touches = isinstance(given[2], int) and given[2] & WRITING
    else:
        touches = event in TOUCHING
    place = str(given[0]).removeprefix("file:") if touches else ""
    return "" if event in {"open", "os.mkdir"} and STAGED.search(place) else place


def mortal(folder: str, steps: int) -> None:
    """Have this process killed before it touches a file of that folder for the nth time."""
    left = steps

    def heard(event: str, given: tuple[object, ...]) -> None:
        nonlocal left
        if touched(event, given).startswith(folder):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def child(order: dict[str, object]) -> int:
    """The command itself; its errors go where they are asked for."""
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 — for the life of the process
    sys.stderr = Path(str(order["errors"])).open("w", encoding="utf-8")  # noqa: SIM115
    signal.alarm(ENDS_WITHIN)
    mortal(str(order["folder"]), int(str(order["steps"])))
    try:
        status = main([str(word) for word in order["words"]])  # type: ignore[attr-defined]
    finally:
        sys.stderr.flush()
    return status


def serve() -> None:
    """Until there is no order any more."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            os._exit(child(json.loads(line)))
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 — the answer


if __name__ == "__main__":
    serve()
