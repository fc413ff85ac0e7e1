"""`souci console`: from a file, a pipe or a terminal (docs/words.md: The console)."""

import argparse
import asyncio
import json
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.errors import AskedError
from bot.console.console import Console, Heard, parse_now, settings_for
from bot.console.script import Expects, ScriptError, ScriptStep, read, read_line
from bot.letters.compose import Composer
from bot.operations.logs import configure
from bot.operations.rereading import bring_up
from speech.sentences import Speech
from storage.engine import is_in_file, open_engine
from storage.fitness import check_fitness
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.uow import Store
from storage.upgrade import DatabaseNewerError

IN_MEMORY = "sqlite://"
_DATABASES = frozenset({"sqlite", "postgres", "postgresql"})
FAILED = 1
UNREADABLE = 2


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 where an expectation failed; 2 for a script that cannot be read."""
    options = _options(argv[1:])
    scheme, sign, _ = options.database.partition(":")
    if not sign or scheme.partition("+")[0] not in _DATABASES:
        raise AskedError("--database: expected a URL such as sqlite:///souci.db")
    configure("warning")
    try:
        return asyncio.run(_run(options))
    except BrokenPipeError:
        raise
    except (ScriptError, OSError, UnicodeDecodeError, DatabaseNewerError) as error:
        from bot.cli.exits import told

        print(told("console", error), file=sys.stderr)
        return UNREADABLE


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="souci console", description=__doc__)
    parser.add_argument("file", nargs="?", help="a script; without it, standard input")
    parser.add_argument("--database", default=IN_MEMORY, metavar="URL")
    parser.add_argument("--now", metavar="ISO", help="the instant at which it starts")
    parser.add_argument("--tz", default="Europe/Paris", metavar="ZONE")
    parser.add_argument("--language", default="fr", choices=["fr", "en"])
    parser.add_argument("--coordinator", action="append", default=[], metavar="NAME")
    parser.add_argument("--steward", action="append", default=[], metavar="NAME")
    parser.add_argument("--json", action="store_true", help="one line of JSON a message")
    options = parser.parse_args(argv)
    try:
        options.start = parse_now(options.now, options.tz) if options.now else None
    except (ValueError, LookupError) as error:
        parser.error(str(error))
    return options


async def _run(options: argparse.Namespace) -> int:
    async with open_console(options) as console:
        if options.file is None and sys.stdin.isatty():
            return await _converse(console)
        return await _play(console, _steps(options.file), as_json=options.json)


@asynccontextmanager
async def open_console(options: argparse.Namespace) -> AsyncIterator[Console]:
    """A console over the database of these options, closed at the end."""
    settings = settings_for(
        options.coordinator, options.steward, timezone=options.tz, language=options.language
    )
    engine = open_engine(options.database)
    try:
        if is_in_file(engine):
            await check_fitness(options.database)
        await bring_up(engine, settings.rules, options.start or datetime.now(UTC))
        console = Console(
            Store(engine, settings.rules),
            Inbox(engine),
            Outbox(engine),
            Composer(Speech(), settings.prefix),
            settings,
        )
        if options.start is not None:
            console.now = options.start
        yield console
    finally:
        await engine.dispose()


def _steps(file: str | None) -> Iterable[ScriptStep]:
    if file is None:
        return read(sys.stdin)
    with Path(file).open(encoding="utf-8") as script:
        return list(read(script))


async def _play(console: Console, steps: Iterable[ScriptStep], *, as_json: bool) -> int:
    """Play a script; the first expectation that differs ends it."""
    waiting: deque[Heard] = deque()
    for step in steps:
        if isinstance(step, Expects):
            if not _met(step, waiting):
                return FAILED
            continue
        if not as_json:
            print(step.source)
        for heard in await console.play(step):
            waiting.append(heard)
            print(_line(heard, as_json=as_json), flush=True)
    return 0


def _met(step: Expects, waiting: deque[Heard]) -> bool:
    heard = waiting.popleft().text if waiting else None
    if heard is not None and folded(heard) == folded(step.text):
        return True
    found = "nothing" if heard is None else heard
    print(f"line {step.line}: expected\n{step.text}\nfound\n{found}", file=sys.stderr)
    return False


def folded(text: str) -> str:
    """A text with its kinds of space folded and its empty lines left out, to compare."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _line(heard: Heard, *, as_json: bool) -> str:
    if as_json:
        return json.dumps(heard.as_json(), ensure_ascii=False)
    first, *rest = heard.text.splitlines() or [""]
    direct = f" ({heard.to.removeprefix('@').partition(':')[0]})" if heard.to else ""
    return "\n".join([f"souci{direct}> {first}", *(f"       {line}" for line in rest)])


async def _converse(console: Console) -> int:
    """A terminal: each line is played as it is typed; Ctrl-D ends."""
    print("alice> !aide    bob + 🙋 A1    @ 2026-11-30T09:00    (Ctrl-D: fin / end)")
    number = 0
    while True:
        number += 1
        try:
            text = await asyncio.to_thread(input, "")
        except EOFError:
            return 0
        if not text.strip():
            continue
        try:
            for heard in await console.play(read_line(number, text)):
                print(_line(heard, as_json=False))
        except ScriptError as error:
            print(error)
