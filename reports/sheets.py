"""What tables are made of, whatever the file: titled columns of one kind each, and rows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

Cell = str | int | None
"""Cents, minutes, numbers; texts; days and instants in ISO 8601, local, without offset."""

_FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_UNSEEN: Final = re.compile(r"^[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\x00-\x1f]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_TABS: Final = re.compile(r"[\[\]*?:/\\'\x00-\x1f]")
_LONGEST_TAB: Final = 31


class CellKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    EFFORT = "effort"
    DAY = "day"
    INSTANT = "instant"


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
        """The row of sums: of money and efforts; its title in the first column."""
        told: list[Cell] = [self.total, *(None for _ in self.columns[1:])]
        for place, column in enumerate(self.columns):
            if column.kind in {CellKind.MONEY, CellKind.EFFORT}:
                told[place] = sum(int(row[place] or 0) for row in self.rows)
        return tuple(told)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before what might be one.

    Unseen characters may stand first: they do not hide it. Characters that files cannot hold go.
    """
    plain = _CONTROL.sub("", text)
    seen = _UNSEEN.sub("", plain)
    risky = _FORMULA.match(plain) or _FORMULA.match(seen)
    return f"'{plain}" if risky else plain


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
