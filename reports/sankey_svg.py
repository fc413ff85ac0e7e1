"""Flows as SVG, and as one HTML page that needs nothing else: light or dark as the screen is."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reports.drawing import FAINT, INK, PAPER
from reports.sankey import NODE, Box, Diagram, Ribbon, fitted, lay_out
from reports.sankey_looks import BOTTOM, PHONE, RIGHT, SCREEN, TOP, Canvas, colour
from reports.sankey_png import band_look

_STYLE = f"""
.paper{{fill:{PAPER}}} .name,.figure,.title{{fill:{INK};paint-order:stroke;stroke:{PAPER};
stroke-width:2.5px;stroke-linejoin:round}} .name,.title{{font-weight:bold}} .faint{{fill:{FAINT}}}
.band{{opacity:.42}} .band:hover{{opacity:.8}}
@media (prefers-color-scheme:dark){{.paper{{fill:#241a12}} .name,.figure,.title{{fill:#f7e9d7;
stroke:#241a12}} .faint{{fill:#c9ac90}} .band{{opacity:.55}}}}
"""
_PAGE_STYLE = f"""
body{{margin:0;background:{PAPER};color:{INK};font-family:system-ui,sans-serif}}
main{{max-width:960px;margin:auto;padding:1rem}} svg{{width:100%;height:auto;display:block}}
.narrow{{display:none}} table{{border-collapse:collapse;width:100%;margin-top:1.5rem}}
th,td{{text-align:left;padding:.3rem .5rem;border-bottom:1px solid #b98a5a66}}
td:last-child,th:last-child{{text-align:right;white-space:nowrap}}
@media (max-width:600px){{.wide{{display:none}} .narrow{{display:block}}}}
@media (prefers-color-scheme:dark){{body{{background:#241a12;color:#f7e9d7}}}}
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the flows beside their picture: the titles of a table, its rows."""

    language: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def svg(diagram: Diagram, told: Told) -> bytes:
    """The flows at a screen's width."""
    return (_svg(diagram, SCREEN, told.language, "wide") + "\n").encode("utf-8", "replace")


def page(diagram: Diagram, told: Told) -> bytes:
    """The flows at the widths of a screen and of a phone, and all of them in a table."""
    pictures = [
        _svg(diagram, SCREEN, told.language, "wide"),
        _svg(diagram, PHONE, told.language, "narrow"),
    ]
    parts = [
        "<!doctype html>",
        f'<html lang="{told.language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(diagram.title)}</title><style>{_PAGE_STYLE}</style></head><body><main>",
        *pictures,
        _table(told),
        "</main></body></html>",
    ]
    return ("\n".join(parts) + "\n").encode("utf-8", "replace")


def _table(told: Told) -> str:
    titles = "".join(f"<th>{escape(one)}</th>" for one in told.titles)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in told.rows
    )
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"


def _svg(diagram: Diagram, form: Canvas, language: str, name: str) -> str:
    ranks = max((point.rank for point in diagram.points), default=2) + 1
    columns = form.columns[ranks]
    layout = lay_out(diagram, columns)
    height = TOP + layout.height + BOTTOM
    rights = (*columns[1:], form.width - RIGHT)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" role="img" lang="{language}" '
        f'viewBox="0 0 {form.width:g} {height:.1f}" font-family="system-ui, sans-serif">'
    )
    parts = [
        opening,
        f"<title>{escape(diagram.title)}</title><desc>{escape(diagram.subtitle)}</desc>",
        f'<style>{_STYLE}</style><rect class="paper" width="100%" height="100%"/>',
        *_heading(diagram, form),
        f'<g transform="translate(0 {TOP:g})">',
        *map(_ribbon, layout.ribbons),
        *map(_box, layout.boxes),
        *(_label(box, form, rights) for box in layout.boxes if box.point.name),
        "</g></svg>",
    ]
    return "\n".join(parts)


def _heading(diagram: Diagram, form: Canvas) -> Sequence[str]:
    x = form.columns[3][0]
    title, size = fitted(diagram.title, form.text + 5, form.width - 2 * x)
    subtitle, small = fitted(diagram.subtitle, form.text + 1, form.width - 2 * x)
    return (
        f'<text class="title" x="{x:g}" y="26" font-size="{size:.1f}">{escape(title)}</text>',
        f'<text class="faint" x="{x:g}" y="46" font-size="{small:.1f}">{escape(subtitle)}</text>',
    )


def _ribbon(ribbon: Ribbon) -> str:
    middle = (ribbon.left + ribbon.right) / 2
    low, under = ribbon.top + ribbon.thickness, ribbon.bottom + ribbon.thickness
    path = (
        f"M{ribbon.left:.1f},{ribbon.top:.1f} C{middle:.1f},{ribbon.top:.1f} "
        f"{middle:.1f},{ribbon.bottom:.1f} {ribbon.right:.1f},{ribbon.bottom:.1f} "
        f"L{ribbon.right:.1f},{under:.1f} C{middle:.1f},{under:.1f} "
        f"{middle:.1f},{low:.1f} {ribbon.left:.1f},{low:.1f} Z"
    )
    said = escape(" → ".join(filter(None, (ribbon.source.name, ribbon.target.name))))
    look = colour(band_look(ribbon))
    return f'<path class="band" fill="{look}" d="{path}"><title>{said}</title></path>'


def _box(box: Box) -> str:
    return (
        f'<rect x="{box.x:g}" y="{box.y:.1f}" width="{NODE}" height="{box.height:.1f}" '
        f'fill="{colour(box.point.look)}"/>'
    )


def _label(box: Box, form: Canvas, rights: Sequence[float]) -> str:
    x = box.x + NODE + 5
    middle = box.y + box.height / 2
    name, size = fitted(box.point.name, form.text, rights[box.point.rank] - x)
    return (
        f'<text class="name" x="{x:g}" y="{middle - 2:.1f}" font-size="{size:.1f}">'
        f'{escape(name)}</text><text class="figure" x="{x:g}" y="{middle + form.text - 1:.1f}" '
        f'font-size="{form.text - 1:g}">{escape(box.point.figure)}</text>'
    )
