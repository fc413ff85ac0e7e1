"""What comes in, what goes out, what is known of rooms (docs/matrix.md: Exactly once)."""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy import text as sql

from storage.tables.base import (
    NUMBERED_ONCE,
    RowId,
    day,
    instant,
    json,
    metadata,
    number,
    row_id,
    text,
)

sync_tokens: Final = Table(
    "sync_tokens",
    metadata,
    Column("user_id", Text, primary_key=True),
    text("token"),
    Column("at_ms", BigInteger, nullable=False, server_default="0"),
)


# Which copy of the bot is the live one, by account: the mark of its latest start (decision 25).
# `restored_from`: when the backup that this database comes from was taken; none where it does not.
instances: Final = Table(
    "instances",
    metadata,
    Column("account", Text, primary_key=True),
    text("instance"),
    instant("restored_from", nullable=True),
)


# Whose each row is, where several bots share the database (see storage/accounts.py).
def _account() -> Column[str]:
    return Column("account", Text, nullable=False, server_default=sql("''"))


room_accounts: Final = Table(
    "room_accounts",
    metadata,
    Column("room_id", Text, primary_key=True),
    text("account"),
)

# One row for somebody in a room: of the last day on which they were mentioned there.
mentions: Final = Table(
    "mentions",
    metadata,
    Column("room_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    day("day"),
    number("times"),
)

inbox: Final = Table(
    "inbox",
    metadata,
    row_id("seq"),
    _account(),
    text("event_id"),
    text("room_id"),
    Column("at_ms", BigInteger, nullable=False),
    Column("payload", LargeBinary),
    Column("finished", Boolean, nullable=False),
    # Of an event that could be neither handled nor refused: what its room and the log were told.
    text("reference", nullable=True),
    UniqueConstraint("account", "event_id"),
)
_unfinished: Final = inbox.c.finished.is_(False)
Index(
    "ix_inbox_unfinished",
    inbox.c.account,
    inbox.c.room_id,
    inbox.c.seq,
    sqlite_where=_unfinished,
    postgresql_where=_unfinished,
)
_kept: Final = inbox.c.payload.is_not(None)
Index("ix_inbox_kept", inbox.c.at_ms, sqlite_where=_kept, postgresql_where=_kept)
_given_up: Final = inbox.c.reference.is_not(None)
Index(
    "ix_inbox_given_up",
    inbox.c.account,
    sqlite_where=_given_up,
    postgresql_where=_given_up,
)

# What each event did; the origin of an edit, a deletion, a reaction taken back.
origins: Final = Table(
    "origins",
    metadata,
    Column("event_id", Text, primary_key=True),
    text("room_id"),
    Column("circle", RowId, ForeignKey("circles.id")),
    text("command"),
    text("ref", nullable=True),
    text("outcome"),
    text("sender"),
)

# `lane` is the room or the direct recipient: letters of one lane leave in order.
outbox: Final = Table(
    "outbox",
    metadata,
    row_id("row"),
    _account(),
    text("cause"),
    number("ordinal"),
    text("txn_id"),
    text("lane"),
    text("room_id", nullable=True),
    text("to_user", nullable=True),
    text("event_type"),
    json("content", dict[str, Any]),
    number("after", nullable=True),
    text("target", nullable=True),
    text("subject", nullable=True),
    Column("scheduled", Boolean, nullable=False),
    Column("finished", Boolean, nullable=False, server_default=false()),
    Column("not_before_ms", BigInteger, nullable=False, server_default="0"),
    text("device_id", nullable=True),
    Column("attempted_ms", BigInteger),
    text("event_id", nullable=True),
    text("reason", nullable=True),
    text("file_name", nullable=True),
    text("file_mimetype", nullable=True),
    Column("file_body", LargeBinary),
    number("file_width", nullable=True),
    number("file_height", nullable=True),
    text("file_recipe", nullable=True),
    UniqueConstraint("cause", "ordinal"),
    UniqueConstraint("txn_id"),
    **NUMBERED_ONCE,
)
_waiting: Final = outbox.c.finished.is_(False)
Index(
    "ix_outbox_waiting",
    outbox.c.account,
    outbox.c.lane,
    outbox.c.scheduled,
    outbox.c.row,
    sqlite_where=_waiting,
    postgresql_where=_waiting,
)
_announcing: Final = outbox.c.subject.is_not(None)
Index(
    "ix_outbox_event",
    outbox.c.event_id,
    sqlite_where=_announcing,
    postgresql_where=_announcing,
)
Index(
    "ix_outbox_subject",
    outbox.c.subject,
    outbox.c.row,
    sqlite_where=_announcing,
    postgresql_where=_announcing,
)

direct_rooms: Final = Table(
    "direct_rooms",
    metadata,
    Column("account", Text, primary_key=True, server_default=sql("''")),
    Column("user_id", Text, primary_key=True),
    text("room_id"),
)


def _nobody_s(_: str) -> dict[str, int]:
    """The powers in a room that do not decode, until the homeserver tells them again."""
    return {}


rooms: Final = Table(
    "rooms",
    metadata,
    Column("room_id", Text, primary_key=True),
    text("name", nullable=True),
    Column("direct", Boolean, nullable=False),
    Column("encrypted", Boolean, nullable=False),
    json("powers", dict[str, int], lost=_nobody_s),
    # A creator's power in room version 12 does not fit 32 bits; neither may a level somebody set.
    Column("default_power", BigInteger, nullable=False),
    Column("state_power", BigInteger, nullable=False),
)

room_members: Final = Table(
    "room_members",
    metadata,
    Column("room_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    text("name"),
)
Index("ix_room_members_user", room_members.c.user_id)

# Every name that somebody bore in a room, and since when: others may have written it (decision 15).
names_borne: Final = Table(
    "names_borne",
    metadata,
    Column("room_id", Text, primary_key=True),
    Column("user_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    instant("since"),
)
Index("ix_names_borne_user", names_borne.c.user_id)
