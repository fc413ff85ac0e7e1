"""What a reply attaches, as files: made at once, or named for later when it is a picture."""

import json
from dataclasses import dataclass
from datetime import datetime

from bot.wire import to_wire
from commands.kernel import CalendarFile, Document, Picture
from storage.mail import File


@dataclass(frozen=True, slots=True)
class Made:
    """A file and what people read beside it: its name, or a picture's alternative text."""

    file: File
    caption: str


def make(
    attachment: CalendarFile | Document | Picture, language: str, caption: str, now: datetime
) -> Made:
    """The file of an attachment, told at `now`.

    `caption` is a picture's alternative text, or a meeting's name in calendars.
    """
    match attachment:
        case Document():
            file = File(name=attachment.name, mimetype=attachment.mimetype, body=attachment.body)
            return Made(file, attachment.name)
        case CalendarFile():
            return _calendar(attachment, caption, now)
        case Picture():
            values = {"language": language, "values": to_wire(attachment.values)}
            body = json.dumps(values, ensure_ascii=False).encode()
            file = File(
                name=f"{attachment.name}.png",
                mimetype="image/png",
                body=body,
                recipe=attachment.name,
            )
            return Made(file, caption)


def _calendar(attachment: CalendarFile, title: str, now: datetime) -> Made:
    from reports.ics import calendar_file

    name = f"M{attachment.meeting.number}.ics"
    body = calendar_file(attachment.meeting, title, now)
    return Made(File(name=name, mimetype="text/calendar", body=body), name)
