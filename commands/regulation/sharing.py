"""A pro rata is proposed, never imposed (docs/domain.md: Claims beyond what is left)."""

from collections.abc import Mapping, Sequence

from circle.circles import Circle
from circle.claims import Cap
from circle.ledger import Item
from circle.people import Person, PersonKey
from circle.ports import UnitOfWork
from circle.refs import Kind, Ref
from commands.kernel.command import Command, NoArgs, Request, Right
from commands.kernel.reply import Reply
from commands.kernel.topics import Topic
from commands.regulation.replies import RegulationProrata, ShareLine
from commands.regulation.shares import fits, shares
from commands.regulation.sitting import given_in
from commands.regulation.waiting import asked_in_all, line_amount, waiting
from commands.shared.common import figures, money


async def prorata(request: Request[NoArgs], uow: UnitOfWork) -> Reply:
    """What each claim that waits could get, with the lines to type."""
    circle = request.here
    session = await uow.sessions.open(circle.id)
    claims = [item for item in await waiting(uow, circle, session) if item.asked]
    had = await given_in(uow, circle, session) if session else {}
    cap = request.rules.person_cap
    given = await shares(uow, circle, claims, Cap(cap, had))
    people = await uow.people.many({item.person for item in claims})
    proposed = RegulationProrata(
        items=_lines(circle, claims, given, people),
        count=len(claims),
        more=0,
        asked=money(asked_in_all(claims), circle),
        given=money(sum(given), circle),
        available=money((await figures(uow, circle.id)).spendable, circle),
        exceeds=not await fits(uow, circle, claims),
        cap=money(cap, circle),
    )
    return Reply(proposed)


def _lines(
    circle: Circle,
    claims: Sequence[Item],
    given: Sequence[int],
    people: Mapping[PersonKey, Person],
) -> tuple[ShareLine, ...]:
    return tuple(
        ShareLine(
            id=Ref(Kind.ENTRY, item.number),
            member=people[item.person],
            what=item.what,
            asked=money(item.asked, circle),
            given=money(cents, circle),
            line=line_amount(cents, circle) if cents else None,
        )
        for item, cents in zip(claims, given, strict=True)
    )


COMMANDS = (
    Command(
        key="meeting.prorata",
        topic=Topic.GATHERING,
        names=("prorata", "pro rata"),
        english="prorata",
        args=NoArgs,
        run=prorata,
        right=Right.STEWARD,
        personal=True,
        examples={"fr": ("prorata",), "en": ("prorata",)},
    ),
)
