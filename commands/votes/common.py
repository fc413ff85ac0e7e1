"""The arguments that several commands on votes share."""

from dataclasses import dataclass
from typing import Annotated

from circle.refs import Kind, Ref
from commands.reading.readers import reference

VOTE = reference(Kind.VOTE)


@dataclass(frozen=True, slots=True)
class OneArgs:
    """A vote, by its id or by replying to what announced it."""

    vote: Annotated[Ref, VOTE]
