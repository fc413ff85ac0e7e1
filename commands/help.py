"""Help: short, then one command with its examples; only what this person may do here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from circle.ports import UnitOfWork
from commands.kernel import Command, Place, Refusal, Reply, Request, Right
from commands.reading.line import Found, find, nearest
from commands.reading.parse import usage
from commands.reading.readers import text


@dataclass(frozen=True, slots=True)
class HelpArgs:
    """The word to explain; without it, the list."""

    word: Annotated[str, text("MOT", "WORD", limit=60)] = ""


def may(command: Command[Any], request: Request[Any]) -> bool:
    """Whether this person may use the command here."""
    if command.right is Right.COORDINATOR and not request.coordinator:
        return False
    if command.place is Place.COORDINATION:
        return request.coordinator and (request.coordination or request.room.direct)
    if command.place is Place.CIRCLE and request.circle is None:
        return False
    return command.right is not Right.STEWARD or request.may_manage()


Families = Mapping[str, Sequence[Command[Any]]]


def help_command(families: Families) -> Command[HelpArgs]:
    """The command that explains these ones, by topic, and itself."""

    async def run(request: Request[HelpArgs], _uow: UnitOfWork) -> Reply:
        topics = {topic: _allowed(family, request) for topic, family in families.items()}
        if not request.args.word:
            return Reply(key="help", values=_all(topics, request))
        allowed = [command, *(one for family in topics.values() for one in family)]
        found = find(request.args.word, "", allowed)
        if not isinstance(found, Found):
            line = nearest(request.args.word, allowed)
            raise Refusal("help.unknown", word=request.args.word, line=line)
        return Reply(key="help.command", values=_one(found.command, request))

    command = Command(
        key="help",
        names=("aide", "help"),
        args=HelpArgs,
        run=run,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={"fr": ("aide", "aide contribution"), "en": ("help", "help contribution")},
    )
    return command


def _allowed(family: Sequence[Command[Any]], request: Request[Any]) -> list[Command[Any]]:
    return [command for command in family if may(command, request)]


def _all(topics: Families, request: Request[Any]) -> dict[str, object]:
    language = request.rules.language
    told = tuple(
        {"topic": topic, "names": tuple(name_in(command, language) for command in allowed)}
        for topic, allowed in topics.items()
        if allowed
    )
    return {"topics": told, "circle": request.circle.name if request.circle else None}


def _one(command: Command[Any], request: Request[Any]) -> dict[str, object]:
    language = request.rules.language
    name = name_in(command, language)
    return {
        "command": command.key,
        "name": name,
        "names": tuple(other for other in command.names if other != name),
        "usage": usage(command, language),
        "examples": command.examples[language],
        "right": None if command.right in {Right.MEMBER, Right.ANYONE} else command.right,
    }


def name_in(command: Command[Any], language: str) -> str:
    """The command's name in this language: the first one is French, the last one English."""
    return command.names[0] if language == "fr" else command.names[-1]
