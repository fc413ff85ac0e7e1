"""Who waits for a file that will never arrive is told so, in one sentence."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from bot.operations.replies import FileUnsent
from bot.pipeline.requests import OperatorSettings
from bot.store_retry import patiently
from commands.kernel.reply import HERE, Privately, Reply
from storage.mail import Posted, Unsent
from storage.uow import SqlUnitOfWork, Store


class Regrets:
    """Writes that word, once a file, to the room or the person that it was for.

    Not for pictures: what they show is written in the message before them.
    """

    def __init__(
        self,
        store: Store,
        composer: Composer,
        settings: OperatorSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._composer = composer
        self._settings = settings
        self._clock = clock

    async def tell(self, posted: Posted, why: Unsent) -> None:
        """Waits for the store as long as it takes; what it wrote, the sender looks for."""
        file = posted.letter.file
        if file is None or file.mimetype.startswith("image/"):
            return
        await patiently(partial(self._tell, posted, file.name, why))

    async def _tell(self, posted: Posted, name: str, why: Unsent) -> None:
        letter = posted.letter
        reply = Reply(
            FileUnsent(file=name, reason=why),
            where=Privately() if letter.to_user is not None else HERE,
        )
        async with self._store.transaction() as uow:
            envelope = Addressing(
                cause=f"file.unsent:{posted.txn_id}",
                room_id=letter.room_id or "",
                sender=letter.to_user,
                language=await self._language(uow, posted),
                now=self._clock().astimezone(ZoneInfo(self._settings.rules.timezone)),
            )
            if not await uow.outbox.knows(envelope.cause):
                await uow.outbox.add(self._composer.letters(reply, envelope))

    async def _language(self, uow: SqlUnitOfWork, posted: Posted) -> str:
        """The circle's, or that of the one person it was for."""
        room, user = posted.letter.room_id, posted.letter.to_user
        default = self._settings.rules.language
        if room is not None:
            circle = await uow.circles.in_room(room, self._today())
            if circle is not None:
                return circle.rules.language
            present = await uow.rooms.joined(room)
            user = next((one for one in present if one != self._settings.user_id), None)
        person = await uow.people.with_account(user) if user else None
        return (person.language if person else None) or default

    def _today(self) -> date:
        return self._clock().date()
