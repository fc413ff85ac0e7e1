"""What never enters the repository: machines, mirrors, download addresses, keys, loose ends."""

import re

import pytest

from tests.guards.repository import ROOT, files

KEPT_OUT = {
    "a path of somebody's machine": r"(?<![\w.:/})-])/(?:root|home/\w+|Users/\w+|work|mnt)/",
    "a temporary folder of somebody's machine": r"(?<![\w.:/})-])/tmp/(?!matplotlib\b)\w",
    "a package registry's host": r"\b(?:pypi\.org/simple|pythonhosted\.org|registry\.npmjs\.org)",
    "a mirror": r"\b(?:deb\.debian\.org|archive\.ubuntu\.com|mirrors?\.\w+\.\w+)",
    "a download address": r"https?://[^\s\"']+\.(?:whl|tar\.gz|tgz|zip|deb)\b",
    "an address in a lock file": r'"resolve[d]"\s*:',
    "a private key": r"BEGIN [A-Z ]*PRIVATE KEY",
    "a Matrix access token": r"\bsyt_[A-Za-z0-9]{8,}_",
    "a loose end": r"\b(?:TOD[O]|FIXM[E]|XX[X]|NotImplemente[d](?:Error)?)\b",
}
WRITTEN_BY_OTHERS = {ROOT / "LICENSE"}


def contents(path):
    """The text of a file, or nothing for one that is no text."""
    raw = path.read_bytes()
    return "" if b"\0" in raw else raw.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def texts():
    return {path: contents(path) for path in files() if path not in WRITTEN_BY_OTHERS}


@pytest.mark.parametrize("what", KEPT_OUT)
def test_it_is_kept_out(what, texts):
    pattern = re.compile(KEPT_OUT[what])
    found = {
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, seen.start()) + 1}": seen[0]
        for path, text in texts.items()
        for seen in pattern.finditer(text)
    }
    assert found == {}


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a path of somebody's machine", "see /ho~me/alice/souci"),
        ("a temporary folder of somebody's machine", '"/tm~p/state"'),
        ("a package registry's host", "https://files.python~hosted.org/packages"),
        ("a mirror", "http://deb.debian~.org/debian"),
        ("a download address", "https://example.org/a-1.0.w~hl"),
        ("an address in a lock file", '"resol~ved": "…"'),
        ("a private key", "-----BEGIN RSA PRIV~ATE KEY-----"),
        ("a Matrix access token", "syt_c291~Y2kx_abc"),
        ("a loose end", "# TO~DO: later"),
    ],
)
def test_it_would_be_seen(what, line):
    assert re.search(KEPT_OUT[what], line.replace("~", ""))  # cut, so that it is not seen here


def test_the_files_are_looked_at(texts):
    assert ROOT / "pyproject.toml" in texts
