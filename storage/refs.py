"""References as text: "A12" in a circle, "3:A12" across circles."""

from circle.circles import CircleId
from circle.refs import Kind, Ref


def read_ref(text: str) -> Ref:
    """The reference that `str` of it gave."""
    return Ref(Kind(text[0]), int(text[1:]))


def write_subject(circle: CircleId, ref: Ref) -> str:
    """What a letter announces, as its `subject`."""
    return f"{circle}:{ref}"


def read_subject(text: str) -> tuple[CircleId, Ref]:
    """The circle and the thing that a letter's `subject` names."""
    circle, ref = text.split(":")
    return CircleId(int(circle)), read_ref(ref)
