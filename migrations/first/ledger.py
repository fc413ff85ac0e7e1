"""The ledger: entries, which the database refuses to change, and the items they tell of."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, flag, index, integer, refers, row_id, text


def make() -> None:
    _entries()
    _entries_indexed()
    _entry_texts()
    _items()
    _append_only()


def _entries() -> None:
    op.create_table(
        "entries",
        *row_id("id", "circle"),
        *text("kind"),
        *big("at"),
        *text("by"),
        *big("granted", "asked", "regulated", "invoiced", "paid"),
        *integer("item", nullable=True),
        *text("nature", "person", "payee", "day", nullable=True),
        *integer("minutes", nullable=True),
        *big("amount", nullable=True),
        *flag("pro_bono"),
        *integer("action", "vote", "meeting", "workstream", nullable=True),
        *text("funder", "period", "number", nullable=True),
        *row_id("corrects", nullable=True),
        *text("source", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        refers("entries", ["by"], ["people.key"]),
        refers("entries", ["circle", "action"], ["actions.circle", "actions.number"]),
        refers("entries", ["circle", "meeting"], ["meetings.circle", "meetings.number"]),
        refers("entries", ["circle", "vote"], ["votes.circle", "votes.number"]),
        refers("entries", ["circle", "workstream"], ["workstreams.circle", "workstreams.id"]),
        refers("entries", ["circle"], ["circles.id"]),
        refers("entries", ["corrects"], ["entries.id"]),
        refers("entries", ["payee"], ["people.key"]),
        refers("entries", ["person"], ["people.key"]),
    )


def _entries_indexed() -> None:
    index("ix_entries_funder", "entries", ["circle", "funder"], where="funder IS NOT NULL")
    index("ix_entries_item", "entries", ["circle", "item"], where="item IS NOT NULL")
    index(
        "ix_entries_regulated",
        "entries",
        ["circle", "vote", "action", "regulated"],
        where="regulated != 0",
    )
    index(
        "ix_entries_totals",
        "entries",
        ["circle", "at", "granted", "asked", "regulated", "invoiced", "paid"],
    )


def _entry_texts() -> None:
    op.create_table(
        "entry_texts",
        *row_id("entry"),
        *text("what"),
        sa.PrimaryKeyConstraint("entry", name="pk_entry_texts"),
        refers("entry_texts", ["entry"], ["entries.id"]),
    )


def _items() -> None:
    op.create_table(
        "items",
        *row_id("circle"),
        *integer("number"),
        *text("nature", "person"),
        *text("payee", nullable=True),
        *text("declared_by"),
        *big("declared_at"),
        *text("day"),
        *integer("minutes", nullable=True),
        *big("asked", nullable=True),
        *flag("pro_bono"),
        *integer("action", "vote", nullable=True),
        *text("state"),
        *big("regulated", nullable=True),
        *integer("meeting", nullable=True),
        *text("invoice", nullable=True),
        *flag("paid"),
        *row_id("told_by", "last_entry"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_items"),
        refers("items", ["circle"], ["circles.id"]),
        refers("items", ["declared_by"], ["people.key"]),
        refers("items", ["last_entry"], ["entries.id"]),
        refers("items", ["payee"], ["people.key"]),
        refers("items", ["person"], ["people.key"]),
        refers("items", ["told_by"], ["entries.id"]),
    )
    index("ix_items_circle_day", "items", ["circle", "day"])
    index("ix_items_circle_person_day", "items", ["circle", "person", "day"])
    index("ix_items_circle_state_number", "items", ["circle", "state", "number"])


def _append_only() -> None:
    """The ledger is written once: the database itself refuses to change it."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER entries_refuse_{verb.lower()} BEFORE {verb} ON entries "
                "BEGIN SELECT RAISE(ABORT, 'entries are appended, never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION 'entries are appended, never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER entries_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION entries_refuse()"
    )
