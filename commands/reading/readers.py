"""The public names with which a command declares what it reads.

`args` of a `Command` is a frozen dataclass; each field names its reader by `Annotated`. A field
without default must be said; a field with one may be left out. Use `kw_only=True` where a field
that may be left out stands before one that may not. `usage` shows the fields in their order.

    @dataclass(frozen=True, slots=True, kw_only=True)
    class ContributionArgs:
        effort: Annotated[int, EFFORT]                  # a value alone: leading, in this order
        what: Annotated[str, text("TEXTE", "TEXT")]     # the rest, verbatim; one such field at most
        about: Annotated[Ref | None, tagged(Kind.ACTION, Kind.VOTE)] = None   # `#A1`, at the end
        day: Annotated[date | None, ON_DAY] = None      # `le 12 mars`, `hier`
        asked: Annotated[int | None, ASKED] = None      # `80 €`: cents
        pro_bono: Annotated[bool, AS_PRO_BONO] = False  # `bénévole`
        person: Annotated[Person | None, FOR_WHO] = None

Kinds of slots
  a Value alone        leading, read in the order of the fields, the longest readable prefix
  text(fr, en)         the rest of the line; TEXT, TITLE, NAME, QUESTION, REASON are ready
  option(fr, en, read=Value)   a word, then a value, peeled from the right end
  shape(Value)         a value recognised by its shape, peeled from the right end
  trailing(Value)      the longest readable end of the text: `TITRE QUAND`
  PLACE                `à LIEU` at the very end, before `trailing(WHEN)` is read
  OPTIONS, SHARES      a list after a colon: `QUESTION : A | B | C`; CANDIDATES are dates where
                       all of them read as dates
Where no field is a text, options are peeled first and what remains must be read to its end.

Leading values (type of the field)
  reference(Kind.ACTION, ...)  Ref; a reply's subject where absent      `A12`, `#A12`, `12`
  several(Kind.ACTION)         tuple[Ref, ...]; one or more             `A1, A2`, `C14 et C16`
  AMOUNT                       int, cents; a bare number will do          `80`, `1 200,50 €`
  EFFORT                       int, minutes                               `2h30`, `½ journée`
  MOMENTS                      the same; without unit, `10 min` is the line to type
  COUNT                        int from 1 to 100                          `10`
  WHO / MEMBER / WHO_OR_NEW    Person / Person with account / Person | str: the name of somebody
                               said to be without account (`pour Bob Senior sans compte`)
  WORKSTREAM, CIRCLE           Workstream, str (the name as known)
  WHEN                         circle.calendar.Moment, with its hour, perhaps repeated
  DEADLINE                     date | datetime, not past
  SPAN                         circle.time.Days                           `2026`, `mars 2026`
  SETTING                      SettingChange(key, fields)                 `bilan lundi 9h`
  ROLE KIND STATE LANGUAGE YES_NO            enums and words, by choice()
  choice(Answer(value, fr, en, others), ...) one of a command's own words
  either(Value, Value)         what the first reads, else the second      `MONTANT|refus`

Ready options
  IN_WORKSTREAM `chantier X` · FOR_WHO `pour X` · BY_WHO `de X` · BEFORE `avant DATE` ·
  BUDGET `budget 400` · ENVELOPE `enveloppe 400` (also `budget`) · CLOSING `jusqu'à DATE` ·
  UNTIL_DAY `jusqu'à DATE` (a day) · FROM_DAY `dès DATE` · SINCE `depuis DATE` · ON_DAY `le DATE` ·
  TO_STRUCTURE `à X` · FROM_FUNDER `de X` (free name) · FOR_WORKSTREAM `pour X` ·
  FOR_PERIOD `période 2026` (str) · QUORUM `quorum 1/2` (Quorum) · MAJORITY `majorité 2/3` (exact) ·
  IN_STATE `état actif` · HELD_BY_STEWARD `soucieux X` · MINIMUM `minimum 5` (int) ·
  REVIEW `révision 1er juin` (a day)
Ready shapes
  ASKED `80 €` (int) · AS_PRO_BONO (bool) · AS_SECRET (bool) · AS_HIDDEN `résultats cachés` (bool) ·
  OF_KIND `territorial` · AS_ROLE · tagged(Kind.ACTION) `#A1` · shape(SPAN)

An option whose word is followed by nothing it can read is text, except where the command has no
text: there it is refused with the value's own key. See `refusals` for all keys.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from commands.reading import candidates, days, lists
from commands.reading.choices import (
    KIND,
    LANGUAGE,
    PRO_BONO,
    RESULTS,
    ROLE,
    SECRET,
    STATE,
    YES_NO,
    Answer,
    choice,
)
from commands.reading.ids import reference, several, tagged
from commands.reading.leading import first as beginning
from commands.reading.lists import Share
from commands.reading.settings import SettingChange
from commands.reading.slots import (
    Around,
    Choices,
    Label,
    Option,
    Shape,
    Spot,
    Text,
    Trailing,
    Value,
)
from commands.reading.values import (
    AMOUNT,
    AMOUNT_AFTER_WORD,
    AMOUNT_WITH_UNIT,
    CIRCLE,
    COUNT,
    DAY_NEXT,
    DAY_PAST,
    DEADLINE,
    EFFORT,
    FUNDER,
    MAJORITY_SIZE,
    MEMBER,
    MOMENTS,
    PERIOD,
    QUORUM_SIZE,
    SETTING,
    SPAN,
    STRUCTURE,
    WHEN,
    WHO,
    WHO_OR_NEW,
    WORKSTREAM,
)
from commands.reading.words import Piece

__all__ = [
    "AMOUNT",
    "AMOUNT_AFTER_WORD",
    "ASKED",
    "AS_HIDDEN",
    "AS_PRO_BONO",
    "AS_ROLE",
    "AS_SECRET",
    "BEFORE",
    "BUDGET",
    "BY_WHO",
    "CANDIDATES",
    "CIRCLE",
    "CLEARED",
    "CLOSING",
    "COUNT",
    "DEADLINE",
    "EFFORT",
    "ENVELOPE",
    "FOR_PERIOD",
    "FOR_WHO",
    "FOR_WORKSTREAM",
    "FROM_DAY",
    "FROM_FUNDER",
    "HELD_BY_STEWARD",
    "IN_STATE",
    "IN_WORKSTREAM",
    "KIND",
    "LANGUAGE",
    "MAJORITY",
    "MEMBER",
    "MINIMUM",
    "MOMENTS",
    "NAME",
    "OF_KIND",
    "ON_DAY",
    "OPTIONS",
    "PLACE",
    "QUESTION",
    "QUORUM",
    "REASON",
    "REVIEW",
    "ROLE",
    "SETTING",
    "SHARES",
    "SINCE",
    "SPAN",
    "STATE",
    "TEXT",
    "TITLE",
    "TO_STRUCTURE",
    "UNTIL_DAY",
    "WHEN",
    "WHO",
    "WHO_OR_NEW",
    "WORKSTREAM",
    "YES_NO",
    "Answer",
    "Label",
    "SettingChange",
    "Share",
    "choice",
    "either",
    "option",
    "reference",
    "several",
    "shape",
    "tagged",
    "text",
    "trailing",
]


def text(fr: str = "TEXTE", en: str = "TEXT", *, limit: int = 2000, mark: str = "") -> Text:
    """The rest of the line. `limit` in characters; `mark`: a sign before it (`+`)."""
    return Text(label=Label(fr, en), limit=limit, mark=mark)


def option(
    fr: str | tuple[str, ...], en: str | tuple[str, ...], *, read: Value[Any]
) -> Option[Any]:
    """A value introduced by one of these words, in French and in English."""
    return Option(fr=_words(fr), en=_words(en), value=read)


def shape(read: Value[Any]) -> Shape[Any]:
    """A value that needs no introducing word."""
    return Shape(value=read)


def trailing(read: Value[Any]) -> Trailing[Any]:
    """The value at the end of the text, after the options were peeled."""
    return Trailing(value=read)


First = Callable[[Piece, Around], tuple[Any, Piece] | None]


def either(first: Value[Any], second: Value[Any]) -> Value[Any]:
    """What the first value reads, else what the second does; a reply's subject as the first's."""

    def read(piece: Piece, around: Around) -> object | None:
        found = first.read(piece, around)
        return second.read(piece, around) if found is None else found

    fr, en = (f"{first.label.in_language(x)}|{second.label.in_language(x)}" for x in ("fr", "en"))
    return Value(
        label=Label(fr, en),
        read=read,
        wrong=first.wrong,
        missing=first.missing,
        needs=first.needs | second.needs,
        width=max(first.width, second.width),
        near=second.near,
        default=first.default,
        first=_either_first(first, second) if first.first else None,
    )


def _either_first(first: Value[Any], second: Value[Any]) -> First:
    """The beginning that the first value reads, of any width, else the second's."""

    def found(piece: Piece, around: Around) -> tuple[Any, Piece] | None:
        return beginning(first, piece, around) or beginning(second, piece, around)

    return found


