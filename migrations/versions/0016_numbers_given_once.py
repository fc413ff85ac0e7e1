"""SQLite never gives the number of a row that was deleted again, as PostgreSQL never did.

What is fetched or sent is known by its row's number while the network is waited for.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("receipts", "discarded_receipts", "outbox"):
        once = {"sqlite_autoincrement": True}
        with op.batch_alter_table(table, recreate="always", table_kwargs=once):
            pass
