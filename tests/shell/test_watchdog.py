"""The watchdog: what lasts is told once, and its end once."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.operations.replies import Trouble
from bot.operations.vitals import Vitals
from bot.operations.watchdog import Watchdog
from storage.errors import StoreUnavailableError
from storage.vitals import Waiting

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
GOOD = Waiting(inbox=0, outbox=0, jobs_late=0)


def vitals(waiting=GOOD, *, pulse=timedelta(seconds=2), free=10**10):
    return Vitals(pulse, waiting, free)


class Told:
    """A watchdog, and what it said: troubles, each with whether it was over."""

    def __init__(self, silent=None):
        self.said = []
        self.deaf = False
        self.watchdog = Watchdog(self._tell, silent)

    async def _tell(self, finding):
        if self.deaf:
            raise StoreUnavailableError("away")
        self.said.append((finding.trouble, finding.over))

    async def look(self, found, minutes, unread=0):
        await self.watchdog.look(found, unread, NOW + timedelta(minutes=minutes))


@pytest.fixture
def told():
    return Told()


async def test_nothing_is_told_when_all_is_well(told):
    for minutes in range(60):
        await told.look(vitals(), minutes)
    assert told.said == []


async def test_a_letter_that_stays_first_for_a_quarter_of_an_hour_is_told_once(told):
    stuck = vitals(Waiting(inbox=0, outbox=3, jobs_late=0, first=7))
    for minutes in range(40):
        await told.look(stuck, minutes)
    assert told.said == [(Trouble.UNSENT, False)]


async def test_letters_that_leave_slowly_are_no_trouble(told):
    for minutes in range(40):
        await told.look(vitals(Waiting(0, 3, 0, first=minutes)), minutes)
    assert told.said == []


async def test_the_end_of_a_trouble_is_told(told):
    await told.look(vitals(free=1000), 0)
    await told.look(vitals(), 1)
    assert told.said == [(Trouble.DISK_FULL, False), (Trouble.DISK_FULL, True)]


async def test_an_event_that_nobody_handles_is_told(told):
    await told.look(vitals(Waiting(1, 0, 0, heard_at=NOW - timedelta(hours=1))), 0)
    assert told.said == [(Trouble.UNHANDLED, False)]


async def test_a_short_delay_of_jobs_is_no_trouble(told):
    await told.look(vitals(Waiting(0, 0, 2)), 0)
    await told.look(vitals(), 1)
    assert told.said == []


async def test_jobs_that_stay_late_are_told(told):
    for minutes in range(20):
        await told.look(vitals(Waiting(0, 0, 1)), minutes)
    assert told.said == [(Trouble.JOBS_LATE, False)]


async def test_many_events_without_key_within_an_hour_are_told(told):
    for minutes in range(20):
        await told.look(vitals(), minutes, unread=minutes)
    assert told.said == [(Trouble.UNREAD, False)]


async def test_a_few_events_without_key_a_day_are_none(told):
    for hours in range(30):
        await told.look(vitals(), hours * 60, unread=hours)
    assert told.said == []


async def test_an_absence_is_told_when_it_is_over():
    told = Told(silent=timedelta(hours=3))
    await told.look(vitals(pulse=timedelta(hours=3)), 0)
    assert told.said == []
    await told.look(vitals(), 1)
    assert told.said == [(Trouble.AWAY, False)]


async def test_a_short_absence_is_not_told():
    told = Told(silent=timedelta(minutes=2))
    await told.look(vitals(), 0)
    assert told.said == []


async def test_an_event_that_is_given_up_is_told(told):
    await told.look(vitals(Waiting(0, 0, 0, given_up=3)), 0)
    assert told.said == []
    await told.look(vitals(Waiting(0, 0, 0, given_up=4)), 1)
    await told.look(vitals(Waiting(0, 0, 0, given_up=4)), 2)
    assert told.said == [(Trouble.GIVEN_UP, False)]
    await told.look(vitals(Waiting(0, 0, 0, given_up=4)), 90)
    assert told.said[1:] == [(Trouble.GIVEN_UP, True)]


@pytest.mark.parametrize(
    ("silent", "found", "wanted"),
    [
        (None, vitals(free=1000), (Trouble.DISK_FULL, False)),
        (timedelta(hours=1), vitals(), (Trouble.AWAY, False)),
    ],
)
async def test_what_could_not_be_told_is_told_at_the_next_look(silent, found, wanted):
    told = Told(silent)
    told.deaf = True
    with pytest.raises(StoreUnavailableError):
        await told.look(found, 0)
    told.deaf = False
    await told.look(found, 1)
    assert told.said == [wanted]


async def test_an_end_that_could_not_be_told_is_told_at_the_next_look(told):
    await told.look(vitals(free=1000), 0)
    told.deaf = True
    with pytest.raises(StoreUnavailableError):
        await told.look(vitals(), 1)
    told.deaf = False
    await told.look(vitals(), 2)
    assert told.said == [(Trouble.DISK_FULL, False), (Trouble.DISK_FULL, True)]
