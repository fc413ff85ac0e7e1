"""What commands are about, as the help groups them: a few doors instead of eighty words."""

from enum import StrEnum


class Topic(StrEnum):
    """A group of commands, in the order in which the help shows them."""

    PROGRAMME = "programme"
    CONTRIBUTING = "contributing"
    MONEY = "money"
    DECIDING = "deciding"
    GATHERING = "gathering"
    REMEMBERING = "remembering"
    ORGANISING = "organising"
    COORDINATING = "coordinating"
    PERSONAL = "personal"

    def name_in(self, language: str) -> str:
        """What is typed after the word for help."""
        return _NAMES[self][0 if language == "fr" else 1]

    def names(self) -> tuple[str, ...]:
        """What it is called, in both languages."""
        return _NAMES[self]


_NAMES = {
    Topic.PROGRAMME: ("programme", "programme"),
    Topic.CONTRIBUTING: ("contribuer", "contributing"),
    Topic.MONEY: ("argent", "money"),
    Topic.DECIDING: ("décider", "deciding"),
    Topic.GATHERING: ("se réunir", "gathering"),
    Topic.REMEMBERING: ("se souvenir", "remembering"),
    Topic.ORGANISING: ("organiser", "organising"),
    Topic.COORDINATING: ("coordonner", "coordinating"),
    Topic.PERSONAL: ("mes droits", "my rights"),
}
