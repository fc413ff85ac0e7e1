"""QUI: a mention, a Matrix id, `@localpart`, or a name that one person only has (LANGUAGE)."""

import re

from circle.people import Person
from commands.reading.fold import squash
from commands.reading.names import named, near
from commands.reading.slots import Around, Unread
from commands.reading.words import Piece, unquoted

_ACCOUNT = re.compile(r"@[^\s:]+:\S+")
_MARKS = ",;:"
_WITHOUT_ACCOUNT = re.compile(r" \(?(?:sans compte|without account)\)?$", re.IGNORECASE)
_LIKE_A_PERSON = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+){1,2}")
_MOST_CHARS = 80


def member(piece: Piece, around: Around) -> Person | None:
    """A person of the circle who has an account."""
    return _who(piece, around, ())


def anyone(piece: Piece, around: Around) -> Person | None:
    """A person of the circle, or somebody without account whom it knows by name.

    `Jeanne Martin sans compte` is the latter, whoever else goes by that name.
    """
    others = tuple(one for one in around.known.others if not one.structure)
    without = _WITHOUT_ACCOUNT.sub("", piece.text)
    nameless = named(without, others, _name) if without != piece.text else ()
    return nameless[0] if nameless else _who(piece, around, others)


def anyone_or_new(piece: Piece, around: Around) -> Person | str | None:
    """A person as `anyone` finds them, or the name of somebody without account, said to be so.

    `Jeanne Martin sans compte` is that name, or whoever is known so. For who may name people, two
    capitalised words alone raise Unread: they may be a person or a part of the text.
    """
    found = anyone(piece, around)
    if found is not None:
        return found
    without = _WITHOUT_ACCOUNT.sub("", piece.text)
    if without != piece.text:
        return _new_name(piece, without)
    if around.manages and _LIKE_A_PERSON.fullmatch(piece.text):
        raise Unread("who.new", piece, f"{piece.text} {_without_account(around)}", or_text=True)
    return None


def _new_name(piece: Piece, said: str) -> str | None:
    name = unquoted(said.strip(" ,"))
    if len(name) > _MOST_CHARS:
        raise Unread("text.too-long", piece, length=len(name), limit=_MOST_CHARS)
    return name if squash(name) else None


def near_people(piece: Piece, around: Around) -> tuple[Person, ...]:
    """People whose names look like these words, the nearest first."""
    people = (*(one.person for one in around.known.members), *around.known.others)
    return near(piece.text, people, _name)


def _who(piece: Piece, around: Around, others: tuple[Person, ...]) -> Person | None:
    piece = piece.trimmed(_MARKS)
    account = _pill(piece, around) or (piece.text if _ACCOUNT.fullmatch(piece.text) else None)
    if account:
        return _only(piece, around, _of_account(account, around))
    if piece.text.startswith("@") and len(piece) == 1:
        return _only(piece, around, _of_localpart(piece.text[1:], around))
    found = _of_name(piece, around, others)
    return _only(piece, around, found) if found else None


def _pill(piece: Piece, around: Around) -> str | None:
    """The account behind the text of a mention, as clients show it in the plain body."""
    asked = squash(piece.text)
    shown = ((squash(text), user) for text, user in around.pills.items())
    return next((user for text, user in shown if asked and text == asked), None)


def _of_account(account: str, around: Around) -> tuple[Person, ...]:
    asked = account.casefold()
    people = (one.person for one in around.known.members)
    return tuple(one for one in people if one.matrix_id and one.matrix_id.casefold() == asked)


def _of_localpart(localpart: str, around: Around) -> tuple[Person, ...]:
    asked = f"@{localpart.casefold()}:"
    people = tuple(one.person for one in around.known.members)
    local = tuple(o for o in people if o.matrix_id and o.matrix_id.casefold().startswith(asked))
    shown = named(localpart, people, _name)
    return tuple(dict.fromkeys((*local, *shown)))


def _of_name(piece: Piece, around: Around, others: tuple[Person, ...]) -> tuple[Person, ...]:
    """Those of that name, here or gone, with or without account.

    Whoever takes the name of somebody who has left is not taken for them: several are asked.
    """
    people = (*(one.person for one in around.known.members), *others)
    return named(unquoted(piece.text), people, _name)


def _only(piece: Piece, around: Around, found: tuple[Person, ...]) -> Person:
    if len(found) == 1:
        return found[0]
    if found:
        lines = (_precise(one, around) for one in found)
        raise Unread("who.ambiguous", piece, *lines, choices=found)
    choices = near_people(piece, around)
    lines = (one.matrix_id or one.name for one in choices)
    raise Unread("who.unknown", piece, *lines, choices=choices)


def _precise(person: Person, around: Around) -> str:
    """How one means that person and nobody else."""
    return person.matrix_id or f"{person.name} {_without_account(around)}"


def _without_account(around: Around) -> str:
    return "sans compte" if around.rules.language == "fr" else "without account"


def _name(person: Person) -> str:
    return person.name
