"""One's own data, through the room and the direct message: told whole, forgotten on demand."""

import io
import json
import logging
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select

from bot import events
from bot.console.console import Heard
from bot.letters.pictures import Press
from bot.operations.housekeeping import Keeper
from bot.operations.receipt_shelf import Shelf
from speech.sentences import Speech
from storage.chores import Chores
from storage.receipts import ReceiptQueue
from storage.tables import metadata
from storage.tables.kinds import stored_table
from storage.tables.rounds import rounds
from tests.chat.attached import drawn
from tests.chat.scene import MONDAY, Scene, scene
from tests.kept import fetched

LIFE = """
alice> !cercle créer Littoral territorial
dany joins
alice> !doter 1200 €
alice> !action Portes ouvertes par @dany pour @dany
dany> !contribution 2h affiches mauves #A1 80 €
dany> !contribution 1h accueil discret 30 €
dany> !frais 12 € colle forte #A1
dany> !avance A1 salle introuvable
dany> !rappel demain 9h penser aux clés
alice> !consentement Vive @dany:localhost !
dany> !objection V1 trop vite pour moi
alice> !régulation demain à 18h
dany> !présent M1
alice> !séance ouvrir M1
alice> !décision C1 80 €
alice> !séance clore
alice> !facture C1 F-1
alice> !payé C1
alice> !annuler V1 elle sera écrite autrement
alice> !contribution 1h rangement près de @dany
"""
THEIRS = (
    *("dany", "affiches mauves", "accueil discret", "colle forte", "salle introuvable"),
    *("penser aux clés", "trop vite pour moi", "note.pdf"),
)
NOW = datetime.fromisoformat(MONDAY).replace(tzinfo=UTC)


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene(LIFE, url=f"sqlite:///{tmp_path / 'souci.db'}") as played:
        expense = await played.subject("dany", "C3")
        note = events.Attachment(
            name="note.pdf", mimetype="application/pdf", size=9, url="mxc://l/1"
        )
        await played.send("dany", body="note.pdf", attachment=note, reply_to=expense)
        await fetched(played.engine, tmp_path / "receipts", b"du papier de dany")
        yield played


async def everything(played: Scene, folder: Path) -> str:
    """Every row of every table, and every byte of the state directory."""
    async with played.engine.connect() as connection:
        rows = [row for table in metadata.sorted_tables
                for row in await connection.execute(select(stored_table(table)))]  # fmt: skip
    files = [read(file) for file in Path(folder).rglob("*") if file.is_file()]  # noqa: ASYNC240
    # the console names a direct room after the person: that id is nobody's doing but its own
    return f"{rows}{files}".casefold().replace("!dm-dany:", "!dm:")


