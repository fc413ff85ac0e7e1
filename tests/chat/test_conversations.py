"""The manual is conversations that run: each one is played from its first line to its last."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

CONVERSATIONS = Path(__file__).parents[2] / "docs" / "conversations"
SCRIPTS = sorted(CONVERSATIONS.rglob("*.txt"))
OPTIONS = "# options:"


def options_of(script):
    first = script.read_text(encoding="utf-8").splitlines()[0]
    return shlex.split(first.removeprefix(OPTIONS)) if first.startswith(OPTIONS) else []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_conversation_goes_as_written(script):
    command = [sys.executable, "-m", "bot", "console", *options_of(script), str(script)]
    played = subprocess.run(command, capture_output=True, text=True, check=False)
    assert played.returncode == 0, played.stderr


def test_a_conversation_that_differs_fails(tmp_path):
    script = tmp_path / "wrong.txt"
    script.write_text("alice> !aide\nsouci> Autre chose\n", encoding="utf-8")
    command = [sys.executable, "-m", "bot", "console", str(script)]
    played = subprocess.run(command, capture_output=True, text=True, check=False)
    assert played.returncode == 1


def test_there_are_conversations_in_both_languages():
    assert {path.parent.name for path in SCRIPTS} == {"fr", "en"}
