"""The actions of a circle's programme: added, taken, moved forward, done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated

from circle.actions import Action, ActionChange, ActionEvent, ActionState
from circle.circles import Workstream
from circle.people import Person
from circle.ports import ActionFilter, UnitOfWork
from circle.refs import Kind, Ref
from commands.common import PAGE, get_action, is_late, money, only_author, promote
from commands.kernel import Command, Refusal, Reply, Request, Unheard
from commands.reading.readers import (
    BEFORE,
    BUDGET,
    BY_WHO,
    FOR_WHO,
    IN_WORKSTREAM,
    TEXT,
    TITLE,
    Answer,
    choice,
    reference,
    shape,
)

ACTION = reference(Kind.ACTION)
WHICH = choice(
    Answer("open", "en cours", "open", ("ouvertes",)),
    Answer("done", "faites", "done", ("terminées", "finies")),
    Answer("late", "en retard", "late", ("retard", "overdue")),
    Answer("dropped", "abandonnées", "dropped"),
)


@dataclass(frozen=True, slots=True)
class AddArgs:
    """A title, then options in any order."""

    title: Annotated[str, TITLE]
    workstream: Annotated[Workstream | None, IN_WORKSTREAM] = None
    holder: Annotated[Person | None, FOR_WHO] = None
    due: Annotated[date | datetime | None, BEFORE] = None
    budget: Annotated[int | None, BUDGET] = None


@dataclass(frozen=True, slots=True)
class ListArgs:
    """Which actions: open, done, late, or of somebody."""

    which: Annotated[str, shape(WHICH)] = "open"
    holder: Annotated[Person | None, BY_WHO] = None


@dataclass(frozen=True, slots=True)
class OneArgs:
    """An action, by its id or by replying to what announced it."""

    action: Annotated[Ref, ACTION]


@dataclass(frozen=True, slots=True)
class NoteArgs:
    """An action and what there is to say of it."""

    action: Annotated[Ref, ACTION]
    text: Annotated[str, TEXT]


@dataclass(frozen=True, slots=True)
class DoneArgs:
    """An action and, perhaps, how it went."""

    action: Annotated[Ref, ACTION]
    text: Annotated[str, TEXT] = ""


@dataclass(frozen=True, slots=True)
class ChangeArgs:
    """An action and what changes: any of title and options."""

    action: Annotated[Ref, ACTION]
    title: Annotated[str, TITLE] = ""
    workstream: Annotated[Workstream | None, IN_WORKSTREAM] = None
    holder: Annotated[Person | None, FOR_WHO] = None
    due: Annotated[date | datetime | None, BEFORE] = None
    budget: Annotated[int | None, BUDGET] = None


def described(request: Request[object], action: Action) -> dict[str, object]:
    """What every answer about an action tells."""
    return {
        "id": Ref(Kind.ACTION, action.number),
        "title": action.title,
        "holders": action.holders,
        "due": action.due,
        "budget": money(action.budget, request.here),
    }


async def add(request: Request[AddArgs], uow: UnitOfWork) -> Reply:
    """Add an action to the programme; an edited message corrects it instead."""
    args = request.args
    if request.edited is not None:
        return await _correct(request, uow, request.edited.number)
    number = await uow.circles.next_number(request.here.id, Kind.ACTION)
    action = Action(
        number=number,
        title=args.title,
        added_by=request.person.key,
        added_at=request.at,
        workstream=args.workstream.id if args.workstream else None,
        holders=(args.holder,) if args.holder else (),
        due=args.due,
        budget=args.budget,
        moved_at=request.at,
    )
    await uow.actions.add(request.here.id, action)
    await _log(request, uow, number, ActionChange.ADDED)
    if args.holder is not None:
        await promote(request, uow, args.holder)
    return _reply("action.added", request, action, workstream=args.workstream)


async def _correct(request: Request[AddArgs], uow: UnitOfWork, number: int) -> Reply:
    action = await get_action(uow, request.here.id, number)
    await _check_undecided(request, uow, action)
    args = request.args
    changed = replace(
        action,
        title=args.title,
        workstream=args.workstream.id if args.workstream else None,
        holders=(args.holder,) if args.holder else action.holders,
        due=args.due,
        budget=args.budget,
    )
    return await _save(request, uow, changed, ActionChange.CHANGED, "action.changed")


async def remove(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that added the action was deleted."""
    action = await _about(request, uow)
    await _check_undecided(request, uow, action)
    dropped = replace(action, state=ActionState.DROPPED)
    return await _save(request, uow, dropped, ActionChange.DROPPED, "action.dropped", reason="")


