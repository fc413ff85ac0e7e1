"""What a command looks like, told from its readers: the usage line, and its parameters."""

from dataclasses import dataclass
from typing import Any

from commands.kernel import Command
from commands.reading.fields import Field, fields_of
from commands.reading.slots import Choices, Label, Option, Slot, Spot, Text

_FRENCH = "fr"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a command reads, for MSC4391. `description` is a key of the catalogue."""

    name: str
    optional: bool
    description: str


def usage(command: Command[Any], language: str, prefix: str = "") -> str:
    """One line: `action TITRE [chantier NOM] [pour QUI] [avant DATE] [budget MONTANT]`."""
    name = command.name_in(language)
    parts = (_part(field, language) for field in fields_of(command.args))
    return " ".join((f"{prefix}{name}", *parts))


def parameters(command: Command[Any]) -> tuple[Parameter, ...]:
    """What a command reads, in the order of its fields. Keys: `parameter.` and the field's name."""
    return tuple(
        Parameter(field.name, not field.required, f"parameter.{_key(field)}")
        for field in fields_of(command.args)
    )


def _key(field: Field) -> str:
    return field.name.replace("_", "-")


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
