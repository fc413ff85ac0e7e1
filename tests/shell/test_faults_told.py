"""A disk that fails under a task of the bot is told once, shown, and survived: the real parts."""

import asyncio
import os
import re
import socket
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest
import structlog

from bot import events
from bot.config.model import Config, Matrix, Monitoring
from bot.config.values import Secret
from bot.console.console import BOT, room_id
from bot.matrix.net.errors import DiskError
from bot.matrix.shell.client import PULSE
from bot.operations import describing
from bot.operations.describing import Describer
from bot.operations.faults import Faults
from bot.operations.overseer import Overseer
from bot.operations.receipt_fetcher import DISK, pause_after
from bot.operations.supervision import Supervisor
from circle.receipts import Quotas
from storage.engine import open_engine
from storage.upgrade import upgrade
from tests.chat.scene import scene
from tests.prepared import voice
from tests.shell.fetching import fetching
from tests.shell.test_receipts_fetched import files_no_larger_than, take_back
from tests.shell.test_supervision import until
from tests.souci import free_port

LARGE = 3_000_000


@pytest.fixture
def logs():
    with structlog.testing.capture_logs() as logs:
        yield logs


def told(logs, event):
    return [line["fault"] for line in logs if line["event"] == event]


async def test_receipts_on_a_full_disk_are_one_fault_until_it_takes_them(tmp_path, logs):
    async with fetching(tmp_path) as work:
        work.media.files |= {"a": LARGE, "b": LARGE + 1}
        with files_no_larger_than(1_000_000):
            for name in ("a", "b"):
                await work.sends("bob", f"localhost/{name}")
            await work.hears("receipt.late", 2)
            assert work.faults.standing == {DISK: "DiskError: File too large"}
        await work.later(pause_after(1))
        await work.hears("receipt.kept", 2)
        await until(lambda: not work.faults.standing)
    assert (told(logs, "fault.began"), told(logs, "fault.over")) == ([DISK], [DISK])


async def test_one_that_has_no_place_stays_a_fault_while_others_are_kept(tmp_path, logs):
    async with fetching(tmp_path) as work:
        work.media.files |= {"a": LARGE, "b": b"small"}
        with files_no_larger_than(1_000_000):
            await work.sends("bob", "localhost/a")
            await work.hears("receipt.late")
            await work.sends("carole", "localhost/b", "C2")
            await work.hears("receipt.kept")
            assert list(work.faults.standing) == [DISK]
    assert told(logs, "fault.began") == [DISK]


async def test_a_disk_that_nobody_waits_for_any_more_is_no_fault(tmp_path):
    async with fetching(tmp_path, quotas=Quotas(min_free=10**18)) as work:
        work.media.files["a"] = b"photo"
        await work.sends("bob", "localhost/a")
        await until(lambda: work.faults.standing)
        await take_back(work)
        await until(lambda: not work.faults.standing)


@asynccontextmanager
async def overseen(folder):
    """An overseer at work, on a state directory that is not there yet."""
    url = f"sqlite:///{folder / 'souci.db'}"
    config = Config(
        matrix=Matrix(homeserver="http://127.0.0.1:9", user_id=BOT),
        state_dir=folder / "state",
        database=Secret(url),
        monitoring=Monitoring(port=free_port()),
    )
    engine, faults = open_engine(url), Faults()
    await upgrade(engine)
    overseer = Overseer(config, engine, Counts(), faults, _nobody)
    async with Supervisor(faults, steady=0.05) as tasks:
        tasks.keep("watchdog", overseer.watch)
        tasks.keep("monitoring", overseer.serve)
        yield config, faults
    await engine.dispose()


class Counts:
    undecryptable = malformed = 0


async def _nobody(_finding):
    """Nobody is told."""


async def health(config):
    url = f"http://127.0.0.1:{config.monitoring.port}/health"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.json()


async def measured(config, name):
    """The value of a measure without labels, as Prometheus reads it."""
    url = f"http://127.0.0.1:{config.monitoring.port}/metrics"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        [line] = re.findall(rf"^{name} (\S+)$", await answer.text(), re.MULTILINE)
    return float(line)


