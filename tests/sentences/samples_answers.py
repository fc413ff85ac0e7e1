"""Values of every answer, by reply key, as its command gives them."""

from datetime import date, time
from typing import Any

from circle.actions import ActionState
from circle.calendar import Note
from circle.circles import CircleKind, CircleState, RegulationMode
from circle.jobs import JobKind
from circle.meetings import Presence
from circle.people import Role
from circle.receipts import ReceiptLost
from tests.sentences.samples import (
    AGREEMENT,
    ALICE,
    BOB,
    BY_ROLE,
    CAROLE,
    CONTRIBUTION,
    DANY,
    EXPENSE,
    MEETING,
    MEETING_AT,
    OPEN_DAY,
    REMINDER,
    SERIES,
    STEWARD,
    THURSDAY,
    WEEK,
    WORKSHOP,
    euros,
    ref,
)

_HOURS = {"said": "14h-17h", "amount": None, "minutes": 180}
_RATE = {"said": "15 €/h", "amount": euros(45), "minutes": 180}
_PRODUCT = {"said": "3 × 15 €", "amount": euros(45), "minutes": None}
_ATTENDS: dict[str, Any] = {
    "member": BOB,
    "present": 3,
    "excused": 1,
    "represented": 0,
    "carried": (),
}

TIMER = {name: REMINDER[name] for name in ("id", "at", "text")}
RINGING = REMINDER | {"member": BOB, "late": False, "kind": JobKind.REMINDER, "due": THURSDAY}

