"""What the dispatcher tells of each command it has answered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """`command`: its key, empty where the line was not read; `result`: done, or the refusal's key.

    `seconds`: from taking it up to its commit.
    """

    command: str
    result: str
    seconds: float
