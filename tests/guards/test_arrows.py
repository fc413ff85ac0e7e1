"""Who may import whom, and where no clock is read."""

import ast

import pytest
from importlinter.cli import lint_imports

from tests.guards.repository import PACKAGES, ROOT, imported, modules

HOMES = {
    "nio": ("bot/matrix/", "bot/demo/people.py"),  # people are clients too
    "sqlalchemy": ("storage/", "migrations/"),
    "alembic": ("storage/", "migrations/"),
    "apscheduler": ("bot/pipeline/clock.py",),
    "sqlite3": ("storage/sqlite/", "bot/matrix/crypto/"),
    "aiosqlite": ("storage/sqlite/",),
}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "dt", "time"}


def strays(package, trees):
    """The modules that import `package` away from its home."""
    return [
        path
        for path, tree in trees
        if package in {name.partition(".")[0] for name in imported(tree)}
        and not path.startswith(HOMES[package])
    ]


def clock_reads(tree):
    """The calls that ask what time it is: `datetime.now()`, `time.monotonic()`…"""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        ast.unparse(call)
        for call in calls
        if isinstance(call, ast.Attribute)
        and call.attr in CLOCKS
        and ast.unparse(call.value).rpartition(".")[2] in CLOCK_OWNERS
    ]


def test_letters_are_taken_apart_in_one_place():
    """Five ways to fold a name are five ways for two names to be the same one."""
    homes = {
        path
        for path, tree in modules(*PACKAGES)
        for name in imported(tree)
        if name.partition(".")[0] == "unicodedata" and "normalize(" in (ROOT / path).read_text()
    }
    assert homes == {"circle/text.py"}


def test_the_contracts_hold(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True, no_logo=True) == 0


@pytest.mark.parametrize("package", HOMES)
def test_a_library_stays_in_its_home(package):
    assert strays(package, modules(*PACKAGES)) == []


def test_a_stray_import_is_seen():
    tree = ast.parse("def f():\n    from nio.api import Api")
    assert strays("nio", [("commands/votes.py", tree)]) == ["commands/votes.py"]


@pytest.mark.parametrize(
    "package", ["circle", "language", "commands", "storage", "reports", "speech"]
)
def test_the_time_is_given_never_asked(package):
    found = {path: clock_reads(tree) for path, tree in modules(package)}
    assert {path: reads for path, reads in found.items() if reads} == {}


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()", "time.time()"]
)
def test_a_clock_that_is_read_is_seen(line):
    assert clock_reads(ast.parse(line))


def test_a_time_that_is_built_is_no_clock():
    assert clock_reads(ast.parse("moment.time(); time(9, 0); datetime.combine(day, hour)")) == []


def test_migrations_import_nothing_that_changes_with_us():
    others = set(PACKAGES) - {"migrations"}
    ours = {
        path: {name for name in imported(tree) if name.partition(".")[0] in others}
        for path, tree in modules("migrations")
    }
    assert {path: names for path, names in ours.items() if names} == {}
