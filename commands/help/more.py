"""The next page of the last list: the shell takes it up; here, there is nothing more to show."""

from circle.ports import UnitOfWork
from commands.help.refusals import MoreNone
from commands.kernel.command import Command, NoArgs, Place, Request, Right
from commands.kernel.reply import Refusal, Reply
from commands.kernel.topics import Topic

MORE = "more"


async def more(_request: Request[NoArgs], _uow: UnitOfWork) -> Reply:
    """Nothing is left of a list that was answered here to who asks."""
    raise Refusal(MoreNone())


COMMANDS = (
    Command(
        key=MORE,
        topic=Topic.ORGANISING,
        names=("suite", "more"),
        args=NoArgs,
        run=more,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={"fr": ("suite",), "en": ("more",)},
    ),
)
