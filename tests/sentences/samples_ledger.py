"""Values of what is told of the ledger: lists, statements, corrections, the budget."""

from datetime import date
from typing import Any

from circle.circles import RegulationMode
from circle.ledger import EntryKind, ItemState
from tests.sentences.samples import ALICE, BOB, BUDGET, CAROLE, HALL, ITEMS, NOW, euros, ref

_LISTED: dict[str, Any] = {
    "items": ITEMS,
    "count": 9,
    "more": 4,
    "member": BOB,
    "total": euros(310),
    "since": date(2026, 11, 1),
    "standing": None,
}
_NOTHING = {"items": (), "count": 0, "more": 0}
_STATEMENT: dict[str, Any] = {
    "member": BOB,
    "structure": False,
    "since": date(2026, 10, 1),
    "until": date(2026, 12, 31),
    "items": ITEMS,
    "count": 6,
    "minutes": 750,
    "asked": euros(80),
    "regulated": euros(69.5),
    "invoiced": euros(9),
    "paid": euros(60.5),
    "due": euros(9),
    "more": 0,
}
_CORRECTED: dict[str, Any] = {
    "id": ref("C7"),
    "what": "affiches",
    "minutes": 120,
    "amount": euros(60),
    "was": euros(80),
    "available": euros(650),
    "missing": euros(0),
    "funder": None,
    "period": None,
    "reason": "",
    "state": ItemState.REGULATED,
    "number": None,
    "member": BOB,
    "payee": None,
    "before": None,
    "envelopes": ({"id": ref("E1"), "amount": euros(60)},),
    "unattributed": None,
    "fullest": None,
    "taken": (),
}
_TAKEN = {"id": ref("C9"), "envelope": ref("E1"), "amount": euros(40)}
_SHARED = {
    "envelopes": (
        {"id": ref("E2"), "amount": euros(40)},
        {"id": ref("E1"), "amount": euros(20)},
    )
}
_WITHOUT = {"envelopes": (), "unattributed": euros(60), "fullest": ref("E3")}
_PLACED: dict[str, Any] = (
    {
        "id": ref("C7"),
        "member": BOB,
        "what": "affiches",
        "envelope": ref("E2"),
        "funder": "la MEL",
        "amount": euros(40),
        "was": euros(60),
        "elsewhere": False,
    }
    | _SHARED
    | {"unattributed": None, "fullest": None}
)
_BEFORE = {
    "minutes": 90,
    "what": "affiches",
    "day": date(2026, 11, 28),
    "member": CAROLE,
    "payee": None,
}
_ENVELOPE = _CORRECTED | {
    "id": ref("E1"),
    "what": "",
    "minutes": None,
    "amount": euros(1000),
    "was": euros(1200),
    "funder": "la Région",
    "period": "2026",
    "state": None,
    "member": None,
    "envelopes": (),
}
_PAID: dict[str, Any] = {
    "id": ref("C7"),
    "member": BOB,
    "payee": None,
    "amount": euros(80),
    "number": "F-2026-031",
    "what": "affiches",
    "alone": False,
}
_SHORT = {"available": euros(-50), "missing": euros(50)}
_SPLIT = tuple(
    {
        "name": name,
        "details": (ref("E1"), ref("E2")) if name else (),
        "granted": euros(1200),
        "regulated": euros(used),
        "paid": euros(used / 2),
        "left": euros(1200 - used),
    }
    for name, used in (("MEL", 400), (None, 0))
)
_STATUS: dict[str, Any] = BUDGET | {
    "unattributed": euros(0),
    "unheld": (),
    "unheld_more": 0,
    "circle": "Littoral",
    "by": None,
    "items": (),
}
_LINE: dict[str, Any] = {
    "at": NOW,
    "kind": EntryKind.DECLARED,
    "id": ref("C7"),
    "member": BOB,
    "amount": euros(80),
    "minutes": 150,
    "what": "affiches",
    "funder": None,
    "number": None,
    "corrects": False,
    "alone": False,
    "moves": (),
}
_GRANT = _LINE | {
    "kind": EntryKind.GRANT,
    "id": ref("E1"),
    "member": ALICE,
    "amount": euros(1200),
    "minutes": None,
    "what": "",
    "funder": "Région",
}

