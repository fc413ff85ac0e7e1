"""Many circles at once: a few grouped statements, however many circles there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Executable, Row

from circle.circles import Circle, CircleId
from circle.envelopes import Envelope, Spending, fold_envelopes
from circle.figures import Commitment, Figures, committed
from circle.ledger import Postings
from circle.meetings import Meeting
from circle.overview import Overview, Standing
from circle.people import Role
from storage import coordination_statements as asking
from storage.ledger.rows import FIGURES, read_entry, read_postings
from storage.meetings import read_meeting
from storage.settings import Part
from storage.times import LocalTime

_DAY = timedelta(days=1)
_NOTHING = Postings()
_Rows = Sequence[Row[Any]]


class SqlOverview(Part, Overview):
    """Questions about several circles, within one transaction."""

    async def standings(
        self, circles: Sequence[Circle], now: datetime, since: date, until: date
    ) -> tuple[Standing, ...]:
        """Where each of these circles stands, in their order; work of the days told, both included.

        Days are those of the zone of `now`.
        """
        if not circles:
            return ()
        ids = [one.id for one in circles]
        days = {"since": since, "until": until}
        effort = {row.circle: row for row in await self._rows(asking.EFFORT, ids, **days)}
        bounds = _bounds(now, since, until)
        facts = {row.id: row for row in await self._rows(asking.FACTS, ids, **bounds)}
        figures = await self._figures(ids)
        roles = await self._roles(ids, now.date())
        times = await self._settings.times_of(ids)
        return tuple(
            _standing(
                one,
                facts[one.id],
                effort.get(one.id),
                figures[one.id],
                roles[one.id],
                times[one.id],
            )
            for one in circles
        )

    async def _rows(
        self, statement: Executable, ids: Sequence[CircleId], **values: object
    ) -> _Rows:
        return await self._session.all(statement, {"ids": ids, **values}) if ids else ()

    async def _totals(
        self, ids: Sequence[CircleId], summed: Executable = asking.TOTALS
    ) -> Mapping[CircleId, Postings]:
        rows = await self._rows(summed, ids)
        found = {row.circle: read_postings(row) for row in rows}
        return {id_: found.get(id_, _NOTHING) for id_ in ids}

    async def _figures(self, ids: Sequence[CircleId]) -> Mapping[CircleId, Figures]:
        held = await self._held(ids)
        totals = await self._totals(ids)
        return {
            id_: Figures(
                granted=one.granted,
                committed=held.get(id_, 0),
                asked=one.asked,
                regulated=one.regulated,
                invoiced=one.invoiced,
                paid=one.paid,
            )
            for id_, one in totals.items()
        }

    async def _held(self, ids: Sequence[CircleId]) -> Mapping[CircleId, int]:
        """What adopted votes hold back, where there are any."""
        holding: dict[CircleId, list[Commitment]] = defaultdict(list)
        for row in await self._rows(asking.COMMITMENTS, ids):
            holding[row.circle].append(Commitment(row.vote, row.amount, row.action))
        by_vote: dict[CircleId, dict[int, int]] = defaultdict(dict)
        for row in await self._rows(asking.REGULATED_BY_VOTE, list(holding)):
            by_vote[row.circle][row.vote] = int(row.cents)
        by_action: dict[CircleId, dict[int, int]] = defaultdict(dict)
        for row in await self._rows(asking.REGULATED_BY_ACTION, list(holding)):
            by_action[row.circle][row.action] = int(row.cents)
        return {id_: committed(h, by_vote[id_], by_action[id_]) for id_, h in holding.items()}

    async def _roles(
        self, ids: Sequence[CircleId], today: date
    ) -> Mapping[CircleId, Mapping[Role, int]]:
        found: dict[CircleId, dict[Role, int]] = {id_: dict.fromkeys(Role, 0) for id_ in ids}
        for row in await self._rows(asking.ROLES, ids, today=today):
            found[row.circle][row.role] = int(row.people)
        return found

    async def meetings(
        self, circles: Sequence[CircleId], after: datetime
    ) -> Mapping[CircleId, tuple[Meeting, ...]]:
        """The meetings of each circle that are not over."""
        times = await self._settings.times_of(circles)
        found: dict[CircleId, list[Meeting]] = {id_: [] for id_ in circles}
        for row in await self._rows(asking.MEETINGS, circles, after=after):
            found[row.circle].append(read_meeting(row, times[row.circle]))
        return {id_: tuple(meetings) for id_, meetings in found.items()}

    async def envelopes(
        self, circles: Sequence[CircleId]
    ) -> Mapping[CircleId, tuple[Envelope, ...]]:
        """What was granted to each circle, as corrected since."""
        times = await self._settings.times_of(circles)
        told = defaultdict(list)
        for row in await self._rows(asking.ENVELOPES, circles):
            told[row.circle].append(read_entry(row, times[row.circle]))
        return {id_: fold_envelopes(told[id_]) for id_ in circles}

    async def spendings(
        self, circles: Sequence[CircleId]
    ) -> Mapping[CircleId, tuple[Spending, ...]]:
        """What was decided on the items of each circle, in the order of the first decision."""
        found: dict[CircleId, list[Spending]] = {id_: [] for id_ in circles}
        for row in await self._rows(asking.SPENDINGS, circles):
            one = Spending(row.item, row.workstream, int(row.cents), paid=row.paid)
            found[row.circle].append(one)
        return {id_: tuple(spendings) for id_, spendings in found.items()}

    async def disagreements(self, circles: Sequence[CircleId]) -> Mapping[CircleId, Postings]:
        """By how much the entries of each circle sum up to more than what they tell of.

        That is its envelopes and its items, each by itself; where these agree, the balances that
        are kept of the entries. Zeros where all is well.
        """
        entries = await self._totals(circles, asking.SUMMED)
        balances = await self._totals(circles)
        told = await self._told(circles)
        return {
            id_: entries[id_] - (told[id_] if told[id_] != entries[id_] else balances[id_])
            for id_ in circles
        }

    async def _told(self, circles: Sequence[CircleId]) -> Mapping[CircleId, Postings]:
        envelopes = await self.envelopes(circles)
        weighed = {row.circle: row for row in await self._rows(asking.WEIGHED, circles)}
        return {
            id_: Postings(
                sum(one.amount for one in envelopes[id_]),
                *(int(getattr(weighed[id_], n)) if id_ in weighed else 0 for n in FIGURES[1:]),
            )
            for id_ in circles
        }


def _bounds(now: datetime, since: date, until: date) -> dict[str, object]:
    start = datetime.combine(since, time(0), tzinfo=now.tzinfo)
    end = datetime.combine(until + _DAY, time(0), tzinfo=now.tzinfo)
    return {
        "now": now,
        "today": now.date(),
        "start": start,
        "end": end,
    }


def _standing(
    circle: Circle,
    facts: Row[Any],
    effort: Row[Any] | None,
    figures: Figures,
    roles: Mapping[Role, int],
    times: LocalTime,
) -> Standing:
    signs = [at for at in (facts.last_entry, facts.last_move) if at is not None]
    return Standing(
        circle=circle,
        members=roles,
        figures=figures,
        open=facts.open,
        late=facts.late,
        done=facts.done,
        votes=facts.votes,
        minutes=int(effort.minutes) if effort else 0,
        contributors=int(effort.contributors) if effort else 0,
        waiting=facts.waiting,
        waiting_since=times.at_or_none(facts.waiting_since),
        last=times.at(max(signs)).date() if signs else None,
    )
