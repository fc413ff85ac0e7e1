"""Pages for MOVILAB, parsed back as MediaWiki would: marks of ours only, no name, no amount."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import mwparserfromhell
from hypothesis import given
from hypothesis import strategies as st

from circle.actions import Action
from circle.circles import Circle, CircleId, CircleKind, CircleState, Rules
from circle.extracts import Extract
from circle.figures import Figures
from circle.people import Member, Person, PersonKey, Role
from circle.reporting import Movilab, Reporting
from reports.wikitext import escaped, pages, public

NOW = datetime(2026, 11, 30, 9, tzinfo=ZoneInfo("Europe/Paris"))
BOB = Person(PersonKey("bob"), "bob", "@bob:localhost")
CAROLE = Person(PersonKey("carole"), "carole", mention=True)
MARKS = ("[[Page]]", "{{Modèle}}", "| cell", "~~~~", "<b>gras</b>", "'''gras'''", "== titre ==")
LISTS = ("* point", "# point", ": retrait", "; terme", "=titre=", "---- trait", " avant")


class Plain:
    """Words that say their key."""

    def say(self, key, **values):
        return " ".join((key.partition(".")[2], *map(str, values.values())))

    def word(self, value):
        return value.value

    def money(self, cents, currency):
        return f"{cents / 100:.0f} {currency}"


def action(number, title, *holders, budget=40000):
    told = {"added_by": BOB.key, "added_at": NOW, "due": date(2026, 12, 12)}
    return Action(number=number, title=title, holders=holders, budget=budget, **told)


def extract(*actions, name="Littoral", movilab=Movilab()):  # noqa: B008 - frozen
    rules = Rules(reporting=Reporting(movilab=movilab))
    circle = Circle(
        id=CircleId(1),
        name=name,
        kind=CircleKind.TERRITORIAL,
        state=CircleState.ACTIVE,
        room_id="!c:localhost",
        created_at=NOW,
        rules=rules,
    )
    members = (Member(BOB, Role.STEWARD, joined=True, since=NOW.date()),)
    empty = {"cast": {}, "paid_by": {}, "people": {}}
    figures = Figures(0, 0, 0, 0, 0, 0)
    told = {"circle": circle, "at": NOW, "span": None, "figures": figures, "members": members}
    return Extract(**told, actions=actions, **empty)


def written(*actions, **rest):
    return [page.text for page in pages(extract(*actions, **rest), Plain())]


def text_of(escaped_text):
    """What a reader sees of an escaped text."""
    return mwparserfromhell.parse(escaped_text).strip_code(normalize=True)


@given(st.text())
def test_any_text_is_itself_once_escaped(text):
    nodes = mwparserfromhell.parse(escaped(text)).nodes
    kinds = {type(node).__name__ for node in nodes}
    assert kinds <= {"Text", "HTMLEntity"}


@given(st.sampled_from((*MARKS, *LISTS)), st.sampled_from(("", "\n", "\n\n", " ", "\u200e")))
def test_no_mark_is_a_mark(mark, before):
    told = escaped(f"{before}{mark}")
    assert not told.startswith(("*", "#", ":", ";", "=", "-", " ", "\n"))
    assert not set("[]{}|<>~") & set(told)


def test_what_is_escaped_reads_as_it_was_written():
    assert (
        text_of(escaped("{{Café}} | «\u202fthé\u202f» [[x]] ~~~~"))
        == "{{Café}} | « thé » [[x]] ~~~~"
    )


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_the_table_of_actions_has_a_row_each(titles):
    actions = [action(number, title) for number, title in enumerate(titles, start=1)]
    page, *_ = written(*actions)
    [table] = mwparserfromhell.parse(page).filter_tags(matches=lambda tag: tag.tag == "table")
    rows = [tag for tag in table.contents.filter_tags() if tag.tag == "tr"]
    assert len(rows) == len(titles)


def test_a_page_names_nobody_who_did_not_agree():
    page, own = written(action(1, "Portes ouvertes", BOB, CAROLE))
    assert "bob" not in page + own
    assert "carole, somebody 1" in page
    assert "carole" in own


def test_an_account_in_a_title_is_left_out():
    assert public("Atelier de @bob:tiers-lieux.org demain") == "Atelier de … demain"


def test_templates_are_filled_with_their_own_fields():
    movilab = Movilab(
        circle_template="Cercle",
        circle_fields={"name": "nom"},
        action_template="Action",
        action_fields={"title": "titre", "budget": "montant"},
        categories=("Cercles",),
    )
    circle, one = written(action(1, "Café | thé = {{x}}"), movilab=movilab)
    [told] = mwparserfromhell.parse(one).filter_templates()
    assert told.name.strip() == "Action"
    assert text_of(str(told.get("titre").value)).strip() == "Café | thé = {{x}}"
    assert told.get("montant").value.strip() == "400 EUR"
    assert (
        mwparserfromhell.parse(circle).filter_templates()[0].get("nom").value.strip() == "Littoral"
    )
    assert circle.endswith("[[category:Cercles]]\n")


def test_a_circle_without_action_is_still_a_page():
    [page] = written()
    assert "no-action" in page
    assert "{|" not in page


def test_pages_have_names_that_are_safe():
    hostile = extract(action(1, "../../etc/passwd\0"), name="../Nord | Sud")
    names = [page.file for page in pages(hostile, Plain())]
    assert names == ["nord-sud.wiki", "nord-sud-A1-etc-passwd.wiki"]


def test_a_structure_is_named():
    hall = replace(BOB, name="La Halle", structure=True)
    assert "La Halle" in written(action(1, "Café", hall))[0]
