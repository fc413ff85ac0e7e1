"""A name that nothing of the program names is dead: it goes, tests that keep it alive or not."""

import ast
import re
from collections import Counter

import pytest

from tests.guards.repository import PACKAGES, ROOT, files, modules

SAID_ELSEWHERE = ("__all__", "main", "revision", "down_revision", "upgrade", "downgrade")
"""What a program around ours asks for by name: Python, the command line, Alembic."""


def words(text):
    return Counter(re.findall(r"\w+", text))


def program():
    """How often each word stands in the program, and in what starts it."""
    ours = [path for path in files() if path.relative_to(ROOT).parts[0] in PACKAGES]
    read = [path for path in ours if path.suffix in {".py", ".yaml"}]
    return words("\n".join(path.read_text("utf-8") for path in (*read, ROOT / "pyproject.toml")))


def defined(tree):
    """The names that a module gives: functions without decorator, classes, and values.

    A sentence (`class …(Sentence, key="…")`) is found by its key.
    """
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            is_class = isinstance(node, ast.ClassDef)
            keyed = is_class and any(one.arg == "key" for one in node.keywords)
            if not keyed and (is_class or not node.decorator_list):
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def dead(trees, said):
    return [
        f"{path}: {name}"
        for path, tree in trees
        for name in defined(tree)
        if said[name] == 1 and name not in SAID_ELSEWHERE
    ]


def test_no_name_is_dead():
    assert dead(modules(*PACKAGES), program()) == []


@pytest.mark.parametrize("line", ["def lost(): ...", "LOST = 2", "class Lost: ...", "lost: int"])
def test_a_dead_name_is_seen(line):
    assert len(dead([("circle/votes.py", ast.parse(line))], words(line))) == 1


def test_a_name_that_is_used_is_let_through():
    assert dead([("circle/votes.py", ast.parse("LOST = 2"))], words("LOST = 2; f(LOST)")) == []
