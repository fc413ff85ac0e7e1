"""The pictures of evaluation and of governance, from values as they waited in the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from circle.money import Money
from reports.drawing import Chart
from reports.evaluation_chart import Curve, Curves, evaluation_picture
from reports.sheet_chart import Block, GovernanceSheet, SheetLine, sheet_picture

Values = Mapping[str, Any]
_MOST_LINES = 14


class Say(Protocol):
    """What the catalogue says under `picture.` and a name."""

    def __call__(self, name: str, **values: object) -> str: ...


def evaluation(values: Values, say: Say) -> Chart:
    """Every measure over time."""
    return evaluation_picture(
        Curves(
            title=say("measure-title", circle=values["circle"]),
            curves=tuple(_curve(line, say) for line in values["lines"]),
            ends=tuple(say("week-of", day=date.fromisoformat(day)) for day in values["ends"]),
            foot=say("measure-foot"),
        )
    )


def _curve(line: Values, say: Say) -> Curve:
    percents = tuple(line["percents"])
    return Curve(
        name=say("measure-name", kind=line["kind"]),
        figure=say("measure-figure", percent=percents[-1]),
        percents=percents,
    )


def sheet(values: Values, say: Say) -> Chart:
    """The governance of a circle."""
    blocks = {
        "places": [SheetLine(name) for name in values["places"]],
        "stewards": _holders(values["stewards"], say),
        "contributors": _contributing(values, say),
        "workstreams": [_workstream(one) for one in values["workstreams"]],
        "rules": [_rule(one, say) for one in values["rules"]],
    }
    today = date.fromisoformat(values["today"])
    return sheet_picture(
        GovernanceSheet(
            title=values["name"],
            about=say("sheet-about", kind=values["kind"], state=values["state"], today=today),
            blocks=tuple(_block(name, lines, say) for name, lines in blocks.items()),
        )
    )


def _block(name: str, lines: Sequence[SheetLine], say: Say) -> Block:
    shown = tuple(lines[:_MOST_LINES])
    if len(lines) > _MOST_LINES:
        shown += (SheetLine(say("sheet-more", more=len(lines) - _MOST_LINES)),)
    return Block(say(f"sheet-{name}"), shown, say("sheet-nothing"))


def _holders(people: Iterable[Values], say: Say) -> list[SheetLine]:
    return [SheetLine(one["member"], _until(one["until"], say)) for one in people]


def _contributing(values: Values, say: Say) -> list[SheetLine]:
    lines = _holders(values["contributors"], say)
    if values["participants"]:
        lines.append(SheetLine(say("sheet-participants", count=values["participants"])))
    return lines


def _until(day: str | None, say: Say) -> str:
    return say("sheet-until", until=date.fromisoformat(day)) if day else ""


def _workstream(one: Values) -> SheetLine:
    return SheetLine(one["name"], one["steward"] or "")


def _rule(one: Values, say: Say) -> SheetLine:
    since = date.fromisoformat(one["since"]) if one["since"] else None
    value = one["value"]
    if isinstance(value, dict):
        value = Money(value["cents"], value["currency"])
    item = {"name": one["name"], "value": value}
    if one["name"] == "regulation_mode":
        item["value"] = say("sheet-mode", mode=value)
    return SheetLine(say("sheet-rule", item=item), say("sheet-since", since=since))
