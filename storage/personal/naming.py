"""What in a text is surely one person (decision 15), and where they may only seem to be named.

Surely: their account; `@name`; a name of several words, written as a name is. A name of one word
may be any word, or somebody else: it is only found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from circle.text import letters
from storage.times import EPOCH

SHORTEST: Final = 2
"""A name of one letter is everywhere: it names nobody."""

EVERYBODY: Final = "room"
"""`@room` calls all those who are in a room."""

_APART: Final = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{HYPHEN}": "-"})
_LEAD: Final = re.compile(r"[^\W\d_]+(?:[ '.-]+[^\W\d_]+)*")
# Not within a word, an address, or another account: `@bob:b.org` is not `@bob:b.org.uk`.
_BEFORE: Final = r"(?<![\w@])"
_AFTER: Final = r"(?![\w-])(?!\.\w)(?!:\w)"
_NO_WORD: Final = r"(?!-?\w)"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write somebody. `since`: when they first bore it.

    `cased`: they are meant only where it begins and ends with a capital; `proper`: they write it so
    themselves, and in their own words mean themselves however it is written.
    """

    pattern: re.Pattern[str]
    since: datetime
    cased: bool = False
    proper: bool = False

    def stood(self, at: datetime) -> bool:
        """Whether something written at that instant was written before they bore the name.

        At the same one it is not known: a mention is theirs, words are not.
        """
        return at <= self.since if self.cased else at < self.since


@dataclass(frozen=True, slots=True)
class PlaceInText:
    """Where a form stands in a text."""

    start: int
    end: int
    form: Form


class Names:
    """What one person is called in a circle.

    `borne`: their names there, and since when. `taken`: names that somebody else bears there, which
    then tell nobody apart.
    """

    def __init__(self, user: str, borne: Mapping[str, datetime], taken: Iterable[str] = ()) -> None:
        local = localpart(user)
        told = {name.strip(): since for name, since in borne.items()}
        told.setdefault(local, min(told.values(), default=EPOCH))
        others = [fold(name)[0] for name in taken]
        own = {name: told[name] for name in told if _tells(name) and not _begins(name, others)}
        self._account = _account(user)
        self._forms = tuple(_forms(own, local))
        self._hints = {_plainest(word) for name in (*told, local) for word in name.split()}
        seen = sorted(filter(_tells, (*told, user)), key=len, reverse=True)
        self._seen = [(name, _standing(name)) for name in seen]

    def account_replaced(self, text: str, pseudonym: str) -> str:
        """The text with the pseudonym for the account, spelt exactly."""
        return self._account.sub(pseudonym, text) if self._account else text

    def places(self, text: str, *, own: bool) -> list[PlaceInText]:
        """Where one of the forms stands; in their `own` words, capitals or not."""
        folded, origin = fold(text)
        found = (
            PlaceInText(origin[match.start()], _end(text, origin[match.end() - 1]), form)
            for form in self._forms
            for match in form.pattern.finditer(folded)
        )
        return [one for one in found if _meant(text, one, own=own)]

    def left_in(self, text: str) -> set[str]:
        """The names that stand there as whole words, whoever is meant; the longest of them."""
        found: set[str] = set()
        folded, _ = fold(text)
        for name, word in self._seen:
            rest = word.sub("\0", folded)
            if rest != folded:
                found.add(name)
            folded = rest
        return found

    def hints(self) -> frozenset[str]:
        """A text that holds none of these has no name in it: for a database, which folds little.

        Nothing where it could not tell: every text is then to be looked at.
        """
        return frozenset() if "" in self._hints else frozenset(self._hints)


def replaced(text: str, places: Iterable[PlaceInText], pseudonym: str) -> str:
    """The text with the pseudonym at these places; the longest first where two overlap."""
    end = 0
    parts: list[str] = []
    for place in sorted(places, key=lambda one: (one.start, -one.end)):
        if place.start >= end:
            parts += text[end : place.start], pseudonym
            end = place.end
    return "".join((*parts, text[end:]))


def localpart(user: str) -> str:
    """`bob` of `@bob:example.org`."""
    return user.removeprefix("@").partition(":")[0]


def fold(text: str) -> tuple[str, list[int]]:
    """The text without case, accents or kinds of space, and where each sign of it comes from."""
    told = [(sign, place) for place, sign in enumerate(text) for sign in _folded(sign)]
    return "".join(sign for sign, _ in told), [place for _, place in told]


def _folded(sign: str) -> str:
    if sign.isspace():
        return " "
    return letters(sign.translate(_APART))


def _end(text: str, last: int) -> int:
    """After that sign and the accents that follow it."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _tells(name: str) -> bool:
    """Whether it is long enough to name anybody."""
    return len(fold(name)[0].strip()) >= SHORTEST


def _standing(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(fold(name)[0])}(?!\w)")


def _begins(name: str, others: Iterable[str]) -> bool:
    """Whether somebody else's name is that one, or begins with it: `Dany` and `Dany Écho`."""
    words = fold(name)[0]
    return any(one == words or one.startswith(f"{words} ") for one in others)


def _account(user: str) -> re.Pattern[str] | None:
    """The account as it is written, or a link to it: the whole of a mention."""
    linked = quote(user, safe="")
    either = map(re.escape, (user, linked, linked.replace("%3A", "%3a")))
    spelt = f"(?:{'|'.join(either)})"
    pill = rf'<a href="https://matrix\.to/#/{spelt}"[^<>]*>[^<]*</a>'
    return re.compile(rf"{pill}|{_BEFORE}{spelt}{_AFTER}") if user else None


def _forms(borne: Mapping[str, datetime], local: str) -> Iterator[Form]:
    for name, since in borne.items():
        if fold(name)[0] != EVERYBODY:
            yield Form(_whole(f"@{name}", _AFTER), since)
        lead = _LEAD.match(name)
        if lead and len(lead[0].split()) > 1:
            yield Form(_whole(lead[0], _NO_WORD), since, cased=True, proper=_proper(lead[0]))
            if _parts(local) == _parts(lead[0]):
                yield Form(_whole(local, _NO_WORD), since)


def _whole(name: str, after: str) -> re.Pattern[str]:
    words = map(re.escape, fold(name)[0].split())
    return re.compile(_BEFORE + " +".join(words) + after)


def _parts(name: str) -> list[str]:
    return re.split(r"[ ._-]+", fold(name)[0])


def _meant(text: str, place: PlaceInText, *, own: bool) -> bool:
    form = place.form
    return not form.cased or (own and form.proper) or _proper(text[place.start : place.end])


def _proper(name: str) -> bool:
    """Whether the first and the last word have a capital: `Dany Écho`, not `Portes ouvertes`."""
    words = name.split()
    return words[0][0].isupper() and words[-1][0].isupper()


def _plainest(word: str) -> str:
    """The longest run of the word that every database compares alike, whatever the case."""
    return max(re.findall(r"[A-Za-z0-9]+", word), key=len, default="")
