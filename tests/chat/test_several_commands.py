"""Several commands in one message: each line is done alone, in order, once."""

from functools import wraps

import pytest

from bot import events
from bot.console.console import BOT, room_id, user_id
from storage.actions import SqlActions
from storage.inbox import Finishing
from storage.mail import Admission
from tests.chat.scene import scene

BORN = ("alice> !cercle créer Littoral", "bob joins")
TWO = "bob> !contribution 2h affiches\n  !frais 20 € peinture"
MIXED = "bob> !contribution affiches\n  !frais 20 € peinture\n  !contribution 1h tri"
DONE = ["contribution.declared", "expense.declared"]


async def entries(made):
    """What is declared and stands: the text, and the minutes or cents."""
    [listed] = await made.play("alice> !contributions")
    return {
        one["what"]: one["minutes"] or one["asked"]["cents"]
        for one in listed.values["items"]
        if one["state"] != "cancelled"
    }


def in_circle(heard):
    return [one.key for one in heard if one.room == "circle"]


@pytest.mark.parametrize("who", ["bob", "bob (dm)"])
@pytest.mark.parametrize(
    "text",
    [
        "!contribution 2h affiches\n  !frais 20 € peinture",
        "!contribution 2h affiches\n  \u200b\n  !frais 20 € peinture",
        "Bonjour,\n  !contribution 2h affiches\n  !frais 20 € peinture\n  merci !",
        "!contribution 2h affiches\n  🙂 ! frais 20 € peinture",
        "souci : contribution 2h affiches\n  souci : frais 20 € peinture",
        "!contribution 2h affiches\n  @souci frais 20 € peinture",
        "souci : contribution 2h affiches\n  frais 20 € peinture",
    ],
)
async def test_each_line_is_done(who, text):
    async with scene(*BORN) as made:
        assert in_circle(await made.play(f"{who}> {text}")) == DONE
        assert await entries(made) == {"affiches": 120, "peinture": 2000}


@pytest.mark.parametrize(
    "text",
    [
        "contribution 2h affiches\n  frais 20 € peinture",
        "!contribution 2h affiches\n  frais 20 € peinture",
        "Salut\n  budget\n  membres\n  merci",
    ],
)
async def test_directly_no_line_needs_a_prefix(text):
    async with scene(*BORN) as made:
        own = [one for one in await made.play(f"bob (dm)> {text}") if one.to]
        assert len(own) == 2
        assert not {one.key for one in own} & {"refused.unknown-command", "reading.several-lines"}


@pytest.mark.parametrize(
    "text",
    [
        "!choix Où ?\n  - la Halle\n  - le café",
        "!action Fête du port\n  Souci : trouver une salle",
        "souci : choix On fait quoi ?\n  réunion\n  vote",
        "!action Fête du port\n  avec budget et membres à préciser",
    ],
)
async def test_a_text_on_several_lines_stays_one_command(text):
    async with scene(*BORN) as made:
        assert len(await made.play(f"bob> {text}")) == 1


async def test_a_directly_said_text_that_is_no_command_goes_on_with_the_one_before():
    async with scene(*BORN) as made:
        [heard] = await made.play("bob (dm)> action Fête du port\n  samedi au marché")
        assert heard.values["title"] == "Fête du port samedi au marché"


async def test_a_later_line_goes_on_with_the_command_above_it():
    async with scene(*BORN) as made:
        heard = await made.play("bob> !choix Où ?\n  - la Halle\n  - le café\n  !action Fête")
        assert [one.key for one in heard] == ["vote.opened", "action.added"]
        assert len(heard[0].values["options"]) == 2


async def test_a_line_may_speak_of_what_the_line_above_made():
    async with scene(*BORN) as made:
        assert await made.keys("bob> !action Fête\n  !prendre A1\n  !fait A1") == [
            "action.added",
            "action.taken",
            "action.done",
        ]


async def test_a_refused_line_stops_no_other_and_is_named():
    async with scene(*BORN) as made:
        heard = await made.play(MIXED)
        assert [one.key for one in heard] == ["effort.not-understood", *reversed(DONE)]
        assert heard[0].values["of_line"] == "!contribution affiches"
        assert heard[0].text.startswith("🌼 !contribution affiches\u00a0:")


