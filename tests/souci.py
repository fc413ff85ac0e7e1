"""The bot as its operator starts it: in a process of its own, from a configuration file."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

import pytest

from bot.demo.homeserver import Access, Homeserver
from tests.heard import Heard, Person

ROOT = Path(__file__).parents[1]
POLL = "org.matrix.msc3381.poll.start"
STOPS_WITHIN = 30


@dataclass(frozen=True, slots=True)
class Souci:
    """A running bot, the coordinator that its configuration names, and what it logs."""

    user_id: str
    coordinator: Access
    log: Path
    pid: int
    port: int


@contextmanager
def running(
    home: Homeserver, account: Access, coordinator: Access, folder: Path, **more: object
) -> Iterator[Souci]:
    """Starts the bot; at the end it must stop by itself when asked, with status 0.

    `more`: other keys of its configuration.
    """
    config, log, port = folder / "config.yaml", folder / "log", free_port()
    chosen = configuration(home, account, coordinator) | {"monitoring": {"port": port}} | more
    config.write_text(json.dumps(chosen))  # JSON is YAML
    command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            ready, copying = copy_until_ready(process.stdout, log)
            if not ready.result():
                pytest.fail(f"the bot ended as it started:\n{log.read_text()[-2000:]}")
            yield Souci(account.user_id, coordinator, log, process.pid, port)
            process.terminate()
            status = process.wait(STOPS_WITHIN)
        finally:
            process.kill()
            copying.join()
    assert status == 0, log.read_text()[-2000:]


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def copy_until_ready(stream: IO[bytes], log: Path) -> tuple[Future[bool], Thread]:
    """Copies what the bot says into a file; tells whether it said to be ready before its end."""
    ready: Future[bool] = Future()

    def copy() -> None:
        with log.open("wb", buffering=0) as file:
            for line in stream:
                file.write(line)
                if b'"ready"' in line and not ready.done():
                    ready.set_result(True)
        if not ready.done():
            ready.set_result(False)

    copying = Thread(target=copy)
    copying.start()
    return ready, copying


def configuration(home: Homeserver, account: Access, coordinator: Access) -> dict[str, object]:
    """What an operator would write; relative paths count from the file."""
    return {
        "matrix": {
            "homeserver": home.url,
            "user_id": account.user_id,
            "password": account.password,
        },
        "state_dir": "state",
        "coordinators": [coordinator.user_id],
        "invites": {"allow": [f"*:{home.server_name}"]},
    }


async def found_circle(founder: Person, name: str, souci: Souci, *others: Person) -> str:
    """An encrypted room with the bot and others in it, bound to a circle of that name."""
    room = await founder.create(name, souci.user_id, *(person.user_id for person in others))
    for person in others:
        await person.join(room)
    await founder.meets(room, souci.user_id, *(person.user_id for person in others))
    answer = await founder.asks(room, f"!cercle créer {name} territorial")
    assert answer.key == "circle.created"
    return room


async def poll_of(person: Person, announced: Heard) -> Heard:
    """The native poll that goes with the announcement of a vote."""
    return await person.hears(lambda e: e.type == POLL and e.replies_to == announced.id)


async def mark_on(person: Person, souci: Souci, event_id: str) -> Heard:
    """The bot's own reaction to an event."""
    return await person.hears(
        lambda e: (
            e.type == "m.reaction"
            and e.sender == souci.user_id
            and e.relation.get("event_id") == event_id
        )
    )
