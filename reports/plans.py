"""Files to be written later, outside of any transaction: their tables and texts, ready in words."""

import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from reports.csv_files import french_csv, iso_csv
from reports.json_files import json_file
from reports.ods_files import spreadsheet
from reports.sankey import Diagram
from reports.sankey_svg import Told, page, svg
from reports.sheets import Sheet

WRITTEN: Final = (2000, 1, 1, 0, 0, 0)
"""When everything in an archive was written: the same data make the same file."""

IN_ARCHIVE: Final = 1000
"""Bytes that a file takes in an archive besides its own, at most."""


class FileForm(StrEnum):
    """How a file is written."""

    CSV = "csv"
    ISO = "iso"
    ODS = "ods"
    JSON = "json"
    TEXT = "text"
    PNG = "png"
    SVG = "svg"
    HTML = "html"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePart:
    """A file to write: from `sheets`, from a `text`, from flows; or a copy kept by its hash."""

    name: str
    form: FileForm
    sheets: tuple[Sheet, ...] = ()
    text: str = ""
    flows: Diagram | None = None
    told: Told | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One file, or several in an archive."""

    name: str
    mimetype: str
    parts: tuple[FilePart, ...]
    archived: bool


def write(plan: Plan, receipts: Path | None, into: IO[bytes]) -> None:
    """Write the file; `receipts` is the folder of the copies kept. Slow: call it in a thread."""
    if not plan.archived:
        into.write(written(plan.parts[0]))
        return
    with zipfile.ZipFile(into, "w") as archive:
        for part in plan.parts:
            if part.form is FileForm.KEPT:
                add_kept(archive, part.name, part.sha256, receipts)
            else:
                body = written(part)
                archive.writestr(zipfile.ZipInfo(part.name, WRITTEN), body, zipfile.ZIP_DEFLATED)


def parts_of(sizes: Sequence[int | None], largest: int) -> list[list[int]]:
    """The places of files shared out, in their order, between archives of `largest` bytes at most.

    What has no size, or is larger by itself, is in none.
    """
    parts: list[list[int]] = []
    left = 0
    for place, size in enumerate(sizes):
        if size is None or size + 2 * IN_ARCHIVE > largest:
            continue
        if size + IN_ARCHIVE > left:
            parts.append([])
            left = largest - IN_ARCHIVE
        parts[-1].append(place)
        left -= size + IN_ARCHIVE
    return parts


def add_kept(
    archive: zipfile.ZipFile, name: str, sha256: str | None, receipts: Path | None
) -> None:
    """A receipt as it is, a piece at a time; nothing where its copy is not in the folder.

    Photos and PDFs are compressed already: so the size of an archive is known before it is made.
    """
    kept = receipts / sha256 if receipts and sha256 else None
    if kept is None or not kept.is_file():
        return
    with kept.open("rb") as source, archive.open(zipfile.ZipInfo(name, WRITTEN), "w") as target:
        shutil.copyfileobj(source, target)


def written(part: FilePart) -> bytes:
    """One file of tables, of text or of flows."""
    return _WRITERS[part.form](part)


def _flows(part: FilePart) -> tuple[Diagram, Told]:
    if part.flows is None or part.told is None:
        raise ValueError("a file of flows without its flows")
    return part.flows, part.told


def _png(part: FilePart) -> bytes:
    from reports.sankey_png import picture

    return picture(_flows(part)[0]).png


_WRITERS: Final[Mapping[FileForm, Callable[[FilePart], bytes]]] = {
    FileForm.CSV: lambda part: french_csv(part.sheets[0]),
    FileForm.ISO: lambda part: iso_csv(part.sheets[0]),
    FileForm.ODS: lambda part: spreadsheet(part.sheets),
    FileForm.JSON: lambda part: json_file(part.sheets),
    FileForm.TEXT: lambda part: part.text.encode("utf-8", "replace"),
    FileForm.PNG: _png,
    FileForm.SVG: lambda part: svg(*_flows(part)),
    FileForm.HTML: lambda part: page(*_flows(part)),
}
