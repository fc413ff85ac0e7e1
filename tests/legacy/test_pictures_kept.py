"""Pictures and minutes that an older version left in its outbox are drawn by this one."""

import json
from pathlib import Path

import pytest

from bot.letters.pictures import Press, read_back
from storage.mail import File
from tests.chat.attached import drawn
from tests.prepared import voice

KEPT = json.loads((Path(__file__).parent / "2026-11-30" / "pictures.json").read_text())


def kept(recipe):
    body = json.dumps(KEPT[recipe], ensure_ascii=False).encode()
    return File(name=recipe, mimetype="image/png", body=body, recipe=recipe)


@pytest.mark.parametrize("recipe", KEPT)
def test_what_waited_is_drawn(recipe):
    file = drawn(Press(voice()), kept(recipe))
    assert file.body.startswith(b"PK" if recipe == "minutes" else b"\x89PNG")


@pytest.mark.parametrize("recipe", sorted(KEPT.keys() - {"minutes"}))
def test_what_waited_is_read_back_into_its_sentence(recipe):
    sentence, language = read_back(recipe, kept(recipe).body)
    assert sentence.catalogue_key == f"picture.{recipe}"
    assert language == KEPT[recipe]["language"]
