"""Replies become letters: the events that will leave through the outbox."""

from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from bot.letters import export_plan
from bot.letters.counting_first import MakeFirstError
from bot.letters.envelopes import NO_CIRCLE, Addressing, addressed, relation
from bot.letters.export_plan import export_letters
from bot.letters.minutes import minutes_letter, minutes_to_print
from bot.letters.personal_file import Say, personal_letters, register_letter
from bot.letters.pictures import waiting
from circle.people import Person
from circle.personal import PersonalData
from circle.tally.waiting import others_wait
from commands.kernel.reply import (
    Attachment,
    CalendarFile,
    Document,
    ExportFile,
    MinutesFile,
    PersonalFile,
    Picture,
    Poll,
    PollAnswer,
    PollClosed,
    Privately,
    RegisterFile,
    Reply,
)
from commands.kernel.sentence import values_of
from commands.regulation.replies import Minutes
from reports.ics import calendar_file
from speech.markup import Said, joined
from speech.reply_json import fit, to_wire
from speech.sentences import Speech
from speech.typography import clean
from storage.mail import ARCHIVE, File, Letter

Filed = CalendarFile | Document | ExportFile | MinutesFile | PersonalFile | Picture | RegisterFile

REPLY_FIELD = "org.souci.reply"
POLL_START = "org.matrix.msc3381.poll.start"
POLL_END = "org.matrix.msc3381.poll.end"
MESSAGE = "m.room.message"
REACTION = "m.reaction"
LARGEST = 40_000_000
"""Bytes of one file, where the homeserver takes as much: many refuse 50 MB and more."""

_LONG = frozenset({export_plan.RECIPE, ARCHIVE})


