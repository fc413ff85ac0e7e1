"""All that the doctor looks at, in the order in which one thing needs the other."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from bot.config.model import Config
from bot.doctor.database import database
from bot.doctor.diagnosis import Diagnosis, well
from bot.doctor.machine import machine
from bot.doctor.server import server
from bot.version import own_version


async def examine(file: Path, config: Config) -> AsyncIterator[Diagnosis]:
    """How everything is, one thing after the other; `file` is that of the configuration."""
    now = datetime.now(UTC)
    yield well("configuration", file=str(file), version=own_version())
    for diagnosis in machine(file, config, now):
        yield diagnosis
    diagnoses, circles = await database(config, now)
    for diagnosis in diagnoses:
        yield diagnosis
    async for diagnosis in server(config, circles):
        yield diagnosis
