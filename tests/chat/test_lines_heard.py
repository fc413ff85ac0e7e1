"""What precedes a command, and several commands in one message."""

import pytest

from bot.pipeline.addressed import command_of
from commands.kernel.reply import Refusal
from commands.reading.line import check_alone


@pytest.mark.parametrize(
    "text",
    ["Bonjour,\n!budget", "\u200b!budget", "🙂 !budget", "Bonjour souci !\n\n!budget", "!budget"],
)
def test_a_command_is_heard_past_a_greeting_and_unseen_signs(text):
    assert command_of(text, "!") == "!budget"


@pytest.mark.parametrize(
    "text", ["On en parle demain\n!budget", "tapez !budget", "bonjour !budget"]
)
def test_a_command_that_is_only_quoted_is_left_alone(text):
    assert command_of(text, "!") == text


def test_several_commands_in_one_message_are_asked_one_by_one():
    with pytest.raises(Refusal) as caught:
        check_alone("!fait A1\n!fait A2", "!")
    assert caught.value.values["lines"] == ("!fait A1", "!fait A2")


def test_lines_without_prefix_go_on_with_a_command():
    check_alone("!choix Où ?\n- la Halle\n- le café", "!")
