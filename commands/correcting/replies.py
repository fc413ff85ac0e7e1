"""What is answered when something is corrected (the sentence: `locales`)."""

from datetime import date

from circle.ledger import ItemState
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import HeldParts, TakenFacts


class ItemBefore(Values):
    """What was told of an item before, amounts apart."""

    minutes: int | None
    what: str
    day: date
    member: Person
    payee: Person | None


class EntryCorrected(Sentence, key="entry.corrected"):
    """An item, or an envelope with its funder and period, as it now is, and what it was."""

    id: Ref
    what: str
    minutes: int | None
    amount: Money | None
    was: Money | None
    available: Money | None
    missing: Money | None
    funder: str | None
    period: str | None
    reason: str
    state: ItemState | None
    number: str | None
    member: Person | None
    payee: Person | None
    before: ItemBefore | None
    held: Inline[HeldParts]
    taken: tuple[TakenFacts, ...]


class EntryPlaced(Sentence, key="entry.placed"):
    """An envelope holds so much more of an item, of which no envelope held `was` before.

    `elsewhere`: it is for another workstream, or for another period.
    """

    id: Ref
    member: Person
    what: str
    envelope: Ref
    funder: str | None
    amount: Money | None
    was: Money
    elsewhere: bool
    held: Inline[HeldParts]
