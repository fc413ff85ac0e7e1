"""The programme: actions, who holds them, what happened to them."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, index, integer, refers, row_id, text


def make() -> None:
    _actions()
    _action_holders()
    _action_log()
    _action_log_texts()


def _actions() -> None:
    op.create_table(
        "actions",
        *row_id("circle"),
        *integer("number"),
        *text("title", "added_by"),
        *big("added_at"),
        *integer("workstream", nullable=True),
        *text("due_day", nullable=True),
        *big("due_at", "budget", nullable=True),
        *text("state"),
        *big("moved_at", nullable=True),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_actions"),
        refers("actions", ["added_by"], ["people.key"]),
        refers("actions", ["circle", "workstream"], ["workstreams.circle", "workstreams.id"]),
        refers("actions", ["circle"], ["circles.id"]),
    )
    index("ix_actions_circle_state_number", "actions", ["circle", "state", "number"])


def _action_holders() -> None:
    op.create_table(
        "action_holders",
        *row_id("circle"),
        *integer("action"),
        *text("person"),
        *integer("place"),
        sa.PrimaryKeyConstraint("circle", "action", "person", name="pk_action_holders"),
        refers("action_holders", ["circle", "action"], ["actions.circle", "actions.number"]),
        refers("action_holders", ["circle"], ["circles.id"]),
        refers("action_holders", ["person"], ["people.key"]),
    )
    index("ix_action_holders_circle_person", "action_holders", ["circle", "person"])


def _action_log() -> None:
    op.create_table(
        "action_log",
        *row_id("id", "circle"),
        *integer("action"),
        *text("change", "by"),
        *big("at"),
        *text("source", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_action_log"),
        refers("action_log", ["by"], ["people.key"]),
        refers("action_log", ["circle", "action"], ["actions.circle", "actions.number"]),
        refers("action_log", ["circle"], ["circles.id"]),
    )
    index("ix_action_log_circle_action", "action_log", ["circle", "action"])
    index("ix_action_log_circle_at", "action_log", ["circle", "at"])


def _action_log_texts() -> None:
    op.create_table(
        "action_log_texts",
        *row_id("line"),
        *text("text"),
        sa.PrimaryKeyConstraint("line", name="pk_action_log_texts"),
        refers("action_log_texts", ["line"], ["action_log.id"]),
    )
