"""Letters handed on from memory: in their order, and only while the store holds no others."""

import pytest

from bot.matrix.send.unsent import UnsentLetters
from storage.mail import Letter, Posted


def posted(row, room="!a", *, scheduled=False):
    letter = Letter(
        cause=f"$cause{row}",
        ordinal=0,
        room_id=room,
        to_user=None,
        event_type="m.room.message",
        content={},
        scheduled=scheduled,
    )
    return Posted(
        row=row, letter=letter, txn_id=f"{row}", device_id="D", attempted_ms=1, event_id=None
    )


@pytest.fixture
def waiting():
    """The store was asked, and held nothing."""
    waiting = UnsentLetters()
    waiting.was_read([])
    waiting.conclude(nothing_else=True)
    return waiting


def rows(letters):
    return [one.row for one in letters]


def test_at_first_the_store_is_to_be_asked():
    assert not UnsentLetters().complete


def test_one_letter_of_each_room_leaves_at_a_time(waiting):
    waiting.offer([posted(1), posted(2), posted(3, "!b")])
    assert rows(waiting.take(9, set())) == [1, 3]


def test_a_room_whose_letter_is_under_way_waits(waiting):
    waiting.offer([posted(1), posted(2, "!b")])
    assert rows(waiting.take(9, {"!a"})) == [2]


def test_answers_leave_before_scheduled_posts(waiting):
    waiting.offer([posted(1, scheduled=True), posted(2), posted(3, "!b")])
    assert rows(waiting.take(9, set())) == [2, 3]


def test_no_more_leave_than_wanted(waiting):
    waiting.offer([posted(1), posted(2, "!b")])
    assert rows(waiting.take(1, set())) == [1]


def test_a_letter_written_while_the_store_is_asked_is_looked_for_again():
    waiting = UnsentLetters()
    waiting.was_read([])
    waiting.offer([posted(1)])
    waiting.conclude(nothing_else=True)
    assert not waiting.complete


def test_a_letter_that_may_have_been_read_already_is_not_sent_from_memory():
    waiting = UnsentLetters()
    waiting.was_read([posted(5)])
    waiting.conclude(nothing_else=True)
    waiting.offer([posted(5)])
    assert not waiting.complete
    assert waiting.take(9, set()) == []


def test_a_long_queue_is_left_to_the_store(waiting):
    waiting.offer([posted(row) for row in range(1, 502)])
    assert not waiting.complete


def test_after_a_trouble_the_store_is_asked(waiting):
    waiting.offer([posted(1)])
    waiting.forget()
    assert not waiting.complete
    assert waiting.take(9, set()) == []
