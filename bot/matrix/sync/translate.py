"""From events as they travel to the vocabulary of bot.events; what is not for us gives None.

Pure: every field is a stranger's choice, read as such. Sources: Matrix specification 1.16,
MSC3381 (polls), MSC4391 (described commands).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot import events
from bot.matrix.net.untrusted import items, number, shown_name, table, text
from bot.matrix.sync.texts import body_of, html_of, mentions_of

_COMMAND: Final = "org.matrix.msc4391.command"
_UNSTABLE_RESPONSE: Final = "org.matrix.msc3381.poll.response"
_FILES: Final = ("m.file", "m.image", "m.audio", "m.video")
_TEXTS: Final = ("m.text", "m.notice")
_VOICE: Final = "org.matrix.msc3245.voice"
"""In a spoken message (MSC3245): it is talk, and nobody means it as a file to keep."""

_MOST_ANSWERS: Final = 100
_LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class Frame:
    """What an event is read within: its room, who we are, and the bounds of its instant (ms).

    `earliest`: when we joined the room, or were last known to have heard everything.
    """

    room_id: str
    own_id: str
    earliest: int
    latest: int

    def at(self, event: Mapping[str, Any]) -> int:
        """The event's instant, held within the bounds: clocks of others may lie.

        Rights, rules, closings and the ledger all go by it.
        """
        stamp = number(event.get("origin_server_ts"))
        return min(max(self.earliest, self.latest if stamp is None else stamp), self.latest)


def translate(event: dict[str, Any], frame: Frame) -> events.AnyEvent | None:
    """One event, decrypted where it was encrypted; None where it means nothing to us."""
    kind, event_id, sender = (text(event.get(k)) for k in ("type", "event_id", "sender"))
    reader = _READERS.get(kind or "")
    if reader is None or not event_id or not sender:
        return None
    base = {"id": event_id, "room": frame.room_id, "sender": sender, "at": frame.at(event)}
    return reader(event, table(event.get("content")), base, frame.own_id)


def _message(
    _event: dict[str, Any], content: dict[str, Any], base: dict[str, Any], own_id: str
) -> events.Message | None:
    relates = table(content.get("m.relates_to"))
    edits = text(relates.get("event_id")) if relates.get("rel_type") == "m.replace" else None
    shown = table(content.get("m.new_content")) if edits else content
    reply_to, thread = (None, None) if edits else _relations(relates)
    kind = shown.get("msgtype")
    attachment = _attachment(shown) if kind in _FILES and _VOICE not in shown else None
    body = body_of(shown, answering=bool(edits or reply_to))
    if body is None or (kind not in _TEXTS and attachment is None):
        return None
    html = html_of(shown)
    mentions = mentions_of(shown, html)
    return events.Message(
        **base,
        body=_caption(shown, body) if attachment else body,
        html=html,
        mentions=mentions,
        reply_to=reply_to,
        thread=thread,
        edits=edits,
        notice=kind == "m.notice",
        attachment=attachment,
        described=_described(content) if mentions == (own_id,) and not edits else None,
    )


def _relations(relates: dict[str, Any]) -> tuple[str | None, str | None]:
    """What is answered, and the thread it stands in; a thread's fallback answers nothing."""
    threaded = relates.get("rel_type") == "m.thread"
    thread = text(relates.get("event_id")) if threaded else None
    answered = text(table(relates.get("m.in_reply_to")).get("event_id"))
    if threaded and relates.get("is_falling_back") is True:
        answered = None
    return answered, thread


def _attachment(content: dict[str, Any]) -> events.Attachment | None:
    sealed = table(content.get("file"))
    url = text(sealed.get("url")) or text(content.get("url"))
    if url is None or not url.startswith("mxc://"):
        return None
    info = table(content.get("info"))
    return events.Attachment(
        name=text(content.get("filename")) or text(content.get("body")) or "",
        mimetype=text(info.get("mimetype")) or "application/octet-stream",
        size=max(number(info.get("size")) or 0, 0),
        url=url,
        file=sealed or None,
    )


def _caption(content: dict[str, Any], body: str) -> str:
    """What was written beside a file: its body, unless that only repeats the file's name."""
    name = text(content.get("filename"))
    return "" if name is None or name == body else body


def _described(content: dict[str, Any]) -> events.Described | None:
    invoked = table(content.get(_COMMAND))
    command, arguments = text(invoked.get("command")), invoked.get("arguments", {})
    if command is None or not isinstance(arguments, dict):
        return None
    return events.Described(command=command, arguments=arguments)


def _reaction(
    _event: dict[str, Any], content: dict[str, Any], base: dict[str, Any], _own_id: str
) -> events.Reaction | None:
    relates = table(content.get("m.relates_to"))
    target, key = text(relates.get("event_id")), text(relates.get("key"))
    if relates.get("rel_type") != "m.annotation" or not target or not key:
        return None
    return events.Reaction(**base, target=target, key=key[:_LONGEST_KEY])


def _redaction(
    event: dict[str, Any], content: dict[str, Any], base: dict[str, Any], _own_id: str
) -> events.Redaction | None:
    """`redacts` moved into the content with room version 11."""
    target = text(content.get("redacts")) or text(event.get("redacts"))
    return events.Redaction(**base, target=target) if target else None


def _poll_response(
    _event: dict[str, Any], content: dict[str, Any], base: dict[str, Any], _own_id: str
) -> events.PollResponse | None:
    poll = _referred(content)
    return events.PollResponse(**base, poll=poll, answers=_answers(content)) if poll else None


def _poll_end(
    _event: dict[str, Any], content: dict[str, Any], base: dict[str, Any], _own_id: str
) -> events.PollEnd | None:
    poll = _referred(content)
    return events.PollEnd(**base, poll=poll) if poll else None


def _referred(content: dict[str, Any]) -> str | None:
    relates = table(content.get("m.relates_to"))
    return text(relates.get("event_id")) if relates.get("rel_type") == "m.reference" else None


def _answers(content: dict[str, Any]) -> tuple[str, ...] | None:
    """The ids chosen, in either form of the content; None where no list of texts is there."""
    unstable = table(content.get(_UNSTABLE_RESPONSE)).get("answers")
    chosen = content.get("m.selections", unstable)
    if not isinstance(chosen, list) or not all(isinstance(one, str) for one in chosen):
        return None
    return tuple(text(one) or "" for one in items(chosen)[:_MOST_ANSWERS])


def _member(
    event: dict[str, Any], content: dict[str, Any], base: dict[str, Any], _own_id: str
) -> events.MemberChanged | None:
    user, membership = text(event.get("state_key")), content.get("membership")
    if not user or membership not in ("join", "leave", "ban"):
        return None
    joined = membership == "join"
    shown = shown_name(content.get("displayname")) if joined else None
    return events.MemberChanged(**base, user=user, joined=joined, name=shown)


_Reader = Callable[[dict[str, Any], dict[str, Any], dict[str, Any], str], "events.AnyEvent | None"]
_READERS: Final[dict[str, _Reader]] = {
    "m.room.message": _message,
    "m.reaction": _reaction,
    "m.room.redaction": _redaction,
    "m.poll.response": _poll_response,
    _UNSTABLE_RESPONSE: _poll_response,
    "m.poll.end": _poll_end,
    "org.matrix.msc3381.poll.end": _poll_end,
    "m.room.member": _member,
}
