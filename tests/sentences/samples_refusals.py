"""Values of every refusal of a command, by key, as it gives them."""

from typing import Any

from circle.ledger import ItemState
from circle.refs import Kind
from commands.kernel.command import Right
from tests.sentences.samples import BOB, ref

REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "refused.not-allowed": tuple({"who": who} for who in (*Right, "author", "proposer", "power")),
    "refused.not-member": ({"circle": "Littoral"},),
    "refused.not-here": ({"command": "cercles"},),
    "own.another": ({"id": ref("C7"), "member": None}, {"id": ref("C7"), "member": BOB}),
    "own.nobody-there": (
        {"id": ref("C7"), "meeting": ref("M1"), "member": None},
        {"id": ref("C7"), "meeting": ref("M1"), "member": BOB},
    ),
    "outside.months": ({},),
    "outside.few": ({"circle": "Littoral", "fewest": 5},),
    "refused.in-the-room": ({"command": "séance", "circle": "Littoral"},),
    "refused.no-circle": (
        {
            "command": "action",
            "direct": True,
            "lines": ("!action Fête dans Littoral", "!action Fête dans Oise"),
        },
        {"command": "action", "direct": True, "lines": ()},
        {"command": "action", "direct": False, "lines": ()},
    ),
    "refused.unknown-command": (
        {"word": "contributon", "line": "!contribution 1h accueil"},
        {"word": "xyz", "line": None},
    ),
    "refused.decided": ({"id": ref("C7")},),
    "refused.edit": ({"command": "vote", "id": ref("V1")}, {"command": "vote", "id": None}),
    "refused.edit-changed": ({"command": "contribution", "id": ref("C7")},),
    "refused.edit-circle": ({"id": ref("C7")},),
    "refused.deletion": (
        {"command": "vote", "id": ref("V1")},
        {"command": "doter", "id": None},
    ),
    "refused.failed": ({"reference": "a1b2c3"},),
    "circle.unknown": (
        {"name": "Litoral", "choices": ("Littoral", "Oise")},
        {"name": "Litoral", "choices": ()},
    ),
    "circle.too-many": ({"limit": 3},),
    "circle.already-confirmed": ({"name": "Littoral"},),
    "name.mixed": ({"name": "Littoral"},),
    "circle.name-taken": ({"name": "Littoral"},),
    "workstream.exists": ({"name": "Accueil"},),
    "id.unknown": tuple({"id": ref(f"{kind}9")} for kind in Kind),
    "entry.already-settled": (
        {"id": ref("C7"), "state": ItemState.PAID, "number": "F-2026-031"},
        {"id": ref("C7"), "state": ItemState.INVOICED, "number": None},
    ),
}
