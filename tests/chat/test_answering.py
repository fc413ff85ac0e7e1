"""What the bot asks is answered in a word or a sign, by whom it asked, once."""

import asyncio

import pytest
from sqlalchemy import text

from bot import events
from bot.console.console import room_id, user_id
from storage.engine import writing
from storage.session import Statements
from tests.chat.scene import scene

CIRCLE = "alice> !cercle créer Littoral"
TYPO = "bob> !contributon 1h accueil"
TWO_WAYS = "bob> !frais 1.200 peinture"
NO_EFFORT = "bob> !contribution affiches"


async def test_a_question_tells_its_number_and_its_choices():
    async with scene(CIRCLE) as made:
        [heard] = await made.play(TYPO)
        assert heard.key == "refused.unknown-command"
        assert heard.values["choices"] == ["!contribution 1h accueil"]
        assert (heard.values["question"], heard.values["asks"]) == (1, "confirm")


async def test_a_question_keeps_the_key_and_the_values_it_had():
    async with scene(CIRCLE) as made:
        [heard] = await made.play(TWO_WAYS)
        assert heard.key == "money.ambiguous"
        assert heard.values["lines"] == ["!frais 1200 € peinture", "!frais 1,20 € peinture"]
        assert [one["cents"] for one in heard.values["choices"]] == [120000, 120]


@pytest.mark.parametrize(
    "answer", ["bob + ✅ -1", "bob + 👍🏽 -1", "bob re -1> oui", "bob re -1> OK !", "bob re -1> 1"]
)
async def test_a_proposal_is_accepted(answer):
    async with scene(CIRCLE, TYPO) as made:
        assert await made.keys(answer) == ["contribution.declared"]


@pytest.mark.parametrize("answer", ["bob re -1> 2", "bob re -1> 2️⃣", "bob + 2️⃣ -1", "bob + 2⃣ -1"])
async def test_a_choice_is_taken_by_its_number(answer):
    async with scene(CIRCLE, TWO_WAYS) as made:
        [heard] = await made.play(answer)
        assert heard.values["amount"]["cents"] == 120


@pytest.mark.parametrize("answer", ["bob + ❌ -1", "bob re -1> non", "bob re -1> stop"])
async def test_a_question_may_be_left_at_that(answer):
    async with scene(CIRCLE, TYPO) as made:
        assert await made.keys(answer) == ["prompt.dropped"]
        assert await made.keys("bob + ✅ -1") == ["prompt.closed"]
        [listed] = await made.play("bob> !contributions")
        assert listed.values["items"] == []


@pytest.mark.parametrize(
    ("line", "answer", "key"),
    [
        ("bob> !contribution affiches", "2h", "contribution.declared"),
        ("bob> !contribution 2h", "affiches du quartier", "contribution.declared"),
        ("bob> !frais peinture", "80 €", "expense.declared"),
        ("bob> !frais 3 pizzas", "24 €", "expense.declared"),
        ("alice> !réunion Atelier", "jeudi 18h", "meeting.scheduled"),
        ("alice> !réunion Atelier dimanche", "18h", "meeting.scheduled"),
        ("alice> !réunion jeudi 18h", "Atelier vélo", "meeting.scheduled"),
        ("alice> !rappel demain le café", "9h", "reminder.set"),
    ],
)
async def test_what_is_missing_is_said_alone(line, answer, key):
    async with scene(CIRCLE, line) as made:
        who = line.partition(">")[0]
        assert await made.keys(f"{who} re -1> {answer}") == [key]


async def test_a_value_put_in_a_line_loses_nothing_of_it():
    async with scene(CIRCLE, "bob> !frais 3 pizzas") as made:
        [heard] = await made.play("bob re -1> 24 €")
        assert (heard.values["what"], heard.values["amount"]["cents"]) == ("3 pizzas", 2400)


@pytest.mark.parametrize(
    ("line", "answers", "key"),
    [
        ("!contribution", ("2h", "affiches"), "contribution.declared"),
        ("!frais", ("45,90 €", "peinture"), "expense.declared"),
        ("!action", ("Fête du port",), "action.added"),
        ("!réunion", ("jeudi 18h", "Atelier vélo"), "meeting.scheduled"),
        ("!régulation", ("mardi 8 décembre 18h",), "meeting.scheduled"),
        ("!vote", ("Repeindre la salle ?",), "vote.opened"),
        ("!doter", ("300 €",), "budget.granted"),
    ],
)
@pytest.mark.parametrize("direct", [False, True])
async def test_a_bare_word_is_completed_question_by_question(line, answers, key, direct):
    who = "alice (dm)" if direct else "alice"
    re = "" if direct else " re -1"
    async with scene(CIRCLE, f"{who}> {line}") as made:
        heard = [await made.keys(f"{who}{re}> {answer}") for answer in answers]
        assert heard[-1][0] == key
        assert all(len(keys) == 1 for keys in heard[:-1])


