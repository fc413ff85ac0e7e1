"""One name, one meaning: public classes that share a name are listed in the glossary, with why."""

import ast
import re
from collections import defaultdict

from tests.guards.repository import PACKAGES, ROOT, modules

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
MOST = 5
A_ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def doubled(trees):
    """Public classes that more than one module defines: their names, and where."""
    found = defaultdict(list)
    for path, tree in trees:
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def listed():
    """The names that stay, and those that are to be renamed."""
    several = GLOSSARY.partition("## Names with several meanings")[2]
    stay, _, go = several.partition("to be renamed")
    return set(A_ROW.findall(stay)), set(A_ROW.findall(go))


def test_no_name_gets_a_second_meaning():
    stay, go = listed()
    found = doubled(modules(*PACKAGES))
    assert {name: paths for name, paths in found.items() if name not in stay | go} == {}


def test_few_names_keep_several():
    stay, _ = listed()
    assert len(stay) <= MOST
    assert stay <= doubled(modules(*PACKAGES)).keys()


def test_a_second_meaning_is_seen():
    tree = ast.parse("class Vote: ...")
    found = doubled([("circle/votes.py", tree), ("reports/votes.py", tree)])
    assert found == {"Vote": ["circle/votes.py", "reports/votes.py"]}


def test_a_private_class_has_its_module_for_a_meaning():
    tree = ast.parse("class _Vote: ...")
    assert doubled([("circle/votes.py", tree), ("reports/votes.py", tree)]) == {}
