"""A log that is looked at by nobody here: telling faults at length would take most of the time."""

import pytest
import structlog


@pytest.fixture(autouse=True)
def kept_log():
    with structlog.testing.capture_logs() as logs:
        yield logs