async def test_stop_in_the_middle_leaves_nothing_behind():
    said = ("bob (dm)> contribution", "bob (dm)> 2h", "bob (dm)> stop")
    async with scene(CIRCLE, "bob joins", *said) as made:
        assert await made.keys("bob (dm)> affiches") == ["refused.unknown-command"]
        [listed] = await made.play("bob> !contributions")
        assert listed.values["items"] == []


async def test_a_command_typed_directly_is_no_answer():
    async with scene(CIRCLE, "bob joins", "bob (dm)> contribution") as made:
        assert await made.keys("bob (dm)> budget") == ["budget.status"]
        assert await made.keys("bob (dm)> 2h") == ["text.missing"]


async def test_words_that_do_not_answer_are_asked_about_a_second_time_at_most():
    async with scene(CIRCLE, NO_EFFORT) as made:
        [again] = await made.play("bob re -1> beaucoup")
        assert (again.key, again.values["question"]) == ("effort.not-understood", 2)
        [last] = await made.play("bob re -1> énormément")
        assert (last.key, "question" in last.values) == ("effort.not-understood", False)


async def test_an_answer_by_somebody_else_is_nothing():
    async with scene(CIRCLE, "carole joins", TYPO) as made:
        assert await made.keys("carole + ✅ -1", "carole re -1> oui", "alice + ❌ -1") == []
        assert await made.keys("bob + ✅ -1") == ["contribution.declared"]


async def test_two_answers_have_one_effect():
    async with scene(CIRCLE, TYPO, "bob + ✅ -1") as made:
        assert await made.keys("bob + 👍 -2", "bob re -2> oui") == []
        [listed] = await made.play("bob> !contributions")
        assert len(listed.values["items"]) == 1


async def test_chatter_beside_a_question_is_left_in_peace():
    async with scene(CIRCLE, TWO_WAYS) as made:
        assert await made.keys("bob re -1> ah zut", "bob> oui", "bob + 🎉 -1") == []


async def test_an_answer_days_count_from_the_first_message():
    async with scene(CIRCLE, "bob> !contribution affiches hier", "@ 2026-11-24T10:00") as made:
        [heard] = await made.play("bob re -1> 2h")
        assert heard.values["day"] == "2026-11-22"


async def test_an_edit_of_the_line_corrects_what_its_answer_made():
    async with scene(CIRCLE, NO_EFFORT, "bob re -1> 2h") as made:
        [heard] = await made.play("bob edit -2> !contribution 3h affiches")
        assert (heard.values["id"], heard.values["minutes"]) == ("C1", 180)


async def test_deleting_the_line_cancels_what_its_answer_made():
    async with scene(CIRCLE, TYPO, "bob + ✅ -1") as made:
        assert await made.keys("bob delete -1") == ["entry.cancelled"]


async def test_taking_the_answer_back_cancels_what_it_made():
    async with scene(CIRCLE, TYPO) as made:
        await made.play("bob + ✅ -1")
        [reaction] = made.console._reactions.values()
        place = await made.console._enter("bob", "circle")
        back = events.Redaction(**made.console._common("bob", place), target=reaction)
        assert [heard.key for heard in await made.console._admit(back)] == ["entry.cancelled"]


async def test_an_edited_line_is_no_longer_asked_about():
    async with scene(CIRCLE, TYPO, "bob edit -1> !contribution 2h accueil") as made:
        assert await made.keys("bob + ✅ -2") == ["prompt.closed"]


async def test_a_deleted_line_is_no_longer_asked_about():
    async with scene(CIRCLE, TYPO, "bob delete -1") as made:
        assert await made.keys("bob + ✅ -1") == ["prompt.closed"]


async def test_a_line_typed_again_settles_the_question():
    async with scene(CIRCLE, TYPO, "bob> !contribution 1h accueil") as made:
        assert await made.keys("bob + ✅ -2") == ["prompt.closed"]


