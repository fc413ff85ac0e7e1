"""Somebody's names, taken out of what others wrote: each is replaced by a pseudonym."""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    update,
)

from storage.session import Session
from storage.tables import (
    actions,
    circles,
    coordination,
    ledger,
    mail,
    meetings,
    receipts,
    rounds,
    sessions,
    votes,
)
from storage.vote_records import reword

SHORTEST: Final = 2
"""A name of one letter is everywhere: it names nobody."""

WORDS: Final[tuple[Column[Any], ...]] = (
    actions.actions.c.title,
    actions.action_log_texts.c.text,
    circles.settings.c.value,
    circles.workstreams.c.name,
    circles.workstreams.c.folded,
    coordination.answers.c.text,
    coordination.broadcasts.c.text,
    coordination.questions.c.text,
    ledger.entry_texts.c.what,
    mail.outbox.c.content,
    mail.outbox.c.reason,
    mail.outbox.c.file_name,
    mail.rooms.c.name,
    mail.rooms.c.powers,
    meetings.meetings.c.title,
    meetings.meetings.c.place,
    meetings.reminders.c.text,
    receipts.receipts.c.name,
    receipts.receipts.c.attachment,
    receipts.receipts.c.reason,
    rounds.rounds.c.held,
    sessions.agenda_points.c.text,
    votes.votes.c.cancelled,
    votes.votes.c.question,
    votes.votes.c.options,
    votes.ballot_reasons.c.reason,
)
"""Where people write, so that somebody may be named there."""


class Names:
    """The names of one person: account, its local part, and what they are called in rooms."""

    def __init__(self, names: Iterable[str]) -> None:
        whole = {name.strip() for name in names}
        told = {name for name in whole if len(name) >= SHORTEST}
        self.told = tuple(sorted(told | set(map(_in_json, told)), key=len, reverse=True))
        either = "|".join(map(re.escape, self.told))
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)

    def replaced(self, text: str, pseudonym: str) -> str:
        """The text with the pseudonym wherever one of the names stands as a whole word."""
        return self._pattern.sub(pseudonym, text) if self.told else text

    def spellings(self) -> frozenset[str]:
        """The ways of writing them that a database, which folds ASCII only, must look for."""
        forms = (str, str.lower, str.upper, str.title, str.capitalize)
        return frozenset(form(name) for name in self.told for form in forms)


def _in_json(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)[1:-1]


async def scrub(session: Session, names: Names, pseudonym: str) -> None:
    """Replace the names wherever people write (`WORDS`), and in files that wait to be sent."""
    if not names.told:
        return
    for column in WORDS:
        await _scrub(session, column, names, pseudonym)
    await _scrub(session, mail.outbox.c.file_body, names, pseudonym)
    await reword(session, lambda told: names.replaced(told, pseudonym), names.spellings())


async def _scrub(session: Session, column: Column[Any], names: Names, pseudonym: str) -> None:
    table = column.table
    if not isinstance(table, Table):
        raise TypeError("a column of no table")
    keys = list(table.primary_key)
    found = select(column.label("told"), *keys).where(mentions(column, names))
    values: list[dict[str, object]] = []
    for row in await session.all(found):
        new = _new(row[0], names, pseudonym)
        if new != row[0]:
            places = {f"at_{key.name}": row[place] for place, key in enumerate(keys, start=1)}
            values.append({"new": new} | places)
    here = and_(*(key == bindparam(f"at_{key.name}") for key in keys))
    await session.run(update(table).where(here).values({column.name: bindparam("new")}), values)


def mentions(column: Column[Any], names: Names) -> ColumnElement[bool]:
    """A first, generous look: the rows in which one of the names may stand."""
    if isinstance(column.type, LargeBinary):
        return column.is_not(None)
    return or_(*(column.contains(name, autoescape=True) for name in sorted(names.spellings())))


def holding(dialect: str, texts: Iterable[str]) -> ColumnElement[bool]:
    """The messages kept that hold one of these texts."""
    told = mail.inbox.c.payload
    sought = [literal(text.encode(), LargeBinary) for text in sorted(texts)]
    if dialect == "sqlite":
        return or_(*(func.instr(told, one) > 0 for one in sought))
    return or_(*(func.position(one.op("IN")(told)) > 0 for one in sought))


def _new(told: str | bytes, names: Names, pseudonym: str) -> str | bytes:
    """A file that is no text is left as it is: it leaves, then nothing of it is kept."""
    if isinstance(told, str):
        return names.replaced(told, pseudonym)
    try:
        return names.replaced(told.decode(), pseudonym).encode()
    except UnicodeDecodeError:
        return told
