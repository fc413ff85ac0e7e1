"""A name that people may not give: taken, or drawn like one that is."""

from collections.abc import Iterable

from circle.circles import Circle
from circle.lookalikes import look_alike, mixes_scripts
from commands.kernel.reply import Refusal
from commands.shared.refusals import CircleNameTaken, NameMixed


def check_script(name: str) -> None:
    """Raise where a word mixes letters of two scripts: nobody could type it again."""
    if mixes_scripts(name):
        raise Refusal(NameMixed(name=name))


def same_name(name: str, known: Iterable[str]) -> str | None:
    """The first of the known names that one would take for this one."""
    return next((one for one in known if look_alike(one, name)), None)


def check_circle_name(name: str, circles: Iterable[Circle]) -> None:
    """Raise unless a circle may be called so: two never share a name, nor the looks of one."""
    check_script(name)
    for one in circles:
        if same_name(name, (one.name, *one.aliases)):
            raise Refusal(CircleNameTaken(name=one.name))
