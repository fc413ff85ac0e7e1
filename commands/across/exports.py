"""Exports: a circle's tables, statements, pages and receipts as files; for coordinators, totals.

Amounts of people never leave the circle (docs/domain.md: Personal data): they are in a file only
where the answer stays in the circle's room, or goes to somebody who is in it.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from circle.extracts import Extract, Format
from circle.money import Money
from circle.ports import UnitOfWork
from circle.time import Days
from commands.across.extracting import (
    SINCE_WHEN,
    days,
    extract,
    links_of,
    name_of,
    scope,
    stays_inside,
)
from commands.across.file_replies import ExportFacts, ExportReady
from commands.across.refusals import ExportPersonal, ExportTooLarge
from commands.kernel.command import Command, Place, Request, Right
from commands.kernel.reply import ExportFile, Refusal, Reply
from commands.kernel.topics import Topic
from commands.reading.readers import SPAN, Answer, Label, choice

FORMAT = choice(
    Answer(Format.CSV, "csv", "csv"),
    Answer(Format.ODS, "ods", "ods", ("tableur", "spreadsheet")),
    Answer(Format.JSON, "json", "json"),
    Answer(Format.MOVILAB, "movilab", "movilab", ("wiki",)),
    Answer(Format.FEDER, "feder", "feder", ("erdf",)),
    Answer(Format.FLOWS, "flux", "flows"),
    Answer(Format.RECEIPTS, "justificatifs", "receipts", ("reçus", "justificatif")),
    label=Label(
        "csv|ods|json|movilab|feder|flux|justificatifs", "csv|ods|json|movilab|feder|flows|receipts"
    ),
)
ISO = choice(Answer(True, "iso", "iso"), label=Label("iso", "iso"))
UNREAD = "export.not-understood"
"""What is neither a kind of file nor days is refused with examples of both."""
PERSONAL = frozenset({Format.FEDER, Format.RECEIPTS})
"""What holds nothing but people's own amounts."""

LARGEST = 400_000_000
"""Bytes of receipts in one export: they come in several files, as many as homeservers take."""


@dataclass(frozen=True, slots=True)
class ExportArgs:
    """What file, of which days; without them, a spreadsheet of everything. `iso`: plain CSV."""

    format: Annotated[Format, replace(FORMAT, wrong=UNREAD)] = Format.ODS
    iso: Annotated[bool, replace(ISO, wrong=UNREAD)] = False
    span: Annotated[Days | None, replace(SPAN, wrong=UNREAD)] = None
    since: Annotated[date | None, SINCE_WHEN] = None


async def export(request: Request[ExportArgs], uow: UnitOfWork) -> Reply:
    """The file asked for, with what is in it."""
    args = request.args
    personal = stays_inside(request)
    if args.format in PERSONAL and not personal:
        raise Refusal(ExportPersonal(format=args.format, circle=name_of(request)))
    span = days(args.span, args.since, request.at.date())
    circles = await scope(request, uow, span)
    extracts = tuple([await extract(uow, one, span, request.at) for one in circles])
    _check_size(args.format, extracts)
    links = await links_of(request, uow, circles, span) if args.format is Format.FLOWS else ()
    file = ExportFile(args.format, extracts, links, personal=personal, iso=args.iso)
    return Reply(
        ExportReady(
            file=export_facts(extracts, args.format),
            circle=name_of(request),
            personal=personal,
            since=span.since if span else None,
            until=span.until if span else None,
        ),
        attachments=(file,),
    )


def _check_size(format_: Format, extracts: tuple[Extract, ...]) -> None:
    size = sum(one.size for each in extracts for one in each.receipts)
    if format_ is Format.RECEIPTS and size > LARGEST:
        raise Refusal(ExportTooLarge(size=-(-size // 1_000_000), most=LARGEST // 1_000_000))


def export_facts(extracts: tuple[Extract, ...], format_: Format) -> ExportFacts:
    """What is in a file, in figures."""
    currency = extracts[0].circle.currency if extracts else "EUR"
    receipts = [one for each in extracts for one in each.receipts]
    return ExportFacts(
        format=format_,
        circles=len(extracts),
        contributions=sum(len(one.work) for one in extracts),
        minutes=sum(item.minutes or 0 for one in extracts for item in one.work),
        expenses=sum(len(one.declared_expenses) for one in extracts),
        actions=sum(len(one.actions) for one in extracts),
        votes=sum(len(one.votes) for one in extracts),
        meetings=sum(len(one.meetings) for one in extracts),
        regulated=Money(sum(one.moved.regulated for one in extracts), currency),
        receipts=len(receipts),
        lost=sum(one.sha256 is None for one in receipts),
        empty=not any(one.entries or one.items or one.actions for one in extracts),
    )


COMMANDS = (
    Command(
        key="export",
        topic=Topic.MONEY,
        names=("export", "exporter"),
        args=ExportArgs,
        run=export,
        right=Right.STEWARD,
        place=Place.CIRCLES,
        examples={
            "fr": (
                "export",
                "export csv T3 2026",
                "export feder septembre 2026",
                "export justificatifs 2026",
                "export movilab",
                "export csv iso depuis le 1er septembre",
            ),
            "en": (
                "export",
                "export csv Q3 2026",
                "export feder September 2026",
                "export receipts",
            ),
        },
        english="export",
    ),
)
