"""Sentences by their types: all of them, the names they tell, and samples made of their hints."""

from dataclasses import fields
from datetime import date, datetime, time
from enum import Enum
from fractions import Fraction
from importlib import import_module
from itertools import product
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import ABSENT, SENTENCES, Absent, Values, is_inline
from tests.guards.repository import modules
from tests.sentences.samples import ALICE, NOW, euros, ref

_SPEAKING = ("replies.py", "refusals.py")
for path, _ in modules("commands", "bot"):
    if path.endswith(_SPEAKING):
        import_module(path.removesuffix(".py").replace("/", "."))

ALL = SENTENCES
HEADS = "🌼🔧⏱💶🗳📅🔔→"
"""What a sentence to people begins with."""


def arms(hint):
    """The types of a union, or the one type."""
    return get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)


def forms(kind):
    """What a sentence may tell: the type of each value by name, for each choice of its parts."""
    hints = get_type_hints(kind)
    parts = [_forms(field, hints[field.name]) for field in fields(kind)]
    return [
        {name: hint for part in choice for name, hint in part.items()} for choice in product(*parts)
    ]


def _forms(field, hint):
    if not is_inline(field.type):
        return [{field.name: hint}]
    return [form for arm in arms(hint) for form in (forms(arm) if _is(arm, Values) else [{}])]


def names(kind):
    """Everything that a sentence may tell."""
    return {name for form in forms(kind) for name in form}


def fits(kind, values):
    """Whether these values, by name, are those of the sentence."""
    return any(
        {name for name, hint in form.items() if Absent not in arms(hint)}
        <= set(values)
        <= set(form)
        for form in forms(kind)
    )


def _is(hint, kind):
    return isinstance(hint, type) and issubclass(hint, kind)


def made(kind):
    """Two of them: with everything there, and with all that may be left out left out."""
    return [
        kind(**{name: _value(hint, full=full) for name, hint in _own(kind)})
        for full in (True, False)
    ]


def _own(kind):
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind)]


def _value(hint, *, full):
    for nothing, value in ((Absent, ABSENT), (type(None), None)):
        if not full and nothing in arms(hint):
            return value
    arm = next(arm for arm in arms(hint) if arm not in {Absent, type(None)})
    return _plain(arm, full=full)


def _plain(kind, *, full):
    origin = get_origin(kind)
    if origin is tuple:
        return (_value(get_args(kind)[0], full=full),) * 2 if full else ()
    if origin is not None:
        key, value = get_args(kind)
        keys = list(key) if _is(key, Enum) else ["A"]
        return {one: _value(value, full=full) for one in keys}
    if _is(kind, Enum):
        return next(iter(kind))
    if kind in _SAMPLES:
        return _SAMPLES[kind]
    if kind is bool:
        return full
    return kind(**{name: _value(hint, full=full) for name, hint in _own(kind)})


_SAMPLES = {
    str: "affiches",
    int: 3,
    Person: ALICE,
    Ref: ref("A1"),
    type(euros(1)): euros(12.5),
    date: NOW.date(),
    datetime: NOW,
    time: NOW.time(),
    Fraction: Fraction(1, 2),
}
