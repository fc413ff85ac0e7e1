"""Pictures: drawn small, from values as they wait in the outbox, whatever the figures are."""

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.letters.pictures import Press
from locales import LANGUAGES
from reports import bars, lettering
from reports.drawing import PAPER
from speech.reply_json import to_wire
from speech.sentences import Speech
from storage.mail import File
from tests.chat import attached
from tests.sentences.samples import BUDGET as FIGURES
from tests.sentences.samples import CLOSED as VOTE_CLOSED
from tests.sentences.samples import WEEK, euros
from tests.sentences.samples_across import CURVES, EMPTY_SHEET, SHEET_VALUES
from tests.sentences.samples_votes import FINANCING, GRADED, JUDGMENT, SHARES

MOST_BYTES = 80_000
NAMED = {"circle": "Littoral"}
BUDGET = FIGURES | NAMED
NOTHING = dict.fromkeys(FIGURES, euros(0)) | NAMED
OVERRUN = BUDGET | {"regulated": euros(1400), "available": euros(-350)}
ASKED_BEYOND = BUDGET | {"asked": euros(99_999.99)}
EIGHT_WEEKS = {"weeks": (600, 0, 1200, 90, 6000, 1500, 1440, 1890)}
EMPTY_WEEK = WEEK | {"done": (), "late": (), "open": 0, "minutes": 0, "weeks": (0,) * 8}

SHEET = SHEET_VALUES | {
    "stewards": ({"member": "alice", "until": date(2026, 12, 31)},),
    "contributors": tuple({"member": f"personne {n}", "until": None} for n in range(30)),
    "workstreams": ({"name": "Accueil et animation locale", "steward": "alice"},),
}

NOTHING_FUNDED = {"financed": (), "greedy": {"funded": (), "spent": euros(0)}, "spent": euros(0)}

ANSWERS: dict[str, Any] = {
    "question": "Repeindre la salle du bas avec les jeunes du quartier ? 🎨",
    "rule": "majority",
    "outcome": "adopted",
    "counts": {"yes": 5, "no": 2, "abstain": 1},
    "cast": 8,
    "electorate": 12,
    "needed": 6,
    "threshold": "2/3",
}
CONSENTED = ANSWERS | {
    "rule": "consent",
    "outcome": "rejected",
    "counts": {"consent": 3, "concern": 1, "objection": 1, "abstain": 0},
    "cast": 5,
    "needed": 3,
    "threshold": None,
}
DATED: dict[str, Any] = {
    "question": "Quand la fête ?",
    "dates": (
        {
            "text": "samedi 12 décembre 14h",
            "day": None,
            "start": datetime(2026, 12, 12, 14, tzinfo=ZoneInfo("Pacific/Noumea")),
            "end": None,
            "says_more": False,
            "yes": 4,
            "if_needed": 2,
        },
        {
            "text": "dimanche matin",
            "day": date(2026, 12, 13),
            "start": None,
            "end": None,
            "says_more": True,
            "yes": 1,
            "if_needed": 0,
        },
    ),
    "cast": 6,
    "timezone": "Pacific/Noumea",
}

PICTURES = [
    ("answers", ANSWERS),
    ("answers", CONSENTED),
    ("answers", ANSWERS | {"counts": {"yes": 0, "no": 0, "abstain": 8}, "outcome": "tie"}),
    ("dates", DATED),
    ("evaluation", CURVES),
    ("sheet", SHEET),
    ("sheet", EMPTY_SHEET),
    ("budget", BUDGET),
    ("budget", NOTHING),
    ("budget", OVERRUN),
    ("budget", ASKED_BEYOND),
    ("week", WEEK | EIGHT_WEEKS),
    ("week", WEEK),
    ("week", EMPTY_WEEK),
    ("judgment", VOTE_CLOSED | JUDGMENT | GRADED),
    ("judgment", VOTE_CLOSED | JUDGMENT | GRADED | {"question": "Quel nom pour le café ? " * 9}),
    ("shares", VOTE_CLOSED | SHARES | FINANCING),
    ("shares", VOTE_CLOSED | SHARES | FINANCING | NOTHING_FUNDED),
]


