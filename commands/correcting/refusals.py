"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.ledger import ItemState
from circle.refs import Ref
from commands.kernel.sentence import Sentence


class CancelAction(Sentence, key="cancel.action"):
    id: Ref


class CancelEnvelope(Sentence, key="cancel.envelope"):
    id: Ref


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
