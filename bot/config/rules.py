"""What the configuration says, as the rules take it."""

from msgspec import structs

from bot.config.model import Config
from circle.circles import Rules
from circle.personal import Retention
from circle.receipts import Quotas
from circle.reporting import Movilab, Reporting
from circle.rhythm import Quiet, Rhythm, Weekly


def quotas_of(config: Config) -> Quotas:
    """How much is kept of the files people send."""
    return Quotas(**structs.asdict(config.receipts))


def rhythm_of(config: Config) -> Rhythm:
    """When people are reminded, and when they are left alone."""
    reminders = config.reminders
    hours = reminders.quiet_hours
    quiet = Quiet(hours.start, hours.end) if hours else None
    digest = Weekly(config.digest.day, config.digest.time, config.timezone)
    return Rhythm(reminders.meetings, reminders.votes, quiet, digest)


def retention_of(config: Config) -> Retention:
    """How long things are kept, and who answers for them."""
    privacy = config.privacy
    return Retention(
        messages=privacy.messages.days,
        ledger=privacy.ledger_years,
        backups=privacy.backups.days,
        controller=privacy.controller,
        contact=privacy.contact,
    )


def reporting_of(config: Config) -> Reporting:
    """What an hour given is valued at, the project's code, how pages for MOVILAB are written."""
    told = config.movilab
    return Reporting(
        volunteer_hour=config.reports.volunteer_hour,
        project_code=config.reports.project_code or "",
        movilab=Movilab(
            circle_template=told.circle_template,
            circle_fields=told.circle_fields or {},
            action_template=told.action_template,
            action_fields=told.action_fields or {},
            categories=told.categories,
        ),
    )


def rules_of(config: Config) -> Rules:
    """The rules of a circle that has set nothing, as far as reports are concerned."""
    return Rules(language=config.language, timezone=config.timezone, reporting=reporting_of(config))
