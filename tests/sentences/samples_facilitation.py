"""Values of what is told inside a meeting: turns, check-ins, codevelopment, proxies."""

from datetime import datetime
from typing import Any

from circle.codev import MINUTES, Step
from circle.meetings import Presence
from tests.sentences.samples import ALICE, BOB, CAROLE, DANY, MEETING, PARIS, ref

_UNTIL = datetime(2026, 11, 30, 18, 2, tzinfo=PARIS)
_TURNS: dict[str, Any] = {
    "id": ref("T1"),
    "minutes": 2,
    "speaking": BOB,
    "waiting": (CAROLE, DANY),
    "spoken": (ALICE, BOB),
    "until": _UNTIL,
    "member": CAROLE,
    "place": 1,
}
_OVER = {name: _TURNS[name] for name in _TURNS if name not in {"member", "place"}}
_FREE = _TURNS | {"minutes": None, "until": None, "waiting": ()}
_SILENT = _FREE | {"speaking": None, "spoken": (), "place": None}
_CHECKIN: dict[str, Any] = {"id": ref("W1"), "question": "", "count": 0, "until": _UNTIL}
_ASKED = _CHECKIN | {"question": "Comment arrivez-vous ?", "count": 1}
_WORDS = ({"member": BOB, "text": "☀️"}, {"member": CAROLE, "text": "un peu fatiguée"})
_CODEV: dict[str, Any] = {
    "id": ref("D1"),
    "topic": "Trouver des bénévoles",
    "client": BOB,
    "facilitator": ALICE,
    "consultants": (CAROLE, DANY),
    "step": None,
    "place": 0,
    "minutes": 75,
    "until": None,
}
_BARE = _CODEV | {"topic": "", "client": None, "consultants": ()}
_GIVEN: dict[str, Any] = MEETING | {"member": BOB, "proxy": ALICE, "given": True}

FACILITATION: dict[str, tuple[dict[str, Any], ...]] = {
    "turns.opened": (_TURNS, _SILENT),
    "turns.status": (_TURNS, _FREE, _SILENT),
    "turns.joined": (_TURNS, _TURNS | {"place": 2}),
    "turns.left": (_TURNS, _FREE),
    "turns.next": (_TURNS, _FREE, _SILENT),
    "turns.over": (_OVER, _OVER | {"waiting": ()}),
    "turns.closed": (_TURNS, _SILENT),
    "checkin.opened": (_CHECKIN, _ASKED),
    "checkin.status": (_CHECKIN, _ASKED | {"count": 3}),
    "checkin.closed": (
        _CHECKIN | {"words": ()},
        _ASKED | {"words": _WORDS},
        _CHECKIN | {"words": _WORDS * 21},
    ),
    "codev.opened": (_CODEV, _BARE),
    "codev.status": (_CODEV, _BARE, _CODEV | {"step": Step.PLAN, "place": 5, "until": _UNTIL}),
    "codev.step": tuple(
        _CODEV | {"step": step, "place": place, "minutes": MINUTES[step], "until": _UNTIL}
        for place, step in enumerate(Step, start=1)
    ),
    "codev.closed": (_CODEV, _BARE),
    "agenda.carried": (MEETING | {"text": "Les clés", "was": ref("M2")},),
    "meeting.proxy": (_GIVEN, _GIVEN | {"given": False, "proxy": None}),
}

FACILITATION_REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "turns.none": ({},),
    "turns.already": ({"place": 0}, {"place": 1}, {"place": 2}),
    "codev.no-client": ({},),
    "codev.has-role": ({"client": True}, {"client": False}),
    "agenda.no-point": tuple({"id": ref("M1"), "place": 3, "count": n} for n in range(3)),
    "proxy.outside": ({"member": DANY},),
    "proxy.not-there": tuple(
        {"member": BOB, "presence": presence}
        for presence in (Presence.REPRESENTED, Presence.ABSENT)
    ),
    "proxy.carries": ({"people": (BOB,)}, {"people": (BOB, CAROLE)}),
}
