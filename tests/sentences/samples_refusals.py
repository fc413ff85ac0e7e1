"""Values of every refusal of a command, by key, as it gives them."""

from typing import Any

from circle.actions import ActionState
from circle.ledger import ItemState
from circle.refs import Kind
from commands.kernel.command import Right
from tests.sentences.samples import BOB, NOW, euros, ref

REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "refused.not-allowed": tuple({"who": who} for who in (*Right, "author", "proposer", "power")),
    "refused.not-member": ({"circle": "Littoral"},),
    "refused.not-here": ({"command": "cercles"},),
    "own.in-the-room": ({"id": ref("C7"), "circle": "Littoral", "member": None},),
    "own.another": ({"id": ref("C7"), "member": None}, {"id": ref("C7"), "member": BOB}),
    "own.nobody-there": (
        {"id": ref("C7"), "meeting": ref("M1"), "member": None},
        {"id": ref("C7"), "meeting": ref("M1"), "member": BOB},
    ),
    "outside.months": ({},),
    "outside.few": ({"circle": "Littoral", "fewest": 5},),
    "refused.in-the-room": ({"command": "séance", "circle": "Littoral"},),
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
    "refused.edit-deleted": ({"command": "contribution", "id": ref("C7")},),
    "refused.edit-circle": ({"id": ref("C7")},),
    "refused.edit-kept": ({"id": ref("C7")},),
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
    "circle.too-many": ({"limit": 3},),
    "circle.already-confirmed": ({"name": "Littoral"},),
    "name.mixed": ({"name": "Littoral"},),
    "circle.name-taken": ({"name": "Littoral"},),
    "workstream.exists": ({"name": "Accueil"},),
    "id.unknown": tuple({"id": ref(f"{kind}9")} for kind in Kind),
    "cancel.action": ({"id": ref("A1")},),
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
    "meeting.none": ({},),
    "timer.too-long": ({"minutes": 600, "limit": 480},),
    "meeting.which": ({"id": ref("M1"), "when": "mercredi 2 décembre 2026 à 19h", "start": NOW},),
    "meeting.which-days": ({"id": ref("M1"), "start": NOW},),
    "meeting.already-cancelled": ({"id": ref("M1")},),
    "reminder.already-cancelled": ({"id": ref("R1")},),
    "who.alike": ({"name": "Jeanne Martln", "known": "Jeanne Martin"},),
    "who.not-member": ({"member": BOB},),
}
