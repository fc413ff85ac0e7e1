"""Ids as people type them: `A12`, `#A12`, and `12` where the kind is clear."""

import re
from collections.abc import Callable
from dataclasses import replace

from circle.refs import Kind, Ref
from circle.text import squash
from commands.reading.slots import Around, Label, Shape, Unreadable, Value
from commands.reading.words import Piece

_REF = re.compile(r"(#?)([acevmr]?)(\d{1,9})")


def reference(*kinds: Kind) -> Value[Ref]:
    """An id of one of these kinds, leading. A reply's subject stands for it where it is absent."""

    def read(piece: Piece, around: Around) -> Ref | None:
        found = _REF.fullmatch(piece.trimmed(",;.:").plain)
        if found is None:
            return None
        if not found[2]:
            return None if _counts(piece, around, kinds) else _numbered(piece, int(found[3]), kinds)
        return _checked(piece, Ref(Kind(found[2].upper()), int(found[3])), kinds)

    name = "|".join(kinds)
    return Value(
        label=Label(name, name),
        read=read,
        wrong="id.missing",
        missing="id.missing",
        width=1,
        default=_subject(kinds),
    )


def several(kind: Kind) -> Value[tuple[Ref, ...]]:
    """One id of this kind or more, leading: `A1`, `A1, A2`, `C14 C16`, `A1 et A2`."""
    one = reference(kind)

    def first(piece: Piece, around: Around) -> tuple[tuple[Ref, ...], Piece] | None:
        found = one.read(piece[:1], around)
        if found is None:
            return None
        refs, rest = [found], piece[1:]
        while (more := _next(rest)) is not None:
            found = _checked(rest[more : more + 1], _ref_of(rest[more : more + 1]), (kind,))
            refs.append(found)
            rest = rest[more + 1 :]
        return tuple(dict.fromkeys(refs)), rest

    def default(around: Around) -> tuple[Ref, ...] | None:
        meant = one.default(around)
        return None if meant is None else (meant,)

    def read(piece: Piece, around: Around) -> tuple[Ref, ...] | None:
        found = first(piece, around)
        return found[0] if found and not found[1].words else None

    return Value(
        label=one.label,
        read=read,
        wrong="id.missing",
        missing="id.missing",
        width=1,
        default=default,
        first=first,
    )


def several_or_rest(kind: Kind) -> Value[tuple[Ref, ...]]:
    """The same, or none where all that is left is meant: `tout le reste`."""
    some = several(kind)

    def first(piece: Piece, around: Around) -> tuple[tuple[Ref, ...], Piece] | None:
        for width in range(min(_WIDEST_REST, len(piece)), 0, -1):
            if squash(piece[:width].text) in _REST:
                return (), piece[width:]
        return some.first(piece, around) if some.first else None

    def read(piece: Piece, around: Around) -> tuple[Ref, ...] | None:
        found = first(piece, around)
        return found[0] if found and not found[1].words else None

    return replace(some, read=read, first=first)


def joined(piece: Piece) -> Piece:
    """A piece without what joins it to what stands before it: `et C12`."""
    return piece[1:] if piece.words and piece.words[0].plain in (*_AND, ";") else piece


_REST = frozenset(
    map(
        squash,
        (
            *("tout le reste", "le reste", "tout", "toutes", "tous", "toutes les autres"),
            *("les autres", "tout ce qui reste", "all the rest", "the rest", "all", "everything"),
        ),
    )
)
_WIDEST_REST = 4
_AND = ("et", "and", ",", "&", "+")


def _next(piece: Piece) -> int | None:
    """Where the next id stands at the head of a piece, what joins it passed over."""
    at = 1 if len(piece) > 1 and piece.words[0].plain in _AND else 0
    found = _REF.fullmatch(piece[at : at + 1].trimmed(",;.:").plain)
    return at if found and found[2] else None


def _ref_of(piece: Piece) -> Ref:
    found = _REF.fullmatch(piece.trimmed(",;.:").plain)
    if found is None:
        raise LookupError(piece.text)
    return Ref(Kind(found[2].upper()), int(found[3]))


def tagged(*kinds: Kind) -> Shape[Ref]:
    """An id with its sign (`#A1`) peeled from the end; a reply's subject where it is absent.

    The sign is required: a text may end with `format A4`.
    """

    def read(piece: Piece, _around: Around) -> Ref | None:
        found = _REF.fullmatch(piece.plain)
        if found is None or not found[1] or not found[2]:
            return None
        return _checked(piece, Ref(Kind(found[2].upper()), int(found[3])), kinds)

    name = "|".join(f"#{kind}" for kind in kinds)
    value = Value(
        label=Label(name, name),
        read=read,
        wrong="id.missing",
        missing="id.missing",
        width=1,
        default=_subject(kinds),
    )
    return Shape(value=value)


def _subject(kinds: tuple[Kind, ...]) -> Callable[[Around], Ref | None]:
    def default(around: Around) -> Ref | None:
        return around.about if around.about and around.about.kind in kinds else None

    return default


def _counts(piece: Piece, around: Around, kinds: tuple[Kind, ...]) -> bool:
    """In a reply, a bare number before other words counts things: `!fait 12 affiches collées`."""
    if not around.has_text or piece.reaches_end or piece.text.startswith("#"):
        return False
    return _subject(kinds)(around) is not None


def _numbered(piece: Piece, number: int, kinds: tuple[Kind, ...]) -> Ref:
    if len(kinds) > 1:
        choices = tuple(Ref(kind, number) for kind in kinds)
        raise Unreadable("id.ambiguous", piece, *map(str, choices), choices=choices)
    return Ref(kinds[0], number)


def _checked(piece: Piece, ref: Ref, kinds: tuple[Kind, ...]) -> Ref:
    if ref.kind not in kinds:
        raise Unreadable("id.wrong-kind", piece, id=ref, kinds=kinds)
    return ref
