"""Entries and items: values to rows and back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from circle.circles import CircleId
from circle.ledger import Entry, EntryKind, Item, ItemState, Nature, Postings
from circle.life import fold
from circle.people import PersonKey
from storage.times import LocalTime, day_of, day_or_none, iso_or_none, to_micros


def entry_row(circle: CircleId, entry: Entry) -> dict[str, object]:
    """The columns of an entry, its text left out."""
    return {
        "circle": circle,
        "kind": entry.kind.value,
        "at": to_micros(entry.at),
        "by": entry.by,
        "granted": entry.postings.granted,
        "asked": entry.postings.asked,
        "regulated": entry.postings.regulated,
        "invoiced": entry.postings.invoiced,
        "paid": entry.postings.paid,
        "item": entry.item,
        "nature": entry.nature.value if entry.nature else None,
        "person": entry.person,
        "payee": entry.payee,
        "day": iso_or_none(entry.day),
        "minutes": entry.minutes,
        "amount": entry.amount,
        "pro_bono": entry.pro_bono,
        "action": entry.action,
        "vote": entry.vote,
        "meeting": entry.meeting,
        "workstream": entry.workstream,
        "funder": entry.funder,
        "period": entry.period,
        "number": entry.number,
        "corrects": entry.corrects,
        "session": entry.session,
        "source": entry.source,
        "alone": entry.alone,
    }


def read_entry(row: Row[Any], times: LocalTime) -> Entry:
    """An entry from its columns and its text."""
    return Entry(
        kind=EntryKind(row.kind),
        at=times.at(row.at),
        by=PersonKey(row.by),
        postings=Postings(row.granted, row.asked, row.regulated, row.invoiced, row.paid),
        id=row.id,
        item=row.item,
        nature=Nature(row.nature) if row.nature else None,
        person=row.person,
        payee=row.payee,
        day=day_or_none(row.day),
        minutes=row.minutes,
        amount=row.amount,
        pro_bono=row.pro_bono,
        action=row.action,
        vote=row.vote,
        meeting=row.meeting,
        workstream=row.workstream,
        funder=row.funder,
        period=row.period,
        number=row.number,
        corrects=row.corrects,
        session=row.session,
        what=row.what or "",
        source=row.source,
        alone=bool(row.alone),
    )


def item_row(circle: CircleId, entries: Sequence[Entry]) -> dict[str, object]:
    """The columns of the item that these entries tell, oldest first (circle.life.fold)."""
    item = fold(entries)
    return {
        "circle": circle,
        "number": item.number,
        "nature": item.nature.value,
        "person": item.person,
        "payee": item.payee,
        "declared_by": item.declared_by,
        "declared_at": to_micros(item.declared_at),
        "day": item.day.isoformat(),
        "minutes": item.minutes,
        "asked": item.asked,
        "pro_bono": item.pro_bono,
        "action": item.action,
        "vote": item.vote,
        "state": item.state.value,
        "regulated": item.regulated,
        "meeting": item.meeting,
        "invoice": item.invoice,
        "paid": item.paid,
        "told_by": item.told_by,
        "last_entry": item.last_entry,
    }


def read_item(row: Row[Any], times: LocalTime) -> Item:
    """An item from its columns and the text of the entry that tells it."""
    return Item(
        number=row.number,
        nature=Nature(row.nature),
        person=PersonKey(row.person),
        payee=row.payee,
        declared_by=PersonKey(row.declared_by),
        declared_at=times.at(row.declared_at),
        day=day_of(row.day),
        minutes=row.minutes,
        what=row.what or "",
        asked=row.asked,
        pro_bono=row.pro_bono,
        action=row.action,
        vote=row.vote,
        state=ItemState(row.state),
        regulated=row.regulated,
        meeting=row.meeting,
        invoice=row.invoice,
        paid=row.paid,
        told_by=row.told_by,
        last_entry=row.last_entry,
    )
