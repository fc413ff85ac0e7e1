"""What reactions mean on the messages of a round."""

from circle.refs import Kind, Ref
from commands.facilitation import codev, turns
from commands.facilitation.checkin import CheckInArgs
from commands.kernel.command import Gesture

_LONGEST = 30  # characters: an emoji, or a short word


def _floor(_ref: Ref) -> turns.TurnsArgs:
    return turns.TurnsArgs(turns.JOIN)


def _helps(_ref: Ref) -> codev.CodevArgs:
    return codev.CodevArgs(codev.JOIN)


GESTURES = {
    (Kind.TURNS, "🙋"): Gesture("turns", _floor),
    (Kind.TURNS, "✋"): Gesture("turns", _floor),
    (Kind.CODEV, "🙋"): Gesture("codev", _helps),
    (Kind.CODEV, "✋"): Gesture("codev", _helps),
}


def by_any_reaction(kind: Kind, key: str) -> Gesture | None:
    """On a check-in any emoji is a word: that of who puts it."""
    if kind is not Kind.CHECKIN or len(key) > _LONGEST or key.startswith("mxc:"):
        return None
    return Gesture("checkin", lambda _ref: CheckInArgs(key, shown=True))
