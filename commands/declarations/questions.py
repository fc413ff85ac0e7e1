"""Questions on an item, asked openly, before it is decided (docs/domain.md: Regulation)."""

from dataclasses import dataclass
from typing import Annotated

from circle.entries import Questioned, QuestionTakenBack
from circle.ledger import WAITING
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.declarations.replies import EntryAnswered, EntryQuestioned
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply, Unheard
from commands.kernel.topics import Topic
from commands.reading.readers import TEXT, reference
from commands.shared.common import money
from commands.shared.items import locked_item, write
from commands.shared.refusals import RefusedDecided

ENTRY = reference(Kind.ENTRY)


@dataclass(frozen=True, slots=True)
class QuestionArgs:
    """An item, and what one asks about it."""

    entry: Annotated[Ref, ENTRY]
    text: Annotated[str, TEXT]


async def question(request: Request[QuestionArgs], uow: UnitOfWork) -> Reply:
    """Ask about an item that is not decided yet: its amount no longer stands by itself."""
    ref = request.args.entry
    item = await locked_item(request, uow, ref.number)
    if item.state not in WAITING:
        raise Refusal(RefusedDecided(id=ref, state=item.state))
    await write(request, uow, item, Questioned(), request.args.text)
    owner = await uow.people.get(item.person)
    asked = EntryQuestioned(
        id=ref,
        member=request.person,
        owner=owner,
        text=request.args.text,
        what=item.what,
        asked=money(item.asked, request.here),
        mode=request.rules.regulation_mode,
    )
    return Reply(asked, subject=ref, mentions=(owner,))


async def unquestion(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that asked was deleted: the question is taken back, unless it was decided."""
    if request.about is None:
        raise Unheard
    item = await locked_item(request, uow, request.about.number)
    if item.state not in WAITING:
        raise Refusal(RefusedDecided(id=request.about, state=item.state))
    history = await uow.ledger.history(request.here.id, item.number)
    asked = next((entry.id for entry in history if entry.source == request.event), None)
    if asked is None:
        raise Unheard
    await write(request, uow, item, QuestionTakenBack(), corrects=asked)
    left = await uow.ledger.item(request.here.id, item.number)
    answered = EntryAnswered(id=request.about, what=item.what, state=(left or item).state)
    return Reply(answered, subject=request.about)


COMMANDS = (
    Command(
        key="contribution.question",
        topic=Topic.CONTRIBUTING,
        names=("question",),
        args=QuestionArgs,
        run=question,
        told=frozenset({EntryQuestioned, EntryAnswered}),
        personal=True,
        undo=unquestion,
        examples={
            "fr": ("question C12 Est-ce que le transport est compris ?",),
            "en": ("question C12 Is the transport included?",),
        },
    ),
)
