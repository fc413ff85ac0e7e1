"""Runs a module until its standard input closes: nothing outlives the one who started it.

`launcher.py MODULE ARGUMENT…`, executed by the environment of that module (Synapse has its own),
never imported. A closed pipe is seen whatever ended the parent, a SIGKILL included, on any Unix.
"""

import os
import runpy
import sys
import threading


def _end_with_parent() -> None:
    os.read(0, 1)  # raw: a buffered read would hold a lock that the interpreter wants at its end
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