LEDGER: dict[str, tuple[dict[str, Any], ...]] = {
    "contribution.list": (
        _LISTED,
        _LISTED | {"standing": "to-pay"},
        _LISTED | _NOTHING | {"member": None, "since": None},
        _LISTED | _NOTHING | {"standing": "to-decide"},
    ),
    "entry.card": ({"item": ITEMS[0]},),
    "statement": (
        _STATEMENT,
        _STATEMENT | {"member": HALL, "structure": True, "more": 3},
        _STATEMENT | _NOTHING,
        _STATEMENT | _NOTHING | {"structure": True},
    ),
    "structure.list": (
        {"items": ({"name": "La Halle"}, {"name": "Le Lieu"}), "count": 2},
        {"items": (), "count": 0},
    ),
    "entry.questioned": tuple(
        {
            "id": ref("C7"),
            "member": CAROLE,
            "owner": BOB,
            "text": "Le transport est compris ?",
            "what": "affiches",
            "asked": euros(80),
            "mode": mode,
        }
        for mode in RegulationMode
    ),
    "entry.answered": tuple(
        {"id": ref("C7"), "what": "affiches", "state": state}
        for state in (ItemState.DECLARED, ItemState.QUESTIONED)
    ),
    "entry.corrected": (
        _CORRECTED,
        _CORRECTED | {"was": None, "minutes": None, "state": ItemState.DECLARED},
        _CORRECTED | {"amount": None, "state": ItemState.REFUSED, "reason": "déjà payé"},
        _CORRECTED | {"number": "F-2", "state": ItemState.INVOICED} | _SHORT,
        _CORRECTED | {"before": _BEFORE},
        _CORRECTED | _SHARED | {"taken": (_TAKEN,)},
        _CORRECTED | _WITHOUT,
        _CORRECTED | {"before": _BEFORE | {"minutes": None, "payee": HALL}, "payee": HALL},
        _ENVELOPE,
        _ENVELOPE | {"taken": (_TAKEN,) * 7},
        _ENVELOPE | _SHORT | {"funder": None, "period": None, "reason": "moins que promis"},
    ),
    "entry.placed": (
        _PLACED,
        _PLACED | {"funder": None, "elsewhere": True, "unattributed": euros(20)},
    ),
    "entry.invoiced": (_PAID, _PAID | {"payee": HALL}),
    "entry.paid": (_PAID, _PAID | {"alone": True}, _PAID | {"payee": HALL, "number": None}),
    "budget.status": (
        _STATUS,
        _STATUS | {"by": "funder", "items": _SPLIT},
        _STATUS | {"by": "envelope", "items": _SPLIT[:1]},
        _STATUS | dict.fromkeys(BUDGET, euros(0)) | {"circle": "Oise"},
        _STATUS | {"asked": euros(1310)} | _SHORT,
        _STATUS
        | {"unattributed": euros(60), "unheld_more": 2}
        | {"unheld": ({"id": ref("C7"), "amount": euros(60)},)},
    ),
    "budget.granted": (
        {
            "id": ref("E1"),
            "amount": euros(1200),
            "funder": "la Région",
            "workstream": None,
            "period": "2026",
            "available": euros(1850),
        }
        | {"since": date(2026, 1, 1), "until": date(2026, 12, 31), "taken": (), "waiting": None},
        {
            "id": ref("E2"),
            "amount": euros(300),
            "funder": None,
            "workstream": "Accueil",
            "period": "T4 2026",
            "available": euros(300),
        }
        | {"since": date(2026, 10, 1), "until": date(2026, 12, 31)}
        | {"taken": (_TAKEN,), "waiting": euros(20)},
    ),
    "ledger.list": (
        {
            "items": (
                *(_LINE, _LINE | {"corrects": True, "alone": True}),
                _LINE | {"kind": EntryKind.PAID, "corrects": True, "amount": None},
                _GRANT,
            ),
            "count": 4,
            "attributed": None,
        },
        {
            "items": (
                _GRANT | {"moves": (_TAKEN,) * 5},
                _LINE | {"kind": EntryKind.REGULATED, "moves": (_TAKEN | {"id": ref("C7")},)},
            ),
            "count": 2,
            "attributed": NOW,
        },
        {"items": (), "count": 0, "attributed": None},
    ),
}

LEDGER_REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "structure.exists": (
        {"name": "La Halle", "structure": True},
        {"name": "Jeanne", "structure": False},
    ),
}