async def test_an_answer_has_the_rights_of_its_moment():
    async with scene(CIRCLE, "bob joins", "alice> !rôle bob soucieux jusqu'au 23 novembre") as made:
        await made.play("bob> !doter", "@ 2026-11-24T08:00")
        assert await made.keys("bob re -1> 100 €") == ["refused.not-allowed"]


async def test_who_left_the_circle_answers_with_no_right_in_it():
    async with scene(CIRCLE, "bob joins", "bob (dm)> contribution", "bob leaves") as made:
        assert "contribution.declared" not in await made.keys("bob (dm)> 2h", "bob (dm)> affiches")


async def test_a_typo_lapses_in_silence_after_a_day():
    async with scene(CIRCLE, "bob> !cercl", "@ 2026-11-24T09:00:01") as made:
        assert await made.keys("bob + ✅ -1") == ["prompt.closed"]


@pytest.mark.parametrize(
    ("asked", "answer", "line"),
    [
        (TYPO, "bob + ✅ -1", "!contribution 1h accueil"),
        (TYPO, "bob re -1> oui", "!contribution 1h accueil"),
        (TWO_WAYS, "bob + 2️⃣ -1", "!frais 1,20 € peinture"),
        (NO_EFFORT, "bob re -1> 2h", "!contribution affiches 2h"),
    ],
)
async def test_a_week_later_it_is_said_once_with_the_line_that_does_it(asked, answer, line):
    async with scene(CIRCLE, asked) as made:
        told = [one for one in await made.play("@ 2026-11-27T09:00", answer) if one.room]
        assert [(one.key, one.values["line"]) for one in told] == [("prompt.closed", line)]
        assert (await made.keys(f"bob> {line}"))[-1] in {
            "contribution.declared",
            "expense.declared",
        }


async def test_two_answers_at_once_have_one_effect():
    async with scene(CIRCLE, TYPO) as made:
        [*_, asked] = made.console._seen[room_id("circle")]
        place = made.console._rooms[room_id("circle")]
        common = (made.console._common("bob", place) for _ in range(2))
        answers = (
            events.Reaction(**next(common), target=asked, key="✅"),
            events.Message(**next(common), body="oui", reply_to=asked),
        )
        await asyncio.gather(*map(made.console._handle, answers))
        assert [one.key for one in await made.console.drain()] == ["contribution.declared"]


async def test_an_answer_about_what_has_changed_is_refused_and_settled():
    async with scene(CIRCLE, "bob> !action Fête", "bob> !prendr A1") as made:
        await made.play("alice> !abandon A1 pluie")
        [told] = await made.play("bob + ✅ -2")
        assert told.text.startswith("🌼 A1 est abandonnée")
        assert await made.keys("bob + ✅ -3", "bob re -3> oui") == []


async def test_in_a_closed_circle_an_answer_is_worth_what_its_line_is():
    async with scene(CIRCLE, NO_EFFORT, "alice> !cercle état clos") as made:
        [typed] = await made.keys("alice> !contribution 2h affiches")
        assert await made.keys("bob re -3> 2h") == [typed]


async def test_who_left_is_told_once_and_is_asked_nothing_more():
    async with scene(CIRCLE, "bob joins", "bob (dm)> contribution affiches", "bob leaves") as made:
        assert await made.keys("bob (dm) re -1> 2h") == ["refused.not-member"]
        keys = await made.keys("@ 2026-11-24T21:00", "bob (dm)> 2h")
        assert keys == ["refused.unknown-command"]


async def test_stop_in_the_middle_of_several_questions_closes_the_last_one():
    async with scene(CIRCLE, "bob> !contribution", "bob re -1> 2h", "bob re -1> stop") as made:
        assert await made.keys("bob re -1> affiches") == ["prompt.closed"]
        [listed] = await made.play("alice> !contributions")
        assert listed.values["items"] == []


async def test_a_question_that_holds_a_value_is_recalled_then_told_to_lapse():
    async with scene(CIRCLE, NO_EFFORT) as made:
        assert await made.keys("@ 2026-11-24T09:00") == ["prompt.recall"]
        assert "prompt.over" in await made.keys("@ 2026-11-24T20:00")
        assert await made.keys("bob re -1> 2h", "bob + ✅ -2") == ["prompt.closed"] * 2


async def test_the_recall_is_answered_as_the_question_is():
    async with scene(CIRCLE, NO_EFFORT, "@ 2026-11-24T09:00") as made:
        [heard] = await made.play("bob (dm) re -1> 2h")
        assert (heard.key, heard.room) == ("contribution.declared", "circle")


