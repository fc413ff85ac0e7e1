"""What comes back: a sentence, where it goes, what goes with it; or a refusal."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Final

from circle.circles import Circle
from circle.extracts import Extract, Format
from circle.flows import Link
from circle.meetings import Meeting
from circle.people import Person
from circle.personal import PersonalData
from circle.refs import Ref
from commands.kernel.sentence import Sentence, Values, values_of


@dataclass(frozen=True, slots=True)
class PollAnswer:
    """An answer one may choose: a text, or a sentence."""

    id: str
    text: str = ""
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    """A native poll. `hidden`: counts are shown at the end only.

    `most`: how many answers one may choose.
    """

    question: str
    answers: tuple[PollAnswer, ...]
    hidden: bool = False
    most: int = 1


@dataclass(frozen=True, slots=True)
class PollClosed:
    """The end of the native poll of a vote, by the vote's reference."""

    vote: Ref


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to draw: its caption is a sentence of the family `picture`."""

    sentence: Sentence

    @property
    def name(self) -> str:
        """What it shows, which says how it is drawn: budget, week."""
        return self.sentence.catalogue_key.removeprefix("picture.")


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The .ics file of a meeting, or of a series with its occurrences that were `moved`.

    `usual`: how many minutes one lasts whose end nobody said.
    """

    meeting: Meeting
    usual: int
    moved: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file already made: its name, media type and content."""

    name: str
    mimetype: str
    body: bytes


@dataclass(frozen=True, slots=True)
class MinutesFile:
    """The minutes of a meeting, as the regulation tells them.

    As Markdown or, `to_print`, as a document (ODT).
    """

    minutes: Values
    to_print: bool = False


@dataclass(frozen=True, slots=True)
class PersonalFile:
    """Everything held about one person, as an archive."""

    held: PersonalData


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What the association writes in its register of treatments, from the sentence about it."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file of what circles hold. `personal`: people and their amounts are in it.

    `links`: the flows of their money.
    """

    format: Format
    extracts: tuple[Extract, ...]
    links: tuple[Link, ...] = ()
    personal: bool = False
    iso: bool = False


Attachment = (
    Poll
    | PollClosed
    | Picture
    | CalendarFile
    | Document
    | ExportFile
    | MinutesFile
    | PersonalFile
    | RegisterFile
)


@dataclass(frozen=True, slots=True)
class Here:
    """Where it was asked, or in the circle's room what nobody asked."""


@dataclass(frozen=True, slots=True)
class Privately:
    """Directly to that person, in their language; without one, to who asked."""

    person: Person | None = None


@dataclass(frozen=True, slots=True)
class InCircle:
    """In the room of that circle, wherever it was asked."""

    circle: Circle


@dataclass(frozen=True, slots=True)
class ToCoordination:
    """In the coordinators' room; without one, it is not said."""


Destination = Here | Privately | InCircle | ToCoordination
HERE: Final = Here()


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes back: a sentence, and how it is told.

    `subject` is what the message announces: replies and reactions to it mean that; without
    `announces`, it only speaks of it, and a reaction is a comment. `quiet` answers by a reaction,
    `sign`. `language` is the one to answer in, if not the room's. `mentions` notifies people;
    of those on pause only whom it `concerns`: their own money, or what they asked for themselves.
    `also` are further messages. `before` and `after` are said in the same message, around its own
    sentence; other programs read the values of `before` with its own. `asks`, said
    last, is how to answer; its values are read where the sentence has none of that name.
    """

    sentence: Sentence
    _: KW_ONLY
    where: Destination = HERE
    subject: Ref | None = None
    announces: bool = True
    quiet: bool = False
    sign: str = "✅"
    language: str | None = None
    mentions: tuple[Person, ...] = ()
    concerns: tuple[Person, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    also: tuple["Reply", ...] = ()
    asks: Sentence | None = None
    before: Sentence | None = None
    after: Sentence | None = None

    @property
    def key(self) -> str:
        """The key of its sentence in the catalogue."""
        return self.sentence.catalogue_key


@dataclass(frozen=True, slots=True)
class Remedy:
    """How a refused line may be put right by an answer, without typing it again.

    `lines`: whole lines that say what may have been meant, prefix included. `blanks`: lines with
    a hole for the words of the answer (`circle.prompts.HOLE`), likeliest first. `wanted`: which
    kind of value is missing, where one is. `holds`: whether the line says anything that would be
    lost; `bare`: whether it is the command's name alone.
    """

    lines: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    wanted: str = ""
    holds: bool = False
    bare: bool = False


class Refusal(Exception):
    """One clear answer that changes nothing: the transaction is undone, this is said instead.

    `remedy`: how it may be answered, where it may. `after` is said below it, in the same message.
    """

    def __init__(
        self,
        sentence: Sentence,
        remedy: Remedy | None = None,
        after: Sentence | None = None,
    ) -> None:
        super().__init__(sentence.catalogue_key)
        self.sentence = sentence
        self.remedy = remedy
        self.after = after

    @property
    def key(self) -> str:
        """The key of its sentence in the catalogue."""
        return self.sentence.catalogue_key

    @property
    def values(self) -> Mapping[str, object]:
        """What it tells, by name."""
        return values_of(self.sentence)


class Unheard(Exception):
    """A reaction or a poll answer that means nothing here: nothing is done, nothing is said."""
