"""Databases as older programs left them."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import migrations


def to_revision(connection: Connection, revision: str) -> None:
    """Run the migrations up to that one."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    command.upgrade(config, revision)
