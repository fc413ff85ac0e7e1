"""Letters, written in the transaction of what they tell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import bindparam, insert, or_, select, update

from circle.circles import CircleId
from circle.refs import Ref
from storage.accounts import account_of
from storage.letters import transaction_id
from storage.mail import Letter, Posted, Putting
from storage.refs import read_subject, write_subject
from storage.session import Statements
from storage.tables.mail import outbox

_FILE: Final = ("name", "mimetype", "body", "width", "height", "recipe")
_ADD: Final = (
    insert(outbox)
    .values(account=account_of("in_room", "me"))
    .returning(outbox.c.row, outbox.c.account)
)
ALREADY_SENT: Final = (
    update(outbox)
    .where(outbox.c.txn_id == bindparam("txn"), outbox.c.finished.is_(False))
    .values(finished=True, event_id=bindparam("event"), content={}, file_body=None)
)
_OF_CAUSE: Final = select(outbox.c.row).where(outbox.c.cause == bindparam("cause")).limit(1)
_SUBJECT_OF: Final = select(outbox.c.subject).where(
    outbox.c.event_id == bindparam("event"),
    outbox.c.subject.is_not(None),
    or_(outbox.c.room_id == bindparam("room"), outbox.c.room_id.is_(None)),
)
_ANNOUNCING: Final = (
    select(outbox.c.event_id)
    .where(outbox.c.subject == bindparam("subject"), outbox.c.event_id.is_not(None))
    .order_by(outbox.c.row.desc())
)
_ANNOUNCING_BY_TYPE: Final = _ANNOUNCING.where(outbox.c.event_type == bindparam("type"))


class Posting:
    """The outbox within a unit of work: letters are written with what they tell.

    Each leaves through the account that speaks in its room, direct messages through ours.

    Those that `already_sent` holds by transaction id are not sent again (see bot/matrix/restored).

    With `putting`, letters count as attempted from here on: that is never wrong, and spares a
    transaction before each is put. `written` are then those that we shall put ourselves.
    """

    def __init__(
        self,
        session: Statements,
        account: str,
        already_sent: Mapping[str, str],
        putting: Putting | None = None,
    ) -> None:
        self._session = session
        self._account = account
        self._already_sent = already_sent
        self._putting = putting
        self.written: list[Posted] = []

    async def add(self, letters: Sequence[Letter], pause_ms: int = 0) -> None:
        """Write letters; IntegrityError if one of that cause and ordinal was already written.

        Where it is we who put them, none is put before `pause_ms` have passed.
        """
        for letter in letters:
            await self._add(letter, pause_ms)
        if self._already_sent:
            written = [transaction_id(letter.cause, letter.ordinal) for letter in letters]
            await self._session.run(ALREADY_SENT, ends_of(written, self._already_sent))
            self.written = [one for one in self.written if one.txn_id not in self._already_sent]

    async def _add(self, letter: Letter, pause_ms: int) -> None:
        values = _row(letter, self._account)
        if self._putting is not None:
            now_ms = self._putting.now_ms()
            values["device_id"] = self._putting.device_id
            values["attempted_ms"] = now_ms
            values["not_before_ms"] = now_ms + pause_ms if pause_ms else 0
        [row] = await self._session.all(_ADD, values)
        if self._putting is not None and row.account == self._account:
            self.written.append(_as_written(row.row, letter, values))

    async def knows(self, cause: str) -> bool:
        """Whether a letter of that cause was already written."""
        return await self._session.first(_OF_CAUSE, {"cause": cause}) is not None

    async def subject_of(self, room_id: str, event_id: str) -> tuple[CircleId, Ref] | None:
        """What a message of ours in that room announced (a direct message: in any)."""
        row = await self._session.first(_SUBJECT_OF, {"room": room_id, "event": event_id})
        return read_subject(row.subject) if row else None

    async def event_of_subject(
        self, circle: CircleId, ref: Ref, event_type: str | None = None
    ) -> str | None:
        """The latest message of ours (of that type) that announced it, once it has left."""
        values = {"subject": write_subject(circle, ref), "type": event_type}
        found = _ANNOUNCING if event_type is None else _ANNOUNCING_BY_TYPE
        row = await self._session.first(found, values)
        return row.event_id if row else None


def ends_of(written: Iterable[str], sent: Mapping[str, str]) -> list[dict[str, str]]:
    """The events that those of these letters became which stand in their rooms."""
    return [{"txn": txn_id, "event": sent[txn_id]} for txn_id in written if txn_id in sent]


def _row(letter: Letter, account: str) -> dict[str, object]:
    if (letter.room_id is None) == (letter.to_user is None):
        raise ValueError("a letter goes to a room or to somebody, not both")
    return {
        "me": account,
        "in_room": letter.room_id,
        "cause": letter.cause,
        "ordinal": letter.ordinal,
        "txn_id": transaction_id(letter.cause, letter.ordinal),
        "lane": letter.lane,
        "room_id": letter.room_id,
        "to_user": letter.to_user,
        "event_type": letter.event_type,
        "content": letter.content,
        "after": letter.after,
        "target": letter.target,
        "subject": letter.subject,
        "scheduled": letter.scheduled,
        "device_id": None,
        "attempted_ms": None,
        "not_before_ms": 0,
        **{f"file_{name}": getattr(letter.file, name, None) for name in _FILE},
    }


def _as_written(row: int, letter: Letter, values: Mapping[str, Any]) -> Posted:
    return Posted(
        row=row,
        letter=letter,
        txn_id=values["txn_id"],
        device_id=values["device_id"],
        attempted_ms=values["attempted_ms"],
        event_id=None,
        not_before_ms=values["not_before_ms"],
    )
