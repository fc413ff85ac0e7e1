from datetime import date
from fractions import Fraction

import pytest

from circle.circles import CircleKind, CircleState
from circle.refs import Kind, Ref

ALL = (
    "chantier Accueil",
    "pour bob",
    "avant le 12 décembre",
    "budget 400 €",
)


def parts(given):
    return (given.title, given.workstream.id, given.holders[0].key, given.due, given.budget)


EXPECTED = ("Portes ouvertes", 1, "bob", date(2026, 12, 12), 40000)


def test_every_option_is_read(read):
    assert parts(read(f"!action Portes ouvertes {' '.join(ALL)}")) == EXPECTED


def test_options_come_in_any_order(read):
    assert parts(read(f"!action Portes ouvertes {' '.join(reversed(ALL))}")) == EXPECTED


def test_english_words_introduce_the_same_options(read):
    line = "!action Open day workstream Accueil for bob before 2026-12-12 envelope 400 €"
    assert parts(read(line))[1:] == EXPECTED[1:]


def test_options_are_read_without_case_nor_accents(read):
    assert read("!ACTION Portes CHANTIER CAFE DES LIEUX").workstream.id == 2


def test_a_longer_reading_comes_first(read):
    given = read("!action Portes chantier Café des lieux")
    assert (given.title, given.workstream.id) == ("Portes", 2)


def test_peeling_stops_at_the_first_words_that_are_no_option(read):
    given = read("!action Repas pour bob et ses amis budget 400 €")
    assert (given.title, given.holders) == ("Repas pour bob et ses amis", ())


def test_an_option_inside_the_text_stays_there(read):
    assert (
        read("!action Courses avant travaux et peinture").title
        == "Courses avant travaux et peinture"
    )


@pytest.mark.parametrize(
    "title",
    ['Lire "le budget 400"', "Lire « pour bob »", "Lire “avant vendredi”", 'Voir pour "bob"'],
)
def test_a_quoted_text_is_never_an_option(read, title):
    assert read(f"!action {title}").title == title


def test_a_title_quoted_as_a_whole_loses_its_quotes(read):
    given = read('!action "Repas pour bob" pour alice')
    assert (given.title, given.holders[0].key) == ("Repas pour bob", "alice")


@pytest.mark.parametrize(
    "options", ["avant mardi avant jeudi", "budget 400 € enveloppe 300 €", "pour bob pour alice"]
)
def test_an_option_said_twice_is_refused(refusal, options):
    assert refusal(f"!action Portes {options}").key == "option.twice"


def test_two_tagged_ids_are_one_option_said_twice(refusal):
    assert refusal("!contribution 2h affiches #A1 #V2").key == "option.twice"


def test_marks_between_options_do_not_matter(read):
    given = read("!contribution 2h affiches #A1, pour bob, 80 €.")
    assert (given.what, given.about, given.asked) == ("affiches", Ref(Kind.ACTION, 1), 8000)


@pytest.mark.parametrize("said", ["bénévole", "BENEVOLE", "pro bono", "pro-bono"])
def test_pro_bono_is_said_in_a_word(read, said):
    given = read(f"!contribution 2h affiches {said}")
    assert (given.what, given.pro_bono, given.asked) == ("affiches", True, None)


def test_what_a_vote_asks_is_read(read):
    given = read(
        "!vote Acheter une imprimante ? budget 150 € #A1 jusqu'au 12 décembre "
        "quorum 50 % majorité 2/3 secret"
    )
    assert given.question == "Acheter une imprimante ?"
    assert (given.budget, given.action, given.until) == (
        15000,
        Ref(Kind.ACTION, 1),
        date(2026, 12, 12),
    )
    assert (str(given.quorum), given.threshold, given.secret) == ("1/2", Fraction(2, 3), True)


@pytest.mark.parametrize(
    ("said", "quorum"),
    [("1/2", "1/2"), ("50%", "1/2"), ("33,3 %", "333/1000"), ("7", "7"), ("2 / 4", "1/2")],
)
def test_a_quorum_is_a_share_or_a_number(read, said, quorum):
    assert str(read(f"!vote Oui ? quorum {said}").quorum) == quorum


@pytest.mark.parametrize("said", ["3/2", "0", "0/4", "1/0", "101 %"])
def test_a_quorum_nobody_can_reach_or_miss_is_refused(refusal, said):
    assert refusal(f"!vote Oui ? quorum {said}").key == "quorum.not-understood"


@pytest.mark.parametrize("said", ["1/3", "3/2", "40 %"])
def test_a_majority_of_less_than_half_is_refused(refusal, said):
    assert refusal(f"!vote Oui ? majorité {said}").key == "majority.not-understood"


@pytest.mark.parametrize(
    "question", ["Fixer un quorum élevé", "À la majorité", "Garder le secret ?"]
)
def test_a_word_that_introduces_nothing_is_text(read, question):
    assert read(f"!vote {question}").question == question


def test_a_circle_has_a_name_a_kind_and_a_state(read):
    given = read("!cercle créer Sambre Avesnois thématique état en sommeil")
    assert (given.name, given.kind, given.state) == (
        "Sambre Avesnois",
        CircleKind.THEMATIC,
        CircleState.DORMANT,
    )


def test_a_workstream_has_a_steward_and_an_envelope(read):
    given = read("!chantier Inclusion soucieux·se @alice enveloppe 800")
    assert (given.name, given.steward.key, given.envelope) == ("Inclusion", "alice", 80000)


@pytest.mark.parametrize(
    ("line", "funder"),
    [
        ("de FEDER", "FEDER"),
        ("du feder", "FEDER"),
        ("de la Région Hauts de France", "Région Hauts-de-France"),
        ("de Ville de Lille", "Ville de Lille"),
        ("d'Agence du numérique", "Agence du numérique"),
        ('de "Fondation pour la culture"', "Fondation pour la culture"),
    ],
)
def test_a_funder_may_be_new(read, line, funder):
    assert read(f"!doter 3000 {line} pour Accueil période 2026").funder == funder


def test_a_new_funder_does_not_swallow_another_option(refusal):
    refused = refusal("!doter 3000 de FEDER pour Acueil")
    assert refused.key == "workstream.unknown"
    assert refused.values["example"] == "!doter 3000 de FEDER pour Accueil"


def test_a_period_is_named(read):
    assert read("!doter 3000 de FEDER période 2026-2027").period == "2026-2027"


def test_words_that_nothing_reads_are_refused(refusal):
    refused = refusal("!membres tous")
    assert (refused.key, refused.values["text"], refused.values["example"]) == (
        "line.extra",
        "tous",
        "!membres",
    )


def test_an_option_without_its_value_is_missing(refusal):
    assert refusal("!actions de").key == "who.missing"
