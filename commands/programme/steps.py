"""Steps that all commands about actions share: finding, keeping, telling."""

from dataclasses import replace

from circle.actions import Action, ActionChange, ActionEvent, ActionState
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply, Unheard
from commands.kernel.sentence import Sentence
from commands.programme.refusals import ActionNotOpen
from commands.programme.replies import ActionFacts, ActionMove
from commands.shared.common import get_action, money
from commands.shared.refusals import RefusedDecided


def described(request: Request[object], action: Action) -> ActionFacts:
    """What every answer about an action tells."""
    return ActionFacts(
        id=Ref(Kind.ACTION, action.number),
        title=action.title,
        holders=action.holders,
        due=action.due,
        budget=money(action.budget, request.here),
    )


async def open_action(request: Request[object], uow: UnitOfWork, number: int) -> Action:
    action = await get_action(uow, request.here.id, number)
    if action.state is ActionState.OPEN:
        return action
    if request.gesture:
        raise Unheard
    raise Refusal(ActionNotOpen(id=Ref(Kind.ACTION, number), state=action.state))


async def about(request: Request[None], uow: UnitOfWork) -> Action:
    if request.about is None:
        raise Unheard
    return await get_action(uow, request.here.id, request.about.number)


async def check_undecided(request: Request[object], uow: UnitOfWork, action: Action) -> None:
    """Refuse once something was decided on the action: it is over, or a vote gave it money."""
    commitments = await uow.ledger.commitments(request.here.id)
    decided = any(one.action == action.number for one in commitments)
    if decided or action.state is not ActionState.OPEN:
        raise Refusal(RefusedDecided(id=Ref(Kind.ACTION, action.number)))


def holds(request: Request[object], action: Action) -> bool:
    mine = any(holder.key == request.person.key for holder in action.holders)
    return mine or request.may_manage()


async def save(
    request: Request[object], uow: UnitOfWork, action: Action, what: ActionChange, text: str = ""
) -> ActionMove:
    """Keep the action as it now is and what was done to it; what is told of that."""
    moved = replace(action, moved_at=request.at)
    await uow.actions.save(request.here.id, moved)
    await log(request, uow, action.number, what, text)
    return ActionMove(action=described(request, moved), member=request.person, text=text)


async def log(
    request: Request[object], uow: UnitOfWork, number: int, what: ActionChange, text: str = ""
) -> None:
    event = ActionEvent(number, what, request.person.key, request.at, text, request.event)
    await uow.actions.log(request.here.id, event)


def answer(request: Request[object], sentence: Sentence, action: Action) -> Reply:
    """The answer that announces an action."""
    return Reply(sentence, subject=Ref(Kind.ACTION, action.number), quiet=request.gesture)
