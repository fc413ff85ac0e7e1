"""Pictures: drawn small, from values as they wait in the outbox, whatever the figures are."""

import json
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.letters.pictures import Press
from locales import LANGUAGES
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

PICTURES = [
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
    assert drawn("week", month).body == drawn("week", WEEK | EIGHT_WEEKS).body
