"""What people write and what opens doors is in no log, no error and no file for other eyes."""

import json
import os
import stat
from io import StringIO

import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.matrix.net import files
from bot.operations import logs
from storage.engine import open_engine, writing
from storage.inbox import Inbox
from storage.upgrade import upgrade
from tests.kept import keep

SAID = "confidentiel"


@pytest.fixture
def lines(monkeypatch):
    """What the program logs at its most talkative, as it would on a server."""
    heard = StringIO()
    monkeypatch.setattr("sys.stderr", heard)
    logs.configure("debug")
    yield heard
    structlog.reset_defaults()
    logs.level("info")


@pytest.fixture
def open_mask():
    """As on a machine that gives everybody everything."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_fault_is_logged_without_its_words(lines):
    try:
        try:
            int(SAID)
        except ValueError as fault:
            raise LookupError(SAID) from fault
    except LookupError:
        structlog.get_logger().exception("event.failed", reference="abc")
    told = json.loads(lines.getvalue())
    assert SAID not in told["exception"].replace("int(SAID)", "").replace("(SAID)", "")
    assert "LookupError" in told["exception"]
    assert "ValueError" in told["exception"]
    assert "test_secrets_kept.py" in told["exception"]


async def test_a_fault_of_the_database_does_not_repeat_what_was_written():
    engine = open_engine("sqlite://")
    with pytest.raises(DBAPIError) as fault:
        async with writing(engine) as connection:
            await connection.execute(text("INSERT INTO nowhere VALUES (:said)"), {"said": SAID})
    await engine.dispose()
    assert SAID not in str(fault.value)


@pytest.mark.usefixtures("open_mask")
async def test_database_and_state_are_for_their_owner_only(tmp_path):
    state = tmp_path / "state"
    files.prepare(state)
    files.write(state / "session.json", {"token": "x"})
    engine = open_engine(f"sqlite:///{state / 'souci.db'}")
    await upgrade(engine)
    await Inbox(engine).rooms_waiting()
    receipt = await keep(state / "receipts", b"12 EUR")
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in state.rglob("*")}
    await engine.dispose()
    assert modes.pop("receipts") == 0o700
    assert receipt in modes
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(state.stat().st_mode) == 0o700


@pytest.mark.parametrize("body", [b"", b"../../etc/passwd", b"\0" * 100])
async def test_a_receipt_is_kept_under_its_hash_whatever_its_name(tmp_path, body):
    name = await keep(tmp_path / "receipts", body)
    assert len(name) == 64
    assert set(name) <= set("0123456789abcdef")
    assert [one.name for one in (tmp_path / "receipts").iterdir()] == [name]
