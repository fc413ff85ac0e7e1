"""Reactions, polls, files, edits and deletions as everybody: as closed as the words are."""

from itertools import product
from typing import Any

import pytest

from bot import events
from commands.gestures import GESTURES
from tests.security.town import OURS, Kind, Said, Town, Where, changed, town

OUTSIDERS = (Kind.STRANGER, Kind.NEIGHBOUR, Kind.FORMER)
FILE = events.Attachment(
    name="../../../etc/passwd", mimetype="text/plain", size=9, url="mxc://localhost/abc"
)
HERE = [(kind.value, key) for kind, key in GESTURES if kind.value in "ACMRV"]
ELSEWHERE = [where for where in Where if where is not Where.CIRCLE]
DONE = "!contribution 9h tout refaire 9 €"


@pytest.fixture
async def made():
    async with town() as made:
        yield made


async def unchanged(made: Town, event: events.AnyEvent) -> Said:
    """What comes of an event that must change nothing."""
    before = made.dump()
    said = await made.happens(event)
    assert changed(before, made.dump()) == {}, said
    return said


def reaction(made: Town, who: Kind, where: Where, kind: str, key: str) -> events.Reaction:
    target = made.announced(f"{kind}1")
    return events.Reaction(**made.common(who, where), target=target, key=key)


async def test_no_gesture_of_an_outsider_does_anything(made):
    for who, (kind, key) in product(OUTSIDERS, HERE):
        said = await unchanged(made, reaction(made, who, Where.CIRCLE, kind, key))
        assert not said.tells(OURS)


async def test_a_gesture_in_another_room_reaches_no_message_of_the_circle(made):
    for who, where, (kind, key) in product(Kind, ELSEWHERE, HERE):
        said = await unchanged(made, reaction(made, who, where, kind, key))
        assert said.keys == ()


async def test_no_poll_answer_of_an_outsider_is_a_ballot(made):
    poll = made.announced("V2")
    for who, where, chosen in product(OUTSIDERS, Where, (("yes",), (), None, ("nonsense",))):
        event = events.PollResponse(**made.common(who, where), poll=poll, answers=chosen)
        await unchanged(made, event)


async def test_nobody_deletes_what_somebody_else_said(made):
    for who, where in product((*OUTSIDERS, Kind.PARTICIPANT), Where):
        for target in made.spoken(Kind.CONTRIBUTOR):
            await unchanged(made, events.Redaction(**made.common(who, where), target=target))


async def test_nobody_edits_what_somebody_else_said(made):
    for who, where in product(set(Kind) - {Kind.CONTRIBUTOR}, Where):
        for target in made.spoken(Kind.CONTRIBUTOR):
            event = events.Message(**made.common(who, where), body=DONE, edits=target)
            await unchanged(made, event)


async def test_an_edit_sent_in_another_room_edits_nothing(made):
    for where in ELSEWHERE:
        for target in made.spoken(Kind.CONTRIBUTOR):
            common = made.common(Kind.CONTRIBUTOR, where)
            await unchanged(made, events.Message(**common, body=DONE, edits=target))


async def test_nobody_adds_a_receipt_to_what_somebody_else_declared(made):
    for who in (*OUTSIDERS, Kind.PARTICIPANT):
        said = await unchanged(made, file_on(made, who, Where.CIRCLE))
        assert set(said.keys) <= {"refused.not-allowed", "refused.not-member"}


async def test_a_file_in_another_room_is_no_receipt_here(made):
    for who, where in product(Kind, ELSEWHERE):
        await unchanged(made, file_on(made, who, where))


def file_on(made: Town, who: Kind, where: Where) -> events.Message:
    answered: dict[str, Any] = {"body": "", "attachment": FILE, "reply_to": made.announced("C1")}
    return events.Message(**made.common(who, where), **answered)


async def test_an_answer_from_another_room_means_nothing_of_the_circle(made):
    before = made.dump()
    for line, subject in product(("!fait", "!prendre", "!annuler", "!avance vite"), ("A1", "C1")):
        reply_to = made.announced(subject)
        for who, where in ((Kind.NEIGHBOUR, Where.OTHER), (Kind.STRANGER, Where.DIRECT)):
            said = await made.say(who, where, line, reply_to=reply_to)
            assert not said.tells(OURS)
    assert changed(before, made.dump()) == {}
