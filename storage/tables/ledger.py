"""The ledger: entries that triggers keep from changing, their texts, and the items they tell."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    and_,
    false,
    literal_column,
)

from circle.ledger import EntryKind, ItemState, Nature
from circle.life import FINAL
from storage.tables.base import (
    RowId,
    cents,
    circle,
    day,
    instant,
    metadata,
    number,
    of_circle,
    person,
    row_id,
    text,
    word,
)


def _texts(kinds: Collection[EntryKind]) -> list[ColumnElement[str]]:
    """Kinds spelt out, as the condition of an index must have them."""
    return [literal_column(f"'{kind.value}'") for kind in sorted(kinds)]


entries: Final = Table(
    "entries",
    metadata,
    row_id(),
    circle(),
    word("kind", EntryKind),
    instant("at"),
    person("by"),
    Column("granted", BigInteger, nullable=False),
    Column("asked", BigInteger, nullable=False),
    Column("regulated", BigInteger, nullable=False),
    Column("invoiced", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
    number("item", nullable=True),
    word("nature", Nature, nullable=True),
    person("person", nullable=True),
    person("payee", nullable=True),
    day("day", nullable=True),
    number("minutes", nullable=True),
    cents("amount"),
    Column("pro_bono", Boolean, nullable=False),
    number("action", nullable=True),
    number("vote", nullable=True),
    number("meeting", nullable=True),
    number("workstream", nullable=True),
    text("funder", nullable=True),
    text("period", nullable=True),
    text("number", nullable=True),
    Column("corrects", RowId, ForeignKey("entries.id")),
    text("source", nullable=True),
    Column("session", RowId, ForeignKey("sessions.id")),
    Column("alone", Boolean, server_default=false(), nullable=False),
    number("envelope", nullable=True),
    of_circle("action", "actions"),
    of_circle("vote", "votes"),
    of_circle("meeting", "meetings"),
    of_circle("workstream", "workstreams"),
)
# Covers the sums of the budget, over all time and between two instants.
Index(
    "ix_entries_totals",
    entries.c.circle,
    entries.c.at,
    entries.c.granted,
    entries.c.asked,
    entries.c.regulated,
    entries.c.invoiced,
    entries.c.paid,
)
_of_item: Final = entries.c.item.is_not(None)
Index(
    "ix_entries_item",
    entries.c.circle,
    entries.c.item,
    sqlite_where=_of_item,
    postgresql_where=_of_item,
)
MOVES_REGULATED: Final = entries.c.regulated != literal_column("0")
Index(
    "ix_entries_regulated",
    entries.c.circle,
    entries.c.vote,
    entries.c.action,
    entries.c.regulated,
    sqlite_where=MOVES_REGULATED,
    postgresql_where=MOVES_REGULATED,
)
# Something is decided, invoiced or paid once: whatever comes later names what it corrects, and an
# entry is corrected once. Two transactions can therefore never decide the same item.
_first: Final = entries.c.corrects.is_(None)
_decided: Final = and_(_first, entries.c.kind.in_(_texts(FINAL)))
Index(
    "uq_entries_decided",
    entries.c.circle,
    entries.c.item,
    unique=True,
    sqlite_where=_decided,
    postgresql_where=_decided,
)
_settled: Final = and_(_first, entries.c.kind.in_(_texts({EntryKind.INVOICED, EntryKind.PAID})))
Index(
    "uq_entries_settled",
    entries.c.circle,
    entries.c.item,
    entries.c.kind,
    unique=True,
    sqlite_where=_settled,
    postgresql_where=_settled,
)
_correcting: Final = entries.c.corrects.is_not(None)
Index(
    "uq_entries_corrects",
    entries.c.corrects,
    unique=True,
    sqlite_where=_correcting,
    postgresql_where=_correcting,
)
_in_session: Final = entries.c.session.is_not(None)
Index(
    "ix_entries_session",
    entries.c.session,
    sqlite_where=_in_session,
    postgresql_where=_in_session,
)
_enveloping: Final = entries.c.item.is_(None)
Index(
    "ix_entries_envelope",
    entries.c.circle,
    sqlite_where=_enveloping,
    postgresql_where=_enveloping,
)
SUMMED: Final = "summed"
"""Marks, in `Table.info`, what the database writes by itself as other rows are written."""

# The sums of each circle's entries, which triggers write with every entry, and nothing else does.
balances: Final = Table(
    "balances",
    metadata,
    circle(primary_key=True),
    *(
        Column(name, BigInteger, nullable=False)
        for name in ("granted", "asked", "regulated", "invoiced", "paid")
    ),
    info={SUMMED: True},
)
entry_texts: Final = Table(
    "entry_texts",
    metadata,
    Column("entry", RowId, ForeignKey("entries.id"), primary_key=True),
    text("what"),
)

# The days that the words of an envelope's period tell, read once: as its entry is written, or
# later of an entry that an older program wrote. Without days: nobody can read these words.
entry_periods: Final = Table(
    "entry_periods",
    metadata,
    Column("entry", RowId, ForeignKey("entries.id"), primary_key=True),
    day("since", nullable=True),
    day("until", nullable=True),
    CheckConstraint("since <= until", name="ck_entry_periods_days"),
)

# What each envelope was granted and holds of what was decided, and what was decided on each item
# and is held of it: sums that triggers keep. `first_entry` and `last_entry` tell an
# envelope; `decided` is the entry of a decision, that of the oldest one that stands.
envelopes: Final = Table(
    "envelopes",
    metadata,
    circle(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("first_entry", RowId, ForeignKey("entries.id"), nullable=False),
    Column("last_entry", RowId, ForeignKey("entries.id"), nullable=False),
    Column("granted", BigInteger, nullable=False),
    Column("attributed", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
    CheckConstraint(
        "0 <= paid AND paid <= attributed AND attributed <= granted", name="ck_envelopes_held"
    ),
    info={SUMMED: True},
)
spendings: Final = Table(
    "spendings",
    metadata,
    circle(primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("decided", RowId, ForeignKey("entries.id"), nullable=False),
    Column("regulated", BigInteger, nullable=False),
    Column("attributed", BigInteger, nullable=False),
    CheckConstraint("0 <= attributed", name="ck_spendings_held"),
    info={SUMMED: True},
)
WAITS: Final = spendings.c.regulated > spendings.c.attributed
Index(
    "ix_spendings_waiting",
    spendings.c.circle,
    spendings.c.decided,
    sqlite_where=WAITS,
    postgresql_where=WAITS,
)
# By how much more an envelope holds of an item, and because of which entry: never changed either.
attributions: Final = Table(
    "attributions",
    metadata,
    row_id(),
    circle(),
    Column("envelope", Integer, nullable=False),
    Column("item", Integer, nullable=False),
    Column("cents", BigInteger, nullable=False),
    Column("paid", BigInteger, nullable=False),
    Column("cause", RowId, ForeignKey("entries.id"), nullable=False),
    instant("at"),
    of_circle("envelope", "envelopes"),
    ForeignKeyConstraint(["circle", "item"], ["spendings.circle", "spendings.item"]),
)
Index(None, attributions.c.circle, attributions.c.item)
Index(None, attributions.c.circle, attributions.c.cause)
Index(None, attributions.c.circle, attributions.c.at, attributions.c.cents)
# Circles in whose ledger an older program left amounts that are attributed to nothing yet; when
# that was done.
attributing: Final = Table(
    "attributing", metadata, circle(primary_key=True), instant("done_at", nullable=True)
)

# What the entries of each item tell together (circle.life.fold), written with every entry:
# an aid to reading like an index, from which nothing is summed that the entries do not hold.
items: Final = Table(
    "items",
    metadata,
    circle(primary_key=True),
    Column("number", Integer, primary_key=True),
    word("nature", Nature),
    person("person"),
    person("payee", nullable=True),
    person("declared_by"),
    instant("declared_at"),
    day("day"),
    number("minutes", nullable=True),
    cents("asked"),
    Column("pro_bono", Boolean, nullable=False),
    number("action", nullable=True),
    number("vote", nullable=True),
    word("state", ItemState),
    cents("regulated"),
    number("meeting", nullable=True),
    text("invoice", nullable=True),
    Column("paid", Boolean, nullable=False),
    Column("told_by", RowId, ForeignKey("entries.id"), nullable=False),
    Column("last_entry", RowId, ForeignKey("entries.id"), nullable=False),
)
Index(None, items.c.circle, items.c.person, items.c.day)
Index(None, items.c.circle, items.c.payee, items.c.day)
Index(None, items.c.circle, items.c.day)
Index(None, items.c.circle, items.c.state, items.c.number)
