"""The files that go with a reply: pictures, tables, calendars, minutes, what is kept of people."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from weakref import WeakKeyDictionary

from bot.letters.counting_first import MakeFirstError
from bot.letters.envelopes import Addressing
from bot.letters.export_plan import export_letters
from bot.letters.minutes import minutes_letter, minutes_to_print
from bot.letters.personal_file import Say, personal_letters, register_letter
from bot.letters.pictures import waiting
from circle.personal import PersonalData
from circle.tally.waiting import others_wait
from commands.kernel.reply import (
    CalendarFile,
    Document,
    ExportFile,
    MinutesFile,
    PersonalFile,
    Picture,
    RegisterFile,
)
from commands.kernel.sentence import values_of
from commands.regulation.replies import Minutes
from reports.ics import calendar_file
from storage.mail import File

Filed = CalendarFile | Document | ExportFile | MinutesFile | PersonalFile | Picture | RegisterFile

LARGEST = 40_000_000
"""Bytes of one file, where the homeserver takes as much: many refuse 50 MB and more."""


class Files:
    """Makes them, and says what they are.

    `words`: what the catalogue says of a key and its values. `largest_upload`: bytes that the
    homeserver takes in one file; None where it does not say.
    """

    def __init__(
        self,
        words: Callable[[str, Mapping[str, object], Addressing], str],
        largest_upload: int | None,
    ) -> None:
        self._words = words
        self._largest = min(largest_upload or LARGEST, LARGEST)
        self._made: WeakKeyDictionary[PersonalData, dict[str, list[File]]] = WeakKeyDictionary()

    def of(self, attachment: Filed, caption: str, envelope: Addressing) -> Iterator[File]:
        """The files of an attachment: several where one would be more than homeservers take."""

        def say(key: str, told: Mapping[str, object]) -> str:
            return self._words(key, told, envelope)

        match attachment:
            case ExportFile():
                yield from export_letters(attachment, say, envelope.language, self._largest)
            case PersonalFile(held):
                yield from self._archives(held, say, envelope.language)
            case _:
                yield self._file(attachment, caption, envelope)

    def _archives(self, held: PersonalData, say: Say, language: str) -> list[File]:
        """Made once, and beside where others wait: it is as long as what people wrote."""
        made = self._made.setdefault(held, {})

        def make() -> None:
            made[language] = list(personal_letters(held, say, self._largest))

        if language not in made:
            if others_wait():
                raise MakeFirstError(make)
            make()
        return made[language]

    def _file(self, attachment: Filed, caption: str, envelope: Addressing) -> File:
        """A picture is told now, and drawn when it is sent."""
        match attachment:
            case Document(name, mimetype, body):
                return File(name=name, mimetype=mimetype, body=body)
            case CalendarFile(meeting, minutes, moved):
                usual = timedelta(minutes=minutes)
                body = calendar_file(meeting, caption, envelope.now, moved, usual=usual)
                return File(name=f"M{meeting.number}.ics", mimetype="text/calendar", body=body)
            case Picture(sentence):
                name, body = attachment.name, waiting(sentence, envelope.language)
                return File(name=f"{name}.png", mimetype="image/png", body=body, recipe=name)
            case _:
                return self._spelt(attachment, envelope)

    def _spelt(self, attachment: Filed, envelope: Addressing) -> File:
        """A file whose every word is said by the catalogue."""

        def say(key: str, told: Mapping[str, object]) -> str:
            return self._words(key, told, envelope)

        match attachment:
            case MinutesFile(Minutes() as minutes, to_print=True):
                return minutes_to_print(minutes, say, envelope.language)
            case MinutesFile(Minutes() as minutes):
                return minutes_letter(minutes, say)
            case RegisterFile(sentence):
                return register_letter(values_of(sentence), say)
        raise TypeError(f"no file is made of {type(attachment).__name__}")

    def caption(self, attachment: Filed, envelope: Addressing) -> str:
        """A picture's alternative text, a meeting's name in calendars, a document's name."""
        match attachment:
            case Picture(sentence):
                return self._words(sentence.catalogue_key, values_of(sentence), envelope)
            case CalendarFile(meeting):
                named = {"kind": meeting.kind, "title": meeting.title}
                return self._words("meeting.name", named, envelope)
            case MinutesFile(minutes):
                return self._words("minutes.title", values_of(minutes), envelope)
            case ExportFile(format=form):
                return self._words("export.caption", {"format": form}, envelope)
            case PersonalFile() | RegisterFile():
                mine = isinstance(attachment, PersonalFile)
                return self._words(
                    "privacy.archive" if mine else "privacy.register-file", {}, envelope
                )
            case Document():
                return attachment.name


def file_content(file: File, caption: str) -> dict[str, object]:
    """The event that shows a file."""
    info: dict[str, object] = {"mimetype": file.mimetype, "size": len(file.body)}
    if file.width and file.height:
        info |= {"w": file.width, "h": file.height}
    return {
        "msgtype": "m.image" if file.mimetype.startswith("image/") else "m.file",
        "body": caption if file.mimetype.startswith("image/") else file.name,
        "filename": file.name,
        "info": info,
    }
