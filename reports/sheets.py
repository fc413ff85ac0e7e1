"""What tables are made of, whatever the file: titled columns of one kind each, and rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from circle.spreadsheets import MARK

Cell = str | int | None
"""Cents, minutes, hundredths, numbers; texts; days, instants in ISO 8601, local, no offset."""

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_UNSEEN: Final = re.compile(r"^[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\x00-\x1f]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_TABS: Final = re.compile(r"[\[\]*?:/\\'\x00-\x1f]")
_LONGEST_TAB: Final = 31


class CellKind(StrEnum):
    """What the cells of a column are: efforts and minutes in minutes, hours in hundredths."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    EFFORT = "effort"
    MINUTES = "minutes"
    HOURS = "hours"
    DAY = "day"
    INSTANT = "instant"


SUMMED: Final = frozenset({CellKind.MONEY, CellKind.EFFORT, CellKind.MINUTES, CellKind.HOURS})
"""What a row of sums adds up."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` never changes, for programs; `title` is for people."""

    key: str
    title: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table. `head` stands above it and `foot` under it, cell by cell; `total`: a row of sums.

    `total` is its title; without one there is no such row. `wide`: printed in landscape.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: tuple[tuple[str, ...], ...] = ()
    foot: tuple[tuple[str, ...], ...] = ()
    total: str | None = None
    currency: str = "EUR"

    def sums(self) -> tuple[Cell, ...]:
        """The row of sums: of money and of time; its title in the first column."""
        told: list[Cell] = [self.total, *(None for _ in self.columns[1:])]
        for place, column in enumerate(self.columns):
            if column.kind in SUMMED:
                told[place] = sum(int(row[place] or 0) for row in self.rows)
        return tuple(told)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what might be one.

    Characters that files cannot hold go.
    """
    plain = holdable(text)
    return MARK + plain if formula(plain) else plain


def holdable(text: str) -> str:
    """The text without the characters that files cannot hold."""
    return _CONTROL.sub("", text)


def formula(text: str) -> bool:
    """Whether a spreadsheet might take it for a formula; unseen characters may stand first."""
    return bool(_FORMULA.match(text) or _FORMULA.match(_UNSEEN.sub("", text)))


def tabs(titles: Iterable[str]) -> list[str]:
    """Names for the sheets of a spreadsheet: allowed, not too long, no two alike."""
    names: list[str] = []
    taken: set[str] = set()
    for title in titles:
        plain = " ".join(_NOT_IN_TABS.sub(" ", _CONTROL.sub("", title)).split()) or "_"
        name, number = plain[:_LONGEST_TAB].strip(), 1
        while name.casefold() in taken:
            number += 1
            end = f" {number}"
            name = plain[: _LONGEST_TAB - len(end)].strip() + end
        taken.add(name.casefold())
        names.append(name)
    return names
