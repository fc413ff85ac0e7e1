"""What an event tells, in one text: what was said, or in a few words what was done."""

from collections.abc import Callable, Mapping
from typing import Final

from rich.style import Style
from rich.text import Text

from bot.demo.feed import Feed, RoomEvent
from bot.demo.markup import from_html, harmless
from bot.demo.people import POLL_RESPONSE
from bot.demo.stage import BOT
from bot.demo.words import DemoWords
from bot.letters.compose import MESSAGE, POLL_START, REACTION

_TEXT: Final = "org.matrix.msc1767.text"
_DOING: Final = Style(italic=True)
_FILES: Final = {"m.image": "🖼", "m.file": "📎"}


class Narrator:
    """Puts events into words; what people do not see in a room gives nothing."""

    def __init__(self, words: DemoWords) -> None:
        self._words = words
        self._tellers: Mapping[str, Callable[[Feed, RoomEvent], Text | None]] = {
            MESSAGE: self._message,
            REACTION: self._reaction,
            POLL_START: self._poll,
            POLL_RESPONSE: self._answer,
            "m.room.redaction": self._redaction,
            "m.room.member": self._member,
        }

    def tell(self, feed: Feed, event: RoomEvent) -> Text | None:
        """The event in words."""
        teller = self._tellers.get(event.type)
        return teller(feed, event) if teller else None

    def _message(self, feed: Feed, event: RoomEvent) -> Text:
        if event.relates_by == "m.replace":
            corrected = event.content.get("m.new_content", {}).get("body", "")
            return self._doing("demo.act.edit").append(f" {harmless(corrected)}")
        if event.file:
            return self._file(event)
        said = _said(event)
        answered = feed.get(event.replies_to)
        if event.name != BOT and answered and (ref := answered.values.get("id")):
            return self._doing("demo.act.reply", id=ref).append(" ").append_text(said)
        return said

    def _file(self, event: RoomEvent) -> Text:
        """One line: a picture with what it shows, a file by its name."""
        kind = str(event.content.get("msgtype"))
        told = Text(f"{_FILES.get(kind, '📎')} {event.file}", no_wrap=True, overflow="ellipsis")
        body = harmless(event.body).replace("\n", " ")
        return told if body == event.file else told.append(f" — {body}")

    def _reaction(self, feed: Feed, event: RoomEvent) -> Text:
        if event.name == BOT:
            return Text(event.emoji)
        about = feed.get(event.about)
        ref = about.values.get("id") if about else None
        return self._doing("demo.act.react", emoji=event.emoji, id=ref)

    def _poll(self, _feed: Feed, event: RoomEvent) -> Text:
        answers = [str(answer[_TEXT]) for answer in event.content[POLL_START]["answers"]]
        return self._doing("demo.act.poll", answers=" · ".join(answers))

    def _answer(self, feed: Feed, event: RoomEvent) -> Text | None:
        poll = feed.get(event.about)
        chosen = event.content.get(POLL_RESPONSE, {}).get("answers", [])
        if poll is None or poll.type != POLL_START:
            return None
        answers = poll.content[POLL_START]["answers"]
        told = [str(answer[_TEXT]) for answer in answers if answer["id"] in chosen]
        return self._doing("demo.act.answer", answer=", ".join(told), id=poll.values.get("id"))

    def _redaction(self, feed: Feed, event: RoomEvent) -> Text | None:
        gone = feed.get(event.redacts)
        if gone is None:
            return None
        if gone.type == REACTION:
            return self._doing("demo.act.unreact", emoji=gone.emoji)
        return self._doing("demo.act.delete")

    def _member(self, _feed: Feed, event: RoomEvent) -> Text | None:
        """An invitation by one of the people: only the bot's coming is part of the story."""
        if event.content.get("membership") != "invite" or event.name == BOT:
            return None
        return self._doing("demo.act.invite", name=str(event.content.get("displayname", "")))

    def _doing(self, key: str, **values: object) -> Text:
        told = self._words.say(key, **values)
        told.stylize_before(_DOING)
        return told


def _said(event: RoomEvent) -> Text:
    html = event.content.get("formatted_body")
    return from_html(html) if html else Text(harmless(event.body))
