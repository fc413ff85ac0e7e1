"""What was entered from files, so that it is never entered twice."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select

from circle.circles import CircleId
from storage.session import Statements
from storage.tables.keeping import imports

_KNOWN: Final = select(imports.c.digest).where(
    imports.c.circle == bindparam("of_circle"), imports.c.digest == bindparam("told")
)
_NOTE: Final = insert(imports)


class Imports:
    """The imports of circles, within one transaction."""

    def __init__(self, session: Statements) -> None:
        self._session = session

    async def known(self, circle: CircleId, digest: str) -> bool:
        """Whether files of that content were entered into the circle before."""
        values = {"of_circle": circle, "told": digest}
        return await self._session.first(_KNOWN, values) is not None

    async def note(self, circle: CircleId, digest: str, at: datetime) -> None:
        """They were entered now."""
        values = {"circle": circle, "digest": digest, "at": at}
        await self._session.run(_NOTE, values)
