"""The command line: `souci WORD …`; each word's module is imported only when it is used."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from bot.version import own_version

WORDS = {
    "setup": ("bot.cli.setup_cli", "make a configuration by a few questions"),
    "run": ("bot.cli.operate", "start the bot"),
    "demo": ("bot.demo.cli", "see it live on this machine, with a homeserver of its own"),
    "console": ("bot.cli.console_cli", "talk to it with no homeserver, or play a conversation"),
    "tally": ("bot.cli.tally_cli", "recount a vote from its file"),
    "check-config": ("bot.cli.operate", "read a configuration and say what is wrong with it"),
    "doctor": ("bot.cli.doctor_cli", "look at everything it stands on, and say what to mend"),
    "login": ("bot.cli.operate", "create the bot's device and show its fingerprint"),
    "backup": ("bot.cli.backup_cli", "copy everything into one archive, while the bot runs"),
    "restore": ("bot.cli.backup_cli", "put a backup back where there is nothing"),
    "export": ("bot.cli.export_cli", "write what circles hold as files"),
    "import": ("bot.cli.import_cli", "enter what a circle already did from tables, all or nothing"),
    "status": ("bot.cli.operate", "say how the running bot is"),
    "db": ("bot.cli.operate", "upgrade the database: souci db upgrade --config FILE"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one word of the command line; the exit status is 0, 1 (a failure) or 2 (usage).

    Failures of `run` have two of their own (see bot/cli/exits.py). `--version` tells the version.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    _write_what_can_be_shown()
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if words else 2
    if words[0] in {"-V", "--version"}:
        print(f"souci {own_version()}")
        return 0
    if words[0] not in WORDS:
        print(f"souci: unknown word “{words[0]}”\n{usage()}", file=sys.stderr)
        return 2
    return _ended(words)


def _ended(words: Sequence[str]) -> int:
    """Run a word to its end; whatever it fails with is one line."""
    try:
        status: int = import_module(WORDS[words[0]][0]).main(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read it has seen enough; nothing more is written at the end
        _let_go()
        return 0
    except Exception as error:  # noqa: BLE001 — whatever it is, it is one line
        from bot.cli.exits import ended

        _let_go()
        return ended(words[0], error)
    return status


def _let_go() -> None:
    """What cannot be printed any more is not tried again at the end of the process."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_what_can_be_shown() -> None:
    """A terminal that cannot show a sign shows another one in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def usage() -> str:
    """The list of words, one a line."""
    lines = [f"  souci {word:13} {told}" for word, (_, told) in WORDS.items()]
    return "\n".join(["usage: souci WORD …", *lines, "souci WORD --help says more."])
