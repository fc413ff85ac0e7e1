"""Several bots on one database: rows of the inbox and of the outbox belong to an account.

What was received before belongs to the one account that listened. The rest, and everything where
several have, belongs to nobody: the bot that had it takes it when it starts.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_accounts",
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("room_id", name="pk_room_accounts"),
    )
    if op.get_bind().dialect.name == "sqlite":
        _copied()
    else:
        _altered()
    _waiting("ix_inbox_unfinished", "inbox", ["account", "room_id", "seq"])
    op.add_column("outbox", _account())
    op.drop_index("ix_outbox_waiting", "outbox")
    _waiting("ix_outbox_waiting", "outbox", ["account", "lane", "scheduled", "row"])


def _account(of: str = "") -> sa.Column[str]:
    return sa.Column("account", sa.Text(), nullable=False, server_default=of or sa.text("''"))


def _listener() -> str:
    """The account that everything received so far was for, where there is one."""
    known = op.get_bind().execute(sa.text("SELECT user_id FROM sync_tokens")).scalars().all()
    return known[0] if len(known) == 1 else ""


def _copied() -> None:
    """SQLite changes no constraint: the tables are written anew."""
    op.create_table(
        "inbox_anew",
        sa.Column("seq", ROW_ID, nullable=False),
        _account(),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_inbox"),
        sa.UniqueConstraint("account", "event_id", name="uq_inbox_account_event_id"),
    )
    copy = sa.text(
        "INSERT INTO inbox_anew (seq, account, event_id, room_id, at_ms, payload, finished) "
        "SELECT seq, :account, event_id, room_id, at_ms, payload, finished FROM inbox"
    )
    op.execute(copy.bindparams(account=_listener()))
    op.create_table(
        "direct_rooms_anew",
        _account(),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("room_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", "user_id", name="pk_direct_rooms"),
    )
    op.execute(
        "INSERT INTO direct_rooms_anew (user_id, room_id) SELECT user_id, room_id FROM direct_rooms"
    )
    for table in ("inbox", "direct_rooms"):
        op.drop_table(table)
        op.rename_table(f"{table}_anew", table)
    kept = sa.text("payload IS NOT NULL")
    op.create_index("ix_inbox_kept", "inbox", ["at_ms"], sqlite_where=kept)


def _altered() -> None:
    op.add_column("inbox", _account(_listener()))
    op.alter_column("inbox", "account", server_default=sa.text("''"))
    op.drop_constraint("uq_inbox_event_id", "inbox")
    op.create_unique_constraint("uq_inbox_account_event_id", "inbox", ["account", "event_id"])
    op.drop_index("ix_inbox_unfinished", "inbox")
    op.add_column("direct_rooms", _account())
    op.drop_constraint("pk_direct_rooms", "direct_rooms")
    op.create_primary_key("pk_direct_rooms", "direct_rooms", ["account", "user_id"])


def _waiting(name: str, table: str, columns: list[str]) -> None:
    op.create_index(
        name,
        table,
        columns,
        sqlite_where=sa.text("finished IS 0"),
        postgresql_where=sa.text("finished IS false"),
    )
