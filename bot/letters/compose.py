"""Replies become letters: the events that will leave through the outbox."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.letters import export_plan
from bot.letters.envelopes import NO_CIRCLE, Addressing, addressed, relation
from bot.letters.files import Files, file_content
from circle.people import Person
from commands.kernel.reply import (
    Attachment,
    Poll,
    PollAnswer,
    PollClosed,
    Privately,
    Reply,
)
from commands.kernel.sentence import values_of
from speech.markup import Said, joined
from speech.reply_json import fit, to_wire
from speech.sentences import Speech
from speech.typography import clean
from storage.mail import ARCHIVE, Letter

REPLY_FIELD = "org.souci.reply"
POLL_START = "org.matrix.msc3381.poll.start"
POLL_END = "org.matrix.msc3381.poll.end"
MESSAGE = "m.room.message"
REACTION = "m.reaction"

_LONG = frozenset({export_plan.RECIPE, ARCHIVE})


class Composer:
    """Turns replies into letters, in the order in which they will be sent.

    `largest_upload`: bytes that the homeserver takes in one file; None where it does not say.
    """

    def __init__(self, speech: Speech, prefix: str, largest_upload: int | None = None) -> None:
        self._speech = speech
        self._prefix = prefix
        self._files = Files(self._words, largest_upload)

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

    def _letter(self, reply: Reply, envelope: Addressing, ordinal: int, **rest: Any) -> Letter:
        to_user = self._recipient(reply, envelope)
        announced = reply.subject if reply.announces else None
        subject = f"{envelope.circle or NO_CIRCLE}:{announced}" if announced else None
        fields: dict[str, Any] = {
            "cause": envelope.cause,
            "ordinal": ordinal,
            "room_id": None if to_user else envelope.room_id,
            "to_user": to_user,
            "subject": subject,
            "scheduled": envelope.scheduled,
        }
        return Letter(**(fields | rest))

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
            caption = self._files.caption(attachment, envelope)
            for place, file in enumerate(self._files.of(attachment, caption, envelope), ordinal):
                content = file_content(file, caption)
                content[REPLY_FIELD] = {"key": reply.key, "values": {"file": file.name}}
                rest = {"event_type": MESSAGE, "content": content, "file": file}
                beside = file.recipe in _LONG
                yield self._letter(reply, envelope, place, beside=beside, **rest)

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
