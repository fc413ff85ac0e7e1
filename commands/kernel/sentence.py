"""What is said: a key of the catalogue with typed values (docs/decisions/0033)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Annotated, Any, ClassVar, Final, Literal, TypeVar, dataclass_transform

SENTENCES: Final[dict[str, type["Sentence"]]] = {}
"""Every sentence by its key; the catalogue guard and the samples read it."""


class Absent(Enum):
    """What is not among the values at all, where even null would say something."""

    ABSENT = "absent"

    def __bool__(self) -> Literal[False]:
        return False


ABSENT: Final = Absent.ABSENT


_INLINE: Final = "inline"
T = TypeVar("T")
Inline = Annotated[T, _INLINE]
"""Values within others, told as if those had them themselves: `meeting: Inline[MeetingFacts]`."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Values:
    """Values that are told together: those of a sentence, or of one line of its lists.

    Each subclass is a frozen dataclass. Its fields are domain values (Money, Person, Ref, date,
    datetime, Fraction, enums), texts, numbers, other Values, tuples and mappings of these; their
    order is that of the JSON other programs read.
    """

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        # there are hundreds: what `dataclass` would write for each is written once, below
        dataclass(frozen=True, kw_only=True, eq=False, repr=False)(cls)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _fields(self) == _fields(other)

    def __hash__(self) -> int:
        return hash((type(self), *_fields(self).values()))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in _fields(self).items())
        return f"{type(self).__name__}({told})"


class Sentence(Values):
    """One sentence of the catalogue: `class Thanked(Sentence, key="thanks.given"): member: Person`.

    A family of sentences that tell the same has a base without key.
    """

    catalogue_key: ClassVar[str]

    def __init_subclass__(cls, *, key: str = "") -> None:
        super().__init_subclass__()
        if key in SENTENCES:
            raise TypeError(f"{key} is said by {SENTENCES[key].__name__} already")
        if key:
            cls.catalogue_key = key
            SENTENCES[key] = cls


def values_of(values: Values) -> dict[str, object]:
    """The values by name, those within in the same way: what templates and the wire read."""
    found: dict[str, object] = {}
    for field in fields(values):
        value = getattr(values, field.name)
        if value is ABSENT:
            continue
        if is_inline(field.type):
            found |= values_of(value)
        else:
            found[field.name] = _plain(value)
    return found


def sentence_of(key: str, values: Mapping[str, object]) -> Sentence:
    """The sentence of that key with these values. Raises TypeError where they are not its own."""
    kind: Callable[..., Sentence] = SENTENCES[key]
    return kind(**values)


def is_inline(hint: object) -> bool:
    """Whether a field's type says that its values are told as those of the whole."""
    return _INLINE in getattr(hint, "__metadata__", ())


def _fields(values: Any) -> dict[str, object]:
    return {field.name: getattr(values, field.name) for field in fields(values)}


def _plain(value: object) -> object:
    match value:
        case Values():
            return values_of(value)
        case Mapping():
            return {name: _plain(one) for name, one in value.items()}
        case tuple():
            return tuple(map(_plain, value))
    return value