async def test_the_question_of_one_line_is_answered_and_the_others_stay():
    async with scene(*BORN, MIXED) as made:
        assert await entries(made) == {"peinture": 2000, "tri": 60}
        assert await made.keys("bob re -4> 2h") == ["contribution.declared"]
        assert await entries(made) == {"peinture": 2000, "tri": 60, "affiches": 120}


async def test_questions_of_two_lines_are_each_answered():
    async with scene(*BORN, "bob> !contribution affiches\n  !contribution tri") as made:
        assert await made.keys("bob re -2> 2h", "bob re -2> 1h") == ["contribution.declared"] * 2
        assert await entries(made) == {"affiches": 120, "tri": 60}


async def test_directly_the_questions_of_two_lines_are_answered_last_first():
    async with scene(*BORN, "bob (dm)> contribution affiches\n  contribution tri") as made:
        await made.play("bob (dm)> 1h", "bob (dm)> 2h")
        assert await entries(made) == {"affiches": 120, "tri": 60}


async def test_a_proposal_for_one_line_is_accepted_by_its_reaction():
    async with scene(*BORN, "bob> !action Fête\n  !contributon 1h tri") as made:
        assert await made.keys("bob + ✅ -1") == ["contribution.declared"]


async def test_the_answer_to_a_line_is_a_reply_to_the_message_people_see():
    async with scene(*BORN) as made:
        letters = []
        remember = made.console._remember
        made.console._remember = lambda posted: (letters.append(posted.letter), remember(posted))
        await made.play(MIXED)
        [*_, sent] = made.console._rooms[room_id("circle")].sent["bob"]
        answered = [one.content["m.relates_to"]["m.in_reply_to"]["event_id"] for one in letters]
        assert answered == [sent] * 3


async def test_a_reply_to_the_answer_of_a_line_means_its_thing():
    async with scene(*BORN, "bob> !action Fête\n  !action Repas") as made:
        [heard] = await made.play("bob re -1> !prendre")
        assert heard.values["id"] == "A2"
        await made.play("bob + 🙋 A1")
        [listed] = await made.play("bob> !actions")
        assert [len(one["holders"]) for one in listed.values["items"]] == [1, 1]


async def test_in_a_thread_each_answer_is_in_it():
    async with scene(*BORN) as made:
        letters = []
        made.console._remember = lambda posted: letters.append(posted.letter)
        await made.send("bob", body="!action Fête\n!action Repas", thread="$root")
        relations = [one.content["m.relates_to"] for one in letters]
        assert [one["event_id"] for one in relations] == ["$root"] * 2


async def test_quiet_answers_of_lines_are_said_in_words():
    async with scene(*BORN, "alice> !vote Un ?", "alice> !vote Deux ?") as made:
        heard = await made.play("bob> !bulletin V1 pour\n  !bulletin V2 contre")
        assert [one.values["id"] for one in heard] == ["V1", "V2"]


@pytest.mark.parametrize(
    ("who", "prefix"), [("bob", "!"), ("bob (dm)", "!"), ("bob (dm)", ""), ("bob", "souci : ")]
)
async def test_ten_are_done_and_more_are_not(who, prefix):
    async with scene(*BORN) as made:
        lines = [f"{prefix}action Numéro {number}" for number in range(1, 14)]
        [refused] = await made.play(f"{who}> " + "\n  ".join(lines))
        assert (refused.key, refused.values["count"]) == ("refused.many-lines", 13)
        heard = await made.keys(f"{who}> " + "\n  ".join(lines[:10]))
        assert heard == ["action.added"] * 10


async def test_too_many_lines_made_fewer_are_done_then():
    async with scene(*BORN) as made:
        lines = [f"!action Numéro {number}" for number in range(1, 12)]
        await made.play("bob> " + "\n  ".join(lines))
        assert await made.keys("bob edit -1> " + "\n  ".join(lines[:3])) == ["action.added"] * 3
        assert await made.keys("bob delete -1") == ["action.dropped"] * 3


# Corrected and deleted


async def test_an_edit_corrects_the_line_that_changed_and_no_other():
    async with scene(*BORN, TWO) as made:
        [heard] = await made.play("bob edit -1> !contribution 2h affiches\n  !frais 25 € peinture")
        assert (heard.key, heard.values["id"]) == ("expense.declared", "C2")
        assert await entries(made) == {"affiches": 120, "peinture": 2500}


