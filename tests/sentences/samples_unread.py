"""Values of everything that cannot be read, by key, as the readers give them."""

from datetime import date, timedelta
from typing import Any

from circle.calendar import Reason
from circle.refs import Kind
from tests.sentences.samples import ALICE, BOB, MEETING_AT, THURSDAY, euros, ref

TWO_DAYS = (date(2026, 12, 1), date(2026, 12, 8))
OTHERS: dict[str, tuple[dict[str, Any], ...]] = {
    "text.too-long": ({"length": 12000, "limit": 2000},),
    "id.wrong-kind": ({"id": ref("C7"), "kinds": (Kind.ACTION, Kind.VOTE)},),
    "id.ambiguous": ({"choices": (ref("A12"), ref("V12"))},),
    "money.ambiguous": ({"choices": (euros(1200), euros(1.2))},),
    "money.year": ({"amount": euros(2026)},),
    "effort.ambiguous": ({"choices": (150, 120)},),
    "effort.out-of-range": ({"minutes": 0, "limit": 527040}, {"minutes": 600000, "limit": 527040}),
    "date.ambiguous": tuple(
        {"choices": choices, "reason": reason}
        for reason in (Reason.NEXT_WEEKDAY, Reason.EITHER)
        for choices in (TWO_DAYS, (), (MEETING_AT, THURSDAY))
    ),
    "date.mismatch": ({"date": date(2024, 4, 10), "said": 1, "real": 2},),
    "date.past": ({"start": THURSDAY}, {"date": TWO_DAYS[0]}),
    "date.future": ({"date": TWO_DAYS[1]},),
    "date.end-before-start": ({"start": MEETING_AT, "end": MEETING_AT - timedelta(hours=2)},),
    "who.unknown": ({"choices": (ALICE, BOB)}, {"choices": ()}),
    "workstream.unknown": ({"choices": ("Accueil",)}, {"choices": ()}),
    "circle.unknown": ({"choices": ("Littoral", "Oise")}, {"choices": ()}),
    "choice.unknown": ({"choices": ("oui", "non")},),
}
TYPED = {
    "text": "1.200",
    "example": "!frais 1200 € peinture",
    "lines": ("!frais 1200 € peinture", "!frais 1,20 € peinture"),
    "command": "frais",
    "choices": (),
}
UNREAD: dict[str, tuple[dict[str, Any], ...]] = {
    key: tuple(TYPED | values for values in given) for key, given in OTHERS.items()
}
