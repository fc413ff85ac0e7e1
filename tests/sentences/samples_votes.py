"""Values of everything told about votes, by key: each rule, and each way a vote may end."""

from datetime import date, datetime, timedelta
from typing import Any

from circle.votes import Outcome, Rule
from tests.sentences.samples import (
    ALICE,
    BOB,
    CAROLE,
    CLOSED,
    MEETING_AT,
    MEETING_END,
    NOW,
    PARIS,
    RESULT,
    THURSDAY,
    VOTE,
    euros,
    ref,
)

DECIDED: dict[str, Any] = {
    "outcome": Outcome.DECIDED,
    "adopted": None,
    "needed": None,
    "quorum": None,
    "available": None,
    "budget": None,
}
COLOURS = ({"id": "A", "text": "Ocre"}, {"id": "B", "text": "Vert"}, {"id": "C", "text": "Bleu"})
EVENINGS = (
    {"id": "A", "text": "mardi", "start": MEETING_AT, "end": MEETING_END, "says_more": False},
    {"id": "B", "text": "jeudi", "start": THURSDAY, "end": None, "says_more": False},
    {"id": "C", "text": "samedi soir", "start": date(2026, 12, 5), "end": None, "says_more": True},
)
PROJECTS = (
    {"id": "A12", "text": "Café", "cost": euros(500)},
    {"id": "A14", "text": "Jardin", "cost": euros(300)},
    {"id": "C", "text": "Fresque", "cost": euros(900)},
)
CONSENT = VOTE | {
    "rule": Rule.CONSENT,
    "options": ("consent", "concern", "objection", "abstain"),
    "quorum": None,
    "needed": 4,
    "review": date(2027, 6, 1),
}
ESTIMATE = VOTE | {
    "rule": Rule.MEDIAN,
    "question": "affiches et réseaux",
    "item": ref("C7"),
    "options": (),
    "hidden": True,
    **dict.fromkeys(("quorum", "needed", "budget")),
}
CHOICE = VOTE | {
    "rule": Rule.APPROVAL,
    "options": COLOURS,
    **dict.fromkeys(("quorum", "needed", "budget")),
}
DATES = CHOICE | {"options": EVENINGS, "dates": True}
JUDGMENT = CHOICE | {"rule": Rule.JUDGMENT}
SHARES = CHOICE | {
    "rule": Rule.SHARES,
    "question": "Café · Jardin · Fresque",
    "options": PROJECTS,
    "budget": euros(1200),
}
ESTIMATED = {"member": BOB, "minutes": 150, "asked": euros(80)}
PAID = {"payers": 5, "limited": False, "price": euros(62.5)}
FINANCING: dict[str, Any] = {
    "funded": ("A12", "A14"),
    "spent": euros(800),
    "greedy": {"funded": ("C", "A14"), "spent": euros(1200)},
    "counts": {"A12": 8, "A14": 5, "C": 6},
    "financed": (
        PROJECTS[0] | {"votes": 8} | PAID,
        PROJECTS[1] | {"votes": 5, "payers": 0, "limited": False, "price": None},
    ),
    "left_out": (PROJECTS[2] | {"votes": 6},),
    "otherwise": (PROJECTS[2] | {"votes": 6}, PROJECTS[1] | {"votes": 5}),
}
RANKED = {"winners": ("A", ("B", "C")), "counts": {"A": 7, "B": 3, "C": 3}}
GRADED: dict[str, Any] = {
    "winners": ("B", "A", "C"),
    "counts": dict.fromkeys("ABC", (1, 0, 2, 3, 4, 1, 0)),
    "grades": (
        {"id": "A", "grade": 4, "sign": "\N{MINUS SIGN}"},
        {"id": "B", "grade": 4, "sign": "+"},
        {"id": "C", "grade": 0, "sign": ""},
    ),
}
SCORED: dict[str, Any] = {
    "winners": ("B", ("A", "C")),
    "counts": {"A": 4, "B": 12, "C": 4},
    "scores": tuple(
        {"id": one, "yes": 2, "if_needed": needed}
        for one, needed in zip("ABC", (0, 3, 0), strict=True)
    ),
}
REASONS: dict[str, Any] = {
    "counts": {"consent": 7, "concern": 1, "objection": 1, "abstain": 2},
    "objections": ({"member": BOB, "reason": "trop cher"},),
    "concerns": ("penser au bruit", "et au chauffage"),
}
TIE = {"outcome": Outcome.TIE, "winners": (("A", "B"), "C"), "tie": True}
OFF = {"outcome": Outcome.VOID, "closed": NOW, "cancelled": True}
SEALED = {"sealed": True, "secret": True, "cast": 2}
ASKED: dict[str, Any] = {"raised": None}
OBJECTED: dict[str, Any] = {"reason": "trop cher", "author": ALICE, "calls": False}
PENDING = {"circle": None}
MINE: dict[str, Any] = {
    "pseudonym": "v14a98e549e",
    "answered": True,
    "open": True,
    "choice": None,
    "amount": None,
    "chosen": (),
    "reason": "",
}

