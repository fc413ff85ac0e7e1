"""Entries as tests write them: by their kind, each with what its event needs."""

from dataclasses import fields
from typing import Any, get_args

from circle.entries import (
    Entry,
    EnvelopeEntry,
    EnvelopeEvent,
    Invoiced,
    InvoiceTakenBack,
    ItemEntry,
    ItemEvent,
    PaymentTakenBack,
)
from circle.ledger import EntryKind

_TAKEN_BACK = (InvoiceTakenBack, PaymentTakenBack)
_OF_ITEM = {one.kind: one for one in get_args(ItemEvent) if one not in _TAKEN_BACK}
_OF_ENVELOPE = {one.kind: one for one in get_args(EnvelopeEvent)}
_OF_ANY_AMOUNT = (Invoiced, *get_args(EnvelopeEvent))


def made(kind: EntryKind, **told: Any) -> Entry:
    """An entry; without item it is an envelope's. What its event has not is left out.

    Without a number, an invoice is taken back; without an amount, a payment. An envelope or an
    invoice of which no amount is told is of zero cents.
    """
    of_item = told.get("item") is not None
    event = _event_of(kind, told) if of_item else _OF_ENVELOPE[kind]
    entry = ItemEntry if of_item else EnvelopeEntry
    whole = {"amount": 0} | told if event in _OF_ANY_AMOUNT else told
    return entry(event=event(**_kept(whole, event)), **_kept(told, entry))


def _event_of(kind: EntryKind, told: dict[str, Any]) -> type:
    if kind is EntryKind.INVOICED and told.get("number") is None:
        return InvoiceTakenBack
    if kind is EntryKind.PAID and told.get("amount") is None:
        return PaymentTakenBack
    return _OF_ITEM[kind]


def _kept(told: dict[str, Any], made_of: type) -> dict[str, Any]:
    names = _names(made_of)
    return {name: value for name, value in told.items() if name in names}


def _names(made_of: type) -> set[str]:
    return {one.name for one in fields(made_of)}
