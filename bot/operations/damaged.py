"""What could not be read in the database at the start: told in the log, and to whom it concerns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

import structlog

from bot.letters.compose import Composer
from bot.operations.replies import SettingLost
from bot.operations.telling import tell_once
from storage.mending import Mended
from storage.soundness import Damage
from storage.uow import Store

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
        for circle, lost in sorted(found.settings.items()):
            names = sorted(lost)
            cause = f"damaged:{circle}:{','.join(names)}"
            told = SettingLost(items=tuple(names))
            await tell_once(uow, composer, circle, cause, told, now)
