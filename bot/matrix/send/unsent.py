"""Letters known without asking the store: those written since it held no others.

The store is the truth. After a start, a failure or a long queue it is asked what may leave; once it
holds nothing but what is under way, what each commit tells is enough.
"""

import time
from collections.abc import Collection, Sequence
from typing import Final

from storage.mail import Posted

_MOST: Final = 500


class UnsentLetters:
    """The letters of each lane in the order written; `complete`: the store has no others."""

    def __init__(self) -> None:
        self.complete = False
        self._lanes: dict[str, list[Posted]] = {}
        self._missed = False
        self._last_read = 0
        self._read_at = 0.0

    def offer(self, written: Sequence[Posted]) -> None:
        """Letters that were just committed."""
        if not self.complete:
            self._missed = self._missed or bool(written)
            return
        for posted in written:
            self._lanes.setdefault(posted.lane, []).append(posted)
        late = any(posted.row <= self._last_read for posted in written)  # perhaps read already
        if late or sum(map(len, self._lanes.values())) > _MOST:
            self.forget()

    def forget(self) -> None:
        """Something may be otherwise than we think: the store is to be asked."""
        self.complete = False
        self._missed = True
        self._lanes.clear()

    def forget_after(self, seconds: float) -> None:
        """The same, where the store was last asked that long ago."""
        if self.complete and time.monotonic() - self._read_at > seconds:
            self.forget()

    def was_read(self, found: Sequence[Posted]) -> None:
        """The store was asked, and had these."""
        self._last_read = max((self._last_read, *(posted.row for posted in found)))
        self._missed = False
        self._read_at = time.monotonic()

    def conclude(self, *, nothing_else: bool) -> None:
        """After `was_read`: whether the store then held nothing but what is under way."""
        self.complete = nothing_else and not self._missed

    def take(self, most: int, busy: Collection[str]) -> list[Posted]:
        """The next letters of lanes that are not busy, answers to people first."""
        free = [lane for lane in self._lanes if lane not in busy]
        heads = sorted((min(self._lanes[lane], key=_rank) for lane in free), key=_rank)[:most]
        for head in heads:
            self._lanes[head.lane].remove(head)
            if not self._lanes[head.lane]:
                del self._lanes[head.lane]
        return heads


def _rank(posted: Posted) -> tuple[bool, int]:
    return posted.letter.scheduled, posted.row
