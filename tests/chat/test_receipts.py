"""A file sent for an entry is its receipt: noted, refused where it is too much, taken back."""

import pytest
from sqlalchemy import select

from bot import events
from bot.events import Attachment
from bot.pipeline.requests import OperatorSettings
from circle.receipts import Quotas
from storage.receipts import LEAST
from storage.tables.receipts import discarded
from tests.chat.scene import scene
from tests.kept import fetched, waiting

EXPENSE = ("alice> !cercle créer Littoral", "bob> !frais 45,90 € peinture")
DECIDED = (
    "alice> !doter 1200 €",
    "alice> !régulation demain à 18h",
    "alice> !séance ouvrir M1",
    "alice> !décision C1 45,90 €",
)


def photo(size=1000, name="ticket.jpg", url="mxc://localhost/abc", mimetype="image/jpeg"):
    return Attachment(name=name, mimetype=mimetype, size=size, url=url)


async def sends(made, who, subject="C1", body="ticket.jpg", **about):
    """Somebody answers C1 with a file; the keys of what the bot says."""
    answered = await made.subject("bob", subject)
    heard = await made.send(who, body=body, reply_to=answered, attachment=photo(**about))
    return [one.key for one in heard]


async def deletes(made, who, event_id):
    """Somebody deletes a message of the circle's room; what the bot says."""
    room = await made.console._enter(who, "circle")
    common = made.console._common(who, room)
    return await made.console._admit(events.Redaction(**common, target=event_id))


async def sent_by(made):
    """The messages that sent the receipts which wait."""
    return [one.event_id for one in await waiting(made.engine)]


async def test_a_file_in_answer_to_an_expense_is_noted_and_nothing_is_said_yet():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "bob") == []
        assert len(await waiting(made.engine)) == 1


async def test_a_file_whose_caption_declares_is_the_receipt_of_what_it_declares():
    async with scene(*EXPENSE) as made:
        heard = await made.send("bob", body="!frais 3 € pain", attachment=photo())
        assert [one.key for one in heard] == ["expense.declared"]
        assert [one.item for one in await waiting(made.engine)] == [2]


async def test_what_a_caption_declares_stands_where_its_file_is_too_heavy():
    async with scene(*EXPENSE) as made:
        heard = await made.send("bob", body="!frais 3 € pain", attachment=photo(size=10_000_001))
        assert [one.key for one in heard] == ["expense.declared", "receipt.too-large"]
        assert heard[1].values == {"id": "C2", "most": 10}


@pytest.mark.parametrize("mimetype", ["image/png", "video/mp4", "audio/ogg", "text/html"])
async def test_whatever_kind_of_file_it_says_to_be_it_is_noted(mimetype):
    async with scene(*EXPENSE) as made:
        await sends(made, "bob", mimetype=mimetype)
        assert len(await waiting(made.engine)) == 1


async def test_somebody_elses_expense_takes_no_receipt_of_mine():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "carole") == ["refused.not-allowed"]


async def test_a_file_in_answer_to_an_action_or_a_vote_is_talk():
    async with scene(*EXPENSE, "alice> !action Fête", "alice> !vote Une machine ?") as made:
        assert await sends(made, "bob", "A1") + await sends(made, "bob", "V1") == []
        assert await waiting(made.engine) == []


async def test_the_bots_own_files_are_no_receipts():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "souci") == ["welcome.back"]  # as it comes in
        assert await waiting(made.engine) == []


async def test_the_same_message_heard_twice_is_one_receipt():
    async with scene(*EXPENSE) as made:
        await sends(made, "bob")
        [before] = await waiting(made.engine)
        async with made.console._dispatcher._store.transaction() as uow:
            assert await uow.receipts.of_event(before.event_id) == before


async def test_a_file_too_large_is_refused():
    async with scene(*EXPENSE) as made:
        assert await sends(made, "bob", size=10_000_001) == ["receipt.too-large"]
        assert await waiting(made.engine) == []


