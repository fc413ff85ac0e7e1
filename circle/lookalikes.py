"""Names that people would take for one another: what is folded together, which are refused.

After Unicode's skeletons of confusable characters (UTS 39), for the scripts met here: Latin, and
the letters of others drawn like it. Not exhaustive: a coordinator looks after it.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, TypeVar

from circle.text import apart, letters

T = TypeVar("T")

_DRAWN_LIKE: Final[Mapping[str, str]] = {
    "a": "АаΑαɑᴀᎪꓮ",
    "b": "ВвЬьΒβʙᏼꓐ",
    "c": "СсϹϲᴄᏟꓚ",
    "d": "ԀԁᴅᎠꓓժ",
    "e": "ЕеΕεєᴇᎬꓰ",
    "f": "ϜꞘꜰꓝք",
    "g": "ԌԍɡցɢᏀꓖ",
    "h": "НнΗһҺʜᎻꓧհ",
    "j": "ЈјϳᴊᎫꓙյ",
    "k": "КкΚκᴋᏦꓗ",
    # whatever is one stroke: also between themselves, in any case and in any fount
    "l": "lI1|iıІіӀӏΙιɪɩʟᎥᏞꓡꓲǀ∣ⵏ",
    "m": "МмΜμᴍᎷꓟ",
    "n": "Νηɴոռꓠ",
    "o": "ОоΟοσ0ᴏօՕꓳ",
    "p": "РрΡρᴘᏢꓑ",
    "q": "ԚԛզɊ",
    "r": "гʀᏒꓣɼ",
    "s": "ЅѕꜱᏚꓢ",
    "t": "ТтΤτᴛᎢꓔ",
    "u": "υᴜսՍꓴ",
    "v": "νѴѵᴠᏙꓦ",
    "w": "ԜԝωᴡѡᎳꓪա",
    "x": "ХхΧχꓫ",
    "y": "УуΥγүҮʏᎩꓬ",
    "z": "ΖζᴢᏃꓜ",
}
_LETTERS: Final = str.maketrans({one: as_ for as_, all_ in _DRAWN_LIKE.items() for one in all_})
_SIDE_BY_SIDE: Final = (("rn", "m"), ("vv", "w"))
_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def look_alike(one: str, other: str) -> bool:
    """Whether people would take one of the names for the other."""
    return not skeletons(one).isdisjoint(skeletons(other))


def alike(things: Iterable[T], name: Callable[[T], str]) -> Mapping[T, tuple[T, ...]]:
    """Of these things, those whose name looks like another's, each with these others."""
    drawn: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        for skeleton in skeletons(name(thing)):
            drawn[skeleton].append(thing)
    found: dict[T, dict[T, None]] = defaultdict(dict)
    for several in drawn.values():
        for thing in several if len(several) > 1 else ():
            found[thing] |= dict.fromkeys(one for one in several if one != thing)
    return {thing: tuple(others) for thing, others in found.items()}


@lru_cache(maxsize=16_384)  # every name of a large circle is looked at with each line
def skeletons(name: str) -> frozenset[str]:
    """What names that look the same share: letters and figures only, as Latin draws them.

    As it is written, and without case: `Ν` is drawn like an N, `ν` like a v. A name that holds
    none (signs only) is itself, without invisible characters.
    """
    return frozenset((_skeleton(name), _skeleton(name.casefold())))


def _skeleton(name: str) -> str:
    seen = apart(name)
    drawn = seen.translate(_LETTERS).casefold().translate(_LETTERS)
    letters = "".join(c for c in drawn if c.isalnum())
    for two, one in _SIDE_BY_SIDE:
        letters = letters.replace(two, one)
    return letters or seen.strip()


def mixes_scripts(name: str) -> bool:
    """Whether one word has letters of two scripts, as no language writes: `Lіttoral`."""
    words = "".join("" if _is_unseen(c) else c if c.isalpha() else " " for c in name).split()
    return any(len({script for c in word if (script := _script(c))}) > 1 for word in words)


def _is_unseen(char: str) -> bool:
    """An accent apart from its letter, or what nothing shows: zero width, direction, control."""
    return unicodedata.combining(char) != 0 or unicodedata.category(char) in {"Cf", "Cc", "Mn"}


def _script(char: str) -> str | None:
    name = unicodedata.name((letters(char) or char)[0], "")
    return next((script for script in _SCRIPTS if name.startswith(script)), None)
