"""Every ordinary text in every frame: the values of the frame are read, the text stays as typed."""

from itertools import product

import pytest

from commands.kernel.reply import Refusal
from commands.reading.words import unquoted
from tests.reading import frames


def pairs(texts, shapes):
    return [(shape.format(text), text) for shape, text in product(shapes, texts)]


def read_or_asked(read, line):
    """The arguments, or None where it was asked about."""
    try:
        return read(line)
    except Refusal:
        return None


def changed(read, command, field, texts, shapes):
    """The lines whose text is not the one that was typed, though nothing was asked."""
    for typed, text in pairs(texts, shapes):
        given = read_or_asked(read, f"!{command} {typed}")
        if given is not None and getattr(given, field) not in (text, unquoted(text)):
            yield typed, getattr(given, field)


def asked(read, command, texts, shapes):
    lines = (f"!{command} {typed}" for typed, _ in pairs(texts, shapes))
    return [line for line in lines if read_or_asked(read, line) is None]


KINDS = [
    ("contribution", "what", frames.WORK, frames.WORK_FRAMES),
    ("action", "title", frames.ACTIONS, frames.ACTION_FRAMES),
    ("vote", "question", frames.QUESTIONS, frames.VOTE_FRAMES),
    ("réunion", "title", frames.MEETINGS, frames.MEETING_FRAMES),
]


@pytest.mark.parametrize(("command", "field", "texts", "shapes"), KINDS)
def test_a_text_in_a_frame_comes_back_as_typed_or_is_asked_about(
    read, command, field, texts, shapes
):
    assert list(changed(read, command, field, texts, shapes)) == []


@pytest.mark.parametrize(("command", "field", "texts", "shapes"), KINDS)
def test_few_texts_in_frames_are_asked_about(read, command, field, texts, shapes):
    assert field
    lines = asked(read, command, texts, shapes)
    assert len(lines) <= 0.1 * len(pairs(texts, shapes)), lines


@pytest.mark.parametrize("text", frames.WORK)
@pytest.mark.parametrize("shape", ["2h {} 80 €", "80 € 2h {}", "2h {} (80 €)", "2h {}, 80 €!"])
def test_the_amount_of_a_frame_is_read(read, shape, text):
    given = read_or_asked(read, f"!contribution {shape.format(text)}")
    assert given is None or (given.minutes, given.asked) == (120, 8000)
