"""The receipts of entries: what was sent, and where its copy is kept."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Table, UniqueConstraint

from storage.tables.base import circle, instant, metadata, number, person, row_id, text

receipts: Final = Table(
    "receipts",
    metadata,
    row_id(),
    circle(),
    number("item"),
    person("by"),
    instant("at"),
    text("event_id"),
    text("name"),
    text("mimetype"),
    Column("size", BigInteger, nullable=False),
    text("attachment"),
    text("sha256", nullable=True),
    text("reason", nullable=True),
    UniqueConstraint("event_id"),
)
Index(None, receipts.c.circle, receipts.c.item)
_waiting: Final = receipts.c.sha256.is_(None) & receipts.c.reason.is_(None)
Index("ix_receipts_waiting", receipts.c.id, sqlite_where=_waiting, postgresql_where=_waiting)
