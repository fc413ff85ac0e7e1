"""What a picture shows, in figures and in the words of the circle's language."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from bot.speech import Speech
from circle.money import Money
from commands.kernel import Picture
from reports.charts import Budget, Chart, Week, budget_bar, week_picture
from reports.drawing import Part

Values = Mapping[str, Any]


class Pictures:
    """Describes pictures when a reply is written, draws them when it is sent."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def describe(self, picture: Picture, language: str, now: datetime) -> bytes:
        """All that the picture needs, as JSON: sizes, and figures already in words."""

        def say(key: str, **values: object) -> str:
            zone = now.tzinfo
            return self._speech.say(f"picture.{key}", values, language, zone=zone, now=now).text

        return msgspec.json.encode(_DESCRIBERS[picture.name](picture.values, say))


def draw(name: str, described: bytes) -> Chart:
    """The picture of that name from what `describe` gave. Slow: call it in a thread."""
    if name == "budget":
        return budget_bar(msgspec.json.decode(described, type=Budget))
    return week_picture(msgspec.json.decode(described, type=Week))


Say = Callable[..., str]


def _budget(values: Values, say: Say) -> Budget:
    def part(name: str, cents: int) -> Part:
        money = Money(cents, values["granted"].currency)
        return Part(max(0, cents), say(name), say("money", amount=money))

    paid, invoiced, regulated = (values[n].cents for n in ("paid", "invoiced", "regulated"))
    return Budget(
        headline=say("headline", available=values["available"], granted=values["granted"]),
        parts=(
            part("paid", paid),
            part("invoiced", max(0, invoiced - paid)),
            part("regulated", regulated - max(paid, invoiced)),
            part("committed", values["committed"].cents),
            part("available", values["available"].cents),
        ),
        asked=part("asked", values["asked"].cents),
        granted=values["granted"].cents,
    )


def _week(values: Values, say: Say) -> Week:
    late = len(values["late"])
    counts = (("done", len(values["done"])), ("open", values["open"] - late), ("late", late))
    return Week(
        actions_title=say("actions"),
        actions=tuple(Part(count, say(name), str(count)) for name, count in counts),
        hours_title=say("hours"),
        hours=tuple(_hours(day, minutes, say) for day, minutes in values["weeks"]),
        budget=_budget(values["budget"], say),
    )


def _hours(day: date, minutes: int, say: Say) -> Part:
    figure = say("effort", minutes=minutes) if minutes else ""
    return Part(minutes, say("week-of", day=day), figure)


_DESCRIBERS: Mapping[str, Callable[[Values, Say], Budget | Week]] = {
    "budget": _budget,
    "week": _week,
}
