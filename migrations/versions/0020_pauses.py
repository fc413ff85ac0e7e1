"""Who is sent each Monday what waits for them, and until when somebody is on pause."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    weekly = sa.Column("weekly", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("profiles", weekly)
    op.add_column("profiles", sa.Column("pause", sa.Text(), nullable=True))
