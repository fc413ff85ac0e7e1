"""Every task has a name, and somebody who awaits it or watches over it."""

import ast

import pytest

from tests.guards.repository import PACKAGES, modules

BARE = {"ensure_future"}
"""What begins a task that cannot be named."""


def nameless(tree):
    """The calls that begin a task without a name."""
    return [
        ast.unparse(call)
        for call in _calls(tree)
        if _called(call) in BARE
        or (_called(call) == "create_task" and "name" not in {key.arg for key in call.keywords})
    ]


def dropped(tree):
    """The tasks that nobody keeps; those of a group are kept by it."""
    kept_by_nobody = (node.value for node in ast.walk(tree) if isinstance(node, ast.Expr))
    return [
        ast.unparse(call)
        for call in kept_by_nobody
        if isinstance(call, ast.Call)
        and _called(call) == "create_task"
        and not _of_a_group(call, tree)
    ]


def _calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _called(call):
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _of_a_group(call, tree):
    """Whether it is begun in what this module names a task group."""
    if not isinstance(call.func, ast.Attribute):
        return False
    return ast.unparse(call.func.value) in _groups(tree)


def _groups(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncWith):
            for item in node.items:
                if item.optional_vars and "TaskGroup" in ast.unparse(item.context_expr):
                    yield ast.unparse(item.optional_vars)
        elif isinstance(node, ast.arg) and _is_group(node.annotation):
            yield node.arg


def _is_group(annotation):
    return annotation is not None and ast.unparse(annotation) == "asyncio.TaskGroup"


@pytest.mark.parametrize("fault", [nameless, dropped])
def test_every_task_has_a_name_and_an_owner(fault):
    found = {path: fault(tree) for path, tree in modules(*PACKAGES)}
    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "line",
    [
        "task = asyncio.create_task(work())",
        "asyncio.ensure_future(work())",
        "async with asyncio.TaskGroup() as tasks:\n    tasks.create_task(work())",
    ],
)
def test_a_nameless_task_is_seen(line):
    assert len(nameless(ast.parse(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "asyncio.create_task(work(), name='x')",
        "asyncio.get_running_loop().create_task(work(), name='x')",
        "create_task(work(), name='x')",
    ],
)
def test_a_dropped_task_is_seen(line):
    assert len(dropped(ast.parse(line))) == 1


def test_a_group_keeps_its_tasks():
    begun = "async with asyncio.TaskGroup() as tasks:\n    tasks.create_task(work(), name='x')"
    assert dropped(ast.parse(begun)) == []
