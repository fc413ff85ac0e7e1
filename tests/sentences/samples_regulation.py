"""Values of what is told of a regulation: agenda, session, decisions, pro rata, minutes."""

from typing import Any

from circle.circles import RegulationMode
from circle.ledger import ItemState
from circle.votes import Outcome
from tests.sentences.samples import (
    ALICE,
    BOB,
    CAROLE,
    HALL,
    ITEM,
    ITEMS,
    MEETING,
    MEETING_AT,
    MEETING_END,
    THURSDAY,
    euros,
    ref,
)

_POINTS = ({"text": "clés du local", "member": BOB}, {"text": "site", "member": ALICE})
_AGENDA: dict[str, Any] = MEETING | {
    "points": _POINTS,
    "items": ITEMS[:2],
    "waiting": 4,
    "amount": euros(310),
    "available": euros(650),
    "added": "",
    "more": 2,
}
_EMPTY_AGENDA = _AGENDA | {"points": (), "items": (), "waiting": 0, "more": 0}
_POINT: dict[str, Any] = ITEM | {
    "questions": ({"member": CAROLE, "text": "Le transport est compris ?"},),
    "estimate": None,
    "closes": None,
    "median": None,
    "line": "80 €",
}
_NEXT: dict[str, Any] = {"item": _POINT, "left": 3, "mode": RegulationMode.ITEM_BY_ITEM}
_DONE: dict[str, Any] = _NEXT | {"item": None, "left": 0}
_ESTIMATED = _POINT | {"questions": (), "estimate": ref("V3")}
_PERCEIVED = {"mode": RegulationMode.PERCEIVED_VALUE, "left": 1}
_SESSION: dict[str, Any] = (
    MEETING
    | _NEXT
    | {
        "today": True,
        "present": (ALICE, BOB),
        "excused": (CAROLE,),
        "represented": (),
        "absent": (),
        "points": _POINTS,
        "asker_counted": False,
        "waiting": 4,
        "amount": euros(310),
        "available": euros(650),
        "exceeds": False,
        "free": 0,
        "free_amount": euros(0),
        "pro_bono": 1,
    }
)
_SESSIONS = (
    _SESSION,
    _SESSION | {"exceeds": True, "asker_counted": True, "present": (), "today": False},
    _SESSION | _DONE | {"mode": RegulationMode.SELF_SET, "free": 3, "free_amount": euros(200)},
    _SESSION | _DONE | {"waiting": 1, "points": ()},
    _SESSION | _PERCEIVED | {"item": _POINT | {"line": None, "asked": None}},
    _SESSION | _PERCEIVED | {"item": _ESTIMATED | {"closes": THURSDAY}},
    _SESSION | _PERCEIVED | {"item": _ESTIMATED | {"median": euros(150)}},
    _SESSION | {"item": _POINT | {"line": None, "asked": None}},
)
_DECIDED: dict[str, Any] = _NEXT | {
    "id": ref("C7"),
    "amount": euros(80),
    "outcome": ItemState.REGULATED,
    "member": BOB,
    "what": "affiches",
    "asked": euros(80),
    "reason": "",
    "available": euros(570),
    "envelopes": ({"id": ref("E1"), "amount": euros(80)},),
    "unattributed": None,
    "fullest": None,
    "taken": (),
    "cap": None,
    "by_asker": False,
    "alone": False,
}
_DECISIONS = (
    ITEM
    | {"outcome": ItemState.REGULATED, "amount": euros(60), "reason": "deux heures", "alone": True},
    ITEM
    | {"outcome": ItemState.REFUSED, "amount": None, "reason": "", "payee": HALL, "alone": False},
    ITEM
    | {"outcome": ItemState.PRO_BONO, "amount": None, "reason": "", "asked": None, "alone": False},
)
_MINUTES: dict[str, Any] = MEETING | {
    "circle": "Littoral",
    "present": (ALICE, BOB),
    "excused": (CAROLE,),
    "represented": ({"member": CAROLE, "proxy": BOB},),
    "absent": (),
    "opened": MEETING_AT,
    "closed": MEETING_END,
    "points": _POINTS,
    "decisions": _DECISIONS,
    "regulated": euros(60),
    "available": euros(590),
    "votes": (
        {
            "id": ref("V1"),
            "question": "Acheter une imprimante",
            "outcome": Outcome.ADOPTED,
            "unfunded": True,
            "cancelled": False,
            "amount": None,
            "cast": 8,
            "electorate": 11,
        },
        {
            "id": ref("V2"),
            "question": "Une autre",
            "outcome": Outcome.VOID,
            "unfunded": False,
            "cancelled": True,
            "amount": None,
            "cast": 0,
            "electorate": 11,
        },
    ),
}
_CLAIM: dict[str, Any] = {
    "id": ref("C7"),
    "member": BOB,
    "what": "affiches",
    "asked": euros(500),
    "given": euros(333.33),
    "line": "333,33 €",
}
_SHARED: dict[str, Any] = {
    "items": (_CLAIM, _CLAIM | {"id": ref("C8"), "given": euros(0), "line": None}),
    "count": 2,
    "more": 0,
    "asked": euros(1500),
    "given": euros(1000),
    "available": euros(1000),
    "exceeds": True,
    "cap": None,
}

