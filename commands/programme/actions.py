"""The actions of a circle's programme: added, taken, moved forward, done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

from circle.actions import Action, ActionChange, ActionState
from circle.circles import Workstream
from circle.people import Person
from circle.ports import ActionFilter, UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, Request
from commands.kernel.reply import Refusal, Reply
from commands.kernel.reserved import Reserve
from commands.kernel.topics import Topic
from commands.programme.replies import (
    ActionAdded,
    ActionChanged,
    ActionDropped,
    ActionLine,
    ActionList,
    WorkstreamName,
)
from commands.programme.steps import about, answer, check_undecided, described, log, save
from commands.reading import action_rows as rows
from commands.reading.misread import TextMissing
from commands.reading.readers import (
    BEFORE,
    BUDGET,
    BY_WHO,
    CLEARED,
    FOR_WHO,
    IN_WORKSTREAM,
    TITLE,
    Answer,
    choice,
    reference,
    shape,
)
from commands.reading.workings import LEFT_IN_TEXT
from commands.shared.common import (
    PAGE,
    before_page,
    get_action,
    is_late,
    left_after,
    only_author,
    promote,
)

ACTION = reference(Kind.ACTION)
WHICH = choice(
    Answer("open", "en cours", "open", ("ouvertes",)),
    Answer("done", "faites", "done", ("terminées", "finies")),
    Answer("late", "en retard", "late", ("retard", "overdue")),
    Answer("dropped", "abandonnées", "dropped"),
)

UNHELD = choice(
    Answer(True, "sans personne", "without anybody", ("de personne", "libres", "unheld", "free"))
)


@dataclass(frozen=True, slots=True)
class AddArgs:
    """A title, then options in any order."""

    title: Annotated[str, TITLE, rows.TITLE]
    workstream: Annotated[Workstream | None, IN_WORKSTREAM, rows.STREAM] = None
    holders: Annotated[tuple[Person, ...], FOR_WHO, rows.HOLDERS] = ()
    due: Annotated[date | datetime | None, BEFORE, rows.DUE_DAY] = None
    budget: Annotated[int | None, BUDGET, rows.BUDGET_OF] = None
    left: Annotated[tuple[str, ...], LEFT_IN_TEXT] = ()


@dataclass(frozen=True, slots=True)
class ActionListArgs:
    """Which actions: open, done, late, of nobody, of a workstream, or of somebody."""

    which: Annotated[str, shape(WHICH)] = "open"
    unheld: Annotated[bool, shape(UNHELD)] = False
    workstream: Annotated[Workstream | None, IN_WORKSTREAM] = None
    holder: Annotated[Person | None, BY_WHO] = None


@dataclass(frozen=True, slots=True)
class ChangeArgs:
    """An action and what changes: any of title and options; `cleared` names what is removed."""

    action: Annotated[Ref, ACTION]
    title: Annotated[str, TITLE, rows.CHANGED_TITLE] = ""
    workstream: Annotated[Workstream | None, IN_WORKSTREAM, rows.STREAM] = None
    holders: Annotated[tuple[Person, ...], FOR_WHO, rows.HOLDERS] = ()
    due: Annotated[date | datetime | None, BEFORE, rows.DUE_DAY] = None
    budget: Annotated[int | None, BUDGET, rows.BUDGET_OF] = None
    cleared: Annotated[tuple[str, ...], CLEARED, rows.CLEARS] = ()


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
        holders=args.holders,
        due=args.due,
        budget=args.budget,
        moved_at=request.at,
    )
    await uow.actions.add(request.here.id, action)
    await log(request, uow, number, ActionChange.ADDED)
    for holder in args.holders:
        await promote(request, uow, holder)
    stream = WorkstreamName(name=args.workstream.name) if args.workstream else None
    told = ActionAdded(
        action=described(request, action),
        member=request.person,
        workstream=stream,
        left=() if args.budget else args.left,
    )
    return answer(request, told, action)


async def _correct(request: Request[AddArgs], uow: UnitOfWork, number: int) -> Reply:
    action = await get_action(uow, request.here.id, number)
    await check_undecided(request, uow, action)
    args = request.args
    changed = replace(
        action,
        title=args.title,
        workstream=args.workstream.id if args.workstream else None,
        holders=args.holders or action.holders,
        due=args.due or action.due,
        budget=args.budget,
    )
    move = await save(request, uow, changed, ActionChange.CHANGED)
    return answer(request, ActionChanged(move=move), action)


async def remove(request: Request[None], uow: UnitOfWork) -> Reply:
    """The message that added the action was deleted."""
    action = await about(request, uow)
    await check_undecided(request, uow, action)
    dropped = replace(action, state=ActionState.DROPPED)
    move = await save(request, uow, dropped, ActionChange.DROPPED)
    return answer(request, ActionDropped(move=move, reason=""), action)


async def show(request: Request[ActionListArgs], uow: UnitOfWork) -> Reply:
    """The actions of the circle: those that are open unless said otherwise."""
    args = request.args
    state = ActionState.OPEN if args.which == "late" else ActionState(args.which)
    wanted = ActionFilter(
        state=state,
        holder=args.holder.key if args.holder else None,
        due_before=request.at if args.which == "late" else None,
        workstream=args.workstream.id if args.workstream else None,
        unheld=args.unheld,
    )
    before = before_page(request)
    actions = await uow.actions.list(request.here.id, wanted, PAGE, before)
    count = await uow.actions.count(request.here.id, wanted)
    items = tuple(_line(request, action) for action in actions)
    return Reply(ActionList(items=items, count=count, more=left_after(count, before)))


def _line(request: Request[ActionListArgs], action: Action) -> ActionLine:
    late = is_late(action, request.at)
    return ActionLine(action=described(request, action), state=action.state, late=late)


async def change(request: Request[ChangeArgs], uow: UnitOfWork) -> Reply:
    """Change an action's title or options; its author or a steward may."""
    args = request.args
    action = await get_action(uow, request.here.id, args.action.number)
    only_author(request, action.added_by)
    if args == ChangeArgs(args.action):
        raise Refusal(TextMissing())
    changed = replace(
        _without(action, args.cleared),
        title=args.title or action.title,
        **_said(args),
    )
    move = await save(request, uow, changed, ActionChange.CHANGED)
    return answer(request, ActionChanged(move=move), action)


