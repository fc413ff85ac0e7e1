"""Archives larger than a homeserver takes come in several, each of them small enough."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest

from bot.letters.personal_file import personal_letters
from bot.letters.pictures import Press
from circle.people import Person, PersonKey
from circle.personal import KeptFile, PersonalData
from reports.plans import parts_of
from tests.chat.attached import drawn
from tests.kept import keep
from tests.prepared import voice

BOB = Person(key=PersonKey("b"), name="bob")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECTIONS = {"profile": ({"name": "bob"},), "messages": (), "declarations": ()}


def say(key, told):
    return voice().say(key, told, "fr", zone=UTC, now=NOW).text


async def held(folder, *sizes):
    """Somebody whose receipts weigh as much, and no two are the same."""
    files = []
    for place, size in enumerate(sizes):
        digest = await keep(folder, bytes([place]) * size)
        files.append(
            KeptFile(
                item=f"C{place}",
                circle="Littoral",
                name="../../ticket\u202egpj.jpg",
                at=NOW,
                size=size,
                sha256=digest,
            )
        )
    return PersonalData(BOB, SECTIONS, tuple(files))


async def sent(folder, held, largest):
    """The archives as they leave, by name."""
    press = Press(voice(), folder)
    return {one.name: drawn(press, one).body for one in personal_letters(held, say, largest)}


def opened(body):
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


async def test_what_fits_is_one_archive(tmp_path):
    archives = await sent(tmp_path, await held(tmp_path, 1000, 2000), 100_000)
    assert list(archives) == ["mes-donnees.zip"]
    assert len([name for name in opened(archives["mes-donnees.zip"]) if "receipts/" in name]) == 2


async def test_what_does_not_fit_is_shared_out_and_the_first_says_where(tmp_path):
    archives = await sent(tmp_path, await held(tmp_path, *(30_000,) * 7), 100_000)
    assert list(archives) == [f"mes-donnees{n}.zip" for n in ("", "-2", "-3", "-4")]
    assert all(len(body) <= 100_000 for body in archives.values())
    files = {name: opened(body) for name, body in archives.items()}
    told = json.loads(files["mes-donnees.zip"]["mes-donnees.json"])["receipts"]
    bodies = [files[one["archive"]][one["file"]] for one in told]
    assert bodies == [bytes([place]) * 30_000 for place in range(7)]
    assert "plusieurs archives" in files["mes-donnees.zip"]["LISEZ-MOI.txt"].decode()


async def test_a_receipt_too_large_by_itself_is_listed_without_its_file(tmp_path):
    archives = await sent(tmp_path, await held(tmp_path, 200_000, 1000), 100_000)
    [body] = archives.values()
    told = json.loads(opened(body)["mes-donnees.json"])["receipts"]
    assert [one["file"] is None for one in told] == [True, False]


async def test_names_in_an_archive_are_safe(tmp_path):
    [body] = (await sent(tmp_path, await held(tmp_path, 10), 100_000)).values()
    [name] = [name for name in opened(body) if name.startswith("receipts/")]
    assert name == "receipts/littoral-C0-1-ticketgpj.jpg"


async def test_the_same_data_make_the_same_archives(tmp_path):
    mine = await held(tmp_path, *(30_000,) * 4)
    assert await sent(tmp_path, mine, 100_000) == await sent(tmp_path, mine, 100_000)


@pytest.mark.parametrize("largest", [1, 1000, 5000, 12_000, 10**9])
def test_no_part_is_larger_than_may_be_and_none_is_lost_that_fits(largest):
    sizes = [10, None, 4000, 900, 20_000, 0, 5000]
    parts = parts_of(sizes, largest)
    assert all(sum(sizes[place] + 1000 for place in part) < largest for part in parts)
    fit = [n for n, size in enumerate(sizes) if size is not None and size + 2000 <= largest]
    assert [place for part in parts for place in part] == fit
