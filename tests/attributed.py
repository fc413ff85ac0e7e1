"""Which envelope holds what, told again from the rows of entries alone, one step after another.

Nothing of the program is used: neither its rules, nor its sums, nor what it wrote down.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
FIRST, LAST = "0000-00-00", "9999-99-99"


class Ledger:
    """What has become of a circle's money after some of its entries, in their order.

    `days`: of each entry of an envelope, its period's first and last day as ISO text, or none.
    `workstreams`: of each action.
    """

    def __init__(
        self,
        days: Mapping[int, tuple[str, str] | None],
        workstreams: Mapping[int, int | None],
    ) -> None:
        self._days = days
        self._workstreams = workstreams
        self.number_of: dict[int, int] = {}
        self._since: dict[int, int] = {}
        self.envelopes: dict[int, dict[str, Any]] = {}
        self.items: dict[int, dict[str, Any]] = {}

    def read(self, entries: Sequence[Row]) -> "Ledger":
        for entry in entries:
            if entry["item"] is None:
                self._envelope(entry)
            else:
                self._item(entry)
        return self

    def held(self) -> dict[tuple[int, int], int]:
        """The cents of each item in each envelope: item, envelope."""
        sums: dict[tuple[int, int], int] = {}
        for number, item in self.items.items():
            for envelope, cents in item["stack"]:
                sums[number, envelope] = sums.get((number, envelope), 0) + cents
        return sums

    def without(self, number: int) -> int:
        """What was decided of an item and no envelope holds."""
        item = self.items[number]
        return item["decided"] - sum(cents for _, cents in item["stack"])

    def left(self, number: int) -> int:
        taken = sum(cents for (_, one), cents in self.held().items() if one == number)
        return self.envelopes[number]["granted"] - taken

    def _envelope(self, entry: Row) -> None:
        number = self.number_of.get(entry["corrects"], len(self.envelopes) + 1)
        self.number_of[entry["id"]] = number
        days = self._days.get(entry["id"]) or (FIRST, LAST)
        self.envelopes[number] = {
            "granted": entry["amount"],
            "workstream": entry["workstream"],
            "since": days[0],
            "until": days[1],
        }
        self._serve()

    def _item(self, entry: Row) -> None:
        number = entry["item"]
        if entry["kind"] in {"declared", "corrected"}:
            item = self.items.setdefault(number, {"decided": 0, "stack": []})
            item["day"], item["action"] = entry["day"], entry["action"]
        elif entry["kind"] == "regulated":
            self._decide(number, entry["amount"], entry["id"])
        elif entry["kind"] in {"refused", "pro-bono", "postponed", "cancelled"}:
            self._decide(number, 0, entry["id"])
        elif entry["kind"] == "placed":
            envelope = entry["envelope"]
            self._put(number, envelope, min(self.without(number), self.left(envelope)))

    def _decide(self, number: int, cents: int, entry: int) -> None:
        item = self.items[number]
        if item["decided"] == 0:
            self._since[number] = entry
        more, item["decided"] = cents - item["decided"], cents
        freed = False
        while (over := -self.without(number)) > 0:
            envelope, last = item["stack"].pop()
            freed = True
            if last > over:
                self._put(number, envelope, last - over)
        if more > 0:
            self._spread(number, min(more, self.without(number)), set(self.envelopes))
        if freed:
            self._serve()

    def _serve(self) -> None:
        """What waits takes what is left, in the order of the decisions."""
        for item in sorted(self.items, key=lambda one: self._since.get(one, 0)):
            self._spread(item, self.without(item), set(self.envelopes))

    def _spread(self, number: int, cents: int, among: set[int]) -> None:
        while cents > 0:
            suit = [one for one in among if self._suits(one, number) and self.left(one) > 0]
            if not suit:
                return
            best = min(suit, key=self._order)
            part = min(cents, self.left(best))
            self._put(number, best, part)
            cents -= part

    def _put(self, number: int, envelope: int, cents: int) -> None:
        self.items[number]["stack"].append((envelope, cents))

    def _suits(self, envelope: int, number: int) -> bool:
        item, told = self.items[number], self.envelopes[envelope]
        of = self._workstreams.get(item["action"])
        in_time = told["since"] <= item["day"] <= told["until"]
        return in_time and (told["workstream"] is None or told["workstream"] == of)

    def _order(self, envelope: int) -> tuple[int, str, int]:
        told = self.envelopes[envelope]
        return 1 if told["workstream"] is None else 0, told["until"], envelope
