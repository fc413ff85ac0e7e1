"""The pictures of votes that closed."""

from collections.abc import Callable

from commands.votes.result_replies import JudgmentPicture, SharedOption, SharesPicture
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

Say = Callable[..., str]
_GRADES = range(7)


def judgment(told: JudgmentPicture, say: Say) -> Chart:
    """How each option was judged, best first."""
    texts = {option.id: clean(option.text) for option in told.options}
    given = {one.id: one for one in told.grades}
    ranking = [one for place in told.winners for one in _together(place)]
    rows = tuple(
        JudgedOption(
            label=texts[one],
            figure=say("grade", grade=given[one].grade, sign=given[one].sign),
            grades=told.counts[one],
        )
        for one in ranking
        if one in given
    )
    names = tuple(say("grade", grade=grade, sign="") for grade in _GRADES)
    return judgment_picture(Profile(clean(told.question), rows, names))


def _together(place: str | tuple[str, ...]) -> tuple[str, ...]:
    return (place,) if isinstance(place, str) else place


def shares(told: SharesPicture, say: Say) -> Chart:
    """Who finances what: what supporters paid, then what was left, then the rest."""
    ways = [("paid" if one.payers else "left", one) for one in told.financed]
    ways += [("none", one) for one in told.left_out]
    return shares_picture(
        Sharing(
            headline=say("spent", spent=told.spent, budget=told.budget),
            budget=told.budget.cents,
            voters=told.cast,
            projects=tuple(_project(one, way, say) for way, one in ways),
            greedy=told.greedy.funded,
            greedy_title=say("greedy", spent=told.greedy.spent),
            legend=tuple((way, say(way)) for way in ("paid", "left", "none")),
        )
    )


def _project(option: SharedOption, way: str, say: Say) -> FundedProject:
    return FundedProject(
        id=option.id,
        label=f"{option.id} {clean(option.text)}",
        figure=say("cost-votes", cost=option.cost, votes=option.votes),
        cost=option.cost.cents,
        votes=option.votes,
        way=way,
    )
