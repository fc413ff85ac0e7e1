"""After a restore, each circle where the bot has spoken since the backup is told so, once."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from bot.matrix.send.restored import Restored
from bot.operations.replies import BackupRestored
from circle.circles import Circle
from circle.time import from_ms
from commands.kernel.reply import Reply
from storage.origins import Origin
from storage.uow import Store


async def tell(store: Store, composer: Composer, restored: Restored, now: datetime) -> None:
    """Say in these rooms what was restored; nothing where that was said already."""
    mark = f"restored:{restored.taken_ms}"
    async with store.transaction() as uow:
        if await uow.origins.of(mark) is not None:
            return
        await uow.origins.record(_origin(mark))
        for room_id in restored.rooms:
            circle = await uow.circles.in_room(room_id, now.date())
            if circle is not None:
                envelope = _envelope(mark, circle, now)
                taken = from_ms(restored.taken_ms).astimezone(envelope.now.tzinfo)
                reply = Reply(BackupRestored(at=taken))
                await uow.outbox.add(composer.letters(reply, envelope))


def _origin(mark: str) -> Origin:
    return Origin(
        event_id=mark,
        room_id="",
        circle=None,
        command="restored",
        ref=None,
        outcome="done",
        sender="",
    )


def _envelope(mark: str, circle: Circle, now: datetime) -> Addressing:
    return Addressing(
        cause=f"{mark}:{circle.id}",
        room_id=circle.room_id,
        sender=None,
        language=circle.rules.language,
        now=now.astimezone(ZoneInfo(circle.rules.timezone)),
        circle=circle.id,
        scheduled=True,
    )
