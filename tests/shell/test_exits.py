"""A supervisor reads the status: 75 is tried again, 78 waits for somebody."""

import errno

import pytest

from bot.cli.exits import status_of
from bot.config.model import ConfigError
from bot.matrix.net.errors import (
    LoggedOutError,
    LoginError,
    OvertakenError,
    RefusedError,
    SecondInstanceError,
    StateAwayError,
    StateDirError,
    WrongDeviceError,
)
from storage.errors import StoreUnavailableError
from storage.fitness import UnfitDatabaseError


@pytest.mark.parametrize(
    "error",
    [
        LoggedOutError("gone"),
        SecondInstanceError("two"),
        StateAwayError("full"),
        StoreUnavailableError("locked"),
        RefusedError(401, "M_UNKNOWN_TOKEN", "gone", {}),
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