VOTES: dict[str, tuple[dict[str, Any], ...]] = {
    "vote.opened": (
        VOTE | ASKED,
        ASKED | VOTE | {"secret": True, "threshold": "2/3", "needed": None},
        ASKED | VOTE | {"hidden": True, "action": ref("A1"), "review": date(2027, 6, 1)},
        ASKED | CONSENT,
        ASKED | CONSENT | {"raised": 1},
        ASKED | VOTE | {"raised": "1/10", "secret": True, "electorate": 4},
        ASKED | CONSENT | {"hidden": True},
        ASKED | ESTIMATE | ESTIMATED,
        ASKED | ESTIMATE | {"member": BOB, "minutes": None, "asked": None, "hidden": False},
        ASKED | CHOICE,
        ASKED | CHOICE | {"secret": True},
        ASKED | DATES,
        ASKED | JUDGMENT,
        ASKED | SHARES | {"hidden": True, "available": euros(650)},
        ASKED | SHARES | {"available": None},
    ),
    "ballot.cast": (
        {"id": ref("V1"), "pseudonym": None},
        {"id": ref("V1"), "pseudonym": "v14a98e549e"},
    ),
    "ballot.mine": (
        VOTE | MINE | {"choice": "yes"},
        CONSENT | MINE | {"choice": "concern", "reason": "penser au bruit"},
        CHOICE | MINE | {"answered": False},
        VOTE | MINE | {"choice": "no", "pseudonym": None},
        CHOICE | MINE | {"answered": False, "open": False},
        CHOICE | MINE | {"chosen": tuple(one | {"value": None} for one in COLOURS)},
        CHOICE | MINE,
        DATES | MINE | {"chosen": tuple(one | {"value": 1} for one in EVENINGS)},
        JUDGMENT | MINE | {"chosen": tuple(one | {"value": 6} for one in COLOURS)},
        ESTIMATE | MINE | {"amount": euros(150), "open": False},
        ESTIMATE | MINE,
    ),
    "vote.objected": (
        CONSENT | OBJECTED | {"member": BOB, "calls": True},
        CONSENT | OBJECTED | {"member": BOB},
        CONSENT | OBJECTED | {"member": ALICE},
    ),
    "vote.lifted": (
        CONSENT | {"member": BOB, "standing": 0, "abstains": True},
        CONSENT | {"member": BOB, "standing": 2, "abstains": False},
    ),
    "vote.amended": (
        CONSENT | {"version": 2, "again": (BOB, CAROLE), "longer": False},
        CONSENT | {"version": 3, "again": (), "budget": None, "hidden": True, "longer": True},
    ),
    "vote.cancelled": (
        VOTE | OFF | {"member": ALICE, "reason": "mal posée"},
        SHARES | OFF | {"member": None, "reason": ""},
    ),
    "vote.unreadable": (
        CHOICE | {"outcome": None, "closed": None},
        CHOICE | OFF,
        JUDGMENT | OFF,
        SHARES | OFF,
        CHOICE | {"outcome": Outcome.DECIDED, "closed": NOW},
    ),
    "vote.extended": (VOTE, ESTIMATE),
    "vote.released": (VOTE | {"amount": euros(150), "available": euros(800)},),
    "vote.review": (CONSENT | {"closed": NOW - timedelta(days=180), "late": True},),
    "vote.closed": (
        CLOSED,
        CLOSED | {"cast": 3, "quorum_met": False, "outcome": Outcome.NO_QUORUM, "late": True},
        CLOSED | CONSENT | REASONS | {"outcome": Outcome.REJECTED, "available": None},
        CLOSED | CONSENT | REASONS | {"objections": (), "concerns": ()},
        CLOSED | ESTIMATE | DECIDED | {"amount": euros(150), "counts": (euros(100), euros(200))},
        CLOSED | ESTIMATE | DECIDED | {"amount": None, "counts": ()},
        CLOSED | CHOICE | DECIDED | RANKED,
        CLOSED | CHOICE | DECIDED | RANKED | TIE,
        CLOSED | CHOICE | DECIDED | RANKED | {"outcome": Outcome.VOID, "cast": 0},
        CLOSED | DATES | DECIDED | SCORED,
        CLOSED | {"unfunded": True},
        CLOSED | SEALED,
        CLOSED | CHOICE | DECIDED | SEALED | {"winners": ("B",)},
        CLOSED | SHARES | DECIDED | SEALED | FINANCING | {"unfunded": True, "available": euros(5)},
        CLOSED | JUDGMENT | DECIDED | GRADED,
        CLOSED | SHARES | DECIDED | FINANCING | {"budget": euros(1200)},
        CLOSED
        | SHARES
        | DECIDED
        | FINANCING
        | {"budget": euros(1200), "financed": (), "otherwise": ()},
    ),
    "vote.result": (
        VOTE | RESULT,
        VOTE | {"hidden": True, "cast": 1},
        CONSENT | RESULT | REASONS,
        JUDGMENT | RESULT | GRADED,
        SHARES | RESULT | FINANCING,
    ),
    "vote.list": (
        {
            "items": (VOTE, CHOICE),
            "closed": (
                SHARES | {"outcome": Outcome.DECIDED, "unfunded": True},
                VOTE | {"outcome": Outcome.VOID, "cancelled": True},
            ),
        },
        {"items": (), "closed": ()},
    ),
    "vote.pending": (
        {
            "items": tuple(
                one | PENDING for one in (VOTE, CONSENT, ESTIMATE, CHOICE, DATES, JUDGMENT, SHARES)
            ),
            "count": 7,
        },
        {"items": (VOTE | {"circle": "Littoral", "secret": True},), "count": 1},
        {"items": (), "count": 0},
    ),
    "vote.reminder": (
        VOTE | {"missing": (ALICE, BOB), "late": False},
        ESTIMATE | {"missing": (ALICE,) * 13, "late": True},
    ),
}

