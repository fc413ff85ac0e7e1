"""What is answered about personal data, one class a key (the sentences: `locales`)."""

from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values


class PrivacyData(Sentence, key="privacy.data"):
    """`days`: for how long messages are kept."""

    items: int
    files: int
    messages: int
    days: int


class PrivacyMention(Sentence, key="privacy.mention"):
    agreed: bool


class PrivacyFacts(Values):
    """What is kept and for how long: messages in days, the ledger in years, backups in days."""

    circle: str | None
    stewards: tuple[Person, ...]
    mention: bool
    messages: int
    years: int
    backups: int
    controller: str | None
    contact: str | None


class PrivacyPage(Sentence, key="privacy.page"):
    facts: Inline[PrivacyFacts]


class PrivacyRegister(Sentence, key="privacy.register"):
    facts: Inline[PrivacyFacts]


class NameThatStays(Values):
    """A name that an erasure leaves, the first things that hold it, in how many texts."""

    name: str
    circle: str
    where: tuple[Ref, ...]
    count: int


class PrivacyErase(Sentence, key="privacy.erase"):
    """What an erasure would touch: declarations by what becomes of them, receipts, circles."""

    circles: tuple[str, ...]
    kept: int
    waiting: int
    asked: Money
    due: Money
    files: int
    spared: tuple[NameThatStays, ...]
    years: int
    backups: int
    contact: str | None


class PrivacyErased(Sentence, key="privacy.erased"):
    years: int
    backups: int
    spared: tuple[NameThatStays, ...]
