"""Reading a room's history backwards to the last token, or to our entry."""

from typing import Any

import pytest

from bot.matrix.sync.gaps import backwards, is_entry

OWN = "@souci:x"


def said(n: int) -> dict[str, Any]:
    return {"type": "m.room.message", "event_id": f"${n}"}


def entry(before: object = None) -> dict[str, Any]:
    return {
        "type": "m.room.member",
        "state_key": OWN,
        "content": {"membership": "join"},
        "event_id": "$entry",
        "unsigned": {"prev_content": before},
    }


def pages(*chunks: list[Any]):
    """A history in pages, newest first, as a homeserver gives it."""

    async def page(token: str) -> dict[str, Any]:
        place = int(token)
        following = {"end": str(place + 1)} if place + 1 < len(chunks) else {}
        return {"chunk": chunks[place]} | following

    return page


async def read(*chunks: list[Any]):
    return await backwards(pages(*chunks), "0", lambda event: is_entry(event, OWN))


async def test_pages_are_put_together_oldest_first():
    found = await read([said(4), said(3)], [said(2)], [], [said(1)])
    assert [e["event_id"] for e in found.events] == ["$1", "$2", "$3", "$4"]
    assert not found.entered


async def test_nothing_before_our_entry_is_read():
    found = await read([said(3)], [entry(), said(2)], [said(1)])
    assert [e["event_id"] for e in found.events] == ["$entry", "$3"]
    assert found.entered


async def test_what_is_no_event_is_passed_over():
    assert [e["event_id"] for e in (await read([said(1), None, 7, "x"])).events] == ["$1"]


async def test_an_endless_history_of_the_same_place_ends():
    async def page(token: str) -> dict[str, Any]:
        return {"chunk": [], "end": token}

    assert (await backwards(page, "0", lambda _: False)).events == []


@pytest.mark.parametrize(
    ("event", "is_one"),
    [
        (entry(), True),
        (entry({"membership": "invite"}), True),
        (entry({"membership": "leave"}), True),
        (entry({"membership": "join"}), False),
        (entry() | {"state_key": "@bob:x"}, False),
        (entry() | {"content": {"membership": "leave"}}, False),
        (entry() | {"content": None}, False),
        (said(1), False),
    ],
)
def test_what_an_entry_is(event, is_one):
    assert is_entry(event, OWN) is is_one
