"""The line that is typed in the chat: keys in, lines out."""

import pytest

from bot.demo.line import END, LineEditor

LEFT, RIGHT, UP, DOWN, HOME, DELETE = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B", "\x1b[H", "\x1b[3~"
BACK, ERASE_LINE, ERASE_WORD = "\x7f", "\x15", "\x17"


@pytest.mark.parametrize(
    ("keys", "entered"),
    [
        ("!à-voter", "!à-voter"),
        (f"!actoin{BACK}{BACK}{BACK}ion", "!action"),
        (f"action{HOME}!", "!action"),
        (f"!acton{LEFT}{LEFT}i{RIGHT}{RIGHT}s", "!actions"),
        (f"x!aide{HOME}{DELETE}", "!aide"),
        (f"une bêtise{ERASE_LINE}!aide", "!aide"),
        (f"!aide action{ERASE_WORD}vote", "!aide vote"),
        (f"+ 🗳️{BACK}🙋 A1", "+ 🙋 A1"),
        ("a\x1b[15~\x1bxb\x00", "ab"),
    ],
)
def test_keys_make_a_line(keys, entered):
    assert list(LineEditor().feed(f"{keys}\r")) == [entered]


def test_several_lines_pasted_are_entered_one_by_one():
    assert list(LineEditor().feed("un\ndeux\n")) == ["un", "deux"]


def test_what_was_entered_comes_back():
    line = LineEditor()
    assert list(line.feed(f"un\rdeux\r{UP}{UP}\r{UP}{UP}{DOWN}\r")) == ["un", "deux", "un", "un"]


def test_the_end_of_input_is_told_on_an_empty_line_only():
    line = LineEditor()
    assert list(line.feed(f"a{HOME}{END}{END}")) == [END]
