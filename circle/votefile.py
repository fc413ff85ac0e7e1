"""A vote and its ballots as JSON, to be recounted by anybody (docs/words.md: The vote file).

Reading refuses what it does not know: a word mistyped in a file must not change a result.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from circle.choices import read_amount, read_choice
from circle.malformed import MalformedError
from circle.node import JsonNode, parse_json
from circle.quorum import Quorum, parse_quorum, parse_share, share_text
from circle.tally.decimals import decimals
from circle.tally.election import CountedBallot, Election
from circle.votes import Choice, Completion, Option, Rule

_FIELDS = (
    "rule",
    "question",
    "electorate",
    "quorum",
    "threshold",
    "minimum",
    "budget",
    "completion",
    "options",
    "ballots",
)
_ON_OPTIONS = {Rule.APPROVAL, Rule.JUDGMENT, Rule.SHARES}

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the person who recounts asks instead of what the file says; None keeps the file's."""

    rule: Rule | None = None
    completion: Completion | None = None
    quorum: Quorum | None = None


def parse_vote(text: str, overrides: Overrides | None = None) -> Election:
    """The vote of a vote file; MalformedError where it is not one."""
    return read_vote(parse_json(text), overrides)


def read_vote(root: JsonNode, overrides: Overrides | None = None) -> Election:
    """The vote of JSON already parsed; MalformedError where it is not one."""
    asked = overrides or Overrides()
    fields = root.fields(*_FIELDS)
    written = Rule(root.need("rule", "word", *Rule).one_of(Rule))
    rule = asked.rule or written
    options = _options(root, rule)
    ballots = _ballots(root, rule, {option.id for option in options})
    completion = asked.completion or _optional(fields.get("completion"), _completion)
    return Election(
        rule=rule,
        electorate=_electorate(root, len(ballots)),
        question=_optional(fields.get("question"), _any_text) or "",
        quorum=asked.quorum or _optional(fields.get("quorum"), read_quorum),
        threshold=_optional(fields.get("threshold"), _threshold),
        minimum=_optional(fields.get("minimum"), JsonNode.number),
        budget=_money(root, "budget", needed=rule is Rule.SHARES),
        completion=completion or Completion.ADD1U,
        options=options,
        ballots=ballots,
    )


def _electorate(root: JsonNode, cast: int) -> int:
    electorate = root.need("electorate", "electorate").number(1)
    if cast > electorate:
        raise MalformedError("ballots", str(cast), "at-most", str(electorate))
    return electorate


def read_quorum(node: JsonNode) -> Quorum:
    """A fraction, a percentage or a number of people."""
    if type(node.value) is int:
        return Quorum(people=node.number())
    try:
        return parse_quorum(node.text("quorum"))
    except ValueError:
        raise node.refused("quorum") from None


def _optional(node: JsonNode | None, read: Callable[[JsonNode], _Value]) -> _Value | None:
    return None if node is None or node.value is None else read(node)


def _money(node: JsonNode, key: str, *, needed: bool) -> int | None:
    if needed:
        return read_amount(node.need(key, "money"))
    return _optional(node.fields().get(key), read_amount)


def _any_text(node: JsonNode) -> str:
    if not isinstance(node.value, str):
        raise node.refused("text")
    return node.value


def _completion(node: JsonNode) -> Completion:
    return Completion(node.one_of(Completion))


def _threshold(node: JsonNode) -> Fraction:
    try:
        share = parse_share(node.text("threshold"))
    except ValueError:
        raise node.refused("threshold") from None
    if not share:
        raise node.refused("threshold")
    return share


def _options(root: JsonNode, rule: Rule) -> tuple[Option, ...]:
    if rule in _ON_OPTIONS:
        items = root.need("options", "options").items("options")
    else:
        items = _optional(root.fields().get("options"), JsonNode.items) or []
    if rule in _ON_OPTIONS and not items:
        raise root.need("options", "options").refused("options")
    options = tuple(_option(item, rule) for item in items)
    ids = zip(items, options, strict=True)
    _once(JsonNode(option.id, f"{item.path}.id") for item, option in ids)
    return options


def _option(node: JsonNode, rule: Rule) -> Option:
    fields = node.fields("id", "text", "cost")
    option_id = node.need("id", "text").text()
    text = _optional(fields.get("text"), _any_text)
    return Option(option_id, text or option_id, _money(node, "cost", needed=rule is Rule.SHARES))


def _ballots(root: JsonNode, rule: Rule, options: set[str]) -> tuple[CountedBallot, ...]:
    items = root.need("ballots", "list").items()
    ballots = tuple(_ballot(item, rule, options) for item in items)
    voters = zip(items, ballots, strict=True)
    _once(JsonNode(ballot.voter, f"{item.path}.voter") for item, ballot in voters)
    return ballots


def _ballot(node: JsonNode, rule: Rule, options: set[str]) -> CountedBallot:
    fields = node.fields("voter", "choice", "reason")
    voter = node.need("voter", "text").text()
    choice = read_choice(node.need("choice", "choice"), rule, options)
    return CountedBallot(voter, choice, _optional(fields.get("reason"), _any_text) or "")


def _once(nodes: Iterable[JsonNode]) -> None:
    seen = set()
    for node in nodes:
        if node.value in seen:
            raise node.refused("once")
        seen.add(node.value)


def write_vote(election: Election) -> str:
    """The vote file of `election`: one line a field, an option and a ballot."""
    lines = [f" {_json(key)}: {_written(value)}" for key, value in _fields(election).items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _fields(election: Election) -> dict[str, object]:
    quorum, threshold = election.quorum, election.threshold
    fields = {
        "rule": election.rule.value,
        "question": election.question,
        "electorate": election.electorate,
        "quorum": quorum and (str(quorum) if quorum.people is None else quorum.people),
        "threshold": threshold and share_text(threshold),
        "minimum": election.minimum,
        "budget": None if election.budget is None else decimals(election.budget),
        "completion": election.completion.value if election.rule is Rule.SHARES else None,
        "options": [_option_fields(option) for option in election.options] or None,
        "ballots": [_ballot_fields(ballot) for ballot in election.ballots],
    }
    return {key: value for key, value in fields.items() if value is not None}


def _option_fields(option: Option) -> dict[str, object]:
    fields: dict[str, object] = {"id": option.id, "text": option.text}
    if option.cost is not None:
        fields["cost"] = decimals(option.cost)
    return fields


def _choice(choice: Choice) -> object:
    match choice:
        case int():
            return decimals(choice)
        case tuple():
            return list(choice)
        case Mapping():
            return dict(choice)
    return choice


def _written(value: object) -> str:
    if not isinstance(value, list) or not value:
        return _json(value)
    return "[\n  " + ",\n  ".join(_json(item) for item in value) + "\n ]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ballot_fields(ballot: CountedBallot) -> dict[str, object]:
    fields: dict[str, object] = {"voter": ballot.voter, "choice": _choice(ballot.choice)}
    if ballot.reason:
        fields["reason"] = ballot.reason
    return fields
