"""Words that people look for are the commands they mean."""

import pytest

from tests.chat.scene import scene

BORN = (
    "alice> !cercle créer Littoral territorial",
    "bob joins",
    "alice> !vote Repeindre la salle ?",
    "bob> !action Atelier vélo",
)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!solde", "budget.status"),
        ("!reste", "budget.status"),
        ("!budget ?", "budget.status"),
        ("!budget svp", "budget.status"),
        ("!membres ?", "member.list"),
        ("!calendrier", "meeting.list"),
        ("!prochaine réunion", "meeting.list"),
        ("!tâche Ranger le local", "action.added"),
        ("!tâches", "action.list"),
        ("!mes actions", "action.list"),
        ("!je prends A1", "action.taken"),
        ("!terminé A1", "action.done"),
        ("!rdv Point mardi 18h", "meeting.scheduled"),
        ("!rappelle-nous vendredi à 9h les clés", "reminder.set"),
        ("!oui V1", "ballot.cast"),
        ("!contre V1", "ballot.cast"),
    ],
)
async def test_a_word_that_people_look_for_is_the_command_they_mean(line, key):
    async with scene(*BORN) as life:
        assert await life.keys(f"bob> {line}") == [key]


@pytest.mark.parametrize("side", ["oui", "pour", "contre", "abstention"])
async def test_a_side_in_answer_to_a_vote_is_a_ballot(side):
    async with scene(*BORN) as life:
        assert await life.keys(f"bob re V1> !{side}") == ["ballot.cast"]


@pytest.mark.parametrize("line", ["!oui", "!relance V1", "!aied"])
async def test_what_is_no_command_does_nothing(line):
    async with scene(*BORN) as life:
        heard = await life.play(f"bob> {line}")
        assert len(heard) == 1
        assert heard[0].key.startswith(("refused.", "id."))


@pytest.mark.parametrize(
    ("line", "field", "kept"),
    [
        (
            "!dépense 12 € pain et fromage pour le buffet de samedi",
            "what",
            "pain et fromage pour le buffet de samedi",
        ),
        (
            "!tâche Ranger le local et trier les outils du fond",
            "title",
            "Ranger le local et trier les outils du fond",
        ),
        (
            "!rappelle-nous vendredi à 9h apporter les clés du grand portail",
            "text",
            "apporter les clés du grand portail",
        ),
    ],
)
async def test_a_long_line_after_such_a_word_is_kept_whole(line, field, kept):
    async with scene(*BORN) as life:
        heard = await life.play(f"bob> {line}")
        assert heard[0].values[field] == kept


LOOKED = (
    "alice> !cercle créer Littoral",
    "alice> !chantier Accueil",
    "bob> !action Portes ouvertes chantier Accueil pour moi",
    "bob> !action Peindre",
    "bob> !contribution 2h affiches 80 €",
    "carole> !frais 20 € colle",
    "alice> !vote Acheter ?",
    "alice> !régulation jeudi 18h",
)


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("!actions sans personne", ["A2"]),
        ("!actions de personne", ["A2"]),
        ("!actions chantier Accueil", ["A1"]),
        ("!actions without anybody workstream Accueil", []),
        ("!mes actions", ["A1"]),
        ("!mes contributions", ["C1"]),
    ],
)
async def test_what_is_looked_for_in_a_list_is_found(line, listed):
    async with scene(*LOOKED) as made:
        [told] = await made.play(f"bob> {line}")
    assert [one["id"] for one in told.values["items"]] == listed


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("!voir A1", "action.card"),
        ("!voir C1", "entry.card"),
        ("!voir V1", "vote.result"),
        ("!voir M1", "meeting.agenda"),
        ("!show A1", "action.card"),
        ("!voir A9", "id.unknown"),
    ],
)
async def test_the_card_of_a_thing_is_shown(line, key):
    async with scene(*LOOKED) as made:
        assert await made.keys(f"bob> {line}") == [key]


async def test_the_card_of_an_action_tells_what_was_last_said_of_it():
    said = (f"bob> !avance A1 nouvelle {number}" for number in ("un", "deux", "trois", "quatre"))
    async with scene(*LOOKED, *said) as made:
        [told] = await made.play("bob> !voir A1")
    texts = [one["text"] for one in told.values["news"]]
    assert texts == ["nouvelle deux", "nouvelle trois", "nouvelle quatre"]
    assert told.values["workstream"] == "Accueil"


async def test_what_waits_for_something_has_its_total():
    lines = ("alice> !doter 500 €", "alice> !séance ouvrir", "alice> !décision C1 60 €")
    async with scene(*LOOKED) as made:
        [asked] = await made.play("bob> !contributions à décider")
        await made.play(*lines)
        [due] = await made.play("bob> !contributions à payer")
    assert (asked.values["total"]["cents"], due.values["total"]["cents"]) == (10000, 6000)
