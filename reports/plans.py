"""Files to be written later, outside of any transaction: their tables and texts, ready in words."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from reports.csv_files import french_csv, iso_csv
from reports.json_files import json_file
from reports.ods_files import spreadsheet
from reports.sankey import Diagram
from reports.sankey_svg import Told, page, svg
from reports.sheets import Sheet

_WRITTEN: Final = (2000, 1, 1, 0, 0, 0)  # the same data make the same file


class Form(StrEnum):
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
class Part:
    """A file to write: from `sheets`, from a `text`, from flows; or a copy kept by its hash."""

    name: str
    form: Form
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
    parts: tuple[Part, ...]
    archived: bool


def made(plan: Plan, receipts: Path | None) -> bytes:
    """The file; `receipts` is the folder of the copies kept. Slow: call it in a thread."""
    if not plan.archived:
        return written(plan.parts[0])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in _files(plan, receipts):
            archive.writestr(zipfile.ZipInfo(name, _WRITTEN), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _files(plan: Plan, receipts: Path | None) -> Iterator[tuple[str, bytes]]:
    for part in plan.parts:
        if part.form is not Form.KEPT:
            yield part.name, written(part)
            continue
        kept = receipts / part.sha256 if receipts and part.sha256 else None
        if kept is not None and kept.is_file():
            yield part.name, kept.read_bytes()


def written(part: Part) -> bytes:
    """One file of tables, of text or of flows."""
    return _WRITERS[part.form](part)


def _flows(part: Part) -> tuple[Diagram, Told]:
    if part.flows is None or part.told is None:
        raise ValueError("a file of flows without its flows")
    return part.flows, part.told


def _png(part: Part) -> bytes:
    from reports.sankey_png import picture

    return picture(_flows(part)[0]).png


_WRITERS: Final[Mapping[Form, Callable[[Part], bytes]]] = {
    Form.CSV: lambda part: french_csv(part.sheets[0]),
    Form.ISO: lambda part: iso_csv(part.sheets[0]),
    Form.ODS: lambda part: spreadsheet(part.sheets),
    Form.JSON: lambda part: json_file(part.sheets),
    Form.TEXT: lambda part: part.text.encode("utf-8", "replace"),
    Form.PNG: _png,
    Form.SVG: lambda part: svg(*_flows(part)),
    Form.HTML: lambda part: page(*_flows(part)),
}
