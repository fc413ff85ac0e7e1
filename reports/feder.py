"""Time sheets, expenses, attendance for European funds (docs/domain.md: Reports).

The software never signs: under each sheet the blocks for signatures are blank.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from circle.extracts import Extract, by_month
from circle.ledger import Item
from circle.meetings import Attendance
from circle.people import PersonKey
from circle.prorata import rounded
from circle.refs import Kind as RefKind
from reports.columns import Words, day, instant, ref
from reports.receipts import file_names
from reports.sheets import Cell, CellKind, Column, Sheet

_BLANKS: Final = 6  # lines for people who sign without having said anything
_RULE: Final = "_" * 28
_HOUR: Final = 60
_HUNDRED: Final = 100
_TIME: Final = (
    ("day", CellKind.DAY),
    ("action", CellKind.TEXT),
    ("title", CellKind.TEXT),
    ("project", CellKind.TEXT),
    ("what", CellKind.TEXT),
)
_SHEET: Final = (
    *(*_TIME, ("hours", CellKind.EFFORT)),
    *(("minutes", CellKind.MINUTES), ("decimal-hours", CellKind.HOURS)),
)
_LINES: Final = (
    *(("person", CellKind.TEXT), ("month", CellKind.TEXT), *_TIME),
    *(("hours", CellKind.HOURS), ("minutes", CellKind.MINUTES)),
)
_EXPENSES: Final = (
    ("day", CellKind.DAY),
    ("supplier", CellKind.TEXT),
    ("piece", CellKind.TEXT),
    ("what", CellKind.TEXT),
    ("regulated", CellKind.MONEY),
    ("action", CellKind.TEXT),
    ("title", CellKind.TEXT),
    ("funder", CellKind.TEXT),
    ("reimbursed", CellKind.TEXT),
    ("receipt", CellKind.TEXT),
)
_PRESENT: Final = (
    ("person", CellKind.TEXT),
    ("presence", CellKind.TEXT),
    ("structure", CellKind.TEXT),
    ("signature", CellKind.TEXT),
)


def time_sheets(extract: Extract, words: Words) -> tuple[Sheet, ...]:
    """A sheet a person and month: what was done, for which action and project, how long."""
    code = extract.circle.rules.reporting.project_code
    return tuple(
        Sheet(
            key="time",
            title=f"{month:%Y-%m} {name}",
            columns=_columns(_SHEET, words),
            rows=tuple(
                (*_time_row(item, extract, code), item.minutes, item.minutes, hundredths)
                for item, hundredths in _in_hours(items)
            ),
            head=_time_head(extract, words, name, month),
            foot=_signatures(words, "feder.signed-by-person", "feder.signed-by-manager"),
            total=words.say("feder.total"),
        )
        for person, month, items in by_month(extract.work)
        for name in [_name(extract, person)]
    )


def time_lines(extract: Extract, words: Words) -> Sheet:
    """Every time sheet in one table, with the person and the month before each line."""
    code = extract.circle.rules.reporting.project_code
    return Sheet(
        key="time",
        title=words.say("sheet.time"),
        columns=_columns(_LINES, words),
        rows=tuple(
            (
                *(_name(extract, person), f"{month:%Y-%m}"),
                *(*_time_row(item, extract, code), hundredths, item.minutes),
            )
            for person, month, items in by_month(extract.work)
            for item, hundredths in _in_hours(items)
        ),
    )


def expenses(extract: Extract, words: Words) -> Sheet:
    """The statement of expenses: what was decided, from whose envelope, proven by which file."""
    files = receipt_names(extract)
    return Sheet(
        key="expenses",
        title=words.say("sheet.expenses"),
        columns=_columns(_EXPENSES, words),
        rows=tuple(_expense_row(item, extract, files) for item in extract.expenses),
        head=(
            (words.say("feder.expenses-of", circle=extract.circle.name),),
            *_days(extract, words),
        ),
        foot=_signatures(words, "feder.signed-by-manager"),
        total=words.say("feder.total"),
        currency=extract.circle.currency,
    )


def attendance_sheets(extract: Extract, words: Words) -> tuple[Sheet, ...]:
    """A sheet an occurrence of a meeting: who said to be there, room to sign and to add others."""
    return tuple(_attendance_sheet(extract, words, *each) for each in _occurrences(extract))


def receipt_names(extract: Extract) -> Mapping[int, tuple[str, ...]]:
    """The file names of each item's receipts, as the archive of receipts has them."""
    names: dict[int, list[str]] = {}
    for kept, name in file_names(extract.receipts):
        names.setdefault(kept.item, []).append(name)
    return {item: tuple(mine) for item, mine in names.items()}


