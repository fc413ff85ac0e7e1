"""What remains of a line once its values are taken, in its order, as it was typed."""

from collections.abc import Iterable
from unicodedata import category

from language import pleasantries
from language.grammar import words
from language.line import Line
from language.spans import Span

_HEAD = frozenset({"de", "d", "et", ",", ";", ":", "-", "+", "=", ".", ")", "of", "and"})
_TAIL = words(
    "de d du des le la l a au pour et en par avec sur ou ( , ; : - + = . soit c of the to "
    "at for and in by with on or"
)
_BESIDE = frozenset({",", ";", ":", "-", "=", "+", "/"})
_STOPS = frozenset({".", "!", "…"})
_PASSES = 8
_APOSTROPHES = "'’‘ʼ`´′"
_ATTACHED = ("Mn", "Me", "Cf")
_OPENING, _CLOSING = ("(", "["), (")", "]")


def remaining(line: Line, bounds: tuple[int, int], taken: Iterable[Span]) -> str:
    """The text without what was taken, nor the joining words and marks that it leaves alone."""
    first, last = bounds
    gone = [not first <= at < last for at in range(len(line))]
    for span in taken:
        gone[span.start : span.end] = [True] * (span.end - span.start)
    for _ in range(_PASSES):
        if not _tidied(line, gone):
            break
    kept = _ends(line, [at for at in range(len(line)) if not gone[at]], gone)
    return _unwrapped(_written(line, kept))


def _unwrapped(text: str) -> str:
    """`(MEL)`: brackets around all that remains are no part of it."""
    wrapped = len(text) > 2 and (text[0], text[-1]) in zip(_OPENING, _CLOSING, strict=True)
    whole = wrapped and not any(sign in text[1:-1] for sign in (*_OPENING, *_CLOSING))
    return text[1:-1].strip() if whole else text


def _tidied(line: Line, gone: list[bool]) -> bool:
    """Take brackets that hold nothing any more and marks beside what was taken; whether any."""
    changed = False
    for at in range(len(line)):
        if not gone[at] and not line.quoted[at]:
            changed |= _bracket(line, gone, at) or _mark(line, gone, at)
    return changed


def _bracket(line: Line, gone: list[bool], at: int) -> bool:
    if line.word(at) not in _OPENING:
        return False
    end = at + 1
    while end < len(line) and gone[end]:
        end += 1
    if end == at + 1 or end >= len(line) or line.word(end) not in _CLOSING:
        return False
    gone[at] = gone[end] = True
    return True


def _mark(line: Line, gone: list[bool], at: int) -> bool:
    word = line.word(at)
    before = at == 0 or gone[at - 1]
    after = at == len(line) - 1 or gone[at + 1]
    beside = (at > 0 and gone[at - 1]) or (at < len(line) - 1 and gone[at + 1])
    if not beside or not ((word in _BESIDE and (before or after)) or (word in _STOPS and before)):
        return False
    gone[at] = True
    return True


def _ends(line: Line, kept: list[int], gone: list[bool]) -> list[int]:
    """Drop the joining words left alone at an end where something was taken."""
    while kept and kept[0] > 0 and line.word(kept[0]) in _HEAD and gone[kept[0] - 1]:
        kept.pop(0)
    while kept and kept[-1] < len(line) - 1:
        kind = pleasantries.ending(line, kept[0], kept[-1] + 1) if gone[kept[-1] + 1] else None
        if kind is not None:
            kept = [at for at in kept if at < kind]
        elif _is_joining(line, kept[-1]):
            kept.pop()
        else:
            break
    return kept


def _is_joining(line: Line, at: int) -> bool:
    """Whether a word only joins what follows it: `the`, and not `thé`."""
    word = line.word(at)
    return word in _TAIL and (word != "the" or line.raw(at, at + 1).isascii())


def _written(line: Line, kept: list[int]) -> str:
    parts: list[str] = []
    for place, at in enumerate(kept):
        before = kept[place - 1] if place else -1
        if not place or at > before + 1:
            parts += (" ", line.text[_opens(line, at) : line.start(at)])
        end = line.start(at + 1) if kept[place + 1 : place + 2] == [at + 1] else _closes(line, at)
        parts.append(line.text[line.start(at) : end])
    return " ".join("".join(parts).split())


def _opens(line: Line, at: int) -> int:
    """Where the text of a token begins, with the apostrophe that opens it (`'80`)."""
    start, limit = line.start(at), line.end(at - 1)
    begins = start
    while begins > limit and line.text[begins - 1] in _APOSTROPHES:
        begins -= 1
    return start if at and begins == limit else begins


def _closes(line: Line, at: int) -> int:
    """Where the text of a token ends, with the accents and apostrophes that touch it."""
    end, limit = line.end(at), line.start(at + 1)
    while end < limit and _attached(line.text[end]):
        end += 1
    return end


def _attached(char: str) -> bool:
    return char in _APOSTROPHES or category(char) in _ATTACHED
