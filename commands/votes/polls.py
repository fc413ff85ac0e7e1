"""Native polls: for the rules that fit one, what they ask and what their answers mean.

The answers of a proposal amended since then carry its version: a late answer to an older poll is
none to the newer text. Source: MSC3381.
"""

from circle.circles import Circle
from circle.tally.approval import YES
from circle.votes import Option, Rule, Vote
from commands.kernel.reply import Poll, PollAnswer, Unheard
from commands.kernel.sentence import sentence_of
from commands.votes.answers import WORDS, Spoken
from commands.votes.replies import PollOption
from commands.votes.telling import told_option

_OF_OPTIONS = {Rule.APPROVAL, Rule.SHARES}
_SPOILED = Spoken(None)


def poll_of(circle: Circle, vote: Vote) -> Poll | None:
    """The poll of a vote; None where its rule fits none, and for a secret vote."""
    if vote.secret or vote.rule not in {*WORDS, *_OF_OPTIONS}:
        return None
    answers = tuple(_answers(circle, vote))
    most = len(answers) if vote.rule in _OF_OPTIONS else 1
    return Poll(vote.question, answers, hidden=vote.hidden, most=most)


def _answers(circle: Circle, vote: Vote) -> list[PollAnswer]:
    if vote.rule in WORDS:
        return [
            PollAnswer(_poll_id(vote, word), sentence=sentence_of(f"poll.{word}", {}))
            for word in WORDS[vote.rule]
        ]
    return [_option(circle, vote, option) for option in vote.options]


def _option(circle: Circle, vote: Vote, option: Option) -> PollAnswer:
    if option.start is None and option.cost is None:
        return PollAnswer(_poll_id(vote, option.id), text=option.text)
    sentence = PollOption(one=told_option(circle, option))
    return PollAnswer(_poll_id(vote, option.id), sentence=sentence)


def _poll_id(vote: Vote, answer: str) -> str:
    return answer if vote.version == 1 else f"{answer}@{vote.version}"


def polled(vote: Vote, chosen: tuple[str, ...] | None) -> Spoken:
    """What the answer to a poll says; a choice of None where it is empty, or spoiled.

    `chosen` are the ids received, None where they could not be read. Raises Unheard for an
    answer to the poll of another version.
    """
    if vote.rule in WORDS:
        known = {_poll_id(vote, word): word for word in WORDS[vote.rule]}
    else:
        known = {_poll_id(vote, option.id): option.id for option in vote.options}
    kept = (chosen or ())[: 1 if vote.rule in WORDS else len(known)]
    if any(_is_older(vote, one) for one in kept):
        raise Unheard
    if not kept or any(one not in known for one in kept):
        return _SPOILED
    ids = {known[one] for one in kept}
    if vote.rule in WORDS:
        return Spoken(ids.pop())
    return Spoken(_ids(vote, ids))


def _is_older(vote: Vote, answer: str) -> bool:
    name, _, version = answer.partition("@")
    of_rule = name in WORDS.get(vote.rule, ())
    return of_rule and (version or "1") != str(vote.version)


def _ids(vote: Vote, ids: set[str]) -> tuple[str, ...] | dict[str, int]:
    ordered = tuple(option.id for option in vote.options if option.id in ids)
    return dict.fromkeys(ordered, YES) if vote.of_dates else ordered
