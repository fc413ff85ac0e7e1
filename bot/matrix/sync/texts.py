"""What people's clients wrap around what they wrote: quotes of what they answer, pills."""

import re
from typing import Any, Final
from urllib.parse import unquote

from bot.matrix.net.untrusted import items, table, text

_HTML_FORMAT: Final = "org.matrix.custom.html"
_PILL: Final = re.compile(
    r"""href\s*=\s*["'](?:https://matrix\.to/#/((?:@|%40)[^"'/?]+)|matrix:u/([^"'/?]+))"""
)
_QUOTE_BEGINS: Final = "<mx-reply>"
_QUOTE_ENDS: Final = "</mx-reply>"
_QUOTE_START: Final = ("> <@", "> * <@")
_MOST_MENTIONS: Final = 100


def body_of(content: dict[str, Any], *, answering: bool) -> str | None:
    """The text, without the quotation that older clients put before an answer."""
    body = text(content.get("body"))
    if body is None or not (answering and body.startswith(_QUOTE_START)):
        return body
    lines = body.split("\n")
    quoted = next((n for n, line in enumerate(lines) if not line.startswith(">")), len(lines))
    return "\n".join(lines[quoted:]).removeprefix("\n")


def html_of(content: dict[str, Any]) -> str | None:
    """The HTML form where there is one, without the quotation."""
    if content.get("format") != _HTML_FORMAT:
        return None
    html = text(content.get("formatted_body"))
    return _without_quote(html) if html else None


def _without_quote(html: str) -> str:
    """Found by hand: a pattern for it took seconds over sixty thousand spaces."""
    before, begun, rest = html.partition(_QUOTE_BEGINS)
    _, ended, after = rest.partition(_QUOTE_ENDS)
    return before.rstrip() + after if begun and ended else html


def mentions_of(content: dict[str, Any], html: str | None) -> tuple[str, ...]:
    """Who is mentioned: the declared ones first, then those that only a pill names."""
    declared = [m for m in items(table(content.get("m.mentions")).get("user_ids")) if _is_user(m)]
    pills = [unquote(a) if a else f"@{unquote(b)}" for a, b in _PILL.findall(html or "")]
    return tuple(dict.fromkeys(declared + pills))[:_MOST_MENTIONS]


def _is_user(value: object) -> bool:
    return isinstance(value, str) and value.startswith("@") and "\0" not in value
