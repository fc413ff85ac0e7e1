"""What was read of a text holds for every stretch of it, as if the stretch stood alone."""

import random

import pytest

from language.calendar.days import day
from language.calendar.hours import hours
from language.calendar.line import CalendarLine, Phrases, read_once
from language.calendar.phrase import phrase
from language.calendar.recurrence import repeat
from language.calendar.words import line_of

WORDS = (
    *("jusqu'à", "du", "au", "à", "et", "ou", "sauf", "le", "24", "1er", "premier", "mardi", "de"),
    *("chaque", "tous", "les", "mardis", "en", "huit", "18h", "14h30", "8/12", "9/4/2026", "mi"),
    *("décembre", "juin", "may", "to", "at", "9", "pm", "every", "second", "tuesday", "the", "of"),
    *("semaine", "prochaine", "fois", "10", "pendant", "2h", "midi", "soir", "an", "hour", "half"),
    *("dans", "il", "y", "a", "jours", "demain", "(", ")", ",", "-", "fin", "mois", "quand"),
)


def texts(seed, count=60):
    chance = random.Random(seed)
    for _ in range(count):
        yield " ".join(chance.choice(WORDS) for _ in range(chance.randint(4, 14)))


@pytest.mark.parametrize("seed", range(6))
def test_a_stretch_is_read_like_a_text_of_its_own(seed):
    chance = random.Random(seed)
    for text in texts(seed):
        whole = line_of(text)
        size = len(whole)
        cuts = [(start, end) for start in range(size) for end in range(start + 1, size + 1)]
        chance.shuffle(cuts)
        for start, end in cuts:
            alone = CalendarLine(whole.tokens[start:end])
            assert phrase(whole.cut(start, end)) == phrase(alone), (text, start, end)


@pytest.mark.parametrize("reader", [day, hours, repeat])
def test_a_place_is_read_like_that_of_a_text_of_its_own(reader):
    for text in texts(99, count=120):
        whole = line_of(text)
        for end in range(len(whole), 0, -1):
            alone = CalendarLine(whole.tokens[:end])
            said = [reader(whole.cut(0, end), at) for at in range(end)]
            assert said == [reader(alone, at) for at in range(end)], (text, end)


def test_a_place_is_read_once_for_all_the_ends_beyond_what_it_looks_at():
    read = []

    @read_once
    def two_words(line, at):
        read.append(at)
        return (line.word(at + 1), at + 1) if line.word(at) == "le" else None

    line = line_of("le mardi et le jeudi et le samedi")
    for end in range(len(line), 1, -1):
        two_words(line.cut(0, end), 0)
    assert read == [0]


def test_a_place_is_read_anew_where_the_end_is_in_sight():
    @read_once
    def two_words(line, at):
        return (line.word(at + 1), at + 1)

    line = line_of("le mardi")
    assert two_words(line, 0) == ("mardi", 1)
    assert two_words(line.cut(0, 1), 0) == ("", 1)


def test_the_first_of_several_meanings_is_that_declared_first():
    said = Phrases({"fin de la": "end", "fin": "late", "fin de": "later"})
    assert said.at(line_of("fin de la semaine"), 0) == ("end", 3)
    assert [meaning for meaning, _ in said.all_at(line_of("fin de mai"), 0)] == ["late", "later"]
    assert said.at(line_of("à la fin"), 0) is None
