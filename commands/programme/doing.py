"""Doing the actions of the programme: taken, left, moved forward, done, given up."""

from dataclasses import dataclass, replace
from typing import Annotated

from circle.actions import Action, ActionChange, ActionState
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply, Unheard
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.programme.refusals import (
    ActionAlreadyDone,
    ActionAlreadyOpen,
    ActionAlreadyYours,
    ActionNotYours,
)
from commands.programme.replies import (
    ActionDone,
    ActionDropped,
    ActionLeft,
    ActionProgress,
    ActionReopened,
    ActionSaidDone,
    ActionTaken,
)
from commands.programme.steps import about, answer, holds, open_action, save
from commands.reading.readers import TEXT, reference, several
from commands.shared.common import for_each, get_action, only_author, promote, told_together

ACTION = reference(Kind.ACTION)
ACTIONS = several(Kind.ACTION)


@dataclass(frozen=True, slots=True)
class OneActionArgs:
    """An action, by its id or by replying to what announced it."""

    action: Annotated[Ref, ACTION]


@dataclass(frozen=True, slots=True)
class SomeArgs:
    """Actions, by their ids or by replying to what announced one."""

    actions: Annotated[tuple[Ref, ...], ACTIONS]


@dataclass(frozen=True, slots=True)
class NoteArgs:
    """An action and what there is to say of it."""

    action: Annotated[Ref, ACTION]
    text: Annotated[str, TEXT]


@dataclass(frozen=True, slots=True)
class DoneArgs:
    """Actions and, perhaps, how it went."""

    actions: Annotated[tuple[Ref, ...], ACTIONS]
    text: Annotated[str, TEXT] = ""


async def take(request: Request[SomeArgs], uow: UnitOfWork) -> Reply:
    """Hold actions; a participant who takes one becomes a contributor."""
    return told_together(await for_each(request.args.actions, lambda one: _take(request, uow, one)))


async def _take(request: Request[SomeArgs], uow: UnitOfWork, ref: Ref) -> Reply:
    action = await open_action(request, uow, ref.number)
    if request.person.key in {holder.key for holder in action.holders}:
        if request.gesture:
            raise Unheard
        raise Refusal(ActionAlreadyYours(id=Ref(Kind.ACTION, action.number)))
    promoted = await promote(request, uow, request.person)
    held = replace(action, holders=(*action.holders, request.person))
    move = await save(request, uow, held, ActionChange.TAKEN)
    return answer(request, ActionTaken(move=move, promoted=promoted), held)


async def leave(request: Request[SomeArgs], uow: UnitOfWork) -> Reply:
    """Hold actions no more."""

    async def left(ref: Ref) -> Reply:
        return await _leave(request, uow, await get_action(uow, request.here.id, ref.number))

    return told_together(await for_each(request.args.actions, left))


