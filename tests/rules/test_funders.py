"""The money of several circles by funder: it adds up to the cent."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from circle.envelopes import Envelope, Spending
from circle.figures import Figures
from circle.overview import by_funder, uses_of
from circle.people import PersonKey

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Paris"))
FUNDERS = (None, "la MEL", "la Région")


@st.composite
def circles(draw):
    """Envelopes, what was decided on items, and the figures that these make."""
    amounts = draw(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(FUNDERS)), max_size=4))
    envelopes = tuple(
        Envelope(number=n, amount=cents, at=NOW, by=PersonKey("alice"), funder=funder)
        for n, (cents, funder) in enumerate(amounts, start=1)
    )
    decided = draw(st.lists(st.tuples(st.integers(1, 3000), st.booleans()), max_size=6))
    spendings = tuple(
        Spending(n, None, cents, paid=paid) for n, (cents, paid) in enumerate(decided)
    )
    figures = Figures(
        granted=sum(cents for cents, _ in amounts),
        committed=0,
        asked=0,
        regulated=sum(cents for cents, _ in decided),
        invoiced=0,
        paid=sum(cents for cents, paid in decided if paid),
    )
    return envelopes, spendings, figures


@given(st.lists(circles(), max_size=4))
def test_the_lines_of_funders_add_up_to_the_figures_of_the_circles(told):
    uses = [use for envelopes, spent, figures in told for use in uses_of(envelopes, spent, figures)]
    lines = by_funder(uses, [figures for *_, figures in told])
    sums = tuple(sum(getattr(one, n) for one in lines) for n in ("granted", "regulated", "paid"))
    assert sums == tuple(
        sum(getattr(figures, n) for *_, figures in told) for n in ("granted", "regulated", "paid")
    )


@given(st.lists(circles(), max_size=4))
def test_each_funder_has_one_line_and_the_unnamed_comes_last(told):
    uses = [use for envelopes, spent, figures in told for use in uses_of(envelopes, spent, figures)]
    names = [one.funder for one in by_funder(uses, [figures for *_, figures in told])]
    assert names == sorted(set(names), key=lambda name: (name is None, name or ""))


def test_what_goes_beyond_every_envelope_is_of_no_funder():
    envelope = Envelope(number=1, amount=100, at=NOW, by=PersonKey("alice"), funder="la MEL")
    figures = Figures(100, 0, 0, 150, 0, 0)
    lines = by_funder(uses_of((envelope,), (), figures), [figures])
    assert [(one.funder, one.regulated) for one in lines] == [("la MEL", 100), (None, 50)]
