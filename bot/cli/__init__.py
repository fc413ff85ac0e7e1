"""The command line: `souci WORD …`; each word's module is imported only when it is used."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

WORDS = {
    "run": ("bot.cli.operate", "start the bot"),
    "demo": ("bot.demo.cli", "see it live on this machine, with a homeserver of its own"),
    "console": ("bot.cli.console_cli", "talk to it with no homeserver, or play a conversation"),
    "tally": ("bot.cli.tally_cli", "recount a vote from its file"),
    "check-config": ("bot.cli.operate", "read a configuration and say what is wrong with it"),
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

    Failures of `run` have two of their own (see bot/cli/exits.py).
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if words else 2
    if words[0] not in WORDS:
        print(f"souci: unknown word “{words[0]}”\n{usage()}", file=sys.stderr)
        return 2
    module = import_module(WORDS[words[0]][0])
    try:
        status: int = module.main(words)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read it has seen enough; nothing more is written at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def usage() -> str:
    """The list of words, one a line."""
    lines = [f"  souci {word:13} {told}" for word, (_, told) in WORDS.items()]
    return "\n".join(["usage: souci WORD …", *lines, "souci WORD --help says more."])