async def test_a_second_edit_is_compared_with_the_first():
    async with scene(*BORN, TWO) as made:
        await made.play("bob edit -1> !contribution 3h affiches\n  !frais 20 € peinture")
        [heard] = await made.play("bob edit -1> !contribution 3h affiches\n  !frais 25 € peinture")
        assert heard.values["id"] == "C2"
        assert await entries(made) == {"affiches": 180, "peinture": 2500}


async def test_an_edit_that_changes_nothing_says_nothing():
    async with scene(*BORN, MIXED) as made:
        assert await made.keys(MIXED.replace("bob>", "bob edit -1>")) == []
        assert await made.keys("bob re -3> 2h") == ["contribution.declared"]


async def test_an_edit_of_the_refused_line_runs_it_once():
    async with scene(*BORN, MIXED) as made:
        mended = MIXED.replace("bob>", "bob edit -1>").replace("affiches", "2h affiches")
        assert await made.keys(mended) == ["contribution.declared"]
        assert await made.keys(mended) == []
        assert await made.keys("bob re -4> 2h") == ["prompt.closed"]


@pytest.mark.parametrize(
    "text", ["!contribution 2h affiches", f"{TWO[5:]}\n  !action Fête", "rien de tout cela"]
)
async def test_an_edit_to_another_count_of_lines_is_refused(text):
    async with scene(*BORN, TWO) as made:
        assert await made.keys(f"bob edit -1> {text}") == ["refused.edit-lines"]
        assert await entries(made) == {"affiches": 120, "peinture": 2000}


async def test_one_command_is_not_corrected_into_two():
    async with scene(*BORN, "bob> !contribution 2h affiches") as made:
        assert await made.keys(TWO.replace("bob>", "bob edit -1>")) == ["refused.edit-lines"]
        assert await entries(made) == {"affiches": 120}


async def test_a_refused_command_corrected_into_two_runs_both():
    async with scene(*BORN, "bob> !contributon 2h affiches") as made:
        assert await made.keys(TWO.replace("bob>", "bob edit -1>")) == DONE
        assert await made.keys("bob + ✅ -3") == ["prompt.closed"]
        assert await made.keys("bob delete -1") == ["entry.cancelled"] * 2


async def test_an_edit_two_days_later_keeps_the_days_of_the_lines():
    async with scene(*BORN, TWO, "@ 2026-11-25T09:00") as made:
        [heard] = await made.play("bob edit -1> !contribution 3h affiches\n  !frais 20 € peinture")
        assert heard.values["day"] == "2026-11-23"


async def test_an_edit_by_somebody_else_is_nothing():
    async with scene(*BORN, TWO) as made:
        [*_, sent] = made.console._rooms[room_id("circle")].sent["bob"]
        for body in ("!contribution 9h rien\n!frais 90 € rien", "!contribution 9h rien"):
            assert await made.send("alice", body=body, edits=sent) == []
        again = "bob edit -1> !contribution 2h affiches\n  !frais 25 € peinture"
        assert len(await made.play(again)) == 1


async def test_a_deletion_cancels_each_line_last_first():
    async with scene(*BORN, TWO) as made:
        heard = await made.play("bob delete -1")
        assert [(one.key, one.values["id"]) for one in heard] == [
            ("entry.cancelled", "C2"),
            ("entry.cancelled", "C1"),
        ]
        assert await made.keys("bob delete -1") == []


async def test_a_line_that_may_not_be_undone_keeps_no_other_from_it():
    lines = "alice> !contribution 1h tri\n  !doter 100 €\n  !contribution 2h affiches"
    async with scene(*BORN, lines) as made:
        assert await made.keys("alice delete -1") == [
            "entry.cancelled",
            "refused.deletion",
            "entry.cancelled",
        ]


async def test_a_deleted_line_is_no_longer_asked_about():
    async with scene(*BORN, MIXED, "bob delete -1") as made:
        assert await made.keys("bob re -5> 2h") == ["prompt.closed"]
        assert await entries(made) == {}


# Once


class KilledError(BaseException):
    """In the place of a kill: nothing catches it."""


async def said(made, text, **more):
    """A message in the inbox, handled by nobody yet."""
    place = await made.console._enter("bob", "circle")
    event = events.Message(**made.console._common("bob", place), body=text, **more)
    one = Admission(
        event_id=event.id, room_id=event.room, at_ms=event.at, payload=events.encode(event)
    )
    await made.console._inbox.admit(BOT, [one], None)
    return one


