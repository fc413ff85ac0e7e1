"""Votes and their ballots."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import big, flag, index, integer, refers, row_id, text


def make() -> None:
    _votes()
    _ballots()
    _ballot_reasons()


def _votes() -> None:
    op.create_table(
        "votes",
        *row_id("circle"),
        *integer("number"),
        *text("rule", "question", "opened_by"),
        *big("opened_at", "closes"),
        *text("electorate", "options"),
        *big("budget", nullable=True),
        *integer("action", "item", nullable=True),
        *text("quorum", "threshold", nullable=True),
        *integer("minimum", nullable=True),
        *text("completion", nullable=True),
        *flag("secret", "hidden"),
        *integer("version"),
        *big("closed_at", nullable=True),
        *text("outcome", nullable=True),
        *flag("released"),
        sa.PrimaryKeyConstraint("circle", "number", name="pk_votes"),
        refers("votes", ["circle", "action"], ["actions.circle", "actions.number"]),
        refers("votes", ["circle"], ["circles.id"]),
        refers("votes", ["opened_by"], ["people.key"]),
    )
    index(
        "ix_votes_holding",
        "votes",
        ["circle", "number"],
        where="outcome = 'adopted' AND budget IS NOT NULL AND released IS false",
    )
    index("ix_votes_circle_closed_at", "votes", ["circle", "closed_at"])


def _ballots() -> None:
    op.create_table(
        "ballots",
        *row_id("id", "circle"),
        *integer("vote"),
        *text("voter"),
        *big("at"),
        *text("choice", nullable=True),
        *integer("version"),
        *text("source", nullable=True),
        *flag("withdrawn", server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_ballots"),
        refers("ballots", ["circle", "vote"], ["votes.circle", "votes.number"]),
        refers("ballots", ["circle"], ["circles.id"]),
        refers("ballots", ["voter"], ["people.key"]),
    )
    index("ix_ballots_circle_vote", "ballots", ["circle", "vote"])
    index("ix_ballots_source", "ballots", ["source"])


def _ballot_reasons() -> None:
    op.create_table(
        "ballot_reasons",
        *row_id("ballot"),
        *text("reason"),
        sa.PrimaryKeyConstraint("ballot", name="pk_ballot_reasons"),
        refers("ballot_reasons", ["ballot"], ["ballots.id"]),
    )
