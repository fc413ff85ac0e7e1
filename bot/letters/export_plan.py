"""What an export will hold: its files, in words; they are written when the message is sent."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import msgspec

from bot.letters.pictures_flows import Scope, diagram, flow_sheet
from circle.extracts import Extract, Format
from circle.money import Money
from commands.kernel.reply import ExportFile
from reports import feder, receipts, tables, wikitext
from reports.plans import IN_ARCHIVE, FileForm, FilePart, Plan, parts_of
from reports.receipts import slug
from reports.sankey_svg import Told
from reports.sheets import Sheet
from storage.mail import File

RECIPE: Final = "export"
_MADE: Final = 1_000_000
"""Bytes that are left for the table that lists receipts."""

Values = Mapping[str, object]
Say = Callable[[str, Values], str]
_ZIP: Final = "application/zip"
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of tables, said by the catalogue in one language."""

    said: Say
    language: str

    def say(self, key: str, **values: object) -> str:
        return self.said(key, values)

    def word(self, value: StrEnum) -> str:
        return self.said("export.word", {"value": value})

    def money(self, cents: int, currency: str) -> str:
        return self.said("picture.money", {"amount": Money(cents, currency)})


def export_letters(export: ExportFile, say: Say, language: str, largest: int) -> Iterator[File]:
    """The export as files to be written when they are sent: receipts in as many as it takes.

    `largest`: bytes of one file.
    """
    for planned in shared(plan(export, Catalogue(say, language)), export, largest):
        body = msgspec.json.encode(planned)
        yield File(name=planned.name, mimetype=planned.mimetype, body=body, recipe=RECIPE)


def shared(planned: Plan, export: ExportFile, largest: int) -> Iterator[Plan]:
    """The same files in archives of so many bytes at most: what is made, then the receipts.

    One that is larger by itself stands alone: it will be refused, and that told.
    """
    weights = {one.sha256: one.size for extract in export.extracts for one in extract.receipts}
    kept = [part for part in planned.parts if part.form is FileForm.KEPT]
    sizes = [weights.get(part.sha256, 0) for part in kept]
    if sum(sizes) + IN_ARCHIVE * len(sizes) + _MADE <= largest or not kept:
        yield planned
        return
    made = tuple(part for part in planned.parts if part.form is not FileForm.KEPT)
    yield replace(planned, parts=made)
    most = largest - 2 * IN_ARCHIVE
    parts = parts_of([min(size, most) for size in sizes], largest)
    for number, part in enumerate(parts, start=2):
        name = planned.name.removesuffix(".zip") + f"-{number}.zip"
        yield replace(planned, name=name, parts=tuple(kept[place] for place in part))


def plan(export: ExportFile, words: Catalogue) -> Plan:
    """The files of an export. Without any circle, tables that have their titles only."""
    parts = tuple(_PARTS[export.format](export, words))
    name = file_name(export, words)
    if export.format is Format.ODS:
        return Plan(f"{name}.ods", _ODS, parts, archived=False)
    if export.format is Format.JSON:
        return Plan(f"{name}.json", "application/json", parts, archived=False)
    return Plan(f"{name}.zip", _ZIP, parts, archived=True)


def file_name(export: ExportFile, words: Catalogue) -> str:
    """The name of an export without its ending: whose, what, of which days."""
    one = export.extracts[0] if len(export.extracts) == 1 else None
    whose = slug(one.circle.name if one else words.say("export.all-circles"))
    kind = slug(words.word(export.format))
    span = export.extracts[0].span if export.extracts else None
    bare = () if export.format in {Format.ODS, Format.CSV, Format.JSON} else (kind,)
    if span is None:
        return "-".join((whose, *bare))
    whole_year = span.since.replace(month=12, day=31) == span.until and span.since.month == 1
    if whole_year and span.since.day == 1:
        return "-".join((whose, *bare, str(span.since.year)))
    return "-".join((whose, *bare, f"{span.since}_{span.until}"))


