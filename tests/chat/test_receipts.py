"""A file sent as a reply to an expense is its receipt."""

from bot.events import Attachment
from bot.receipts import Fetcher, keep
from storage.receipts import ReceiptQueue
from tests.chat.scene import scene

EXPENSE = ("alice> !cercle créer Littoral", "bob> !frais 45,90 € peinture")


async def sends(made, who, size=1000):
    """Somebody answers C1 with a file; the keys of what the bot says."""
    photo = Attachment(
        name="ticket.jpg", mimetype="image/jpeg", size=size, url="mxc://localhost/abc"
    )
    answered = await made.subject("bob", "C1")
    heard = await made.send(who, body="ticket.jpg", reply_to=answered, attachment=photo)
    return [one.key for one in heard]


async def test_a_file_in_answer_to_an_expense_is_noted():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "bob") == ["receipt.kept"]
        assert len(await ReceiptQueue(made.engine).waiting(9)) == 1


async def test_somebody_elses_expense_takes_no_receipt_of_mine():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "carole") == ["refused.not-allowed"]


async def test_a_file_too_large_is_refused():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "bob", size=30_000_000) == ["receipt.too-large"]


async def test_a_noted_file_is_fetched_once_and_kept_by_its_hash(tmp_path):
    async def download(_attachment, _limit):
        return b"a photo"

    async with scene(*EXPENSE) as made:
        await sends(made, "bob")
        fetcher = Fetcher(ReceiptQueue(made.engine), download, tmp_path, 20_000_000)
        await fetcher._fetch_all()
        assert await ReceiptQueue(made.engine).waiting(9) == []
        assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"a photo"]


async def test_a_file_whose_owner_was_forgotten_meanwhile_is_not_kept(tmp_path):
    async with scene(*EXPENSE) as made:

        async def download(_attachment, _limit):
            await made.play("bob (dm)> !effacer-moi confirmer")
            return b"a photo"

        await sends(made, "bob")
        fetcher = Fetcher(ReceiptQueue(made.engine), download, tmp_path, 20_000_000)
        await fetcher._fetch_all()
        assert list(tmp_path.iterdir()) == []


def test_a_receipt_is_private(tmp_path):
    digest = keep(tmp_path / "receipts", b"a photo")
    assert (tmp_path / "receipts" / digest).stat().st_mode & 0o777 == 0o600


async def test_the_bots_own_files_are_no_receipts():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "souci") == []
