"""Reactions, polls, files, edits and deletions as everybody: as closed as the words are."""

from typing import Any

import pytest

from bot import events
from commands.gestures import GESTURES
from tests.security.town import Kind, Said, Town, Where, changed, town

OUTSIDERS = (Kind.STRANGER, Kind.NEIGHBOUR, Kind.FORMER)
FILE = events.Attachment(
    name="../../../etc/passwd", mimetype="text/plain", size=9, url="mxc://localhost/abc"
)
HERE = [(kind.value, key) for kind, key in GESTURES if kind.value in "ACMRV"]
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


@pytest.mark.parametrize("who", OUTSIDERS)
async def test_no_gesture_of_an_outsider_does_anything(made, who):
    for kind, key in HERE:
        said = await unchanged(made, reaction(made, who, Where.CIRCLE, kind, key))
        assert not said.tells("Littoral")


@pytest.mark.parametrize("who", Kind)
async def test_a_gesture_in_another_room_reaches_no_message_of_the_circle(made, who):
    for where in (Where.OTHER, Where.UNBOUND, Where.COORDINATION, Where.DIRECT):
        for kind, key in HERE:
            said = await unchanged(made, reaction(made, who, where, kind, key))
            assert said.keys == ()


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("where", [Where.CIRCLE, Where.OTHER, Where.DIRECT])
async def test_no_poll_answer_of_an_outsider_is_a_ballot(made, who, where):
    poll = made.announced("V2")
    for chosen in (("yes",), (), None, ("nonsense",)):
        event = events.PollResponse(**made.common(who, where), poll=poll, answers=chosen)
        await unchanged(made, event)


@pytest.mark.parametrize("who", [*OUTSIDERS, Kind.PARTICIPANT])
@pytest.mark.parametrize("where", [Where.CIRCLE, Where.OTHER, Where.DIRECT])
async def test_nobody_deletes_what_somebody_else_said(made, who, where):
    for target in made.spoken(Kind.CONTRIBUTOR):
        await unchanged(made, events.Redaction(**made.common(who, where), target=target))


@pytest.mark.parametrize("who", [*OUTSIDERS, Kind.PARTICIPANT, Kind.STEWARD, Kind.COORDINATOR])
@pytest.mark.parametrize("where", [Where.CIRCLE, Where.OTHER, Where.DIRECT])
async def test_nobody_edits_what_somebody_else_said(made, who, where):
    for target in made.spoken(Kind.CONTRIBUTOR):
        event = events.Message(**made.common(who, where), body=DONE, edits=target)
        await unchanged(made, event)


@pytest.mark.parametrize("where", [Where.OTHER, Where.UNBOUND, Where.COORDINATION, Where.DIRECT])
async def test_an_edit_sent_in_another_room_edits_nothing(made, where):
    for target in made.spoken(Kind.CONTRIBUTOR):
        event = events.Message(**made.common(Kind.CONTRIBUTOR, where), body=DONE, edits=target)
        await unchanged(made, event)


@pytest.mark.parametrize("who", [*OUTSIDERS, Kind.PARTICIPANT])
async def test_nobody_adds_a_receipt_to_what_somebody_else_declared(made, who):
    said = await unchanged(made, file_on(made, who, Where.CIRCLE))
    assert not set(said.keys) - {"refused.not-allowed", "refused.not-member"}


@pytest.mark.parametrize("who", Kind)
async def test_a_file_in_another_room_is_no_receipt_here(made, who):
    for where in (Where.OTHER, Where.UNBOUND, Where.COORDINATION, Where.DIRECT):
        await unchanged(made, file_on(made, who, where))


def file_on(made: Town, who: Kind, where: Where) -> events.Message:
    answered: dict[str, Any] = {"body": "", "attachment": FILE, "reply_to": made.announced("C1")}
    return events.Message(**made.common(who, where), **answered)


@pytest.mark.parametrize("line", ["!fait", "!prendre", "!annuler", "!contribution 2h aider"])
@pytest.mark.parametrize("subject", ["A1", "C1"])
async def test_an_answer_from_another_room_means_nothing_of_the_circle(made, line, subject):
    before = made.dump()
    reply_to = made.announced(subject)
    for who, where in ((Kind.NEIGHBOUR, Where.OTHER), (Kind.STRANGER, Where.DIRECT)):
        said = await made.say(who, where, line, reply_to=reply_to)
        assert not said.tells("Littoral")
    ours = ("actions", "action_log", "entries", "items")
    after = made.dump()
    assert all(before[name] == of_littoral(after[name], before[name]) for name in ours)


def of_littoral(rows: list[tuple[object, ...]], known: list[tuple[object, ...]]) -> list[Any]:
    """The rows that were there before: what another circle gained is its own."""
    return [row for row in rows if row in known]
