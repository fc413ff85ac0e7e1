"""Tasks that live as long as the bot: begun again, or the end of it, and never without a word."""

import asyncio
import errno

import pytest
import structlog

from bot.operations.faults import EndedError, Faults, kind_of
from bot.operations.supervision import Supervisor

SOON = 20.0


class Work:
    """Fails so often, then goes on; `begun` counts."""

    def __init__(self, *faults):
        self.faults = list(faults)
        self.begun = 0
        self.goes_on = asyncio.Event()

    async def __call__(self):
        self.begun += 1
        if self.faults:
            fault = self.faults.pop(0)
            if fault is None:
                return
            raise fault
        self.goes_on.set()
        await asyncio.Event().wait()

    async def lasts(self):
        await asyncio.wait_for(self.goes_on.wait(), SOON)


@pytest.fixture
def logs():
    with structlog.testing.capture_logs() as logs:
        yield logs


def named(logs, event):
    return [line for line in logs if line["event"] == event]


async def until(look):
    async with asyncio.timeout(SOON):
        while not look():  # noqa: ASYNC110 — what it looks at has no event
            await asyncio.sleep(0.01)


async def test_what_fails_is_begun_again(logs):
    work = Work(ValueError("quelqu'un a dit"), ValueError("encore"))
    async with Supervisor(Faults()) as tasks:
        tasks.keep("receipts", work)
        await work.lasts()
    assert work.begun == 3
    assert len(named(logs, "fault.began")) == 1


async def test_what_ends_without_being_asked_is_begun_again(logs):
    work = Work(None)
    async with Supervisor(Faults()) as tasks:
        tasks.keep("receipts", work)
        await work.lasts()
    assert named(logs, "fault.began")[0]["kind"] == "EndedError"


async def test_the_log_has_its_name_and_its_kind_and_no_words(logs):
    work = Work(ValueError("quelqu'un a dit"))
    async with Supervisor(Faults()) as tasks:
        tasks.keep("receipts", work)
        await work.lasts()
    [line] = named(logs, "fault.began")
    assert (line["fault"], line["kind"]) == ("receipts", "ValueError")
    assert "dit" not in str({key: value for key, value in line.items() if key != "exc_info"})


async def test_a_fault_stands_until_what_was_begun_again_has_lasted(logs):
    faults, work = Faults(), Work(OSError(errno.ENOSPC, "No space left on device"))
    async with Supervisor(faults, steady=0.05) as tasks:
        tasks.keep("receipts", work)
        await until(lambda: faults.standing)
        assert faults.standing == {"receipts": "OSError: No space left on device"}
        await until(lambda: not faults.standing)
    assert [line["fault"] for line in named(logs, "fault.over")] == ["receipts"]


async def test_one_that_fails_disturbs_no_other(logs):  # noqa: ARG001 — keeps the output clean
    failing, other = Work(ValueError()), Work()
    async with Supervisor(Faults()) as tasks:
        tasks.keep("other", other)
        tasks.keep("failing", failing)
        await failing.lasts()
    assert other.begun == 1


async def test_without_its_vital_part_the_bot_ends_with_its_error():
    async def run():
        async with Supervisor(Faults()) as tasks:
            tasks.vital("workers", Work(ZeroDivisionError()))
            tasks.keep("other", Work())
            await tasks.until(asyncio.Event())

    with pytest.raises(ZeroDivisionError):
        await asyncio.wait_for(run(), SOON)


async def test_a_vital_part_that_just_ends_ends_the_bot():
    async def run():
        async with Supervisor(Faults()) as tasks:
            tasks.vital("workers", Work(None))
            await tasks.until(asyncio.Event())

    with pytest.raises(EndedError, match="workers"):
        await asyncio.wait_for(run(), SOON)


async def test_asked_to_stop_nothing_is_begun_again():
    stop, work = asyncio.Event(), Work()
    async with Supervisor(Faults()) as tasks:
        tasks.keep("other", work)
        vital = tasks.vital("workers", work)
        await asyncio.sleep(0)
        stop.set()
        await tasks.until(stop)
        tasks.drop()
        tasks.keep("monitoring", work)
        vital.cancel()
    assert work.begun == 2


async def test_its_tasks_have_their_names():
    async with Supervisor(Faults()) as tasks:
        tasks.keep("receipts", Work())
        assert "receipts" in {task.get_name() for task in asyncio.all_tasks()}


async def test_nothing_is_left_when_it_ends():
    before = asyncio.all_tasks()
    async with Supervisor(Faults()) as tasks:
        tasks.keep("receipts", Work())
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("error", [ValueError("!vote Peindre ?"), KeyError("@bob:localhost")])
def test_the_kind_of_a_fault_has_nobodys_words(error):
    assert kind_of(error) == type(error).__name__
