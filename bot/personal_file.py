"""The archive of what is held about somebody, and the text for the association's register."""

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path, PurePath
from typing import Final

from bot.wire import to_wire
from circle.money import Money
from circle.personal import Held, KeptFile, Rows
from reports.csv_files import french_csv
from reports.receipts import slug
from reports.sheets import Cell, Column, Kind, Sheet
from storage.mail import File

Say = Callable[[str, Mapping[str, object]], str]

RECIPE: Final = "archive"
"""An archive that takes its receipts with it when it is sent."""
LARGEST: Final = 40_000_000
"""Bytes of receipts in one archive: homeservers refuse files of 50 MB and more."""

_ZIP: Final = "application/zip"
_DAYS: Final = frozenset({"day", "due_day", "occurrence", "since", "until"})
_NO_TABLE: Final = frozenset(
    {
        *("profile", "rooms", "messages", "names", "requests", "broadcasts"),
        *("meetings", "sessions", "workstreams", "questions"),
    }
)
"""What is told as JSON alone: nobody sums or sorts it."""
# The words of codes, by section or anywhere.
_FAMILIES: Final = {
    "nature": "nature",
    "role": "role",
    "rule": "rule",
    "presence": "presence",
    "change": "action-change",
    "declarations.state": "item-state",
    "actions.state": "action-state",
    "entries.kind": "entry-kind",
}
_WRITTEN: Final = (2000, 1, 1, 0, 0, 0)  # the same data make the same file


def personal_letter(held: Held, say: Say) -> File:
    """The archive: everything as JSON, tables as CSV, a page that explains, and the receipts.

    Receipts are added when it is sent (`with_receipts`), as many as a homeserver takes.
    """
    taken = dict(_named(held.files))
    told: dict[str, object] = dict(held.sections)
    told["receipts"] = tuple(_receipt(one, taken.get(place)) for place, one in _counted(held.files))
    files = {
        say("privacy.readme-name", {}): say("privacy.readme", {"files": len(taken)}).encode(),
        f"{say('privacy.archive-name', {})}.json": _json(told),
        **{f"{say(f'data.{name}', {})}.csv": _csv(name, rows, say) for name, rows in _tables(held)},
    }
    name, body = f"{say('privacy.archive-name', {})}.zip", archive(files.items())
    if not taken:
        return File(name=name, mimetype=_ZIP, body=body)
    receipts = {taken[place]: one.sha256 for place, one in _counted(held.files) if place in taken}
    waiting = {"zip": base64.b64encode(body).decode(), "receipts": receipts}
    return File(name=name, mimetype=_ZIP, body=json.dumps(waiting).encode(), recipe=RECIPE)


def register_letter(values: Mapping[str, object], say: Say) -> File:
    """What the association writes in its register, as Markdown."""
    body = say("privacy.register-text", values).encode()
    return File(name=say("privacy.register-name", {}), mimetype="text/markdown", body=body)


def with_receipts(body: bytes, folder: Path | None) -> bytes:
    """The archive whose recipe this is, with the receipts that `folder` holds."""
    told = json.loads(body)
    made = io.BytesIO(base64.b64decode(told["zip"]))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as opened:
        for name, sha256 in told["receipts"].items():
            found = folder / sha256 if folder else None
            if found is not None and found.is_file():
                opened.writestr(zipfile.ZipInfo(name, _WRITTEN), found.read_bytes())
    return made.getvalue()


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """These files as a zip, in this order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in files:
            opened.writestr(zipfile.ZipInfo(name, _WRITTEN), body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _counted(files: tuple[KeptFile, ...]) -> Iterable[tuple[int, KeptFile]]:
    return enumerate(files, start=1)


def _named(files: tuple[KeptFile, ...]) -> Iterable[tuple[int, str]]:
    """The receipts that fit, by their place, each under a name of its own in the archive."""
    size = 0
    for place, one in _counted(files):
        size += one.size
        if one.sha256 is not None and size <= LARGEST:
            named = PurePath(one.name)
            ending = f".{slug(named.suffix)}" if named.suffix else ""
            where = f"{slug(one.circle)}-{one.item}-{place}-{slug(named.stem)}{ending}"
            yield place, f"receipts/{where}"


def _receipt(one: KeptFile, where: str | None) -> Mapping[str, object]:
    return {
        "circle": one.circle,
        "item": one.item,
        "name": one.name,
        "at": one.at,
        "size": one.size,
        "file": where,
    }


def _json(told: Mapping[str, object]) -> bytes:
    return (json.dumps(to_wire(told), ensure_ascii=False, indent=1) + "\n").encode()


def _tables(held: Held) -> Iterable[tuple[str, Rows]]:
    return ((name, rows) for name, rows in held.sections.items() if rows and name not in _NO_TABLE)


def _csv(name: str, rows: Rows, say: Say) -> bytes:
    keys = list(rows[0])
    columns = tuple(Column(key, say(f"data-column.{key}", {}), _kind(key, rows)) for key in keys)
    cells = tuple(tuple(_cell(row[key], _family(name, key), say) for key in keys) for row in rows)
    return french_csv(Sheet(key=name, title=name, columns=columns, rows=cells))


def _kind(key: str, rows: Rows) -> Kind:
    if key in _DAYS:
        return Kind.DAY
    values = [row[key] for row in rows if row[key] is not None]
    if any(isinstance(value, Money) for value in values):
        return Kind.MONEY
    return Kind.INSTANT if any(isinstance(value, datetime) for value in values) else Kind.TEXT


def _family(name: str, key: str) -> str | None:
    return _FAMILIES.get(f"{name}.{key}") or _FAMILIES.get(key)


def _cell(value: object, family: str | None, say: Say) -> Cell:
    match value:
        case bool():
            return say("form.yes" if value else "form.no", {})
        case Money():
            return value.cents
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M")
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
        case str() if family:
            return say(f"{family}.{value}", {})
        case _:
            return None if value is None else str(value)