class Composer:
    """Turns replies into letters, in the order in which they will be sent.

    `largest_upload`: bytes that the homeserver takes in one file; None where it does not say.
    """

    def __init__(self, speech: Speech, prefix: str, largest_upload: int | None = None) -> None:
        self._speech = speech
        self._prefix = prefix
        self._largest_upload = largest_upload
        self._made: WeakKeyDictionary[PersonalData, dict[str, list[File]]] = WeakKeyDictionary()

    def letters(self, reply: Reply, envelope: Addressing) -> list[Letter]:
        """All letters of a reply: its message, what is attached, then messages to others."""
        letters: list[Letter] = []
        for one in (reply, *reply.also):
            following = letters[-1].ordinal + 1 if letters else 0
            there = addressed(envelope, one)
            if there is not None:
                letters += self._one(one, there, following)
        return letters

    def _one(self, reply: Reply, envelope: Addressing, ordinal: int) -> Iterator[Letter]:
        if reply.quiet and envelope.answers:
            yield self._reaction(reply, envelope, ordinal)
            return
        yield self._message(reply, envelope, ordinal)
        place = ordinal + 1
        for attachment in reply.attachments:
            letters = list(self._attachment(attachment, reply, envelope, place, ordinal))
            yield from letters
            place += max(1, len(letters))

    def _letter(self, reply: Reply, envelope: Addressing, ordinal: int, **rest: object) -> Letter:
        to_user = self._recipient(reply, envelope)
        announced = reply.subject if reply.announces else None
        subject = f"{envelope.circle or NO_CIRCLE}:{announced}" if announced else None
        fields: dict[str, object] = {
            "cause": envelope.cause,
            "ordinal": ordinal,
            "room_id": None if to_user else envelope.room_id,
            "to_user": to_user,
            "subject": subject,
            "scheduled": envelope.scheduled,
        }
        return Letter(**(fields | rest))  # type: ignore[arg-type]

    def _recipient(self, reply: Reply, envelope: Addressing) -> str | None:
        match reply.where:
            case Privately(Person() as person):
                return person.matrix_id
            case Privately():
                return envelope.sender
        return None

    def _say(self, reply: Reply, values: Mapping[str, object], envelope: Addressing) -> Said:
        to = reply.where.person if isinstance(reply.where, Privately) else None
        own = to.language if to else None
        language = reply.language or own or envelope.language
        zone = envelope.now.tzinfo

        def say(key: str, told: Mapping[str, object]) -> Said:
            return self._speech.say(
                key, told, language, zone=zone, now=envelope.now, prefix=self._prefix
            )

        before, after = (
            [say(part.catalogue_key, values_of(part))] if part else []
            for part in (reply.before, reply.after)
        )
        asks = reply.asks
        how = [say(asks.catalogue_key, values_of(asks))] if asks else []
        return joined([*before, say(reply.key, values), *after, *how])

    def _message(self, reply: Reply, envelope: Addressing, ordinal: int) -> Letter:
        said, wire = fit(_values(reply), lambda values: self._say(reply, values, envelope))
        people = {p.matrix_id for p in reply.mentions if p.matrix_id} | set(said.mentions)
        content: dict[str, object] = {
            "msgtype": "m.text" if people else "m.notice",
            "body": said.text,
            "format": "org.matrix.custom.html",
            "formatted_body": said.html,
            REPLY_FIELD: {"key": reply.key, "values": wire},
        }
        if people:  # a notice notifies nobody, whatever it says of mentions
            content["m.mentions"] = {"user_ids": sorted(people)}
        if self._recipient(reply, envelope) is None:
            content |= relation(envelope)
        return self._letter(reply, envelope, ordinal, event_type=MESSAGE, content=content)

    def _reaction(self, reply: Reply, envelope: Addressing, ordinal: int) -> Letter:
        target = envelope.gesture_target or envelope.answers
        content: dict[str, object] = {
            "m.relates_to": {"rel_type": "m.annotation", "event_id": target, "key": reply.sign},
            REPLY_FIELD: {"key": reply.key},
        }
        return self._letter(
            reply, envelope, ordinal, event_type=REACTION, content=content, target=target
        )

    def _attachment(
        self, attachment: Attachment, reply: Reply, envelope: Addressing, ordinal: int, first: int
    ) -> Iterator[Letter]:
        if isinstance(attachment, Poll):
            content = self._poll(attachment, reply, envelope)
            yield self._letter(
                reply, envelope, ordinal, event_type=POLL_START, content=content, after=first
            )
        elif isinstance(attachment, PollClosed):
            ends = self._poll_end(attachment, reply, envelope, ordinal)
            yield from [ends] if ends else []
        else:
            caption = self._caption(attachment, envelope)
            for place, file in enumerate(self._files(attachment, caption, envelope), ordinal):
                content = _file_content(file, caption, reply.key)
                rest = {"event_type": MESSAGE, "content": content, "file": file}
                beside = file.recipe in _LONG
                yield self._letter(reply, envelope, place, beside=beside, **rest)

    def _files(self, attachment: Filed, caption: str, envelope: Addressing) -> Iterator[File]:
        """The files of an attachment: several where one would be more than homeservers take."""

        def say(key: str, told: Mapping[str, object]) -> str:
            return self._words(key, told, envelope)

        match attachment:
            case ExportFile():
                largest = self._largest()
                yield from export_letters(attachment, say, envelope.language, largest)
            case PersonalFile(held):
                yield from self._archives(held, say, envelope.language)
            case _:
                yield self._file(attachment, caption, envelope)

    def _archives(self, held: PersonalData, say: Say, language: str) -> list[File]:
        """Made once, and beside where others wait: it is as long as what people wrote."""
        made = self._made.setdefault(held, {})

        def make() -> None:
            made[language] = list(personal_letters(held, say, self._largest()))

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
            case CalendarFile(meeting, moved):
                body = calendar_file(meeting, caption, envelope.now, moved)
                return File(name=f"M{meeting.number}.ics", mimetype="text/calendar", body=body)
            case Picture(sentence):
                name, body = attachment.name, waiting(sentence, envelope.language)
                return File(name=f"{name}.png", mimetype="image/png", body=body, recipe=name)
            case _:
                return self._spelt(attachment, envelope)

    def _largest(self) -> int:
        return min(self._largest_upload or LARGEST, LARGEST)

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

    def _caption(self, attachment: Filed, envelope: Addressing) -> str:
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
                return self._word("privacy.archive" if mine else "privacy.register-file", envelope)
            case Document():
                return attachment.name

    def _poll(self, poll: Poll, reply: Reply, envelope: Addressing) -> dict[str, object]:
        texts = [self._label(one, envelope) for one in poll.answers]
        question = clean(poll.question)
        kind = "undisclosed" if poll.hidden else "disclosed"
        lines = "\n".join([question, *(f"{n}. {t}" for n, t in enumerate(texts, start=1))])
        return {
            POLL_START: {
                "question": {"org.matrix.msc1767.text": question, "body": question},
                "kind": f"org.matrix.msc3381.poll.{kind}",
                "max_selections": poll.most,
                "answers": [
                    {"id": one.id, "org.matrix.msc1767.text": text}
                    for one, text in zip(poll.answers, texts, strict=True)
                ],
            },
            "org.matrix.msc1767.text": lines,
            REPLY_FIELD: {"key": reply.key, "values": to_wire(_values(reply))},
        }

    def _label(self, answer: PollAnswer, envelope: Addressing) -> str:
        """What people click on: their words stay within it, whatever characters they hold."""
        if answer.sentence:
            return self._words(answer.sentence.catalogue_key, values_of(answer.sentence), envelope)
        return clean(answer.text) or answer.id

    def _poll_end(
        self, closed: PollClosed, reply: Reply, envelope: Addressing, ordinal: int
    ) -> Letter | None:
        poll = (envelope.polls or {}).get(closed.vote)
        if poll is None:
            return None
        text = self._word("poll.ended", envelope)
        content: dict[str, object] = {
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
            POLL_END: {},
            "org.matrix.msc1767.text": text,
            "body": text,
            REPLY_FIELD: {"key": reply.key, "values": {}},
        }
        return self._letter(
            reply, envelope, ordinal, event_type=POLL_END, content=content, target=poll
        )

    def _word(self, key: str, envelope: Addressing) -> str:
        return self._words(key, {}, envelope)

    def _words(self, key: str, values: Mapping[str, object], envelope: Addressing) -> str:
        zone = envelope.now.tzinfo
        return self._speech.say(key, values, envelope.language, zone=zone, now=envelope.now).text


def _values(reply: Reply) -> dict[str, object]:
    """What other programs read of a reply: its own values, and who is said to have done it."""
    before = values_of(reply.before) if reply.before else {}
    asks = values_of(reply.asks) if reply.asks else {}
    return asks | values_of(reply.sentence) | before


def _file_content(file: File, caption: str, key: str) -> dict[str, object]:
    info: dict[str, object] = {"mimetype": file.mimetype, "size": len(file.body)}
    if file.width and file.height:
        info |= {"w": file.width, "h": file.height}
    return {
        "msgtype": "m.image" if file.mimetype.startswith("image/") else "m.file",
        "body": caption if file.mimetype.startswith("image/") else file.name,
        "filename": file.name,
        "info": info,
        REPLY_FIELD: {"key": key, "values": {"file": file.name}},
    }
