"""Entries as circles write them, for tests of the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime

from circle.entries import ItemEntry
from circle.ledger import EntryKind, Item, Nature
from circle.life import corrected_by, fold, posted
from circle.people import PersonKey
from tests.entered import made

AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
ALICE, BOB = PersonKey("alice"), PersonKey("bob")


def declared(number: int = 1, amount: int | None = 8000, **rest) -> ItemEntry:
    fields = {
        "person": BOB,
        "nature": Nature.CONTRIBUTION,
        "day": date(2026, 11, 24),
        "minutes": 60,
        "what": "affiches",
    } | rest
    entry = made(
        EntryKind.DECLARED,
        at=AT,
        by=BOB,
        id=number * 100,
        item=number,
        amount=amount,
        **fields,
    )
    return posted(None, entry)


class Life:
    """One item and its entries; each step is written as the commands write it."""

    def __init__(self, number: int = 1, amount: int | None = 8000, **rest) -> None:
        self.entries = [declared(number, amount, **rest)]

    @property
    def item(self) -> Item:
        return fold(self.entries)

    def then(self, kind: EntryKind, amount: int | None = None, **rest) -> "Life":
        fields = {"corrects": corrected_by(kind, self.entries)} | rest
        if kind in {EntryKind.DECLARED, EntryKind.CORRECTED}:
            told = self.entries[0].event
            fields = {
                "person": told.person,
                "nature": told.nature,
                "day": told.day,
                "minutes": told.minutes,
            } | fields
        if kind is EntryKind.PLACED:
            fields = {"envelope": 1} | fields
        last = self.entries[-1]
        entry = made(
            kind,
            at=AT,
            by=ALICE,
            item=last.item,
            amount=amount,
            id=(last.id or 0) + 1,
            **fields,
        )
        self.entries.append(posted(self.item, entry))
        return self


def item(number: int = 1, asked: int | None = 8000, **rest) -> Item:
    return replace(fold([declared(number, asked)]), **rest)
