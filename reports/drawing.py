"""What the pictures share: a phone's width, marigold colours with patterns, words given to them.

Pictures bring their own soft background, so that they read the same in light and dark clients.
matplotlib is imported only when something is drawn, and without its global state: threads may
draw side by side.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from reports.lettering import drawable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH: Final = 360  # CSS pixels: a phone
DENSITY: Final = 2  # picture pixels for one of them
_INCH: Final = 100  # CSS pixels that we call an inch
_POINTS: Final = 72

PAPER: Final = "#FFF7EA"
INK: Final = "#3A2412"
FAINT: Final = "#8B6F58"
LINE: Final = "#B98A5A"


@dataclass(frozen=True, slots=True)
class Style:
    """A colour and a pattern, so that neither is needed alone."""

    colour: str
    pattern: str = ""


DARK = Style("#8F3B00")
STRIPED = Style("#D96500", "////")
BRIGHT = Style("#FF9F1C")
DOTTED = Style("#FFD27A", "....")
PALE = Style("#FFFFFF")
CROSSED = Style("#F3D9C2", "xxxx")


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A piece of a bar: its size, what it is, and its figure as people read it."""

    size: int
    label: str
    figure: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: PNG bytes and its size in pixels."""

    png: bytes
    width: int
    height: int


def points(pixels: float) -> float:
    """A size of text or line, from CSS pixels."""
    return pixels * _POINTS / _INCH


def sheet(height: int) -> "Figure":
    """An empty picture, `height` CSS pixels high."""
    from matplotlib.figure import Figure

    return Figure(
        figsize=(WIDTH / _INCH, height / _INCH), dpi=_INCH * DENSITY, facecolor=PAPER, frameon=True
    )


def panel(figure: "Figure", top: float, height: float) -> "Axes":
    """A part of the picture in CSS pixels from its top, measured in them, y going down."""
    total = figure.get_figheight() * _INCH
    axes = figure.add_axes((0, 1 - (top + height) / total, 1, height / total))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return axes


def write(
    axes: "Axes",
    x: float,
    y: float,
    text: str,
    *,
    size: float = 13,
    bold: bool = False,
    color: str = INK,
    ha: str = "left",
) -> None:
    """Text at a place, without what the font does not have; `y` is its middle."""
    weight = "bold" if bold else "normal"
    look: dict[str, Any] = {"color": color, "ha": ha, "va": "center", "fontweight": weight}
    axes.text(x, y, drawable(text), fontsize=points(size), parse_math=False, **look)


def box(axes: "Axes", x: float, y: float, width: float, height: float, look: Style) -> None:
    """A filled rectangle with a thin outline."""
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle(
            (x, y),
            width,
            height,
            facecolor=look.colour,
            edgecolor=INK,
            linewidth=points(1),
            hatch=look.pattern,
        )
    )


def finish(figure: "Figure", colours: int | None = None) -> Chart:
    """The picture as PNG; `colours`: no more than so many, for tall ones, which weigh less then."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    buffer = BytesIO()
    with rc_context({"hatch.linewidth": points(1)}):
        canvas.print_png(buffer, pil_kwargs={"optimize": True})  # type: ignore[no-untyped-call] # as is
    width, height = canvas.get_width_height()
    png = buffer.getvalue() if colours is None else _lighter(buffer, colours)
    return Chart(png, width, height)


def _lighter(buffer: BytesIO, colours: int) -> bytes:
    """The same picture with few colours, the paper's among them."""
    from PIL import Image

    picture = Image.open(buffer).convert("RGB")
    few = picture.quantize(colours, dither=Image.Dither.NONE)
    palette = few.getpalette() or []
    paper = 3 * few.tobytes()[0]
    palette[paper : paper + 3] = bytes.fromhex(PAPER[1:])
    few.putpalette(palette)
    light = BytesIO()
    few.save(light, "PNG", optimize=True)
    return light.getvalue()
