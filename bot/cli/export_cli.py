"""`souci export`: what circles hold, as files (docs/words.md: The command line).

Named circles are written whole, people and amounts included: keep these files as the circle would.
Without a name, all circles are told together, by totals only.
"""

import argparse
import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.cli.errors import AskedError
from bot.config.model import Config, load
from bot.config.rules import rules_of
from bot.letters.export_plan import Catalogue, plan
from bot.operations.opening import beside
from circle.circles import Circle
from circle.extracts import Extract, Format
from circle.flows import Link, flows, merged, without_actions
from circle.ports import UnitOfWork
from circle.text import fold
from circle.time import Days
from commands.across.exports import PERSONAL
from commands.across.extracting import extract, moves
from commands.kernel.reply import ExportFile
from language.calendar import read_span
from reports.plans import write
from speech.sentences import Speech
from storage.uow import Store

_WORDS = {"flux": Format.FLOWS, "justificatifs": Format.RECEIPTS, **{str(f): f for f in Format}}
_SINCE = ("depuis ", "since ")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written."""

    circles: tuple[str, ...]
    format: Format
    period: str | None
    iso: bool
    output: Path


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 2 for a wrong usage (by argparse). Raises what `bot.cli.exits` tells."""
    options = _parser().parse_args(argv[1:])
    wanted = Wanted(
        circles=tuple(options.circle),
        format=_WORDS[options.format],
        period=options.period,
        iso=options.iso,
        output=options.output,
    )
    config = load(options.config)
    url = options.database or config.database.reveal()
    return asyncio.run(_run(config, url, wanted))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="souci export", description=__doc__, allow_abbrev=False)
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    parser.add_argument("--database", metavar="URL", help="instead of the configuration's")
    parser.add_argument("--circle", action="append", default=[], metavar="NAME", help="again")
    parser.add_argument("--format", default="ods", choices=sorted(_WORDS))
    told = '2026, "T3 2026", "septembre 2026", "depuis le 1er mars"; everything without it'
    parser.add_argument("--period", help=told)
    parser.add_argument("--iso", action="store_true", help="plain CSV: commas, ISO dates")
    parser.add_argument("--output", type=Path, default=Path(), metavar="DIR")
    return parser


async def _run(config: Config, url: str, wanted: Wanted) -> int:
    now = datetime.now(UTC).astimezone(ZoneInfo(config.timezone))
    span = _span(wanted.period, now)
    async with beside(url, writes=False) as engine:
        store = Store(engine, rules_of(config))
        async with store.reading() as uow:
            exports = await _read(uow, wanted, span, now)
    _write(exports, wanted, config)
    return 0


def _span(period: str | None, now: datetime) -> Days | None:
    """The days asked for; None for everything."""
    if period is None:
        return None
    since = next((period[len(word) :] for word in _SINCE if period.startswith(word)), None)
    found = read_span(period if since is None else since, now)
    if not isinstance(found, Days):
        example = 'for instance 2026, "T3 2026", "septembre 2026" or "depuis le 1er mars"'
        raise AskedError(f'"{period}" is no period; {example}')
    return found if since is None else Days(found.since, max(found.since, now.date()))


async def _read(
    uow: UnitOfWork, wanted: Wanted, span: Days | None, now: datetime
) -> tuple[ExportFile, ...]:
    """The files to write: one a circle named, or one for all of them."""
    known = await uow.circles.all(now.date())
    named = _named(known, wanted.circles)
    if not named and wanted.format in PERSONAL:
        raise AskedError(f"{wanted.format} holds people's own amounts: name its --circle")
    with _progress() as progress:
        task = progress.add_task("reading", total=len(named or known))
        read: list[tuple[Extract, tuple[Link, ...]]] = []
        for circle in named or known:
            progress.update(task, description=f"reading {circle.name}")
            read.append(
                (await extract(uow, circle, span, now), await _links(uow, circle, span, now))
            )
            progress.advance(task)
    if named:
        return tuple(
            ExportFile(wanted.format, (one,), links, personal=True, iso=wanted.iso)
            for one, links in read
        )
    together = without_actions(merged(link for _, links in read for link in links))
    extracts = tuple(one for one, _ in read)
    return (ExportFile(wanted.format, extracts, together, personal=False, iso=wanted.iso),)


async def _links(
    uow: UnitOfWork, circle: Circle, span: Days | None, now: datetime
) -> tuple[Link, ...]:
    return flows(await moves(uow, circle, span, now))


def _named(known: Sequence[Circle], names: Sequence[str]) -> tuple[Circle, ...]:
    """The circles of these names or aliases. Raises AskedError for one that is none."""
    by_name = {fold(name): one for one in known for name in (*one.aliases, one.name)}
    unknown = [name for name in names if fold(name) not in by_name]
    if unknown:
        told = ", ".join(one.name for one in known) or "none yet"
        raise AskedError(f'no circle "{unknown[0]}"; known: {told}')
    return tuple(by_name[fold(name)] for name in names)


def _write(exports: Sequence[ExportFile], wanted: Wanted, config: Config) -> None:
    speech = Speech()
    wanted.output.mkdir(parents=True, exist_ok=True)
    with _progress() as progress:
        task = progress.add_task("writing", total=len(exports))
        for export in exports:
            planned = plan(export, _words(speech, export, config))
            progress.update(task, description=f"writing {planned.name}")
            path = wanted.output / planned.name
            with _private(path) as file:
                write(planned, config.state_dir / "receipts", file)
            progress.advance(task)
            print(f"{path}: {path.stat().st_size:,} bytes")


def _words(speech: Speech, export: ExportFile, config: Config) -> Catalogue:
    """The catalogue in the language of the circle; of the operator where there are several."""
    one = export.extracts[0] if len(export.extracts) == 1 else None
    language = one.circle.rules.language if one else config.language
    zone = ZoneInfo(one.circle.rules.timezone if one else config.timezone)
    now = one.at if one else datetime.now(UTC)
    return Catalogue(
        lambda key, values: speech.say(key, values, language, zone=zone, now=now).text, language
    )


def _private(path: Path) -> IO[bytes]:
    """A new file for its owner alone: it may hold names and amounts."""
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b")


def _progress() -> Progress:
    """Progress on a terminal; nothing where nobody looks."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", style="none", markup=False),
        BarColumn(),
        TextColumn("{task.completed:g}/{task.total:g}"),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
