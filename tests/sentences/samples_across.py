"""Values of what is told across circles, of evaluation and of a circle's sheet."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from circle.alerts import AlertKind
from circle.circles import CircleKind, CircleState, RegulationMode
from circle.evaluation import MeasureKind
from circle.people import Role
from tests.sentences.samples import ALICE, BOB, CAROLE, MEETING_AT, NOW, euros, ref

SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 30)
TODAY = NOW.date()
_MONEY: dict[str, Any] = {
    "granted": euros(1200),
    "committed": euros(150),
    "asked": euros(310),
    "regulated": euros(400),
    "invoiced": euros(300),
    "paid": euros(250),
    "available": euros(650),
}
_NO_MONEY: dict[str, Any] = dict.fromkeys(_MONEY, euros(0))
_LINE: dict[str, Any] = _MONEY | {
    "name": "Littoral",
    "kind": CircleKind.TERRITORIAL,
    "state": CircleState.ACTIVE,
    "open": 4,
    "late": 1,
    "done": 2,
    "minutes": 1890,
    "contributors": 7,
    "votes": 1,
    "waiting": 3,
    "last": TODAY - timedelta(days=1),
    "members": {Role.STEWARD: 1, Role.CONTRIBUTOR: 6, Role.PARTICIPANT: 12},
    "confirmed": True,
}
_NEW: dict[str, Any] = (
    _LINE
    | _NO_MONEY
    | {"name": "Oise", "state": CircleState.EMERGING, "open": 0, "late": 0, "done": 0, "last": None}
    | {"minutes": 0, "contributors": 0, "votes": 0, "members": dict.fromkeys(Role, 0)}
    | {"confirmed": False}
)
_FUNDERS: tuple[dict[str, Any], ...] = (
    _MONEY | {"name": "la Région"},
    _NO_MONEY | {"name": None},
)
_LIST: dict[str, Any] = {
    "items": (_LINE, _NEW),
    "count": 12,
    "more": 10,
    "page": 1,
    "view": "circles",
    "since": SINCE,
    "until": UNTIL,
    "state": None,
    "kind": None,
    "totals": None,
    "funders": (),
}
_NONE = _LIST | {"items": (), "count": 0, "more": 0}
_TOTALS = _MONEY | {"open": 4, "late": 1, "done": 2, "minutes": 1890, "votes": 1, "waiting": 3}
_QUIET = _NO_MONEY | dict.fromkeys(("open", "late", "done", "minutes", "votes", "waiting"), 0)
_ALERT: dict[str, Any] = {
    "days": 61,
    "percent": 93,
    "number": 2,
    "amount": euros(3.5),
    "until": date(2026, 12, 31),
}
_ALERTS = tuple(_ALERT | {"reason": kind} for kind in AlertKind)
_ALERTED = {"name": "Littoral", "alerts": _ALERTS}
_ONE_CIRCLE: dict[str, Any] = _LINE | {
    "since": SINCE,
    "until": UNTIL,
    "recent": True,
    "places": ("La Halle",),
    "meeting": MEETING_AT,
    "funders": _FUNDERS,
    "alerts": _ALERTS,
}
_WEEK: dict[str, Any] = {
    "since": SINCE,
    "until": UNTIL,
    "circles": 18,
    "active": 5,
    "totals": _TOTALS,
    "items": (_ALERTED,),
    "count": 9,
    "more": 8,
}
_TOLD = {"kind": MeasureKind.PASSAGE, "value": Fraction(2, 5), "percent": 40, "people": 12}
_MEASURES: tuple[dict[str, Any], ...] = (
    _TOLD | {"suppressed": False},
    *(_TOLD | {"kind": kind, "suppressed": False} for kind in list(MeasureKind)[1:5]),
    _TOLD
    | {"kind": MeasureKind.PRO_BONO_SHARE, "value": None, "percent": None}
    | {"suppressed": False},
    *(
        {"kind": kind, "value": None, "percent": None, "people": None, "suppressed": True}
        for kind in list(MeasureKind)[6:]
    ),
)
_EVALUATION: dict[str, Any] = {
    "circle": "Littoral",
    "since": SINCE,
    "until": UNTIL,
    "items": _MEASURES,
    "question": "",
    "answers": 0,
}
_EDGES = {"least": 10, "lower": 20, "middle": 35, "upper": 50, "most": 80}
_RANGES: dict[str, Any] = {
    "since": SINCE,
    "until": UNTIL,
    "circles": 18,
    "fewest": 4,
    "items": tuple({"kind": kind, "circles": 9} | _EDGES for kind in MeasureKind),
}
_ANSWERS: dict[str, Any] = {
    "circle": "Littoral",
    "question": "Qu’est-ce qui vous fait revenir ?",
    "items": ("La soupe du jeudi", "Les gens"),
    "count": 9,
    "more": 7,
}
SHEET_VALUES: dict[str, Any] = {
    "name": "Littoral",
    "kind": CircleKind.TERRITORIAL,
    "state": CircleState.ACTIVE,
    "since": date(2026, 1, 5),
    "aliases": ("Côte d’Opale",),
    "places": ("La Halle aux Sucres", "Le Fablab de la Côte d’Opale, à Boulogne-sur-Mer"),
    "stewards": ({"member": ALICE, "until": date(2026, 12, 31)},),
    "contributors": ({"member": BOB, "until": None}, {"member": CAROLE, "until": None}),
    "participants": 12,
    "workstreams": (
        {"name": "Accueil et animation locale des tiers-lieux", "steward": ALICE},
        {"name": "Compagnonnage", "steward": None},
    ),
    "rules": (
        {"name": "regulation_mode", "value": RegulationMode.ITEM_BY_ITEM, "since": None},
        {"name": "person_cap", "value": euros(500), "since": date(2026, 3, 1)},
        {"name": "quorum", "value": None, "since": None},
        {"name": "participants_vote", "value": True, "since": None},
        {"name": "hidden_results", "value": None, "since": None},
        {"name": "minutes_per_day", "value": 420, "since": date(2026, 1, 5)},
    ),
    "today": TODAY,
}
EMPTY_SHEET = SHEET_VALUES | dict.fromkeys(
    ("aliases", "places", "stewards", "contributors", "workstreams"), ()
)
CURVES: dict[str, Any] = {
    "circle": "Littoral",
    "ends": tuple(UNTIL - timedelta(days=90 * back) for back in range(5, -1, -1)),
    "lines": tuple(
        {"kind": kind, "percents": (None, 20, place * 10, None, 55, 100)}
        for place, kind in enumerate(MeasureKind)
    ),
}
_NAMED = {"name": "La Halle", "removed": False}

ACROSS: dict[str, tuple[dict[str, Any], ...]] = {
    "status.circles": (
        _LIST,
        _LIST | {"view": "budget", "totals": _TOTALS, "funders": _FUNDERS},
        _LIST | {"view": "late", "totals": _TOTALS, "kind": CircleKind.THEMATIC},
        _LIST | {"view": "hours", "totals": _TOTALS, "state": CircleState.ACTIVE, "more": 0},
        _LIST | {"view": "silence", "totals": _QUIET},
        _NONE,
        _NONE | {"page": 3, "count": 12},
        _NONE | {"state": CircleState.DORMANT, "kind": CircleKind.THEMATIC},
    ),
    "status.circle": (
        _ONE_CIRCLE,
        _ONE_CIRCLE
        | _NEW
        | {"recent": False, "places": (), "meeting": None, "funders": (), "alerts": ()},
    ),
    "status.alerts": (
        {"items": (_ALERTED,), "count": 9, "circles": 18, "more": 8, "page": 1},
        {"items": (), "count": 0, "circles": 18, "more": 0, "page": 1},
        {"items": (), "count": 0, "circles": 0, "more": 0, "page": 1},
    ),
    "digest.week": (
        _WEEK,
        _WEEK | {"active": 0, "totals": _QUIET, "items": (_ALERTED,) * 5, "more": 0},
    ),
    "broadcast.sent": (
        {"id": ref("B1"), "count": 17, "circles": ("Littoral",), "closed": ("Oise",)},
        {"id": ref("B1"), "count": 1, "circles": ("Littoral",), "closed": ()},
    ),
    "broadcast.unreached": ({"id": ref("B1"), "circles": ("Littoral", "Oise")},),
    "evaluation.measures": (
        _EVALUATION,
        _EVALUATION | {"items": _MEASURES[6:], "question": "Et demain ?", "answers": 3},
    ),
    "evaluation.ranges": (_RANGES, _RANGES | {"items": ()}),
    "evaluation.answered": (
        {"circle": "Littoral", "question": "", "changed": False},
        {"circle": "Littoral", "question": "Et demain ?", "changed": True},
    ),
    "evaluation.answers": (_ANSWERS, _ANSWERS | {"items": (), "count": 0, "more": 0}),
    "sheet": (SHEET_VALUES, EMPTY_SHEET),
    "circle.places": (
        _NAMED | {"places": ("La Halle", "Café Citoyen")},
        _NAMED | {"removed": True, "places": ()},
    ),
    "circle.aliases": (
        _NAMED | {"circle": "Littoral", "aliases": ("La Halle",)},
        _NAMED | {"circle": "Littoral", "aliases": (), "removed": True},
    ),
    "circle.state": (
        {"name": "Littoral", "state": CircleState.DORMANT, "was": CircleState.ACTIVE},
        {"name": "Littoral", "state": CircleState.ACTIVE, "was": CircleState.ACTIVE},
    ),
}
ACROSS_REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "broadcast.nobody": ({},),
    "place.unknown": (
        {"name": "Halle", "choices": ("La Halle",)},
        {"name": "Halle", "choices": ()},
    ),
    "alias.unknown": ({"name": "Côte", "choices": ("Opale",)}, {"name": "Côte", "choices": ()}),
}
