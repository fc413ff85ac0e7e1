"""Which letters rest, and which are past hope: by what the homeserver answers to the others."""

import pytest

from bot.matrix.net.errors import UnreachableError, UploadLaterError
from bot.matrix.send import backoff as rests

DAY = 24 * 3600.0


@pytest.fixture
def clock(monkeypatch):
    """Goes on when told to: `clock.now += seconds`."""

    class Clock:
        now = 1000.0

        def monotonic(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(rests, "time", clock)
    return clock


def fails(resting, clock, seconds, error):
    """A letter finds no answer over so long, tried whenever it may be."""
    until = clock.now + seconds
    while clock.now < until:
        resting.after(1, error)
        clock.now += max(resting.shortest(), 1.0)


@pytest.mark.usefixtures("clock")
def test_an_upload_that_breaks_off_lets_all_others_leave():
    resting = rests.Rests()
    resting.after(1, UploadLaterError("broken pipe"))
    assert (1 in resting, resting.all_rest) == (True, False)


@pytest.mark.usefixtures("clock")
def test_a_homeserver_that_is_not_there_puts_off_all():
    resting = rests.Rests()
    resting.after(1, UnreachableError("no route"))
    assert resting.all_rest


def test_a_file_is_tried_again_four_times_an_hour_at_most(clock):
    resting = rests.Rests()
    fails(resting, clock, DAY / 2, UploadLaterError("bad gateway", 502))
    resting.after(1, UploadLaterError("bad gateway", 502))
    assert resting.shortest() == 900


def test_a_letter_refused_its_answer_for_a_day_while_others_arrive_is_past_hope(clock):
    resting = rests.Rests()
    error = UnreachableError("status 500", 500)
    fails(resting, clock, DAY / 2, error)
    resting.done(2)
    assert not resting.hopeless(1)
    fails(resting, clock, DAY / 2, error)
    assert resting.hopeless(1)


def test_where_nothing_else_arrives_a_letter_waits_for_the_homeserver(clock):
    resting = rests.Rests()
    fails(resting, clock, 3 * DAY, UnreachableError("status 502", 502))
    assert not resting.hopeless(1)