ANSWERS: dict[str, tuple[dict[str, Any], ...]] = {
    "welcome.back": ({"circle": "Littoral"},),
    "help": (
        {
            "circle": "Littoral",
            "topics": (
                {"topic": "programme", "name": "programme", "example": "action Fête"},
                {"topic": "money", "name": "argent", "example": "doter 1200 €"},
                {"topic": "organising", "name": "organiser", "example": "membres"},
            ),
        },
        {
            "circle": None,
            "topics": ({"topic": "personal", "name": "mes droits", "example": "mes-données"},),
        },
    ),
    "help.topic": (
        {
            "topic": "money",
            "items": (
                {"name": "budget", "key": "budget.status", "example": "budget"},
                {"name": "doter", "key": "budget.grant", "example": "doter 1 200 €"},
            ),
        },
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
    "circle.created": tuple(
        {
            "name": "Littoral",
            "kind": CircleKind.TERRITORIAL,
            "state": CircleState.ACTIVE,
            "member": ALICE,
            "confirmed": confirmed,
        }
        for confirmed in (True, False)
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
                {"name": "hidden_results", "value": None},
                {"name": "minutes_per_day", "value": 420},
                {"name": "meeting_minutes", "value": 60},
                {"name": "robots", "value": ()},
                {"name": "asker_counted", "value": False},
                {"name": "participants_vote", "value": True},
            )
        },
    ),
    "setting.lost": ({"items": ("timezone",)}, {"items": ("quorum", "regulation_mode")}),
    "setting.set": (
        {
            "name": "quorum",
            "value": "1/2",
            "was": None,
            "items": ({"name": "quorum", "value": "1/2", "was": None},),
            "since": date(2027, 1, 1),
            "now": False,
        },
        {
            "name": "summary_time",
            "value": time(17),
            "was": time(17),
            "items": (
                {"name": "summary_day", "value": 4, "was": 0},
                {"name": "summary_time", "value": time(17), "was": time(17)},
            ),
            "since": date(2026, 11, 30),
            "now": True,
        },
    ),
    "language.set": (
        {"language": "fr", "own": False, "was": "en"},
        {"language": "fr", "own": False, "was": "fr"},
        {"language": "en", "own": True, "was": None},
    ),
    "told.by": tuple(
        {"by": ALICE, "where": where} for where in ("direct", "coordination", "elsewhere")
    ),
    "role.set": (
        {"member": BOB, "role": Role.CONTRIBUTOR, "was": Role.PARTICIPANT, "until": None},
        {
            "member": ALICE,
            "role": Role.STEWARD,
            "was": Role.STEWARD,
            "until": date(2026, 12, 31),
        },
    ),
    "workstream.added": (
        {"id": 1, "name": "Accueil", "steward": ALICE, "envelope": euros(800)},
        {"id": 2, "name": "Mobilité", "steward": None, "envelope": None},
    ),
    "action.added": (
        OPEN_DAY | {"member": BOB, "workstream": {"name": "Accueil"}, "left": ()},
        AGREEMENT | {"member": BOB, "workstream": None, "due": None, "left": ("300 €",)},
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
    "action.said-done": tuple(OPEN_DAY | {"member": DANY, "text": text} for text in ("", "hier")),
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
        CONTRIBUTION | {"corrected": True, "was": euros(50), "promoted": False},
        CONTRIBUTION | {"unfunded": True, "regulation": None, "action": None, "vote": ref("V1")},
        CONTRIBUTION | {"asked": None, "promoted": False},
        CONTRIBUTION | {"promoted": False, "same": ref("C6"), "unfunded": True, "endowed": False},
        CONTRIBUTION | {"promoted": False, "worked_out": (_HOURS, _RATE)},
    ),
    "expense.declared": (
        EXPENSE,
        EXPENSE | {"corrected": True, "regulation": None},
        EXPENSE | {"worked_out": (_PRODUCT,), "promoted": False},
    ),
    "receipt.too-large": ({"id": ref("C7"), "most": 10},),
    "receipt.too-many": ({"id": ref("C7"), "most": 1}, {"id": ref("C7"), "most": 5}),
    "receipt.month-full": ({"id": ref("C7"), "most": 50},),
    "receipt.circle-full": ({"id": ref("C7"), "most": 1000},),
    "receipt.disk-full": ({"id": ref("C7"), "most": 1000},),
    "receipt.lost": tuple({"id": ref("C7"), "reason": reason} for reason in ReceiptLost),
    "entry.cancelled": ({"id": ref("C7"), "what": "affiches", "amount": euros(80)},),
    "meeting.scheduled": (
        MEETING | {"notes": ()},
        SERIES | {"notes": (Note.TWICE, Note.YEAR_ASSUMED)},
    ),
    "meeting.list": (
        {
            "items": (MEETING | {"present": 0}, SERIES | {"present": 3}),
            "count": 12,
            "more": 10,
        },
        {"items": (), "count": 0, "more": 0},
    ),
    "meeting.moved": (
        MEETING | {"was": THURSDAY, "notes": (), "series": None},
        MEETING | {"was": THURSDAY, "notes": (), "series": ref("M3")},
    ),
    "meeting.cancelled": (
        MEETING | {"was": MEETING_AT, "reason": "salle indisponible", "once": False},
        SERIES | {"was": MEETING_AT, "reason": "", "once": False},
        SERIES | {"was": MEETING_AT, "reason": "", "once": True},
    ),
    "meeting.attendance": (
        MEETING | _ATTENDS | {"presence": Presence.PRESENT, "represented": 1},
        MEETING | _ATTENDS | {"presence": Presence.ABSENT, "present": 0, "carried": (ALICE,)},
    ),
    "meeting.reminder": (
        MEETING | {"present": 2, "waiting": 4, "late": False, "silent": ()},
        MEETING | {"present": 0, "waiting": 0, "late": True, "silent": (ALICE, BOB)},
        MEETING | {"present": 0, "waiting": 0, "late": True, "silent": (ALICE,) * 13},
    ),
    "meeting.reminders": (
        {"items": (MEETING | {"present": 2, "late": True}, SERIES | {"present": 0, "late": True})},
    ),
    "reminder.list": (
        {"items": (), "more": 0},
        {"items": (REMINDER, REMINDER | {"rrule": "FREQ=WEEKLY;BYDAY=TH"}), "more": 2},
    ),
    "reminder.set": (REMINDER, REMINDER | {"direct": True, "rrule": "FREQ=WEEKLY;BYDAY=TH"}),
    "reminder.except": ({"exdates": (date(2026, 12, 24),)}, {"exdates": (date(2026, 12, 24),) * 2}),
    "timer.set": (TIMER | {"minutes": 5}, TIMER | {"minutes": 90, "text": ""}),
    "timer.over": (
        TIMER | {"member": BOB, "late": False},
        TIMER | {"member": BOB, "late": True, "text": ""},
    ),
    "reminder.dates": (
        {"near": (OPEN_DAY,), "past": (AGREEMENT,), "terms": (), "late": False},
        {"near": (), "past": (OPEN_DAY, AGREEMENT) * 5, "terms": (), "late": True},
        {
            "near": (),
            "past": (),
            "terms": ({"member": BOB, "role": Role.STEWARD, "until": date(2026, 12, 10)},),
            "late": False,
        },
    ),
    "reminder.ring": (
        RINGING,
        RINGING | {"late": True, "direct": True},
    ),
    "job.missed": (
        RINGING,
        {"kind": JobKind.WEEKLY_SUMMARY, "due": THURSDAY},
    ),
    "summary.week": (
        WEEK,
        WEEK
        | dict.fromkeys(("done", "progressed", "late", "votes", "meetings"), ())
        | {
            "minutes": 0,
            "contributors": 0,
            "new_contributors": 0,
            "newcomers": (),
            "granted": euros(0),
            "asked": euros(0),
        },
        WEEK | {"done": (OPEN_DAY,) * 9, "minutes_before": 0, "question": 48},
    ),
    "summary.steward": (
        STEWARD,
        STEWARD | {"late": (), "votes": (), "waiting": 0, "unclaimed_people": 0},
        STEWARD | {"late": (AGREEMENT | {"days": 6},) * 8},
        STEWARD
        | {
            "overrun": euros(120),
            "regulation": None,
            "terms": ({"member": BOB, "role": Role.STEWARD, "until": date(2026, 12, 10)},),
            "silent": (OPEN_DAY | {"days": 30},),
        },
    ),
}
