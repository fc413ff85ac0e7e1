"""The values of every command: what each is called, how it is read, how it is refused."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from circle.calendar import Moment
from circle.circles import Workstream
from circle.people import Person
from circle.quorum import Quorum
from commands.reading import days, effort, fractions, money, names, people, settings
from commands.reading.settings import SettingChange
from commands.reading.slots import Around, Label, Value
from commands.reading.words import Piece

_DATE = Label("DATE", "DATE")
_MOST_COUNTED = 100
_MOST_CHARS = 40


def _count(piece: Piece, _around: Around) -> int | None:
    said = piece.plain if piece.plain.isdecimal() and len(piece.plain) <= _MOST_CHARS else "0"
    return int(said) if 1 <= int(said) <= _MOST_COUNTED else None


def _period(piece: Piece, _around: Around) -> str | None:
    dated = any(c.isdecimal() for c in piece.plain)
    return piece.text if dated and len(piece.text) <= _MOST_CHARS else None


def _amount(read: Callable[[Piece, Around], int | None]) -> Value[int]:
    return Value(
        label=Label("MONTANT", "AMOUNT"),
        read=read,
        wrong="money.not-understood",
        missing="money.missing",
        width=6,
        such=Label("45 €", "45 €"),
    )


def _who(read: Callable[[Piece, Around], Any], needs: frozenset[str]) -> Value[Any]:
    return Value(
        label=Label("QUI", "WHO"),
        read=read,
        wrong="who.unknown",
        missing="who.missing",
        needs=needs,
        near=people.near_people,
    )


def _date(read: Callable[[Piece, Around], Any], label: Label, width: int) -> Value[Any]:
    return Value(
        label=label, read=read, wrong="date.not-understood", missing="date.missing", width=width
    )


AMOUNT = _amount(money.first)
AMOUNT_AFTER_WORD = _amount(money.after_word)
AMOUNT_WITH_UNIT = _amount(money.with_unit)
EFFORT: Value[int] = Value(
    label=Label("EFFORT", "EFFORT"),
    read=effort.effort,
    wrong="effort.not-understood",
    missing="effort.missing",
    width=8,
    such=Label("2h", "2h"),
    refuse=effort.refuse,
)
MOMENTS: Value[int] = replace(EFFORT, refuse=partial(effort.refuse, unit=" min"))
COUNT: Value[int] = Value(
    label=Label("N", "N"),
    read=_count,
    wrong="count.not-understood",
    missing="count.missing",
    width=1,
)
WHO = _who(people.anyone, frozenset({"members", "others"}))
MEMBER = _who(people.member, frozenset({"members"}))
WHO_OR_NEW = _who(people.anyone_or_new, frozenset({"members", "others"}))
WORKSTREAM: Value[Workstream] = Value(
    label=Label("NOM", "NAME"),
    read=names.workstream,
    wrong="workstream.unknown",
    missing="workstream.missing",
    needs=frozenset({"workstreams"}),
    near=names.near_workstreams,
)
CIRCLE: Value[str] = Value(
    label=Label("CERCLE", "CIRCLE"),
    read=names.circle,
    wrong="circle.unknown",
    missing="circle.missing",
    needs=frozenset({"circles"}),
    near=names.near_circles,
)
STRUCTURE: Value[Person] = Value(
    label=Label("STRUCTURE", "STRUCTURE"),
    read=names.structure,
    wrong="structure.unknown",
    missing="structure.missing",
    needs=frozenset({"others"}),
    near=names.near_structures,
)
FUNDER: Value[str] = Value(
    label=Label("FINANCEUR", "FUNDER"),
    read=names.funder,
    wrong="funder.unknown",
    missing="funder.missing",
    needs=frozenset({"funders"}),
    free=True,
)
WHEN: Value[Moment] = Value(
    label=Label("QUAND", "WHEN"),
    read=days.moment,
    wrong="date.not-understood",
    missing="date.missing",
    width=24,
    such=Label("jeudi à 18h", "Thursday at 6pm"),
    room=600,
    first=days.moment_first,
    last=days.moment_last,
)
DEADLINE = _date(days.deadline, _DATE, 14)
DAY_PAST = _date(days.past_day, _DATE, 10)
DAY_NEXT = _date(days.next_day, _DATE, 10)
SPAN = _date(days.span, Label("PÉRIODE", "PERIOD"), 8)
SETTING: Value[SettingChange] = Value(
    label=Label("CLÉ VALEUR", "KEY VALUE"),
    read=settings.change,
    wrong="setting.unknown",
    missing="setting.missing",
    width=40,
    room=2000,
)
PERIOD: Value[str] = Value(
    label=Label("2026", "2026"),
    read=_period,
    wrong="period.not-understood",
    missing="period.missing",
    width=4,
    free=True,
)
QUORUM_SIZE: Value[Quorum] = Value(
    label=Label("1/2", "1/2"),
    read=fractions.quorum,
    wrong="quorum.not-understood",
    missing="quorum.missing",
    width=3,
)
MAJORITY_SIZE: Value[Fraction] = Value(
    label=Label("2/3", "2/3"),
    read=fractions.majority,
    wrong="majority.not-understood",
    missing="majority.missing",
    width=3,
)
