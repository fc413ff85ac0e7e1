"""What the operator decided of reports: no circle sets it, every report follows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def _nothing() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Movilab:
    """How pages for MOVILAB are written (docs/domain.md: Reports).

    A template's name, or None for plain wikitext; `*_fields`: the field of the template for each
    of ours. `categories` end every page.
    """

    circle_template: str | None = None
    circle_fields: Mapping[str, str] = field(default_factory=_nothing)
    action_template: str | None = None
    action_fields: Mapping[str, str] = field(default_factory=_nothing)
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """`volunteer_hour`: what an hour given is valued at, in cents; None: it is not valued.

    `project_code`: the code of the funded project, on time sheets.
    """

    volunteer_hour: int | None = 1200
    project_code: str = ""
    movilab: Movilab = field(default_factory=Movilab)
