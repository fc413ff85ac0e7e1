"""One among several: `choix` by approval (dates too), `jugement` by grades."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from circle.ports import UnitOfWork
from circle.quorum import Quorum
from circle.votes import Option, Rule
from commands.kernel.command import Command, Request
from commands.kernel.reply import Reply
from commands.kernel.topics import Topic
from commands.reading import vote_rows as rows
from commands.reading.candidates import Candidate
from commands.reading.readers import (
    AS_HIDDEN,
    AS_SECRET,
    CANDIDATES,
    CLOSING,
    OPTIONS,
    QUESTION,
    QUORUM,
)
from commands.votes.letters import lettered
from commands.votes.opening import Terms, open_vote, opened


@dataclass(frozen=True, slots=True)
class ChoiceArgs:
    """A question and what to choose among: texts, or dates."""

    question: Annotated[str, QUESTION]
    options: Annotated[tuple[Candidate, ...], CANDIDATES]
    until: Annotated[date | datetime | None, CLOSING, rows.LIST_CLOSING] = None
    quorum: Annotated[Quorum | None, QUORUM, rows.LIST_QUORUM] = None
    secret: Annotated[bool, AS_SECRET, rows.LIST_SECRET] = False
    hidden: Annotated[bool | None, AS_HIDDEN, rows.LIST_HIDDEN] = None


@dataclass(frozen=True, slots=True)
class JudgmentArgs:
    """A question and what to grade."""

    question: Annotated[str, QUESTION]
    options: Annotated[tuple[str, ...], OPTIONS]
    until: Annotated[date | datetime | None, CLOSING, rows.LIST_CLOSING] = None
    quorum: Annotated[Quorum | None, QUORUM, rows.LIST_QUORUM] = None
    secret: Annotated[bool, AS_SECRET, rows.LIST_SECRET] = False
    hidden: Annotated[bool | None, AS_HIDDEN, rows.LIST_HIDDEN] = None


async def open_choice(request: Request[ChoiceArgs], uow: UnitOfWork) -> Reply:
    """Open a choice by approval; where all options are dates, *si besoin* may be answered."""
    options = request.args.options
    ids = lettered(option.text for option in options)
    whens = (option.when for option in options)
    told = tuple(
        Option(id_, option.text, when=when)
        for id_, option, when in zip(ids, options, whens, strict=True)
    )
    return await _open(request, uow, Rule.APPROVAL, told)


async def open_judgment(request: Request[JudgmentArgs], uow: UnitOfWork) -> Reply:
    """Open a choice by majority judgment."""
    return await _open(request, uow, Rule.JUDGMENT, plain_options(request.args.options))


def plain_options(texts: Iterable[str]) -> tuple[Option, ...]:
    """Texts under their letters."""
    texts = tuple(texts)
    return tuple(map(Option, lettered(texts), texts))


async def _open(
    request: Request[ChoiceArgs] | Request[JudgmentArgs],
    uow: UnitOfWork,
    rule: Rule,
    options: tuple[Option, ...],
) -> Reply:
    args = request.args
    terms = Terms(until=args.until, quorum=args.quorum, secret=args.secret, hidden=args.hidden)
    vote = await open_vote(request, uow, rule, args.question, terms, options=options)
    return opened(request, vote)


COMMANDS = (
    Command(
        key="vote.choice",
        topic=Topic.DECIDING,
        names=("choix", "choice"),
        args=ChoiceArgs,
        run=open_choice,
        fresh_members=True,
        examples={
            "fr": (
                "choix De quelle couleur la salle ? : ocre | vert | bleu",
                "choix Quel soir ? : mardi 8 décembre 18h | jeudi 10 décembre 18h30",
            ),
            "en": (
                "choice What colour for the hall? : ochre | green | blue",
                "choice Which evening? : tuesday 8 December 6pm | thursday 10 December 6:30pm",
            ),
        },
    ),
    Command(
        key="vote.judgment",
        topic=Topic.DECIDING,
        names=("jugement", "judgment"),
        args=JudgmentArgs,
        run=open_judgment,
        fresh_members=True,
        examples={
            "fr": ("jugement Quel nom pour le café ? : La Marée | Le Phare | L'Estran",),
            "en": ("judgment What name for the café? : The Tide | The Lighthouse | The Shore",),
        },
    ),
)