def read(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def keeper(played: Scene, folder: Path) -> Keeper:
    return Keeper(
        Chores(played.engine),
        Shelf(folder / "receipts"),
        ReceiptQueue(played.engine),
        timedelta(days=30),
    )


async def test_what_somebody_wrote_is_found_everywhere_before(life: Scene, tmp_path: Path) -> None:
    told = await everything(life, tmp_path)
    assert [words for words in THEIRS if words not in told] == []


async def test_somebody_forgotten_is_found_nowhere(
    life: Scene,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    structlog.reset_defaults()
    heard = await life.play("dany (dm)> !effacer-moi", "dany (dm)> !effacer-moi confirmer")
    assert [one.key for one in heard] == ["privacy.erase", "privacy.erased"]
    await keeper(life, tmp_path).run(NOW)
    told = await everything(life, tmp_path) + caplog.text + "".join(capsys.readouterr())
    assert [words for words in THEIRS if words in told.casefold()] == []


async def test_nobody_forgotten_is_told_by_what_comes_after(life: Scene) -> None:
    await life.play("dany (dm)> !effacer-moi confirmer")
    after = ("journal", "contributions", "actions", "membres", "cr M1", "résultat V1", "bilan")
    heard = await life.play(*(f"alice> !{word}" for word in after))
    assert len(heard) >= len(after)
    assert not [one.text for one in heard if "dany" in one.text.casefold()]
    assert "dany" not in str([one.values for one in heard]).casefold()


async def test_the_accounts_are_the_same_but_for_what_was_not_decided(life: Scene) -> None:
    [before] = await life.play("alice> !budget")
    await life.play("dany (dm)> !effacer-moi confirmer")
    [after] = await life.play("alice> !budget")
    assert after.values == before.values | {"asked": {"cents": 0, "currency": "EUR"}}


async def test_the_preview_tells_what_goes_and_what_stays(life: Scene) -> None:
    [_, told] = await life.play("dany> !effacer-moi")
    assert (told.key, told.to) == ("privacy.erase", "@dany:localhost")
    figures = {name: told.values[name] for name in ("kept", "waiting", "files")}
    assert figures == {"kept": 1, "waiting": 2, "files": 1}
    assert told.values["asked"] == {"cents": 4200, "currency": "EUR"}


async def test_in_a_room_even_a_confirmation_erases_nothing(life: Scene) -> None:
    [_, told] = await life.play("dany> !effacer-moi confirmer")
    assert told.key == "privacy.erase"
    [held] = await life.play("dany (dm)> !mes-données")
    assert held.values["items"] == 3


async def test_what_they_said_in_a_round_goes(life: Scene) -> None:
    await life.play("alice> !météo", "dany> !météo un peu fatiguée", "alice> !tour", "dany> !tour")
    [told] = await life.play("dany (dm)> !effacer-moi confirmer")
    assert told.key == "privacy.erased"
    async with life.engine.connect() as connection:
        held = (await connection.execute(select(rounds.c.held))).scalars().all()
    assert [one for one in held if "fatiguée" in one] == []
    assert [one.key for one in await life.play("alice> !météo")] == ["checkin.status"]


async def test_an_open_vote_goes_on_with_a_nameless_elector(life: Scene) -> None:
    await life.play("alice> !vote Une machine ?", "dany> !bulletin V2 pour")
    [told] = await life.play("dany (dm)> !effacer-moi confirmer")
    assert told.key == "privacy.erased"
    result = await closed(life)
    assert (result.values["electorate"], result.values["cast"]) == (2, 1)


async def test_a_vote_on_what_somebody_asked_goes_on_without_their_words(life: Scene) -> None:
    await life.play("alice> !estimation C2")
    [told] = await life.play("dany (dm)> !effacer-moi confirmer")
    assert told.key == "privacy.erased"
    assert (await closed(life)).values["question"] == "…"


async def closed(life: Scene) -> Heard:
    """What is announced of V2 when its time has come."""
    heard = await life.play("@ 2026-12-08T09:00")
    return next(one for one in heard if one.key == "vote.closed" and one.values["id"] == "V2")


async def test_a_name_that_may_be_any_word_stays_with_others_and_is_told(life: Scene) -> None:
    await life.play("alice> !action Dany aime les affiches", "dany> bravo")
    asked = await life.play("dany (dm)> !effacer-moi", "dany (dm)> !effacer-moi confirmer")
    stays = [{"name": "dany", "circle": "Littoral", "where": ["A2"], "count": 1}]
    assert [told.values["spared"] for told in asked] == [stays, stays]
    [done] = await life.play("alice> !actions")
    assert "Dany aime les affiches" in done.text


async def test_who_speaks_again_is_somebody_new(life: Scene) -> None:
    await life.play("dany (dm)> !effacer-moi confirmer")
    [declared] = await life.play("dany> !contribution 1h retour")
    assert declared.key == "contribution.declared"
    [held] = await life.play("dany (dm)> !mes-données")
    assert held.values["items"] == 1


async def test_erasing_twice_is_well(life: Scene) -> None:
    await life.play("dany (dm)> !effacer-moi confirmer")
    assert [one.key for one in await life.play("dany (dm)> !effacer-moi confirmer")] == [
        "privacy.erased"
    ]


async def test_asked_in_a_room_the_data_goes_to_the_direct_one(life: Scene) -> None:
    in_room, letter = await life.play("dany> !mes-données")
    assert (in_room.key, in_room.text, in_room.room) == ("privacy.sent", "✅", "circle")
    assert (letter.key, letter.to, letter.room) == ("privacy.data", "@dany:localhost", None)


async def archive_of(played: Scene, folder: Path, line: str) -> zipfile.ZipFile:
    """The archive that this line sends, as it leaves."""
    sent = []
    ready = played.console._outbox.ready

    async def noted(now_ms: int) -> list[object]:
        found = await ready(now_ms)
        sent.extend(found)
        return found

    played.console._outbox.ready = noted
    await played.play(line)
    [file] = [one.letter.file for one in sent if one.letter.file]
    sent = drawn(Press(Speech(), folder / "receipts"), file)
    return zipfile.ZipFile(io.BytesIO(sent.body))


async def test_the_archive_holds_everything_and_the_receipts(life: Scene, tmp_path: Path) -> None:
    opened = await archive_of(life, tmp_path, "dany (dm)> !mes-données")
    told = json.loads(opened.read("mes-donnees.json"))
    assert [one["what"] for one in told["declarations"]] == [
        *("affiches mauves", "accueil discret", "colle forte"),
    ]
    [receipt] = told["receipts"]
    assert opened.read(receipt["file"]) == b"du papier de dany"
    assert {"LISEZ-MOI.txt", "declarations.csv", "bulletins.csv"} <= set(opened.namelist())


async def test_the_archive_holds_nobody_elses_words(life: Scene, tmp_path: Path) -> None:
    opened = await archive_of(life, tmp_path, "dany (dm)> !mes-données")
    told = "".join(opened.read(name).decode() for name in opened.namelist())
    assert "rangement" not in told
    assert "alice" not in told


async def test_tables_are_those_of_french_spreadsheets(life: Scene, tmp_path: Path) -> None:
    opened = await archive_of(life, tmp_path, "dany (dm)> !mes-données")
    table = opened.read("declarations.csv").decode("utf-8")
    assert table.startswith("\N{ZERO WIDTH NO-BREAK SPACE}Cercle;")
    assert ";80,00;" in table
    assert ";payée;" in table
    assert "23/11/2026" in table


async def test_what_was_decided_of_what_they_asked_is_told_too(life: Scene, tmp_path: Path) -> None:
    opened = await archive_of(life, tmp_path, "dany (dm)> !mes-données")
    told = json.loads(opened.read("mes-donnees.json"))
    kinds = [one["kind"] for one in told["entries"] if one["item"] == 1]
    assert kinds == ["declared", "regulated", "invoiced", "paid"]
    assert told["ballots"][0]["choice"] == "objection"


async def test_while_an_archive_leaves_no_other_one_is_made(life: Scene) -> None:
    async def nothing_leaves(_now_ms: int) -> list[object]:
        return []

    ready, life.console._outbox.ready = life.console._outbox.ready, nothing_leaves
    await life.play("dany (dm)> !mes-données", "dany (dm)> !mes-données", "dany> !mes-données")
    life.console._outbox.ready = ready
    heard = await life.console.drain()
    assert [one.key for one in heard] == [
        *("privacy.data", "privacy.data-leaving", "privacy.sent", "privacy.data"),
    ]
    assert [one.key for one in await life.play("dany (dm)> !mes-données")] == ["privacy.data"]


async def test_a_receipt_that_is_not_there_is_left_out(life: Scene, tmp_path: Path) -> None:
    opened = await archive_of(life, tmp_path / "elsewhere", "dany (dm)> !mes-données")
    assert not [name for name in opened.namelist() if name.startswith("receipts/")]


async def test_consent_to_be_named_is_no_until_said(life: Scene) -> None:
    before = (await life.play("dany (dm)> !confidentialité"))[0].values["mention"]
    await life.play("dany (dm)> !confidentialité mention oui")
    after = (await life.play("dany (dm)> !confidentialité"))[0].values["mention"]
    assert (before, after) == (False, True)


async def test_the_register_comes_as_a_file(life: Scene) -> None:
    keys = await life.keys("dany (dm)> !confidentialité registre")
    assert keys == ["privacy.register"]
