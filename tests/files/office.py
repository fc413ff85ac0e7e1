"""LibreOffice, asked to open a file and to say again what it read: values with their types."""

import csv
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.conftest import lack

_FRENCH = "CSV:59,34,76,1,,1036,false,true,false"  # `;`, UTF-8, French numbers and days
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_VALUES = ("value", "date-value", "time-value")
_MOST = 100  # columns that are looked at: an office repeats empty cells to the end of the sheet

Rows = list[list[str]]


def opened(folder: Path, *names: str, french_csv: bool = False) -> dict[str, dict[str, Rows]]:
    """The rows of each sheet of each file: typed values as they are, texts as they read."""
    office = shutil.which("soffice")
    if office is None:
        lack("LibreOffice Calc is not installed (libreoffice-calc-nogui)")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    reading = [f"--infilter={_FRENCH}"] if french_csv else []
    command = [office, "--headless", profile, *reading, "--convert-to", "fods"]
    command += ["--outdir", str(folder / "read"), *(str(folder / name) for name in names)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    if "could not be loaded" in done.stderr:
        lack("LibreOffice is there without Calc (libreoffice-calc-nogui)")
    return {name: _sheets(folder / "read" / f"{Path(name).stem}.fods") for name in names}


def _sheets(file: Path) -> dict[str, Rows]:
    read = ET.parse(file)  # noqa: S314 - written by our own office
    return {table.attrib[f"{_TABLE}name"]: _rows(table) for table in read.iter(f"{_TABLE}table")}


def _rows(table: ET.Element) -> Rows:
    rows = [_cells(row) for row in table.iter(f"{_TABLE}table-row")]
    return [row for row in rows if any(row)]


def _cells(row: ET.Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        times = int(cell.attrib.get(f"{_TABLE}number-columns-repeated", "1"))
        cells += [_value(cell)] * min(times, _MOST)
    return cells[:_MOST]


def _value(cell: ET.Element) -> str:
    for name in _VALUES:
        if f"{_OFFICE}{name}" in cell.attrib:
            return cell.attrib[f"{_OFFICE}{name}"]
    return "\n".join("".join(text.itertext()) for text in cell.iter(f"{_TEXT}p"))


def column(table: Rows, title: str) -> list[str]:
    """The cells under a title, wherever the table begins on its sheet."""
    at = next(place for place, row in enumerate(table) if title in row)
    place = table[at].index(title)
    return [row[place] if place < len(row) else "" for row in table[at + 1 :]]


def cents(cells: list[str]) -> int:
    """What amounts sum up to, in cents."""
    return int(sum(Decimal(cell).quantize(Decimal("0.01")) for cell in cells if cell) * 100)


def rows_of(french_csv: bytes) -> Rows:
    """The rows of a French table, by Python's own reader."""
    text = french_csv.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
