"""The choices of ballots as files write them, by rule (docs/words.md: The vote file)."""

from collections.abc import Callable
from itertools import pairwise

from circle.node import JsonNode
from circle.tally import approval, consent, majority
from circle.tally.decimals import parse_decimals
from circle.votes import Choice, Rule

# A count by grade is listed for each option: a grade of a billion would be a list of a billion.
BEST_GRADE = 100_000


def read_choice(node: JsonNode, rule: Rule, options: set[str]) -> Choice:
    """The choice that `node` holds; MalformedError where the rule has no such answer.

    `null` is a blank ballot, where the rule has no word for abstaining.
    """
    if node.value is None and rule not in {Rule.MAJORITY, Rule.CONSENT}:
        return None
    return _READERS[rule](node, options)


def read_amount(node: JsonNode) -> int:
    """An amount with two decimals, in cents."""
    try:
        return parse_decimals(node.text("money"))
    except ValueError:
        raise node.refused("money") from None


def _majority(node: JsonNode, _: set[str]) -> Choice:
    return node.one_of(majority.ANSWERS)


def _consent(node: JsonNode, _: set[str]) -> Choice:
    return node.one_of(consent.ANSWERS)


def _median(node: JsonNode, _: set[str]) -> Choice:
    return read_amount(node)


def _approval(node: JsonNode, options: set[str]) -> Choice:
    if isinstance(node.value, dict):
        return _table(node, options, approval.YES)
    return _list(node, options)


def _judgment(node: JsonNode, options: set[str]) -> Choice:
    return _table(node, options, BEST_GRADE)


def _list(node: JsonNode, options: set[str]) -> tuple[str, ...]:
    items = node.items("option-list")
    for item in items:
        if not isinstance(item.value, str) or item.value not in options:
            raise item.refused("option")
    by_option = sorted(items, key=lambda item: str(item.value))
    for item, following in pairwise(by_option):
        if item.value == following.value:
            raise following.refused("once")
    return tuple(str(item.value) for item in items)


def _table(node: JsonNode, options: set[str], most: int) -> dict[str, int]:
    if not isinstance(node.value, dict):
        raise node.refused("option-table")
    for option, item in node.fields().items():
        if option not in options:
            raise item.refused("option-key")
    return {option: item.number(0, most) for option, item in node.fields().items()}


_READERS: dict[Rule, Callable[[JsonNode, set[str]], Choice]] = {
    Rule.MAJORITY: _majority,
    Rule.CONSENT: _consent,
    Rule.MEDIAN: _median,
    Rule.APPROVAL: _approval,
    Rule.JUDGMENT: _judgment,
    Rule.SHARES: _list,
}
