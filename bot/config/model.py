"""The configuration: one YAML file, read strictly (docs/words.md: The configuration).

`config.example.yaml` documents every key. What the file leaves out may come from the environment
(`ENVIRONMENT`), then from the defaults below. An unknown key or a wrong value is refused with its
path and what was expected. Secrets are never shown, neither by `repr` nor by an error.
"""

import difflib
import os
from collections.abc import Mapping
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar, get_args

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import FieldInfo, fields, replace

from bot.config import values as read
from bot.config.source import ConfigError, Hidden, read_document
from bot.config.values import QuietHours, Reader, Secret
from reports import wikitext

__all__ = ["ENVIRONMENT", "Config", "ConfigError", "Matrix", "QuietHours", "Secret", "load"]

ClockTime = time  # a field below is named time
S = TypeVar("S", bound=Struct)


def _by(reader: Reader) -> Meta:
    return Meta(extra={"reader": reader})


class Matrix(Struct, frozen=True, kw_only=True):
    """The bot's account: a password, or an access token with the device it belongs to."""

    homeserver: Annotated[str, _by(read.homeserver)]
    user_id: Annotated[str, _by(read.user_id)]
    password: Annotated[Secret | None, _by(read.secret)] = None
    password_file: Annotated[Path | None, _by(read.path)] = None
    access_token: Annotated[Secret | None, _by(read.secret)] = None
    access_token_file: Annotated[Path | None, _by(read.path)] = None
    device_id: Annotated[str | None, _by(read.text)] = None


class Invites(Struct, frozen=True, kw_only=True):
    """Whose invitations are accepted: patterns on the Matrix id of who invites."""

    allow: Annotated[tuple[str, ...], _by(read.each(read.invite_pattern))] = ()


class Summary(Struct, frozen=True, kw_only=True):
    """When a circle's week is told, in the circle's zone; `day` 0 is Monday."""

    day: Annotated[int, _by(read.weekday)] = 0
    time: Annotated[ClockTime, _by(read.clock_time)] = ClockTime(9)


class Digest(Struct, frozen=True, kw_only=True):
    """When the coordination is told the week of all circles; `day` 0 is Monday."""

    day: Annotated[int, _by(read.weekday)] = 0
    time: Annotated[ClockTime, _by(read.clock_time)] = ClockTime(9, 30)


class Reminders(Struct, frozen=True, kw_only=True):
    """How long before a meeting or a closing vote people are reminded, and when never."""

    meetings: Annotated[tuple[timedelta, ...], _by(read.each(read.duration))] = (
        timedelta(days=7),
        timedelta(days=1),
        timedelta(hours=1),
    )
    votes: Annotated[tuple[timedelta, ...], _by(read.each(read.duration))] = (timedelta(days=1),)
    quiet_hours: Annotated[QuietHours | None, _by(read.quiet_hours)] = QuietHours(time(21), time(8))


class ReceiptsConfig(Struct, frozen=True, kw_only=True):
    """What is kept of the files people send: bytes, `per_entry` a number of files."""

    max_size: Annotated[int, _by(read.size)] = 10_000_000
    per_entry: Annotated[int, _by(read.count)] = 5
    per_person_month: Annotated[int, _by(read.size)] = 50_000_000
    per_circle: Annotated[int, _by(read.size)] = 1_000_000_000
    min_free: Annotated[int, _by(read.size)] = 1_000_000_000


class Privacy(Struct, frozen=True, kw_only=True):
    """How long what is received is kept; what people are told of the rest, and of who answers."""

    messages: Annotated[timedelta, _by(read.days)] = timedelta(days=30)
    ledger_years: Annotated[int, _by(read.years)] = 10
    backups: Annotated[timedelta, _by(read.days)] = timedelta(days=30)
    controller: Annotated[str | None, _by(read.text)] = None
    contact: Annotated[str | None, _by(read.text)] = None


class Reports(Struct, frozen=True, kw_only=True):
    """What reports count with; `volunteer_hour` in cents, None: time given is not valued."""

    volunteer_hour: Annotated[int | None, _by(read.hourly)] = 1200
    project_code: Annotated[str | None, _by(read.text)] = None


class MovilabConfig(Struct, frozen=True, kw_only=True):
    """How pages for MOVILAB are written: templates and their fields, or plain wikitext."""

    circle_template: Annotated[str | None, _by(read.wiki_name)] = None
    circle_fields: Annotated[
        Mapping[str, str] | None, _by(read.wiki_fields(*wikitext.CIRCLE_FIELDS))
    ] = None
    action_template: Annotated[str | None, _by(read.wiki_name)] = None
    action_fields: Annotated[
        Mapping[str, str] | None, _by(read.wiki_fields(*wikitext.ACTION_FIELDS))
    ] = None
    categories: Annotated[tuple[str, ...], _by(read.each(read.wiki_name))] = ()


class Monitoring(Struct, frozen=True, kw_only=True):
    """Where `/health` and `/metrics` are answered over HTTP; without a port, nowhere."""

    port: Annotated[int | None, _by(read.port)] = None
    address: Annotated[str, _by(read.address)] = "127.0.0.1"