def _name(extract: Extract, key: PersonKey | None) -> str:
    person = extract.person(key)
    return person.name if person else ""


def _columns(described: tuple[tuple[str, CellKind], ...], words: Words) -> tuple[Column, ...]:
    return tuple(Column(key, words.say(f"column.{key}"), kind) for key, kind in described)


def _time_row(item: Item, extract: Extract, code: str) -> tuple[Cell, ...]:
    action = extract.action(item.action)
    title = action.title if action else None
    called = ref(RefKind.ACTION, item.action)
    return day(item.day), called, title, code or None, item.what


def _in_hours(items: Sequence[Item]) -> Iterator[tuple[Item, int]]:
    """The work of one sheet, each with its hundredths of hours: they add up to the hours of all."""
    minutes = [int(item.minutes or 0) for item in items]
    total = (sum(minutes) * _HUNDRED + _HOUR // 2) // _HOUR
    shares = [divmod(one * _HUNDRED, _HOUR) for one in minutes]
    yield from zip(items, rounded(shares, total), strict=True)


def _expense_row(
    item: Item, extract: Extract, files: Mapping[int, tuple[str, ...]]
) -> tuple[Cell, ...]:
    """The supplier is whoever issued the receipt: nobody said it, so it is written by hand."""
    action, payee = extract.action(item.action), extract.person(item.payee)
    numbers = extract.paid_by.get(item.number, ())
    funders = {
        use.envelope.funder or "" for use in extract.envelopes if use.envelope.number in numbers
    }
    return (
        day(item.day),
        payee.name if payee and payee.structure else None,
        item.invoice or ref(RefKind.ENTRY, item.number),
        item.what,
        item.regulated,
        ref(RefKind.ACTION, item.action),
        action.title if action else None,
        " · ".join(sorted(filter(None, funders))) or None,
        _name(extract, item.payee or item.person),
        " · ".join(files.get(item.number, ())) or None,
    )


def _time_head(
    extract: Extract, words: Words, name: str, month: date
) -> tuple[tuple[str, ...], ...]:
    return (
        (words.say("feder.time-sheet"),),
        (words.say("column.person"), name),
        (words.say("column.month"), words.say("feder.month", month=month, year=str(month.year))),
        (words.say("column.circle"), extract.circle.name),
    )


def _days(extract: Extract, words: Words) -> tuple[tuple[str, ...], ...]:
    if extract.span is None:
        return ()
    since, until = extract.span.since, extract.span.until
    return ((words.say("column.period"), words.say("feder.period", since=since, until=until)),)


def _signatures(words: Words, *keys: str) -> tuple[tuple[str, ...], ...]:
    """A block for each person who signs, with room for the date: all blank."""
    blocks: list[tuple[str, ...]] = [()]
    for key in keys:
        blocks += [(words.say(key), _RULE), (words.say("feder.signed-on"), _RULE), ()]
    return tuple(blocks)


def _occurrences(extract: Extract) -> Iterator[tuple[int, date, tuple[Attendance, ...]]]:
    """Each meeting held or planned, by day: its number, its day, what people said of it."""
    found: dict[tuple[date, int], list[Attendance]] = {
        (one.start.date(), one.number): []
        for one in extract.meetings
        if one.rrule is None and not one.cancelled
    }
    for one in extract.attendance:
        found.setdefault((one.occurrence, one.meeting), []).append(one)
    for held, number in sorted(found):
        yield number, held, tuple(found[held, number])


def _attendance_sheet(
    extract: Extract, words: Words, number: int, held: date, said: tuple[Attendance, ...]
) -> Sheet:
    meeting = next((one for one in extract.meetings if one.number == number), None)
    called = ref(RefKind.MEETING, number) or ""
    title = meeting.title if meeting else ""
    start = (instant(meeting.start) or "")[11:] if meeting else ""
    people = tuple((one.person.name, words.word(one.presence), None, None) for one in said)
    return Sheet(
        key="attendance",
        title=f"{held:%Y-%m-%d} {called}",
        columns=_columns(_PRESENT, words),
        rows=(*people, *((" ", None, None, None),) * _BLANKS),
        head=(
            (words.say("feder.attendance"),),
            (words.say("column.meeting"), f"{called} {title}".strip()),
            (words.say("column.day"), words.say("feder.day", day=held)),
            (words.say("column.start"), start),
            (words.say("column.place"), (meeting.place if meeting else None) or ""),
            (words.say("column.circle"), extract.circle.name),
        ),
        foot=_signatures(words, "feder.signed-by-host"),
    )
