"""One name, one meaning: public classes that share a name are listed in the glossary, with why."""

import ast
import re
from collections import defaultdict

from tests.guards.repository import PACKAGES, ROOT, modules

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
MOST = 5
SEVERAL = GLOSSARY.partition("## Names with several meanings")[2]
A_ROW = re.compile(r"^\| `(\w+)` \|(.*)", re.MULTILINE)
A_MODULE = re.compile(r"`([\w/]+\.py)`")


def doubled(trees):
    """Public classes that more than one module defines: their names, and where."""
    found = defaultdict(list)
    for path, tree in trees:
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def listed():
    """The names that keep several meanings."""
    return {name for name, _ in A_ROW.findall(SEVERAL)}


def misplaced(rows, found):
    """What is listed for a module that does not define it, or no more beside another."""
    told = ((name, path) for name, rest in A_ROW.findall(rows) for path in A_MODULE.findall(rest))
    return [(name, path) for name, path in told if path not in found.get(name, ())]


def test_no_name_gets_a_second_meaning():
    stay = listed()
    found = doubled(modules(*PACKAGES))
    assert {name: paths for name, paths in found.items() if name not in stay} == {}


def test_few_names_keep_several():
    stay = listed()
    assert len(stay) <= MOST
    assert stay <= doubled(modules(*PACKAGES)).keys()


def test_what_is_listed_is_where_it_is_said_to_be():
    assert misplaced(SEVERAL, doubled(modules(*PACKAGES))) == []


def test_what_is_misplaced_is_seen():
    rows = "| `Vote` | what is asked (`circle/votes.py`) | a picture (`reports/lost.py`) |"
    found = {"Vote": ["circle/votes.py", "reports/votes.py"]}
    assert misplaced(rows, found) == [("Vote", "reports/lost.py")]


def test_a_second_meaning_is_seen():
    tree = ast.parse("class Vote: ...")
    found = doubled([("circle/votes.py", tree), ("reports/votes.py", tree)])
    assert found == {"Vote": ["circle/votes.py", "reports/votes.py"]}


def test_a_private_class_has_its_module_for_a_meaning():
    tree = ast.parse("class _Vote: ...")
    assert doubled([("circle/votes.py", tree), ("reports/votes.py", tree)]) == {}
