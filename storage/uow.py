"""The unit of work: one transaction over everything, and the store that opens them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from circle.circles import Rules
from circle.people import Person
from circle.personal import PersonalData
from storage.accounts import NOBODY
from storage.actions import SqlActions
from storage.broadcasts import SqlBroadcasts
from storage.circles import SqlCircles
from storage.engine import is_in_file, open_engine, reading, writing
from storage.evaluating import SqlEvaluating
from storage.inbox import Finishing
from storage.jobs import SqlJobs
from storage.ledger.ledger import SqlLedger
from storage.ledger.rereading import Rereading
from storage.mail import Putting
from storage.meetings import SqlMeetings
from storage.mentions import Mentions
from storage.origins import Origins
from storage.overview.standings import SqlOverview
from storage.people import SqlPeople
from storage.personal.held import SqlPersonal
from storage.posting import Posting
from storage.prompts import SqlPrompts
from storage.receipts import SqlReceipts
from storage.rooms import Rooms
from storage.rounds import SqlRounds
from storage.session import Statements
from storage.sessions import SqlSessions
from storage.settings import KnownSettings, Settings
from storage.votes.votes import SqlVotes


class SqlUnitOfWork:
    """What one transaction can reach: the ports of `circle`, and what the dispatcher needs."""

    def __init__(
        self,
        session: Statements,
        known: KnownSettings,
        account: str,
        already_sent: Mapping[str, str],
        putting: Putting | None = None,
    ) -> None:
        self.session = session
        settings = Settings(session, known)
        self.circles = SqlCircles(session, settings)
        self.people = SqlPeople(session)
        self.actions = SqlActions(session, settings)
        self.ledger = SqlLedger(session, settings)
        self.rereading = Rereading(session, settings)
        self.votes = SqlVotes(session, settings)
        self.meetings = SqlMeetings(session, settings)
        self.sessions = SqlSessions(session, settings)
        self.rounds = SqlRounds(session, settings)
        self.prompts = SqlPrompts(session, settings)
        self.jobs = SqlJobs(session, settings, account)
        self.inbox = Finishing(session, account)
        self.outbox = Posting(session, account, already_sent, putting)
        self.rooms = Rooms(session, account)
        self.mentions = Mentions(session)
        self.origins = Origins(session)
        self.receipts = SqlReceipts(session, settings)
        self.personal = SqlPersonal(session, settings)
        self.overview = SqlOverview(session, settings)
        self.broadcasts = SqlBroadcasts(session)
        self.evaluating = SqlEvaluating(session, settings)


class Store:
    """Opens transactions. `default_rules` are those of a circle that has set nothing.

    `account`: the bot's own, for whom jobs are done and letters written. `already_sent`: letters
    not to be sent again, their events by transaction id (after a restore). `putting`: who puts
    letters as soon as they are committed, if anybody does.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        default_rules: Rules,
        account: str = NOBODY,
        *,
        already_sent: Mapping[str, str] | None = None,
        putting: Putting | None = None,
    ) -> None:
        self.engine = engine
        self._account = account
        self._known = KnownSettings(default_rules)
        self._already_sent = already_sent or {}
        self._putting = putting
        self._rules = default_rules
        self._gathering = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqlUnitOfWork]:
        """A transaction: committed at the end, undone on any exception.

        Raises StoreUnavailableError when the database is away: nothing was changed then, unless
        it was lost while committing, in which case the inbox tells.
        """
        async with writing(self.engine) as connection:
            yield self._over(Statements(connection))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """A transaction that only reads: on a SQLite file it does not wait for the writer."""
        async with reading(self.engine) as connection:
            yield self._over(Statements(connection))

    async def gather(self, person: Person) -> PersonalData:
        """Everything held about that person, by a connection of its own; one at a time.

        Somebody with an account whom nobody knows yet is met for good, under one key. In a file,
        it is gathered in a thread of its own: SQLite answers where it is asked (decision 5).
        """
        async with self._gathering:
            if person.matrix_id is not None:
                async with self.transaction() as uow:
                    person = await uow.people.ensure(person.matrix_id, person.name)
            if is_in_file(self.engine):
                return await asyncio.to_thread(self._gather_there, person)
            async with self.reading() as uow:
                return await uow.personal.held(person)

    def _gather_there(self, person: Person) -> PersonalData:
        return asyncio.run(_held_in(self.engine.url, self._rules, person))

    def _over(self, session: Statements) -> SqlUnitOfWork:
        return SqlUnitOfWork(session, self._known, self._account, self._already_sent, self._putting)


async def _held_in(url: URL, rules: Rules, person: Person) -> PersonalData:
    engine = open_engine(url.render_as_string(hide_password=False))
    try:
        async with Store(engine, rules).reading() as uow:
            return await uow.personal.held(person)
    finally:
        await engine.dispose()
