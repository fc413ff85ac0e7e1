"""Names that people would take for one another: what is folded together, which are refused.

After Unicode's skeletons of confusable characters (UTS 39), for the scripts met here: Latin, and
the Cyrillic and Greek letters drawn like it. Not exhaustive: a coordinator looks after it.
"""

import unicodedata
from typing import Final

from circle.text import letters

_CYRILLIC: Final = ("авгеікмнорстухѕјһԁԛԝ", "abreikmhopctyxsjhdqw")
_GREEK: Final = ("αβεζηικμνορτυχγω", "abezhikmvoptuxyw")
_LATIN: Final = ("ıɑɡ01", "iagol")
_DRAWN_LIKE: Final = str.maketrans(*map("".join, zip(_CYRILLIC, _GREEK, _LATIN, strict=True)))
_SCRIPTS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def skeleton(name: str) -> str:
    """What two names share that look the same: letters and figures only, as Latin draws them.

    A name that holds none (signs only) is itself, without invisible characters.
    """
    seen = letters(name)
    return "".join(c for c in seen if c.isalnum()).translate(_DRAWN_LIKE) or seen.strip()


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
