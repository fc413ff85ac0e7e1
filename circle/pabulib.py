"""Pabulib's `.pb` files, the exchange format of participatory budgets (pabulib.org/format).

Three sections of semicolon-separated values: META, PROJECTS, VOTES. One unit of the file's
currency is counted as 100 cents.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from circle.malformed import MalformedError, shown
from circle.tally.election import CountedBallot, Election
from circle.votefile import Overrides
from circle.votes import Completion, Option, Rule

_COLUMNS = {
    "META": ("key", "value"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}
_RULES = (Rule.APPROVAL, Rule.SHARES)
_AMOUNT = re.compile(r"([0-9]{1,13})(?:[.,]([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value of a line, and where it stands; empty where the line has none."""

    where: str
    text: str

    def refused(self, expected: str, *details: str) -> MalformedError:
        found = shown(self.text) if self.text else None
        return MalformedError(self.where, found, expected, *details)

    def needed(self, expected: str) -> str:
        if not self.text:
            raise self.refused(expected)
        return self.text

    def cents(self) -> int:
        match = _AMOUNT.fullmatch(self.text)
        if match is None:
            raise self.refused("currency")
        return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


@dataclass(slots=True)
class _Section:
    """The lines of a section: its header, then one table of cells a line."""

    title: str
    header: list[str] = field(default_factory=list)
    rows: list[dict[str, _Cell]] = field(default_factory=list)

    def add(self, line: int, values: list[str]) -> None:
        """Takes the next line; the first one is the header."""
        if not self.header:
            self._start(line, values)
            return
        if len(values) > len(self.header) and self.title != "META":
            found, most = str(len(values)), str(len(self.header))
            raise MalformedError(f"line {line}", found, "columns", most)
        pairs = zip_longest(self.header, values[: len(self.header)], fillvalue="")
        self.rows.append({key: _Cell(f"line {line}, {key}", value) for key, value in pairs})

    def _start(self, line: int, values: list[str]) -> None:
        self.header = [value.lower() for value in values]
        needed = _COLUMNS[self.title]
        if not set(needed) <= set(self.header):
            raise MalformedError(f"line {line}", shown(";".join(values)), "header", *needed)


def parse_pabulib(text: str, overrides: Overrides | None = None) -> Election:
    """The vote of a `.pb` file; MalformedError where it is not one, or not by approval.

    Its electorate is those who voted. A project named twice on a ballot is approved once.
    """
    overrides = overrides or Overrides()
    rule = overrides.rule or Rule.SHARES
    if rule not in _RULES:
        raise MalformedError("rule", shown(rule), "word", *_RULES)
    sections = _sections(text)
    meta = _meta(sections["META"])
    options = tuple(_options(sections["PROJECTS"]))
    ballots = tuple(_ballots(sections["VOTES"], {option.id for option in options}))
    _complete(meta, num_projects=len(options), num_votes=len(ballots))
    return Election(
        rule=rule,
        electorate=len(ballots),
        question=meta["description"].text,
        quorum=overrides.quorum,
        budget=meta["budget"].cents(),
        completion=overrides.completion or Completion.ADD1U,
        options=options,
        ballots=ballots,
    )


def _meta(section: _Section) -> dict[str, _Cell]:
    """What the file says of itself; its ballots are of approval."""
    meta = {key: _Cell(f"META, {key}", "") for key in ("budget", "vote_type", "description")}
    for row in section.rows:
        value = row["value"]
        meta[row["key"].text.lower()] = _Cell(
            value.where.replace("value", row["key"].text), value.text
        )
    if meta["vote_type"].text.lower() != "approval":
        raise meta["vote_type"].refused("word", "approval")
    return meta


def _complete(meta: dict[str, _Cell], **counts: int) -> None:
    """Refuses a file that was cut: it says how many projects and votes it holds."""
    for key, count in counts.items():
        if key in meta and meta[key].text != str(count):
            raise meta[key].refused("counted", str(count))


def _options(section: _Section) -> Iterator[Option]:
    seen: set[str] = set()
    for row in section.rows:
        option_id = _new(row["project_id"], seen)
        name = row.get("name")
        yield Option(option_id, (name and name.text) or option_id, row["cost"].cents())


def _ballots(section: _Section, options: set[str]) -> Iterator[CountedBallot]:
    seen: set[str] = set()
    for row in section.rows:
        voter = _new(row["voter_id"], seen)
        named = [name.strip() for name in row["vote"].text.split(",") if name.strip()]
        for name in named:
            if name not in options:
                raise MalformedError(row["vote"].where, shown(name), "project")
        yield CountedBallot(voter, tuple(dict.fromkeys(named)))


def _new(cell: _Cell, seen: set[str]) -> str:
    if cell.needed("text") in seen:
        raise cell.refused("once")
    seen.add(cell.text)
    return cell.text


def _sections(text: str) -> dict[str, _Section]:
    """The three sections, each with its header."""
    sections: dict[str, _Section] = {}
    section = None
    for line, values in _lines(text):
        title = values[0].upper()
        if title in _COLUMNS and not any(values[1:]):
            if title in sections:
                raise MalformedError(f"line {line}", shown(values[0]), "once")
            section = sections[title] = _Section(title)
        elif section is None:
            raise MalformedError(f"line {line}", shown(values[0]), "word", *_COLUMNS)
        else:
            section.add(line, values)
    for title, columns in _COLUMNS.items():
        if title not in sections or not sections[title].header:
            raise MalformedError(title, None, "section", *columns)
    return sections


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The values of each line that is not empty, and its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", skipinitialspace=True)
    try:
        for values in reader:
            stripped = [value.strip() for value in values]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error:
        raise MalformedError(f"line {reader.line_num}", None, "csv") from None
