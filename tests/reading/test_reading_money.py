import pytest

from circle.circles import Rules
from circle.money import Money


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("150", 15000),
        ("150€", 15000),
        ("150 €", 15000),
        ("150\u00a0€", 15000),
        ("150,50 €", 15050),
        ("150.50 €", 15050),
        ("150,5 €", 15050),
        ("1 200 €", 120000),
        ("1\u202f200\u00a0€", 120000),
        ("1'200 €", 120000),
        ("1’200 €", 120000),
        ("1 200,50 €", 120050),
        ("1 200,50", 120050),
        ("1.200,50 €", 120050),
        ("1,200.50 €", 120050),
        ("1.200.000 €", 120000000),
        ("1,200,000 €", 120000000),
        ("0,500 €", 50),
        ("10 k€", 1000000),
        ("10k€", 1000000),
        ("1,5 k€", 150000),
        ("1,2345 k€", 123450),
        ("10k", 1000000),
        ("10 keuros", 1000000),
        ("€150", 15000),
        ("€ 150", 15000),
        ("150 euros", 15000),
        ("1 euro", 100),
        ("150 EUR", 15000),
        ("2€50", 250),
        ("+12 €", 1200),
        ("007 €", 700),
        ("0 €", 0),
        ("١٥٠ €", 15000),
        ("１５０€", 15000),
        ("150 €,", 15000),
    ],
)
def test_an_amount_is_read_to_the_cent(read, typed, cents):
    assert read(f"!frais {typed} peinture").amount == cents


def test_an_amount_is_no_part_of_the_text(read):
    assert read("!frais 1 200,50 € peinture verte").what == "peinture verte"


@pytest.mark.parametrize("typed", ["1.200", "1,200", "12.345 €", "1.200 k€"])
def test_three_figures_after_a_mark_ask(refusal, typed):
    assert refusal(f"!frais {typed} peinture").key == "money.ambiguous"


def test_an_ambiguous_amount_tells_both_readings(refusal):
    asked = refusal("!frais 1.200 peinture").values
    assert asked["choices"] == (Money(120000), Money(120))
    assert asked["lines"] == ("!frais 1200 € peinture", "!frais 1,20 € peinture")
    assert asked["example"] == "!frais 1200 € peinture"


def test_in_english_an_ambiguous_amount_is_told_with_a_point(refusal):
    asked = refusal("!expense 1,200 paint", rules=Rules(language="en")).values
    assert asked["lines"] == ("!expense 1200 € paint", "!expense 1.20 € paint")


def test_spaces_that_may_not_be_of_thousands_ask(refusal):
    asked = refusal("!frais 12 300 tracts").values
    assert asked["lines"] == ("!frais 12300 € tracts", "!frais 12 € 300 tracts")


def test_spaces_of_thousands_are_sure_where_no_text_follows(read):
    assert read("!doter 1 200 de FEDER").amount == 120000


@pytest.mark.parametrize("typed", ["-50 €", "−50€", "– 50 €", "-50"])
def test_a_negative_amount_is_refused(refusal, typed):
    refused = refusal(f"!frais {typed} peinture")
    assert (refused.key, refused.values["example"][:9]) == ("money.negative", "!frais 50")


@pytest.mark.parametrize(
    "typed", ["12 $", "$12", "12 £", "£ 12,50", "12 CHF", "USD 12", "12 dollars", "12 ¥", "₿1"]
)
def test_another_currency_is_refused(refusal, typed):
    assert refusal(f"!frais {typed} peinture").key == "money.currency"


def test_another_currency_at_the_end_is_refused_too(refusal):
    assert refusal("!contribution 2h affiches 80 $").key == "money.currency"


@pytest.mark.parametrize("typed", ["1000000001 €", "999999999999999999", "2 000 000 k€"])
def test_an_amount_beyond_reason_is_refused(refusal, typed):
    assert refusal(f"!frais {typed} peinture").key == "money.too-large"


@pytest.mark.parametrize("typed", ["peinture", "12,3456 €", "abc €", "€"])
def test_what_is_no_amount_is_not_understood(refusal, typed):
    assert refusal(f"!frais {typed} verte").key == "money.not-understood"


def test_an_amount_is_read_where_it_stands(read):
    given = read("!frais peinture 45 €")
    assert (given.amount, given.what) == (4500, "peinture")


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("budget 400 €", 40000),
        ("budget 400", 40000),
        ("enveloppe 10k", 1000000),
        ("BUDGET 400€", 40000),
        ("budget de 400 €", 40000),
        ("budget: 400 €", 40000),
        ("envelope 400 €", 40000),
        ("budget 2026 €", 202600),
        ("budget 1899", 189900),
        ("budget 2 026", 202600),
    ],
)
def test_an_amount_after_its_word_is_read(read, typed, cents):
    assert read(f"!action Portes ouvertes {typed}").budget == cents


@pytest.mark.parametrize("year", ["1900", "2026", "2099"])
def test_a_year_after_budget_asks(refusal, year):
    asked = refusal(f"!action Refaire le site budget {year}")
    assert (asked.key, asked.values["amount"]) == ("money.year", Money(int(year) * 100))


def test_a_year_after_budget_tells_both_lines(refusal):
    lines = refusal("!action Refaire le site budget 2026 avant vendredi").values["lines"]
    assert lines == (
        "!action Refaire le site avant vendredi 27 novembre 2026 budget 2026 €",
        '!action "Refaire le site budget 2026" avant vendredi 27 novembre 2026',
    )


@pytest.mark.parametrize("typed", ["tissu 12 mètres de 3", "lot de 45", "atelier n°3"])
def test_a_number_that_words_explain_is_text(read, typed):
    assert read(f"!contribution 2h {typed}").what == typed


@pytest.mark.parametrize("typed", ["80", "affiches 80", "piste 3"])
def test_a_bare_number_at_the_end_is_asked_about(refusal, typed):
    assert refusal(f"!contribution 2h {typed}").key == "reading.left"


@pytest.mark.parametrize(
    ("typed", "cents"), [("80 €", 8000), ("80€", 8000), ("1 200 €", 120000), ("1,5 k€", 150000)]
)
def test_an_amount_with_its_unit_at_the_end_is_asked(read, typed, cents):
    given = read(f"!contribution 2h affiches {typed}")
    assert (given.what, given.asked) == ("affiches", cents)


def test_a_dash_before_an_amount_is_a_dash(read):
    given = read("!contribution 2h affiches - 80 €")
    assert (given.what, given.asked) == ("affiches", 8000)
