"""What a field of a command's arguments can be: the kinds of slots, as frozen values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from circle.circles import Rules
from circle.people import Person
from circle.refs import Ref
from circle.text import squash
from commands.kernel.command import KnownNames
from commands.reading.words import Piece

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Around:
    """What a reader may know besides the words: names, the instant, the rules, the reply's subject.

    `mentions`: the text shown of each person mentioned, to their Matrix id; `pills`: the same,
    squashed. `manages`: who asks may name somebody without account. `has_text`: a text may follow
    the leading values. `speaker`: whom `moi` means.
    """

    known: KnownNames
    now: datetime
    rules: Rules
    about: Ref | None = None
    pills: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[str, str] = field(default_factory=dict)
    manages: bool = False
    has_text: bool = False
    speaker: Person | None = None


class Unreadable(Exception):
    """Words that are recognised but wrong, or that should have been there.

    `instead`: what could stand in the place of `piece`, to write out lines that work; `rests`:
    whole lines that work, without the command's name. `or_text`: the words may as well be of the
    text, which quotes would say.
    """

    def __init__(
        self,
        key: str,
        piece: Piece | None = None,
        *instead: str,
        or_text: bool = False,
        rests: tuple[str, ...] = (),
        **values: object,
    ) -> None:
        super().__init__(key)
        self.key = key
        self.piece = piece
        self.instead = instead
        self.or_text = or_text
        self.rests = rests
        self.values = values


def spelled(thing: object) -> str:
    """How a thing that may have been meant is typed: a name, an account, a word."""
    account = getattr(thing, "matrix_id", None)
    return thing if isinstance(thing, str) else str(account or getattr(thing, "name", thing))


@dataclass(frozen=True, slots=True)
class Label:
    """What a usage line calls a slot, in each language."""

    fr: str
    en: str

    def in_language(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


def _no_suggestion(_piece: Piece, _around: Around) -> tuple[object, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Generic[T]):
    """A kind of value. Alone as the annotation of a field: a leading positional.

    `wrong` is the refusal where it must stand and does not read, `missing` where nothing stands;
    `needs` are the names it asks of `Known`; `width` bounds the words it may hold. `free`: any
    words would do, so it never swallows the word that introduces another option.
    `such`: one as people type it, to show it in their own line where it is missing.
    `near`: what may have been meant. `default`: what a reply stands for where nothing is said.
    `room` is how many characters it may take, its introducing word among them.
    `refuse` raises a closer refusal for words that are none, where there is one. `first`, `last`:
    where the longest readable beginning or end is not found by trying, longest first.
    """

    label: Label
    read: Callable[[Piece, Around], T | None]
    wrong: str
    missing: str
    needs: frozenset[str] = frozenset()
    width: int = 12
    room: int = 300
    free: bool = False
    such: Label = Label("", "")
    near: Callable[[Piece, Around], tuple[object, ...]] = _no_suggestion
    default: Callable[[Around], T | None] = lambda _around: None
    refuse: Callable[[Piece], None] = lambda _piece: None
    first: Callable[[Piece, Around], tuple[T, Piece] | None] | None = None
    last: Callable[[Piece, Around], tuple[T, Piece] | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The rest, verbatim. `mark`: a sign that stands before it (`+`), required where named."""

    label: Label
    limit: int = 2000
    mark: str = ""


@cache
def _squashed(fr: tuple[str, ...], en: tuple[str, ...]) -> frozenset[str]:
    return frozenset(squash(word) for word in (*fr, *en))


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Generic[T]):
    """A value introduced by a word, peeled from the right end. `bare`: what needs no word."""

    fr: tuple[str, ...]
    en: tuple[str, ...]
    value: Value[T]
    bare: Callable[[Piece, Around], T | None] | None = None

    @property
    def words(self) -> frozenset[str]:
        return _squashed(self.fr, self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape(Generic[T]):
    """A value recognised by its shape, peeled from the right end."""

    value: Value[T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trailing(Generic[T]):
    """A value at the end of the text, the longest readable: `TITRE QUAND`."""

    value: Value[T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place after `à`, `au`, `at`: any words that are no hour, at the very end."""

    label: Label
    room: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A list after a colon, one item a bar: `QUESTION : A | B | C`.

    `settle`: what the items are, once all of them are read.
    """

    label: Label
    read: Callable[[Piece, Around], object]
    fewest: int = 2
    most: int = 20
    room: int = 6000
    settle: Callable[[tuple[Any, ...], Around], tuple[object, ...]] = lambda items, _around: items


Slot = Value[object] | Text | Option[object] | Shape[object] | Trailing[object] | Spot | Choices