async def handled(made, room):
    """All that waits in a room, in order, as its worker does."""
    for one in await made.console._inbox.pending(room, 50):
        await made.console._dispatcher.handle(one)


def dies(method, doors, last):
    """The same method, before which the process is killed the time that doors say."""

    @wraps(method)
    async def dying(*args):
        doors.append(method)
        if len(doors) == last:
            raise KilledError
        return await method(*args)

    return dying


@pytest.mark.parametrize("last", [1, 2, 3, 4, 5])
async def test_killed_between_lines_each_is_done_once_in_order(monkeypatch, last):
    """Before it is taken apart, before each line, before its end."""
    async with scene(*BORN) as made:
        one = await said(made, "!action Un\n!action Deux\n!action Trois")
        await said(made, "!action Quatre")
        doors = []
        for method in (Finishing.split, Finishing.finish, Finishing.finish_split):
            monkeypatch.setattr(Finishing, method.__name__, dies(method, doors, last))
        with pytest.raises(KilledError):
            await made.console._dispatcher.handle(one)
        monkeypatch.undo()
        await handled(made, one.room_id)
        told = [heard.values["title"] for heard in await made.console.drain()]
        assert told == ["Un", "Deux", "Trois", "Quatre"]
        assert await made.console._inbox.pending(one.room_id, 50) == ()


async def test_a_message_handled_again_does_nothing_twice():
    async with scene(*BORN) as made:
        one = await said(made, "!action Un\n!action Deux")
        for _ in range(2):
            await made.console._dispatcher.handle(one)
        assert len(await made.console.drain()) == 2
        assert await made.console._inbox.admit(BOT, [one], None) == frozenset()


async def test_an_edit_killed_between_its_lines_corrects_each_once(monkeypatch):
    async with scene(*BORN, TWO) as made:
        [*_, sent] = made.console._rooms[room_id("circle")].sent["bob"]
        edit = await said(made, "!contribution 3h affiches\n!frais 25 € peinture", edits=sent)
        monkeypatch.setattr(Finishing, "finish", dies(Finishing.finish, [], 2))
        with pytest.raises(KilledError):
            await made.console._dispatcher.handle(edit)
        monkeypatch.undo()
        await handled(made, edit.room_id)
        assert [heard.values["id"] for heard in await made.console.drain()] == ["C1", "C2"]
        assert await entries(made) == {"affiches": 180, "peinture": 2500}


async def test_a_fault_in_one_line_is_told_and_stops_no_other(monkeypatch):
    async with scene(*BORN) as made:
        monkeypatch.setattr(SqlActions, "add", dies(SqlActions.add, [], 1))
        monkeypatch.setattr(f"{__name__}.KilledError", ValueError)
        assert await made.keys(TWO + "\n  !action Fête\n  !membres") == [
            *DONE,
            "refused.failed",
            "member.list",
        ]


async def test_what_a_message_said_is_kept_by_its_lines_only():
    async with scene(*BORN) as made:
        one = await said(made, "!action Un\n!action Deux")
        await made.console._dispatcher.handle(one)
        async with made.console._dispatcher._store.transaction() as uow:
            whole = await uow.inbox.received(one.event_id)
        assert whole.payload == b""


async def test_a_file_comes_with_one_command():
    async with scene(*BORN) as made:
        file = events.Attachment(name="t.pdf", mimetype="application/pdf", size=9, url="mxc://a/b")
        [heard] = await made.send("bob", body=TWO[5:], attachment=file)
        assert heard.key == "reading.several-lines"


async def test_a_robot_is_told_nothing_of_its_many_lines():
    async with scene(*BORN, "alice> !réglage robots @bob:localhost") as made:
        assert await made.keys("bob> " + "\n  ".join(["!membres"] * 11)) == []
        assert await made.keys("bob> !membres\n  !budget") == []


async def test_a_line_that_asks_who_is_here_counts_who_the_homeserver_says_is_there():
    async with scene(*BORN, "carole joins") as made:
        made.console._rooms[room_id("circle")].joined.discard(user_id("carole"))
        heard = await made.play("bob> !action Fête\n  !vote Repeindre ?")
        assert heard[-1].values["electorate"] == 2
