"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.ledger import ItemState
from circle.money import Money
from circle.refs import Ref
from commands.kernel.sentence import Sentence
from commands.shared.replies import HeldFacts


class CancelAction(Sentence, key="cancel.action"):
    id: Ref


class CancelEnvelope(Sentence, key="cancel.envelope"):
    id: Ref


class EntryHeld(Sentence, key="entry.held"):
    """All that was decided of it is held by these envelopes."""

    id: Ref
    envelopes: tuple[HeldFacts, ...]


class EntryPlaceAlone(Sentence, key="entry.place-alone"):
    """The envelope is said in a line of its own."""

    id: Ref
    envelope: Ref


class EnvelopeEmpty(Sentence, key="envelope.empty"):
    """Nothing is left in it; so much of that item, no envelope holds."""

    id: Ref
    item: Ref
    amount: Money


class EnvelopeHolds(Sentence, key="envelope.holds"):
    """It holds more than it would be granted: `least` is what it may be corrected to."""

    id: Ref
    amount: Money | None
    least: Money | None


class EntryNothingToUndo(Sentence, key="entry.nothing-to-undo"):
    id: Ref
    state: ItemState


class EntryStaysLinked(Sentence, key="entry.stays-linked"):
    id: Ref
    about: Ref | None


class EntryUnchanged(Sentence, key="entry.unchanged"):
    id: Ref


class EnvelopeAmountOnly(Sentence, key="envelope.amount-only"):
    id: Ref
