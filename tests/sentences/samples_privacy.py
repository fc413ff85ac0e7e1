"""Values of what is told of personal data."""

from typing import Any

from tests.sentences.samples import ALICE, euros, ref

_PAGE: dict[str, Any] = {
    "circle": "Littoral",
    "stewards": (ALICE,),
    "mention": False,
    "messages": 30,
    "years": 10,
    "backups": 30,
    "controller": None,
    "contact": None,
}
_TOLD = _PAGE | {
    "circle": None,
    "stewards": (),
    "mention": True,
    "controller": "La Compagnie",
    "contact": "donnees@example.org",
}
_SPARED = (
    {"name": "Rose", "circle": "Littoral", "where": (ref("A1"), ref("V3")), "count": 4},
    {"name": "Rose", "circle": "Artois", "where": (), "count": 1},
)
_ERASE: dict[str, Any] = {
    "circles": ("Littoral", "Artois"),
    "kept": 12,
    "waiting": 2,
    "asked": euros(110),
    "due": euros(80),
    "files": 2,
    "years": 10,
    "backups": 30,
    "contact": None,
    "spared": _SPARED,
}
_NOTHING = _ERASE | {
    "circles": (),
    "kept": 0,
    "waiting": 0,
    "asked": euros(0),
    "due": euros(0),
    "files": 0,
    "spared": (),
}

PRIVACY: dict[str, tuple[dict[str, Any], ...]] = {
    "privacy.data": (
        {"items": 0, "files": 0, "messages": 0, "days": 30},
        {"items": 12, "files": 1, "messages": 40, "days": 30},
    ),
    "privacy.page": (_PAGE, _TOLD),
    "privacy.mention": ({"agreed": True}, {"agreed": False}),
    "privacy.register": (_PAGE, _TOLD),
    "privacy.erase": (_ERASE, _NOTHING),
    "privacy.erased": (
        {"years": 10, "backups": 30, "spared": ()},
        {"years": 10, "backups": 30, "spared": _SPARED},
    ),
}
FILES: dict[str, tuple[dict[str, Any], ...]] = {
    "privacy.readme": (
        {"files": 0, "archives": 0},
        {"files": 3, "archives": 1},
        {"files": 30, "archives": 4},
    ),
    "privacy.register-text": (_PAGE, _TOLD),
}
