"""People, circles, who is in them, and by which rules."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, flag, index, integer, refers, row_id, text


def make() -> None:
    _circles()
    _people()
    _profiles()
    _settings()
    _workstreams()
    _numbers()
    _memberships()


def _circles() -> None:
    op.create_table(
        "circles",
        *row_id("id"),
        *text("name", "folded", "kind", "state", "room_id"),
        *big("created_at"),
        *text("aliases", "currency", "settings_key"),
        sa.PrimaryKeyConstraint("id", name="pk_circles"),
        sa.UniqueConstraint("folded", name="uq_circles_folded"),
        sa.UniqueConstraint("room_id", name="uq_circles_room_id"),
    )


def _people() -> None:
    op.create_table(
        "people",
        *text("key"),
        *flag("structure"),
        *row_id("named_in", nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
        refers("people", ["named_in"], ["circles.id"]),
    )
    index("ix_people_named_in", "people", ["named_in"])


def _profiles() -> None:
    op.create_table(
        "profiles",
        *text("person", "name"),
        *text("matrix_id", "language", nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_profiles"),
        sa.UniqueConstraint("matrix_id", name="uq_profiles_matrix_id"),
        refers("profiles", ["person"], ["people.key"]),
    )


def _settings() -> None:
    op.create_table(
        "settings",
        *row_id("id", "circle"),
        *text("name", "value", "since", "by"),
        *big("at"),
        sa.PrimaryKeyConstraint("id", name="pk_settings"),
        refers("settings", ["by"], ["people.key"]),
        refers("settings", ["circle"], ["circles.id"]),
    )
    index("ix_settings_circle", "settings", ["circle"])


def _workstreams() -> None:
    op.create_table(
        "workstreams",
        *row_id("circle"),
        *integer("id"),
        *text("name", "folded"),
        *text("steward", nullable=True),
        sa.PrimaryKeyConstraint("circle", "id", name="pk_workstreams"),
        sa.UniqueConstraint("circle", "folded", name="uq_workstreams_circle_folded"),
        refers("workstreams", ["circle"], ["circles.id"]),
        refers("workstreams", ["steward"], ["people.key"]),
    )


def _numbers() -> None:
    op.create_table(
        "numbers",
        *row_id("circle"),
        *text("kind"),
        *integer("last"),
        sa.PrimaryKeyConstraint("circle", "kind", name="pk_numbers"),
        refers("numbers", ["circle"], ["circles.id"]),
    )


def _memberships() -> None:
    op.create_table(
        "memberships",
        *row_id("circle"),
        *text("person", "role", "since"),
        *text("until", nullable=True),
        sa.PrimaryKeyConstraint("circle", "person", name="pk_memberships"),
        refers("memberships", ["circle"], ["circles.id"]),
        refers("memberships", ["person"], ["people.key"]),
    )
    index("ix_memberships_person", "memberships", ["person"])
