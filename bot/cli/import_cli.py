"""`souci import`: a circle's tables, read, checked, and entered all together or not at all."""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.importing import Entering, what_is_here
from bot.config.model import Config, load
from bot.operations.opening import beside
from circle.circles import Circle, Rules
from circle.money import Money
from commands.shared.common import figures
from language.importing.batch import Batch, check_batch, read_batch
from language.importing.decoding import UTF_8
from language.importing.fields import fold
from language.importing.forms import form_of, templates
from language.importing.tables import Fault, Table
from speech.sentences import Speech
from storage.imports import Imports
from storage.uow import SqlUnitOfWork, Store

FAILED = 1
_LIKE_TABLES = frozenset({".txt", ".tsv", ".ods", ".xls", ".xlsx", ".numbers"})
MOST_FAULTS = 200
"""Told at once; a table with more of them is wrong as a whole."""


class StoppedError(Exception):
    """Nothing is entered; its lines say why, or that it was a trial."""

    def __init__(self, lines: Sequence[str], status: int = FAILED) -> None:
        super().__init__("\n".join(lines))
        self.status = status


@dataclass(frozen=True, slots=True)
class ImportWords:
    """What the catalogue says, in the operator's language."""

    speech: Speech
    language: str

    def say(self, key: str, **values: object) -> str:
        now = datetime.now(UTC)
        return self.speech.say(f"import.{key}", values, self.language, zone=UTC, now=now).text


def main(argv: Sequence[str]) -> int:
    """Exit status 0: entered, or would be; 1: refused, nothing entered; 2: a wrong usage.

    Raises what `bot.cli.exits` tells.
    """
    options = _options(argv[1:])
    if options.template is not None:
        return _write_templates(options.template, ImportWords(Speech(), options.language))
    try:
        return asyncio.run(_run(load(options.config), options))
    except StoppedError as stop:
        print(stop, file=sys.stderr if stop.status else sys.stdout)
        return stop.status


def _options(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="souci import", description=__doc__)
    parser.add_argument("tables", nargs="*", type=Path, metavar="FOLDER|FILE")
    parser.add_argument("--config", type=Path, metavar="FILE")
    parser.add_argument("--circle", metavar="NAME", help="the circle, created in its room before")
    parser.add_argument("--by", metavar="ID", help="the account that signs (default: the bot's)")
    writing = parser.add_mutually_exclusive_group()
    writing.add_argument("--dry-run", action="store_true", help="enter nothing (the default)")
    writing.add_argument("--apply", action="store_true", help="enter it, all or nothing")
    parser.add_argument("--template", type=Path, metavar="DIR", help="write the tables to fill in")
    parser.add_argument("--language", default="fr", choices=["fr", "en"], help="of the templates")
    options = parser.parse_args(argv)
    asked = (options.config, options.circle, options.tables)
    if options.template is None and not all(asked):
        parser.error("--config, --circle and at least one folder or file are needed")
    return options


def _write_templates(folder: Path, words: ImportWords) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in templates(words.language).items():
        if (folder / name).exists():
            print(words.say("template-there", file=name), file=sys.stderr)
            return FAILED
        (folder / name).write_bytes(body)
    print(words.say("templates", files=tuple(templates(words.language)), folder=str(folder)))
    return 0


async def _run(config: Config, options: argparse.Namespace) -> int:
    words = ImportWords(Speech(), config.language)
    files = _files(options.tables, words)
    batch, faults = read_batch(files)
    async with beside(config.database.reveal(), writes=True) as engine:
        rules = Rules(language=config.language, timezone=config.timezone)
        store = Store(engine, rules, config.matrix.user_id)
        async with store.transaction() as uow:
            importing = _Importing(uow, words, options.by or config.matrix.user_id)
            lines = await importing.enter(options.circle, batch, faults)
            if not options.apply:  # what it would do was done; leaving so undoes all of it
                raise StoppedError([*lines, words.say("trial")], status=0)
        print("\n".join([*lines, words.say("done")]))
    return 0


def _files(paths: Sequence[Path], words: ImportWords) -> Mapping[str, bytes]:
    """The tables by name: those of folders, and the files that are named."""
    found: list[Path] = []
    for path in paths:
        found += sorted(filter(_is_table, path.iterdir())) if path.is_dir() else [path]
    if not found:
        raise StoppedError([words.say("nothing")])
    return {path.name: path.read_bytes() for path in found}


