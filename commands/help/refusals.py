"""What is refused here, one class a key (the sentences: `locales`)."""

from commands.kernel.sentence import Sentence


class HelpUnknown(Sentence, key="help.unknown"):
    word: str
    line: str | None


class MoreNone(Sentence, key="more.none"): ...
