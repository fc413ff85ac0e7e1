"""A check-in (météo): everybody says a word or an emoji, gathered in one message at the end."""

from dataclasses import dataclass
from typing import Annotated

from circle.circles import Circle
from circle.ports import UnitOfWork
from circle.rounds import CheckIn, Round, RoundKind, RoundWord
from circle.text import squash
from commands.facilitation.refusals import CheckinNone
from commands.facilitation.replies import (
    CheckInClosed,
    CheckInFacts,
    CheckInOpened,
    CheckInSaid,
    CheckInStatus,
    CheckInTold,
    CheckInWord,
)
from commands.facilitation.rounds import (
    after,
    begin,
    changed,
    going_on,
    keep,
    of_job,
    over,
    ref_of,
)
from commands.kernel.command import Command, Due, Request
from commands.kernel.reply import InCircle, Refusal, Reply, Unheard
from commands.kernel.topics import Topic
from commands.reading.readers import text
from commands.shared.common import only_author

LASTS = 120
"""Minutes after which a check-in that nobody closed is gathered by itself."""
_END = frozenset({"fin", "clore", "finir", "terminer", "end", "close"})
_ASKS = "?"
WORD = text("MOT|fin", "WORD|end", limit=300)


@dataclass(frozen=True, slots=True)
class CheckInArgs:
    """One's word; `fin` gathers all of them; without it, begin, or tell how many have spoken.

    `shown`: by a reaction.
    """

    text: Annotated[str, WORD] = ""
    shown: bool = False


async def checkin(request: Request[CheckInArgs], uow: UnitOfWork) -> Reply:
    """Begin a check-in, say one's word, or gather them all."""
    said = request.args.text if squash(request.args.text).strip("?!") else ""
    found = await going_on(request, uow, RoundKind.CHECKIN)
    if squash(said) in _END and not request.gesture:
        return await _close(request, uow, found)
    if request.gesture and (found is None or ref_of(found) != request.about):
        raise Unheard  # a comment on a check-in that is over
    if found is None:
        return await _begin(request, uow, said)
    if request.args.shown and _held(found).has_words_of(request.person.key):
        raise Unheard  # a comment on what others say
    if not said:
        return _told(CheckInStatus, found, request.here)
    await keep(uow, request.here, _with(found, request))
    ref = ref_of(found)
    return Reply(
        CheckInSaid(id=ref, member=request.person, text=said),
        subject=ref,
        announces=False,
        quiet=True,
    )


async def _begin(request: Request[CheckInArgs], uow: UnitOfWork, said: str) -> Reply:
    """A new check-in; a text that asks is its question, any other one the first word."""
    asks = said.endswith(_ASKS)
    held = CheckIn(question=said if asks else "")
    begun = await begin(request, uow, held, after(request.at, LASTS))
    if said and not asks:
        begun = _with(begun, request)
        await keep(uow, request.here, begun)
    return _told(CheckInOpened, begun, request.here)


def _held(now: Round) -> CheckIn:
    if not isinstance(now.held, CheckIn):
        raise TypeError(now.kind)
    return now.held


def _with(now: Round, request: Request[CheckInArgs]) -> Round:
    word = RoundWord(request.person.key, request.args.text, request.event, shown=request.args.shown)
    return changed(now, _held(now).said(word), now.due)


def _told(kind: type[CheckInTold], now: Round, circle: Circle) -> Reply:
    return Reply(kind(checkin=_facts(now)), where=InCircle(circle), subject=ref_of(now))


def _facts(now: Round) -> CheckInFacts:
    held = _held(now)
    return CheckInFacts(
        id=ref_of(now), question=held.question, count=len(held.words), until=now.due
    )


async def _close(request: Request[CheckInArgs], uow: UnitOfWork, found: Round | None) -> Reply:
    if found is None:
        raise Refusal(CheckinNone())
    only_author(request, found.by)
    return await _gathered(uow, request.here, found)


async def _gathered(uow: UnitOfWork, circle: Circle, found: Round) -> Reply:
    """All the words in one message; the check-in is over."""
    await over(uow, circle, found)
    words = _held(found).words
    people = await uow.people.many({word.person for word in words})
    items = tuple(CheckInWord(member=people[word.person], text=word.text) for word in words)
    closed = CheckInClosed(checkin=_facts(found), words=items)
    return Reply(closed, where=InCircle(circle), subject=ref_of(found), announces=False)


async def gather_due(due: Due, uow: UnitOfWork) -> tuple[Reply, ...]:
    """A check-in that nobody closed is gathered by itself."""
    found = await of_job(due, uow, RoundKind.CHECKIN)
    return (await _gathered(uow, due.circle, found),) if found else ()


async def unsay(request: Request[None], uow: UnitOfWork) -> None:
    """The message or reaction that said a word was taken back."""
    found = await going_on(request, uow, RoundKind.CHECKIN)
    if found is not None:
        without = changed(found, _held(found).unsaid(request.event), found.due)
        await keep(uow, request.here, without)


COMMANDS = (
    Command(
        key="checkin",
        topic=Topic.GATHERING,
        names=("météo", "checkin"),
        args=CheckInArgs,
        run=checkin,
        undo=unsay,
        editable=True,
        examples={
            "fr": ("météo", "météo ☀️ contente d’être là", "météo fin"),
            "en": ("checkin", "checkin ☀️ glad to be here", "checkin end"),
        },
    ),
)
