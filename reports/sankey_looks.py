"""The colours of flows, and the two widths at which they are drawn: a phone's and a screen's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reports.drawing import BRIGHT, CROSSED, DARK, DOTTED, LINE, STRIPED

COLOURS: Final[Mapping[str, str]] = {
    "funder-0": DARK.colour,
    "funder-1": STRIPED.colour,
    "funder-2": BRIGHT.colour,
    "funder-3": "#B5651D",
    "funder-4": DOTTED.colour,
    "funder-5": "#7A4A2B",
    "funder-6": "#E8B36B",
    "volunteers": "#7F9A48",
    "source": LINE,
    "circle": "#5B3A1E",
    "third": "#A8743A",
    "retribution": STRIPED.colour,
    "expenses": DARK.colour,
    "volunteered": "#7F9A48",
    "committed": DOTTED.colour,
    "available": "#6F9AA3",
    "other": CROSSED.colour,
}
FUNDERS: Final = 7
TOP: Final = 64.0
BOTTOM: Final = 16.0
RIGHT: Final = 4.0


@dataclass(frozen=True, slots=True)
class Canvas:
    """A width in pixels, and the left of the nodes of each rank, by how many ranks there are."""

    width: float
    columns: Mapping[int, Sequence[float]]
    text: float


PHONE: Final = Canvas(360, {3: (12, 126, 274), 4: (12, 112, 146, 276)}, text=11)
SCREEN: Final = Canvas(960, {3: (16, 340, 730), 4: (16, 270, 420, 760)}, text=14)


def colour(look: str) -> str:
    """The colour of a node's look."""
    return COLOURS.get(look, COLOURS["other"])
