"""`souci backup` and `souci restore`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.backup import back_up
from bot.backup_archive import ArchiveError
from bot.backup_restore import restore
from bot.config import Config, ConfigError, load
from bot.matrix.errors import ShellError
from storage.copying import CopyError
from storage.errors import StoreUnavailableError
from storage.upgrade import DatabaseNewerError

FAILED = 1
_TOLD = (
    *(ArchiveError, ConfigError, CopyError, DatabaseNewerError),
    *(OSError, ShellError, StoreUnavailableError),
)
_MEGABYTE = 1_000_000


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 for a failure told in one line; 2 for a wrong usage (by argparse)."""
    word, *rest = argv
    options = _parser(word).parse_args(rest)
    try:
        config = load(options.config)
        return asyncio.run(_WORDS[word](config, options.path))
    except _TOLD as error:
        print(f"souci {word}: {error}", file=sys.stderr)
        return FAILED


def _parser(word: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"souci {word}", description=_ABOUT[word])
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    if word == "backup":
        told = "a folder, or the name of a new file; the current folder without it"
        parser.add_argument(
            "path", type=Path, nargs="?", default=Path(), metavar="TARGET", help=told
        )
    else:
        parser.add_argument("path", type=Path, metavar="ARCHIVE")
    return parser


async def _backup(config: Config, target: Path) -> int:
    file = await back_up(config, target, datetime.now(UTC), _progress)
    size = file.stat().st_size / _MEGABYTE
    print(f"{file}: {size:.1f} MB; it holds keys and names, keep it as safe as the bot itself")
    return 0


async def _restore(config: Config, archive: Path) -> int:
    manifest = await restore(config, archive, _progress)
    taken = manifest.taken.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    print(f"restored as of {taken}: {len(manifest.files)} files, database {manifest.revision}")
    print("souci run logs in as a new device, reads what was said since, and answers what was not")
    return 0


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of} files", end="\n" if done == of else "", file=sys.stderr, flush=True)


_WORDS = {"backup": _backup, "restore": _restore}
_ABOUT = {
    "backup": "copy database, state directory and keys into one archive, while the bot runs",
    "restore": "put a backup back where there is nothing; the bot becomes a new device",
}
