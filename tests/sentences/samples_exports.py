"""Values of what is told of exports and of money flows."""

from datetime import date
from typing import Any

from circle.extracts import Format
from storage.mail import Unsent
from tests.sentences.samples import euros

_READY: dict[str, Any] = {
    "circle": "Littoral",
    "circles": 1,
    "format": Format.ODS,
    "since": date(2026, 7, 1),
    "until": date(2026, 9, 30),
    "personal": True,
    "contributions": 12,
    "minutes": 1890,
    "expenses": 3,
    "actions": 4,
    "votes": 2,
    "meetings": 1,
    "regulated": euros(1234.5),
    "receipts": 0,
    "lost": 0,
    "empty": False,
}
_NOTHING = dict.fromkeys(
    ("contributions", "minutes", "expenses", "actions", "votes", "meetings"), 0
) | {"regulated": euros(0), "empty": True}
_ALL = {"circle": None, "circles": 18, "personal": False, "since": None, "until": None}
_RECEIPTS = {"format": Format.RECEIPTS, "receipts": 3, "lost": 1}
_FLOWS: dict[str, Any] = {
    "circle": "Littoral",
    "circles": 1,
    "since": None,
    "until": None,
    "currency": "EUR",
    "exportable": True,
    "granted": euros(1600),
    "retribution": euros(400),
    "expenses": euros(45.5),
    "volunteered": euros(96),
    "committed": euros(150),
    "available": euros(1004.5),
    "missing": euros(0),
    "before": euros(0),
    "items": ({"name": "la Région", "amount": euros(1200)}, {"name": None, "amount": euros(400)}),
}
_DRY = ("granted", "retribution", "expenses", "volunteered", "committed", "available")

EXPORTS: dict[str, tuple[dict[str, Any], ...]] = {
    "export.ready": (
        _READY,
        _READY | _NOTHING,
        _READY | _RECEIPTS,
        _READY | _NOTHING | {"format": Format.RECEIPTS},
        _READY | {"format": Format.MOVILAB},
        _READY | _ALL,
        _READY | _ALL | _NOTHING | {"circles": 0},
    ),
    "flows": (
        _FLOWS,
        _FLOWS
        | {"exportable": False, "available": euros(0), "missing": euros(50), "before": euros(20)},
        _FLOWS
        | {"circle": None, "circles": 3}
        | {"since": date(2026, 1, 1), "until": date(2026, 12, 31)},
        _FLOWS | dict.fromkeys(_DRY, euros(0)) | {"items": ()},
    ),
}
EXPORT_REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "export.personal": (
        {"format": Format.FEDER, "circle": "Littoral"},
        {"format": Format.RECEIPTS, "circle": None},
    ),
    "export.two-periods": ({},),
    "file.unsent": tuple({"file": "mes-donnees.zip", "reason": reason} for reason in Unsent),
}
