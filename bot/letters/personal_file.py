"""The archive of what is held about somebody, and the text for the association's register."""

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from typing import IO, Final

from circle.money import Money
from circle.personal import KeptFile, PersonalData, Rows
from reports.csv_files import french_csv
from reports.plans import IN_ARCHIVE, WRITTEN, add_kept, parts_of
from reports.receipts import slug
from reports.sheets import Cell, CellKind, Column, Sheet
from speech.reply_json import to_wire
from storage.mail import ARCHIVE, File

Say = Callable[[str, Mapping[str, object]], str]

_ZIP: Final = "application/zip"
_DAYS: Final = frozenset({"day", "due_day", "occurrence", "since", "until"})
_NO_TABLE: Final = frozenset(
    {
        *("profile", "rooms", "messages", "names", "requests", "broadcasts"),
        *("meetings", "sessions", "workstreams", "questions", "prompts"),
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


def personal_letters(held: PersonalData, say: Say, largest: int) -> Iterator[File]:
    """The archive: everything as JSON, tables as CSV, a page that explains, and the receipts.

    Receipts are added when it is sent (`write`). Where all of it is more than `largest` bytes, they
    come in archives of their own, as many as it takes; only one that is larger by itself stays.
    """
    name = say("privacy.archive-name", {})
    parts = parts_of(_sizes(held.files), largest)
    base = _base(held, say, [f"{name}.zip"] * len(parts), parts)
    if len(parts) > 1 or len(base) + _weight(held.files, parts) > largest:
        names = [f"{name}-{number}.zip" for number, _ in enumerate(parts, start=2)]
        yield _letter(f"{name}.zip", _base(held, say, names, parts), {})
        for one, part in zip(names, parts, strict=True):
            yield _letter(one, archive(()), _taken(held.files, part))
    else:
        yield _letter(f"{name}.zip", base, _taken(held.files, [p for part in parts for p in part]))


def _letter(name: str, base: bytes, taken: Mapping[str, str | None]) -> File:
    recipe = {"zip": base64.b64encode(base).decode(), "receipts": taken}
    return File(name=name, mimetype=_ZIP, body=json.dumps(recipe).encode(), recipe=ARCHIVE)


def _base(
    held: PersonalData, say: Say, archives: Sequence[str], parts: Sequence[Sequence[int]]
) -> bytes:
    """The archive without its receipts, which says where each of them is."""
    where = {place: name for name, part in zip(archives, parts, strict=True) for place in part}
    told: dict[str, object] = dict(held.sections)
    told["receipts"] = tuple(
        _receipt(one, place, where.get(place)) for place, one in enumerate(held.files)
    )
    readme = say("privacy.readme", {"files": len(where), "archives": len(set(archives))})
    files = {
        say("privacy.readme-name", {}): readme.encode(),
        f"{say('privacy.archive-name', {})}.json": _json(told),
        **{f"{say(f'data.{name}', {})}.csv": _csv(name, rows, say) for name, rows in _tables(held)},
    }
    return archive(files.items())


def register_letter(values: Mapping[str, object], say: Say) -> File:
    """What the association writes in its register, as Markdown."""
    body = say("privacy.register-text", values).encode()
    return File(name=say("privacy.register-name", {}), mimetype="text/markdown", body=body)


def write(body: bytes, folder: Path | None, into: IO[bytes]) -> None:
    """The archive whose recipe this is, with the receipts that `folder` holds."""
    told = json.loads(body)
    into.write(base64.b64decode(told["zip"]))
    with zipfile.ZipFile(into, "a") as opened:
        for name, sha256 in told["receipts"].items():
            add_kept(opened, name, sha256, folder)


def archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    """These files as a zip, in this order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in files:
            opened.writestr(zipfile.ZipInfo(name, WRITTEN), body, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _sizes(files: tuple[KeptFile, ...]) -> list[int | None]:
    return [one.size if one.sha256 is not None else None for one in files]


def _weight(files: tuple[KeptFile, ...], parts: Sequence[Sequence[int]]) -> int:
    return sum(files[place].size + IN_ARCHIVE for part in parts for place in part)


def _taken(files: tuple[KeptFile, ...], part: Sequence[int]) -> dict[str, str | None]:
    return {_named(files[place], place): files[place].sha256 for place in part}


def _named(one: KeptFile, place: int) -> str:
    """A name of its own in the archive, from the one it was sent under."""
    named = PurePath(one.name)
    ending = f".{slug(named.suffix)}" if named.suffix else ""
    return f"receipts/{slug(one.circle)}-{one.item}-{place + 1}-{slug(named.stem)}{ending}"


def _receipt(one: KeptFile, place: int, archive_name: str | None) -> Mapping[str, object]:
    return {
        "circle": one.circle,
        "item": one.item,
        "name": one.name,
        "at": one.at,
        "size": one.size,
        "file": _named(one, place) if archive_name else None,
        "archive": archive_name,
    }


def _json(told: Mapping[str, object]) -> bytes:
    return (json.dumps(to_wire(told), ensure_ascii=False, indent=1) + "\n").encode()


def _tables(held: PersonalData) -> Iterable[tuple[str, Rows]]:
    return ((name, rows) for name, rows in held.sections.items() if rows and name not in _NO_TABLE)


def _csv(name: str, rows: Rows, say: Say) -> bytes:
    keys = list(rows[0])
    columns = tuple(Column(key, say(f"data-column.{key}", {}), _kind(key, rows)) for key in keys)
    cells = tuple(tuple(_cell(row[key], _family(name, key), say) for key in keys) for row in rows)
    return french_csv(Sheet(key=name, title=name, columns=columns, rows=cells))


def _kind(key: str, rows: Rows) -> CellKind:
    if key in _DAYS:
        return CellKind.DAY
    values = [row[key] for row in rows if row[key] is not None]
    if any(isinstance(value, Money) for value in values):
        return CellKind.MONEY
    return (
        CellKind.INSTANT if any(isinstance(value, datetime) for value in values) else CellKind.TEXT
    )


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
        case list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False)
        case str() if family:
            return say(f"{family}.{value}", {})
        case _:
            return None if value is None else str(value)
