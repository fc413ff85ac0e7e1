"""The files of a meeting's minutes: every line said by the catalogue, as Markdown and as ODT."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

import msgspec

from circle.meetings import Presence
from circle.people import Person
from commands.kernel.sentence import values_of
from commands.regulation.replies import AttendanceFacts, Minutes, Represented
from reports.minutes import Section, minutes_file
from storage.mail import File

Say = Callable[[str, Mapping[str, object]], str]

RECIPE: Final = "minutes"
_ODT: Final = "application/vnd.oasis.opendocument.text"
_COLUMNS: Final = (
    ("minutes.head-id", "minutes.cell-id"),
    ("minutes.head-name", "minutes.cell-name"),
    ("minutes.head-what", "minutes.cell-what"),
    ("minutes.head-asked", "minutes.cell-asked"),
    ("minutes.head-decided", "minutes.cell-decided"),
)
_SAID: Final = {
    Presence.PRESENT: "minutes.present",
    Presence.REPRESENTED: "minutes.represented",
    Presence.EXCUSED: "minutes.excused",
    Presence.ABSENT: "minutes.absent",
}


def minutes_letter(minutes: Minutes, say: Say) -> File:
    """The minutes as a Markdown file to attach."""
    values = values_of(minutes)
    sections = _sections(minutes, say)
    body = minutes_file(say("minutes.title", values), _lead(minutes, say), sections)
    name = say("minutes.file", values)
    return File(name=f"{name}.md", mimetype="text/markdown", body=body)


def minutes_to_print(minutes: Minutes, say: Say, language: str) -> File:
    """The same as a document; its lines wait in the outbox, it is made when it is sent."""
    values = values_of(minutes)
    told = {
        "title": say("minutes.title", values),
        "lead": _lead(minutes, say),
        "sections": [asdict(section) for section in _sections(minutes, say)],
        "language": language,
    }
    body = json.dumps(told, ensure_ascii=False).encode()
    name = say("minutes.file", values)
    return File(name=f"{name}.odt", mimetype=_ODT, body=body, recipe=RECIPE)


@dataclass(frozen=True, slots=True)
class Printed:
    """The lines of minutes as they wait in the outbox."""

    title: str
    lead: list[str]
    sections: list[Section]
    language: str


def printed(body: bytes) -> bytes:
    """The document of minutes whose lines these are."""
    from reports.minutes_odt import minutes_document

    told = msgspec.json.decode(body, type=Printed)
    return minutes_document(told.title, told.lead, told.sections, told.language)


def _lead(minutes: Minutes, say: Say) -> list[str]:
    held = "minutes.held" if minutes.opened else "minutes.not-held"
    values = values_of(minutes)
    return [say("minutes.when", values), say(held, values)]


def _sections(minutes: Minutes, say: Say) -> tuple[Section, ...]:
    votes = Section(
        say("minutes.votes", {}),
        [say("minutes.vote", {"vote": values_of(vote)}) for vote in minutes.votes],
    )
    return (
        _attendance(minutes.attendance, say),
        _agenda(minutes, say),
        _decisions(minutes, say),
        votes,
    )


def _attendance(attendance: AttendanceFacts, say: Say) -> Section:
    values = values_of(attendance)
    said = [say(key, values) for presence, key in _SAID.items() if values[presence.value]]
    head = ("minutes.head-name", "minutes.head-presence", "minutes.head-signature")
    return Section(
        say("minutes.attendance", {}),
        said or [say("minutes.nobody", {})],
        head=[say(key, {}) for key in head] if said else [],
        rows=[
            *(_attending(Presence.PRESENT, one, say) for one in attendance.present),
            *(_represented(one, say) for one in attendance.represented),
            *(_attending(Presence.EXCUSED, one, say) for one in attendance.excused),
            *(_attending(Presence.ABSENT, one, say) for one in attendance.absent),
        ],
        widths=("6cm", "6cm", "5cm"),
    )


def _attending(presence: Presence, person: Person, say: Say) -> list[str]:
    """Name, presence, room for a signature: the program signs for nobody."""
    told = say("minutes.presence", {"presence": presence})
    return [say("minutes.name", {"member": person}), told, ""]


def _represented(one: Represented, say: Say) -> list[str]:
    return [say("minutes.name", {"member": one.member}), say("minutes.by", values_of(one)), ""]


def _agenda(minutes: Minutes, say: Say) -> Section:
    points = [say("minutes.point", {"point": values_of(point)}) for point in minutes.points]
    return Section(say("minutes.agenda", {}), points)


def _decisions(minutes: Minutes, say: Say) -> Section:
    items = [{"item": values_of(line)} for line in minutes.decisions]
    lines = [say("minutes.decision", item) for item in items]
    details = [say("minutes.item", item) for item in items]
    total = [say("minutes.total", values_of(minutes))] if items else []
    return Section(
        say("minutes.decisions", {}),
        [*lines, *total],
        [*details, *("" for _ in total)],
        head=[say(key, {}) for key, _ in _COLUMNS],
        rows=[[say(key, item) for _, key in _COLUMNS] for item in items],
        widths=("1.6cm", "3.4cm", "6.4cm", "2.4cm", "3.2cm"),
        after=total,
    )
