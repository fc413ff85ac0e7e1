"""Receipts are fetched: none holds up another, true sizes count, and people know what became."""

import asyncio
import hashlib
import resource
import signal
from contextlib import contextmanager
from datetime import timedelta

import pytest
from nio.crypto.attachments import encrypt_attachment
from sqlalchemy import select, update

from bot.operations.receipt_fetcher import MOST_ATTEMPTS, pause_after
from circle.receipts import Quotas
from storage.engine import writing
from storage.tables.receipts import receipts
from tests.kept import waiting
from tests.shell.fetching import fetching
from tests.shell.media_server import DEAD, HELD

PHOTO = b"a photo"
DIGEST = hashlib.sha256(PHOTO).hexdigest()
DAY = timedelta(days=1)


async def attempts(work):
    """How often each receipt that waits was tried in vain."""
    return [one.attempts for one in await waiting(work.made.engine)]


async def column(work, name):
    async with work.made.engine.connect() as connection:
        return list((await connection.execute(select(receipts.c[name]).order_by("id"))).scalars())


async def test_a_receipt_is_kept_by_its_hash_and_only_then_is_it_said(tmp_path):
    async with fetching(tmp_path) as work:
        work.media.files["a"] = PHOTO
        await work.sends("bob", "localhost/a")
        [told] = await work.hears("receipt.kept")
        assert told.text == "✅"
        assert {file.name: file.read_bytes() for file in work.kept} == {DIGEST: PHOTO}
        assert (tmp_path / DIGEST).stat().st_mode & 0o777 == 0o600


async def test_thirty_receipts_of_a_dead_server_hold_up_nobody_elses(tmp_path):
    lines = ("bob> !frais 3 € pain",) * 6
    async with fetching(tmp_path, *lines) as work:
        for number in range(30):
            await work.sends("bob", f"{DEAD}/{number}", f"C{(1, 3, 4, 5, 6, 7)[number // 5]}")
        work.media.files["a"] = PHOTO
        await work.sends("carole", "localhost/a", "C2")
        await work.hears("receipt.kept")
        assert len(await work.hears("receipt.late", 30)) == 30
        assert await attempts(work) == [1] * 30


async def test_a_server_that_never_answers_holds_up_nobody(tmp_path):
    async with fetching(tmp_path) as work:
        for number in range(5):
            await work.sends("bob", f"tar.invalid/{number}")
        work.media.files["a"] = PHOTO
        await work.sends("carole", "localhost/a", "C2")
        await work.hears("receipt.kept")
        assert len([one for one in work.media.asked if one.startswith("tar")]) == 2


async def test_who_sends_dead_files_has_their_true_one_too(tmp_path):
    async with fetching(tmp_path) as work:
        for number in range(4):
            await work.sends("bob", f"{DEAD}/{number}")
        work.media.files["a"] = PHOTO
        await work.sends("bob", "localhost/a")
        await work.hears("receipt.kept")


async def test_a_receipt_is_tried_again_with_growing_pauses_then_given_up_and_told(tmp_path):
    async with fetching(tmp_path) as work:
        await work.sends("bob", f"{DEAD}/x")
        await work.hears("receipt.late")
        await tried(work, MOST_ATTEMPTS - 2)
        assert len(work.media.asked) == MOST_ATTEMPTS - 1
        await work.later(pause_after(MOST_ATTEMPTS))
        [told] = await work.hears("receipt.lost")
        assert told.values == {"id": "C1", "reason": "unreachable"}
        assert len([one for one in work.told if one.key == "receipt.late"]) == 1
        assert await column(work, "reason") == ["unreachable"]


async def tried(work, count):
    """Time passes, until the first receipt was tried in vain so often."""
    for number in range(1, count + 1):
        while await attempts(work) == [number]:
            await work.later(pause_after(number))
            await asyncio.sleep(0.01)


def test_the_pauses_make_about_a_day():
    whole = sum((pause_after(number) for number in range(1, MOST_ATTEMPTS)), timedelta())
    assert timedelta(hours=18) < whole < timedelta(hours=30)


async def test_what_comes_back_is_kept_after_all(tmp_path):
    async with fetching(tmp_path) as work:
        await work.sends("bob", "localhost/a")
        await work.hears("receipt.late")
        work.media.files["a"] = PHOTO
        await work.later(pause_after(1))
        await work.hears("receipt.kept")