def _is_table(path: Path) -> bool:
    """A CSV; or what is called as a table and is none: it is refused, not passed over."""
    ending = path.suffix.lower()
    named = ending in _LIKE_TABLES and form_of(path.name) is not None
    return path.is_file() and (ending == ".csv" or named)


class _Importing:
    """One import within one transaction."""

    def __init__(self, uow: SqlUnitOfWork, words: ImportWords, by: str) -> None:
        self._uow = uow
        self._words = words
        self._by = by
        self._now = datetime.now(UTC)

    async def enter(self, name: str, batch: Batch, faults: Sequence[Fault]) -> list[str]:
        """Enter it; the lines that tell it. Raises StoppedError where something is refused."""
        circle = await self._circle(name)
        await self._uow.circles.lock(circle.id)
        imports = Imports(self._uow.session)
        if await imports.known(circle.id, batch.digest):
            raise StoppedError([self._words.say("twice", circle=circle.name)])
        here = await what_is_here(self._uow, circle)
        wrong = {(one.file, one.line) for one in faults}
        more = check_batch(batch, here, self._now.date())
        faults = [*faults, *(one for one in more if (one.file, one.line) not in wrong)]
        if faults:
            raise StoppedError(self._refused(faults))
        if not any(table.rows for table in batch.tables.values()):
            raise StoppedError([self._words.say("nothing")])
        signed = await self._uow.people.ensure(self._by, _localpart(self._by))
        await Entering(self._uow, circle, signed.key, self._now).enter(batch)
        await imports.note(circle.id, batch.digest, self._now)
        return await self._told(circle, batch)

    async def _circle(self, name: str) -> Circle:
        known = await self._uow.circles.all(self._now.date())
        for circle in known:
            if fold(name) in {fold(circle.name), *map(fold, circle.aliases)}:
                return circle
        names = tuple(circle.name for circle in known)
        raise StoppedError([self._words.say("no-circle", name=name, circles=names)])

    def _refused(self, faults: Sequence[Fault]) -> list[str]:
        lines = [self._words.say("refused", count=len(faults))]
        ordered = sorted(faults, key=lambda one: (one.file, one.line))
        for one in ordered[:MOST_FAULTS]:
            expected = self._words.say(f"expected.{one.expected}")
            told = {"file": one.file, "line": one.line, "field": one.field, "found": one.found}
            lines.append(self._words.say("fault", expected=expected, **told))
        return lines

    def _remarks(self, table: Table) -> Iterator[str]:
        """What somebody should know of how a file was read."""
        if table.encoding != UTF_8:
            yield self._words.say("encoding", file=table.file, encoding=table.encoding)
        if table.remarks:
            yield self._words.say("remarks", file=table.file, lines=table.remarks)
        if table.computed:
            yield self._words.say("computed", file=table.file, titles=table.computed)

    async def _told(self, circle: Circle, batch: Batch) -> list[str]:
        say = self._words.say
        lines = [line for table in batch.tables.values() for line in self._remarks(table)]
        lines += [
            say("person", **_shown(one, "name", "account", "structure", "role"))
            for one in batch.people
        ]
        lines += [
            say("action", budget=_money(one.budget), **_shown(one, "title", "holders", "due"))
            for one in batch.actions
        ]
        lines += [
            say("envelope", amount=_money(one.amount), **_shown(one, "funder", "period", "on"))
            for one in batch.envelopes
        ]
        for one in batch.entries:
            amounts = {"asked": _money(one.asked), "regulated": _money(one.regulated)}
            facts = _shown(one, "person", "day", "minutes", "what", "invoice", "paid_on")
            lines.append(say("entry", **amounts, **facts))
        budget = await figures(self._uow, circle.id)
        names = ("granted", "asked", "regulated", "invoiced", "paid", "available")
        sums = {name: _money(getattr(budget, name)) for name in names}
        return [*lines, say("balance", circle=circle.name, **sums)]


def _shown(line: object, *names: str) -> dict[str, object]:
    return {name: getattr(line, name) for name in names}


def _money(cents: int | None) -> Money | None:
    return None if cents is None else Money(cents)


def _localpart(account: str) -> str:
    return account.removeprefix("@").partition(":")[0]
