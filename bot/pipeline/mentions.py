"""A person is notified so many times a day in a room at most, whatever others have planned.

Five hundred daily reminders or fifty objections name somebody as often; beyond the bound their name
is written, and their telephone stays quiet. Direct messages are not bounded: they answer people.
Who is on pause is notified of nothing, and no scheduled message is for them, but what concerns
their own money or what they asked for themselves. All letters pass here, on their way to leave.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from commands.kernel.reply import Reply
from storage.mail import Letter
from storage.uow import SqlUnitOfWork

MOST_A_DAY = 20
_FIELD = "m.mentions"


async def heeded(
    uow: SqlUnitOfWork, reply: Reply, letters: Iterable[Letter], day: date
) -> list[Letter]:
    """The letters of a reply that may leave that day, mentioning whom they may."""
    concerned = {one.matrix_id for part in (reply, *reply.also) for one in part.concerns}
    kept = [await _heeded(uow, letter, day, concerned) for letter in letters]
    return [letter for letter in kept if letter is not None]


async def _heeded(
    uow: SqlUnitOfWork, letter: Letter, day: date, concerned: Collection[str | None]
) -> Letter | None:
    """The letter without the mentions that are too many; None where nobody is to get it."""
    if letter.to_user is not None and letter.scheduled:
        quiet = letter.to_user not in concerned and await _rests(uow, letter.to_user, day)
        return None if quiet else letter
    told = letter.content.get(_FIELD)
    if letter.room_id is None or not isinstance(told, dict):
        return letter
    kept = [
        user
        for user in told.get("user_ids", ())
        if (user in concerned or not await _rests(uow, user, day))
        and await uow.mentions.count(letter.room_id, user, day) <= MOST_A_DAY
    ]
    content = letter.content | {_FIELD: {"user_ids": kept}}
    if not kept:  # a notice notifies nobody
        del content[_FIELD]
        content["msgtype"] = "m.notice"
    return replace(letter, content=content)


async def _rests(uow: SqlUnitOfWork, user: str, day: date) -> bool:
    person = await uow.people.with_account(user)
    return person is not None and person.rests_on(day)
