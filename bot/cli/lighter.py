"""A bot that stays up for months does not keep what its libraries load and it never uses.

`import sqlalchemy.ext.asyncio` loads SQLAlchemy's whole object mapper, `import nio` its own HTTP
clients: nine of a bot's hundred megabytes. Their packages find empty modules instead, in the
process of `souci run` alone.
"""

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Final

UNUSED: Final = (
    "nio.client",
    "nio.http",
    "sqlalchemy.ext.asyncio.scoping",
    "sqlalchemy.ext.asyncio.session",
)
"""Modules that their packages only name: neither a base class nor a call of what we use."""


class _Empty(ModuleType):
    """Whatever is imported from it is None."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


class _Unused(MetaPathFinder, Loader):
    """Finds an empty module for each of `UNUSED`."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname in UNUSED else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


def leave_out_unused() -> None:
    """From now on, in this process; what is loaded already stays."""
    sys.meta_path.insert(0, _Unused())
