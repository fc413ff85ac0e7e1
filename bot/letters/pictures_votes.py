"""The pictures of votes that closed."""

from collections.abc import Callable
from fractions import Fraction

from circle.votes import Rule
from commands.votes.result_replies import (
    AnswersPicture,
    DatesPicture,
    JudgmentPicture,
    PicturedDate,
    SharedOption,
    SharesPicture,
)
from commands.votes.results import together
from reports.answer_charts import AnswerBar, AnswerBars, answers_picture
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
_OF_MAJORITY = ("yes", "no", "abstain")
_OF_CONSENT = ("consent", "concern", "objection", "abstain")
_OF_DATES = ("yes", "if_needed")
_HALF = Fraction(1, 2)


def answers(told: AnswersPicture, say: Say) -> Chart:
    """What a majority or a consent was answered, and what had to be reached."""
    majority = told.rule is Rule.MAJORITY
    kinds = _OF_MAJORITY if majority else _OF_CONSENT
    answered = AnswerBar(
        label=say("turnout"),
        figure=say("turnout-figure", cast=told.cast, electorate=told.electorate),
        answers=tuple((kind, told.counts.get(kind, 0)) for kind in kinds),
        whole=told.electorate,
        mark=Fraction(told.needed, max(told.electorate, 1)) if told.needed else None,
    )
    return answers_picture(
        AnswerBars(
            headline=clean(told.question),
            notes=tuple(filter(None, (_ended(told, say), say("rule-note", **_rule(told))))),
            bars=(_for_and_against(told, say), answered) if majority else (answered,),
            names=tuple(
                (kind, say(f"answer-{kind}", count=told.counts.get(kind, 0))) for kind in kinds
            ),
        )
    )


def _ended(told: AnswersPicture, say: Say) -> str:
    said = say("outcome", outcome=told.outcome) if told.outcome else ""
    return said[:1].upper() + said[1:]


def _rule(told: AnswersPicture) -> dict[str, object]:
    return {"rule": told.rule, "needed": told.needed, "threshold": told.threshold}


def _for_and_against(told: AnswersPicture, say: Say) -> AnswerBar:
    """Abstentions count for the quorum alone."""
    yes, no = told.counts.get("yes", 0), told.counts.get("no", 0)
    return AnswerBar(
        label=say("for-and-against"),
        figure=say("part", percent=round(100 * yes / (yes + no))) if yes + no else "",
        answers=(("yes", yes), ("no", no)),
        whole=yes + no,
        mark=Fraction(told.threshold) if told.threshold else _HALF,
    )


def _named(kind: str, told: AnswersPicture, say: Say) -> str:
    return say(f"answer-{kind}", count=told.counts.get(kind, 0))


def dates(told: DatesPicture, say: Say) -> Chart:
    """How many can come on each date, the best ones first."""
    return answers_picture(
        AnswerBars(
            headline=clean(told.question),
            notes=(say("votes", cast=told.cast),),
            bars=tuple(
                AnswerBar(
                    label=_date(one, say),
                    figure=say("date-figure", yes=one.yes, if_needed=one.if_needed),
                    answers=(("yes", one.yes), ("if_needed", one.if_needed)),
                    whole=told.cast,
                )
                for one in told.dates
            ),
            names=tuple((kind, say(f"date-{kind}")) for kind in _OF_DATES),
        )
    )


def _date(one: PicturedDate, say: Say) -> str:
    start = one.start or one.day
    return say("date", text=one.text, start=start, end=one.end, says_more=one.says_more)


def judgment(told: JudgmentPicture, say: Say) -> Chart:
    """How each option was judged, best first."""
    texts = {option.id: clean(option.text) for option in told.options}
    given = {one.id: one for one in told.grades}
    ranking = [one for place in told.winners for one in together(place)]
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
    return judgment_picture(Profile(clean(told.question), say("judgment-note"), rows, names))


def shares(told: SharesPicture, say: Say) -> Chart:
    """Who finances what: what supporters paid, then what was left, then the rest."""
    ways = [("paid" if one.payers else "left", one) for one in told.financed]
    ways += [("none", one) for one in told.left_out]
    return shares_picture(
        Sharing(
            headline=say("spent", spent=told.spent, budget=told.budget),
            note=say("shares-note"),
            budget=told.budget.cents,
            voters=told.cast,
            projects=tuple(_project(one, way, say) for way, one in ways),
            greedy=told.greedy.funded,
            greedy_title=say("greedy", spent=told.greedy.spent),
            votes_title=say("votes", cast=told.cast),
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
