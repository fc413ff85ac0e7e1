"""What the configuration says, as the rules take it."""

import re
from datetime import time
from typing import Final

from bot.config.model import Config, DayAndTime
from bot.config.values import DAYS, duration
from circle.circles import Rules
from circle.personal import Retention
from circle.receipts import Quotas
from circle.reporting import Movilab, Reporting
from circle.rhythm import Quiet, Rhythm, Weekly

_SIZES: Final = {"k": 10**3, "m": 10**6, "g": 10**9}


def quotas_of(config: Config) -> Quotas:
    """How much is kept of the files people send."""
    told = config.receipts
    return Quotas(
        max_size=_size(told.max_size),
        per_entry=told.per_entry,
        per_person_month=_size(told.per_person_month),
        per_circle=_size(told.per_circle),
        min_free=_size(told.min_free),
    )


def rhythm_of(config: Config) -> Rhythm:
    """When people are reminded, and when they are left alone."""
    told = config.reminders
    return Rhythm(
        meetings=tuple(map(duration, told.meetings)),
        votes=tuple(map(duration, told.votes)),
        quiet=_quiet(told.quiet_hours) if told.quiet_hours else None,
        digest=Weekly(*_weekly(config.digest), config.timezone),
    )


def retention_of(config: Config) -> Retention:
    """How long things are kept, and who answers for them."""
    told = config.privacy
    return Retention(
        messages=duration(told.messages).days,
        ledger=told.ledger_years,
        backups=duration(told.backups).days,
        controller=told.controller,
        contact=told.contact,
    )


def reporting_of(config: Config) -> Reporting:
    """What an hour given is valued at, the project's code, how pages for MOVILAB are written."""
    told = config.movilab
    hour = config.reports.volunteer_hour
    return Reporting(
        volunteer_hour=_cents(hour) if hour else None,
        project_code=config.reports.project_code or "",
        movilab=Movilab(
            circle_template=told.circle_template,
            circle_fields=dict[str, str]((told.circle_fields or {}).items()),
            action_template=told.action_template,
            action_fields=dict[str, str]((told.action_fields or {}).items()),
            categories=told.categories,
        ),
    )


def rules_of(config: Config) -> Rules:
    """The rules of a circle that has set nothing."""
    day, hour = _weekly(config.summary)
    return Rules(
        language=config.language,
        timezone=config.timezone,
        summary_day=day,
        summary_time=hour,
        rhythm=rhythm_of(config),
        retention=retention_of(config),
        reporting=reporting_of(config),
    )


def _weekly(written: DayAndTime) -> tuple[int, time]:
    """The day, 0 is Monday, and the hour."""
    return DAYS.index(written.day.casefold()) % 7, _time(written.time)


def _quiet(written: str) -> Quiet:
    start, end = written.split("-")
    return Quiet(_time(start), _time(end))


def _time(written: str) -> time:
    hour, minute = written.split(":")
    return time(int(hour), int(minute))


def _size(written: str) -> int:
    """`10 MB`, `10 Mo`, `500 kB`, or a bare number of bytes; to bytes."""
    number, unit = re.findall(r"\d+|\D+", f"{written} ")
    return int(number) * _SIZES.get(unit.strip().casefold()[:1], 1)


def _cents(written: str) -> int:
    """`12`, `12.50`, `12,50 €`; to cents."""
    euros, _, cents = written.rstrip(" €").replace(",", ".").partition(".")
    return int(euros) * 100 + int(cents or 0)
