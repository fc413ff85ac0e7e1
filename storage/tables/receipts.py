"""The receipts of entries: what was sent, and where its copy is kept."""

from typing import Final

from sqlalchemy import BigInteger, Column, Index, Integer, Table, UniqueConstraint
from sqlalchemy import text as sql

from storage.tables.base import (
    NUMBERED_ONCE,
    circle,
    instant,
    metadata,
    number,
    person,
    row_id,
    text,
)

# `due`: when it is next tried; `attempts`: how often it was tried in vain.
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
    Column("due", BigInteger, nullable=False, server_default=sql("0")),
    Column("attempts", Integer, nullable=False, server_default=sql("0")),
    UniqueConstraint("event_id"),
    **NUMBERED_ONCE,
)
Index(None, receipts.c.circle, receipts.c.item)
Index(None, receipts.c.by)
Index(None, receipts.c.sha256)
_waiting: Final = receipts.c.sha256.is_(None) & receipts.c.reason.is_(None)
Index("ix_receipts_waiting", receipts.c.id, sqlite_where=_waiting, postgresql_where=_waiting)

# Receipts taken back by who sent them: files still to delete, where nothing else is proved by them.
discarded: Final = Table(
    "discarded_receipts", metadata, row_id(), circle(), text("sha256"), **NUMBERED_ONCE
)