async def test_a_file_that_its_server_does_not_have_is_given_up_within_hours(tmp_path):
    async with fetching(tmp_path) as work:
        await work.sends("bob", "gone.invalid/x")
        await work.hears("receipt.late")
        await tried(work, 5)
        await work.later(timedelta(hours=1))
        [told] = await work.hears("receipt.lost")
        assert told.values["reason"] == "absent"


async def test_eighty_megabytes_that_say_to_be_one_byte_are_cut_at_the_limit(tmp_path):
    async with fetching(tmp_path) as work:
        work.media.files["big"] = 80_000_000
        await work.sends("bob", "localhost/big", size=1)
        [told] = await work.hears("receipt.too-large")
        assert told.values == {"id": "C1", "most": 10}
        assert work.kept == []
        assert work.media.sent < 40_000_000
        await work.later(DAY)
        assert len([one for one in work.told if one.key.startswith("receipt.")]) == 1


async def test_a_true_size_counts_whatever_was_said(tmp_path):
    quotas = Quotas(min_free=0, per_person_month=15_000_000)
    async with fetching(tmp_path, quotas=quotas) as work:
        work.media.files |= {"a": 9_000_000, "b": 9_000_001}
        for name in ("a", "b"):
            await work.sends("bob", f"localhost/{name}", size=1)
        await work.hears("receipt.kept")
        [told] = await work.hears("receipt.month-full")
        assert told.values["most"] == 15
        assert len(work.kept) == 1


async def test_a_circle_that_is_full_says_so(tmp_path):
    async with fetching(tmp_path, quotas=Quotas(min_free=0, per_circle=1_000_000)) as work:
        work.media.files["a"] = 1_000_001
        await work.sends("bob", "localhost/a", size=1)
        await work.hears("receipt.circle-full")
        assert work.kept == []


async def test_on_a_disk_almost_full_a_receipt_waits_and_its_sender_is_told_at_last(tmp_path):
    async with fetching(tmp_path, quotas=Quotas(min_free=10**18)) as work:
        work.media.files["a"] = PHOTO
        await work.sends("bob", "localhost/a")
        await work.hears("receipt.late")
        await tried(work, MOST_ATTEMPTS - 2)
        await work.later(pause_after(MOST_ATTEMPTS))
        [told] = await work.hears("receipt.lost")
        assert told.values["reason"] == "disk"
        assert work.media.asked == []


async def test_an_encrypted_file_is_kept_open(tmp_path):
    async with fetching(tmp_path) as work:
        work.media.files["a"], keys = encrypt_attachment(b"\x01" * 200_000)
        await work.sends("bob", "localhost/a", file=keys)
        await work.hears("receipt.kept")
        [file] = work.kept
        assert file.read_bytes() == b"\x01" * 200_000


WRONG = {
    "hash": lambda keys: keys | {"hashes": {"sha256": "AAAA"}},
    "no hash": lambda keys: keys | {"hashes": {}},
    "no key": lambda keys: keys | {"key": {}},
    "a short key": lambda keys: keys | {"key": keys["key"] | {"k": "AAAA"}},
    "no base64": lambda keys: keys | {"key": keys["key"] | {"k": "é"}},
    "an odd iv": lambda keys: keys | {"iv": "AA"},
    "a list": lambda keys: keys | {"iv": ["x"], "key": [], "hashes": 3},
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG.keys())
async def test_a_file_that_is_not_what_its_message_says_is_told_at_once(tmp_path, spoil):
    async with fetching(tmp_path) as work:
        work.media.files["a"], keys = encrypt_attachment(PHOTO)
        await work.sends("bob", "localhost/a", file=spoil(keys))
        [told] = await work.hears("receipt.lost")
        assert told.values["reason"] == "broken"
        assert work.kept == []


@pytest.mark.parametrize("url", ["", "/", "localhost", "a/b/c", "../../x", "localhost/%2e%2e"])
async def test_an_address_that_leads_nowhere_harms_nobody(tmp_path, url):
    async with fetching(tmp_path) as work:
        await work.sends("bob", url)
        work.media.files["a"] = PHOTO
        await work.sends("carole", "localhost/a", "C2")
        await work.hears("receipt.kept")
        await work.hears("receipt.late")


