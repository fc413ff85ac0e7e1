"""Somebody's names, taken out of messages: those received and kept, and those that wait to leave.

Messages are decoded: what people read in them changes, and lists of accounts; nothing else.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Row,
    Text,
    bindparam,
    cast,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from storage.personal.scrubbing import Bearer
from storage.personal.written import Change
from storage.session import Statements
from storage.tables.kinds import stored
from storage.tables.mail import inbox, outbox, room_members

_READ: Final = frozenset(
    {"body", "formatted_body", "org.matrix.msc1767.text", "filename", "html", "name"}
)
"""The fields of a message that people read."""

_TOLD: Final = frozenset({"values", "arguments"})
"""Those whose every text may be read."""

_ACCOUNTS: Final = frozenset({"user_ids", "mentions"})
_THEIRS: Final = frozenset({"sender", "user"})

_HEARD: Final = select(inbox.c.seq, inbox.c.payload).where(
    inbox.c.payload.is_not(None), inbox.c.finished.is_(True)
)
_HEARD_IN: Final = _HEARD.where(inbox.c.room_id == bindparam("room"))
_FORGET: Final = update(inbox).where(inbox.c.seq == bindparam("which")).values(payload=None)
_FORGET_ASKING: Final = (
    update(inbox).where(inbox.c.event_id == bindparam("event")).values(payload=None)
)
_HEARD_AS: Final = (
    update(inbox).where(inbox.c.seq == bindparam("which")).values(payload=bindparam("told"))
)
_IN_ROOM: Final = select(room_members.c.user_id).where(room_members.c.room_id == bindparam("room"))
# Contents as they are kept: one that does not decode is left as it is.
_WAITING: Final = select(
    outbox.c.row, stored(outbox.c.content).label("content"), outbox.c.file_name,
    outbox.c.file_mimetype, outbox.c.file_body, outbox.c.file_recipe,
).where(
    outbox.c.finished.is_(False),
    or_(outbox.c.lane == bindparam("room"), outbox.c.lane.in_(_IN_ROOM)),
)  # fmt: skip
_LEAVE_AS: Final = (
    update(outbox)
    .where(outbox.c.row == bindparam("which"))
    .values(
        content=bindparam("told", type_=Text),
        file_name=bindparam("called"),
        file_body=bindparam("body"),
    )
)
_REASONS: Final = select(outbox.c.row, outbox.c.reason).where(outbox.c.reason.is_not(None))
_REASON: Final = (
    update(outbox).where(outbox.c.row == bindparam("which")).values(reason=bindparam("why"))
)


class Correspondence:
    """The messages of rooms, for somebody whose account is `user` to be forgotten in them.

    `changed`: the places in the inbox of those of others that stay without them.
    """

    def __init__(self, session: Statements, user: str) -> None:
        self._session = session
        self._user = user
        self.changed: set[int] = set()

    async def forget_in(self, room: str, bearer: Bearer) -> None:
        """Their messages in that room go; those of others, and letters to it, stay without them."""
        change = bearer.change(own=False)
        found = _HEARD_IN.where(_likely(self._session.dialect, bearer))
        for row in await self._session.all(found, {"room": room}):
            await self._hear(row, change)
        for row in await self._session.all(_WAITING, {"room": room}):
            await self._post(row, change)

    async def forget_everywhere(self, bearer: Bearer, event: str) -> None:
        """The same by their account alone, in every room, left ones too; and what asked for it.

        Why homeservers refused letters is told by them, with the account it concerns.
        """
        found = _HEARD.where(naming(self._session.dialect, inbox.c.payload, bindparam("user")))
        theirs = {"user": self._user.encode()}
        for row in await self._session.all(found, theirs) if self._user else ():
            await self._hear(row, bearer.change(own=False))
        await self._session.run(_FORGET_ASKING, {"event": event})
        for row in await self._session.all(_REASONS):
            told = bearer.names.account_replaced(row.reason, bearer.pseudonym)
            if told != row.reason:
                await self._session.run(_REASON, {"which": row.row, "why": told})

    async def _hear(self, row: Row[Any], change: Change) -> None:
        event = _decoded(row.payload)
        if not isinstance(event, dict):
            return
        if any(event.get(name) == self._user for name in _THEIRS):
            await self._session.run(_FORGET, {"which": row.seq})
            return
        told = self._without(event, change)
        if told != event:
            self.changed.add(row.seq)
            payload = msgspec.json.encode(told)
            await self._session.run(_HEARD_AS, {"which": row.seq, "told": payload})

    async def _post(self, row: Row[Any], change: Change) -> None:
        content = _decoded(row.content)
        told = self._without(content, change)
        values = {
            "told": row.content if told == content else msgspec.json.encode(told).decode(),
            "called": change(row.file_name) if row.file_name else row.file_name,
            "body": _file(row, change),
        }
        if tuple(values.values()) != (row.content, row.file_name, row.file_body):
            await self._session.run(_LEAVE_AS, {"which": row.row, **values})

    def _without(self, value: object, change: Change) -> object:
        """The message as it is read, without them."""
        if isinstance(value, list):
            return [self._without(one, change) for one in value]
        if not isinstance(value, dict):
            return value
        return dict(self._fields(value, change))

    def _fields(self, told: Mapping[str, object], change: Change) -> Iterator[tuple[str, object]]:
        for name, value in told.items():
            if name in _READ and isinstance(value, str):
                yield name, change(value)
            elif name in _ACCOUNTS and isinstance(value, list):
                yield name, [one for one in value if one != self._user]
            elif name == "powers" and isinstance(value, dict):
                yield name, {user: power for user, power in value.items() if user != self._user}
            elif name in _TOLD:
                yield name, _every_text(value, change)
            else:
                yield name, self._without(value, change)


def naming(
    dialect: str, payload: ColumnElement[Any], user: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether a message holds that account (its bytes), spelt exactly."""
    sought = type_coerce(user, LargeBinary)
    if dialect == "sqlite":
        return func.instr(payload, sought) > 0
    return func.position(sought.op("IN")(payload)) > 0


def _likely(dialect: str, bearer: Bearer) -> ColumnElement[bool]:
    """A first, generous look at what was received, before anything is decoded."""
    hints = bearer.names.hints()
    if not hints:
        return inbox.c.payload.is_not(None)
    told = inbox.c.payload
    read = cast(told, Text) if dialect == "sqlite" else func.convert_from(told, "UTF8", type_=Text)
    return or_(*(read.icontains(hint, autoescape=True) for hint in sorted(hints)))


def _file(row: Row[Any], change: Change) -> bytes | None:
    """The file without them where it is text, or the values of one still to be made."""
    body: bytes | None = row.file_body
    if body is None:
        return None
    if row.file_recipe is not None:
        values = _decoded(body)
        told = _every_text(values, change)
        return body if told == values else msgspec.json.encode(told)
    return _text_file(body, change) if row.file_mimetype.startswith("text/") else body


def _text_file(body: bytes, change: Change) -> bytes:
    try:
        return change(body.decode()).encode()
    except UnicodeDecodeError:
        return body


def _every_text(value: object, change: Change) -> object:
    """The value with every text in it changed; names of fields are none."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_every_text(one, change) for one in value]
    if isinstance(value, dict):
        return {name: _every_text(one, change) for name, one in value.items()}
    return value


def _decoded(value: str | bytes) -> object:
    """None for what does not decode: it is left as it is."""
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return None
