"""The configuration: one YAML file, read strictly (docs/words.md: The configuration).

`config.example.yaml` documents every key. What the file leaves out may come from the environment
(`ENVIRONMENT`), then from the defaults below, as people write them: `rules` makes values of them.
An unknown key or a wrong value is refused with its path, what was found and what was expected.
Secrets are never shown, neither by `repr` nor by an error.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from bot.config import values as v
from bot.config.reading import built
from bot.config.source import ConfigError, Hidden, read_document
from bot.config.values import Secret

__all__ = ["ENVIRONMENT", "Config", "ConfigError", "Matrix", "Secret", "load"]


class KeyGroup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keys that belong together, and no other."""


class Matrix(KeyGroup, frozen=True):
    """The bot's account: a password, or an access token with the device it belongs to.

    Or neither, where the homeserver lets `souci login` sign in by a code.
    """

    homeserver: v.Homeserver
    user_id: v.UserId
    password: v.HiddenText | None = None
    password_file: v.FilePath | None = None
    access_token: v.HiddenText | None = None
    access_token_file: v.FilePath | None = None
    device_id: v.Text | None = None


class Invites(KeyGroup, frozen=True):
    """Whose invitations are accepted: patterns on the Matrix id of who invites."""

    allow: tuple[v.Inviting, ...] = ()


class DayAndTime(KeyGroup, frozen=True):
    """When a circle's week is told, in its own zone."""

    day: v.Weekday = "monday"
    time: v.ClockTime = "09:00"


class Digest(DayAndTime, frozen=True):
    """When the coordination is told the week of all circles."""

    time: v.ClockTime = "09:30"


class Reminders(KeyGroup, frozen=True):
    """How long before a meeting or a closing vote people are reminded, and when never."""

    meetings: tuple[v.Duration, ...] = ("7d", "1d", "1h")
    votes: tuple[v.Duration, ...] = ("1d",)
    quiet_hours: v.Hours | None = "21:00-08:00"


class ReceiptsConfig(KeyGroup, frozen=True):
    """What is kept of the files people send; `per_entry` a number of files."""

    max_size: v.Size = "10 MB"
    per_entry: v.Count = 5
    per_person_month: v.Size = "50 MB"
    per_circle: v.Size = "1 GB"
    min_free: v.Size = "1 GB"


class Privacy(KeyGroup, frozen=True):
    """How long what is received is kept; what people are told of the rest, and of who answers."""

    messages: v.DaysLong = "30d"
    ledger_years: v.Years = 10
    backups: v.DaysLong = "30d"
    controller: v.Text | None = None
    contact: v.Text | None = None


class Reports(KeyGroup, frozen=True):
    """What reports count with; without `volunteer_hour`, time given is not valued."""

    volunteer_hour: v.Euros | None = "12"
    project_code: v.Text | None = None


class MovilabConfig(KeyGroup, frozen=True):
    """How pages for MOVILAB are written: templates and their fields, or plain wikitext."""

    circle_template: v.WikiName | None = None
    circle_fields: v.CircleFields | None = None
    action_template: v.WikiName | None = None
    action_fields: v.ActionFields | None = None
    categories: tuple[v.WikiName, ...] = ()


class Monitoring(KeyGroup, frozen=True):
    """Where `/health` and `/metrics` are answered over HTTP; without a port, nowhere."""

    port: v.Port | None = None
    address: v.Address = "127.0.0.1"


class Config(KeyGroup, frozen=True):
    """All that an operator decides. Paths are whole: see `load`."""

    matrix: Matrix
    state_dir: v.FilePath = Path("state")
    database: v.Database = Secret("sqlite:///souci.db")
    language: v.Language = "fr"
    timezone: v.TimeZone = "Europe/Paris"
    prefix: v.Prefix = "!"
    coordinators: tuple[v.UserId, ...] = ()
    coordination_room: v.RoomName | None = None
    invites: Invites = Invites()
    summary: DayAndTime = DayAndTime()
    digest: Digest = Digest()
    reminders: Reminders = Reminders()
    receipts: ReceiptsConfig = ReceiptsConfig()
    privacy: Privacy = Privacy()
    reports: Reports = Reports()
    movilab: MovilabConfig = MovilabConfig()
    monitoring: Monitoring = Monitoring()
    log_level: v.LogLevel = "info"


