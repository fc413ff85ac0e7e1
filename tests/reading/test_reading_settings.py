from datetime import time

import pytest

from circle.circles import RegulationMode

NAMES = {
    "langue": "fr",
    "fuseau": "Indian/Reunion",
    "bilan": "lundi 9h",
    "rappels": "non",
    "quorum": "1/2",
    "mode-régulation": "libre",
    "résultats-cachés": "oui",
    "heures-par-jour": "7",
    "durée-réunion": "1h30",
    "robots": "aucun",
}


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("langue en", {"language": "en"}),
        ("langue français", {"language": "fr"}),
        ("fuseau Europe/Brussels", {"timezone": "Europe/Brussels"}),
        ("fuseau horaire indian/reunion", {"timezone": "Indian/Reunion"}),
        ("timezone america new york", None),
        ("bilan lundi 9h", {"summary_day": 0, "summary_time": time(9)}),
        ("bilan dimanche à 18h30", {"summary_day": 6, "summary_time": time(18, 30)}),
        ("summary friday at 6pm", {"summary_day": 4, "summary_time": time(18)}),
        ("bilan mardi", {"summary_day": 1}),
        ("bilan 8:15", {"summary_time": time(8, 15)}),
        ("rappels non", {"reminders": False}),
        ("reminders yes", {"reminders": True}),
        ("quorum 50 %", {"quorum": "1/2"}),
        ("quorum aucun", {"quorum": None}),
        ("mode-régulation libre", {"regulation_mode": RegulationMode.SELF_SET}),
        ("mode de régulation valeur perçue", {"regulation_mode": RegulationMode.PERCEIVED_VALUE}),
        ("MODE REGULATION point par point", {"regulation_mode": RegulationMode.ITEM_BY_ITEM}),
        ("résultats cachés oui", {"hidden_results": True}),
        ("résultats-cachés non", {"hidden_results": False}),
        ("résultats-cachés montants", {"hidden_results": None}),
        ("heures-par-jour 7,5", {"minutes_per_day": 450}),
        ("heures par jour 7h30", {"minutes_per_day": 450}),
        ("durée-réunion 1h30", {"meeting_minutes": 90}),
        ("durée des réunions 2", {"meeting_minutes": 120}),
        ("meeting length 45 min", {"meeting_minutes": 45}),
        ("robots @pont:a.example, @b:a.example", {"robots": ("@pont:a.example", "@b:a.example")}),
        ("robots aucun", {"robots": ()}),
        ("demandeur-compte oui", {"asker_counted": True}),
        ("participants votent non", {"participants_vote": False}),
    ],
)
def test_a_setting_is_read(read, refusal, said, fields):
    if fields is None:
        assert refusal(f"!réglage {said}").key == "setting.not-understood"
    else:
        assert dict(read(f"!réglage {said}").change.fields) == fields


def test_a_mention_may_name_a_robot(read):
    pills = {"Pont": "@pont:a.example"}
    assert read("!réglage robots Pont", pills=pills).change.fields == (
        ("robots", ("@pont:a.example",)),
    )


def test_a_setting_alone_sets_nothing(read):
    change = read("!réglage mode-régulation").change
    assert (change.key, change.name, change.fields) == ("mode-régulation", "regulation_mode", ())


def test_no_setting_at_all_is_the_list(read):
    assert read("!réglage").change is None


@pytest.mark.parametrize(
    "said",
    [
        "langue klingon",
        "fuseau la lune",
        "bilan bientôt",
        "bilan lundi 25h",
        "rappels parfois",
        "heures-par-jour 25",
        "heures-par-jour 0",
        "durée-réunion 90",
        "durée-réunion 2 min",
        "robots pont",
        "mode-régulation au pif",
    ],
)
def test_a_value_that_cannot_be_is_refused_with_one_that_can(read, refusal, said):
    refused = refusal(f"!réglage {said}")
    assert refused.key == "setting.not-understood"
    assert read(refused.values["example"]).change.fields


def test_a_setting_of_few_values_tells_them_all(refusal):
    told = refusal("!réglage mode-régulation au pif").values["lines"]
    assert [line.split(" ", 2)[2] for line in told] == ["libre", "point par point", "valeur perçue"]


def test_an_unknown_setting_brings_the_nearest(refusal):
    refused = refusal("!réglage quorm 1/2")
    assert (refused.key, refused.values["example"]) == ("setting.unknown", "!réglage quorum 1/2")


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_of_the_contract_exists(read, name):
    assert read(f"!réglage {name} {NAMES[name]}").change.fields
