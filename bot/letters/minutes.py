"""The files of a meeting's minutes: every line said by the catalogue, as Markdown and as ODT."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from circle.meetings import Presence
from reports.minutes import Section, minutes_file
from storage.mail import File

Values = Mapping[str, Any]
Say = Callable[[str, Values], str]

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


def minutes_letter(values: Values, say: Say) -> File:
    """The minutes that these values tell, as a Markdown file to attach."""
    body = minutes_file(say("minutes.title", values), _lead(values, say), _sections(values, say))
    name = say("minutes.file", values)
    return File(name=f"{name}.md", mimetype="text/markdown", body=body)


def minutes_to_print(values: Values, say: Say, language: str) -> File:
    """The same as a document; its lines wait in the outbox, it is made when it is sent."""
    told = {
        "title": say("minutes.title", values),
        "lead": _lead(values, say),
        "sections": [asdict(section) for section in _sections(values, say)],
        "language": language,
    }
    body = json.dumps(told, ensure_ascii=False).encode()
    name = say("minutes.file", values)
    return File(name=f"{name}.odt", mimetype=_ODT, body=body, recipe=RECIPE)


def printed(body: bytes) -> bytes:
    """The document of minutes whose lines these are."""
    from reports.minutes_odt import minutes_document

    told = json.loads(body)
    sections = [Section(**section) for section in told["sections"]]
    return minutes_document(told["title"], told["lead"], sections, told["language"])


def _lead(values: Values, say: Say) -> list[str]:
    held = "minutes.held" if values["opened"] else "minutes.not-held"
    return [say("minutes.when", values), say(held, values)]


def _sections(values: Values, say: Say) -> tuple[Section, ...]:
    votes = Section(
        say("minutes.votes", values),
        [say("minutes.vote", {"vote": vote}) for vote in values["votes"]],
    )
    return (_attendance(values, say), _agenda(values, say), _decisions(values, say), votes)


def _attendance(values: Values, say: Say) -> Section:
    said = [say(key, values) for presence, key in _SAID.items() if values[presence.value]]
    head = ("minutes.head-name", "minutes.head-presence", "minutes.head-signature")
    return Section(
        say("minutes.attendance", values),
        said or [say("minutes.nobody", values)],
        head=[say(key, values) for key in head] if said else [],
        rows=[
            _attending(presence, one, say) for presence in _SAID for one in values[presence.value]
        ],
        widths=("6cm", "6cm", "5cm"),
    )


def _attending(presence: Presence, one: Any, say: Say) -> list[str]:
    """Name, presence, room for a signature: the program signs for nobody."""
    if presence is Presence.REPRESENTED:
        return [say("minutes.name", {"member": one["member"]}), say("minutes.by", one), ""]
    told = say("minutes.presence", {"presence": presence})
    return [say("minutes.name", {"member": one}), told, ""]


def _agenda(values: Values, say: Say) -> Section:
    points = [say("minutes.point", {"point": point}) for point in values["points"]]
    return Section(say("minutes.agenda", values), points)


def _decisions(values: Values, say: Say) -> Section:
    items = values["decisions"]
    lines = [say("minutes.decision", {"item": item}) for item in items]
    details = [say("minutes.item", {"item": item}) for item in items]
    total = [say("minutes.total", values)] if items else []
    return Section(
        say("minutes.decisions", values),
        [*lines, *total],
        [*details, *("" for _ in total)],
        head=[say(key, values) for key, _ in _COLUMNS],
        rows=[[say(key, {"item": item}) for _, key in _COLUMNS] for item in items],
        widths=("1.6cm", "3.4cm", "6.4cm", "2.4cm", "3.2cm"),
        after=total,
    )
