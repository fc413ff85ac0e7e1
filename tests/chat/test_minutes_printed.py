"""The minutes as a document to print: made when sent, read back as LibreOffice would."""

from io import BytesIO

import pytest
from odf.opendocument import load
from odf.table import Table, TableRow
from odf.teletype import extractText
from odf.text import H

from bot.letters.minutes import RECIPE
from bot.letters.pictures import Press
from speech.sentences import Speech
from tests.chat.accounts import CLOSE, FOUNDED, OPEN
from tests.chat.attached import drawn
from tests.chat.ballot_box import BallotBox
from tests.chat.scene import scene
from tests.chat.test_minutes import HELD

PROXY = ("dany joins", "dany> !pouvoir @alice M1")
BEFORE = HELD.index("@ 2026-11-23T18:05")


async def printed(*lines):
    """The last document of minutes that was attached, read back."""
    async with scene() as made:
        box = BallotBox(made)
        await box.play(*lines)
    files = [one.letter.file for one in box.posted if one.letter.file]
    file = next(f for f in reversed(files) if f.recipe == RECIPE)
    return load(BytesIO(drawn(Press(Speech()), file).body))


def rows(document, title):
    [table] = [t for t in document.getElementsByType(Table) if t.getAttribute("name") == title]
    return [
        [extractText(cell).replace("\u00a0", " ") for cell in row.childNodes]
        for row in table.getElementsByType(TableRow)
    ]


async def test_it_has_the_parts_of_the_minutes():
    document = await printed(*HELD, CLOSE)
    titles = [extractText(one) for one in document.getElementsByType(H)]
    assert titles == [
        "Compte rendu — Régulation du cercle Littoral",
        *("Présences", "Ordre du jour", "Décisions", "Votes"),
    ]


async def test_everybody_has_a_line_and_signs_it_themselves():
    document = await printed(*HELD[:BEFORE], *PROXY, *HELD[BEFORE:], CLOSE)
    assert rows(document, "Présences") == [
        ["Nom", "Présence", "Signature"],
        ["alice", "présent·e", ""],
        ["dany", "représenté·e par alice", ""],
        ["bob", "excusé·e", ""],
    ]


async def test_each_item_tells_what_was_asked_and_decided():
    document = await printed(*HELD, CLOSE)
    assert rows(document, "Décisions")[1:] == [
        ["C1", "bob", "affiches, 2 h, lundi 23 novembre 2026", "80 €", "60 € — une heure de moins"],
        ["C2", "carole", "pain, lundi 23 novembre 2026", "30 €", "reportée"],
    ]


async def test_what_people_typed_stays_text():
    odd = "bob> !contribution 1h <b>&amp; 'gras' </table:table> 10 €"
    document = await printed(*FOUNDED, odd, OPEN, "alice> !décision C1 10 €", CLOSE)
    assert "<b>&amp; 'gras' </table:table>" in rows(document, "Décisions")[1][2]


@pytest.mark.parametrize(("language", "title"), [("fr", "Compte rendu"), ("en", "Minutes")])
async def test_it_speaks_the_language_of_the_circle(language, title):
    document = await printed(*FOUNDED, f"alice> !langue {language}", OPEN, CLOSE)
    assert extractText(document.getElementsByType(H)[0]).startswith(title)
