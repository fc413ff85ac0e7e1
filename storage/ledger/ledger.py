"""The ledger of circles, whole, as `circle.ports` asks for it."""

from circle.ports import Ledger
from storage.ledger.entries import Entries
from storage.ledger.items import Items
from storage.ledger.sums import Sums


class SqlLedger(Entries, Items, Sums, Ledger):
    """The ledger within one transaction."""
