"""What was looked at, and how it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Health(Enum):
    """Well; to be known, though nothing has to be done; or to be mended."""

    WELL = "well"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line: `about` names what was looked at, `what` how it was found; `values` fill it.

    Its sentence is `doctor.ABOUT.WHAT`.
    """

    health: Health
    about: str
    what: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its sentence in the catalogue."""
        return f"doctor.{self.about}.{self.what}"


def well(about: str, what: str = "well", **values: object) -> Diagnosis:
    """All is as it should be."""
    return Diagnosis(Health.WELL, about, what, values)


def note(about: str, what: str, **values: object) -> Diagnosis:
    """Good to know."""
    return Diagnosis(Health.NOTE, about, what, values)


def mend(about: str, what: str, **values: object) -> Diagnosis:
    """Somebody has to do something."""
    return Diagnosis(Health.MEND, about, what, values)
