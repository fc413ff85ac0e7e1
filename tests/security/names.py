"""Names that are words of the program and of what it keeps: what somebody may be called."""

import inspect
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages

import msgspec

import circle
from bot import events
from commands import COMMANDS
from storage.tables import metadata

FIRST = (
    *("9007199254740992", "100", "0", "1", "-1", "50", "id", "text", "null", "true", "false"),
    *("Paris", "Europe", "Europe/Paris", "Indian/Reunion", "Reunion", "self-set", "item-by-item"),
    *("cost", "when", "person", "source", "words", "question", "speaking", "waiting", "body"),
    *("formatted_body", "org.souci.reply", "values", "key", "m.text", "m.mentions", "user_ids"),
    *("affiches", "Affiches", "Affiches bleues", "bleu", "Rouge", "Portes ouvertes", "Les clés"),
    *("Fête Nationale", "FÊTE NATIONALE", "Fête", "nationale", "Café Citoyen", "la salle", "2 h"),
    *("localhost", "console", "circle", "alice", "Alice", "bob", "Littoral", "Oise", "souci"),
    *("janvier", "Février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "Décembre", "lundi", "mardi", "jeudi", "vendredi", "2026", "40 €"),
    *("@room", "room", "[]", "{}", '"', "\\", "%", "_", "a", "…", "A1", "V1", "M1", "2026-11-23"),
    *("FREQ=WEEKLY", "WEEKLY", "BYDAY", "text/calendar", "message", "🌼", "\u202eabc", "  ", "é"),
)


def names(most: int) -> list[str]:
    """So many of them, each once: the most harmful ones, then what the program is made of."""
    found = dict.fromkeys((*FIRST, *_program()))
    return list(found)[:most]


def _program() -> Iterator[str]:
    """Words of enums, fields of what is kept, tables and columns, commands."""
    for part in walk_packages(circle.__path__, "circle."):
        for _, value in inspect.getmembers(import_module(part.name), inspect.isclass):
            if issubclass(value, Enum):
                yield from (str(one.value) for one in value)
            if is_dataclass(value):
                yield from (one.name for one in fields(value))
    for struct in msgspec.inspect.multi_type_info(events.AnyEvent.__args__):
        yield from (one.encode_name for one in struct.fields)
    for table in metadata.sorted_tables:
        yield from (table.name, *(column.name for column in table.c))
    for command in COMMANDS:
        yield from (*command.names, command.key)
