"""What comes in is admitted once, with the token that follows it."""

from dataclasses import replace

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.inbox import Inbox
from storage.mail import Admission, Token
from storage.uow import Store

BOT = "@souci:localhost"
ROOM = "!littoral:localhost"
S1 = Token("s1", 1_764_000_000_000)


@pytest.fixture
def inbox(engine: AsyncEngine) -> Inbox:
    return Inbox(engine)


def event(event_id: str, room: str = ROOM, at_ms: int = 1000) -> Admission:
    return Admission(event_id=event_id, room_id=room, at_ms=at_ms, payload=b"{}")


async def finish(store: Store, event_id: str, *, undone: bool = False) -> bool:
    async with store.transaction() as uow:
        finished = await uow.inbox.finish(event_id)
        if undone:
            raise ValueError("undone")
        return finished


async def test_there_is_no_token_before_the_first(inbox: Inbox) -> None:
    assert await inbox.token(BOT) is None


async def test_events_and_token_are_kept_together(inbox: Inbox) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    assert (await inbox.token(BOT), await inbox.pending(ROOM, 10)) == (S1, (event("$1"),))


async def test_without_a_token_the_one_kept_stays(inbox: Inbox) -> None:
    await inbox.admit(BOT, [], S1)
    await inbox.admit(BOT, [event("$1")], None)
    assert await inbox.token(BOT) == S1


async def test_each_account_has_its_token(inbox: Inbox) -> None:
    await inbox.admit(BOT, [], S1)
    await inbox.admit("@other:localhost", [], Token("s2"))
    assert await inbox.token(BOT) == S1


async def test_only_new_events_are_told(inbox: Inbox) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    assert await inbox.admit(BOT, [event("$1"), event("$2")], Token("s2")) == {"$2"}


async def test_the_same_event_twice_at_once_is_one(inbox: Inbox) -> None:
    assert await inbox.admit(BOT, [event("$1"), event("$1")], S1) == {"$1"}
    assert len(await inbox.pending(ROOM, 10)) == 1


async def test_a_handled_event_read_again_stays_handled(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    await finish(store, "$1")
    assert await inbox.admit(BOT, [event("$1")], Token("s0")) == frozenset()
    assert await inbox.pending(ROOM, 10) == ()


async def test_events_wait_in_the_order_of_admission(inbox: Inbox) -> None:
    await inbox.admit(BOT, [event("$b", at_ms=9), event("$a", at_ms=1)], S1)
    await inbox.admit(BOT, [event("$0", at_ms=0)], Token("s2"))
    assert [one.event_id for one in await inbox.pending(ROOM, 10)] == ["$b", "$a", "$0"]


async def test_no_more_than_asked_come(inbox: Inbox) -> None:
    await inbox.admit(BOT, [event(f"${n}") for n in range(5)], S1)
    assert [one.event_id for one in await inbox.pending(ROOM, 2)] == ["$0", "$1"]


async def test_a_large_batch_keeps_its_order(inbox: Inbox) -> None:
    ids = [f"${n:05}" for n in reversed(range(3000))]
    assert await inbox.admit(BOT, [event(one) for one in ids], S1) == frozenset(ids)
    assert [one.event_id for one in await inbox.pending(ROOM, 5000)] == ids


async def test_rooms_that_waited_longest_come_first(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1", "!a"), event("$2", "!b"), event("$3", "!a")], S1)
    await finish(store, "$1")
    assert await inbox.rooms_waiting() == ("!b", "!a")


async def test_an_event_is_finished_once(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    assert [await finish(store, "$1"), await finish(store, "$1")] == [True, False]


async def test_an_undone_transaction_leaves_its_event_waiting(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    with pytest.raises(ValueError, match="undone"):
        await finish(store, "$1", undone=True)
    assert await inbox.rooms_waiting() == (ROOM,)


async def test_purging_drops_only_what_is_old_and_finished(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$old"), event("$waits"), event("$new", at_ms=9000)], S1)
    await finish(store, "$old")
    await finish(store, "$new")
    assert [await inbox.purge(5000), await inbox.purge(5000)] == [1, 0]


async def test_a_purged_event_is_still_known(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    await finish(store, "$1")
    await inbox.purge(5000)
    assert await inbox.admit(BOT, [event("$1")], None) == frozenset()


async def test_an_event_is_found_again_as_it_was_admitted(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    await finish(store, "$1")
    async with store.transaction() as uow:
        assert await uow.inbox.received("$1") == event("$1")
        assert await uow.inbox.received("$2") is None


async def test_of_a_purged_event_the_instant_is_left(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    await finish(store, "$1")
    await inbox.purge(5000)
    async with store.transaction() as uow:
        assert await uow.inbox.received("$1") == replace(event("$1"), payload=b"")


async def test_the_parts_of_an_event_wait_behind_it_each_with_its_mark(
    inbox: Inbox, store: Store
) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    async with store.transaction() as uow:
        await uow.inbox.split([event("$1~1"), event("$1~2")])
        await uow.inbox.split([event("$1~1"), event("$1~2")])
    assert [one.event_id for one in await inbox.pending(ROOM, 10)] == ["$1", "$1~1", "$1~2"]
    assert await finish(store, "$1~1")
    assert not await finish(store, "$1~1")
    async with store.transaction() as uow:
        found = await uow.inbox.these(["$1~2", "$1~3", "$1~1"])
    assert [one.event_id for one in found] == ["$1~2", "$1~1"]


async def test_an_event_whose_parts_are_finished_says_nothing_any_more(
    inbox: Inbox, store: Store
) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    async with store.transaction() as uow:
        await uow.inbox.finish_split("$1")
        await uow.inbox.say_anew("$1", b"[]")
        received = await uow.inbox.received("$1")
    assert await inbox.pending(ROOM, 10) == ()
    assert received is not None
    assert received.payload == b""


async def test_a_part_says_anew_what_its_edit_says(inbox: Inbox, store: Store) -> None:
    await inbox.admit(BOT, [event("$1")], S1)
    async with store.transaction() as uow:
        await uow.inbox.say_anew("$1", b"[]")
        received = await uow.inbox.received("$1")
    assert received is not None
    assert received.payload == b"[]"
