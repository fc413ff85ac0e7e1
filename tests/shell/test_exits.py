"""A supervisor reads the status: 75 is tried again, 78 waits for somebody."""

import ast
import errno

import pytest

from bot.cli.exits import LONGEST, TOLD, ended, status_of, told
from bot.config.model import ConfigError
from bot.matrix.net.errors import (
    LoggedOutError,
    LoginError,
    OvertakenError,
    RefusedError,
    SecondInstanceError,
    StateAwayError,
    StateDirError,
    UnreachableError,
    WrongDeviceError,
)
from storage.errors import StoreUnavailableError
from storage.fitness import UnfitDatabaseError
from tests.guards.repository import modules


@pytest.mark.parametrize(
    "error",
    [
        LoggedOutError("gone"),
        SecondInstanceError("two"),
        StateAwayError("full"),
        StoreUnavailableError("locked"),
        RefusedError(401, "M_UNKNOWN_TOKEN", "gone", {}),
        UnreachableError("no route"),
        ExceptionGroup("tasks", [StoreUnavailableError("locked")]),
        OSError(errno.ENOSPC, "no space"),
        OSError(errno.EIO, "broken"),
    ],
)
def test_what_may_pass_by_itself_is_tried_again(error):
    assert status_of(error) == 75


@pytest.mark.parametrize(
    "error",
    [
        ConfigError("languages", None, "nothing"),
        LoginError("wrong password"),
        OvertakenError("another"),
        StateDirError("a file"),
        WrongDeviceError("another"),
        UnfitDatabaseError("LATIN1"),
        RefusedError(403, "M_FORBIDDEN", "no", {}),
        OSError(errno.EACCES, "no right"),
    ],
)
def test_what_somebody_must_change_is_not(error):
    assert status_of(error) == 78


def test_what_nobody_foresaw_is_1_and_says_where_never_what():
    try:
        int("hush")
    except ValueError as error:
        fault = error
    assert status_of(fault) == 1
    line = told("run", fault)
    assert line.startswith("souci run: ValueError at shell/test_exits.py:")
    assert "hush" not in line


def test_for_another_word_every_failure_is_1(capsys):
    assert ended("backup", StateAwayError("full")) == 1
    assert capsys.readouterr().err == "souci backup: full\n"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(errno.EACCES, "Permission denied", "/x"), "/x: Permission denied: give the user"),
        (OSError(errno.ENOSPC, "No space left"), "No space left: make room on that disk"),
        (LoginError("a line\nand another"), "souci run: a line and another"),
        (LoginError("no https://souci:hush@x there"), "souci run: no https://…@x there"),
    ],
)
def test_a_line_says_what_was_found_and_what_to_do(error, line):
    assert line in told("run", error)


def test_a_long_line_keeps_the_ends_of_its_paths_then_its_own_ends():
    path = "/long" * 30
    assert told("run", LoginError(f"{path}/state/x is wrong: {'so ' * 10}mend it")).startswith(
        "souci run: …/state/x is wrong"
    )
    line = told("run", LoginError(f"begins {'so ' * 99}mend it"))
    assert (len(line), line[:17], line[-7:]) == (LONGEST, "souci run: begins", "mend it")


def test_the_errors_that_are_told_are_there():
    classes = {
        node.name
        for _, tree in modules("bot", "storage")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    assert classes >= TOLD
