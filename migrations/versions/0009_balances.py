"""The sums of each circle's entries, kept by the database itself with every entry.

Nothing but these triggers writes them; entries themselves can neither change nor go.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import ROW_ID

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FIGURES = ("granted", "asked", "regulated", "invoiced", "paid")
_ADD = (
    "INSERT INTO balances (circle, granted, asked, regulated, invoiced, paid) VALUES "
    "(NEW.circle, NEW.granted, NEW.asked, NEW.regulated, NEW.invoiced, NEW.paid) "
    "ON CONFLICT (circle) DO UPDATE SET "
    "granted = balances.granted + excluded.granted, asked = balances.asked + excluded.asked, "
    "regulated = balances.regulated + excluded.regulated, "
    "invoiced = balances.invoiced + excluded.invoiced, paid = balances.paid + excluded.paid;"
)


def upgrade() -> None:
    op.create_table(
        "balances",
        sa.Column("circle", ROW_ID, nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _FIGURES),
        sa.PrimaryKeyConstraint("circle", name="pk_balances"),
        sa.ForeignKeyConstraint(["circle"], ["circles.id"], name="fk_balances_circle"),
    )
    op.execute(
        "INSERT INTO balances (circle, granted, asked, regulated, invoiced, paid) "
        "SELECT circle, SUM(granted), SUM(asked), SUM(regulated), SUM(invoiced), SUM(paid) "
        "FROM entries GROUP BY circle"
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER entries_summed AFTER INSERT ON entries BEGIN {_ADD} END")
        return
    op.execute(
        "CREATE FUNCTION entries_summed() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN {_ADD} RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER entries_summed AFTER INSERT ON entries "
        "FOR EACH ROW EXECUTE FUNCTION entries_summed()"
    )
