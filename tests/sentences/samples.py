"""Values as the commands give them: what the samples of answers and refusals are made of."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from circle.circles import CircleKind, CircleState
from circle.ledger import ItemState, Nature
from circle.meetings import MeetingKind
from circle.money import Money
from circle.people import Person, PersonKey, Role
from circle.refs import Kind, Ref
from circle.votes import Outcome, Rule

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=PARIS)
MEETING_AT = datetime(2026, 12, 8, 18, 0, tzinfo=PARIS)
MEETING_END = datetime(2026, 12, 8, 20, 0, tzinfo=PARIS)
THURSDAY = datetime(2026, 12, 3, 18, 0, tzinfo=PARIS)


def person(name: str) -> Person:
    return Person(PersonKey(name), name, f"@{name}:localhost")


ALICE, BOB, CAROLE, DANY = map(person, ("alice", "bob", "carole", "dany"))


def euros(amount: float) -> Money:
    return Money(round(amount * 100))


def ref(text: str) -> Ref:
    return Ref(Kind(text[0]), int(text[1:]))


OPEN_DAY: dict[str, Any] = {
    "id": ref("A1"),
    "title": "Portes ouvertes du fablab",
    "holders": (BOB, CAROLE),
    "due": date(2026, 12, 12),
    "budget": euros(400),
}
AGREEMENT: dict[str, Any] = {
    "id": ref("A3"),
    "title": "Convention",
    "holders": (),
    "due": date(2026, 11, 24),
    "budget": None,
}
WORKSHOP: dict[str, Any] = {
    "id": ref("A7"),
    "title": "Atelier vélo",
    "holders": (DANY,),
    "due": None,
    "budget": None,
}
CONTRIBUTION: dict[str, Any] = {
    "id": ref("C7"),
    "member": BOB,
    "minutes": 150,
    "what": "affiches et réseaux",
    "day": date(2026, 11, 28),
    "action": ref("A1"),
    "title": "Portes ouvertes",
    "vote": None,
    "payee": None,
    "asked": euros(80),
    "pro_bono": False,
    "unfunded": False,
    "corrected": False,
    "was": None,
    "promoted": True,
    "today": True,
    "own": False,
    "regulation": MEETING_AT,
    "endowed": True,
    "same": None,
    "worked_out": (),
}
EXPENSE: dict[str, Any] = {
    name: value
    for name, value in CONTRIBUTION.items()
    if name not in {"minutes", "asked", "pro_bono"}
} | {"id": ref("C8"), "amount": euros(45.9), "what": "peinture", "unfunded": True}
ITEM: dict[str, Any] = {
    "id": ref("C7"),
    "nature": Nature.CONTRIBUTION,
    "member": BOB,
    "minutes": 150,
    "what": "affiches et réseaux",
    "day": date(2026, 11, 28),
    "action": ref("A1"),
    "asked": euros(80),
    "pro_bono": False,
    "state": ItemState.DECLARED,
    "regulated": None,
    "payee": None,
    "invoice": None,
}
HALL = Person(PersonKey("hall"), "La Halle", structure=True)
ITEMS = (
    ITEM,
    ITEM | {"id": ref("C8"), "nature": Nature.EXPENSE, "minutes": None, "what": "peinture"},
    ITEM | {"id": ref("C9"), "asked": None, "pro_bono": True, "action": None},
    ITEM | {"id": ref("C10"), "state": ItemState.PAID, "regulated": euros(60.5), "payee": HALL},
    ITEM | {"id": ref("C12"), "state": ItemState.INVOICED, "regulated": euros(9), "invoice": "F-1"},
    ITEM | {"id": ref("C11"), "state": ItemState.REFUSED, "asked": None},
)
BUDGET = {
    "granted": euros(1200),
    "committed": euros(150),
    "asked": euros(310),
    "regulated": euros(400),
    "invoiced": euros(300),
    "paid": euros(120.5),
    "available": euros(650),
    "missing": euros(0),
}
VOTE: dict[str, Any] = {
    "id": ref("V1"),
    "rule": Rule.MAJORITY,
    "question": "Acheter une imprimante",
    "version": 1,
    "options": ("yes", "no", "abstain"),
    "dates": False,
    "closes": THURSDAY,
    "electorate": 14,
    "quorum": "1/2",
    "needed": 7,
    "threshold": None,
    "budget": euros(150),
    "action": None,
    "item": None,
    "secret": False,
    "hidden": False,
    "review": None,
    "unfunded": False,
    "cancelled": False,
}
RESULT: dict[str, Any] = {
    "adopted": True,
    "winners": (),
    "tie": False,
    "cast": 11,
    "quorum_met": True,
    "counts": {"yes": 8, "no": 2, "abstain": 1},
}
CLOSED = (
    VOTE
    | RESULT
    | {
        "outcome": Outcome.ADOPTED,
        "closed": THURSDAY,
        "available": euros(650),
        "sealed": False,
        "late": False,
    }
)
MEETING: dict[str, Any] = {
    "id": ref("M1"),
    "kind": MeetingKind.REGULATION,
    "title": "",
    "start": MEETING_AT,
    "end": MEETING_END,
    "rrule": None,
    "exdates": (),
    "place": "La Halle",
    "next": MEETING_AT,
}
SERIES = MEETING | {
    "id": ref("M2"),
    "kind": MeetingKind.OTHER,
    "title": "Café des lieux",
    "rrule": "FREQ=MONTHLY;BYDAY=1TU",
    "exdates": (date(2027, 1, 5), date(2027, 8, 3)),
    "end": None,
    "place": None,
}
REMINDER: dict[str, Any] = {
    "id": ref("R1"),
    "at": THURSDAY,
    "rrule": None,
    "text": "envoyer la convention",
    "direct": False,
}
BY_ROLE = {Role.STEWARD: 2, Role.CONTRIBUTOR: 5, Role.PARTICIPANT: 1}
WEEK: dict[str, Any] = {
    "circle": "Littoral",
    "since": date(2026, 11, 23),
    "until": date(2026, 11, 29),
    "done": (OPEN_DAY, WORKSHOP | {"id": ref("A4"), "title": "Annuaire des lieux"}),
    "progressed": (WORKSHOP | {"text": "salle trouvée"},),
    "late": (AGREEMENT,),
    "open": 4,
    "minutes": 1890,
    "minutes_before": 1440,
    "contributors": 4,
    "new_contributors": 1,
    "newcomers": (DANY,),
    "asked": euros(310),
    "regulated": euros(0),
    "committed": euros(150),
    "available": euros(650),
    "granted": euros(1200),
    "votes": (
        VOTE | {"outcome": Outcome.ADOPTED},
        VOTE | {"id": ref("V2"), "question": "Changer d’horaires", "outcome": None},
    ),
    "meetings": (MEETING, SERIES),
    "question": None,
}
STEWARD: dict[str, Any] = {
    "circle": "Littoral",
    "late": (AGREEMENT | {"days": 6}, OPEN_DAY | {"days": 1}),
    "votes": ({"id": ref("V2"), "question": "Horaires", "closes": THURSDAY, "missing": 5},),
    "waiting": 4,
    "waiting_amount": euros(310),
    "overrun": None,
    "regulation": MEETING_AT,
    "terms": (),
    "silent": (),
    "unclaimed_people": 2,
    "unclaimed_minutes": 540,
    "resting": (),
}
LINE = {
    "name": "Littoral",
    "kind": CircleKind.TERRITORIAL,
    "state": CircleState.ACTIVE,
    "open": 4,
    "late": 1,
    "granted": euros(1200),
    "available": euros(650),
    "last": NOW,
}