def drawn(name, values, language="fr"):
    told = {"language": language, "values": to_wire(values)}
    body = json.dumps(told).encode()
    file = File(name=f"{name}.png", mimetype="image/png", body=body, recipe=name)
    return attached.drawn(Press(Speech()), file)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "values"), PICTURES)
def test_a_picture_is_small_and_tells_its_size(name, values, language):
    file = drawn(name, values, language)
    picture = Image.open(BytesIO(file.body))
    assert (file.width, file.height) == picture.size
    assert picture.width == 720
    assert len(file.body) < MOST_BYTES
    assert file.recipe is None


def test_a_picture_brings_its_own_background():
    picture = Image.open(BytesIO(drawn("budget", BUDGET).body)).convert("RGBA")
    paper = tuple(bytes.fromhex(PAPER[1:]))
    assert {picture.getpixel(xy) for xy in ((0, 0), (719, 0), (0, picture.height - 1))} == {
        (*paper, 255)
    }


def test_figures_change_the_picture():
    assert drawn("budget", BUDGET).body != drawn("budget", OVERRUN).body


def test_the_same_figures_give_the_same_picture():
    assert drawn("week", WEEK).body == drawn("week", WEEK).body


def test_any_other_file_is_left_alone():
    file = File(name="V1.json", mimetype="application/json", body=b"{}")
    assert attached.drawn(Press(Speech()), file) == file


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_has_an_alternative_text(say, language):
    text = say("picture.budget", BUDGET | {"circle": "Littoral"}, language).text
    assert "Littoral" in text
    assert "1\u202f200" in text or "1,200" in text


def test_the_bars_of_a_longer_summary_are_those_of_its_last_weeks():
    month = WEEK | EIGHT_WEEKS | {"since": date(2026, 11, 1)}
    assert below_its_head("week", month) == below_its_head("week", WEEK | EIGHT_WEEKS)


def below_its_head(name, values):
    picture = Image.open(BytesIO(drawn(name, values).body)).convert("RGB")
    return picture.crop((0, 120, *picture.size)).tobytes()


def test_the_hours_of_a_date_are_those_of_the_circle_s_clock(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(bars, "write", lambda *words, **_: told.append(words[3]))
    drawn("dates", DATED)
    assert "samedi 12 décembre 2026, 14 h" in " ".join(told).replace("\N{NO-BREAK SPACE}", " ")


def test_a_measure_of_which_nothing_is_shown_takes_no_room():
    nothing = CURVES["lines"][0] | {"percents": (None,) * len(CURVES["ends"])}
    more = CURVES | {"lines": (*CURVES["lines"], nothing)}
    assert drawn("evaluation", more).body == drawn("evaluation", CURVES).body


def test_a_text_is_shrunk_then_cut_and_never_wider_than_its_room():
    text, size = lettering.fitted("Portes ouvertes", 90, 13, smallest=9)
    assert (text, 9 <= size < 13) == ("Portes ouvertes", True)
    long, size = lettering.fitted(
        "Portes ouvertes du fablab et de la ressourcerie", 90, 13, smallest=9
    )
    assert (long[-1], size) == ("…", 9)
    assert lettering.width(long, size) <= 90


def test_a_long_label_goes_on_on_a_second_line_and_no_further():
    lines = lettering.wrapped("Grand tri collectif des objets du quartier " * 4, 180, 13)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(lettering.width(line, 13) for line in lines) <= 180


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("Fête 🎉 du fablab", "Fête du fablab"), ("🎉🎉", "…"), ("3\u202f000 €", "3\u202f000 €")],
)
def test_signs_that_the_font_lacks_are_left_out(typed, shown):
    assert lettering.drawable(typed) == shown
