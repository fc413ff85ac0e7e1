"""The days of an envelope's period, read once: as it is typed, or at the next start for old ones.

The words of old entries are read by the program, which knows the calendar: a migration does not.
"""

import sqlalchemy as sa
from alembic import op

from migrations.columns import refers, row_id, text

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_periods",
        *row_id("entry"),
        *text("since", "until", nullable=True),
        sa.PrimaryKeyConstraint("entry", name="pk_entry_periods"),
        sa.CheckConstraint("since <= until", name="ck_entry_periods_days"),
        refers("entry_periods", ["entry"], ["entries.id"]),
    )
