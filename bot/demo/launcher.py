"""Runs Synapse until its standard input closes: no homeserver outlives the one who started it.

Executed by the homeserver's own environment (never imported by ours), with Synapse's arguments.
A closed pipe is seen whatever ended the parent, a SIGKILL included, and on any Unix.
"""

import os
import runpy
import threading


def _end_with_parent() -> None:
    os.read(0, 1)  # raw: a buffered read would hold a lock that the interpreter wants at its end
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    runpy.run_module("synapse.app.homeserver", run_name="__main__", alter_sys=True)