class Config(Struct, frozen=True, kw_only=True):
    """All that an operator decides. Paths are whole: see `load`."""

    matrix: Matrix
    state_dir: Annotated[Path, _by(read.path)] = Path("state")
    database: Annotated[Secret, _by(read.database)] = Secret("sqlite:///souci.db")
    language: Annotated[str, _by(read.language)] = "fr"
    timezone: Annotated[str, _by(read.timezone)] = "Europe/Paris"
    prefix: Annotated[str, _by(read.prefix)] = "!"
    coordinators: Annotated[tuple[str, ...], _by(read.each(read.user_id))] = ()
    coordination_room: Annotated[str | None, _by(read.room)] = None
    invites: Invites = Invites()
    summary: Summary = Summary()
    digest: Digest = Digest()
    reminders: Reminders = Reminders()
    receipts: ReceiptsConfig = ReceiptsConfig()
    privacy: Privacy = Privacy()
    reports: Reports = Reports()
    movilab: MovilabConfig = MovilabConfig()
    monitoring: Monitoring = Monitoring()
    log_level: Annotated[str, _by(read.log_level)] = "info"


ENVIRONMENT: Final[Mapping[str, str]] = {
    "matrix.password": "SOUCI_MATRIX_PASSWORD",
    "matrix.access_token": "SOUCI_MATRIX_ACCESS_TOKEN",
    "matrix.device_id": "SOUCI_MATRIX_DEVICE_ID",
    "state_dir": "SOUCI_STATE_DIR",
    "database": "SOUCI_DATABASE",
}
"""What the environment may say where the file says nothing, by path."""

_LOGINS: Final = ("password", "password_file", "access_token", "access_token_file")


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """Reads the file at `path`; raises `ConfigError`.

    Relative paths count from the file's folder, a relative SQLite database from `state_dir`.
    """
    document = _with_environment(read_document(path), environ)
    config = _anchored(_build(Config, document, ""), path.absolute().parent)
    return replace(config, matrix=_one_login(_with_files(config.matrix)))


def _with_environment(document: dict[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """The document, completed where it is silent; a login that the file gives is left alone."""
    said = {path: environ[name] for path, name in ENVIRONMENT.items() if environ.get(name)}
    top = {path: text for path, text in said.items() if "." not in path}
    own = {path.removeprefix("matrix."): text for path, text in said.items() if path not in top}
    matrix = document.get("matrix")
    if not isinstance(matrix, dict):
        return _filled(document, top)
    if any(matrix.get(key) is not None for key in _LOGINS):
        own = {}
    return _filled(document, top) | {"matrix": _filled(matrix, own)}


def _filled(document: dict[str, Any], extra: dict[str, str]) -> dict[str, Any]:
    return document | {key: text for key, text in extra.items() if document.get(key) is None}


def _build(kind: type[S], document: dict[str, Any], path: str) -> S:
    known = {field.name: field for field in fields(kind)}
    for key in document:
        if key not in known:
            raise ConfigError(_join(path, key), key, f"a known key ({_meant(key, list(known))})")
    asked = {name: field for name, field in known.items() if name in document or _asks(field)}
    return kind(**{n: _value(field, document.get(n), _join(path, n)) for n, field in asked.items()})


def _asks(field: FieldInfo) -> bool:
    """Whether a key that the file leaves out is read all the same."""
    return _is_group(field) or field.default is NODEFAULT


def _value(field: FieldInfo, found: object, path: str) -> object:
    if _is_group(field):
        return _build(field.type, _group(found, path), path)
    if found is None and _may_be(None, field):
        return None
    try:
        reader: Reader = field.type.__metadata__[0].extra["reader"]
        return reader(found)
    except read.ItemError as error:
        raise ConfigError(f"{path}[{error.number}]", error.found, str(error)) from None
    except ValueError as error:
        hidden = _may_be(Secret, field) and found is not None
        raise ConfigError(path, Hidden if hidden else found, str(error)) from None


def _is_group(field: FieldInfo) -> bool:
    return isinstance(field.type, type) and issubclass(field.type, Struct)


def _may_be(kind: type | None, field: FieldInfo) -> bool:
    held = get_args(field.type)[0]
    return (type(None) if kind is None else kind) in (held, *get_args(held))


def _group(found: object, path: str) -> dict[str, Any]:
    if not isinstance(found, dict | None):
        raise ConfigError(path, found, "a group of keys")
    return found or {}


def _meant(key: str, known: list[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    return f'perhaps "{near[0]}"' if near else f"one of {', '.join(known)}"


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _anchored(config: Config, folder: Path) -> Config:
    state = folder / config.state_dir
    url = config.database.reveal()
    name = url.removeprefix("sqlite:///")
    database = config.database if name == url else Secret(f"sqlite:///{state / name}")
    password = config.matrix.password_file
    token = config.matrix.access_token_file
    matrix = replace(
        config.matrix,
        password_file=password and folder / password,
        access_token_file=token and folder / token,
    )
    return replace(config, matrix=matrix, state_dir=state, database=database)


def _with_files(matrix: Matrix) -> Matrix:
    """The secrets of the `*_file` keys, read and put in their place."""
    return replace(
        matrix,
        password=_secret("matrix.password", matrix.password, matrix.password_file),
        access_token=_secret("matrix.access_token", matrix.access_token, matrix.access_token_file),
    )


def _secret(path: str, value: Secret | None, file: Path | None) -> Secret | None:
    if file is None:
        return value
    if value is not None:
        raise ConfigError(f"{path}_file", Hidden, f"nothing beside {path}: one is enough")
    try:
        text = file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text:
        raise ConfigError(f"{path}_file", file, "a file that can be read and is not empty")
    return Secret(text)


def _one_login(matrix: Matrix) -> Matrix:
    if (matrix.password is None) == (matrix.access_token is None):
        expected = "matrix.password or matrix.access_token (or the _file of one)"
        found = "none" if matrix.password is None else "both"
        raise ConfigError("matrix", Hidden, f"{expected}, and {found} is there")
    if matrix.access_token is not None and matrix.device_id is None:
        raise ConfigError("matrix.device_id", None, "the device that the access token belongs to")
    return matrix