EARLY: dict[str, Any] = {
    "id": ref("V1"),
    "closes": THURSDAY,
    "missing": 3,
    "secret": False,
    "amended": False,
    "fewest": 3,
    "lacking": 1,
}
VOTE_REFUSALS: dict[str, tuple[dict[str, Any], ...]] = {
    "vote.already-closed": ({"id": ref("V1"), "closes": datetime(2026, 11, 29, 9, tzinfo=PARIS)},),
    "vote.not-elector": tuple(
        {"id": ref("V1"), "opened": datetime(2026, 11, 27, 9, tzinfo=PARIS), "why": why}
        for why in ("newcomer", "participant", "asker")
    ),
    "vote.secret": (VOTE, JUDGMENT),
    "vote.hidden": (VOTE, ESTIMATE),
    "vote.unknown-answer": (
        {
            "id": ref("V1"),
            "rule": Rule.CONSENT,
            "answer": "",
            "option": None,
            "choices": ("consent", "abstain"),
            "options": (),
            "dates": False,
        },
        {
            "id": ref("V1"),
            "rule": Rule.MAJORITY,
            "answer": "bof",
            "option": None,
            "choices": ("yes", "no", "abstain"),
            "options": (),
            "dates": False,
        },
        {
            "id": ref("V1"),
            "rule": Rule.MEDIAN,
            "answer": "bof",
            "option": None,
            "choices": (),
            "options": (),
            "dates": False,
        },
        {
            "id": ref("V1"),
            "rule": Rule.APPROVAL,
            "answer": "D",
            "option": None,
            "choices": ("A", "B", "C"),
            "options": COLOURS,
            "dates": False,
        },
        {
            "id": ref("V1"),
            "rule": Rule.JUDGMENT,
            "answer": "A",
            "option": "A",
            "choices": ("A", "B", "C"),
            "options": COLOURS,
            "dates": False,
        },
    ),
    "vote.too-early": tuple(
        EARLY | case
        for case in (
            {"lacking": 2},
            {"lacking": 0},
            {"fewest": None, "lacking": None},
            {"secret": True, "fewest": None, "lacking": None, "missing": 1},
            {"amended": True, "fewest": None, "lacking": None},
        )
    ),
    "vote.too-short": ({"closes": NOW, "earliest": THURSDAY},),
    "vote.too-long": ({"closes": THURSDAY, "latest": THURSDAY},),
    "vote.too-old": ({"id": ref("V1"), "latest": THURSDAY},),
    "vote.same-text": ({"id": ref("V1"), "question": "Ouvrir le samedi"},),
    "vote.answered": ({"id": ref("V1"), "steward": True}, {"id": ref("V1"), "steward": False}),
    "vote.not-later": ({"id": ref("V1"), "closes": THURSDAY},),
    "vote.reason-missing": (
        {"id": ref("V1"), "member": BOB, "typed": True},
        {"id": ref("V1"), "member": BOB, "typed": False},
    ),
    "vote.other-rule": (
        {"id": ref("V1"), "rule": Rule.MAJORITY},
        {"id": ref("V1"), "rule": Rule.SHARES},
    ),
    "vote.never-secret": ({},),
    "vote.already-open": ({"id": ref("V1"), "item": ref("C7")},),
    "vote.nothing-held": ({"id": ref("V1"), "open": True}, {"id": ref("V1"), "open": False}),
    "vote.review-too-early": ({"review": date(2026, 12, 2), "closes": THURSDAY},),
}
