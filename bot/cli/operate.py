"""The operator's words: run, login, check-config, status, db upgrade."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path

from bot.cli.lighter import leave_out_unused
from bot.config.model import Config, ConfigError, load
from bot.operations.logs import configure

FAILED = 1
_NOBODY_ELSE = 0o077


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 for a failure told in one line; 2 for a wrong usage (by argparse).

    For a failure of `run`, 75 or 78 instead of 1 (see bot/cli/exits.py).
    """
    word, *rest = argv
    parser = argparse.ArgumentParser(prog=f"souci {word}")
    if word == "check-config":
        parser.add_argument("config", type=Path, metavar="FILE")
    else:
        if word == "db":
            parser.add_argument("what", choices=["upgrade"])
        parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(rest)
    try:
        config = load(options.config)
        configure(config.log_level)
        os.umask(_NOBODY_ELSE)  # whatever is written from here on, by any library
        if word in _KEEPING:
            config.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return asyncio.run(_WORDS[word](config))
    except ConfigError as error:
        return _failed(word, error)
    except _told() as error:
        return _failed(word, error)


def _told() -> tuple[type[Exception], ...]:
    """What is told in one line, without a trace: imported only when something went wrong."""
    from bot.backup.pending import HalfRestoredError
    from bot.matrix.net.errors import RequestError, ShellError
    from storage.errors import StoreUnavailableError
    from storage.fitness import UnfitDatabaseError
    from storage.upgrade import DatabaseNewerError, DatabaseOlderError

    versions = (DatabaseNewerError, DatabaseOlderError)
    database = (StoreUnavailableError, UnfitDatabaseError)
    return (*database, *versions, HalfRestoredError, RequestError, ShellError, OSError)


def _failed(word: str, error: Exception) -> int:
    from bot.cli.exits import status_of

    print(f"souci {word}: {error}", file=sys.stderr)
    return status_of(error) if word == "run" else FAILED


async def _run(config: Config) -> int:
    leave_out_unused()
    from bot.app import run

    await run(config)
    return 0


async def _login(config: Config) -> int:
    from bot.app import identify
    from bot.cli.code_cli import show_code

    identity = await identify(config, show_code(config.matrix.user_id))
    print(f"{identity.user_id}, device {identity.device_id}")
    print(f"fingerprint: {identity.fingerprint}")
    return 0


async def _check(config: Config) -> int:
    print(f"{config.matrix.user_id}: the configuration is well")
    return 0


async def _status(config: Config) -> int:
    from bot.operations.status import told

    lines, well = await told(config)
    print("\n".join(lines))
    return 0 if well else FAILED


async def _upgrade(config: Config) -> int:
    from bot.operations.damaged import ADVICE, lines
    from bot.operations.opening import opened
    from storage.mending import mend
    from storage.upgrade import upgrade

    async with opened(config) as engine:
        await upgrade(engine)
        found = await mend(engine)
    print("the database is up to date")
    for line in lines(found.damages):
        print(
            f"{line['rows']} rows of {line['table']} cannot be read ({line['column']}; "
            f"circles {line['circles']}): {ADVICE}"
        )
    return 0


_KEEPING = frozenset({"run", "login", "db"})
"""The words that keep something in the state directory, which they make the first time."""

_WORDS: dict[str, Callable[[Config], Coroutine[None, None, int]]] = {
    "run": _run,
    "login": _login,
    "check-config": _check,
    "status": _status,
    "db": _upgrade,
}
