"""What of a message is meant for us: the line, the people it names, the circle it names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from urllib.parse import unquote

from bot.events import Described, Message
from bot.pipeline.requests import OperatorSettings
from commands import COMMANDS
from commands.reading.line import after_prefix, is_named
from language import pleasantries

_PILL = re.compile(r"https://matrix\.to/#/(@[^?/]+)")
_VARIATIONS = re.compile(
    "[\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}\U0001f3fb-\U0001f3ff]"
)
_LINK = re.compile(r"<a\s([^<>]{1,2000})>([^<]*)", re.IGNORECASE)
_HREF = re.compile(
    r"(?<![\w-])href\s{0,9}=\s{0,9}(?:\"(?P<quoted>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE
)
_AFTER_NAME = re.compile(r"^[\s:,]+")
_MOST_LINKS = 100
_LONGEST_NAME = 300
_MOST_GREETINGS = 50


@dataclass(frozen=True, slots=True)
class Hearing:
    """A line to read, with its prefix. `pills`: text shown → Matrix id.

    `bare`: the words alone where the prefix was not typed; `direct`: said in a direct message.
    """

    line: str
    pills: Mapping[str, str] = field(default_factory=dict)
    bare: str | None = None
    direct: bool = False


def hear(message: Message, settings: OperatorSettings, *, direct: bool) -> Hearing | None:
    """The line that is meant for the bot, or None (notices never are).

    Without prefix, a line is for the bot in a direct message or when it mentions the bot.
    """
    if message.notice or message.sender == settings.user_id:
        return None
    pills = read_pills(message.html or "")
    line = message.body.strip() if message.described is None else _spelled(message.described)
    line = command_of(line, settings)
    if line.startswith(settings.prefix):
        return Hearing(line, pills, direct=direct)
    if settings.user_id in message.mentions or _calls(line, settings):
        line = _without_name(line, pills, settings)
    elif direct:
        line = _past_greeting(line)
    else:
        return None
    return Hearing(settings.prefix + line, pills, line, direct)


def command_of(text: str, settings: OperatorSettings) -> str:
    """A text from its first command on, where only signs nobody sees, emoji or a greeting precede.

    `Bonjour,` on a line of its own does not hide the command on the next one, nor `souci : …`.
    """
    called = _past_greeting(text)
    seen = pleasantries.without_emoji(called)
    return seen if seen.startswith(settings.prefix) or _calls(seen, settings) else text


def line_of_command(line: str, pills: Mapping[str, str], settings: OperatorSettings) -> str | None:
    """A further line of a message with its prefix first, where it begins as a command does."""
    seen = pleasantries.without_emoji(line)
    if after_prefix(seen, settings.prefix) is not None:
        return seen
    if not _calls(seen, settings):
        return None
    called = settings.prefix + _without_name(seen, pills, settings)
    return called if is_named(called, settings.prefix, COMMANDS) else None


def _past_greeting(text: str) -> str:
    """A text without the lines of kind words, or of nothing, that begin it; whole if all are.

    So are so many of them that nobody greets like that.
    """
    lines = text.split("\n")
    for at, line in enumerate(lines[:_MOST_GREETINGS] if len(lines) > 1 else ()):
        if not pleasantries.only_kind(line):
            return "\n".join(lines[at:])
    return text


def _calls(line: str, settings: OperatorSettings) -> bool:
    """`souci : aide`, `@souci aide`: the bot's name, without a pill."""
    name = re.escape(settings.user_id.removeprefix("@").partition(":")[0])
    prefix = re.escape(settings.prefix)
    called = rf"(?:@?{name}\s*[:,]|@{name}\s)\s*(?:{prefix}\s*)?\w"
    return re.match(called, line, re.IGNORECASE) is not None


def _spelled(described: Described) -> str:
    """A command invoked by its description, as it would be typed, without prefix."""
    said = (one for one in described.arguments.values() if isinstance(one, str))
    return " ".join((described.command.strip(), *said)).strip()


def emoji(key: str) -> str:
    """A reaction without skin tone nor variation selector."""
    return _VARIATIONS.sub("", key)


def read_pills(html: str) -> dict[str, str]:
    """The people mentioned in a formatted body: the text shown → Matrix id.

    Read by hand, in one pass: a parser of HTML raises on some of what strangers write. What
    cannot be read is no pill; beyond a hundred links no more are looked at.
    """
    shown = ((_person(link), unescape(text).strip()) for link, text in _links(html))
    return {text: user for user, text in shown if user}


def _links(html: str) -> Iterator[tuple[str, str]]:
    for found in islice(_LINK.finditer(html), _MOST_LINKS):
        href, text = _HREF.search(found[1]), found[2]
        if href and len(text) <= _LONGEST_NAME:
            yield href["quoted"] or href["single"] or "", text


def _person(link: str) -> str | None:
    found = _PILL.match(unquote(unescape(link)))
    return found[1] if found else None


def _without_name(line: str, pills: Mapping[str, str], settings: OperatorSettings) -> str:
    own = {text for text, user in pills.items() if user == settings.user_id}
    localpart = settings.user_id.removeprefix("@").partition(":")[0]
    for name in (*own, settings.user_id, f"@{localpart}", localpart):
        if line.casefold().startswith(name.casefold()):
            return _AFTER_NAME.sub("", line[len(name) :]).removeprefix(settings.prefix)
    return line