def _sheets(export: ExportFile, words: Catalogue) -> tuple[Sheet, ...]:
    if export.personal:
        return tables.whole(export.extracts[0], words)
    return tables.totals(export.extracts, words)


def _csv(export: ExportFile, words: Catalogue) -> Iterator[FilePart]:
    form = FileForm.ISO if export.iso else FileForm.CSV
    for sheet in _sheets(export, words):
        yield FilePart(name=f"{slug(sheet.title)}.csv", form=form, sheets=(sheet,))


def _ods(export: ExportFile, words: Catalogue) -> Iterator[FilePart]:
    yield FilePart(name="", form=FileForm.ODS, sheets=_sheets(export, words))


def _json(export: ExportFile, words: Catalogue) -> Iterator[FilePart]:
    yield FilePart(name="", form=FileForm.JSON, sheets=_sheets(export, words))


def _movilab(export: ExportFile, words: Catalogue) -> Iterator[FilePart]:
    for extract in export.extracts:
        for page in wikitext.pages(extract, words):
            yield FilePart(name=page.file, form=FileForm.TEXT, text=page.text)


def _feder(export: ExportFile, words: Catalogue) -> Iterator[FilePart]:
    extract = export.extracts[0]
    lines, spent = feder.time_lines(extract, words), feder.expenses(extract, words)
    present = next(one for one in tables.whole(extract, words) if one.key == "attendance")
    books = (
        (lines, feder.time_sheets(extract, words)),
        (spent, (spent,)),
        (present, feder.attendance_sheets(extract, words)),
    )
    for table, sheets in books:
        name = slug(table.title)
        yield FilePart(name=f"{name}.ods", form=FileForm.ODS, sheets=sheets or (table,))
        yield FilePart(name=f"{name}.csv", form=FileForm.CSV, sheets=(table,))


def _receipts(export: ExportFile, words: Catalogue) -> Iterator[FilePart]:
    extract = export.extracts[0]
    index = receipts.index(extract, words)
    yield FilePart(name=f"{slug(index.title)}.csv", form=FileForm.CSV, sheets=(index,))
    for kept, name in receipts.file_names(extract.receipts):
        if kept.sha256 is not None:
            yield FilePart(name=name, form=FileForm.KEPT, sha256=kept.sha256)


def _flows(export: ExportFile, words: Catalogue) -> Iterator[FilePart]:
    scope = _scope(export.extracts)
    sheet = flow_sheet(export.links, scope, words.said)
    name = slug(sheet.title)
    drawn = diagram(export.links, scope, words.said)
    told = _told(sheet, words)
    if export.links:
        for form in (FileForm.PNG, FileForm.SVG, FileForm.HTML):
            yield FilePart(name=f"{name}.{form}", form=form, flows=drawn, told=told)
    yield FilePart(name=f"{name}.csv", form=FileForm.ISO, sheets=(sheet,))


def _told(sheet: Sheet, words: Catalogue) -> Told:
    titles = tuple(column.title for column in sheet.columns)
    rows = tuple(
        (str(source), str(target), words.money(int(cents or 0), sheet.currency))
        for source, target, cents in sheet.rows
    )
    return Told(words.language, titles, rows)


def _scope(extracts: tuple[Extract, ...]) -> Scope:
    one = extracts[0] if len(extracts) == 1 else None
    span = extracts[0].span if extracts else None
    return Scope(
        circle=one.circle.name if one else None,
        since=span.since if span else None,
        until=span.until if span else None,
        currency=extracts[0].circle.currency if extracts else "EUR",
    )


_PARTS: Final[Mapping[Format, Callable[[ExportFile, Catalogue], Iterator[FilePart]]]] = {
    Format.CSV: _csv,
    Format.ODS: _ods,
    Format.JSON: _json,
    Format.MOVILAB: _movilab,
    Format.FEDER: _feder,
    Format.RECEIPTS: _receipts,
    Format.FLOWS: _flows,
}
