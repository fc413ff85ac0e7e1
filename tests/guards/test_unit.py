"""The systemd unit that is installed: hardened, and restarted as the page on running says."""

import re
import shutil
import subprocess

import pytest

from tests.guards.repository import ROOT

UNIT = ROOT / "systemd" / "souci@.service"
MOST_EXPOSED = 30
"""Tenths, on the scale of `systemd-analyze security`."""


def told(text, key):
    return re.findall(rf"^{key}=(.*)$", text, re.MULTILINE)


def test_it_is_not_started_again_where_somebody_must_mend_something():
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    key = "RestartPreventExitStatus"
    assert told(UNIT.read_text("utf-8"), key) == told(page, key) == ["78"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_it_is_little_exposed():
    words = ("security", "--offline=true", f"--threshold={MOST_EXPOSED}", UNIT)
    done = subprocess.run(
        [shutil.which("systemd-analyze"), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-300:] + done.stderr
