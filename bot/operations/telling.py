"""A word to a circle's room about what was found at a start: once, its stewards mentioned."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from circle.circles import CircleId
from circle.people import Person, Role
from commands.kernel.reply import Reply
from commands.kernel.sentence import Sentence
from storage.uow import SqlUnitOfWork


async def tell_once(
    uow: SqlUnitOfWork,
    composer: Composer,
    id_: CircleId,
    cause: str,
    sentence: Sentence,
    now: datetime,
) -> None:
    """Say it, unless something was said for that cause already; `now` is zone-aware."""
    if await uow.outbox.knows(cause):
        return
    circle = await uow.circles.get(id_, now.date())
    addressing = Addressing(
        cause=cause,
        room_id=circle.room_id,
        sender=None,
        language=circle.rules.language,
        now=now.astimezone(ZoneInfo(circle.rules.timezone)),
        circle=id_,
        scheduled=True,
    )
    reply = Reply(sentence, mentions=await _stewards(uow, id_, now))
    await uow.outbox.add(composer.letters(reply, addressing))


async def _stewards(uow: SqlUnitOfWork, circle: CircleId, now: datetime) -> tuple[Person, ...]:
    """The stewards of a circle who are in its room."""
    members = await uow.people.members(circle)
    return tuple(
        one.person for one in members if one.joined and one.role_on(now.date()) is Role.STEWARD
    )
