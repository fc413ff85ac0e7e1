"""What is refused here, one class a key (the sentences: `locales`)."""

from commands.kernel.sentence import Sentence


class MoneyZero(Sentence, key="money.zero"): ...


class PeriodUnread(Sentence, key="period.unread"):
    period: str
