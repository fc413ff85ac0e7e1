"""One's own data: why it is kept, all of it, forgotten (docs/domain.md: Personal data).

All of it is answered in a direct message.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from circle.circles import Circle
from circle.entries import Cancelled
from circle.ledger import WAITING, ItemState
from circle.money import Money
from circle.people import Role
from circle.personal import Spared, already_gathered
from circle.ports import ItemFilter, UnitOfWork
from commands.circle.privacy_replies import (
    NameThatStays,
    PrivacyData,
    PrivacyErase,
    PrivacyErased,
    PrivacyFacts,
    PrivacyMention,
    PrivacyPage,
    PrivacyRegister,
)
from commands.circle.refusals import PrivacyDataLeaving
from commands.kernel.command import Command, NoArgs, Place, Request, Right
from commands.kernel.reply import PersonalFile, Refusal, RegisterFile, Reply
from commands.kernel.topics import Topic
from commands.reading.choices import YES_NO
from commands.reading.readers import Answer, choice, option, shape
from commands.shared.counting import keep_records_of
from commands.shared.items import write
from commands.shared.privately import privately
from commands.shared.vacancy import is_steward, steward_left

CONFIRMED = choice(Answer(True, "confirmer", "confirm", ("oui", "yes")))
REGISTER = choice(Answer(True, "registre", "register"))
_PLACES = 8
"""As many places of a name are told: a message is read on a phone."""

_DECIDED = frozenset({ItemState.REGULATED, ItemState.INVOICED, ItemState.PAID})


@dataclass(frozen=True, slots=True)
class EraseArgs:
    """Whether it is meant."""

    confirmed: Annotated[bool, CONFIRMED] = False


@dataclass(frozen=True, slots=True)
class PageArgs:
    """Nothing: the page; whether to be named outside; the register of the association."""

    mention: Annotated[bool | None, option("mention", "mention", read=YES_NO)] = None
    register: Annotated[bool, shape(REGISTER)] = False


async def give(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """Everything held about who asks, as a file."""
    if await uow.personal.leaving(request.person, request.room.id):
        raise Refusal(PrivacyDataLeaving())
    held = already_gathered(request.person)
    told = PrivacyData(
        items=len(held.sections["declarations"]),
        files=len(held.files),
        messages=len(held.sections["messages"]),
        days=request.rules.retention.messages,
    )
    return privately(request, told, PersonalFile(held))


async def page(request: Request[PageArgs], uow: UnitOfWork) -> Reply:
    """What is kept, where, how long, who sees it; or one's own word on being named."""
    args = request.args
    if args.mention is not None:
        await uow.people.set_mention(request.person.key, agreed=args.mention)
        return privately(request, PrivacyMention(agreed=args.mention))
    facts = await _about(request, uow)
    if args.register:
        register = PrivacyRegister(facts=facts)
        return privately(request, register, RegisterFile(register))
    return privately(request, PrivacyPage(facts=facts))


async def _about(request: Request[PageArgs], uow: UnitOfWork) -> PrivacyFacts:
    circle, today = request.circle, request.at.date()
    members = await uow.people.members(circle.id) if circle else ()
    kept = request.rules.retention
    return PrivacyFacts(
        circle=circle.name if circle else None,
        stewards=tuple(
            one.person for one in members if one.joined and one.role_on(today) is Role.STEWARD
        ),
        mention=request.person.mention,
        messages=kept.messages,
        years=kept.ledger,
        backups=kept.backups,
        controller=kept.controller,
        contact=kept.contact,
    )


async def erase(request: Request[EraseArgs], uow: UnitOfWork) -> Reply:
    """Say what goes and what stays; once confirmed in a direct message, forget who asks."""
    theirs = await uow.personal.circles(request.person)
    every = await uow.circles.all(request.at.date())
    circles = tuple(one for one in every if one.id in theirs)
    if not (request.args.confirmed and request.room.direct):
        return privately(request, await _at_stake(request, uow, circles))
    for circle in circles:
        await _cancel_waiting(replace(request, circle=circle), uow)
    led = [one for one in circles if await is_steward(uow, one, request.person, request.at)]
    await keep_records_of(uow, request.person.key)
    spared = await uow.personal.erase(request.person, request.at, request.event)
    for circle in led:
        await steward_left(uow, circle, request.at, had=True)
    kept = request.rules.retention
    erased = PrivacyErased(
        years=kept.ledger,
        backups=kept.backups,
        spared=_told(spared),
    )
    return Reply(erased)


def _told(spared: Iterable[Spared]) -> tuple[NameThatStays, ...]:
    """The names that stay, the first things that hold each, in how many texts of its circle."""
    return tuple(
        NameThatStays(name=one.name, circle=one.circle, where=one.where[:_PLACES], count=one.count)
        for one in spared
    )


async def _at_stake(
    request: Request[EraseArgs], uow: UnitOfWork, circles: tuple[Circle, ...]
) -> PrivacyErase:
    """What an erasure would touch: declarations by what becomes of them, receipts, circles."""
    kept = waiting = asked = due = 0
    mine: list[str] = []
    for circle in circles:
        which = ItemFilter(person=request.person.key)
        decided = replace(which, states=_DECIDED)
        sums = await uow.ledger.sum_items(circle.id, which)
        waiting += await uow.ledger.count_items(circle.id, replace(which, states=WAITING))
        kept += await uow.ledger.count_items(circle.id, decided)
        asked, due = asked + sums.asked, due + sums.regulated - sums.paid
        if await uow.people.member(circle.id, request.person.key):
            mine.append(circle.name)
    retention = request.rules.retention
    return PrivacyErase(
        circles=tuple(mine),
        kept=kept,
        waiting=waiting,
        asked=Money(asked),
        due=Money(due),
        files=await uow.personal.count_files(request.person),
        spared=_told(await uow.personal.spared(request.person, request.at)),
        years=retention.ledger,
        backups=retention.backups,
        contact=retention.contact,
    )


async def _cancel_waiting(request: Request[EraseArgs], uow: UnitOfWork) -> None:
    """What nobody has decided is asked no more: an entry says so, as for anything cancelled."""
    circle = request.here.id
    await uow.circles.lock(circle)
    which = ItemFilter(person=request.person.key, states=WAITING)
    for item in await uow.ledger.items(circle, which):
        await write(request, uow, item, Cancelled())


COMMANDS = (
    Command(
        key="privacy.page",
        topic=Topic.PERSONAL,
        names=("confidentialité", "privacy"),
        args=PageArgs,
        run=page,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={
            "fr": ("confidentialité", "confidentialité mention oui", "confidentialité registre"),
            "en": ("privacy", "privacy mention yes", "privacy register"),
        },
    ),
    Command(
        key="privacy.data",
        topic=Topic.PERSONAL,
        names=("mes-données", "my-data"),
        args=NoArgs,
        run=give,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={"fr": ("mes-données",), "en": ("my-data",)},
    ),
    Command(
        key="privacy.erase",
        topic=Topic.PERSONAL,
        names=("effacer-moi", "forget-me"),
        args=EraseArgs,
        run=erase,
        right=Right.ANYONE,
        place=Place.ANYWHERE,
        examples={
            "fr": ("effacer-moi", "effacer-moi confirmer"),
            "en": ("forget-me", "forget-me confirm"),
        },
    ),
)
