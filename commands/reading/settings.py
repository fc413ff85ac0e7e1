"""A setting and its value: `bilan lundi 9h`, `quorum 1/2`, `heures-par-jour 7,5`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import cache, partial
from typing import TypeVar
from zoneinfo import available_timezones

from circle.circles import OwnShare, RegulationMode
from circle.text import fold, squash
from commands.reading import choices, effort, fractions, money, names
from commands.reading.choices import Answer, choice
from commands.reading.days import WEEKDAYS
from commands.reading.slots import Around, Unreadable, Value
from commands.reading.words import Piece

T = TypeVar("T")
Fields = tuple[tuple[str, object], ...]

_DAYS = {name: day for day, spoken in enumerate(WEEKDAYS) for name in spoken}
_TIME = re.compile(r"(?:(?:a|at) )?(\d{1,2}) ?(?:(?:h|:|heures?) ?(\d\d)?|(am|pm))")
_ACCOUNT = re.compile(r"@[^\s:]+:\S+")
_NONE = ("aucun", "aucune", "none", "non", "no")
_AMOUNTS_ONLY = ("montants", "les montants", "amounts")
_HOURS = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?")
_MODE = choice(
    Answer(RegulationMode.SELF_SET, "libre", "self-set", ("auto-déterminé", "auto")),
    Answer(RegulationMode.ITEM_BY_ITEM, "point par point", "item by item", ("par élément",)),
    Answer(RegulationMode.PERCEIVED_VALUE, "valeur perçue", "perceived value", ("médiane",)),
)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting by its French name, and the fields of `Rules` it sets: none to show it only.

    `name` is the field of `Rules`; `summary` stands for the day and the time of the summary.
    """

    key: str
    name: str
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class _Setting:
    key: str
    name: str
    names: tuple[str, ...]
    example: str
    read: Callable[[Piece, Around], Fields | None]
    near: Callable[[Piece, Around], tuple[object, ...]] = lambda _piece, _around: ()


def change(piece: Piece, around: Around) -> SettingChange | None:
    """A setting's name alone, or with its value. Raises Unread for anything else."""
    for count in range(min(len(piece), 4), 0, -1):
        setting = _by_name().get(squash(piece[:count].text.rstrip(":=")))
        if setting is not None:
            return _changed(setting, piece[count:], around)
    near = names.near(piece[:1].text, tuple(one.key for one in _SETTINGS), str)
    instead = (f"{name} {piece[1:].text}".strip() for name in near)
    raise Unreadable(
        "setting.unknown", piece, *instead, choices=tuple(one.key for one in _SETTINGS)
    )


def _changed(setting: _Setting, said: Piece, around: Around) -> SettingChange:
    if not said.words:
        return SettingChange(setting.key, setting.name)
    fields = setting.read(said, around)
    if fields is None:
        answers = map(str, setting.near(said, around))
        instead = tuple(answers) or (setting.example,)
        raise Unreadable("setting.not-understood", said, *instead, setting=setting.key)
    return SettingChange(setting.key, setting.name, fields)


@cache
def _by_name() -> dict[str, _Setting]:
    return {squash(name): one for one in _SETTINGS for name in (one.key, *one.names)}


def _one(name: str, value: Value[T]) -> Callable[[Piece, Around], Fields | None]:
    def read(piece: Piece, around: Around) -> Fields | None:
        found = value.read(piece, around)
        return None if found is None else ((name, found),)

    return read


def _timezone(piece: Piece, _around: Around) -> Fields | None:
    asked = squash(piece.text.replace("_", " "))
    found = next((z for z in available_timezones() if squash(z.replace("_", " ")) == asked), None)
    return (("timezone", found),) if found else None


def _summary(piece: Piece, _around: Around) -> Fields | None:
    """A weekday, an hour, or both."""
    words = fold(piece.text).split(" ", 1)
    day = _DAYS.get(words[0])
    said = fold(piece.text) if day is None else "".join(words[1:])
    at = _time(said)
    if (said and at is None) or (day is None and at is None):
        return None
    return _given(("summary_day", day), ("summary_time", at))


