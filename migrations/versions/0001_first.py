"""The first schema.

Instants are microseconds since 1970 UTC, amounts cents, days and JSON text.
"""

from migrations.first import actions, circles, ledger, mail, meetings, votes

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for family in (circles, actions, votes, meetings, ledger, mail):
        family.make()
