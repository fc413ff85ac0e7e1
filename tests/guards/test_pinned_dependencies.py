"""What is installed is pinned, hashed, without addresses, and what pyproject.toml asks for."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.guards.repository import PACKAGES, ROOT, imported, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
LOCKS = sorted([*(ROOT / "requirements").glob("*.txt"), *(ROOT / "bot" / "demo").glob("*.txt")])
ASKED = {
    "run": PROJECT["project"]["dependencies"],
    "dev": [asked for asked in GROUPS["dev"] if isinstance(asked, str)],
    "build": GROUPS["build"],
    "node": GROUPS["node"],
}


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirement):
    return normal(re.match(r"[\w.-]+", requirement)[0])


def pins(text):
    """The pinned versions of a lock by name (several where they differ between Pythons)."""
    found = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
        found.setdefault(normal(name), set()).add(version)
    return found


def lock(name):
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def unpinned(text):
    """The requirements of a lock that have no exact version or no hash."""
    whole = re.sub(r"#.*", "", text).replace("\\\n", " ")
    pinned = r"[\w.-]+==\S+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+ *"
    return [line for line in whole.splitlines() if line.strip() and not re.fullmatch(pinned, line)]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_everything_is_pinned_and_hashed(path):
    assert unpinned(path.read_text("utf-8")) == []


@pytest.mark.parametrize("line", ["rich==15.0.0", "rich>=15 --hash=sha256:" + "0" * 64, "-e ."])
def test_what_is_not_pinned_is_seen(line):
    assert unpinned(line) == [line]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_no_address(path):
    address = r"\S*://\S*|^ *-\S*(?:url|links|host|index)\b.*|\s/\w\S*"
    assert re.findall(address, path.read_text("utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_answers_the_project(name):
    assert {named(asked) for asked in ASKED[name]} <= pins(lock(name)).keys()


def test_every_lock_is_asked_for():
    assert {path.stem for path in (ROOT / "requirements").iterdir()} == set(ASKED)


@pytest.mark.parametrize("name", ["run", "build"])
def test_tests_run_on_what_is_shipped(name):
    tested = pins(lock("dev"))
    assert {key: tested.get(key) for key in pins(lock(name))} == pins(lock(name))


def test_what_is_imported_is_asked_for():
    known = packages_distributions()
    asked = {named(dependency) for dependency in ASKED["run"]}
    found = {name.partition(".")[0] for _, tree in modules(*PACKAGES) for name in imported(tree)}
    foreign = found - set(sys.stdlib_module_names) - set(PACKAGES)
    assert {name for name in foreign if not asked & set(map(normal, known.get(name, [])))} == set()
