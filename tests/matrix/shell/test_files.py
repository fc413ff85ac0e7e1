"""Files: what the bot sends can be opened, what people send can be read."""

import io

import pytest
from nio.crypto.attachments import decrypt_attachment

from bot import events
from bot.matrix.net.errors import AttachmentError, RefusedError, TooLargeError
from storage.mail import File
from tests.matrix.member import Member
from tests.matrix.shell.house import House, notice

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]

BODY = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


async def opened(alice: Member, content: dict) -> bytes:
    """The bytes behind a file's message, as a client shows them."""
    sealed = content.get("file")
    answer = await alice.client.download((sealed or content)["url"])
    if not sealed:
        return answer.body
    keys = (sealed["key"]["k"], sealed["hashes"]["sha256"], sealed["iv"])
    return decrypt_attachment(answer.body, *keys)


def letter(room: str):
    content = {"msgtype": "m.file", "body": "M1.ics"}
    file = File(name="M1.ics", mimetype="text/calendar", body=BODY)
    return notice(room, "", f"file {room}", content=content, file=file)


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_a_file_of_ours_can_be_opened(bot, alice, encrypted):
    room = await bot.meets(alice, encrypted=encrypted)
    await bot.write(letter(room))
    heard = await alice.hears(lambda e: (e.room, e.body) == (room, "M1.ics"))
    assert await opened(alice, heard.content) == BODY
    assert heard.content["info"] == {"mimetype": "text/calendar", "size": len(BODY)}


async def test_in_an_encrypted_room_the_server_cannot_read_the_file(bot, alice):
    room = await bot.meets(alice, encrypted=True)
    await bot.write(letter(room))
    heard = await alice.hears(lambda e: (e.room, e.body) == (room, "M1.ics"))
    stored = await alice.client.download(heard.content["file"]["url"])
    assert "url" not in heard.content
    assert stored.body != BODY


async def test_a_picture_is_drawn_when_it_is_sent(bot, alice):
    room = await bot.meets(alice, encrypted=True)
    file = File(name="p.png", mimetype="image/png", body=b"{}", recipe="budget")
    content = {"msgtype": "m.image", "body": "budget"}
    await bot.write(notice(room, "", "picture", content=content, file=file))
    heard = await alice.hears(lambda e: e.body == "budget")
    assert await opened(alice, heard.content) == b"drawn: budget"
    assert (heard.content["info"]["w"], heard.content["info"]["h"]) == (640, 480)


async def sent_by(alice: Member, bot: House, room: str, *, encrypted: bool) -> events.Attachment:
    """A receipt that a member sends, as the bot hears of it."""
    answer, keys = await alice.client.upload(
        io.BytesIO(BODY), "application/pdf", "facture.pdf", encrypt=encrypted, filesize=len(BODY)
    )
    uri = answer.content_uri
    shown = {"file": {**keys, "url": uri}} if encrypted else {"url": uri}
    info = {"mimetype": "application/pdf", "size": len(BODY)}
    content = {"msgtype": "m.file", "body": "facture.pdf", "info": info} | shown
    await alice.send(room, "m.room.message", content)
    heard = await bot.told(lambda e: isinstance(e, events.Message) and e.attachment, room)
    return heard.attachment


async def fetched(bot: House, attachment: events.Attachment, limit: int = 10**6) -> bytes:
    """The file as the bot reads it."""
    body = bytearray()
    await bot.client.download(attachment, limit, body.extend)
    return bytes(body)


@pytest.mark.parametrize("encrypted", [True, False], ids=["encrypted", "plain"])
async def test_a_file_of_theirs_can_be_read(bot, alice, encrypted):
    room = await bot.meets(alice, encrypted=encrypted)
    attachment = await sent_by(alice, bot, room, encrypted=encrypted)
    assert attachment.name == "facture.pdf"
    assert await fetched(bot, attachment) == BODY


async def test_a_file_larger_than_the_limit_is_refused(bot, alice):
    room = await bot.meets(alice, encrypted=True)
    attachment = await sent_by(alice, bot, room, encrypted=True)
    with pytest.raises(TooLargeError):
        await fetched(bot, attachment, 10)


async def test_a_file_larger_than_announced_is_refused(bot, alice):
    room = await bot.meets(alice, encrypted=False)
    attachment = await sent_by(alice, bot, room, encrypted=False)
    lying = events.Attachment(
        name=attachment.name, mimetype=attachment.mimetype, size=1, url=attachment.url
    )
    with pytest.raises(TooLargeError):
        await fetched(bot, lying, 10)


async def test_a_file_that_is_not_what_was_described_is_refused(bot, alice):
    room = await bot.meets(alice, encrypted=True)
    attachment = await sent_by(alice, bot, room, encrypted=True)
    attachment.file["hashes"] = {"sha256": "AAAA"}
    with pytest.raises(AttachmentError):
        await fetched(bot, attachment)


async def test_a_file_that_is_nowhere_is_refused(bot):
    nowhere = events.Attachment(
        name="x", mimetype="x/y", size=1, url="mxc://localhost/doesnotexist"
    )
    with pytest.raises(RefusedError):
        await fetched(bot, nowhere)
