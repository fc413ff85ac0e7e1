"""The file of a meeting's minutes: every line said by the catalogue, put together as Markdown."""

from collections.abc import Callable, Mapping
from typing import Any

from circle.meetings import Presence
from reports.minutes import Section, minutes_file
from storage.mail import File

Values = Mapping[str, Any]
Say = Callable[[str, Values], str]


def minutes_letter(values: Values, say: Say) -> File:
    """The minutes that these values tell, as a file to attach."""
    lead = [say("minutes.when", values), say(_held(values), values)]
    sections = (_attendance(values, say), _agenda(values, say), _decisions(values, say))
    votes = Section(
        say("minutes.votes", values),
        [say("minutes.vote", {"vote": vote}) for vote in values["votes"]],
    )
    body = minutes_file(say("minutes.title", values), lead, (*sections, votes))
    return File(name=say("minutes.file", values), mimetype="text/markdown", body=body)


def _held(values: Values) -> str:
    return "minutes.held" if values["opened"] else "minutes.not-held"


def _attendance(values: Values, say: Say) -> Section:
    keys = {
        Presence.PRESENT: "minutes.present",
        Presence.REPRESENTED: "minutes.represented",
        Presence.EXCUSED: "minutes.excused",
        Presence.ABSENT: "minutes.absent",
    }
    said = [say(key, values) for presence, key in keys.items() if values[presence.value]]
    return Section(say("minutes.attendance", values), said or [say("minutes.nobody", values)])


def _agenda(values: Values, say: Say) -> Section:
    points = [say("minutes.point", {"point": point}) for point in values["points"]]
    return Section(say("minutes.agenda", values), points)


def _decisions(values: Values, say: Say) -> Section:
    items = values["decisions"]
    lines = [say("minutes.decision", {"item": item}) for item in items]
    details = [say("minutes.item", {"item": item}) for item in items]
    total = [say("minutes.total", values)] if items else []
    return Section(
        say("minutes.decisions", values), [*lines, *total], [*details, *("" for _ in total)]
    )
