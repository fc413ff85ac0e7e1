"""What the pages say of the code is there, and what the code cites of the pages as well."""

import ast
import re
from functools import cache

import pytest

from tests.guards.repository import PACKAGES, ROOT, files

DOCS = ROOT / "docs"
ARCHITECTURE = DOCS / "architecture.md"
PAGES = [
    *(path for path in sorted(DOCS.rglob("*.md")) if "conversations" not in path.parts),
    *(ROOT / "README.md", ROOT / "CONTRIBUTING.md"),
]
AN_EXTENSION = r"\.(?:py|md|yaml|toml|tsv|txt|json)"
A_FILE = re.compile(rf"`((?!\.)(?:[\w.*-]+/)+[\w.*-]+{AN_EXTENSION})(?::([\w.]+))?`")
A_FOLDER = re.compile(rf"`((?:{'|'.join((*PACKAGES, 'docs', 'tests'))})/(?:[\w.-]+/)*)`")
A_CITATION = re.compile(r"\bdocs/([\w/-]+\.md)(?:: ([A-Z][^(),.;]*))?")
OLD = re.compile(r"\((?:DOMAIN|LANGUAGE|MATRIX|VOICE)\)|\b(?:DOMAIN|LANGUAGE|MATRIX|VOICE): [a-z]")
HOMES = (ROOT, ROOT / "tests")
"""Where a path begins: pages on security name tests by their place among the tests."""


def lost_files(text):
    """The files that a page names, and that are not there."""
    return [name for name, _ in A_FILE.findall(text) if not found(name)]


def found(name):
    return next((path for home in HOMES for path in home.glob(name)), None)


def lost_names(text):
    """What a page names in a file (`bot/app.py:App.run`), and that this does not define."""
    named = [(file, name) for file, name in A_FILE.findall(text) if name and found(file)]
    return [f"{file}:{name}" for file, name in named if name not in names_of(found(file))]


@cache
def names_of(path):
    """What a module defines: functions, classes, values, and what its classes do."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        found |= set(targets(node))
        for inner in node.body if isinstance(node, ast.ClassDef) else ():
            found |= {f"{node.name}.{name}" for name in targets(inner)}
    return found


def targets(node):
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    aimed = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target.id for target in aimed if isinstance(target, ast.Name)]


def headings(page):
    return set(re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE))


def lost_citations(text):
    """The pages, and headings of pages, that a module cites and that are not there."""
    whole = re.sub(r"\s+(?:# )?", " ", text)
    cited = ((DOCS / name, heading.strip()) for name, heading in A_CITATION.findall(whole))
    return [
        f"{page.name}: {heading}"
        for page, heading in cited
        if not page.exists() or (heading and heading not in headings(page))
    ]


def packages():
    """Every folder of the program that is a package."""
    for name in PACKAGES:
        for path in sorted((ROOT / name).rglob("__init__.py")):
            yield f"{path.parent.relative_to(ROOT)}/"


def modules():
    return [path for path in files() if path.suffix == ".py" and path != ROOT / __file__]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_a_page_names_are_there(page):
    text = page.read_text("utf-8")
    folders = [name for name in A_FOLDER.findall(text) if not found(name)]
    assert lost_files(text) + folders == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_in_a_file_is_there(page):
    assert lost_names(page.read_text("utf-8")) == []


def test_every_package_is_in_the_index():
    index = ARCHITECTURE.read_text("utf-8")
    assert [name for name in packages() if f"| `{name}` |" not in index] == []


def test_pages_and_headings_that_the_code_cites_are_there():
    lost = {path: lost_citations(path.read_text("utf-8")) for path in modules()}
    assert {path: cited for path, cited in lost.items() if cited} == {}


def test_nothing_is_cited_that_is_not_in_the_repository():
    old = {path: OLD.findall(path.read_text("utf-8")) for path in modules()}
    assert {path: cited for path, cited in old.items() if cited} == {}


@pytest.mark.parametrize(
    ("looks", "text"),
    [
        (lost_files, "see `bot/lost.py`"),
        (lost_names, "see `bot/app.py:App.lost`"),
        (lost_citations, '"""Lost (docs/lost.md)."""'),
        (lost_citations, '"""Lost (docs/domain.md: Lost\n    and found)."""'),
    ],
)
def test_what_is_lost_is_seen(looks, text):
    assert len(looks(text)) == 1


@pytest.mark.parametrize(
    ("looks", "text"),
    [
        (lost_files, "`security/test_rights_attacked.py`, `tests/chat/test_clock_*.py`"),
        (lost_names, "`circle/votes.py:Vote.open`, `circle/jobs.py:GRACE`"),
        (lost_citations, '"""Found (docs/domain.md:\n    Deciding)."""'),
    ],
)
def test_what_is_there_is_let_through(looks, text):
    assert looks(text) == []