async def untake(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message or reaction that took the action was taken back."""
    return await _leave(request, uow, await about(request, uow))


async def _leave(request: Request[object], uow: UnitOfWork, action: Action) -> Reply:
    holders = tuple(h for h in action.holders if h.key != request.person.key)
    if len(holders) == len(action.holders):
        if request.gesture:
            raise Unheard
        raise Refusal(ActionNotYours(id=Ref(Kind.ACTION, action.number)))
    left = replace(action, holders=holders)
    move = await save(request, uow, left, ActionChange.LEFT)
    return answer(request, ActionLeft(move=move), left)


async def progress(request: Request[NoteArgs], uow: UnitOfWork) -> Reply:
    """Tell how an action moves."""
    action = await open_action(request, uow, request.args.action.number)
    move = await save(request, uow, action, ActionChange.PROGRESSED, request.args.text)
    return answer(request, ActionProgress(move=move), action)


async def finish(request: Request[DoneArgs], uow: UnitOfWork) -> Reply:
    """Actions are done: by who holds them, added them, or a steward.

    Said by somebody else it is told as progress: a vote's money is not let go by anybody. By a
    reaction, only from who holds it or a steward.
    """
    return told_together(
        await for_each(request.args.actions, lambda one: _finish(request, uow, one))
    )


async def _finish(request: Request[DoneArgs], uow: UnitOfWork, ref: Ref) -> Reply:
    action = await get_action(uow, request.here.id, ref.number)
    if request.gesture and not holds(request, action):
        raise Unheard
    if action.state is ActionState.DONE:
        if request.gesture:
            raise Unheard
        raise Refusal(ActionAlreadyDone(id=Ref(Kind.ACTION, action.number)))
    text = request.args.text
    if not (holds(request, action) or request.person.key == action.added_by):
        action = await open_action(request, uow, action.number)
        move = await save(request, uow, action, ActionChange.PROGRESSED, text)
        return answer(request, ActionSaidDone(move=move), action)
    done = replace(action, state=ActionState.DONE)
    move = await save(request, uow, done, ActionChange.DONE, text)
    return answer(request, ActionDone(move=move), done)


async def unfinish(request: Request[None], uow: UnitOfWork) -> Reply | None:
    """The message or reaction that did the action was taken back; one that only said so did not."""
    action = await about(request, uow)
    did = {
        one.source
        for one in await uow.actions.log_of(request.here.id, action.number)
        if one.change is ActionChange.DONE
    }
    return await _reopen(request, uow, action) if request.event in did else None


async def drop(request: Request[NoteArgs], uow: UnitOfWork) -> Reply:
    """Give an action up, with a reason; its author or a steward may."""
    action = await open_action(request, uow, request.args.action.number)
    only_author(request, action.added_by)
    dropped = replace(action, state=ActionState.DROPPED)
    reason = request.args.text
    move = await save(request, uow, dropped, ActionChange.DROPPED, reason)
    return answer(request, ActionDropped(move=move, reason=reason), dropped)


async def reopen(request: Request[OneActionArgs], uow: UnitOfWork) -> Reply:
    """An action that was done or given up is open again."""
    action = await get_action(uow, request.here.id, request.args.action.number)
    return await _reopen(request, uow, action)


async def _reopen(request: Request[object], uow: UnitOfWork, action: Action) -> Reply:
    if action.state is ActionState.OPEN:
        raise Refusal(ActionAlreadyOpen(id=Ref(Kind.ACTION, action.number)))
    again = replace(action, state=ActionState.OPEN)
    move = await save(request, uow, again, ActionChange.REOPENED)
    return answer(request, ActionReopened(move=move), again)


COMMANDS = (
    Command(
        key="action.take",
        topic=Topic.PROGRAMME,
        names=("prendre", "take"),
        args=SomeArgs,
        run=take,
        told=frozenset({ActionTaken, ActionLeft}),
        undo=untake,
        examples={"fr": ("prendre A1",), "en": ("take A1",)},
    ),
    Command(
        key="action.leave",
        topic=Topic.PROGRAMME,
        names=("lâcher", "leave"),
        args=SomeArgs,
        run=leave,
        told=frozenset({ActionLeft}),
        examples={"fr": ("lâcher A1",), "en": ("leave A1",)},
    ),
    Command(
        key="action.progress",
        topic=Topic.PROGRAMME,
        names=("avance", "progress"),
        args=NoteArgs,
        run=progress,
        examples={"fr": ("avance A1 salle trouvée",), "en": ("progress A1 room found",)},
    ),
    Command(
        key="action.finish",
        topic=Topic.PROGRAMME,
        names=("fait", "done"),
        args=DoneArgs,
        run=finish,
        reserve=Reserve.HOLDER,
        told=frozenset({ActionDone, ActionSaidDone, ActionReopened}),
        undo=unfinish,
        examples={"fr": ("fait A1 affiches collées",), "en": ("done A1 posters are up",)},
    ),
    Command(
        key="action.drop",
        topic=Topic.PROGRAMME,
        names=("abandon", "drop"),
        args=NoteArgs,
        run=drop,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        told=frozenset({ActionDropped}),
        examples={"fr": ("abandon A1 salle indisponible",), "en": ("drop A1 no room free",)},
    ),
    Command(
        key="action.reopen",
        topic=Topic.PROGRAMME,
        names=("rouvrir", "reopen"),
        args=OneActionArgs,
        run=reopen,
        told=frozenset({ActionReopened}),
        examples={"fr": ("rouvrir A1",), "en": ("reopen A1",)},
    ),
)