async def test_nothing_is_recalled_of_what_was_answered():
    async with scene(CIRCLE, NO_EFFORT, "bob re -1> 2h") as made:
        keys = await made.keys("@ 2026-11-24T21:00")
        assert not {"prompt.recall", "prompt.over"} & set(keys)


async def test_a_ballot_is_never_cast_by_a_sign_in_clear():
    async with scene(CIRCLE, "alice> !vote Secret ? secret") as made:
        await made.play("alice (dm)> bulletn V1 pour")
        assert await made.keys("alice (dm) + ✅ -1") == []
        assert await made.keys("alice (dm)> oui") == ["ballot.cast"]


async def test_a_pill_of_the_first_message_still_names_somebody():
    async with scene(CIRCLE, "bob joins") as made:
        html = '!rol <a href="https://matrix.to/#/@bob:localhost">Robert</a> soucieux'
        [asked] = await made.send("alice", body="!rol Robert soucieux", html=html)
        assert asked.values["asks"] == "confirm"
        [heard] = await made.play("alice + ✅ -1")
        assert (heard.key, heard.values["member"]) == ("role.set", "@bob:localhost")


async def test_a_reply_of_the_line_asked_about_is_kept():
    async with scene(CIRCLE, "alice> !action Fête", "bob re A1> !contribution affiches") as made:
        [heard] = await made.play("bob re -1> 1h")
        assert heard.values["action"] == "A1"


async def test_a_question_in_a_thread_is_answered_there():
    async with scene(CIRCLE, "bob joins") as made:
        await made.send("bob", body="!contribution affiches", thread="$root")
        [heard] = await made.send("bob", body="2h", thread="$root")
        assert heard.key == "contribution.declared"


async def test_a_mention_with_the_value_answers():
    async with scene(CIRCLE, NO_EFFORT) as made:
        [*_, asked] = made.console._seen[room_id("circle")]
        [heard] = await made.send("bob", body="souci: 2h", reply_to=asked)
        assert heard.key == "contribution.declared"


async def test_a_fault_in_the_middle_leaves_the_question_open():
    """The answer and what it does are one transaction: neither stands without the other."""
    async with scene(CIRCLE, TYPO) as made:
        async with writing(made.engine) as connection:
            await connection.execute(text("ALTER TABLE entries RENAME TO lost"))
        assert await made.keys("bob re -1> oui") == ["refused.failed"]
        async with writing(made.engine) as connection:
            await connection.execute(text("ALTER TABLE lost RENAME TO entries"))
        assert await made.keys("bob re -2> oui") == ["contribution.declared"]


async def test_a_question_outlives_the_process_that_asked(tmp_path):
    url = f"sqlite:///{tmp_path / 'circle.db'}"
    async with scene(CIRCLE, TYPO, url=url) as made:
        [*_, asked] = made.console._seen[room_id("circle")]
    async with scene(url=url) as again:
        [heard] = await again.send("bob", body="oui", reply_to=asked)
        assert heard.key == "contribution.declared"


async def test_chatter_in_a_room_asks_nothing_of_the_questions(monkeypatch):
    async with scene(CIRCLE, TYPO) as made:
        asked = []
        run = Statements.first

        async def first(session, statement, values=None):
            asked.append(str(statement))
            return await run(session, statement, values)

        monkeypatch.setattr(Statements, "first", first)
        await made.play("bob> bonjour tout le monde")
        assert [one for one in asked if "prompts" in one] == []


async def test_what_is_asked_is_among_ones_own_data():
    async with scene(CIRCLE, NO_EFFORT) as made:
        keys = await made.keys("bob (dm)> !mes-données")
        assert "refused.failed" not in keys


@pytest.mark.parametrize("answer", ["bob re -1> Repeindre la salle ?", "bob (dm) re -1> Oui ?"])
async def test_a_vote_opened_by_an_answer_counts_who_the_homeserver_says_is_there(answer):
    where = "bob (dm)" if "(dm)" in answer else "bob"
    async with scene("alice> !cercle créer Littoral", "bob joins", "carole joins") as made:
        await made.play(f"{where}> !vote")
        made.console._rooms[room_id("circle")].joined.discard(user_id("carole"))
        heard = await made.play(answer)
    assert {one.values["electorate"] for one in heard if one.key == "vote.opened"} == {2}
