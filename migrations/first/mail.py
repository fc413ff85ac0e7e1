"""What comes in, what goes out, what is known of rooms."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, blob, flag, index, integer, refers, row_id, text


def make() -> None:
    _sync_tokens()
    _inbox()
    _origins()
    _outbox()
    _direct_rooms()
    _rooms()
    _room_members()


def _sync_tokens() -> None:
    op.create_table(
        "sync_tokens",
        *text("user_id", "token"),
        sa.PrimaryKeyConstraint("user_id", name="pk_sync_tokens"),
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        *row_id("seq"),
        *text("event_id", "room_id"),
        *big("at_ms"),
        *blob("payload", nullable=True),
        *flag("finished"),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("event_id", name="uq_inbox_event_id"),
    )
    index("ix_inbox_kept", "inbox", ["at_ms"], where="payload IS NOT NULL")
    index("ix_inbox_unfinished", "inbox", ["room_id", "seq"], where="finished IS false")


def _origins() -> None:
    op.create_table(
        "origins",
        *text("event_id", "room_id"),
        *row_id("circle", nullable=True),
        *text("command"),
        *text("ref", nullable=True),
        *text("outcome", "sender"),
        sa.PrimaryKeyConstraint("event_id", name="pk_origins"),
        refers("origins", ["circle"], ["circles.id"]),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        *row_id("row"),
        *text("cause"),
        *integer("ordinal"),
        *text("txn_id", "lane"),
        *text("room_id", "to_user", nullable=True),
        *text("event_type", "content"),
        *integer("after", nullable=True),
        *text("target", "subject", nullable=True),
        *flag("scheduled"),
        *flag("finished", server_default=sa.false()),
        *big("not_before_ms", server_default="0"),
        *text("device_id", nullable=True),
        *big("attempted_ms", nullable=True),
        *text("event_id", "reason", "file_name", "file_mimetype", nullable=True),
        *blob("file_body", nullable=True),
        *integer("file_width", "file_height", nullable=True),
        *text("file_recipe", nullable=True),
        sa.PrimaryKeyConstraint("row", name="pk_outbox"),
        sa.UniqueConstraint("cause", "ordinal", name="uq_outbox_cause_ordinal"),
        sa.UniqueConstraint("txn_id", name="uq_outbox_txn_id"),
    )
    index("ix_outbox_event", "outbox", ["event_id"], where="subject IS NOT NULL")
    index("ix_outbox_subject", "outbox", ["subject", "row"], where="subject IS NOT NULL")
    index("ix_outbox_waiting", "outbox", ["lane", "scheduled", "row"], where="finished IS false")


def _direct_rooms() -> None:
    op.create_table(
        "direct_rooms",
        *text("user_id", "room_id"),
        sa.PrimaryKeyConstraint("user_id", name="pk_direct_rooms"),
    )


def _rooms() -> None:
    op.create_table(
        "rooms",
        *text("room_id"),
        *text("name", nullable=True),
        *flag("direct", "encrypted"),
        *text("powers"),
        *big("default_power", "state_power"),
        sa.PrimaryKeyConstraint("room_id", name="pk_rooms"),
    )


def _room_members() -> None:
    op.create_table(
        "room_members",
        *text("room_id", "user_id", "name"),
        sa.PrimaryKeyConstraint("room_id", "user_id", name="pk_room_members"),
    )
    index("ix_room_members_user", "room_members", ["user_id"])
