"""Flows laid out: nothing overlaps, everything is there, a phone can show it."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.sankey import GAP, LINE, Band, Diagram, FlowPoint, fitted, gathered, lay_out
from reports.sankey_looks import PHONE
from reports.sankey_png import picture
from reports.sankey_svg import Told, page, svg

TOLD = Told("fr", ("De", "Vers", "Montant"), (("MEL", "Littoral", "12 €"),))
CIRCLES, FUNDERS = 18, 6


def region(cents):
    """Every funder to every circle, every circle to two natures."""
    funders = [FlowPoint(f"Financeur {n}", "1 €", f"funder-{n}", 0) for n in range(FUNDERS)]
    circles = [FlowPoint(f"Cercle <{n}> & Cie", "1 €", "circle", 1) for n in range(CIRCLES)]
    natures = [
        FlowPoint("Rétribution", "1 €", "retribution", 2),
        FlowPoint("Frais", "1 €", "expenses", 2),
    ]
    points = (*funders, *circles, *natures)
    amounts = iter(cents)
    middle, last = FUNDERS, FUNDERS + CIRCLES
    bands = [
        Band(funder, middle + circle, next(amounts))
        for funder in range(FUNDERS)
        for circle in range(CIRCLES)
    ]
    bands += [
        Band(middle + circle, last + nature, next(amounts))
        for circle in range(CIRCLES)
        for nature in range(2)
    ]
    return Diagram("Tous les cercles", "2026", points, tuple(bands))


BANDS = (FUNDERS + 2) * CIRCLES
AMOUNTS = st.lists(st.integers(1, 10**7), min_size=BANDS, max_size=BANDS)
WHOLE = region([100 + n * n for n in range(BANDS)])


@given(AMOUNTS)
def test_no_two_labels_of_a_rank_overlap(cents):
    layout = lay_out(region(cents), PHONE.columns[3])
    for rank in range(3):
        mine = [box for box in layout.boxes if box.point.rank == rank]
        middles = sorted(box.y + box.height / 2 for box in mine)
        assert all(after - before >= LINE + GAP - 0.01 for before, after in pairwise(middles))


@given(AMOUNTS)
def test_everything_is_inside_the_picture(cents):
    layout = lay_out(region(cents), PHONE.columns[3])
    assert all(box.y >= 0 and box.y + box.height <= layout.height + 0.01 for box in layout.boxes)


@given(AMOUNTS)
def test_the_bands_of_a_node_fill_it_and_no_more(cents):
    diagram = region(cents)
    layout = lay_out(diagram, PHONE.columns[3])
    for box in layout.boxes[FUNDERS : FUNDERS + CIRCLES]:
        mine = sum(one.thickness for one in layout.ribbons if one.target is box.point)
        assert mine <= box.height + 0.01


def test_a_picture_has_a_phone_s_width():
    drawn = picture(WHOLE)
    assert (drawn.width, drawn.png[:4]) == (720, b"\x89PNG")
    assert drawn.height < 2 * 1000


def test_a_drawing_is_well_formed_and_says_every_name():
    root = ET.fromstring(svg(WHOLE, TOLD))  # noqa: S314 - our own
    said = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Cercle <3> & Cie", "Financeur 2", "Rétribution"} <= said


def test_a_page_needs_nothing_from_elsewhere():
    told = page(WHOLE, TOLD).decode()
    assert "prefers-color-scheme:dark" in told
    assert "src=" not in told
    assert "href=" not in told
    assert "<td>Littoral</td>" in told


def test_the_smallest_nodes_of_a_rank_become_one():
    few = gathered(WHOLE, 10, "# autres", lambda cents: f"{cents}")
    circles = [point.name for point in few.points if point.rank == 1]
    assert (len(circles), circles[-1]) == (10, "9 autres")
    assert sum(band.cents for band in few.bands) == sum(band.cents for band in WHOLE.bands)


@pytest.mark.parametrize("room", [20, 60, 120])
def test_a_name_too_long_is_made_to_fit(room):
    text, size = fitted("Cafés culturels et associatifs", 11, room)
    assert len(text) * size * 0.6 <= room + 11
