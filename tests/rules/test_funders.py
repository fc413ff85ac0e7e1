"""The money of several circles by funder: it adds up to the cent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from circle.envelopes import Envelope, Use
from circle.figures import Figures
from circle.overview import by_funder
from circle.people import PersonKey

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
FUNDERS = (None, "la MEL", "la Région")


@st.composite
def circles(draw):
    """What envelopes hold, and the figures of a circle where some is held by none."""
    amounts = draw(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(FUNDERS)), max_size=4))
    envelopes = tuple(
        Envelope(number=n, amount=cents, at=NOW, by=PersonKey("alice"), funder=funder)
        for n, (cents, funder) in enumerate(amounts, start=1)
    )
    uses = []
    for one in envelopes:
        spent = draw(st.integers(0, one.amount))
        uses.append(Use(one, spent, draw(st.integers(0, spent))))
    beyond = draw(st.integers(0, 300))
    figures = Figures(
        granted=sum(cents for cents, _ in amounts),
        committed=0,
        asked=0,
        regulated=sum(use.spent for use in uses) + beyond,
        invoiced=0,
        paid=sum(use.paid for use in uses),
        unattributed=beyond,
    )
    return uses, figures


@given(st.lists(circles(), max_size=4))
def test_the_lines_of_funders_add_up_to_the_figures_of_the_circles(told):
    uses = [use for uses, _ in told for use in uses]
    lines = by_funder(uses, [figures for _, figures in told])
    sums = tuple(sum(getattr(one, n) for one in lines) for n in ("granted", "regulated", "paid"))
    assert sums == tuple(
        sum(getattr(figures, n) for _, figures in told) for n in ("granted", "regulated", "paid")
    )


@given(st.lists(circles(), max_size=4))
def test_each_funder_has_one_line_and_the_unnamed_comes_last(told):
    uses = [use for uses, _ in told for use in uses]
    names = [one.funder for one in by_funder(uses, [figures for _, figures in told])]
    assert names == sorted(set(names), key=lambda name: (name is None, name or ""))


def test_what_goes_beyond_every_envelope_is_of_no_funder():
    envelope = Envelope(number=1, amount=100, at=NOW, by=PersonKey("alice"), funder="la MEL")
    figures = Figures(100, 0, 0, 150, 0, 0, 50)
    lines = by_funder((Use(envelope, 100),), [figures])
    assert [(one.funder, one.regulated) for one in lines] == [("la MEL", 100), (None, 50)]
