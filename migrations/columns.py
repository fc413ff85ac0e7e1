"""How migrations name columns, references and indices.

Migrations stand for ever, and so does what they are written with: add here, change nothing.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _columns(kind: Any, names: Sequence[str], **more: Any) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, **{"nullable": False, **more}) for name in names]


def row_id(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(ROW_ID, names, **more)


def text(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.Text(), names, **more)


def integer(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.Integer(), names, **more)


def big(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.BigInteger(), names, **more)


def flag(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.Boolean(), names, **more)


def blob(*names: str, **more: Any) -> list[sa.Column[Any]]:
    return _columns(sa.LargeBinary(), names, **more)


def refers(table: str, columns: Sequence[str], to: Sequence[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, to, name=f"fk_{table}_{'_'.join(columns)}")


def index(
    name: str, table: str, columns: Sequence[str], *, where: str | None = None, unique: bool = False
) -> None:
    """An index, of the rows that meet a condition where one is given."""
    if where is None:
        op.create_index(name, table, columns, unique=unique)
        return
    # SQLite has no word for false in an index's condition as SQLAlchemy writes it in queries.
    in_sqlite, elsewhere = sa.text(where.replace("IS false", "IS 0")), sa.text(where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=in_sqlite, postgresql_where=elsewhere
    )