def _given(*fields: tuple[str, object]) -> Fields:
    return tuple(field for field in fields if field[1] is not None)


def _time(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _hidden(piece: Piece, around: Around) -> Fields | None:
    """Of all votes, of none, or of those about amounts only."""
    if piece.plain in _AMOUNTS_ONLY:
        return (("hidden_results", None),)
    return _one("hidden_results", choices.YES_NO)(piece, around)


def _quorum(piece: Piece, around: Around) -> Fields | None:
    if piece.plain in _NONE:
        return (("quorum", None),)
    found = fractions.quorum(piece, around)
    return (("quorum", str(found)),) if found else None


def _cap(piece: Piece, around: Around) -> Fields | None:
    """The most that one person should be given at one regulation, in cents."""
    if piece.plain in _NONE:
        return (("person_cap", None),)
    cents = money.first(piece, around)
    return (("person_cap", cents),) if cents else None


def _length(name: str, least: int, piece: Piece, around: Around) -> Fields | None:
    """So many hours, or an effort, up to a day; `least` in minutes."""
    said = piece.plain
    minutes = (
        round(float(said.replace(",", ".")) * 60)
        if _HOURS.fullmatch(said)
        else effort.effort(piece, around)
    )
    return ((name, minutes),) if minutes and least <= minutes <= 24 * 60 else None


def _robots(piece: Piece, around: Around) -> Fields | None:
    if piece.plain in _NONE:
        return (("robots", ()),)
    said = [word.text.strip(",;") for word in piece.words]
    users = [around.pills.get(squash(text), text) for text in said if text]
    return (("robots", tuple(users)),) if all(map(_ACCOUNT.fullmatch, users)) else None


_OWN = choice(
    Answer(OwnShare.ANOTHER, "autre", "another", ("une autre personne", "quelqu'un d'autre")),
    Answer(OwnShare.ALONE, "seul", "alone", ("seule", "seul·e")),
)
_SETTINGS = (
    _Setting(
        "langue",
        "language",
        ("language",),
        "fr",
        _one("language", choices.LANGUAGE),
        choices.LANGUAGE.near,
    ),
    _Setting("fuseau", "timezone", ("fuseau horaire", "timezone"), "Europe/Paris", _timezone),
    _Setting("bilan", "summary", ("summary",), "lundi 9h", _summary),
    _Setting(
        "rappels",
        "reminders",
        ("reminders",),
        "oui",
        _one("reminders", choices.YES_NO),
        choices.YES_NO.near,
    ),
    _Setting("quorum", "quorum", (), "1/2", _quorum),
    _Setting(
        "mode-régulation",
        "regulation_mode",
        ("mode de régulation", "regulation mode"),
        "point par point",
        _one("regulation_mode", _MODE),
        _MODE.near,
    ),
    _Setting(
        "résultats-cachés",
        "hidden_results",
        ("hidden results",),
        "oui",
        _hidden,
    ),
    _Setting(
        "heures-par-jour",
        "minutes_per_day",
        ("hours per day",),
        "7",
        partial(_length, "minutes_per_day", 60),
    ),
    _Setting(
        "durée-réunion",
        "meeting_minutes",
        ("durée de réunion", "durée des réunions", "meeting length"),
        "1h30",
        partial(_length, "meeting_minutes", 5),
    ),
    _Setting("robots", "robots", ("bots",), "@pont:tiers-lieux.org", _robots),
    _Setting(
        "demandeur-compte",
        "asker_counted",
        ("asker counts",),
        "non",
        _one("asker_counted", choices.YES_NO),
        choices.YES_NO.near,
    ),
    _Setting("plafond", "person_cap", ("plafond par personne", "cap", "person cap"), "500 €", _cap),
    _Setting(
        "participants-votent",
        "participants_vote",
        ("participants vote",),
        "oui",
        _one("participants_vote", choices.YES_NO),
        choices.YES_NO.near,
    ),
    _Setting(
        "propre-part",
        "own_share",
        ("own share",),
        "autre",
        _one("own_share", _OWN),
        _OWN.near,
    ),
)
