"""Letters in the rows in which they wait: by what id they leave, and read back."""

from hashlib import sha256
from typing import Any

from sqlalchemy import Row

from storage.mail import File, Letter, Posted


def transaction_id(cause: str, ordinal: int) -> str:
    """The transaction id of a letter: always the same, so that the server knows a repetition."""
    return sha256(f"{cause} {ordinal}".encode()).hexdigest()[:32]


def read_posted(row: Row[Any]) -> Posted:
    """A row of the outbox."""
    letter = Letter(
        cause=row.cause,
        ordinal=row.ordinal,
        room_id=row.room_id,
        to_user=row.to_user,
        event_type=row.event_type,
        content=row.content,
        after=row.after,
        target=row.target,
        subject=row.subject,
        scheduled=row.scheduled,
        beside=row.lane not in (row.room_id, row.to_user),
        file=_file(row),
    )
    return Posted(
        row=row.row,
        letter=letter,
        txn_id=row.txn_id,
        device_id=row.device_id,
        attempted_ms=row.attempted_ms,
        event_id=row.event_id,
        not_before_ms=row.not_before_ms,
    )


def _file(row: Row[Any]) -> File | None:
    if row.file_body is None:
        return None
    return File(
        name=row.file_name,
        mimetype=row.file_mimetype,
        body=row.file_body,
        width=row.file_width,
        height=row.file_height,
        recipe=row.file_recipe,
    )