REGULATION: dict[str, tuple[dict[str, Any], ...]] = {
    "meeting.agenda": (
        _AGENDA,
        _AGENDA | {"added": "site", "amount": euros(0)},
        _EMPTY_AGENDA,
        _EMPTY_AGENDA | {"start": MEETING_AT.replace(day=9), "end": None},
    ),
    "session.opened": _SESSIONS,
    "session.status": _SESSIONS,
    "regulation.decided": (
        _DECIDED,
        _DECIDED | {"amount": euros(60), "reason": "deux heures", "cap": euros(50)},
        _DECIDED | {"amount": euros(60), "alone": True},
        _DECIDED | {"unattributed": euros(30), "fullest": ref("E2")},
        _DECIDED | {"unattributed": euros(80), "envelopes": ()},
        _DECIDED | {"amount": None, "outcome": ItemState.REFUSED, "by_asker": True},
        _DECIDED | _DONE | {"amount": None, "outcome": ItemState.PRO_BONO, "asked": None},
        _DECIDED | {"amount": None, "outcome": ItemState.POSTPONED, "reason": "attendre"},
    ),
    "regulation.also-decided": (
        {
            "decided": (
                {"id": ref("C1"), "amount": euros(6), "member": BOB, "what": "essai"}
                | {"outcome": ItemState.REGULATED, "unattributed": euros(6)},
                {"id": ref("C2"), "amount": None, "member": BOB, "what": "tri"}
                | {"outcome": ItemState.REFUSED, "unattributed": None},
            )
        },
    ),
    "regulation.each": ({"amount": euros(25), "items": (ref("C1"), ref("C2"))},),
    "refused.together": ({"others": (ref("C1"), ref("C2"))},),
    "regulation.prorata": (
        _SHARED,
        _SHARED | {"cap": euros(300)},
        _SHARED | {"exceeds": False, "asked": euros(900)},
        _SHARED | {"exceeds": False, "cap": euros(300)},
        _SHARED | {"items": (), "count": 0},
    ),
    "session.closed": (
        _MINUTES | {"left": ()},
        _MINUTES | {"left": tuple(ref(f"C{n}") for n in range(1, 16)), "decisions": ()},
        _MINUTES | {"left": (ref("C9"),), "decisions": _DECISIONS * 6},
    ),
    "meeting.minutes": (
        _MINUTES,
        _MINUTES | {"present": (), "excused": (), "absent": (BOB,), "closed": None, "votes": ()},
        _MINUTES | {"opened": None, "closed": None, "decisions": (), "votes": (), "points": ()},
    ),
}

REGULATION_REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "session.not-regulation": ({"id": ref("M2")},),
    "session.over-budget": tuple(
        {"count": count, "asked": euros(1500), "available": euros(1000)} for count in (1, 4)
    ),
    "regulation.already-decided": (
        {"id": ref("C7"), "state": ItemState.REGULATED, "amount": euros(80)},
        {"id": ref("C7"), "state": ItemState.REFUSED, "amount": None},
    ),
    "regulation.over-budget": tuple(
        {"id": ref("C7"), "amount": euros(900), "available": euros(650), "room": euros(most)}
        for most in (650, 800)
    ),
    "regulation.no-median": (
        {"id": ref("C7"), "vote": None, "closes": None},
        {"id": ref("C7"), "vote": ref("V3"), "closes": None},
        {"id": ref("C7"), "vote": ref("V3"), "closes": THURSDAY},
    ),
}

MINUTES = _MINUTES
