"""A vote held in a real room is recounted by `souci tally` on the file that the bot attached."""

import asyncio
import json
import urllib.parse
import urllib.request

import pytest
from nio.crypto.attachments import decrypt_attachment

from tests.souci import found_circle, mark_on, running

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


def fetch(url: str, token: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own homeserver
        return answer.read()


async def attached(person, home, event) -> bytes:
    """The content of a file that came in an encrypted room."""
    file = event.content["file"]
    place = urllib.parse.urlparse(file["url"])
    url = f"{home.url}/_matrix/client/v1/media/download/{place.netloc}{place.path}"
    sealed = await asyncio.to_thread(fetch, url, person.client.access_token)
    return decrypt_attachment(sealed, file["key"]["k"], file["hashes"]["sha256"], file["iv"])


async def test_the_file_of_a_closed_vote_gives_the_announced_result(
    souci, homeserver, register, member, tmp_path
):
    account, coordinator = await register("souci"), await register("coordination")
    with running(homeserver, account, coordinator, tmp_path) as bot:
        alice, bob = await member("alice"), await member("bob")
        room = await found_circle(alice, f"Littoral {account.user_id}", bot, bob)
        await alice.asks(room, "!vote Repeindre la salle ?")
        for person, word in ((alice, "pour"), (bob, "contre")):
            await mark_on(person, bot, await person.say(room, f"!bulletin V1 {word}"))
        result = await alice.asks(room, "!clore V1")
        file = await alice.hears(lambda e: e.content.get("msgtype") == "m.file")
        (tmp_path / "vote.json").write_bytes(await attached(alice, homeserver, file))
    done = souci.run("tally", tmp_path / "vote.json")
    counted = json.loads(done.out)
    assert (done.status, done.err) == (0, "")
    assert {name: result.values[name] for name in counted} == counted
