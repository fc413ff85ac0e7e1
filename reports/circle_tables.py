"""The tables of a circle: ledger, contributions, actions, votes, meetings, who came, envelopes."""

from collections.abc import Iterable, Sequence
from typing import Any

from circle.actions import Action, ActionState
from circle.extracts import Extract
from reports.columns import (
    ACTIONS,
    ATTENDANCE,
    CIRCLES,
    CONTRIBUTIONS,
    ENVELOPES,
    LEDGER,
    MEETINGS,
    VOTES,
)
from reports.sheets import Column, Sheet
from reports.tables import Asked, Described, Words, table


def whole(extract: Extract, words: Words) -> tuple[Sheet, ...]:
    """Every table of a circle, people and amounts included: it stays inside the circle."""
    asked = Asked(extract, words)
    return (
        overview([extract], words),
        table("ledger", LEDGER, extract.entries, asked),
        table("contributions", CONTRIBUTIONS, extract.items, asked),
        table("actions", ACTIONS, _in_span(extract), asked),
        table("votes", VOTES, extract.votes, asked),
        table("meetings", MEETINGS, extract.meetings, asked),
        table("attendance", ATTENDANCE, extract.attendance, asked),
        envelopes([extract], words),
    )


def totals(extracts: Sequence[Extract], words: Words) -> tuple[Sheet, ...]:
    """What leaves a circle: its totals and its envelopes, nobody's amounts."""
    return overview(extracts, words), envelopes(extracts, words)


def overview(extracts: Sequence[Extract], words: Words) -> Sheet:
    """A line a circle: what these days moved, and where its budget stands."""
    return _by_circle("circles", CIRCLES, [(one, [one]) for one in extracts], words)


def envelopes(extracts: Sequence[Extract], words: Words) -> Sheet:
    """A line an envelope."""
    lines = [(one, one.envelopes) for one in extracts]
    return _by_circle("envelopes", ENVELOPES, lines, words)


def _by_circle(
    key: str,
    columns: Sequence[Described],
    lines: Sequence[tuple[Extract, Iterable[Any]]],
    words: Words,
) -> Sheet:
    """The tables of several circles, one under the other."""
    parts = [table(key, columns, rows, Asked(one, words)) for one, rows in lines]
    titles = tuple(Column(name, words.say(f"column.{name}"), kind) for name, kind, _ in columns)
    return Sheet(
        key=key,
        title=words.say(f"sheet.{key}"),
        columns=titles,
        rows=tuple(row for part in parts for row in part.rows),
    )


def _in_span(extract: Extract) -> tuple[Action, ...]:
    """The actions that lived in these days."""
    span = extract.span
    if span is None:
        return extract.actions
    return tuple(
        one
        for one in extract.actions
        if one.added_at.date() <= span.until
        and (one.state is ActionState.OPEN or (one.moved_at or one.added_at).date() >= span.since)
    )
