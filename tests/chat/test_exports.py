"""Exports in the room: what is in the file, who gets it, which days, what never leaves."""

import hashlib
import io
import json
from zipfile import is_zipfile

import pytest

from storage.receipts import Receipt
from tests.chat.accounts import CLOSE, CONFIRMED, FOUNDED, OPEN, last
from tests.chat.attached import archived, attached
from tests.chat.scene import scene
from tests.files.office import rows_of
from tests.kept import fetched

WORK = (
    "alice> !action Portes ouvertes budget 400 €",
    "bob> !contribution 2h30 affiches #A1 80 €",
    "carole> !frais 30,99 € pain #A1",
    "alice> !vote Acheter une imprimante",
    "bob> !prendre A1",
    OPEN,
    "alice> !décision C1 60 €",
    "alice> !décision C2 30,99 €",
    CLOSE,
)
YEAR = (*FOUNDED, *WORK)
FORMATS = ("csv", "ods", "json", "movilab", "feder", "flux", "justificatifs")
OUTSIDE = ("[coordination] dany> ", "dany (dm)> ")


def tables(file):
    return json.loads(file.body)


@pytest.mark.parametrize("format_", FORMATS)
async def test_every_kind_of_file_comes_with_its_answer(format_):
    async with scene(*YEAR) as made:
        [file] = await attached(made, f"alice> !export {format_}")
    assert file.recipe is None
    assert len(file.body) > 100


@pytest.mark.parametrize("format_", FORMATS)
async def test_a_circle_without_anything_gives_a_valid_file(format_):
    async with scene("alice> !cercle créer Oise") as made:
        heard = await made.play(f"alice> !export {format_} T1 2020")
        [file] = await attached(made, f"alice> !export {format_} T1 2020")
    assert heard[-1].values["empty"]
    assert file.body


async def test_the_tables_hold_what_was_said():
    async with scene(*YEAR) as made:
        [file] = await attached(made, "alice> !export json")
    told = tables(file)
    assert [one["item"] for one in told["contributions"]] == ["C1", "C2"]
    assert told["contributions"][0]["regulated"] == {"cents": 6000, "currency": "EUR"}
    assert (told["actions"][0]["holders"], told["votes"][0]["cast"]) == ("bob", 0)
    assert told["envelopes"][0]["left"]["cents"] == 100000 - 6000 - 3099


@pytest.mark.parametrize(
    ("said", "since", "until"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("T3 2026", "2026-07-01", "2026-09-30"),
        ("trimestre", "2026-10-01", "2026-12-31"),
        ("septembre 2026", "2026-09-01", "2026-09-30"),
        ("depuis le 1er septembre", "2026-09-01", "2026-11-23"),
        ("depuis mars 2026", "2026-03-01", "2026-11-23"),
    ],
)
async def test_the_days_are_those_that_were_said(said, since, until):
    async with scene(*FOUNDED) as made:
        told = await last(made, f"alice> !export csv {said}")
    assert (told["since"], told["until"]) == (since, until)


@pytest.mark.parametrize("line", ["!export quinzaine", "!export csv 2O26", "!flux quinzaine"])
async def test_an_unknown_period_is_refused_with_an_example(line):
    async with scene(*FOUNDED) as made:
        [heard] = await made.play(f"alice> {line}")
    assert heard.key in {"export.not-understood", "flows.not-understood"}
    assert "T3 2026" in heard.text


async def test_two_periods_are_one_too_many():
    async with scene(*FOUNDED) as made:
        assert await made.keys("alice> !export 2026 depuis le 1er mars") == ["export.two-periods"]


async def test_only_the_days_asked_for_are_in_the_file():
    async with scene(*YEAR, "bob> !contribution 1h ancien le 12 mars 2026") as made:
        [file] = await attached(made, "alice> !export json mars 2026")
    assert [one["what"] for one in tables(file)["contributions"]] == ["ancien"]
    assert tables(file)["ledger"] == []


@pytest.mark.parametrize("place", ["", " (dm)"])
async def test_who_is_no_steward_gets_no_export(place):
    async with scene(*YEAR) as made:
        assert await made.keys(f"bob{place}> !export json") == ["refused.not-allowed"]


async def test_a_steward_gets_it_directly():
    async with scene(*YEAR) as made:
        [file] = await attached(made, "alice (dm)> !export json")
    assert "contributions" in tables(file)


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize("circle", ["", " dans Littoral"])
async def test_outside_of_the_circle_there_are_totals_only(outside, circle):
    async with scene(*YEAR, CONFIRMED, coordinators=["dany"]) as made:
        [file] = await attached(made, f"{outside}!export json{circle}")
    assert set(tables(file)) == {"circles", "envelopes"}
    assert tables(file)["circles"][0]["regulated"]["cents"] == 9099
    assert not {b"bob", b"carole", b"alice", b"affiches"} & {*file.body.replace(b'"', b" ").split()}


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize("what", ["feder", "justificatifs"])
@pytest.mark.parametrize("circle", ["", " dans Littoral"])
async def test_what_is_people_s_own_never_leaves_the_circle(outside, what, circle):
    async with scene(*YEAR, CONFIRMED, coordinators=["dany"]) as made:
        assert await made.keys(f"{outside}!export {what}{circle}") == ["export.personal"]


