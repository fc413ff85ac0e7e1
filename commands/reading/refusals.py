"""What a line can be refused for: keys and values only; sentences stand in the catalogue.

Every refusal of this package carries `text` (the words it is about, shortened; "" where there are
none), `example` (a line that works, prefix included, made of the person's own line where it can
be), `lines` (whole lines to type, one for each of `choices` where both stand, else what may have
been meant; often empty) and `command` (its name). The values beside:

  key                       values beside text, example, lines, command
  text.missing
  text.too-long             length, limit: characters
  line.extra                                  (words that the command has no use for)
  line.too-long             length: characters of the whole line, limit: of its text, if any
  option.twice                                (the same option said twice)
  id.missing                                  (no id, or words that are none)
  id.wrong-kind             id: Ref, kinds: Kind, those that would do
  id.ambiguous              choices: Ref      (a bare number where several kinds would do)
  money.missing · money.not-understood
  money.ambiguous           choices: Money    (`1.200`; `1 200 peinture`)
  money.year                amount: Money     (`budget 2026`; lines: as an amount, as a text)
  money.negative
  money.currency            currency: the one that is understood
  money.too-large           limit: Money
  effort.missing · effort.not-understood
  effort.unit-missing                         (`2 affiches`)
  effort.ambiguous          choices: minutes  (`2h 30 affiches`)
  effort.out-of-range       minutes, limit: minutes
  date.missing · date.not-understood
  date.ambiguous            choices: date or datetime, reason: circle.calendar.Reason
  date.hour-missing         choices: date or datetime, often empty; reason
  date.day-missing          the same
  date.vague                the same          (`fin du mois`)
  date.impossible           [day], [month], [year]
  date.mismatch             date, said, real: weekdays, Monday is 0
  date.past                 [date] or [start]
  date.future               [date] or [start] (an entry tells of what is past)
  date.end-before-start     start, end
  date.no-occurrence · date.repeated · date.too-far
  who.missing
  who.unknown               choices: people of a like name, often empty
  who.ambiguous             choices: people of that name
  who.new                   lines: as a person without account, as a text
  workstream.missing · workstream.unknown     choices: names, often empty
  funder.missing · funder.unknown             choices: names, often empty
  structure.missing · structure.unknown       choices: names, often empty
  circle.missing · circle.unknown             choices: names, often empty
  choice.missing
  choice.unknown            choices: words that would do, in the circle's language
  setting.missing
  setting.unknown           choices: names of settings
  setting.not-understood    setting: its name
  count.missing · count.not-understood
  period.missing · period.not-understood
  quorum.missing · quorum.not-understood
  majority.missing · majority.not-understood
  list.missing                                (no `: A | B`)
  list.too-few              fewest
  list.too-many             most
  list.twice                                  (the same thing named twice)
  list.cost-missing                           (a thing to pay for without its cost)
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from commands.kernel.command import Command, Refusal
from commands.reading.slots import Unread
from commands.reading.words import Piece

_TRIED = 3
_LONGEST = 500
"""Characters of a line that is worth proposing: nobody types a longer one again."""
"""Ways to put a line right: where those are not read, the others are not either."""
_NAMED = re.compile(r"#?([ACEMRV])(\d{1,6})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """How the line began: the prefix and the command's name as typed; and what would work."""

    prefix: str
    said: str
    examples: tuple[str, ...]

    def line(self, rest: str) -> str:
        """A whole line to type."""
        return f"{self.prefix}{self.said} {rest}".strip()

    def example(self, rest: str) -> str:
        """The command's own first example, about what the rest of the line names first."""
        example = self.prefix + (self.examples[0] if self.examples else self.said)
        named = _NAMED.match(rest)
        return _about(named, example) if named else example


def _about(named: re.Match[str], example: str) -> str:
    kind = named[1].upper()
    return re.sub(rf"\b{kind}\d+\b", kind + named[2], example, count=1)


def typed(command: Command[Any], prefix: str, said: str | None, language: str) -> Typed:
    """How a line of this command is written out for somebody of that language."""
    examples = command.examples.get(language) or next(iter(command.examples.values()), ())
    return Typed(prefix, said or command.names[0], examples)


def refusal(unread: Unread, line: str, how: Typed, works: Callable[[str], bool]) -> Refusal:
    """The answer to a line that was not read, with a line that works."""
    rests = unread.rests or tuple(_rewritten(line, unread.piece, unread.instead))
    short = (rest for rest in rests[:_TRIED] if len(rest) <= _LONGEST)
    working = (how.line(rest) for rest in short if works(rest))
    example = next(working, how.example(line))
    values: dict[str, object] = {
        "text": unread.piece.shown() if unread.piece else "",
        "example": example,
        "lines": tuple(how.line(rest) for rest in rests),
        "command": how.said,
        "choices": (),
    }
    return Refusal(unread.key, **(values | unread.values))


def _rewritten(line: str, piece: Piece | None, instead: Iterable[str]) -> Iterator[str]:
    if piece is None:
        return
    for words in instead:
        yield f"{line[: piece.start]}{words}{line[piece.end :]}"