async def test_an_entry_has_five_receipts_at_most():
    async with scene(*EXPENSE) as made:
        keys = [key for _ in range(6) for key in await sends(made, "bob")]
        assert keys == ["receipt.too-many"]


async def test_a_person_sends_fifty_megabytes_a_month_at_most():
    async with scene(*EXPENSE, "bob> !frais 3 € pain") as made:
        for _ in range(5):
            assert await sends(made, "bob", size=9_000_000) == []
        assert await sends(made, "bob", "C2", size=9_000_000) == ["receipt.month-full"]
        assert await sends(made, "bob", "C2", size=1_000_000) == []
        await made.play("@ 2026-12-01T09:00")
        assert await sends(made, "bob", "C2", size=9_000_000) == []


async def test_a_file_that_says_to_weigh_nothing_counts_for_something_until_it_is_there():
    async with scene(*EXPENSE, *("bob> !frais 3 € pain",) * 20) as made:
        last = 50_000_000 // LEAST // 5
        for number in range(1, last + 1):
            assert [await sends(made, "bob", f"C{number}", size=1) for _ in range(5)] == [[]] * 5
        assert await sends(made, "bob", f"C{last + 1}", size=1) == ["receipt.month-full"]


async def with_quotas(made, **quotas):
    """The same circle, whose operator has decided otherwise."""
    lines = made.console._dispatcher._lines
    lines._settings = OperatorSettings(user_id="@souci:localhost", quotas=Quotas(**quotas))


async def test_a_circle_has_its_own_limit():
    async with scene(*EXPENSE) as made:
        await with_quotas(made, per_circle=15_000_000)
        assert await sends(made, "bob", size=9_000_000) == []
        assert await sends(made, "bob", size=9_000_000) == ["receipt.circle-full"]


async def test_on_a_disk_almost_full_nothing_is_noted(tmp_path):
    async with scene(*EXPENSE) as made:
        lines = made.console._dispatcher._lines
        quotas = Quotas(min_free=10**18)
        lines._settings = OperatorSettings(
            user_id="@souci:localhost", quotas=quotas, receipts=tmp_path
        )
        assert await sends(made, "bob") == ["receipt.disk-full"]


async def test_a_deleted_message_takes_its_receipt_back_and_its_file_is_to_go(tmp_path):
    async with scene(*EXPENSE) as made:
        await sends(made, "bob")
        [sent] = await sent_by(made)
        digest = await fetched(made.engine, tmp_path, b"a photo")
        [heard] = await deletes(made, "bob", sent)
        assert (heard.key, heard.values["id"]) == ("receipt.removed", "C1")
        async with made.engine.connect() as connection:
            assert (await connection.execute(select(discarded.c.sha256))).all() == [(digest,)]


async def test_what_is_decided_keeps_its_receipt_whatever_is_deleted(tmp_path):
    async with scene(*EXPENSE) as made:
        await sends(made, "bob")
        [sent] = await sent_by(made)
        await fetched(made.engine, tmp_path, b"a photo")
        await made.play(*DECIDED)
        [heard] = await deletes(made, "bob", sent)
        assert heard.key == "receipt.decided"


async def test_a_declaration_taken_back_takes_the_file_of_its_message_with_it():
    async with scene(*EXPENSE) as made:
        await made.send("bob", body="!frais 3 € pain", attachment=photo())
        [sent] = await sent_by(made)
        assert [one.key for one in await deletes(made, "bob", sent)] == ["entry.cancelled"]
        assert await waiting(made.engine) == []


async def test_somebody_elses_deletion_takes_nothing_back():
    async with scene(*EXPENSE) as made:
        await sends(made, "bob")
        [sent] = await sent_by(made)
        assert await deletes(made, "carole", sent) == []
        assert len(await waiting(made.engine)) == 1


async def test_a_caption_put_later_under_a_receipt_is_told_how_to_be_said():
    async with scene(*EXPENSE) as made:
        await sends(made, "bob")
        [sent] = await sent_by(made)
        [heard] = await made.send("bob", body="!frais 3 € pain", edits=sent)
        assert heard.key == "refused.edit-unread"
