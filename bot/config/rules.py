"""What the configuration says of reports, as the rules take it."""

from bot.config.model import Config
from circle.circles import Rules
from circle.reporting import Movilab, Reporting


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
