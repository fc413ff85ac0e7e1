"""What is answered about the budget, one class a key (the sentences: `locales`)."""

from datetime import datetime

from circle.ledger import EntryKind
from circle.money import Money
from circle.people import Person
from circle.refs import Ref
from commands.kernel.sentence import Inline, Sentence, Values


class BudgetGranted(Sentence, key="budget.granted"):
    id: Ref
    amount: Money | None
    funder: str | None
    workstream: str | None
    period: str | None
    available: Money | None


class BudgetFigures(Values):
    """The budget's figures; `missing`: what is held beyond what was granted."""

    granted: Money
    committed: Money
    asked: Money
    regulated: Money
    invoiced: Money
    paid: Money
    available: Money
    missing: Money


class EnvelopeGroup(Values):
    """Envelopes together, and what they were used for; `details` of one alone, else its number."""

    name: str | None
    granted: Money | None
    regulated: Money | None
    paid: Money | None
    left: Money | None
    details: tuple[str | Ref, ...]


class BudgetStatus(Sentence, key="budget.status"):
    """`by`: how envelopes are put together in `items`."""

    figures: Inline[BudgetFigures]
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
    """An entry; `corrects`: an earlier one."""

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


class LedgerList(Sentence, key="ledger.list"):
    items: tuple[LedgerLine, ...]
    count: int


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
