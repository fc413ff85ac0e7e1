"""Who lives in the hostile rooms, and what was said there before the first step.

Three circles, a room of none, the coordination's, and a conversation for each person. Somebody is
called by a word of JSON, somebody is of two circles, somebody was a steward and left.
"""

from typing import Final

COORDINATOR: Final = "coordinator"
PEOPLE: Final = (
    *("steward", "second", "contributor", "participant", "former", "null", "neighbour", "both"),
    *("keeper", "stranger", COORDINATOR),
)
CIRCLES: Final = ("circle", "oise", "lagune")
ROOMS: Final = (*CIRCLES, "elsewhere", "coordination", "dm")
NAMES: Final = ("Littoral", "Oise", "Lagune")
AT_HOME: Final = {
    "circle": ("steward", "second", "contributor", "participant", "null", "both"),
    "oise": ("neighbour", "both"),
    "lagune": ("keeper",),
    "elsewhere": ("stranger", "participant"),
    "coordination": (COORDINATOR,),
}

BEGUN: Final = (
    "steward> !cercle créer Littoral",
    *(f"{who}> bonjour" for who in ("second", "contributor", "participant", "former", "null")),
    "both> bonjour",
    "steward> !rôle @former soucieux",
    "steward> !rôle @second soucieux jusqu'au 12 décembre",
    "steward> !rôle @contributor contributeur",
    "steward> !doter 9 000 € de la MEL",
    "contributor> !action Planter le mimosa budget 200 €",
    "contributor> !contribution 2h tailler la glycine 80 € #A1",
    "null> !frais 12 € pain",
    "contributor> !consentement Un banc sous le mimosa",
    "contributor> !réunion Autour du mimosa jeudi 14h-16h",
    "contributor> !rappel vendredi 9h arroser le mimosa",
    "contributor> !vote Un second mimosa ? secret",
    "steward> !séance ouvrir",
    "former leaves",
    "[oise] neighbour> !cercle créer Oise",
    "[oise] both> bonjour",
    "[oise] neighbour> !doter 1 000 € de la Région",
    "[oise] both> !action Semer le tournesol",
    "[oise] both> !contribution 1h tournesol 31 €",
    "[oise] neighbour> !vote Un chemin ? budget 100 €",
    "[lagune] keeper> !cercle créer Lagune",
    "[lagune] keeper> !doter 500 €",
    "[elsewhere] stranger> bonjour",
    "[elsewhere] participant> bonjour",
    "[coordination] coordinator> bonjour",
    *(f"{who} (dm)> !aide" for who in PEOPLE),
)
