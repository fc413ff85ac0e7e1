"""Votes and the log of their ballots."""

from fractions import Fraction
from typing import Final

import msgspec
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    and_,
    false,
)

from circle.people import PersonKey
from circle.quorum import Quorum, parse_quorum, share_text
from circle.votes import LOST_OPTIONS, Choice, Completion, Option, Outcome, Rule
from storage.tables.actions import actions
from storage.tables.base import (
    RowId,
    cents,
    circle,
    day,
    instant,
    json,
    metadata,
    number,
    of_circle,
    person,
    row_id,
    text,
    word,
)
from storage.tables.kinds import Coded


class QuorumColumn(Coded[Quorum]):
    """A quorum, as people write it: `1/2` or `7`."""

    impl = Text
    cache_ok = True

    def write(self, value: Quorum) -> str:
        return str(value)

    def read(self, kept: str) -> Quorum:
        return parse_quorum(kept)


class ShareColumn(Coded[Fraction]):
    """A share, as an exact fraction: `2/3`."""

    impl = Text
    cache_ok = True

    def write(self, value: Fraction) -> str:
        return share_text(value)

    def read(self, kept: str) -> Fraction:
        return Fraction(kept)


def lost_options(kept: str) -> tuple[Option, ...]:
    """Options that do not decode: by their places where their fields lost their names.

    Where nothing of them can be read, an option without words: the vote can still be closed.
    """
    try:
        return tuple(Option(*one.values()) for one in msgspec.json.decode(kept))
    except (msgspec.DecodeError, AttributeError, TypeError):
        return LOST_OPTIONS


# The electorate is a frozen list of keys, read whole: JSON rather than thousands of rows.
votes: Final = Table(
    "votes",
    metadata,
    circle(primary_key=True),
    Column("number", Integer, primary_key=True),
    word("rule", Rule),
    text("question"),
    person("opened_by"),
    instant("opened_at"),
    instant("closes"),
    json("electorate", tuple[PersonKey, ...]),
    json("options", tuple[Option, ...], lost=lost_options),
    cents("budget"),
    number("action", nullable=True),
    number("item", nullable=True),
    Column("quorum", QuorumColumn, nullable=True),
    Column("threshold", ShareColumn, nullable=True),
    number("minimum", nullable=True),
    word("completion", Completion, nullable=True),
    Column("secret", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    number("version"),
    instant("closed_at", nullable=True),
    word("outcome", Outcome, nullable=True),
    Column("released", Boolean, nullable=False),
    day("review", nullable=True),
    instant("amended_at", nullable=True),
    Column("unfunded", Boolean, nullable=False, server_default=false()),
    text("cancelled", nullable=True),
    of_circle("action", "actions"),
)
Index(None, votes.c.circle, votes.c.closed_at)

# Money that votes hold back since their closing, until they are released.
commitments: Final = Table(
    "commitments",
    metadata,
    row_id(),
    circle(),
    number("vote"),
    number("action", nullable=True),
    Column("amount", BigInteger, nullable=False),
    of_circle("vote", "votes"),
    of_circle("action", "actions"),
)
Index(None, commitments.c.circle, commitments.c.vote)
NOT_RELEASED: Final = and_(
    votes.c.circle == commitments.c.circle,
    votes.c.number == commitments.c.vote,
    votes.c.released.is_(False),
)
OF_ACTION: Final = and_(
    actions.c.circle == commitments.c.circle, actions.c.number == commitments.c.action
)

# What a closed vote left: its file is made once, whatever becomes of its voters.
vote_records: Final = Table(
    "vote_records",
    metadata,
    circle(primary_key=True),
    Column("vote", Integer, primary_key=True),
    text("file"),
    cents("available"),
    of_circle("vote", "votes"),
)

ballots: Final = Table(
    "ballots",
    metadata,
    row_id(),
    circle(),
    number("vote"),
    person("voter"),
    instant("at"),
    json("choice", Choice, nullable=True),
    number("version"),
    text("source", nullable=True),
    Column("withdrawn", Boolean, nullable=False, server_default=false()),
    of_circle("vote", "votes"),
)
Index(None, ballots.c.circle, ballots.c.vote)
Index(None, ballots.c.source)

ballot_reasons: Final = Table(
    "ballot_reasons",
    metadata,
    Column("ballot", RowId, ForeignKey("ballots.id"), primary_key=True),
    text("reason"),
)
