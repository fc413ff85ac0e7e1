"""What could not be read in the database at the start: told in the log, and to whom it concerns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import structlog

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from bot.operations.replies import SettingLost
from circle.circles import Circle, CircleId
from circle.people import Person, Role
from commands.kernel.reply import Reply
from storage.mending import Mended
from storage.soundness import Damage
from storage.uow import SqlUnitOfWork, Store

log = structlog.get_logger(__name__)

ADVICE = "what another source tells is mended; for the rest, restore a backup made before"


def lines(damages: Sequence[Damage]) -> list[Mapping[str, object]]:
    """By table and column: how many rows do not decode, and of which circles."""
    told: list[Mapping[str, object]] = []
    for (table, column), group in groupby(sorted(damages), lambda one: (one.table, one.column)):
        rows = list(group)
        circles = sorted({one.circle for one in rows if one.circle is not None})
        told.append({"table": table, "column": column, "rows": len(rows), "circles": circles})
    return told


async def tell(store: Store, composer: Composer, found: Mended, now: datetime) -> None:
    """Say it in the log; and to each circle whose settings are lost, with its stewards, once."""
    for line in lines(found.damages):
        log.error("store.damaged", **line, advice=ADVICE)
    async with store.transaction() as uow:
        for circle_id, names in sorted(found.settings.items()):
            circle = await uow.circles.get(circle_id, now.date())
            await _tell(uow, composer, circle, sorted(names), now)


async def _tell(
    uow: SqlUnitOfWork, composer: Composer, circle: Circle, names: Sequence[str], now: datetime
) -> None:
    cause = f"damaged:{circle.id}:{','.join(names)}"
    if await uow.outbox.knows(cause):
        return
    stewards = await stewards_of(uow, circle.id, now)
    reply = Reply(SettingLost(items=tuple(names)), mentions=stewards)
    envelope = Addressing(
        cause=cause,
        room_id=circle.room_id,
        sender=None,
        language=circle.rules.language,
        now=now.astimezone(ZoneInfo(circle.rules.timezone)),
        circle=circle.id,
        scheduled=True,
    )
    await uow.outbox.add(composer.letters(reply, envelope))


async def stewards_of(uow: SqlUnitOfWork, circle: CircleId, now: datetime) -> tuple[Person, ...]:
    """The stewards of a circle who are in its room."""
    members = await uow.people.members(circle)
    return tuple(
        one.person for one in members if one.joined and one.role_on(now.date()) is Role.STEWARD
    )
