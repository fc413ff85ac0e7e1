"""The pictures of evaluation and of governance."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from commands.across.file_replies import EvaluationPicture, MeasureOverTime
from commands.circle.replies import PicturedHolder, PicturedRule, SheetPicture
from reports.drawing import Chart
from reports.evaluation_chart import Curve, Curves, evaluation_picture
from reports.sheet_chart import Block, GovernanceSheet, SheetLine, sheet_picture

_MOST_LINES = 14


class Say(Protocol):
    """What the catalogue says under `picture.` and a name."""

    def __call__(self, name: str, **values: object) -> str: ...


def evaluation(told: EvaluationPicture, say: Say) -> Chart:
    """Every measure over time of which something may be shown."""
    shown = [line for line in told.lines if any(one is not None for one in line.percents)]
    return evaluation_picture(
        Curves(
            title=say("measure-title", circle=told.circle),
            curves=tuple(_curve(line, say) for line in shown),
            ends=tuple(say("measure-end", day=day) for day in told.ends),
            foot=say("measure-foot"),
        )
    )


def _curve(line: MeasureOverTime, say: Say) -> Curve:
    return Curve(
        name=say("measure-name", kind=line.kind),
        figure=say("measure-figure", percent=line.percents[-1]),
        percents=line.percents,
    )


def sheet(told: SheetPicture, say: Say) -> Chart:
    """The governance of a circle."""
    blocks = {
        "places": [SheetLine(name) for name in told.places],
        "stewards": _holders(told.stewards, say),
        "contributors": _contributing(told, say),
        "workstreams": [SheetLine(one.name, one.steward or "") for one in told.workstreams],
        "rules": [_rule(one, say) for one in told.rules],
    }
    return sheet_picture(
        GovernanceSheet(
            title=told.name,
            about=say("sheet-about", kind=told.kind, state=told.state, today=told.today),
            blocks=tuple(_block(name, lines, say) for name, lines in blocks.items()),
        )
    )


def _block(name: str, lines: Sequence[SheetLine], say: Say) -> Block:
    shown = tuple(lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        shown += (SheetLine(say("sheet-more", more=len(lines) - _MOST_LINES)),)
    return Block(say(f"sheet-{name}"), shown, say("sheet-nothing"))


def _holders(people: Iterable[PicturedHolder], say: Say) -> list[SheetLine]:
    return [SheetLine(one.member or "", _until(one.until, say)) for one in people]


def _contributing(told: SheetPicture, say: Say) -> list[SheetLine]:
    lines = _holders(told.contributors, say)
    if told.participants:
        lines.append(SheetLine(say("sheet-participants", count=told.participants)))
    return lines


def _until(day: date | None, say: Say) -> str:
    return say("sheet-until", until=day) if day else ""


def _rule(one: PicturedRule, say: Say) -> SheetLine:
    since = say("sheet-since", since=one.since) if one.since else ""
    return SheetLine(say(f"sheet-rule-{one.name}", value=one.value), since)
