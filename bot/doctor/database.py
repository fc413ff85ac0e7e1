"""The database: whether it is ours, whole and of this version; and the circles that live in it."""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime

from bot.config.model import Config
from bot.config.rules import rules_of
from bot.doctor.diagnosis import Diagnosis, mend, note, well
from circle.circles import Circle
from storage.copying import sqlite_file
from storage.engine import Engine, open_engine, without_password
from storage.errors import StoreUnavailableError
from storage.fitness import UnfitDatabaseError, check_fitness, size_of
from storage.sqlite.files import harm_of
from storage.uow import Store
from storage.upgrade import DatabaseNewerError, DatabaseOlderError, known_revisions, require_current


async def database(config: Config, now: datetime) -> tuple[list[Diagnosis], Sequence[Circle]]:
    """How it is, and its circles; nothing is made where there is none."""
    url = config.database.reveal()
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return [note("database", "none", place=str(file))], ()
    try:
        await check_fitness(url, writes=file is None)
        engine = open_engine(url)
        try:
            return await _looked_into(engine, config, now)
        finally:
            await engine.dispose()
    except (UnfitDatabaseError, StoreUnavailableError) as error:
        return [mend("database", "unfit", why=str(error))], ()
    except (DatabaseOlderError, DatabaseNewerError) as error:
        return [mend("database", "version", why=str(error))], ()


async def _looked_into(
    engine: Engine, config: Config, now: datetime
) -> tuple[list[Diagnosis], Sequence[Circle]]:
    await require_current(engine)
    url = config.database.reveal()
    file = sqlite_file(url)
    if file is not None and not os.access(file, os.W_OK):
        return [mend("database", "read-only", place=str(file))], ()
    harm = await asyncio.to_thread(harm_of, file) if file is not None else None
    if harm is not None:
        return [mend("database", "harmed", place=str(file), harm=harm)], ()
    async with Store(engine, rules_of(config)).reading() as uow:
        circles = await uow.circles.all(now.date())
    size = await size_of(engine) if file is None else file.stat().st_size
    told = {"place": str(file or without_password(url)), "revision": known_revisions()[-1]}
    return [well("database", size=f"{size / 1e6:.1f} MB", circles=len(circles), **told)], circles
