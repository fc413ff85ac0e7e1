"""Pictures drawn when they are sent: their sentence, as it waited in the outbox, becomes a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from functools import singledispatch
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

import msgspec

from bot.letters import export_plan, minutes, personal_file, pictures_across, pictures_votes
from bot.letters.pictures_flows import flows_picture
from circle.money import Money
from commands.across.file_replies import EvaluationPicture, FlowsPicture
from commands.budget.replies import BudgetPicture
from commands.circle.replies import SheetPicture
from commands.circle.summary_replies import WeekPicture
from commands.kernel.sentence import SENTENCES, Sentence, values_of
from commands.votes.result_replies import (
    AnswersPicture,
    DatesPicture,
    JudgmentPicture,
    SharesPicture,
)
from reports.charts import Budget, Week, budget_bar, week_picture
from reports.drawing import Chart, ChartPart
from reports.plans import Plan, write
from speech.reply_json import to_wire
from speech.sentences import Speech
from storage import mail
from storage.mail import File

_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # nothing on a picture counts from now
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_FAMILY = "picture."


@dataclass(frozen=True, slots=True)
class PictureWords:
    """The catalogue's words for pictures, in one language."""

    speech: Speech
    language: str
    zone: tzinfo = UTC

    def say_vote(self, name: str, **values: object) -> str:
        """The same, for the pictures of votes."""
        return self.say(f"vote-{name}", **values)

    def say(self, name: str, **values: object) -> str:
        """What the catalogue says under `picture.` and this name."""
        return self.said(f"{_FAMILY}{name}", values)

    def said(self, key: str, values: Mapping[str, object]) -> str:
        """What the catalogue says under this key."""
        return self.speech.say(key, values, self.language, zone=self.zone, now=_NO_TIME).text


class AwaitedPicture(msgspec.Struct, frozen=True):
    """A picture as it waits in the outbox: its sentence's values, in a language."""

    language: str
    values: msgspec.Raw


def waiting(sentence: Sentence, language: str) -> bytes:
    """What is kept of a picture until it is sent, as JSON."""
    told = {"language": language, "values": to_wire(values_of(sentence))}
    return json.dumps(told, ensure_ascii=False).encode()


def read_back(picture: str, body: bytes) -> tuple[Sentence, str]:
    """The sentence of a picture that waited, and its language; older programs wrote more of it."""
    told = msgspec.json.decode(body, type=AwaitedPicture)
    return msgspec.json.decode(told.values, type=SENTENCES[_FAMILY + picture]), told.language


class Press:
    """Turns a picture that waited into an image, with words from the catalogue.

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
                sentence, language = read_back(picture, file.body)
                drawn = _drawn(sentence, PictureWords(self._speech, language))
                into.write(drawn.png)
                return replace(made, width=drawn.width, height=drawn.height)
        return made


@singledispatch
def _drawn(sentence: Sentence, _words: PictureWords) -> Chart:
    raise TypeError(f"no picture is drawn of {type(sentence).__name__}")


@_drawn.register
def _(sheet: SheetPicture, words: PictureWords) -> Chart:
    return pictures_across.sheet(sheet, words.say)


@_drawn.register
def _(measures: EvaluationPicture, words: PictureWords) -> Chart:
    return pictures_across.evaluation(measures, words.say)


@_drawn.register
def _(judged: JudgmentPicture, words: PictureWords) -> Chart:
    return pictures_votes.judgment(judged, words.say_vote)


@_drawn.register
def _(shared: SharesPicture, words: PictureWords) -> Chart:
    return pictures_votes.shares(shared, words.say_vote)


@_drawn.register
def _(answered: AnswersPicture, words: PictureWords) -> Chart:
    return pictures_votes.answers(answered, words.say_vote)


@_drawn.register
def _(dated: DatesPicture, words: PictureWords) -> Chart:
    there = replace(words, zone=ZoneInfo(dated.timezone))
    return pictures_votes.dates(dated, there.say_vote)


@_drawn.register
def _(flows: FlowsPicture, words: PictureWords) -> Chart:
    return flows_picture(flows, words.said)


@_drawn.register
def _(week: WeekPicture, words: PictureWords) -> Chart:
    return week_picture(
        Week(
            title=words.say("week-title", circle=week.circle),
            days=words.say("week-days", since=week.since, until=week.until),
            actions_title=words.say("actions"),
            actions=_actions(week, words),
            hours_title=words.say("hours"),
            hours=_hours(week, words),
            budget=_use(week, words),
        )
    )


@_drawn.register
def _(budget: BudgetPicture, words: PictureWords) -> Chart:
    """What became of the envelope, each part without those before it."""
    sizes = {"paid": budget.paid.cents}
    sizes["invoiced"] = max(0, budget.invoiced.cents - budget.paid.cents)
    sizes["regulated"] = max(0, budget.regulated.cents - sum(sizes.values()))
    sizes["committed"] = budget.committed.cents
    return budget_bar(_bar(budget, words, sizes, asked=_part(words, "asked", budget.asked)))


def _actions(week: WeekPicture, words: PictureWords) -> tuple[ChartPart, ...]:
    done, late = len(week.done), len(week.late)
    counts = {"done": done, "open": max(0, week.open - late), "late": late}
    return tuple(
        ChartPart(count, words.say(name, count=count), str(count)) for name, count in counts.items()
    )


def _hours(week: WeekPicture, words: PictureWords) -> tuple[ChartPart, ...]:
    """A bar a week: the day it begins, its hours."""
    weeks = week.weeks or (week.minutes_before, week.minutes)
    first = week.until + _DAY - _WEEK * len(weeks)
    return tuple(
        ChartPart(
            size=minutes,
            label=words.say("week-of", day=first + _WEEK * place),
            figure=words.say("effort", minutes=minutes) if minutes else "0",
        )
        for place, minutes in enumerate(weeks)
    )


def _use(week: WeekPicture, words: PictureWords) -> Budget:
    """What was decided, what votes hold back, what is still available."""
    used = week.granted.cents - week.available.cents
    committed = week.committed.cents if week.committed else 0
    sizes = {"regulated": used - committed, "committed": committed}
    return _bar(week, words, sizes, asked=None, decided="decided")


def _bar(
    told: BudgetPicture | WeekPicture,
    words: PictureWords,
    sizes: Mapping[str, int],
    *,
    asked: ChartPart | None,
    decided: str = "regulated",
) -> Budget:
    granted, available, names = told.granted, told.available, {"regulated": decided}
    parts = {**sizes, "available": max(0, available.cents)}
    return Budget(
        headline=words.say("headline", available=available, granted=granted),
        parts={
            name: _part(words, names.get(name, name), Money(size, granted.currency))
            for name, size in parts.items()
        },
        asked=asked,
        granted=granted.cents,
    )


def _part(words: PictureWords, name: str, amount: Money) -> ChartPart:
    label = words.say(name, amount=amount)
    return ChartPart(amount.cents, label, words.say("money", amount=amount))
