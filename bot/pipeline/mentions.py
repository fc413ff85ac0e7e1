"""A person is notified so many times a day in a room at most, whatever others have planned.

Five hundred daily reminders or fifty objections name somebody as often; beyond the bound their name
is written, and their telephone stays quiet. Direct messages are not bounded: they answer people.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from storage.mail import Letter
from storage.uow import SqlUnitOfWork

MOST_A_DAY = 20
_FIELD = "m.mentions"


async def bounded(uow: SqlUnitOfWork, letters: Iterable[Letter], day: date) -> list[Letter]:
    """The same letters, without the mentions that are too many for that day."""
    return [await _bounded(uow, letter, day) for letter in letters]


async def _bounded(uow: SqlUnitOfWork, letter: Letter, day: date) -> Letter:
    told = letter.content.get(_FIELD)
    if letter.room_id is None or not isinstance(told, dict):
        return letter
    kept = [
        user
        for user in told.get("user_ids", ())
        if await uow.mentions.count(letter.room_id, user, day) <= MOST_A_DAY
    ]
    content = letter.content | {_FIELD: {"user_ids": kept}}
    if not kept:  # a notice notifies nobody
        del content[_FIELD]
        content["msgtype"] = "m.notice"
    return replace(letter, content=content)
