"""The pictures of votes, from the values of `vote.closed` as they waited in the outbox."""

from collections.abc import Callable, Mapping
from typing import Any

from circle.money import Money
from reports.drawing import Chart
from reports.vote_charts import (
    FundedProject,
    JudgedOption,
    Profile,
    Sharing,
    judgment_picture,
    shares_picture,
)
from speech.typography import clean

Values = Mapping[str, Any]
Say = Callable[..., str]
_GRADES = range(7)


def judgment(values: Values, say: Say) -> Chart:
    """How each option was judged, best first."""
    texts = {option["id"]: clean(option["text"]) for option in values["options"]}
    given = {one["id"]: one for one in values["grades"]}
    ranking = [one for place in values["winners"] for one in _together(place)]
    rows = tuple(
        JudgedOption(
            label=texts[one],
            figure=say("grade", grade=given[one]["grade"], sign=given[one]["sign"]),
            grades=tuple(values["counts"][one]),
        )
        for one in ranking
        if one in given
    )
    names = tuple(say("grade", grade=grade, sign="") for grade in _GRADES)
    return judgment_picture(Profile(clean(values["question"]), rows, names))


def _together(place: str | list[str]) -> list[str]:
    return [place] if isinstance(place, str) else place


def shares(values: Values, say: Say) -> Chart:
    """Who finances what: what supporters paid, then what was left, then the rest."""
    ways = [("paid" if one["payers"] else "left", one) for one in values["financed"]]
    ways += [("none", one) for one in values["left_out"]]
    headline = say("spent", spent=_money(values["spent"]), budget=_money(values["budget"]))
    return shares_picture(
        Sharing(
            headline=headline,
            budget=values["budget"]["cents"],
            voters=values["cast"],
            projects=tuple(_project(one, way, say) for way, one in ways),
            greedy=tuple(values["greedy"]["funded"]),
            greedy_title=say("greedy", spent=_money(values["greedy"]["spent"])),
            legend=tuple((way, say(way)) for way in ("paid", "left", "none")),
        )
    )


def _project(option: Values, way: str, say: Say) -> FundedProject:
    cost, votes = _money(option["cost"]), option["votes"]
    return FundedProject(
        id=option["id"],
        label=f"{option['id']} {clean(option['text'])}",
        figure=say("cost-votes", cost=cost, votes=votes),
        cost=cost.cents,
        votes=votes,
        way=way,
    )


def _money(amount: Values) -> Money:
    return Money(amount["cents"], amount["currency"])
