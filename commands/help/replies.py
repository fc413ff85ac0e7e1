"""What help answers, one class a key (the sentences: `locales`)."""

from commands.kernel.sentence import Sentence, Values


class TopicLine(Values):
    """A topic, and what one types of it."""

    topic: str
    name: str
    example: str


class Help(Sentence, key="help"):
    circle: str | None
    topics: tuple[TopicLine, ...]


class CommandLine(Values):
    """A command of a topic."""

    name: str
    key: str
    example: str


class HelpTopic(Sentence, key="help.topic"):
    topic: str
    items: tuple[CommandLine, ...]


class HelpCommand(Sentence, key="help.command"):
    name: str
    names: tuple[str, ...]
    key: str
    usage: str
    examples: tuple[str, ...]
