"""Options from best to worst, ties told."""

from collections.abc import Mapping
from itertools import groupby
from typing import TypeVar

Place = str | tuple[str, ...]
Score = TypeVar("Score", int, tuple[int, ...])


def ranked(scores: Mapping[str, Score]) -> tuple[Place, ...]:
    """Option ids, highest score first; equal ones share a place, in the order given."""
    best_first = sorted(scores, key=lambda option: scores[option], reverse=True)
    groups = (tuple(group) for _, group in groupby(best_first, key=lambda option: scores[option]))
    return tuple(group if len(group) > 1 else group[0] for group in groups)


def shared_first(places: tuple[Place, ...]) -> bool:
    """Whether several options share the first place."""
    return bool(places) and not isinstance(places[0], str)
