import pytest

from circle.circles import Rules
from commands.kernel.reply import Refusal
from commands.kernel.sentence import values_of

WRONG = (
    "!action",
    "!action " + "x" * 400,
    "!action Portes budget 1.200",
    "!action Refaire le site budget 2026",
    "!action Affiches pour Dany",
    "!action Affiches pour @zoe",
    "!action Affiches avant le 31 avril",
    "!action Affiches avant mardi avant jeudi",
    "!actions de zoé",
    "!membres tous",
    "!prendre",
    "!prendre C7",
    "!annuler 12",
    "!frais peinture",
    "!frais 12 $ peinture",
    "!frais -12 € peinture",
    "!contribution affiches",
    "!contribution 2 affiches",
    "!doter 3000 pour rien",
    "!rôle zoé soucieux",
    "!rôle bob chef",
    "!rôle bob",
    "!réglage bidule",
    "!réglage quorum beaucoup",
    "!journal 500",
    "!journal beaucoup",
    "!choix Quand",
    "!régulation mardi",
    "!rappel bientôt x",
    "!langue klingon",
    "!décision C12 beaucoup",
    "!séance commencer",
    "!état Atlantide",
    "!odj le budget",
)


@pytest.mark.parametrize("line", WRONG)
def test_every_refusal_is_of_the_family_of_what_is_misread(refusal, line):
    sentence = refusal(line).sentence
    assert {"text", "example", "lines", "command"} <= values_of(sentence).keys()
    assert type(sentence).__module__.startswith("commands.reading.misread")


@pytest.mark.parametrize("line", WRONG)
def test_every_example_works(read, refusal, line):
    example = refusal(line).values["example"]
    assert example.startswith("!")
    read(example)


@pytest.mark.parametrize("line", WRONG)
def test_every_refusal_names_the_command_and_the_words(refusal, line):
    values = refusal(line).values
    assert line.startswith(f"!{values['command']}")
    assert len(values["text"]) <= 80


def test_an_example_is_in_the_circle_s_language(refusal):
    english = Rules(language="en")
    assert refusal("!action", rules=english).values["example"] == "!action Open day"


def test_an_example_keeps_the_prefix_and_the_name_as_typed(refusal):
    refused = refusal("!expense 1.200 paint", prefix="#")
    assert refused.values["example"] == "#expense 1200 € paint"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!action", "text.missing"),
        ("!action avant vendredi", "text.missing"),
        ("!avance A1", "text.missing"),
        ('!action ""', "text.missing"),
        ("!action « » avant vendredi", "text.missing"),
        ("!action \u200b\u2060", "text.missing"),
        ("!action " + "x" * 301, "text.too-long"),
        ("!avance A1 " + "é" * 2001, "text.too-long"),
        ("!avance A1 " + "é" * 60000, "line.too-long"),
        ("!cercle créer " + "x" * 101, "text.too-long"),
    ],
)
def test_a_text_that_is_empty_or_too_long_is_refused(refusal, line, key):
    assert refusal(line).key == key


def test_a_text_mark_is_asked_for(refusal):
    assert refusal("!odj le budget").values["example"] == "!odj + le budget"


def test_a_choice_that_is_none_tells_those_that_are(refusal):
    refused = refusal("!séance commencer")
    assert (refused.key, refused.values["choices"]) == ("choice.unknown", ("ouvrir", "clore"))


def test_a_refusal_is_the_kernel_s(read):
    with pytest.raises(Refusal):
        read("!action")


def test_the_example_is_about_what_was_named(refusal):
    assert refusal("!avance A7").values["example"].startswith("!avance A7 ")
