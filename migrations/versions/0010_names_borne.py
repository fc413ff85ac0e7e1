"""What people were called in rooms, kept when they rename themselves or leave.

Those who are in a room by now bear their name since they are of its circle; a room without circle
has nothing written that could name them.
"""

from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, index, text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KNOWN = sa.text(
    "SELECT room_members.room_id, room_members.user_id, room_members.name, memberships.since "
    "FROM room_members "
    "LEFT JOIN circles ON circles.room_id = room_members.room_id "
    "LEFT JOIN profiles ON profiles.matrix_id = room_members.user_id "
    "LEFT JOIN memberships ON memberships.circle = circles.id "
    "AND memberships.person = profiles.person"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    made = op.create_table(
        "names_borne",
        *text("room_id", "user_id", "name"),
        *big("since"),
        sa.PrimaryKeyConstraint("room_id", "user_id", "name", name="pk_names_borne"),
    )
    index("ix_names_borne_user", "names_borne", ["user_id"])
    rows = [
        {"room_id": row.room_id, "user_id": row.user_id, "name": row.name, "since": _at(row.since)}
        for row in op.get_bind().execute(_KNOWN)
    ]
    if rows:
        op.bulk_insert(made, rows)


def _at(day: str | None) -> int:
    """The first instant of that day, in microseconds."""
    if day is None:
        return 0
    began = datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC)
    return (began - _EPOCH) // timedelta(microseconds=1)
