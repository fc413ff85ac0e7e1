"""What goes out leaves once, in order, people's answers first."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import CircleId
from circle.refs import Kind, Ref
from storage.engine import writing
from storage.letters import transaction_id
from storage.mail import File, Letter
from storage.outbox import Outbox
from storage.uow import Store

ROOM = "!littoral:localhost"
Add = Callable[..., Awaitable[None]]


@pytest.fixture
def outbox(engine: AsyncEngine) -> Outbox:
    return Outbox(engine)


@pytest.fixture
def add(store: Store) -> Add:
    async def added(*letters: Letter) -> None:
        async with store.transaction() as uow:
            await uow.outbox.add(letters)

    return added


def letter(cause: str = "$1", ordinal: int = 0, room: str | None = ROOM, **rest) -> Letter:
    content = {"body": "merci", "n": [1, None, True]}
    fields = {"to_user": None, "event_type": "m.room.message", "content": content} | rest
    return Letter(cause=cause, ordinal=ordinal, room_id=room, **fields)


async def causes(outbox: Outbox, now_ms: int = 0, limit: int = 50) -> list[tuple[str, int]]:
    ready = await outbox.ready(now_ms, limit)
    return [(one.letter.cause, one.letter.ordinal) for one in ready]


async def test_a_letter_comes_back_as_it_was_written(outbox: Outbox, add: Add) -> None:
    file = File(name="odj.ics", mimetype="text/calendar", body=b"\x00\xff", width=3, recipe="week")
    full = letter(after=0, ordinal=1, subject="3:A12", scheduled=True, file=file, target="$0")
    await add(full)
    assert [one.letter for one in await outbox.ready(0)] == [full]


async def test_a_direct_letter_comes_back_too(outbox: Outbox, add: Add) -> None:
    direct = letter(room=None, to_user="@bob:localhost")
    await add(direct)
    assert [one.letter for one in await outbox.ready(0)] == [direct]


async def test_a_letter_goes_to_a_room_or_to_somebody(add: Add) -> None:
    with pytest.raises(ValueError, match="a room or to somebody"):
        await add(letter(to_user="@bob:localhost"))


async def test_no_letter_is_nothing(outbox: Outbox, add: Add) -> None:
    await add()
    assert await outbox.unfinished(9) == frozenset()


async def test_the_same_answer_cannot_be_written_twice(add: Add) -> None:
    await add(letter())
    with pytest.raises(IntegrityError):
        await add(letter(room="!elsewhere:localhost"))


async def test_the_transaction_id_is_that_of_cause_and_ordinal(outbox: Outbox, add: Add) -> None:
    await add(letter("$1", 2))
    assert [one.txn_id for one in await outbox.ready(0)] == [transaction_id("$1", 2)]


def test_transaction_ids_differ() -> None:
    made = {transaction_id(cause, n) for cause in ("$1", "$11", "$1 1") for n in range(20)}
    assert len(made) == 60


async def test_in_a_room_only_the_oldest_is_ready(outbox: Outbox, add: Add) -> None:
    await add(letter("$1"), letter("$2"), letter("$3", room="!other:localhost"))
    assert await causes(outbox) == [("$1", 0), ("$3", 0)]


async def test_the_next_comes_once_the_first_has_left(outbox: Outbox, add: Add) -> None:
    await add(letter("$1"), letter("$2"))
    [first] = await outbox.ready(0)
    await outbox.sent(first.row, "$sent")
    assert await causes(outbox) == [("$2", 0)]


async def test_a_refused_letter_blocks_nothing(outbox: Outbox, add: Add) -> None:
    await add(letter("$1"), letter("$2"))
    [first] = await outbox.ready(0)
    await outbox.refused(first.row, "M_TOO_LARGE")
    assert await causes(outbox) == [("$2", 0)]


async def test_answers_go_before_scheduled_posts(outbox: Outbox, add: Add) -> None:
    await add(letter("job", room="!a", scheduled=True), letter("$1", room="!b"))
    assert await causes(outbox) == [("$1", 0), ("job", 0)]


async def test_an_answer_passes_a_scheduled_post_of_its_room(outbox: Outbox, add: Add) -> None:
    await add(letter("job", scheduled=True), letter("$1"))
    assert await causes(outbox) == [("$1", 0)]


async def test_a_letter_put_off_holds_back_its_room_alone(outbox: Outbox, add: Add) -> None:
    await add(letter("$1"), letter("$2"), letter("$3", room="!other:localhost"))
    [first, _] = await outbox.ready(0)
    await outbox.later(first.row, 5000)
    assert [await causes(outbox, 4999), await causes(outbox, 5000)] == [
        [("$3", 0)],
        [("$1", 0), ("$3", 0)],
    ]


async def test_no_more_than_asked_are_ready(outbox: Outbox, add: Add) -> None:
    await add(*(letter(f"${n}", room=f"!{n}") for n in range(5)))
    assert await causes(outbox, limit=2) == [("$0", 0), ("$1", 0)]


async def test_a_letter_withdrawn_while_it_leaves_ends_none_that_was_written_meanwhile(
    outbox: Outbox, add: Add, engine: AsyncEngine
) -> None:
    await add(letter("$1"))
    [leaving] = await outbox.ready(0)
    async with writing(engine) as connection:
        await connection.execute(text("DELETE FROM outbox"))
    await add(letter("$2"))
    await outbox.sent(leaving.row, "$event")
    assert await causes(outbox) == [("$2", 0)]


async def test_an_attempt_is_remembered(outbox: Outbox, add: Add) -> None:
    await add(letter("$1"), letter("$2", room="!other:localhost"))
    await outbox.attempt([one.row for one in await outbox.ready(0)], "DEVICE", 1234)
    again = await outbox.ready(0)
    assert {(one.device_id, one.attempted_ms) for one in again} == {("DEVICE", 1234)}


async def test_attempting_nothing_is_nothing(outbox: Outbox) -> None:
    await outbox.attempt([], "DEVICE", 1234)
    assert await outbox.unfinished(9) == frozenset()


async def test_the_event_of_a_letter_is_known_once_it_left(outbox: Outbox, add: Add) -> None:
    await add(letter("$1", 1))
    before = await outbox.event_of("$1", 1)
    [waiting] = await outbox.ready(0)
    await outbox.sent(waiting.row, "$sent")
    assert (before, await outbox.event_of("$1", 1)) == (None, "$sent")


async def test_depth_counts_what_has_not_left(outbox: Outbox, add: Add) -> None:
    await add(letter("$1"), letter("$2"))
    [first] = await outbox.ready(0)
    await outbox.sent(first.row, "$sent")
    assert len(await outbox.unfinished(9)) == 1


async def test_what_was_sent_is_not_kept(outbox: Outbox, add: Add, store: Store) -> None:
    file = File(name="odj.ics", mimetype="text/calendar", body=b"secret")
    await add(replace(letter(), file=file))
    [waiting] = await outbox.ready(0)
    await outbox.sent(waiting.row, "$sent")
    async with store.transaction() as uow:
        [row] = await uow.session.all(text("SELECT content, file_body FROM outbox"))
    assert tuple(row) == ("{}", None)


async def test_a_direct_room_is_remembered_and_replaced(outbox: Outbox) -> None:
    assert await outbox.direct_room("@bob:localhost") is None
    await outbox.set_direct_room("@bob:localhost", "!dm:localhost")
    await outbox.set_direct_room("@bob:localhost", "!dm2:localhost")
    assert await outbox.direct_room("@bob:localhost") == "!dm2:localhost"


# What a message announced

A12 = Ref(Kind.ACTION, 12)
LITTORAL = CircleId(3)


async def send(outbox: Outbox, event_id: str) -> None:
    [first, *_] = await outbox.ready(0)
    await outbox.sent(first.row, event_id)


async def test_a_message_tells_what_it_announced(outbox: Outbox, add: Add, store: Store) -> None:
    await add(letter(subject="3:A12"))
    await send(outbox, "$sent")
    async with store.transaction() as uow:
        assert await uow.outbox.subject_of(ROOM, "$sent") == (LITTORAL, A12)


async def test_in_another_room_it_announced_nothing(outbox: Outbox, add: Add, store: Store) -> None:
    await add(letter(subject="3:A12"))
    await send(outbox, "$sent")
    async with store.transaction() as uow:
        assert await uow.outbox.subject_of("!other:localhost", "$sent") is None


async def test_a_direct_message_tells_what_it_announced(
    outbox: Outbox, add: Add, store: Store
) -> None:
    await add(letter(room=None, to_user="@bob:localhost", subject="3:A12"))
    await send(outbox, "$sent")
    async with store.transaction() as uow:
        assert await uow.outbox.subject_of("!dm:localhost", "$sent") == (LITTORAL, A12)


async def test_the_latest_announcement_of_a_type_is_found(
    outbox: Outbox, add: Add, store: Store
) -> None:
    for cause, event_type in (("$1", "poll"), ("$2", "poll"), ("$3", "m.room.message")):
        await add(letter(cause, subject="3:A12", event_type=event_type))
        await send(outbox, f"{cause}-sent")
    async with store.transaction() as uow:
        assert await uow.outbox.event_of_subject(LITTORAL, A12, "poll") == "$2-sent"
        assert await uow.outbox.event_of_subject(LITTORAL, A12) == "$3-sent"


async def test_another_circle_s_announcement_is_not_found(
    outbox: Outbox, add: Add, store: Store
) -> None:
    await add(letter(subject="3:A12"))
    await send(outbox, "$sent")
    async with store.transaction() as uow:
        assert await uow.outbox.event_of_subject(CircleId(4), A12) is None


ABOUT = {"subject": "3:V1"}
LANES = (ROOM, "@bob:localhost")


async def test_a_letter_that_may_have_left_may_be_an_event(outbox: Outbox, add: Add) -> None:
    await add(letter(**ABOUT))
    [posted] = await outbox.ready(0)
    assert await outbox.perhaps("$poll", LANES) == set()
    await outbox.attempt([posted.row], "DEVICE", 5)
    assert await outbox.perhaps("$poll", LANES) == {posted.row}


async def test_a_letter_that_has_come_to_its_end_is_no_other_event(
    outbox: Outbox, add: Add
) -> None:
    await add(letter(**ABOUT))
    [posted] = await outbox.ready(0)
    await outbox.attempt([posted.row], "DEVICE", 5)
    outbox.arrived(posted.row, "$announced")
    assert await outbox.perhaps("$poll", LANES) == set()


async def test_an_event_that_is_known_is_no_other_letter(outbox: Outbox, add: Add) -> None:
    await add(letter(**ABOUT), letter(ordinal=1, **ABOUT))
    [first] = await outbox.ready(0)
    await outbox.sent(first.row, "$announced")
    [second] = await outbox.ready(0)
    await outbox.attempt([second.row], "DEVICE", 5)
    assert await outbox.perhaps("$announced", LANES) == set()
    assert await outbox.perhaps("$poll", LANES) == {second.row}


@pytest.mark.parametrize(
    ("place", "counts"),
    [
        ({}, True),
        ({"room": None, "to_user": "@bob:localhost"}, True),
        ({"room": "!flandre:localhost"}, False),
        ({"room": None, "to_user": "@alice:localhost"}, False),
    ],
)
async def test_only_letters_to_that_room_or_person_count(
    outbox: Outbox, add: Add, place: dict[str, str | None], counts: bool
) -> None:
    await add(letter(**ABOUT, **place))
    [posted] = await outbox.ready(0)
    await outbox.attempt([posted.row], "DEVICE", 5)
    assert bool(await outbox.perhaps("$poll", LANES)) is counts


async def test_a_letter_about_nothing_is_nothing_to_answer(outbox: Outbox, add: Add) -> None:
    await add(letter())
    [posted] = await outbox.ready(0)
    await outbox.attempt([posted.row], "DEVICE", 5)
    assert await outbox.perhaps("$poll", LANES) == set()


FILE = File(name="a.zip", mimetype="application/zip", body=b"zip", recipe="archive")


async def test_a_file_that_takes_long_leaves_beside_its_room(outbox: Outbox, add: Add) -> None:
    await add(letter(file=FILE, beside=True), letter("$2"))
    assert await causes(outbox) == [("$1", 0), ("$2", 0)]


async def test_the_files_of_one_answer_leave_one_after_the_other(outbox: Outbox, add: Add) -> None:
    await add(*(letter(ordinal=n, file=FILE, beside=True) for n in (1, 2)))
    assert await causes(outbox) == [("$1", 1)]


async def test_a_file_put_aside_lets_the_others_of_its_room_leave(outbox: Outbox, add: Add) -> None:
    await add(letter(file=FILE), letter("$2"))
    [posted] = await outbox.ready(0)
    await outbox.aside(posted)
    assert await causes(outbox) == [("$1", 0), ("$2", 0)]


async def test_once_its_file_is_uploaded_a_letter_is_one_like_others(
    outbox: Outbox, add: Add
) -> None:
    await add(letter(file=FILE, beside=True))
    [posted] = await outbox.ready(0)
    await outbox.uploaded(posted, {"url": "mxc://l/1"})
    [after] = [one.letter for one in await outbox.ready(0)]
    assert (after.file, after.content, after.beside) == (None, {"url": "mxc://l/1"}, False)


async def test_a_letter_whose_file_is_not_uploaded_cannot_have_left(
    outbox: Outbox, add: Add
) -> None:
    await add(letter(file=FILE, subject="3:A12"))
    [posted] = await outbox.ready(0)
    await outbox.attempt([posted.row], "D", 1)
    lanes = (ROOM, "@bob:localhost")
    assert await outbox.perhaps("$9", lanes) == frozenset()
    await outbox.uploaded(posted, {})
    assert await outbox.perhaps("$9", lanes) == {posted.row}