@pytest.mark.parametrize("what", ["csv", "ods", "json", "movilab", "flux"])
async def test_no_file_that_leaves_names_anybody(what):
    async with scene(*YEAR, CONFIRMED, coordinators=["dany"]) as made:
        [file] = await attached(made, f"[coordination] dany> !export {what}")
    bodies = archived(file) if is_zipfile(io.BytesIO(file.body)) else {file.name: file.body}
    assert bodies
    named = [name for name, body in bodies.items() if b"bob" in body or b"carole" in body]
    assert named == []


async def test_a_steward_in_the_coordinators_room_takes_no_names_there():
    async with scene(*YEAR, CONFIRMED, coordinators=["dany"]) as made:
        await made.play("[coordination] dany> !cercles")
        [file] = await attached(made, "[coordination] alice> !export json dans Littoral")
    assert set(tables(file)) == {"circles", "envelopes"}


@pytest.mark.parametrize("line", ["!export", "!export csv", "!flux", "!export flux"])
async def test_who_is_no_coordinator_gets_nothing_across_circles(line):
    async with scene(*YEAR, "[autre] bob> !cercle créer Oise") as made:
        assert await made.keys(f"bob (dm)> {line}") == ["refused.no-circle"]
        [heard] = await made.play(f"[coordination] bob> {line}")
    assert heard.key.startswith("refused.")


async def test_an_export_says_what_is_in_it():
    async with scene(*YEAR) as made:
        told = await last(made, "alice> !export")
    assert (told["contributions"], told["minutes"], told["expenses"]) == (1, 150, 1)
    assert (told["regulated"]["cents"], told["personal"]) == (9099, True)


async def kept(made, folder, name, body, size=9):
    """A receipt of C2 that was sent under this name and fetched."""
    async with made.console._dispatcher._store.transaction() as uow:
        [circle] = await uow.circles.all(made.console.now.date())
        carole = await uow.people.with_account("@carole:localhost")
        about = {"by": carole.key, "at": made.console.now, "mimetype": "image/jpeg"}
        sent = Receipt(item=2, event_id=name, name=name, size=size, attachment="{}", **about)
        await uow.receipts.add(circle.id, sent)
    await fetched(made.engine, folder, body, size)


async def test_receipts_come_with_their_index_under_safe_names(tmp_path):
    async with scene(*YEAR) as made:
        await kept(made, tmp_path, "../../etc/Ticket d'été.JPG", b"one")
        await kept(made, tmp_path, "=x\0.pdf", b"two")
        [file] = await attached(made, "alice> !export justificatifs", receipts=tmp_path)
    files = archived(file)
    assert set(files) == {
        *("liste-des-justificatifs.csv", "C2-1-etc-ticket-d-ete.jpg", "C2-2-x.pdf")
    }
    index = rows_of(files["liste-des-justificatifs.csv"])
    assert files["C2-2-x.pdf"] == b"two"
    assert index[1][-1] == hashlib.sha256(b"one").hexdigest()


async def test_receipts_that_do_not_fit_come_in_several_files(tmp_path):
    async with scene(*YEAR) as made:
        for number in range(3):
            name, body = f"{number}.jpg", b"%d" % number
            await kept(made, tmp_path, name, body, size=25_000_000)
        files = await attached(made, "alice> !export justificatifs", receipts=tmp_path)
    names = ["littoral-justificatifs.zip", *(f"littoral-justificatifs-{n}.zip" for n in (2, 3, 4))]
    assert [file.name for file in files] == names
    inside = [set(archived(file)) for file in files]
    assert inside == [
        {"liste-des-justificatifs.csv"}, {"C2-1-0.jpg"}, {"C2-2-1.jpg"}, {"C2-3-2.jpg"}
    ]  # fmt: skip


async def test_a_receipt_too_heavy_is_refused_with_fewer_days(tmp_path):
    async with scene(*YEAR) as made:
        await kept(made, tmp_path, "a.jpg", b"1", size=400_000_001)
        [heard] = await made.play("alice> !export justificatifs")
    assert heard.key == "export.too-large"


async def test_the_same_life_makes_the_same_file():
    async with scene(*YEAR) as made:
        first = await attached(made, "alice> !export csv")
        second = await attached(made, "alice> !export csv")
    assert first[0].body == second[0].body