async def test_a_row_that_cannot_be_read_is_logged_and_holds_up_nobody(tmp_path):
    async with fetching(tmp_path) as work:
        await work.sends("bob", f"{DEAD}/x")
        await work.hears("receipt.late")
        async with writing(work.made.engine) as connection:
            await connection.execute(update(receipts).values(attachment="{"))
        await work.later(pause_after(1))
        work.media.files["a"] = PHOTO
        await work.sends("carole", "localhost/a", "C2")
        await work.hears("receipt.kept")
        await work.until(lambda: not work.media.asked.count("x"))


async def test_the_same_file_for_two_entries_is_one_file_and_stays_while_one_needs_it(tmp_path):
    async with fetching(tmp_path) as work:
        work.media.files |= {"a": PHOTO, "b": PHOTO}
        await work.sends("bob", "localhost/a")
        await work.sends("carole", "localhost/b", "C2")
        await work.hears("receipt.kept", 2)
        assert [file.name for file in work.kept] == [DIGEST]
        await take_back(work)
        await work.sends("bob", "localhost/c")
        await work.hears("receipt.late")
        assert [file.name for file in work.kept] == [DIGEST]
        await take_back(work)
        await work.until(lambda: work.kept == [])


async def take_back(work):
    """The oldest receipt is taken back."""
    event_id = (await column(work, "event_id"))[0]
    async with work.made.console._dispatcher._store.transaction() as uow:
        await uow.receipts.remove(await uow.receipts.of_event(event_id))
    await work.later(timedelta())


async def comes_while(work, meanwhile):
    """A file of bob's of which the last byte comes after that; then another one of carole's."""
    work.media.files |= {HELD: PHOTO, "b": b"hers"}
    await work.sends("bob", f"localhost/{HELD}")
    await work.until(lambda: list(work.folder.glob("*.new")))
    await meanwhile()
    work.media.released.set()
    await work.until(lambda: not list(work.folder.glob("*.new")))
    await work.sends("carole", "localhost/b", "C2")
    await work.hears("receipt.kept")
    assert [file.read_bytes() for file in work.kept] == [b"hers"]


async def test_a_receipt_taken_back_while_it_comes_is_not_kept(tmp_path):
    async with fetching(tmp_path) as work:
        await comes_while(work, lambda: take_back(work))


async def test_what_comes_for_one_taken_back_is_not_kept_for_another_sent_meanwhile(tmp_path):
    async with fetching(tmp_path) as work:
        work.media.files |= {HELD: PHOTO, "b": b"hers"}
        await work.sends("bob", f"localhost/{HELD}")
        await work.until(lambda: list(work.folder.glob("*.new")))
        await take_back(work)
        await work.sends("carole", "localhost/b", "C2")
        work.media.released.set()
        await work.hears("receipt.kept")
        await work.until(lambda: not list(work.folder.glob("*.new")))
        assert await column(work, "sha256") == [hashlib.sha256(b"hers").hexdigest()]
        assert [file.read_bytes() for file in work.kept] == [b"hers"]


async def test_who_was_forgotten_while_it_comes_leaves_no_file(tmp_path):
    async with fetching(tmp_path) as work:
        await comes_while(work, lambda: work.made.play("bob (dm)> !effacer-moi confirmer"))


@contextmanager
def files_no_larger_than(size):
    """The system writes no file beyond that, for a while: a disk without room for one."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        signal.signal(signal.SIGXFSZ, before)


async def test_a_disk_that_takes_no_more_puts_off_and_others_are_kept_meanwhile(tmp_path):
    async with fetching(tmp_path) as work:
        work.media.files |= {"large": 3_000_000, "small": PHOTO}
        with files_no_larger_than(1_000_000):
            await work.sends("bob", "localhost/large")
            await work.hears("receipt.late")
            await work.sends("carole", "localhost/small", "C2")
            await work.hears("receipt.kept")
            assert [file.name for file in work.kept] == [DIGEST]
            assert list(tmp_path.glob("*.new")) == []
        await work.later(pause_after(1))
        await work.hears("receipt.kept", 2)
        assert sorted(file.stat().st_size for file in work.kept) == [len(PHOTO), 3_000_000]


async def test_what_an_earlier_process_left_unfinished_is_swept(tmp_path):
    (tmp_path / "0123.new").write_bytes(b"half")
    async with fetching(tmp_path) as work:
        work.media.files["a"] = PHOTO
        await work.sends("bob", "localhost/a")
        await work.hears("receipt.kept")
        assert not (tmp_path / "0123.new").exists()
