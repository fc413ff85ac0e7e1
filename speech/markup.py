"""One sentence, two forms: marks in private-use characters, then plain text and HTML.

Values can hold no such character (`typography.clean`), so only the catalogue makes bold, lines
to copy, line breaks and pills: nothing can be injected, by construction.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from circle.people import Person
from speech.typography import clean

BOLD: Final = "\ue000"
CODE: Final = "\ue001"
PREFIX: Final = "\ue002"
FIRST_PERSON: Final = 0xE100
MOST_PEOPLE: Final = 4096

_TAGS: Final = {BOLD: ("<strong>", "</strong>"), CODE: ("<code>", "</code>")}
_MARKS: Final = re.compile(
    f"([{BOLD}{CODE}{chr(FIRST_PERSON)}-{chr(FIRST_PERSON + MOST_PEOPLE - 1)}])"
)
_LIGHT: Final = re.compile(r"\*\*|`!?")


class Marked(str):
    """Text that is already safe: made by the catalogue and the filters, never from a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What is said: `mentions` are the Matrix ids of the people whose pill it holds."""

    text: str
    html: str
    mentions: tuple[str, ...] = ()


def pill(place: int) -> Marked:
    """The mark of the person at this place of the list given to `finish`."""
    if place >= MOST_PEOPLE:
        raise ValueError("too many people in one message")
    return Marked(chr(FIRST_PERSON + place))


def light(typeset: Callable[[str], str]) -> type[Extension]:
    """A Jinja extension that turns the catalogue's own words, never values, into marked text.

    `**bold**`, `` `a line to copy` ``; a `!` that begins such a line is the circle's prefix.
    `typeset` puts the spaces of the language, outside the lines to copy.
    """

    class Light(Extension):
        """Reads the tokens of a sentence."""

        def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
            """The same tokens, the words among them marked."""
            code = False
            for token in stream:
                if token.type == "data":
                    words, code = _mark(token.value, typeset, code=code)
                    yield Token(token.lineno, token.type, words)
                else:
                    yield token

    return Light


def _mark(words: str, typeset: Callable[[str], str], *, code: bool) -> tuple[str, bool]:
    out: list[str] = []
    start = 0
    for match in _LIGHT.finditer(words):
        mark = match[0]
        out.append(_typeset(words[start : match.start()], typeset, code=code))
        start = match.end()
        if mark == "**":
            out.append(BOLD)
            continue
        code = not code
        out.append(CODE + (PREFIX if code and mark == "`!" else mark[1:]))
    out.append(_typeset(words[start:], typeset, code=code))
    return "".join(out), code


def _typeset(words: str, typeset: Callable[[str], str], *, code: bool) -> str:
    return words if code else typeset(words)


def finish(marked: str, people: Sequence[Person], prefix: str) -> Said:
    """The two forms of marked text. Empty lines, left by what was not to say, disappear."""
    told = (" ".join(filter(None, raw.split(" "))) for raw in marked.split("\n"))
    lines = [line.replace(PREFIX, prefix) for line in told if line]
    return Said(
        text="\n".join("".join(_plain(line, people)) for line in lines),
        html="<br>".join("".join(_tagged(line, people)) for line in lines),
        mentions=tuple(dict.fromkeys(_mentioned(marked, people))),
    )


def joined(parts: Sequence[Said]) -> Said:
    """Several sentences as one message, each on its own line."""
    return Said(
        text="\n".join(part.text for part in parts),
        html="<br>".join(part.html for part in parts),
        mentions=tuple(dict.fromkeys(user for part in parts for user in part.mentions)),
    )


def _pieces(line: str) -> list[str]:
    """A line cut at its marks, each of them a piece of its own."""
    return [piece for piece in _MARKS.split(line) if piece]


def _person(piece: str, people: Sequence[Person]) -> Person | None:
    place = ord(piece) - FIRST_PERSON if len(piece) == 1 else -1
    return people[place] if 0 <= place < len(people) else None


def _mentioned(marked: str, people: Sequence[Person]) -> Iterator[str]:
    for piece in _pieces(marked):
        person = _person(piece, people)
        if person and person.matrix_id:
            yield person.matrix_id


def _plain(line: str, people: Sequence[Person]) -> Iterator[str]:
    for piece in _pieces(line):
        person = _person(piece, people)
        if person:
            yield clean(person.name)
        elif piece not in _TAGS:
            yield piece


def _tagged(line: str, people: Sequence[Person]) -> Iterator[str]:
    """The line as HTML; what is still open at its end is closed there."""
    opened: list[str] = []
    for piece in _pieces(line):
        person = _person(piece, people)
        if person:
            yield _anchor(person)
        elif piece in _TAGS:
            yield from _toggle(piece, opened)
        else:
            yield html.escape(piece)
    yield from _closings(reversed(opened))


def _toggle(mark: str, opened: list[str]) -> Iterator[str]:
    if mark not in opened:
        opened.append(mark)
        yield _TAGS[mark][0]
        return
    inner = opened[opened.index(mark) + 1 :]
    yield from _closings(reversed(inner))
    yield _TAGS[mark][1]
    yield from (_TAGS[one][0] for one in inner)
    opened.remove(mark)


def _closings(marks: Iterable[str]) -> Iterator[str]:
    return (_TAGS[mark][1] for mark in marks)


def _anchor(person: Person) -> str:
    name = html.escape(clean(person.name))
    if person.matrix_id is None:
        return name
    link = html.escape(f"https://matrix.to/#/{quote(person.matrix_id, safe='@:')}")
    return f'<a href="{link}">{name}</a>'
