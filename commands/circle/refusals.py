"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.people import Person
from commands.kernel.sentence import Sentence


class CircleAlreadyConfirmed(Sentence, key="circle.already-confirmed"):
    name: str


class CircleAlreadyHere(Sentence, key="circle.already-here"):
    name: str


class CircleNotDirect(Sentence, key="circle.not-direct"): ...


class CircleTooMany(Sentence, key="circle.too-many"):
    limit: int


class NamesTooMany(Sentence, key="names.too-many"):
    limit: int


class PrivacyDataLeaving(Sentence, key="privacy.data-leaving"): ...


class WhoNotMember(Sentence, key="who.not-member"):
    member: Person


class WorkstreamExists(Sentence, key="workstream.exists"):
    name: str


class NameUnknown(Sentence):
    """A name to remove that is none of the `choices`."""

    name: str
    choices: tuple[str, ...]


class PlaceUnknown(NameUnknown, key="place.unknown"): ...


class AliasUnknown(NameUnknown, key="alias.unknown"): ...


class PlaceExists(Sentence, key="place.exists"):
    name: str
