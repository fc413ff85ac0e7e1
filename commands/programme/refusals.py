"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.actions import ActionState
from circle.refs import Ref
from commands.kernel.sentence import Sentence


class ActionAlreadyDone(Sentence, key="action.already-done"):
    id: Ref


class ActionAlreadyOpen(Sentence, key="action.already-open"):
    id: Ref


class ActionAlreadyYours(Sentence, key="action.already-yours"):
    id: Ref


class ActionNotOpen(Sentence, key="action.not-open"):
    id: Ref
    state: ActionState


class ActionNotYours(Sentence, key="action.not-yours"):
    id: Ref
