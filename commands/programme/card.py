"""One action or one declaration, as it stands: its card."""

from dataclasses import dataclass
from typing import Annotated

from circle.actions import ActionChange, ActionEvent
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Request
from commands.kernel.reply import Reply
from commands.kernel.topics import Topic
from commands.programme.replies import ActionCard, ActionLine, ActionNews, EntryCard
from commands.programme.steps import described
from commands.reading.readers import reference
from commands.shared.common import get_action, get_item, is_late
from commands.shared.items import lines_of

_NEWS = 3
_WORDY = frozenset({ActionChange.PROGRESSED, ActionChange.DONE, ActionChange.DROPPED})


@dataclass(frozen=True, slots=True)
class CardArgs:
    """The thing to show."""

    thing: Annotated[Ref, reference(Kind.ACTION, Kind.ENTRY)]


async def show(request: Request[CardArgs], uow: UnitOfWork) -> Reply:
    """How an action or a declaration stands."""
    thing = request.args.thing
    if thing.kind is Kind.ENTRY:
        item = await get_item(uow, request.here.id, thing.number)
        [line] = await lines_of(uow, request.here, (item,))
        return Reply(EntryCard(item=line), subject=thing)
    action = await get_action(uow, request.here.id, thing.number)
    late = is_late(action, request.at)
    line_ = ActionLine(action=described(request, action), state=action.state, late=late)
    streams = await uow.circles.workstreams(request.here.id)
    name = next((one.name for one in streams if one.id == action.workstream), None)
    log = await uow.actions.log_of(request.here.id, action.number)
    card = ActionCard(item=line_, workstream=name, news=await _news(uow, log))
    return Reply(card, subject=thing)


async def _news(uow: UnitOfWork, log: tuple[ActionEvent, ...]) -> tuple[ActionNews, ...]:
    """What was last said of it, oldest first."""
    said = [one for one in log if one.change in _WORDY and one.text][-_NEWS:]
    people = await uow.people.many({one.by for one in said})
    return tuple(
        ActionNews(member=people[one.by], day=one.at.date(), text=one.text) for one in said
    )


COMMANDS = (
    Command(
        key="thing.card",
        topic=Topic.PROGRAMME,
        names=("voir", "show"),
        args=CardArgs,
        run=show,
        personal=True,
        examples={"fr": ("voir A1", "voir C1"), "en": ("show A1", "show C1")},
    ),
)
