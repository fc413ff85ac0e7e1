"""The operator's words: run, login, check-config, status, db upgrade."""

import argparse
import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.lighter import leave_out_unused
from bot.config.model import Config, load
from bot.operations.logs import configure

FAILED = 1
_NOBODY_ELSE = 0o077


def main(argv: Sequence[str]) -> int:
    """Exit status 0, 1 for a bot that is not well, 2 for a wrong usage (by argparse).

    Raises what `bot.cli.exits` tells.
    """
    word, *rest = argv
    parser = argparse.ArgumentParser(prog=f"souci {word}")
    if word == "check-config":
        parser.add_argument("config", type=Path, metavar="FILE")
        parser.add_argument("--connect", action="store_true", help="the same as souci doctor")
    else:
        if word == "db":
            parser.add_argument("what", choices=["upgrade"])
        parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(rest)
    if word == "check-config" and options.connect:
        from bot.cli.doctor_cli import examined

        return examined(options.config, as_json=False)
    config = load(options.config)
    configure(config.log_level)
    os.umask(_NOBODY_ELSE)  # whatever is written from here on, by any library
    work = _run(config, options.config) if word == "run" else _WORDS[word](config)
    return asyncio.run(work)


async def _run(config: Config, file: Path) -> int:
    leave_out_unused()
    from bot.app import run

    await run(config, lambda: load(file).log_level)
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
    from bot.config.rules import rules_of
    from bot.operations.damaged import ADVICE, lines
    from bot.operations.opening import opened
    from bot.operations.rereading import bring_up
    from storage.mending import mend

    async with opened(config) as engine:
        await bring_up(engine, rules_of(config), datetime.now(UTC))
        found = await mend(engine)
    print("the database is up to date")
    for line in lines(found.damages):
        print(
            f"{line['rows']} rows of {line['table']} cannot be read ({line['column']}; "
            f"circles {line['circles']}): {ADVICE}"
        )
    return 0


_WORDS: dict[str, Callable[[Config], Coroutine[None, None, int]]] = {
    "login": _login,
    "check-config": _check,
    "status": _status,
    "db": _upgrade,
}
