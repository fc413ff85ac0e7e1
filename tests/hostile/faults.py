"""Faults put into the program on purpose: what a fuzzer that bites must find."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final

import pytest
from sqlalchemy import text

from bot.letters.compose import Composer
from bot.pipeline.messages import Lines
from commands.kernel.command import Right
from commands.kernel.reply import Refusal
from commands.reading.words import clean
from storage.personal.held import SqlPersonal

Patch = pytest.MonkeyPatch


def _right_unchecked(patch: Patch) -> None:
    """What is for stewards is anybody's."""
    from bot.pipeline import messages as lines

    check = lines.check

    def lenient(command: Any, request: Any) -> None:
        try:
            check(command, request)
        except Refusal as refusal:
            if refusal.values.get("who") is not Right.STEWARD:
                raise

    patch.setattr(lines, "check", lenient)


def _message_unsaid(patch: Patch) -> None:
    """A grant is answered to nobody."""
    letters = Composer.letters

    def fewer(self: Composer, reply: Any, envelope: Any) -> Any:
        return [] if reply.key == "budget.granted" else letters(self, reply, envelope)

    patch.setattr(Composer, "letters", fewer)


def _scrub_too_wide(patch: Patch) -> None:
    """Who is forgotten is looked for in what machines write, and in all circles."""
    erase = SqlPersonal.erase

    async def wide(self: SqlPersonal, person: Any, *rest: Any) -> Any:
        spared = await erase(self, person, *rest)
        change = text("UPDATE votes SET options = replace(options, :name, '—')")
        await self._session.run(change, {"name": person.name})
        return spared

    patch.setattr(SqlPersonal, "erase", wide)


def _edit_repeated(patch: Patch) -> None:
    """An edit of what was done does it once more."""
    line = Lines._line

    async def anew(self: Lines, uow: Any, event: Any, heard: Any, _: Any = None) -> Any:
        return await line(self, uow, event, heard)

    patch.setattr(Lines, "_line", anew)


def _slow_reader(patch: Patch) -> None:
    """A line is read from each of its places."""

    def slow(told: str) -> str:
        return max((clean(told[at:]) for at in range(len(told))), key=len, default="")

    patch.setattr("commands.reading.parse.clean", slow)


_PATCHES: Final[Mapping[str, Callable[[Patch], None]]] = {
    "a right unchecked": _right_unchecked,
    "a message unsaid": _message_unsaid,
    "a scrub too wide": _scrub_too_wide,
    "an edit repeated": _edit_repeated,
    "a slow reader": _slow_reader,
}
FOUND_AS: Final[Mapping[str, str]] = {
    "a right unchecked": "beyond one's right",
    "a message unsaid": "unheard",
    "a scrub too wide": "undecodable",
    "an edit repeated": "made twice",
    "a slow reader": "slow",
}
"""The invariant that each of them breaks."""


def put_in(name: str) -> Callable[[], AbstractContextManager[None]]:
    """That fault, for as long as one is within it."""

    @contextmanager
    def within() -> Iterator[None]:
        with Patch.context() as patch:
            _PATCHES[name](patch)
            yield

    return within