@asynccontextmanager
async def heard(folder, seconds):
    """The same, of a bot that the homeserver answered so many seconds ago."""
    pulse = folder / "state" / PULSE
    pulse.parent.mkdir()
    pulse.touch()
    os.utime(pulse, (time.time() - seconds,) * 2)
    async with overseen(folder) as (config, faults):
        await until(lambda: listens(config.monitoring.port))
        yield config, faults


def listens(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


async def test_a_fault_is_named_and_counted_and_a_restart_is_not_asked_for(tmp_path):
    async with heard(tmp_path, 1) as (config, faults):
        assert await measured(config, "souci_faults") == 0
        faults.began(DISK, DiskError("No space left on device"))
        status, shown = await health(config)
        assert (status, shown["well"]) == (200, True)
        assert shown["faults"] == {DISK: "DiskError: No space left on device"}
        assert await measured(config, "souci_faults") == 1


async def test_a_homeserver_silent_for_three_minutes_is_not_well(tmp_path):
    async with heard(tmp_path, 181) as (config, _):
        status, shown = await health(config)
        assert (status, shown["well"]) == (503, False)
        assert await measured(config, "souci_sync_age_seconds") >= 181


async def test_a_watchdog_that_cannot_look_is_shown_and_looks_again(tmp_path, logs):
    async with overseen(tmp_path) as (config, faults):
        await until(lambda: "watchdog" in faults.standing)
        status, shown = await health(config)
        assert (status, shown["disk"]) == (503, "away")
        assert shown["faults"] == {"watchdog": "FileNotFoundError: No such file or directory"}
        config.state_dir.mkdir()
        await until(lambda: not faults.standing)
        assert (await health(config))[1]["faults"] == {}
    assert (told(logs, "fault.began"), told(logs, "fault.over")) == (["watchdog"], ["watchdog"])


async def test_a_port_that_is_taken_is_tried_again(tmp_path, logs):
    port = free_port()
    taken = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", port)
    config = Config(
        matrix=Matrix(homeserver="http://127.0.0.1:9", user_id=BOT),
        state_dir=tmp_path,
        monitoring=Monitoring(port=port),
    )
    engine, faults = open_engine("sqlite://"), Faults()
    await upgrade(engine)
    overseer = Overseer(config, engine, Counts(), faults, _nobody)
    async with Supervisor(faults, steady=0.05) as tasks:
        tasks.keep("monitoring", overseer.serve)
        await until(lambda: faults.standing)
        taken.close()
        await taken.wait_closed()
        await until(lambda: not faults.standing)
        assert (await health(config))[1]["store"] == "here"
    await engine.dispose()
    assert told(logs, "fault.began") == ["monitoring"]


async def test_descriptions_go_on_once_what_they_note_can_be_written(tmp_path, logs, monkeypatch):
    monkeypatch.setattr(describing, "PACE", 0)
    in_the_way, faults = tmp_path / "described.json.new", Faults()
    in_the_way.mkdir()
    async with scene("alice> !cercle créer Littoral") as made:
        await made.console._handle(strong(made))
        dispatcher = made.console._dispatcher
        describer = Describer(dispatcher._store, voice(), dispatcher._settings, _set, tmp_path)
        async with Supervisor(faults, steady=0.05) as tasks:
            tasks.keep("descriptions", describer.run)
            await until(lambda: faults.standing)
            in_the_way.rmdir()
            await until((tmp_path / "described.json").exists)
            await until(lambda: not faults.standing)
    assert told(logs, "fault.began") == ["descriptions"]


async def _set(*_state):
    """The homeserver takes it."""


def strong(made):
    """The bot may set state in the circle's room."""
    place = made.console._rooms[room_id("circle")]
    common = made.console._common("alice", place)
    powers = {BOT: 100}
    return events.RoomChanged(**common, name="L", direct=False, encrypted=False, powers=powers)