async def show(request: Request[ListArgs], uow: UnitOfWork) -> Reply:
    """The actions of the circle: those that are open unless said otherwise."""
    args = request.args
    state = ActionState.OPEN if args.which == "late" else ActionState(args.which)
    wanted = ActionFilter(
        state=state,
        holder=args.holder.key if args.holder else None,
        due_before=request.at if args.which == "late" else None,
    )
    actions = await uow.actions.list(request.here.id, wanted, PAGE)
    count = await uow.actions.count(request.here.id, wanted)
    items = tuple(_line(request, action) for action in actions)
    return Reply(
        key="action.list", values={"items": items, "count": count, "more": count - len(items)}
    )


def _line(request: Request[ListArgs], action: Action) -> Mapping[str, object]:
    late = is_late(action, request.at)
    return described(request, action) | {"state": action.state, "late": late}


async def take(request: Request[OneArgs], uow: UnitOfWork) -> Reply:
    """Hold an action; a participant who takes one becomes a contributor."""
    action = await _open_action(request, uow, request.args.action.number)
    if request.person.key in {holder.key for holder in action.holders}:
        if request.gesture:
            raise Unheard
        raise Refusal("action.already-yours", id=Ref(Kind.ACTION, action.number))
    promoted = await promote(request, uow, request.person)
    held = replace(action, holders=(*action.holders, request.person))
    return await _save(request, uow, held, ActionChange.TAKEN, "action.taken", promoted=promoted)


async def leave(request: Request[OneArgs], uow: UnitOfWork) -> Reply:
    """Hold an action no more."""
    action = await get_action(uow, request.here.id, request.args.action.number)
    return await _leave(request, uow, action)


