"""What is answered about declarations, one class a key (the sentences: `locales`)."""

from datetime import date, datetime

from circle.circles import RegulationMode
from circle.ledger import ItemState
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import ItemFacts


class WorkedOut(Values):
    """A value that was computed of what was said: `3 × 15 €` is money, `14h-17h` minutes.

    Both are told of a rate by the hour, which is times those minutes.
    """

    said: str
    amount: Money | None
    minutes: int | None


class DeclaredFacts(Values):
    """What was declared, of whom; `unfunded`: an amount is asked and nothing is available.

    `regulation`: when the next one starts; `own`: by who did it; `today`: done that very day.
    `worked_out`: what was computed of the line. `endowed`: there ever was an envelope. `same`: a
    declaration that says the same.
    """

    id: Ref
    member: Person
    what: str
    day: date | None
    action: Ref | None
    title: str | None
    vote: Ref | None
    payee: Person | None
    unfunded: bool
    corrected: bool
    promoted: bool
    today: bool
    own: bool
    regulation: datetime | None
    endowed: bool
    same: Ref | None
    worked_out: tuple[WorkedOut, ...]


class ContributionDeclared(Sentence, key="contribution.declared"):
    """`was`: what the item that an edit corrects asked until then."""

    declared: Inline[DeclaredFacts]
    minutes: int | None
    asked: Money | None
    pro_bono: bool
    was: Money | None


class ExpenseDeclared(Sentence, key="expense.declared"):
    declared: Inline[DeclaredFacts]
    amount: Money | None
    was: Money | None


class EntryCancelled(Sentence, key="entry.cancelled"):
    id: Ref
    what: str
    amount: Money | None


class ContributionList(Sentence, key="contribution.list"):
    """`total`: of all that stands so, where the list is of what waits for something."""

    items: tuple[ItemFacts, ...]
    count: int
    more: int
    member: Person | None
    since: date | None
    standing: str | None
    total: Money | None


class EntryQuestioned(Sentence, key="entry.questioned"):
    id: Ref
    member: Person
    owner: Person
    text: str
    what: str
    asked: Money | None
    mode: RegulationMode


class EntryAnswered(Sentence, key="entry.answered"):
    id: Ref
    what: str
    state: ItemState


class Statement(Sentence, key="statement"):
    """The items of days of work, and their totals (minutes)."""

    member: Person
    structure: bool
    since: date
    until: date
    items: tuple[ItemFacts, ...]
    count: int
    more: int
    minutes: int
    asked: Money | None
    regulated: Money | None
    invoiced: Money | None
    paid: Money | None
    due: Money | None


class StructureName(Values):
    """A structure of a list."""

    name: str


class StructureList(Sentence, key="structure.list"):
    items: tuple[StructureName, ...]
    count: int


class StructureAdded(Sentence, key="structure.added"):
    name: str
