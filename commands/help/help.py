"""Help: by topic, then one command with its examples; only what this person may do here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from circle.ports import UnitOfWork
from circle.text import squash
from commands.help.refusals import HelpUnknown
from commands.help.replies import CommandLine, Help, HelpCommand, HelpTopic, TopicLine
from commands.kernel.command import Command, Place, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Where
from commands.kernel.topics import Topic
from commands.reading.line import Found, find, nearest
from commands.reading.parse import usage
from commands.reading.readers import text


@dataclass(frozen=True, slots=True)
class HelpArgs:
    """The word or the topic to explain; without it, the topics."""

    word: Annotated[str, text("MOT", "WORD", limit=60)] = ""


def may(command: Command[Any], request: Request[Any]) -> bool:
    """Whether this person may use the command here."""
    if command.right is Right.COORDINATOR and not request.coordinator:
        return False
    if command.place is Place.COORDINATION:
        return request.coordinator and (request.coordination or request.room.direct)
    if command.place is Place.CIRCLE and request.circle is None:
        return False
    if command.place is Place.CIRCLES and request.circle is None:
        return request.coordinator and (request.coordination or request.room.direct)
    return command.right is not Right.STEWARD or request.may_manage()


def help_command(commands: Sequence[Command[Any]]) -> Command[HelpArgs]:
    """The command that explains these ones, and itself."""

    async def run(request: Request[HelpArgs], _uow: UnitOfWork) -> Reply:
        allowed = [one for one in (*commands, command) if may(one, request)]
        here = [one for one in allowed if one.where is Where.ANYWHERE or request.aloud]
        if not request.args.word:
            return Reply(_all(here, request))
        topic, found = _topic_named(request.args.word), find(request.args.word, "", allowed)
        if topic is not None and _among(topic, here):
            return Reply(_of(topic, here, request))
        if not isinstance(found, Found):
            line = nearest(request.args.word, allowed)
            raise Refusal(HelpUnknown(word=request.args.word, line=line))
        return Reply(_one(found.command, request))

    command = Command(
        key="help",
        topic=Topic.ORGANISING,
        names=("aide", "help"),
        args=HelpArgs,
        run=run,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={
            "fr": ("aide", "aide argent", "aide contribution"),
            "en": ("help", "help money", "help contribution"),
        },
    )
    return command


def _topic_named(text: str) -> Topic | None:
    """The topic that is called so, in either language."""
    said = squash(text)
    return next((one for one in Topic if said in map(squash, one.names())), None)


def _among(topic: Topic, commands: Iterable[Command[Any]]) -> tuple[Command[Any], ...]:
    """Those of these commands that are of this topic."""
    return tuple(command for command in commands if command.topic is topic)


def _all(allowed: Sequence[Command[Any]], request: Request[Any]) -> Help:
    language = request.rules.language
    return Help(
        circle=request.circle.name if request.circle else None,
        topics=tuple(
            TopicLine(
                topic=topic.value,
                name=topic.name_in(language),
                example=among[0].examples[language][0],
            )
            for topic in Topic
            if (among := _among(topic, allowed))
        ),
    )


def _of(topic: Topic, allowed: Sequence[Command[Any]], request: Request[Any]) -> HelpTopic:
    language = request.rules.language
    return HelpTopic(
        topic=topic.value,
        items=tuple(
            CommandLine(name=one.name_in(language), key=one.key, example=one.examples[language][0])
            for one in _among(topic, allowed)
        ),
    )


def _one(command: Command[Any], request: Request[Any]) -> HelpCommand:
    language = request.rules.language
    return HelpCommand(
        name=command.name_in(language),
        names=command.names,
        key=command.key,
        usage=usage(command, language),
        examples=command.examples[language],
    )
