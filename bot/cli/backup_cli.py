"""`souci backup` and `souci restore`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.backup.pending import refuse_half_restored
from bot.backup.restoring import restore, undo
from bot.backup.taking import back_up
from bot.config.model import Config, load

_WITHOUT_DATABASE = "without the database, which another bot's backup holds"
_BESIDE_DATABASE = "beside the database that is there (several bots on one)"
_MEGABYTE = 1_000_000


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 2 for a wrong usage (by argparse). Raises what `bot.cli.exits` tells."""
    word, *rest = argv
    options = _parser(word).parse_args(rest)
    return asyncio.run(_WORDS[word](load(options.config), options))


def _parser(word: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"souci {word}", description=_ABOUT[word])
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    if word == "backup":
        told = "a folder, or the name of a new file; the current folder without it"
        parser.add_argument(
            "path", type=Path, nargs="?", default=Path(), metavar="TARGET", help=told
        )
        parser.add_argument("--state-only", action="store_true", help=_WITHOUT_DATABASE)
    else:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("path", type=Path, nargs="?", metavar="ARCHIVE")
        what.add_argument("--undo", action="store_true", help="take an interrupted restore away")
        parser.add_argument("--state-only", action="store_true", help=_BESIDE_DATABASE)
    return parser


async def _backup(config: Config, options: argparse.Namespace) -> int:
    await refuse_half_restored(config)
    now, only = datetime.now(UTC), options.state_only
    file = await back_up(config, options.path, now, _progress, state_only=only)
    size = file.stat().st_size / _MEGABYTE
    print(f"{file}: {size:.1f} MB; it holds keys and names, keep it as safe as the bot itself")
    return 0


async def _restore(config: Config, options: argparse.Namespace) -> int:
    if options.undo:
        await undo(config)
        print("the interrupted restore is undone")
        return 0
    manifest = await restore(config, options.path, _progress, state_only=options.state_only)
    taken = manifest.taken.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    database = "left as it is" if options.state_only else manifest.revision
    print(f"restored as of {taken}: {len(manifest.files)} files, database {database}")
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
