"""What is told of a circle outside of it: totals, of several people, over whole months.

A total of one person or of one day is that person's amount (docs/domain.md: Personal data).
"""

from datetime import date, timedelta

from circle.circles import Circle
from circle.ports import UnitOfWork
from circle.time import DAY, Days
from commands.kernel.reply import Refusal
from commands.shared.refusals import OutsideFew, OutsideMonths

FEWEST = 5
"""So many people at least are in a total of a part of the year."""
_YEAR = timedelta(days=364)


def check_months(span: Days | None, today: date) -> None:
    """Raise unless the days asked for are whole months, the current one until today."""
    if span is None:
        return
    ends = span.until >= today or (span.until + DAY).day == 1
    if span.since.day != 1 or not ends:
        raise Refusal(OutsideMonths())


async def check_people(uow: UnitOfWork, circle: Circle, span: Days | None) -> None:
    """Raise where too few people worked in these days, shorter than a year."""
    if span is None or span.until - span.since >= _YEAR:
        return
    found = await uow.ledger.effort(circle.id, span.since, span.until)
    if len(found.contributors) < FEWEST:
        raise Refusal(OutsideFew(fewest=FEWEST, circle=circle.name))
