"""What a command looks like, told from its readers: the usage line."""

from typing import Any

from commands.kernel.command import Command
from commands.reading.fields import Field, fields_of
from commands.reading.slots import Choices, Label, Option, Slot, Spot, Text

_FRENCH = "fr"


def usage(command: Command[Any], language: str, prefix: str = "") -> str:
    """One line: `action TITRE [chantier NOM] [pour QUI] [avant DATE] [budget MONTANT]`."""
    return f"{prefix}{command.name_in(language)} {rest(command, language)}".strip()


def rest(command: Command[Any], language: str) -> str:
    """What follows the name: `TITRE [chantier NOM] [pour QUI] [avant DATE] [budget MONTANT]`."""
    return " ".join(_part(field, language) for field in fields_of(command.args))


def _part(field: Field, language: str) -> str:
    shown = _shown(field.slot, language)
    return shown if field.required else f"[{shown}]"


def _shown(slot: Slot, language: str) -> str:
    label = _label(slot).in_language(language)
    if isinstance(slot, Option):
        word = (slot.fr if language == _FRENCH else slot.en)[0]
        return f"{word} {label}"
    if isinstance(slot, Spot):
        return f"{'à' if language == _FRENCH else 'at'} {label}"
    if isinstance(slot, Choices):
        return f": {label}"
    return f"{slot.mark} {label}".strip() if isinstance(slot, Text) else label


def _label(slot: Slot) -> Label:
    if isinstance(slot, Text | Spot | Choices):
        return slot.label
    return slot.value.label if not hasattr(slot, "label") else slot.label
