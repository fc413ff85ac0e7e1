"""QUI: a mention, an account, a name that one person only has (docs/words.md: People)."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from circle.lookalikes import alike
from circle.people import Person
from circle.text import squash
from commands.kernel.command import KnownNames
from commands.reading.names import Named, near
from commands.reading.slots import Around, Unreadable
from commands.reading.words import Piece, unquoted

_ACCOUNT = re.compile(r"@[^\s:]+:\S+")
_MARKS = ",;:"
_ME = ("moi", "me", "de moi")
_OF = ("de", "d'", "of")
_WITHOUT_ACCOUNT = re.compile(r" \(?(?:sans compte|without account)\)?$", re.IGNORECASE)
_LIKE_A_PERSON = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+){1,2}")
_MOST_CHARS = 80


def member(piece: Piece, around: Around) -> Person | None:
    """A person of the circle who has an account."""
    return _who(piece, around, _NOBODY)


def anyone(piece: Piece, around: Around) -> Person | None:
    """A person of the circle, or somebody without account whom it knows by name.

    `Jeanne Martin sans compte` is the latter, whoever else goes by that name.
    """
    others = _without_account(around.known)
    without = _WITHOUT_ACCOUNT.sub("", piece.text)
    nameless = others.of(unquoted(without)) if without != piece.text else ()
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
        raise Unreadable("who.new", piece, f"{piece.text} {_without_account(around)}", or_text=True)
    return None


def _new_name(piece: Piece, said: str) -> str | None:
    name = unquoted(said.strip(" ,"))
    if len(name) > _MOST_CHARS:
        raise Unreadable("text.too-long", piece, length=len(name), limit=_MOST_CHARS)
    return name if squash(name) else None


def near_people(piece: Piece, around: Around) -> tuple[Person, ...]:
    """People whose names look like these words, the nearest first."""
    people = (*(one.person for one in around.known.members), *around.known.others)
    return near(piece.text, people, _name)


def _name(person: Person) -> str:
    return person.name


_NOBODY: Named[Person] = Named((), _name)


@lru_cache(maxsize=8)
def _members(known: KnownNames) -> Named[Person]:
    return Named((one.person for one in known.members), _name)


@lru_cache(maxsize=8)
def people_alike(known: KnownNames) -> Mapping[Person, tuple[Person, ...]]:
    """Those whose name looks like somebody else's, here or gone, with or without account."""
    people = (one for one in known.others if not one.structure)
    return alike((*(one.person for one in known.members), *people), _name)


def with_alike(
    found: Iterable[Person], others: Mapping[Person, tuple[Person, ...]]
) -> tuple[Person, ...]:
    """These people, and those whose names look like theirs: who is meant is asked, not guessed."""
    return tuple(dict.fromkeys(p for one in found for p in (one, *others.get(one, ()))))


@lru_cache(maxsize=8)
def _without_account(known: KnownNames) -> Named[Person]:
    return Named((one for one in known.others if not one.structure), _name)


def _who(piece: Piece, around: Around, others: Named[Person]) -> Person | None:
    piece = piece.trimmed(_MARKS)
    if around.speaker is not None and piece.plain in _ME:
        return around.speaker
    account = _pill(piece, around) or (piece.text if _ACCOUNT.fullmatch(piece.text) else None)
    if account:
        return _only(piece, around, _of_account(account, around))
    if piece.text.startswith("@") and len(piece) == 1:
        return _only(piece, around, _of_localpart(piece.text[1:], around))
    found = _of_name(piece, around, others)
    if not found and len(piece) > 1 and piece.words[0].plain in _OF:
        found = _of_name(piece[1:], around, others)
    return _only(piece, around, found) if found else None


def _pill(piece: Piece, around: Around) -> str | None:
    """The account behind the text of a mention, as clients show it in the plain body."""
    asked = squash(piece.text) if around.pills else ""
    return around.pills.get(asked) if asked else None


def _of_account(account: str, around: Around) -> tuple[Person, ...]:
    asked = account.casefold()
    people = (one.person for one in around.known.members)
    return tuple(one for one in people if one.matrix_id and one.matrix_id.casefold() == asked)


def _of_localpart(localpart: str, around: Around) -> tuple[Person, ...]:
    asked = f"@{localpart.casefold()}:"
    people = tuple(one.person for one in around.known.members)
    local = tuple(o for o in people if o.matrix_id and o.matrix_id.casefold().startswith(asked))
    found = (*local, *_members(around.known).of(localpart))
    return with_alike(found, people_alike(around.known))


def _of_name(piece: Piece, around: Around, others: Named[Person]) -> tuple[Person, ...]:
    """Those of that name, here or gone, with or without account.

    Whoever takes the name of somebody who has left, or one that looks the same, is not taken for
    them: several are asked.
    """
    name = unquoted(piece.text)
    found = (*_members(around.known).of(name), *others.of(name))
    return with_alike(found, people_alike(around.known))


def _only(piece: Piece, around: Around, found: tuple[Person, ...]) -> Person:
    if len(found) == 1:
        return found[0]
    if found:
        lines = (_precise(one, around) for one in found)
        raise Unreadable("who.ambiguous", piece, *lines, choices=found)
    choices = near_people(piece, around)
    lines = (one.matrix_id or one.name for one in choices)
    raise Unreadable("who.unknown", piece, *lines, choices=choices)


def _precise(person: Person, around: Around) -> str:
    """How one means that person and nobody else."""
    return person.matrix_id or f"{person.name} {_said_without(around)}"


def _said_without(around: Around) -> str:
    return "sans compte" if around.rules.language == "fr" else "without account"