def _without(action: Action, cleared: tuple[str, ...]) -> Action:
    """The action without what is removed from it."""
    return replace(
        action,
        due=None if "due" in cleared else action.due,
        budget=None if "budget" in cleared else action.budget,
        workstream=None if "workstream" in cleared else action.workstream,
        holders=() if "holders" in cleared else action.holders,
    )


def _said(args: ChangeArgs) -> dict[str, Any]:
    """The options that are said, by the field of an action that each one changes."""
    said = {
        "workstream": args.workstream.id if args.workstream else None,
        "holders": args.holders or None,
        "due": args.due,
        "budget": args.budget,
    }
    return {name: value for name, value in said.items() if value is not None}


COMMANDS = (
    Command(
        key="action.add",
        topic=Topic.PROGRAMME,
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
        topic=Topic.PROGRAMME,
        names=("actions",),
        args=ActionListArgs,
        run=show,
        paged=True,
        examples={
            "fr": (
                *("actions", "actions en retard", "actions sans personne"),
                *("actions chantier Accueil", "actions de @bob"),
            ),
            "en": (
                *("actions", "actions late", "actions without anybody"),
                *("actions workstream Welcome", "actions of @bob"),
            ),
        },
    ),
    Command(
        key="action.change",
        topic=Topic.PROGRAMME,
        names=("modifier", "change"),
        args=ChangeArgs,
        run=change,
        reserve=Reserve.AUTHOR_OR_STEWARD,
        examples={
            "fr": ("modifier A1 avant le 15 décembre", "modifier A1 Grande fête budget 300 €"),
            "en": ("change A1 before 15 December", "change A1 Big party budget 300 €"),
        },
    ),
)
