"""A command's words to its frozen arguments, or one clear refusal.

    args = parse(command, found.rest, known=known, now=now, rules=rules, about=about, pills=pills)

Pure: the same words, names and instant always give the same arguments.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from circle.circles import Rules
from circle.people import Person
from circle.refs import Ref
from circle.text import plain, squash
from commands.kernel.command import Command, KnownNames
from commands.reading.fields import Field, fields_of, longest, needs, only, value_of
from commands.reading.inside import within, without_circle
from commands.reading.leading import FARTHEST, last, leading
from commands.reading.listing import listed
from commands.reading.options import introduced, peel
from commands.reading.places import with_place
from commands.reading.polite import without_pleasantries
from commands.reading.refusals import refusal, typed
from commands.reading.slots import (
    Around,
    Choices,
    Option,
    Shape,
    Spot,
    Text,
    Trailing,
    Unreadable,
    Value,
    spelled,
)
from commands.reading.spanned import is_spanned, read_spans
from commands.reading.spanned_list import read_list
from commands.reading.spanned_moment import is_moment, read_moment
from commands.reading.usage import usage
from commands.reading.words import Piece, between, clean, quoted, split, unquoted
from commands.reading.workings import retold

__all__ = ["needs", "parse", "usage"]

A = TypeVar("A")

_MOST_UNFOLDED = 2
"""Times its limit: some signs stand for a whole sentence, and what they say is read as well."""
_NO_PILLS: Mapping[str, str] = {}


def parse(
    command: Command[A],
    rest: str,
    *,
    known: KnownNames,
    now: datetime,
    rules: Rules,
    about: Ref | None = None,
    pills: Mapping[str, str] = _NO_PILLS,
    direct: bool = False,
    manages: bool = False,
    prefix: str = "!",
    said: str | None = None,
    speaker: Person | None = None,
) -> A:
    """The arguments that the words after a command's name say. Raises `kernel.Refusal`.

    `about`: what the message replied to announced. `pills`: the text shown of each mention, to its
    Matrix id. `direct`: `dans CERCLE` is taken off first. `manages`: who asks may name somebody
    without account. `said`: the command's name as typed, for the lines a refusal
    writes out. `speaker`: whom `moi` means.
    """
    shown = {squash(text): user for text, user in reversed(tuple(pills.items()))}
    around = Around(known, now, rules, about, shown, pills, manages=manages, speaker=speaker)
    line = clean(rest)
    how = typed(command, prefix, said, rules.language)
    try:
        _check_length(line, fields_of(command.args))
        if direct:
            circle, line = without_circle(command, line, known.circles)
            how = replace(how, within=within(circle, rules.language) if circle else "")
        return _read(command, line, around)
    except Unreadable as unread:
        raise refusal(unread, line, how, lambda text: _wrong(command, text, around)) from None


def _check_length(line: str, fields: tuple[Field, ...]) -> None:
    """Refuse, before it is read, a line whose text cannot be within its limit."""
    if len(line) > longest(fields) or len(plain(line)) > _MOST_UNFOLDED * longest(fields):
        texts = [] if only(Choices, fields) else only(Text, fields)
        limit = texts[0][1].limit if texts else longest(fields)
        raise Unreadable("line.too-long", length=len(line), limit=limit)


def _wrong(command: Command[Any], line: str, around: Around) -> Unreadable | None:
    """What is asked about a line or wrong with it, if anything."""
    try:
        _read(command, line, around)
    except Unreadable as unread:
        return unread
    return None


def _read(command: Command[A], line: str, around: Around) -> A:
    fields = fields_of(command.args)
    if is_spanned(fields) and only(Choices, fields):
        return command.args(**read_list(fields, split(line), around))
    if is_moment(fields):
        return command.args(**read_moment(fields, split(line), around))
    if is_spanned(fields):
        retelling = partial(retold, command.args)
        return command.args(**read_spans(fields, split(line), around, retelling))
    piece = split(line)
    piece = piece if only(Text, fields) else without_pleasantries(piece)
    return command.args(**_Reading(fields, around).read(piece))


class _Reading:
    """One reading of one line: positions first where a text follows, options, then the text."""

    def __init__(self, fields: tuple[Field, ...], around: Around) -> None:
        self._fields = fields
        self._values: dict[str, object] = {}
        self._has_text = bool(only(Text, fields))
        self._around = replace(around, has_text=self._has_text)

    def read(self, piece: Piece) -> dict[str, object]:
        """The values by field of what was said. Raises Unread."""
        if self._has_text:
            piece = self._leading(piece)
        piece = self._list(self._place(self._peel(piece)))
        if not self._has_text:
            piece = self._leading(piece)
        self._rest(self._trailing(piece))
        self._defaults()
        return self._values

    def _only(self, kind: type[Any]) -> tuple[Field, ...]:
        return tuple(field for field, _ in only(kind, self._fields))

    def _leading(self, piece: Piece) -> Piece:
        values, rest = leading(self._only(Value), piece, self._around)
        self._values |= values
        return rest

    def _peel(self, piece: Piece) -> Piece:
        try:
            rest, values = peel(piece, self._fields, self._around, firm=not self._has_text)
        except Unreadable as unread:
            if unread.or_text and self._has_text:
                raise _or_text(unread, piece) from None
            raise
        self._values |= values
        return rest

    def _list(self, piece: Piece) -> Piece:
        for field, slot in only(Choices, self._fields):
            self._values[field.name], piece = listed(slot, piece, self._around)
        return piece

    def _place(self, piece: Piece) -> Piece:
        for field, _ in only(Spot, self._fields):
            found = with_place(self._moment(), piece, self._around, alone=not self._has_text)
            if found is not None:
                piece, self._values[field.name] = found
        return piece

    def _moment(self) -> Value[Any]:
        """What the place stands after."""
        trailing = [slot.value for _, slot in only(Trailing, self._fields)]
        return [*trailing, *(slot for _, slot in only(Value, self._fields))][0]

    def _trailing(self, piece: Piece) -> Piece:
        for field, slot in only(Trailing, self._fields):
            found = last(slot.value, piece, self._around)
            if found is None and field.required:
                raise Unreadable(slot.value.wrong if piece.words else slot.value.missing, piece)
            if found is not None:
                self._values[field.name], piece = found
        return piece

    def _rest(self, piece: Piece) -> None:
        for field, slot in only(Text, self._fields):
            said = _after_mark(slot, piece)
            if said is not None and said.says_something:
                self._values[field.name] = _text(slot, said)
            elif field.required:
                raise Unreadable("text.missing")
            return
        if piece.words:
            self._unused(piece)

    def _unused(self, piece: Piece) -> None:
        """Words that nothing reads: say what the last option they begin wanted."""
        for at in reversed(range(max(0, len(piece) - FARTHEST), len(piece))):
            for _, option in only(Option, self._fields):
                said = introduced(option, piece[at:])
                if said is not None:
                    self._wanted(option, said)
        for field, value in only(Value, self._fields):
            if field.name not in self._values:
                near = value.near(piece, self._around)
                raise Unreadable(value.wrong, piece, *map(spelled, near), choices=near)
        raise Unreadable("line.extra", piece, "")

    def _wanted(self, option: Option[Any], said: Piece) -> None:
        if not said.words:
            raise Unreadable(option.value.missing)
        near = option.value.near(said, self._around)
        raise Unreadable(option.value.wrong, said, *map(spelled, near), choices=near)

    def _defaults(self) -> None:
        """What a reply's subject stands for, and options that had to be said."""
        for field in self._fields:
            value = value_of(field.slot)
            if value is None or field.name in self._values:
                continue
            meant = value.default(self._around)
            if meant is not None:
                self._values[field.name] = meant
            elif field.required and isinstance(field.slot, (Option, Shape)):
                raise Unreadable(value.missing)


def _or_text(unread: Unreadable, piece: Piece) -> Unreadable:
    """The same question, with the text up to there in quotes as one more line to type."""
    asked = unread.piece or piece
    whole = between(piece.source, piece.start, asked.end)
    before = piece.source[piece.start : asked.start]
    lines = (*(f"{before}{words}" for words in unread.instead), quoted(whole.text))
    asking = Unreadable(unread.key, whole, *lines)
    asking.values = {"text": asked.shown()} | unread.values
    return asking


def _after_mark(slot: Text, piece: Piece) -> Piece | None:
    if not piece.words:
        return None
    if not slot.mark:
        return piece
    if not piece.text.startswith(slot.mark):
        raise Unreadable("line.extra", piece, f"{slot.mark} {piece.text}")
    return piece.without_start(len(slot.mark)) or None


def _text(slot: Text, piece: Piece) -> str:
    text = unquoted(piece.text)
    if len(text) > slot.limit:
        raise Unreadable("text.too-long", piece, length=len(text), limit=slot.limit)
    return text
