"""The demonstration as a newcomer sees it: the story, a line in the chat, Ctrl-C, nothing left."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.demo.cli import main
from tests.demo.newcomer import CTRL_C, Newcomer

pytestmark = [pytest.mark.matrix, pytest.mark.usefixtures("synapse_installed")]


@dataclass(frozen=True, slots=True)
class Ended:
    """What remains of a demonstration that was interrupted in its chat."""

    status: int
    folder: Path
    echoes: bool


@pytest.fixture(scope="module")
def ended(tmp_path_factory, synapse_installed):  # noqa: ARG001
    folder = tmp_path_factory.mktemp("demo")
    with Newcomer(folder) as newcomer:
        newcomer.reads("Le cercle naît")
        newcomer.types("\r")
        newcomer.reads("bob › ")
        newcomer.types("!action Ranger l’atelier\r")
        newcomer.reads("A4 — Ranger l’atelier")
        newcomer.types(CTRL_C)
        return Ended(newcomer.waits_for_the_end(), folder, newcomer.echoes)


def test_leaving_the_chat_is_no_failure(ended):
    assert ended.status == 0


def test_no_process_is_left(ended):
    lines = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")]
    assert [line for line in lines if str(ended.folder).encode() in line] == []


def test_no_port_is_left(ended):
    settings = json.loads((ended.folder / "homeserver" / "homeserver.json").read_text())
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", settings["listeners"][0]["port"])) != 0


def test_the_terminal_is_as_before(ended):
    assert ended.echoes


def test_a_folder_in_use_is_refused_in_one_line(tmp_path, capsys):
    (tmp_path / "kept").touch()
    status = main(["demo", "--folder", str(tmp_path)])
    assert (status, capsys.readouterr().err.count("\n")) == (1, 1)
