"""What commands are about, as the help groups them: a few doors instead of eighty words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from circle.text import squash
from commands.kernel.command import Command


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of commands by the beginnings of their keys. `fr` and `en` are what is typed."""

    key: str
    fr: str
    en: str
    begins: tuple[str, ...]

    def holds(self, command: Command[Any]) -> bool:
        """Whether a command is of this topic: a dot or the end follows what its key begins with."""
        return any(f"{command.key}.".startswith(f"{begin}.") for begin in self.begins)

    def among(self, commands: Iterable[Command[Any]]) -> tuple[Command[Any], ...]:
        """Those of these commands that are of this topic."""
        return tuple(command for command in commands if self.holds(command))

    def name_in(self, language: str) -> str:
        """What is typed after the word for help."""
        return self.fr if language == "fr" else self.en


TOPICS = (
    Topic("programme", "programme", "programme", ("action", "workstream")),
    Topic("contributing", "contribuer", "contributing", ("contribution", "expense", "cancel")),
    Topic("money", "argent", "money", ("budget", "ledger", "entry", "flows", "export")),
    Topic("deciding", "décider", "deciding", ("vote",)),
    Topic("gathering", "se réunir", "gathering", ("meeting", "turns", "checkin", "codev")),
    Topic("remembering", "se souvenir", "remembering", ("reminder", "summary")),
    Topic(
        "organising",
        "organiser",
        "organising",
        ("circle", "setting", "language", "role", "member", "sheet", "evaluation", "help"),
    ),
    Topic("coordinating", "coordonner", "coordinating", ("status", "broadcast")),
    Topic("personal", "mes droits", "my rights", ("privacy",)),
)


def topic_named(text: str) -> Topic | None:
    """The topic that is called so, in either language."""
    said = squash(text)
    return next((one for one in TOPICS if said in {squash(one.fr), squash(one.en)}), None)
