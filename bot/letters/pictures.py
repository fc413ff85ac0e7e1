"""Pictures drawn when they are sent: their values, as they waited in the outbox, become a file."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import msgspec

from bot.letters import export_plan, minutes, personal_file
from bot.letters import pictures_across as press_across
from bot.letters import pictures_votes as press_votes
from bot.letters.pictures_flows import flows_picture
from circle.money import Money
from reports.charts import Budget, Week, budget_bar, week_picture
from reports.drawing import Chart, ChartPart
from reports.plans import Plan, write
from speech.sentences import Speech
from storage import mail
from storage.mail import File

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # nothing on a picture counts from now
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_HOUR = 60

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue's words for pictures, in one language."""

    speech: Speech
    language: str

    def say_vote(self, name: str, **values: object) -> str:
        """The same, for the pictures of votes."""
        return self.say(f"vote-{name}", **values)

    def say(self, name: str, **values: object) -> str:
        """What the catalogue says under `picture.` and this name."""
        return self.said(f"picture.{name}", values)

    def said(self, key: str, values: Values) -> str:
        """What the catalogue says under this key."""
        return self.speech.say(key, values, self.language, zone=UTC, now=_NO_TIME).text


class Press:
    """Turns a picture's recipe and values into an image, with words from the catalogue.

    `receipts`: the folder of those that an archive takes along.
    """

    def __init__(self, speech: Speech, receipts: Path | None = None) -> None:
        self._speech = speech
        self._receipts = receipts

    def draw(self, file: File, into: IO[bytes]) -> File:
        """Write the file; as it then is, without a body. Slow: call it in a thread."""
        made = replace(file, body=b"", recipe=None)
        match file.recipe:
            case None:
                into.write(file.body)
            case mail.ARCHIVE:
                personal_file.write(file.body, self._receipts, into)
            case export_plan.RECIPE:
                write(msgspec.json.decode(file.body, type=Plan), self._receipts, into)
            case minutes.RECIPE:
                into.write(minutes.printed(file.body))
            case picture:
                drawn = self._drawn(picture, json.loads(file.body))
                into.write(drawn.png)
                return replace(made, width=drawn.width, height=drawn.height)
        return made

    def _drawn(self, picture: str, told: Values) -> Chart:
        return _RECIPES[picture](told["values"], Words(self._speech, told["language"]))


def _budget_picture(values: Values, words: Words) -> Chart:
    return budget_bar(_budget(values, words))


def _week_picture(values: Values, words: Words) -> Chart:
    week = Week(
        actions_title=words.say("actions"),
        actions=_actions(values, words),
        hours_title=words.say("hours"),
        hours=_hours(values, words),
        budget=_use(values, words),
    )
    return week_picture(week)


def _actions(values: Values, words: Words) -> tuple[ChartPart, ...]:
    done, late = len(values["done"]), len(values["late"])
    counts = {"done": done, "open": max(0, values["open"] - late), "late": late}
    return tuple(
        ChartPart(count, words.say(name, count=count), str(count)) for name, count in counts.items()
    )


def _hours(values: Values, words: Words) -> tuple[ChartPart, ...]:
    """A bar a week: the day it begins, its hours."""
    weeks = values.get("weeks") or (values["minutes_before"], values["minutes"])
    first = date.fromisoformat(values["until"]) + _DAY - _WEEK * len(weeks)
    return tuple(
        ChartPart(
            size=minutes,
            label=words.say("week-of", day=first + _WEEK * place),
            figure=words.say("effort", minutes=_short(minutes)) if minutes else "0",
        )
        for place, minutes in enumerate(weeks)
    )


def _short(minutes: int) -> int:
    """Whole hours from ten on: figures stand close to each other."""
    return minutes if minutes < 10 * _HOUR else round(minutes / _HOUR) * _HOUR


def _budget(values: Values, words: Words) -> Budget:
    """What became of the envelope, each part without those before it."""
    cents = {name: amount["cents"] for name, amount in values.items() if _is_money(amount)}
    sizes = {"paid": cents["paid"], "invoiced": max(0, cents["invoiced"] - cents["paid"])}
    sizes["regulated"] = max(0, cents["regulated"] - sum(sizes.values()))
    sizes["committed"] = cents["committed"]
    return _drawn(values, words, sizes, asked=_part(values, words, "asked", cents["asked"]))


def _use(values: Values, words: Words) -> Budget:
    """Used or still available: a week tells no more."""
    used = values["granted"]["cents"] - values["available"]["cents"]
    return _drawn(values, words, {"used": used}, asked=None)


def _drawn(
    values: Values, words: Words, sizes: Mapping[str, int], asked: ChartPart | None
) -> Budget:
    granted, available = _money(values["granted"]), _money(values["available"])
    parts = {**sizes, "available": max(0, available.cents)}
    return Budget(
        headline=words.say("headline", available=available, granted=granted),
        parts=tuple(_part(values, words, name, size) for name, size in parts.items()),
        asked=asked,
        granted=granted.cents,
    )


def _part(values: Values, words: Words, name: str, size: int) -> ChartPart:
    amount = Money(size, values["granted"]["currency"])
    return ChartPart(size, words.say(name), words.say("money", amount=amount))


def _money(amount: Values) -> Money:
    return Money(amount["cents"], amount["currency"])


def _is_money(value: object) -> bool:
    return isinstance(value, dict) and "cents" in value


_RECIPES: Mapping[str, Callable[[Values, Words], Chart]] = {
    "evaluation": lambda values, words: press_across.evaluation(values, words.say),
    "sheet": lambda values, words: press_across.sheet(values, words.say),
    "budget": _budget_picture,
    "week": _week_picture,
    "judgment": lambda values, words: press_votes.judgment(values, words.say_vote),
    "flows": lambda values, words: flows_picture(values, words.said),
    "shares": lambda values, words: press_votes.shares(values, words.say_vote),
}
