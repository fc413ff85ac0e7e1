"""What is refused here, one class a key (the sentences: `locales`)."""

from datetime import date

from circle.refs import Ref
from commands.kernel.sentence import Sentence


class ReminderAlreadyCancelled(Sentence, key="reminder.already-cancelled"):
    id: Ref


class ReminderExcept(Sentence, key="reminder.except"):
    """A reminder that repeats rings each time; a meeting may leave out days."""

    exdates: tuple[date, ...]
