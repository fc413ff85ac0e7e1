"""From what a voter says to a choice as the vote file writes it, by rule."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from circle.refs import Kind, Ref
from circle.tally.approval import YES
from circle.votes import Choice, Rule, Vote
from commands.kernel.command import KnownNames, Request
from commands.kernel.reply import Refusal, Unheard
from commands.reading import money
from commands.reading.ballots import Stray, chosen, graded, word_and_text
from commands.reading.refusals import Typed, refusal
from commands.reading.slots import Around, Unreadable
from commands.reading.words import split
from commands.votes.refusals import Answerable, VoteUnknownAnswer
from commands.votes.words import ABSTAIN, CONSENT, EXPLAINED, GRADES, SUITS, YES_NO, is_blank
from language.line import line_of
from language.pleasantries import ending

WORDS: Mapping[Rule, Mapping[str, Iterable[str]]] = {Rule.MAJORITY: YES_NO, Rule.CONSENT: CONSENT}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a ballot says. `text`: why, for an objection; what about, for a concern."""

    choice: Choice
    text: str = ""


def spoken(request: Request[object], vote: Vote, text: str) -> Spoken:
    """The answer that words say. Raises the refusal that shows how to say one."""
    try:
        return _politely(request, vote, text)
    except Stray as stray:
        if request.gesture:
            raise Unheard from None
        raise _unknown(vote, stray) from None


def _politely(request: Request[object], vote: Vote, text: str) -> Spoken:
    """The answer, kind words beside it left out where with them it is none. Raises Stray."""
    try:
        return _READERS[vote.rule](request, vote, text)
    except Stray:
        line = line_of(text)
        kind = ending(line, 0, len(line))
        if not kind:
            raise
    return _READERS[vote.rule](request, vote, text[: line.start(kind)].rstrip(" ,"))


def _unknown(vote: Vote, stray: Stray) -> Refusal:
    return Refusal(
        VoteUnknownAnswer(
            id=Ref(Kind.VOTE, vote.number),
            rule=vote.rule,
            answer=stray.words,
            option=stray.option,
            choices=tuple(WORDS.get(vote.rule, ())) or tuple(one.id for one in vote.options),
            options=tuple(Answerable(id=one.id, text=one.text) for one in vote.options),
            dates=vote.of_dates,
        )
    )


def _word(_request: Request[object], vote: Vote, text: str) -> Spoken:
    said = word_and_text(text, WORDS[vote.rule])
    if said is None or (said.text and said.word not in EXPLAINED):
        raise Stray(text)
    return Spoken(said.word, said.text)


def _amount(request: Request[object], vote: Vote, text: str) -> Spoken:
    if is_blank(text):
        return Spoken(ABSTAIN)
    piece = split(text)
    around = Around(KnownNames(), request.said_at, request.rules)
    try:
        cents = money.first(piece, around)
    except Unreadable as unread:
        raise refusal(unread, text, _typed(request, vote), lambda _: None) from None
    if cents is None:
        raise Stray(text)
    return Spoken(cents)


def _typed(request: Request[object], vote: Vote) -> Typed:
    """How a ballot on this vote is typed, for the lines that a refusal writes out."""
    word = "bulletin" if request.rules.language == "fr" else "ballot"
    said = f"{word} {Ref(Kind.VOTE, vote.number)}"
    return Typed(request.prefix, said, (f"{said} 150 €",))


def _options(_request: Request[object], vote: Vote, text: str) -> Spoken:
    if is_blank(text):
        return Spoken(())
    ids = chosen(text, vote.options)
    if not ids:
        raise Stray(text)
    return Spoken(ids)


def _dates(_request: Request[object], vote: Vote, text: str) -> Spoken:
    return Spoken({} if is_blank(text) else graded(text, vote.options, SUITS, YES))


def _approval(request: Request[object], vote: Vote, text: str) -> Spoken:
    return (_dates if vote.of_dates else _options)(request, vote, text)


def _grades(_request: Request[object], vote: Vote, text: str) -> Spoken:
    return Spoken({} if is_blank(text) else graded(text, vote.options, GRADES, None))


_READERS: Mapping[Rule, Callable[[Request[object], Vote, str], Spoken]] = {
    Rule.MAJORITY: _word,
    Rule.CONSENT: _word,
    Rule.MEDIAN: _amount,
    Rule.APPROVAL: _approval,
    Rule.JUDGMENT: _grades,
    Rule.SHARES: _options,
}
