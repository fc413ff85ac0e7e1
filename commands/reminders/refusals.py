"""What is refused here, one class a key (the sentences: `locales`)."""

from circle.refs import Ref
from commands.kernel.sentence import Sentence


class ReminderAlreadyCancelled(Sentence, key="reminder.already-cancelled"):
    id: Ref
