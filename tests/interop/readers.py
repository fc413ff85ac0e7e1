"""Three programs' views of the same calendar files: icalendar, vobject, and ical.js in Node.js.

Each is given files whose zone has a name that nobody knows, so that it can only go by what the
file says of it.
"""

import json
import subprocess
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

import vobject
from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar

PROGRAM = Path(__file__).parent / "calendar" / "read.js"

Occurrences = set[tuple[datetime, datetime]]
"""Start and end of each."""


def by_icalendar(text: str, until: datetime) -> Occurrences:
    """Its values, repeated by dateutil in the zone that it makes of the file."""
    series, *moved = Calendar.from_ical(text).walk("VEVENT")
    start = series.decoded("DTSTART")
    repeated = rruleset()
    if "RRULE" in series:
        repeated.rrule(rrulestr(series["RRULE"].to_ical().decode(), dtstart=start))
    else:
        repeated.rdate(start)
    left_out = series.get("EXDATE", [])
    for dates in left_out if isinstance(left_out, list) else [left_out]:
        for one in dates.dts:
            repeated.exdate(one.dt)
    pairs = [(one.decoded("DTSTART"), one.decoded("DTEND")) for one in moved]
    replaced = {one.decoded("RECURRENCE-ID") for one in moved}
    length = series.decoded("DTEND") - start
    return {*_each(repeated, length, replaced, until), *pairs}


def by_vobject(text: str, until: datetime) -> Occurrences:
    """Its own reading of rules and zones."""
    series, *moved = vobject.readOne(text).vevent_list
    pairs = [(one.dtstart.value, one.dtend.value) for one in moved]
    replaced = {one.recurrence_id.value for one in moved}
    start, repeated = series.dtstart.value, series.getrruleset()
    each = _each(repeated or [start], series.dtend.value - start, replaced, until)
    return {*each, *pairs}


def _each(
    starts: Iterable[datetime], length: timedelta, replaced: set[datetime], until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    for start in takewhile(lambda start: start <= until, starts):
        if start not in replaced:
            yield start, start + length


def by_ical_js(node: str, texts: list[str], until: datetime) -> list[Occurrences]:
    """A calendar program of its own, in a process of its own."""
    asked = json.dumps({"until": until.isoformat(), "files": texts})
    command = [node, str(PROGRAM)]
    told = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout
    return [
        {(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in one}
        for one in json.loads(told)
    ]