ENVIRONMENT: Final[Mapping[str, str]] = {
    "matrix.password": "SOUCI_MATRIX_PASSWORD",
    "matrix.access_token": "SOUCI_MATRIX_ACCESS_TOKEN",
    "matrix.device_id": "SOUCI_MATRIX_DEVICE_ID",
    "state_dir": "SOUCI_STATE_DIR",
    "database": "SOUCI_DATABASE",
}
"""What the environment may say where the file says nothing, by path."""

_WITH_ONE_LINE: Final = "a file that can be read and is not empty"
_SETTINGS: Final = Path("/etc")
_STATES: Final = Path("/var/lib")
_LOGINS: Final = ("password", "password_file", "access_token", "access_token_file")


def load(path: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """Reads the file at `path`; raises `ConfigError`.

    Relative paths count from the file's folder, a relative SQLite database from `state_dir`.
    """
    document = read_document(path)
    _complete(document, environ)
    if document.get("state_dir") is None:
        document["state_dir"] = str(usual_state(path.absolute()))
    config = built(Config, document, v.CHECKS)
    return _anchored(config, path.absolute().parent)


def usual_state(file: Path) -> Path:
    """Where the bot of that configuration keeps its state, unless something says otherwise.

    Beside it; for a file in /etc, which services only read, in /var/lib: `/etc/souci/config.yaml`
    goes with `/var/lib/souci`, `/etc/souci/north.yaml` with `/var/lib/souci-north`.
    """
    beside = file.parent / "state"
    if _SETTINGS not in file.parent.parents or beside.is_dir():
        return beside
    name = "-".join(file.parent.relative_to(_SETTINGS).parts)
    return _STATES / (name if file.stem == "config" else f"{name}-{file.stem}")


def _complete(document: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Fill in where the document is silent; a login that it gives is left alone."""
    matrix = document.get("matrix")
    silent = isinstance(matrix, dict) and all(matrix.get(key) is None for key in _LOGINS)
    for path, name in ENVIRONMENT.items():
        group, _, key = path.rpartition(".")
        place = document[group] if group and silent else {} if group else document
        if place.get(key) is None and environ.get(name):
            place[key] = environ[name]


def _anchored(config: Config, folder: Path) -> Config:
    """The same with whole paths, and one login at most."""
    state = folder / config.state_dir
    kind, relative, name = config.database.reveal().partition("sqlite:///")
    database = Secret(f"{relative}{state / name}") if relative and not kind else config.database
    matrix = _one_login(_with_files(config.matrix, folder))
    return replace(config, matrix=matrix, state_dir=state, database=database)


def _with_files(matrix: Matrix, folder: Path) -> Matrix:
    """The secrets of the `*_file` keys, read and put in their place."""
    password = matrix.password_file and folder / matrix.password_file
    token = matrix.access_token_file and folder / matrix.access_token_file
    return replace(
        matrix,
        homeserver=urlsplit(matrix.homeserver).geturl().rstrip("/"),
        password=_secret("matrix.password", matrix.password, password),
        password_file=password,
        access_token=_secret("matrix.access_token", matrix.access_token, token),
        access_token_file=token,
    )


def _secret(path: str, value: Secret | None, file: Path | None) -> Secret | None:
    if file is None:
        return value
    if value is not None:
        raise ConfigError(f"{path}_file", Hidden, f"nothing beside {path}: one is enough")
    try:
        lines = file.read_text("utf-8-sig").rstrip("\r\n").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ConfigError(f"{path}_file", file, f"{_WITH_ONE_LINE} ({reason})") from None
    if not "".join(lines).strip():
        raise ConfigError(f"{path}_file", file, _WITH_ONE_LINE)
    if len(lines) > 1:
        raise ConfigError(f"{path}_file", file, "a file of one line: the secret and nothing else")
    return Secret(lines[0])


def _one_login(matrix: Matrix) -> Matrix:
    if matrix.password is not None and matrix.access_token is not None:
        expected = "matrix.password or matrix.access_token (or the _file of one)"
        raise ConfigError("matrix", Hidden, f"{expected}, and both is there")
    if matrix.access_token is not None and matrix.device_id is None:
        raise ConfigError("matrix.device_id", None, "the device that the access token belongs to")
    return matrix
