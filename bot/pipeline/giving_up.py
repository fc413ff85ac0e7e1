"""What can be neither handled nor refused: given up under a reference, and never in silence."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import structlog

from bot.letters.compose import Composer
from bot.letters.envelopes import Addressing
from bot.pipeline.replies import RefusedFailed
from bot.pipeline.requests import OperatorSettings
from circle.time import from_ms
from commands.kernel.reply import Reply
from storage.errors import StoreUnavailableError
from storage.mail import Admission, Letter, Posted
from storage.uow import Store

log = structlog.get_logger(__name__)


class GivingUp:
    """Ends such events. Nothing of them is looked at: whatever it is, it made a program fail."""

    def __init__(self, store: Store, composer: Composer, settings: OperatorSettings) -> None:
        self._store = store
        self._composer = composer
        self._settings = settings

    async def end(self, admission: Admission, reference: str) -> tuple[Posted, ...]:
        """The event counts as given up, and its room is told plainly where that can be said.

        Gives what may leave; raises StoreUnavailableError.
        """
        log.error("event.given_up", event_id=admission.event_id, reference=reference)
        try:
            return await self._end(admission, reference, self._told(admission, reference))
        except StoreUnavailableError:
            raise
        except Exception:
            log.exception("event.untold", event_id=admission.event_id, reference=reference)
        return await self._end(admission, reference, ())

    async def _end(
        self, admission: Admission, reference: str, letters: Sequence[Letter]
    ) -> tuple[Posted, ...]:
        async with self._store.transaction() as uow:
            if await uow.inbox.give_up(admission.event_id, reference):
                await uow.outbox.add(letters)
        return tuple(uow.outbox.written)

    def _told(self, admission: Admission, reference: str) -> Sequence[Letter]:
        rules = self._settings.rules
        at = from_ms(admission.at_ms)
        envelope = Addressing(
            cause=admission.event_id,
            room_id=admission.room_id,
            sender=None,
            language=rules.language,
            now=at.astimezone(ZoneInfo(rules.timezone)),
        )
        reply = Reply(RefusedFailed(reference=reference))
        return self._composer.letters(reply, envelope)
