"""Values as the commands give them, by reply key: enough for every sentence to be said."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from circle.actions import ActionState
from circle.calendar.values import Note
from circle.circles import CircleKind, CircleState, RegulationMode
from circle.jobs import JobKind
from circle.ledger import EntryKind, ItemState, Nature
from circle.meetings import MeetingKind, Presence
from circle.money import Money
from circle.people import Person, PersonKey, Role
from circle.refs import Kind, Ref
from circle.votes import Outcome, Rule
from commands.kernel import Right

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
    "asked": euros(80),
    "pro_bono": False,
    "unfunded": False,
    "corrected": False,
    "promoted": True,
    "today": True,
    "regulation": MEETING_AT,
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
}
ITEMS = (
    ITEM,
    ITEM | {"id": ref("C8"), "nature": Nature.EXPENSE, "minutes": None, "what": "peinture"},
    ITEM | {"id": ref("C9"), "asked": None, "pro_bono": True, "action": None},
    ITEM | {"id": ref("C10"), "state": ItemState.PAID, "regulated": euros(60.5)},
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
}
VOTE: dict[str, Any] = {
    "id": ref("V1"),
    "rule": Rule.MAJORITY,
    "question": "Acheter une imprimante",
    "closes": THURSDAY,
    "electorate": 14,
    "quorum": "1/2",
    "needed": 7,
    "threshold": None,
    "budget": euros(150),
    "action": None,
    "secret": False,
    "hidden": False,
}
OPTIONS = (
    {"id": "A12", "text": "Café", "cost": euros(500)},
    {"id": "b", "text": "Jardin", "cost": euros(300)},
    {"id": "c", "text": "Fresque", "cost": euros(900)},
)
CHOICE = VOTE | {"rule": Rule.APPROVAL, "options": OPTIONS, "quorum": None, "needed": None}
RESULT: dict[str, Any] = {
    "adopted": True,
    "winners": (),
    "tie": False,
    "cast": 11,
    "quorum_met": True,
    "counts": {"yes": 8, "no": 2, "abstain": 1},
}
CLOSED = VOTE | RESULT | {
    "outcome": Outcome.ADOPTED,
    "closed": THURSDAY,
    "available": euros(650),
    "late": False,
}
MEETING: dict[str, Any] = {
    "id": ref("M1"),
    "kind": MeetingKind.REGULATION,
    "title": "",
    "start": MEETING_AT,
    "end": MEETING_END,
    "rrule": None,
    "place": "La Halle",
    "next": MEETING_AT,
}
SERIES = MEETING | {
    "id": ref("M2"),
    "kind": MeetingKind.OTHER,
    "title": "Café des lieux",
    "rrule": "FREQ=MONTHLY;BYDAY=1TU",
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
    "contributors": (ALICE, BOB, CAROLE, DANY),
    "new_contributors": (DANY,),
    "asked": euros(310),
    "regulated": euros(0),
    "available": euros(650),
    "granted": euros(1200),
    "votes": (
        VOTE | {"outcome": Outcome.ADOPTED},
        VOTE | {"id": ref("V2"), "question": "Changer d’horaires", "outcome": None},
    ),
    "meetings": (MEETING, SERIES),
}
STEWARD: dict[str, Any] = {
    "circle": "Littoral",
    "late": (AGREEMENT | {"days": 6}, OPEN_DAY | {"days": 1}),
    "votes": ({"id": ref("V2"), "question": "Horaires", "closes": THURSDAY, "missing": 5},),
    "waiting": 4,
    "waiting_amount": euros(310),
    "unclaimed_people": 2,
    "unclaimed_minutes": 540,
}
LINE = {
    "name": "Littoral",
    "kind": CircleKind.TERRITORIAL,
    "state": CircleState.ACTIVE,
    "open": 4,
    "late": 1,
    "granted": euros(1200),
    "available": euros(650),
}

SAMPLES: dict[str, tuple[dict[str, Any], ...]] = {
    "welcome": ({},),
    "welcome.back": ({"circle": "Littoral"},),
    "help": (
        {
            "circle": "Littoral",
            "items": (
                {"name": "aide", "key": "help"},
                {"name": "action", "key": "action.add"},
                {"name": "actions", "key": "action.list"},
                {"name": "contribution", "key": "contribution.declare"},
                {"name": "budget", "key": "budget.status"},
                {"name": "vote", "key": "vote.open"},
                {"name": "réunion", "key": "meeting.other"},
            ),
        },
        {"circle": None, "items": ({"name": "aide", "key": "help"},)},
    ),
    "help.command": (
        {
            "name": "contribution",
            "names": ("contribution", "contrib"),
            "key": "contribution.declare",
            "usage": "contribution EFFORT TEXTE [#A|#V] [le DATE] [MONTANT|bénévole] [pour QUI]",
            "examples": ("contribution 2h30 affiches #A1 80 €", "contribution 1h accueil bénévole"),
        },
    ),
    "help.unknown": (
        {"word": "contributon", "line": "contribution"},
        {"word": "xyz", "line": None},
    ),
    "circle.created": (
        {
            "name": "Littoral",
            "kind": CircleKind.TERRITORIAL,
            "state": CircleState.ACTIVE,
            "member": ALICE,
        },
    ),
    "circle.card": (
        {
            "name": "Littoral",
            "kind": CircleKind.TERRITORIAL,
            "state": CircleState.ACTIVE,
            "stewards": (ALICE, CAROLE),
            "members": BY_ROLE,
            "workstreams": ("Accueil", "Mobilité"),
            "meeting": MEETING,
            "available": euros(650),
            "granted": euros(1200),
        },
        {
            "name": "Oise",
            "kind": CircleKind.THEMATIC,
            "state": CircleState.PLANNED,
            "stewards": (),
            "members": dict.fromkeys(Role, 0),
            "workstreams": (),
            "meeting": None,
            "available": euros(0),
            "granted": euros(0),
        },
    ),
    "setting.list": (
        {
            "items": (
                {"name": "language", "value": "fr"},
                {"name": "timezone", "value": "Europe/Paris"},
                {"name": "summary_day", "value": 0},
                {"name": "summary_time", "value": time(9)},
                {"name": "reminders", "value": False},
                {"name": "quorum", "value": None},
                {"name": "regulation_mode", "value": RegulationMode.ITEM_BY_ITEM},
                {"name": "hidden_results", "value": True},
                {"name": "minutes_per_day", "value": 420},
                {"name": "robots", "value": ()},
                {"name": "asker_counted", "value": False},
                {"name": "participants_vote", "value": True},
            )
        },
    ),
    "setting.set": (
        {"name": "quorum", "value": "1/2", "since": date(2027, 1, 1), "now": False},
        {"name": "reminders", "value": False, "since": date(2026, 11, 30), "now": True},
    ),
    "language.set": ({"language": "fr", "own": False}, {"language": "en", "own": True}),
    "role.set": (
        {"member": BOB, "role": Role.CONTRIBUTOR, "until": None},
        {"member": ALICE, "role": Role.STEWARD, "until": date(2026, 12, 31)},
    ),
    "member.list": (
        {
            "items": (
                {"member": ALICE, "role": Role.STEWARD, "until": date(2026, 12, 31)},
                {"member": BOB, "role": Role.CONTRIBUTOR, "until": None},
                {"member": CAROLE, "role": Role.CONTRIBUTOR, "until": None},
            ),
            "count": 5,
            "more": 2,
        },
    ),
    "workstream.added": (
        {"id": 1, "name": "Accueil", "steward": ALICE, "envelope": euros(800)},
        {"id": 2, "name": "Mobilité", "steward": None, "envelope": None},
    ),
    "action.added": (
        OPEN_DAY | {"member": BOB, "workstream": {"name": "Accueil"}},
        AGREEMENT | {"member": BOB, "workstream": None, "due": None},
    ),
    "action.list": (
        {
            "items": (
                OPEN_DAY | {"state": ActionState.OPEN, "late": False},
                AGREEMENT | {"state": ActionState.OPEN, "late": True},
                WORKSHOP | {"state": ActionState.DONE, "late": False},
            ),
            "count": 7,
            "more": 4,
        },
        {"items": (), "count": 0, "more": 0},
    ),
    "action.taken": (OPEN_DAY | {"member": BOB, "promoted": True, "text": ""},),
    "action.left": (AGREEMENT | {"member": BOB, "text": ""},),
    "action.progress": (WORKSHOP | {"member": DANY, "text": "salle trouvée"},),
    "action.done": (
        OPEN_DAY | {"member": BOB, "text": "affiches collées"},
        AGREEMENT | {"member": BOB, "text": ""},
    ),
    "action.dropped": (
        OPEN_DAY | {"member": BOB, "text": "", "reason": ""},
        OPEN_DAY | {"member": BOB, "text": "", "reason": "pas de salle"},
    ),
    "action.reopened": (
        OPEN_DAY | {"member": BOB, "text": ""},
        AGREEMENT | {"member": BOB, "text": ""},
    ),
    "action.changed": (OPEN_DAY | {"member": BOB, "text": ""},),
    "contribution.declared": (
        CONTRIBUTION,
        CONTRIBUTION
        | {"asked": None, "pro_bono": True, "today": False, "corrected": True, "promoted": False},
        CONTRIBUTION | {"unfunded": True, "regulation": None, "action": None, "vote": ref("V1")},
        CONTRIBUTION | {"asked": None, "promoted": False},
    ),
    "expense.declared": (EXPENSE, EXPENSE | {"corrected": True, "regulation": None}),
    "contribution.list": (
        {"items": ITEMS, "count": 9, "more": 4, "member": BOB, "since": date(2026, 11, 1)},
        {"items": (), "count": 0, "more": 0, "member": None, "since": None},
    ),
    "statement": (
        {
            "member": BOB,
            "since": date(2026, 10, 1),
            "until": date(2026, 12, 31),
            "items": ITEMS,
            "minutes": 750,
            "asked": euros(80),
            "regulated": euros(60.5),
            "paid": euros(60.5),
            "more": 0,
        },
    ),
    "entry.cancelled": ({"id": ref("C7"), "what": "affiches", "amount": euros(80)},),
    "entry.corrected": (
        {"id": ref("C7"), "what": "affiches", "minutes": 120, "amount": euros(60)},
    ),
    "entry.invoiced": (
        {
            "id": ref("C7"),
            "member": BOB,
            "amount": euros(80),
            "number": "F-2026-031",
            "what": "affiches",
        },
    ),
    "entry.paid": (
        {"id": ref("C7"), "member": BOB, "amount": euros(80), "number": None, "what": "affiches"},
    ),
    "budget.status": (
        BUDGET | {"circle": "Littoral"},
        dict.fromkeys(BUDGET, euros(0)) | {"circle": "Oise"},
        BUDGET | {"circle": "Littoral", "asked": euros(1310), "available": euros(-50)},
    ),
    "budget.granted": (
        {
            "amount": euros(1200),
            "funder": "la Région",
            "workstream": None,
            "period": "2026",
            "available": euros(1850),
        },
    ),
    "ledger.list": (
        {
            "items": (
                {
                    "at": NOW,
                    "kind": EntryKind.DECLARED,
                    "id": ref("C7"),
                    "member": BOB,
                    "amount": euros(80),
                    "minutes": 150,
                    "what": "affiches",
                    "funder": None,
                    "number": None,
                },
                {
                    "at": NOW,
                    "kind": EntryKind.GRANT,
                    "id": None,
                    "member": ALICE,
                    "amount": euros(1200),
                    "minutes": None,
                    "what": "",
                    "funder": "Région",
                    "number": None,
                },
            ),
            "count": 2,
        },
        {"items": (), "count": 0},
    ),
    "vote.opened": (
        VOTE | {"options": ("yes", "no", "abstain")},
        VOTE | {"options": (), "secret": True, "threshold": "2/3", "needed": None},
        VOTE | {"options": (), "hidden": True, "action": ref("A1")},
        CHOICE,
        VOTE | {"options": (), "rule": Rule.CONSENT},
        VOTE | {"options": (), "rule": Rule.MEDIAN},
    ),
    "ballot.cast": ({"id": ref("V1")},),
    "vote.objected": ({"id": ref("V1"), "member": BOB, "reason": "trop cher"},),
    "vote.lifted": ({"id": ref("V1"), "member": BOB, "standing": 0},),
    "vote.amended": (
        {"id": ref("V1"), "question": "Louer une imprimante", "version": 2, "closes": THURSDAY},
    ),
    "vote.extended": (VOTE,),
    "vote.closed": (
        CLOSED,
        CLOSED | {"cast": 3, "quorum_met": False, "outcome": Outcome.NO_QUORUM, "late": True},
        CLOSED
        | {
            "rule": Rule.CONSENT,
            "counts": {"consent": 7, "concern": 1, "objection": 1, "abstain": 2},
            "outcome": Outcome.REJECTED,
            "available": None,
        },
        CLOSED | {"rule": Rule.MEDIAN, "amount": euros(150), "outcome": Outcome.DECIDED},
        CLOSED
        | CHOICE
        | {"winners": ("A12", ("b", "c")), "outcome": Outcome.DECIDED, "counts": {}, "budget": None},
        CLOSED
        | CHOICE
        | {
            "rule": Rule.SHARES,
            "funded": ("A12", "b"),
            "spent": euros(800),
            "outcome": Outcome.DECIDED,
        },
    ),
    "vote.result": (VOTE | RESULT, VOTE | {"hidden": True, "cast": 1}),
    "vote.pending": (
        {"items": (VOTE, VOTE | {"id": ref("V2"), "rule": Rule.CONSENT}), "count": 2},
        {"items": (), "count": 0},
    ),
    "vote.reminder": (VOTE | {"missing": (ALICE, BOB), "late": False},),
    "meeting.scheduled": (
        MEETING | {"notes": ()},
        SERIES | {"notes": (Note.TWICE, Note.YEAR_ASSUMED)},
    ),
    "meeting.list": (
        {"items": (MEETING, SERIES), "count": 12, "more": 10},
        {"items": (), "count": 0, "more": 0},
    ),
    "meeting.moved": (MEETING | {"was": THURSDAY, "notes": ()},),
    "meeting.cancelled": (MEETING | {"was": MEETING_AT, "reason": "salle indisponible"},),
    "meeting.attendance": (
        MEETING | {"member": BOB, "presence": Presence.PRESENT, "present": 3, "excused": 1},
        MEETING | {"member": BOB, "presence": Presence.ABSENT, "present": 0, "excused": 0},
    ),
    "meeting.agenda": (
        MEETING
        | {
            "points": ({"text": "clés du local", "member": BOB}, {"text": "site", "member": None}),
            "waiting": 4,
            "amount": euros(310),
            "more": 0,
        },
    ),
    "meeting.reminder": (MEETING | {"late": False},),
    "reminder.set": (REMINDER, REMINDER | {"direct": True, "rrule": "FREQ=WEEKLY;BYDAY=TH"}),
    "reminder.cancelled": (REMINDER,),
    "reminder.ring": (
        REMINDER | {"member": BOB, "late": False},
        REMINDER | {"member": BOB, "late": True, "direct": True},
    ),
    "job.missed": (
        REMINDER | {"kind": JobKind.REMINDER, "due": THURSDAY},
        {"kind": JobKind.WEEKLY_SUMMARY, "due": THURSDAY},
    ),
    "summary.week": (
        WEEK,
        WEEK
        | dict.fromkeys(("done", "progressed", "late", "votes", "meetings"), ())
        | {
            "minutes": 0,
            "contributors": (),
            "new_contributors": (),
            "granted": euros(0),
            "asked": euros(0),
        },
        WEEK | {"done": (OPEN_DAY,) * 9, "minutes_before": 0},
    ),
    "summary.steward": (
        STEWARD,
        STEWARD | {"late": (), "votes": (), "waiting": 0, "unclaimed_people": 0},
        STEWARD | {"late": (AGREEMENT | {"days": 6},) * 8},
    ),
    "status.circles": (
        {"items": (LINE, LINE | {"name": "Oise", "late": 0}), "count": 12, "more": 10},
        {"items": (), "count": 0, "more": 0},
    ),
    "status.circle": (
        LINE
        | BUDGET
        | {
            "members": BY_ROLE,
            "minutes": 1890,
            "contributors": 7,
            "votes": 1,
            "meeting": MEETING_AT,
        },
    ),
    "refused.not-allowed": tuple({"who": who} for who in (*Right, "author", "power")),
    "refused.not-member": ({"circle": "Littoral"},),
    "refused.not-here": ({"command": "cercles"},),
    "refused.no-circle": (
        {"command": "action", "direct": True},
        {"command": "action", "direct": False},
    ),
    "refused.unknown-command": (
        {"word": "contributon", "line": "!contribution 1h accueil"},
        {"word": "xyz", "line": None},
    ),
    "refused.decided": ({"id": ref("C7")},),
    "refused.edit-unread": ({"line": "!action Portes ouvertes"},),
    "refused.edit": ({"command": "vote", "id": ref("V1")}, {"command": "vote", "id": None}),
    "refused.edit-changed": ({"command": "contribution", "id": ref("C7")},),
    "refused.deletion": (
        {"command": "vote", "id": ref("V1")},
        {"command": "doter", "id": None},
    ),
    "refused.failed": ({"reference": "a1b2c3"},),
    "undecryptable": ({"member": BOB},),
    "circle.unknown": (
        {"name": "Litoral", "choices": ("Littoral", "Oise")},
        {"name": "Litoral", "choices": ()},
    ),
    "circle.not-direct": ({},),
    "circle.already-here": ({"name": "Littoral"},),
    "circle.name-taken": ({"name": "Littoral"},),
    "workstream.exists": ({"name": "Accueil"},),
    "id.unknown": tuple({"id": ref(f"{kind}9")} for kind in Kind),
    "cancel.action": ({"id": ref("A1")},),
    "cancel.vote": ({"id": ref("V1")},),
    "action.already-yours": ({"id": ref("A1")},),
    "action.not-yours": ({"id": ref("A1")},),
    "action.already-done": ({"id": ref("A1")},),
    "action.already-open": ({"id": ref("A1")},),
    "action.not-open": ({"id": ref("A1"), "state": ActionState.DROPPED},),
    "entry.already-cancelled": ({"id": ref("C7")},),
    "entry.not-regulated": ({"id": ref("C7"), "state": ItemState.DECLARED},),
    "entry.already-settled": (
        {"id": ref("C7"), "state": ItemState.PAID, "number": "F-2026-031"},
        {"id": ref("C7"), "state": ItemState.INVOICED, "number": None},
    ),
    "contribution.both": ({"amount": euros(80)},),
    "money.zero": ({},),
    "vote.nobody": ({},),
    "vote.over-budget": ({"amount": euros(900), "available": euros(650)},),
    "vote.already-closed": ({"id": ref("V1"), "closes": datetime(2026, 11, 29, 9, tzinfo=PARIS)},),
    "vote.not-elector": ({"id": ref("V1"), "opened": datetime(2026, 11, 27, 9, tzinfo=PARIS)},),
    "vote.secret": ({"id": ref("V1")},),
    "vote.hidden": ({"id": ref("V1")},),
    "vote.unknown-answer": (
        {"id": ref("V1"), "answer": "bof", "choices": ("yes", "no", "abstain")},
    ),
    "vote.not-later": ({"id": ref("V1"), "closes": THURSDAY},),
    "meeting.none": ({},),
    "meeting.already-cancelled": ({"id": ref("M1")},),
    "reminder.already-cancelled": ({"id": ref("R1")},),
    "who.not-member": ({"member": BOB},),
}
