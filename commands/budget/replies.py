"""What is answered about the budget, one class a key (the sentences: `locales`)."""

from datetime import date, datetime

from circle.ledger import EntryKind
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values
from commands.shared.replies import HeldFacts, TakenFacts


class BudgetGranted(Sentence, key="budget.granted"):
    id: Ref
    amount: Money | None
    funder: str | None
    workstream: str | None
    period: str | None
    since: date | None
    until: date | None
    available: Money | None
    taken: tuple[TakenFacts, ...]
    waiting: Money | None


class BudgetFigures(Values):
    """The budget's figures; `missing`: what votes hold back beyond what is left in envelopes.

    `unattributed`: what was decided and no envelope holds.
    """

    granted: Money
    committed: Money
    asked: Money
    regulated: Money
    invoiced: Money
    paid: Money
    available: Money
    missing: Money
    unattributed: Money


class EnvelopeGroup(Values):
    """Envelopes together, and what they hold; `details` of one alone, else its number.

    By workstream, what was decided and paid is that of its actions, whatever envelope holds it.
    """

    name: str | None
    granted: Money | None
    regulated: Money | None
    paid: Money | None
    left: Money | None
    details: tuple[str | Ref, ...]


class BudgetStatus(Sentence, key="budget.status"):
    """`by`: how envelopes are put together in `items`.

    `unheld`: of which items no envelope holds how much, the first ones; `unheld_more`: of how
    many others.
    """

    figures: Inline[BudgetFigures]
    unheld: tuple[HeldFacts, ...]
    unheld_more: int
    circle: str
    by: str | None
    items: tuple[EnvelopeGroup, ...]


class BudgetPicture(Sentence, key="picture.budget"):
    """What became of the envelope."""

    granted: Money
    committed: Money
    asked: Money
    regulated: Money
    invoiced: Money
    paid: Money
    available: Money
    circle: str


class LedgerLine(Values):
    """An entry; `corrects`: an earlier one; `moves`: what envelopes took, or let go, by it."""

    at: datetime
    kind: EntryKind
    id: Ref | None
    member: Person
    amount: Money | None
    minutes: int | None
    what: str
    funder: str | None
    number: str | None
    corrects: bool
    alone: bool
    moves: tuple[TakenFacts, ...]


class LedgerList(Sentence, key="ledger.list"):
    """`attributed`: when what an older program had left was attributed, if these lines reach it."""

    items: tuple[LedgerLine, ...]
    count: int
    attributed: datetime | None


class EntrySettled(Sentence):
    """A family: an item was invoiced or paid; `number` of its invoice."""

    id: Ref
    member: Person
    payee: Person | None
    amount: Money | None
    number: str | None
    what: str
    alone: bool


class EntryInvoiced(EntrySettled, key="entry.invoiced"): ...


class EntryPaid(EntrySettled, key="entry.paid"): ...
