"""Small files, small functions."""

import ast

from tests.guards.repository import ROOT, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LOOKED_AT = (
    *("bot", "circle", "commands", "language", "migrations", "reports", "speech"),
    *("storage", "tests"),
)


def long_functions(tree):
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]


def test_no_file_is_long():
    lengths = {
        path: len((ROOT / path).read_text("utf-8").splitlines()) for path, _ in modules(*LOOKED_AT)
    }
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_long():
    found = {path: long_functions(tree) for path, tree in modules(*LOOKED_AT)}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_long_function_is_seen():
    body = "    pass\n" * LONGEST_FUNCTION
    assert long_functions(ast.parse(f"async def wander():\n{body}")) == ["wander"]
