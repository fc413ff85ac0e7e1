"""An envelope whose amount was wrong, or that its funder changed."""

from circle.entries import EnvelopeEntry, GrantCorrected
from circle.envelopes import Envelope
from circle.ledger import Postings
from circle.money import Cents
from circle.ports import UnitOfWork
from commands.correcting.refusals import EntryUnchanged, EnvelopeAmountOnly
from commands.correcting.replies import EntryCorrected
from commands.correcting.words import CorrectArgs
from commands.kernel.command import Request
from commands.kernel.reply import Refusal, Reply
from commands.shared.common import figures, money
from commands.shared.refusals import IdUnknown


async def correct_envelope(request: Request[CorrectArgs], uow: UnitOfWork) -> Reply:
    """Give an envelope its right amount; zero takes it back. What it overdraws is told."""
    circle, ref, cents = request.here, request.args.entry, request.args.amount
    await uow.circles.lock(circle.id)
    envelopes = {one.number: one for one in await uow.ledger.envelopes(circle.id)}
    before = envelopes.get(ref.number)
    if before is None:
        raise Refusal(IdUnknown(id=ref))
    if cents is None:
        raise Refusal(EnvelopeAmountOnly(id=ref))
    if cents == before.amount:
        raise Refusal(EntryUnchanged(id=ref))
    await uow.ledger.append(circle.id, _correction(request, before, cents))
    available = (await figures(uow, circle.id)).available
    corrected = EntryCorrected(
        id=ref,
        what="",
        minutes=None,
        amount=money(cents, circle),
        was=money(before.amount, circle),
        available=money(available, circle),
        missing=money(max(0, -available), circle),
        funder=before.funder,
        period=before.period,
        reason=request.args.what,
        state=None,
        number=None,
        member=None,
        payee=None,
        before=None,
    )
    return Reply(corrected, subject=ref)


def _correction(request: Request[CorrectArgs], before: Envelope, cents: int) -> EnvelopeEntry:
    return EnvelopeEntry(
        at=request.at,
        by=request.person.key,
        event=GrantCorrected(
            amount=Cents(cents),
            funder=before.funder,
            workstream=before.workstream,
            period=before.period,
        ),
        postings=Postings(granted=cents - before.amount),
        corrects=before.entries[-1],
        what=request.args.what,
        source=request.event,
    )
