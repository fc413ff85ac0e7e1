"""What precedes a command, and who is spoken to."""

import pytest

from bot.pipeline.addressed import command_of
from bot.pipeline.requests import OperatorSettings
from tests.chat.scene import scene

SETTINGS = OperatorSettings(user_id="@souci:localhost")
BORN = ("alice> !cercle créer Littoral territorial", "bob joins")
UNSEEN = ("\u200b", "\ufeff", "\u2060", "\u00ad", "\u200e", "\u2066", "\ufe0f")
SPACES = (" ", "\u00a0", "\u202f", "\u2007", "\u2009", "\u3000", "\t", "  ")


@pytest.mark.parametrize(
    "text",
    ["Bonjour,\n!budget", "\u200b!budget", "🙂 !budget", "Bonjour souci !\n\n!budget", "!budget"],
)
def test_a_command_is_heard_past_a_greeting_and_unseen_signs(text):
    assert command_of(text, SETTINGS) == "!budget"


@pytest.mark.parametrize(
    "text", ["On en parle demain\n!budget", "tapez !budget", "bonjour !budget"]
)
def test_a_command_that_is_only_quoted_is_left_alone(text):
    assert command_of(text, SETTINGS) == text


@pytest.mark.parametrize("room", ["bob", "bob (dm)"])
@pytest.mark.parametrize(
    "text",
    [
        *(f"!{space}membres" for space in SPACES),
        *(f"{sign}!membres" for sign in UNSEEN),
        *(f"!{sign}membres" for sign in UNSEEN),
        *(f"souci{space}: membres" for space in ("", " ", "\u00a0", "\u202f")),
        "Souci, membres",
        "SOUCI : membres",
        "souci :membres",
        "souci : !membres",
        "souci : ! membres",
        "@souci membres",
        "@souci : membres",
        "@souci !membres",
        "@souci:localhost membres",
        "@souci:localhost : membres",
        "🌼 souci : membres",
        "\u200bsouci : membres",
        "Bonjour,\n  !membres",
        "Bonjour à tous !\n  \n  ! membres",
        "Bonjour,\n  souci : membres",
        "Salut\n  @souci membres",
        "Coucou 🙂\n  merci d'avance\n  !membres",
    ],
)
async def test_what_is_for_the_bot_is_heard_wherever_it_is_said(room, text):
    async with scene(*BORN) as life:
        assert await life.keys(f"{room}> {text}") == ["member.list"]


@pytest.mark.parametrize(
    "text",
    ["souci de plomberie, membres", "membres", "Le souci : membres", "!!!", "! ", "sans souci"],
)
async def test_what_is_not_for_the_bot_stays_unanswered_in_a_room(text):
    async with scene(*BORN) as life:
        assert await life.keys(f"bob> {text}") == []


@pytest.mark.parametrize("text", ["membres", "Bonjour,\n  membres", "Bonjour souci\n  \n  membres"])
async def test_a_direct_message_needs_no_prefix_after_a_greeting_either(text):
    async with scene(*BORN) as life:
        assert await life.keys(f"bob (dm)> {text}") == ["member.list"]


@pytest.mark.parametrize("line", ["merci !", "bonjour souci", "ok", "Thanks a lot 🙏"])
async def test_thanks_and_greetings_get_a_flower_and_no_words(line):
    async with scene("alice> !cercle créer Littoral") as made:
        [told] = await made.play(f"alice (dm)> {line}")
    assert (told.key, told.text) == ("greeting.heard", "🌼")


async def test_thanks_in_the_room_that_are_not_for_the_bot_are_not_answered():
    async with scene("alice> !cercle créer Littoral") as made:
        assert await made.play("bob> merci !") == []
