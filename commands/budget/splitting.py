"""What the envelopes of a circle hold, by funder, workstream, period or envelope."""

from collections.abc import Callable, Mapping, Sequence

from circle.circles import Circle
from circle.envelopes import Use
from circle.ports import Spent, UnitOfWork
from circle.refs import Kind, Ref
from commands.budget.replies import EnvelopeGroup
from commands.shared.common import money


async def split(uow: UnitOfWork, circle: Circle, by: str | None) -> tuple[EnvelopeGroup, ...]:
    """The envelopes together by funder, workstream or period; what each holds."""
    if by is None:
        return ()
    uses = await uow.ledger.uses(circle.id)
    names = {one.id: one.name for one in await uow.circles.workstreams(circle.id)}
    if by == "workstream":
        return _by_workstream(circle, uses, names, await uow.ledger.spent_by_workstream(circle.id))
    name_of: Mapping[str, Callable[[Use], str | None]] = {
        "funder": lambda use: use.envelope.funder,
        "period": lambda use: use.envelope.period,
        "envelope": lambda use: str(Ref(Kind.ENVELOPE, use.envelope.number)),
    }
    groups: dict[str | None, list[Use]] = {}
    for use in uses:
        groups.setdefault(name_of[by](use), []).append(use)
    return tuple(
        _group(circle, name, together, _details(together, names if by == "envelope" else None))
        for name, together in groups.items()
    )


def _by_workstream(
    circle: Circle,
    uses: Sequence[Use],
    names: Mapping[int, str],
    spent: Mapping[int | None, Spent],
) -> tuple[EnvelopeGroup, ...]:
    """What was decided on the actions of each, beside the envelopes that are for it alone."""
    groups: dict[int | None, list[Use]] = {}
    for use in uses:
        groups.setdefault(use.envelope.workstream, []).append(use)
    of_none = Spent(0, 0)
    return tuple(
        _group(circle, names.get(one or 0), mine, _details(mine, None), spent.get(one, of_none))
        for one in dict.fromkeys((*groups, *sorted(spent, key=lambda one: one or 0)))
        for mine in [groups.get(one, [])]
    )


def _details(uses: Sequence[Use], workstreams: Mapping[int, str] | None) -> tuple[str | Ref, ...]:
    """The envelopes that are together; of one alone, where it comes from and what it is for."""
    if workstreams is None:
        return tuple(Ref(Kind.ENVELOPE, use.envelope.number) for use in uses)
    one = uses[0].envelope
    words = (one.funder, workstreams.get(one.workstream or 0), one.period)
    return tuple(word for word in words if word)


def _group(
    circle: Circle,
    name: str | None,
    together: Sequence[Use],
    details: tuple[str | Ref, ...],
    spent: Spent | None = None,
) -> EnvelopeGroup:
    held = Spent(sum(use.spent for use in together), sum(use.paid for use in together))
    told = held if spent is None else spent
    return EnvelopeGroup(
        name=name,
        granted=money(sum(use.envelope.amount for use in together), circle),
        regulated=money(told.regulated, circle),
        paid=money(told.paid, circle),
        left=money(sum(use.left for use in together), circle),
        details=details,
    )