async def untake(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message or reaction that took the action was taken back."""
    return await _leave(request, uow, await _about(request, uow))


async def _leave(request: Request[object], uow: UnitOfWork, action: Action) -> Reply:
    holders = tuple(h for h in action.holders if h.key != request.person.key)
    if len(holders) == len(action.holders):
        if request.gesture:
            raise Unheard
        raise Refusal("action.not-yours", id=Ref(Kind.ACTION, action.number))
    left = replace(action, holders=holders)
    return await _save(request, uow, left, ActionChange.LEFT, "action.left")


async def progress(request: Request[NoteArgs], uow: UnitOfWork) -> Reply:
    """Tell how an action moves."""
    action = await _open_action(request, uow, request.args.action.number)
    text = request.args.text
    return await _save(request, uow, action, ActionChange.PROGRESSED, "action.progress", text=text)


async def finish(request: Request[DoneArgs], uow: UnitOfWork) -> Reply:
    """An action is done. By a reaction, only from who holds it or a steward."""
    action = await get_action(uow, request.here.id, request.args.action.number)
    if request.gesture and not _holds(request, action):
        raise Unheard
    if action.state is ActionState.DONE:
        if request.gesture:
            raise Unheard
        raise Refusal("action.already-done", id=Ref(Kind.ACTION, action.number))
    done = replace(action, state=ActionState.DONE)
    text = request.args.text
    return await _save(request, uow, done, ActionChange.DONE, "action.done", text=text)


async def unfinish(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message or reaction that did the action was taken back."""
    return await _reopen(request, uow, await _about(request, uow))


async def drop(request: Request[NoteArgs], uow: UnitOfWork) -> Reply:
    """Give an action up, with a reason; its author or a steward may."""
    action = await _open_action(request, uow, request.args.action.number)
    only_author(request, action.added_by)
    dropped = replace(action, state=ActionState.DROPPED)
    reason = request.args.text
    return await _save(
        request, uow, dropped, ActionChange.DROPPED, "action.dropped", text=reason, reason=reason
    )


async def reopen(request: Request[OneArgs], uow: UnitOfWork) -> Reply:
    """An action that was done or given up is open again."""
    action = await get_action(uow, request.here.id, request.args.action.number)
    return await _reopen(request, uow, action)


async def _reopen(request: Request[object], uow: UnitOfWork, action: Action) -> Reply:
    if action.state is ActionState.OPEN:
        raise Refusal("action.already-open", id=Ref(Kind.ACTION, action.number))
    again = replace(action, state=ActionState.OPEN)
    return await _save(request, uow, again, ActionChange.REOPENED, "action.reopened")


async def change(request: Request[ChangeArgs], uow: UnitOfWork) -> Reply:
    """Change an action's title or options; its author or a steward may."""
    args = request.args
    action = await get_action(uow, request.here.id, args.action.number)
    only_author(request, action.added_by)
    if args == ChangeArgs(args.action):
        raise Refusal("text.missing")
    changed = replace(
        action,
        title=args.title or action.title,
        workstream=args.workstream.id if args.workstream else action.workstream,
        holders=(args.holder,) if args.holder else action.holders,
        due=args.due or action.due,
        budget=action.budget if args.budget is None else args.budget,
    )
    return await _save(request, uow, changed, ActionChange.CHANGED, "action.changed")


async def _open_action(request: Request[object], uow: UnitOfWork, number: int) -> Action:
    action = await get_action(uow, request.here.id, number)
    if action.state is ActionState.OPEN:
        return action
    if request.gesture:
        raise Unheard
    raise Refusal("action.not-open", id=Ref(Kind.ACTION, number), state=action.state)


async def _about(request: Request[None], uow: UnitOfWork) -> Action:
    if request.about is None:
        raise Unheard
    return await get_action(uow, request.here.id, request.about.number)


async def _check_undecided(request: Request[object], uow: UnitOfWork, action: Action) -> None:
    """Refuse once something was decided on the action: it is over, or a vote gave it money."""
    commitments = await uow.ledger.commitments(request.here.id)
    decided = any(one.action == action.number for one in commitments)
    if decided or action.state is not ActionState.OPEN:
        raise Refusal("refused.decided", id=Ref(Kind.ACTION, action.number))


def _holds(request: Request[object], action: Action) -> bool:
    mine = any(holder.key == request.person.key for holder in action.holders)
    return mine or request.may_manage()


async def _save(
    request: Request[object],
    uow: UnitOfWork,
    action: Action,
    what: ActionChange,
    key: str,
    *,
    text: str = "",
    **told: object,
) -> Reply:
    moved = replace(action, moved_at=request.at)
    await uow.actions.save(request.here.id, moved)
    await _log(request, uow, action.number, what, text)
    return _reply(key, request, moved, text=text, **told)


async def _log(
    request: Request[object], uow: UnitOfWork, number: int, what: ActionChange, text: str = ""
) -> None:
    event = ActionEvent(number, what, request.person.key, request.at, text, request.event)
    await uow.actions.log(request.here.id, event)


def _reply(key: str, request: Request[object], action: Action, **told: object) -> Reply:
    values = described(request, action) | {"member": request.person} | told
    subject = Ref(Kind.ACTION, action.number)
    return Reply(key=key, values=values, subject=subject, quiet=request.gesture)


COMMANDS = (
    Command(
        key="action.add",
        names=("action",),
        args=AddArgs,
        run=add,
        undo=remove,
        editable=True,
        examples={
            "fr": (
                "action Portes ouvertes du fablab avant le 12 décembre budget 400 €",
                "action Annuaire des lieux chantier Accueil pour @bob",
            ),
            "en": (
                "action Open day of the fablab before 12 December budget 400 €",
                "action Directory of places workstream Welcome for @bob",
            ),
        },
    ),
    Command(
        key="action.list",
        names=("actions",),
        args=ListArgs,
        run=show,
        examples={
            "fr": ("actions", "actions en retard", "actions de @bob"),
            "en": ("actions", "actions late", "actions of @bob"),
        },
    ),
    Command(
        key="action.take",
        names=("prendre", "take"),
        args=OneArgs,
        run=take,
        undo=untake,
        examples={"fr": ("prendre A1",), "en": ("take A1",)},
    ),
    Command(
        key="action.leave",
        names=("lâcher", "leave"),
        args=OneArgs,
        run=leave,
        examples={"fr": ("lâcher A1",), "en": ("leave A1",)},
    ),
    Command(
        key="action.progress",
        names=("avance", "progress"),
        args=NoteArgs,
        run=progress,
        examples={"fr": ("avance A1 salle trouvée",), "en": ("progress A1 room found",)},
    ),
    Command(
        key="action.finish",
        names=("fait", "done"),
        args=DoneArgs,
        run=finish,
        undo=unfinish,
        examples={"fr": ("fait A1 affiches collées",), "en": ("done A1 posters are up",)},
    ),
    Command(
        key="action.drop",
        names=("abandon", "drop"),
        args=NoteArgs,
        run=drop,
        examples={"fr": ("abandon A1 salle indisponible",), "en": ("drop A1 no room free",)},
    ),
    Command(
        key="action.reopen",
        names=("rouvrir", "reopen"),
        args=OneArgs,
        run=reopen,
        examples={"fr": ("rouvrir A1",), "en": ("reopen A1",)},
    ),
    Command(
        key="action.change",
        names=("modifier", "change"),
        args=ChangeArgs,
        run=change,
        examples={
            "fr": ("modifier A1 avant le 15 décembre", "modifier A1 Grande fête budget 300 €"),
            "en": ("change A1 before 15 December", "change A1 Big party budget 300 €"),
        },
    ),
)
