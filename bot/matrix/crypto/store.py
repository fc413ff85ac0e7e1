"""The encryption store: nio's tables, read on demand and bound to one device.

nio loads every session at the start and keeps them all; a bot in many rooms for years cannot.
Here Olm and Megolm sessions are read when used (and a bounded number of Megolm ones kept), and
other people's devices are not stored at all: they are asked for anew after each start.
"""

import secrets
import sqlite3
from collections import OrderedDict
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from nio.crypto import (
    DeviceStore,
    GroupSessionStore,
    InboundGroupSession,
    Session,
    SessionStore,
)
from nio.store import MatrixStore, MegolmInboundSessions, OlmSessions, use_database
from nio.store.database import SqliteDatabase

from bot.matrix.net import files
from bot.matrix.net.errors import StateDirError

NAME: Final = "crypto.db"
_KEPT_SESSIONS: Final = 500  # in memory
_MOST_SESSIONS: Final = 100_000  # on disk


def stored_account(folder: Path) -> tuple[str, str] | None:
    """The user and device whose keys are in the store, where there is one."""
    where = folder / NAME
    if not where.exists():
        return None
    try:
        with closing(sqlite3.connect(where)) as database:
            row = database.execute("SELECT user_id, device_id FROM accounts LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        return None  # no table: we ended before the first account was written
    except sqlite3.DatabaseError as error:
        raise StateDirError(f"the encryption store {where} cannot be read: {error}") from error
    return (str(row[0]), str(row[1])) if row else None


def open_store(folder: Path, user_id: str, device_id: str) -> "CryptoStore":
    """The store of this device, made on first use with a random pickle key; both private."""
    (folder / NAME).touch(mode=0o600)
    store = CryptoStore(user_id, device_id, str(folder), _pickle_key(folder), NAME)
    store.prune()
    return store


def _pickle_key(folder: Path) -> str:
    """The default of nio is a constant that everybody knows; ours is random, made once."""
    where = folder / "pickle.json"
    kept = files.read(where)
    if kept is None:
        kept = {"key": secrets.token_hex(32)}
        files.write(where, kept)
    return str(kept["key"])


class CryptoStore(MatrixStore):
    """nio's store without its whole-table loads; close it at the end."""

    def _create_database(self) -> SqliteDatabase:
        pragmas = {
            "foreign_keys": 1,
            "journal_mode": "wal",
            "synchronous": "full",  # a ratchet that goes back after a power cut breaks sessions
            "secure_delete": 1,
        }
        return SqliteDatabase(self.database_path, pragmas=pragmas)

    def prune(self) -> None:
        """Forget the Megolm sessions received longest ago, where there are very many."""
        self.database.execute_sql(
            "DELETE FROM megolminboundsessions WHERE rowid <= "
            "(SELECT max(rowid) FROM megolminboundsessions) - ?",
            (_MOST_SESSIONS,),
        )

    def close(self) -> None:
        self.database.close()

    def load_sessions(self) -> SessionStore:
        return LazySessions(self)

    def load_inbound_group_sessions(self) -> GroupSessionStore:
        return LazyGroupSessions(self)

    def load_device_keys(self) -> DeviceStore:
        return DeviceStore()

    def save_device_keys(self, device_keys: object) -> None:
        """Devices live in memory: what is asked for anew need not be kept."""

    @use_database
    def olm_sessions(self, sender_key: str) -> list[Session]:
        """All Olm sessions with one device, the last used first."""
        rows = OlmSessions.select().where(OlmSessions.sender_key == sender_key)
        return [
            Session.from_pickle(
                row.session, row.creation_time, self.pickle_key, row.last_usage_date
            )
            for row in rows.order_by(OlmSessions.last_usage_date.desc())
        ]

    @use_database
    def group_session(self, session_id: str) -> InboundGroupSession | None:
        """The Megolm session with this id, whoever sent it."""
        row = MegolmInboundSessions.get_or_none(MegolmInboundSessions.session_id == session_id)
        if row is None:
            return None
        return InboundGroupSession.from_pickle(
            row.session, row.fp_key, row.sender_key, row.room_id, self.pickle_key
        )

    def save_inbound_group_session(self, session: InboundGroupSession) -> None:
        """Keep a session, unless we hold it already from somebody else or from further back."""
        held = self.group_session(session.id)
        if held is None or _better(session, held):
            self._replace_group_session(session)

    @use_database
    def _replace_group_session(self, session: InboundGroupSession) -> None:
        MegolmInboundSessions.replace(
            sender_key=session.sender_key,
            account=self._get_account(),
            fp_key=session.ed25519,
            room_id=session.room_id,
            session=session.pickle(self.pickle_key),
            session_id=session.id,
        ).execute()


def _better(new: InboundGroupSession, held: InboundGroupSession) -> bool:
    """A session belongs to who sent it first; the same sender may only extend it backwards."""
    same = (new.sender_key, new.room_id) == (held.sender_key, held.room_id)
    return bool(same and new.first_known_index < held.first_known_index)


class LazySessions(SessionStore):
    """Olm sessions, read from the store the first time a device is spoken of."""

    def __init__(self, store: CryptoStore) -> None:
        super().__init__()
        self._store = store
        self._entries = _Reading(store.olm_sessions)


class _Reading(dict[str, list[Session]]):
    """A dictionary that asks `read` for what it does not hold yet."""

    def __init__(self, read: Any) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: str) -> list[Session]:
        found: list[Session] = self._read(key)
        self[key] = found
        return found


class LazyGroupSessions(GroupSessionStore):
    """Megolm sessions by id, the recently used ones in memory. `arrived` names the new ones."""

    def __init__(self, store: CryptoStore) -> None:
        super().__init__()
        self._store = store
        self._recent: OrderedDict[str, InboundGroupSession] = OrderedDict()
        self.arrived: set[str] = set()

    def add(self, session: InboundGroupSession) -> bool:
        """Note a session that nio is about to save (see `save_inbound_group_session`)."""
        self._recent.pop(session.id, None)
        self.arrived.add(session.id)
        return True

    def find(self, room_id: str, session_id: str) -> InboundGroupSession | None:
        """The session of a room; the sender key that an event names is nobody's proof."""
        session = self._recent.pop(session_id, None) or self._store.group_session(session_id)
        if session is None or session.room_id != room_id:
            return None
        self._recent[session_id] = session
        if len(self._recent) > _KEPT_SESSIONS:
            self._recent.popitem(last=False)
        return session
