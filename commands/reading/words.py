"""A line cut into words that remember where they stand and whether they were quoted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from circle.text import plain

_OPENING = re.compile(r"(?<![^\s(\[:|+'’])[\"«“„]")
_CLOSING = {
    opening: re.compile(closing)
    for opening, closing in (('"', '"'), ("«", "»"), ("“", "”"), ("„", "[”“]"))
}
_WORD = re.compile(r"[^ ]+")
_ELIDED = re.compile(r"[dD]['’ʼ‘´`′]")
_LONE = re.compile(r"[\ud800-\udfff]")
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""Unicode's spaces, ends of lines and control signs."""
_SHOWN = 80


@dataclass(slots=True)
class Word:
    """A word: as typed, its place in the line, whether it was quoted."""

    text: str
    start: int
    end: int
    quoted: bool = False
    _plain: str | None = field(default=None, init=False, compare=False)

    @property
    def plain(self) -> str:
        """The word folded, hyphens kept; folded once, when first asked for."""
        if self._plain is None:
            self._plain = plain(self.text)
        return self._plain


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of one line; its text is a slice of the line, so never a rewriting."""

    source: str
    words: tuple[Word, ...]

    def __len__(self) -> int:
        return len(self.words)

    @property
    def start(self) -> int:
        return self.words[0].start if self.words else len(self.source)

    @property
    def end(self) -> int:
        return self.words[-1].end if self.words else len(self.source)

    @property
    def text(self) -> str:
        """The words as typed, with what stands between them."""
        return self.source[self.start : self.end]

    @property
    def plain(self) -> str:
        """The words folded, one space between them."""
        return " ".join(word.plain for word in self.words)

    @property
    def quoted(self) -> bool:
        """Whether a word of it was quoted: it is then no option."""
        return any(word.quoted for word in self.words)

    @property
    def reaches_end(self) -> bool:
        """Whether nothing of the line stands after it."""
        return not self.source[self.end :].strip()

    @property
    def says_something(self) -> bool:
        """Whether anything can be seen in it besides quotes."""
        return says_something(self.text)

    def __getitem__(self, where: slice) -> "Piece":
        return Piece(self.source, self.words[where])

    def without_start(self, count: int) -> "Piece":
        """The words after so many characters."""
        return between(self.source, self.start + count, self.end)

    def shown(self) -> str:
        """The text, shortened for an answer that quotes it."""
        return self.text if len(self.text) <= _SHOWN else self.text[: _SHOWN - 1] + "…"

    def trimmed(self, marks: str = ",;.") -> "Piece":
        """The same words without the marks that end the last one (`#A1, 80 €.`)."""
        if not self.words:
            return self
        last = self.words[-1]
        text = last.text.rstrip(marks)
        if not text or text == last.text:
            return self
        cut = Word(text, last.start, last.start + len(text), last.quoted)
        return Piece(self.source, (*self.words[:-1], cut))


def says_something(text: str) -> bool:
    """Whether anything can be seen in a text besides quotes."""
    return bool(plain(text).replace('"', "").strip())


def clean(text: str) -> str:
    """The text as typed with one kind of space, no control signs, nothing that cannot be stored."""
    return _BLANK.sub(" ", _LONE.sub("\ufffd", text)).strip(" ")


def split(line: str) -> Piece:
    """The words of a cleaned line."""
    return between(line, 0, len(line))


def between(line: str, start: int, end: int) -> Piece:
    """The words of a cleaned line from one place to another."""
    return Piece(line, tuple(_words(line, start, end)))


def _words(line: str, begin: int, stop: int) -> Iterator[Word]:
    quotes = _quotations(line, begin, stop)
    opens, closes = next(quotes, (stop, stop))
    for found in _WORD.finditer(line, begin, stop):
        start, end = found.span()
        while closes <= start:
            opens, closes = next(quotes, (stop, stop))
        quoted = opens < end
        elided = None if quoted else _ELIDED.match(line, start, end)
        if elided and elided.end() < end:
            yield Word(line[start : elided.end()], start, elided.end())
            start = elided.end()
        yield Word(line[start:end], start, end, quoted)


def _quotations(line: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where quotations begin and end, in order; a quote that is never closed is looked for once."""
    unclosed: set[str] = set()
    at = begin
    while found := _OPENING.search(line, at, stop):
        sign, at = found[0], found.end()
        closed = None if sign in unclosed else _CLOSING[sign].search(line, at, stop)
        if closed is None:
            unclosed.add(sign)
        else:
            at = closed.end()
            yield found.start(), at


def quoted(text: str) -> str:
    """A text between quotes that it does not hold itself."""
    return f"« {text} »" if '"' in text else f'"{text}"'


def unquoted(text: str) -> str:
    """A text that is one quotation as a whole, without its quotes; any other text as it is."""
    whole = next(_quotations(text, 0, len(text)), None) == (0, len(text))
    inside = text[1:-1].strip()
    return inside if whole and inside else text
