"""Which envelope holds what was decided, by entries that nothing changes; their sums, by triggers.

What is in the ledger already is attributed by the program, at its next start: `attributing` tells
the circles where that is still to be done.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, index, integer, refers, row_id

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_GRANTED = (
    "INSERT INTO envelopes (circle, number, first_entry, last_entry, granted, attributed, paid) "
    "SELECT NEW.circle, COALESCE(MAX(number), 0) + 1, NEW.id, NEW.id, NEW.granted, 0, 0 "
    "FROM envelopes WHERE circle = NEW.circle;"
)
_REGRANTED = (
    "UPDATE envelopes SET granted = granted + NEW.granted, last_entry = NEW.id "
    "WHERE circle = NEW.circle AND last_entry = NEW.corrects;"
)
_DECIDED = (
    "INSERT INTO spendings (circle, item, decided, regulated, attributed) "
    "VALUES (NEW.circle, NEW.item, NEW.id, NEW.regulated, 0) "
    "ON CONFLICT (circle, item) DO UPDATE SET decided = CASE WHEN spendings.regulated = 0 "
    "THEN excluded.decided ELSE spendings.decided END, "
    "regulated = spendings.regulated + excluded.regulated;"
)
_HELD = (
    "UPDATE envelopes SET attributed = attributed + NEW.cents, paid = paid + NEW.paid "
    "WHERE circle = NEW.circle AND number = NEW.envelope; "
    "UPDATE spendings SET attributed = attributed + NEW.cents "
    "WHERE circle = NEW.circle AND item = NEW.item;"
)
_BEYOND = (
    "NEW.cents > 0 AND EXISTS (SELECT 1 FROM spendings WHERE circle = NEW.circle "
    "AND item = NEW.item AND attributed + NEW.cents > regulated)"
)
_REFUSED = "attributions are appended, never changed"
_TOO_MUCH = "no more is attributed than was decided"
_TOLD = (
    "WITH RECURSIVE told (circle, root, entry, granted) AS ("
    "SELECT circle, id, id, granted FROM entries WHERE item IS NULL AND kind = 'grant' "
    "UNION ALL SELECT told.circle, told.root, entries.id, entries.granted FROM told "
    "JOIN entries ON entries.corrects = told.entry WHERE entries.item IS NULL) "
    "INSERT INTO envelopes (circle, number, first_entry, last_entry, granted, attributed, paid) "
    "SELECT circle, ROW_NUMBER() OVER (PARTITION BY circle ORDER BY root), root, MAX(entry), "
    "SUM(granted), 0, 0 FROM told GROUP BY circle, root"
)


def upgrade() -> None:
    op.add_column("entries", sa.Column("envelope", sa.Integer(), nullable=True))
    _sums()
    _attributions()
    op.execute(_TOLD)
    op.execute(
        "INSERT INTO spendings (circle, item, decided, regulated, attributed) "
        "SELECT circle, item, MIN(id), SUM(regulated), 0 FROM entries "
        "WHERE item IS NOT NULL AND regulated <> 0 GROUP BY circle, item"
    )
    op.execute(
        "INSERT INTO attributing (circle) SELECT DISTINCT circle FROM spendings WHERE regulated > 0"
    )
    _append_only()
    _trigger("entries_granted", "entries", "NEW.item IS NULL AND NEW.kind = 'grant'", _GRANTED)
    corrected = "NEW.item IS NULL AND NEW.kind = 'corrected'"
    _trigger("entries_regranted", "entries", corrected, _REGRANTED)
    decided = "NEW.item IS NOT NULL AND NEW.regulated <> 0"
    _trigger("entries_decided", "entries", decided, _DECIDED)
    _trigger("attributions_summed", "attributions", "TRUE", _HELD)


def _sums() -> None:
    held = "0 <= paid AND paid <= attributed AND attributed <= granted"
    op.create_table(
        "envelopes",
        *row_id("circle"),
        *integer("number"),
        *row_id("first_entry", "last_entry"),
        *big("granted", "attributed", "paid"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_envelopes"),
        sa.CheckConstraint(held, name="ck_envelopes_held"),
        refers("envelopes", ["circle"], ["circles.id"]),
        refers("envelopes", ["first_entry"], ["entries.id"]),
        refers("envelopes", ["last_entry"], ["entries.id"]),
    )
    op.create_table(
        "spendings",
        *row_id("circle"),
        *integer("item"),
        *row_id("decided"),
        *big("regulated", "attributed"),
        sa.PrimaryKeyConstraint("circle", "item", name="pk_spendings"),
        sa.CheckConstraint("0 <= attributed", name="ck_spendings_held"),
        refers("spendings", ["circle"], ["circles.id"]),
        refers("spendings", ["decided"], ["entries.id"]),
    )
    waits = "regulated > attributed"
    index("ix_spendings_waiting", "spendings", ["circle", "decided"], where=waits)


def _attributions() -> None:
    op.create_table(
        "attributions",
        *row_id("id", "circle"),
        *integer("envelope", "item"),
        *big("cents", "paid"),
        *row_id("cause"),
        *big("at"),
        sa.PrimaryKeyConstraint("id", name="pk_attributions"),
        refers("attributions", ["circle"], ["circles.id"]),
        refers("attributions", ["circle", "envelope"], ["envelopes.circle", "envelopes.number"]),
        refers("attributions", ["circle", "item"], ["spendings.circle", "spendings.item"]),
        refers("attributions", ["cause"], ["entries.id"]),
    )
    index("ix_attributions_circle_item", "attributions", ["circle", "item"])
    index("ix_attributions_circle_cause", "attributions", ["circle", "cause"])
    index("ix_attributions_circle_at_cents", "attributions", ["circle", "at", "cents"])
    op.create_table(
        "attributing",
        *row_id("circle"),
        *big("done_at", nullable=True),
        sa.PrimaryKeyConstraint("circle", name="pk_attributing"),
        refers("attributing", ["circle"], ["circles.id"]),
    )


def _trigger(name: str, table: str, when: str, does: str) -> None:
    """Done with each row that is inserted under that condition."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} AFTER INSERT ON {table} WHEN {when} BEGIN {does} END")
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {does} RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER INSERT ON {table} "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()"
    )


def _append_only() -> None:
    """Written once, and never beyond what was decided: the database refuses the rest."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER attributions_refuse_{verb.lower()} BEFORE {verb} ON attributions "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )
        op.execute(
            "CREATE TRIGGER attributions_decided BEFORE INSERT ON attributions "
            f"WHEN {_BEYOND} BEGIN SELECT RAISE(ABORT, '{_TOO_MUCH}'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION attributions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER attributions_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON attributions "
        "FOR EACH STATEMENT EXECUTE FUNCTION attributions_refuse()"
    )
    op.execute(
        "CREATE FUNCTION attributions_decided() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {_BEYOND} THEN RAISE EXCEPTION '{_TOO_MUCH}'; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER attributions_decided BEFORE INSERT ON attributions "
        "FOR EACH ROW EXECUTE FUNCTION attributions_decided()"
    )
