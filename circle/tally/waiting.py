"""Counts that take long, kept once made; none is made while others wait for it."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from circle.tally.election import Election

T = TypeVar("T")

LIGHT = 1000
"""Options times ballots: what is counted at once, in a few hundredths of a second."""
_KEPT = 64
"""Elections: more than one event may ask for, or it would ask for the first ones again."""
_others_wait: ContextVar[bool] = ContextVar("others_wait", default=False)


class CountFirstError(Exception):
    """An election must be counted, somewhere else, before what needs its result is begun again."""

    def __init__(self, election: Election) -> None:
        super().__init__(election.question)
        self.election = election


@contextmanager
def while_others_wait() -> Iterator[None]:
    """Within it, a long count that was never made is not made: CountFirstError asks for it."""
    token = _others_wait.set(True)
    try:
        yield
    finally:
        _others_wait.reset(token)


def others_wait() -> bool:
    """Whether what takes long is to be asked for, rather than made."""
    return _others_wait.get()


class Counted(Generic[T]):
    """What elections gave, the last ones asked for: a result is counted once."""

    def __init__(self, count: Callable[[Election], T]) -> None:
        self._count = count
        self._known: OrderedDict[Election, T] = OrderedDict()

    def __call__(self, election: Election) -> T:
        """What this election gives. Raises CountFirstError within `while_others_wait`."""
        known = self._known.pop(election, None)
        if known is None:
            if others_wait() and len(election.options) * election.cast > LIGHT:
                raise CountFirstError(election)
            known = self._count(election)
        self._known[election] = known
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return known