def _words(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


TEXT = text()
TITLE = text("TITRE", "TITLE", limit=300)
NAME = text("NOM", "NAME", limit=100)
QUESTION = text("QUESTION", "QUESTION", limit=500)
REASON = text("RAISON", "REASON", limit=1000)

IN_WORKSTREAM = option("chantier", "workstream", read=WORKSTREAM)
FOR_WORKSTREAM = option(
    "pour", "for", read=replace(WORKSTREAM, label=Label("CHANTIER", "WORKSTREAM"))
)
FOR_WHO = option("pour", "for", read=WHO)
BY_WHO = option(("de", "du", "d'"), ("of", "from", "by"), read=WHO)
HELD_BY_STEWARD = option(("soucieux", "soucieuse", "soucieux·se"), "steward", read=MEMBER)
BEFORE = option(("avant", "d'ici", "d'ici le", "d'ici au"), ("before", "by"), read=DEADLINE)
CLOSING = option(("jusqu'à", "jusqu'au", "jusqu'en"), ("until", "till"), read=DEADLINE)
UNTIL_DAY = option(("jusqu'à", "jusqu'au", "jusqu'en"), ("until", "till"), read=DAY_NEXT)
FROM_DAY = option(("dès", "à partir de", "à partir du"), ("from", "starting"), read=DAY_NEXT)
SINCE = option("depuis", "since", read=DAY_PAST)
ON_DAY: Option[Any] = Option(fr=("le",), en=("on",), value=DAY_PAST, bare=days.bare_past_day)
BUDGET = option(("budget", "enveloppe"), ("budget", "envelope"), read=AMOUNT_AFTER_WORD)
ENVELOPE = option(("enveloppe", "budget"), ("envelope", "budget"), read=AMOUNT_AFTER_WORD)
TO_STRUCTURE = option(("à", "au", "aux"), "to", read=STRUCTURE)
FROM_FUNDER = option(("de", "du", "des", "d'"), "from", read=FUNDER)
FOR_PERIOD = option("période", "period", read=PERIOD)
QUORUM = option("quorum", "quorum", read=QUORUM_SIZE)
MINIMUM = option("minimum", "minimum", read=COUNT)
CLEARED = option(
    "sans",
    "without",
    read=choice(
        Answer("due", "échéance", "deadline"),
        Answer("budget", "budget", "budget"),
        Answer("holders", "porteur", "holder"),
    ),
)
REVIEW = option(("révision", "à revoir"), "review", read=DAY_NEXT)
MAJORITY = option("majorité", "majority", read=MAJORITY_SIZE)
IN_STATE = option("état", "state", read=STATE)

ASKED = shape(AMOUNT_WITH_UNIT)
AS_PRO_BONO = shape(PRO_BONO)
AS_SECRET = shape(SECRET)
AS_HIDDEN = shape(RESULTS)
AS_ROLE = shape(ROLE)
OF_KIND = shape(KIND)
PLACE = Spot(label=Label("LIEU", "PLACE"))
OPTIONS = Choices(label=Label("A | B | C", "A | B | C"), read=lists.item)
CANDIDATES = replace(OPTIONS, read=candidates.candidate, settle=candidates.settled)
SHARES = Choices(
    label=Label("A12 | A14 500 €", "A12 | A14 500 €"), read=lists.share, settle=lists.distinct
)
