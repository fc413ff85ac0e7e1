"""Receipts through a real homeserver: kept and ticked, given up and told, taken away whole."""

import io
import zipfile

import pytest
import pytest_asyncio
from nio.crypto.attachments import decrypt_attachment

from tests.matrix.member import Member
from tests.souci import found_circle, mark_on

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

PHOTO = b"a photo of a till receipt" * 1000


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(alice, souci):
    return await found_circle(alice, "Caisse", souci)


async def sends(person: Member, room: str, answered: str, *, url: str | None = None, size=None):
    """A file in answer to a message, as clients send it in an encrypted room."""
    answer, keys = await person.client.upload(
        io.BytesIO(PHOTO), "image/jpeg", "ticket.jpg", encrypt=True, filesize=len(PHOTO)
    )
    return await person.send(
        room,
        "m.room.message",
        {
            "msgtype": "m.image",
            "body": "ticket.jpg",
            "file": {**keys, "url": url or answer.content_uri},
            "info": {"mimetype": "image/jpeg", "size": size or len(PHOTO)},
            "m.relates_to": {"m.in_reply_to": {"event_id": answered}},
        },
    )


async def test_a_receipt_is_ticked_once_it_is_kept(alice, room, souci):
    declared = await alice.asks(room, "!frais 45,90 € peinture")
    sent = await sends(alice, room, declared.id)
    mark = await mark_on(alice, souci, sent)
    assert (mark.key, mark.relation["key"]) == ("receipt.kept", "✅")


async def test_a_receipt_of_a_dead_server_is_shown_as_late_and_holds_up_no_other(
    alice, room, souci
):
    declared = await alice.asks(room, "!frais 12 € pain")
    dead = await sends(alice, room, declared.id, url="mxc://dead.invalid/x")
    alive = await sends(alice, room, declared.id)
    assert (await mark_on(alice, souci, alive)).key == "receipt.kept"
    assert (await mark_on(alice, souci, dead)).relation["key"] == "⏳"


async def test_a_deleted_message_takes_its_receipt_back(alice, room, souci):
    declared = await alice.asks(room, "!frais 3 € colle")
    sent = await sends(alice, room, declared.id)
    await mark_on(alice, souci, sent)
    await alice.redact(room, sent)
    told = await alice.told("receipt.removed", declared.values["id"])
    assert told.sender == souci.user_id


@pytest.mark.usefixtures("room")
async def test_the_archive_of_my_data_brings_the_receipts_that_are_kept(alice, souci):
    direct = await alice.create(None, souci.user_id, direct=True)
    await alice.meets(direct, souci.user_id)
    await alice.asks(direct, "!mes-données")
    sent = await alice.hears(lambda e: (e.room, e.body) == (direct, "mes-donnees.zip"))
    keys = sent.content["file"]
    answer = await alice.client.download(keys["url"])
    body = decrypt_attachment(answer.body, keys["key"]["k"], keys["hashes"]["sha256"], keys["iv"])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = [name for name in archive.namelist() if name.startswith("receipts/")]
        assert {archive.read(name) for name in files} == {PHOTO}
    assert len(files) == 2
