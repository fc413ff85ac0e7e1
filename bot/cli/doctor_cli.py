"""`souci doctor`: what is well, what to know and what to mend, in a line each."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.config.model import Config, load
from bot.doctor.diagnosis import Diagnosis, Health
from bot.doctor.examination import examine
from bot.operations.logs import configure
from speech.sentences import Speech

FAILED = 1
_SIGNS: Final = {Health.WELL: "✅", Health.NOTE: "💬", Health.MEND: "❌"}


def main(argv: Sequence[str]) -> int:
    """Exit status 0: nothing to mend; 1: something is; 2: a wrong usage (by argparse).

    Raises what `bot.cli.exits` tells.
    """
    parser = argparse.ArgumentParser(prog="souci doctor", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each")
    options = parser.parse_args(argv[1:])
    return examined(options.config, as_json=options.json)


def examined(file: Path, *, as_json: bool) -> int:
    """Look at everything, and tell it as it is found, in the language of the configuration."""
    config = load(file)
    configure("error")
    told = _Telling(config.language, as_json=as_json)
    return asyncio.run(told.all(file, config))


class _Telling:
    """Lines for people, or for programs."""

    def __init__(self, language: str, *, as_json: bool) -> None:
        self._language = language
        self._as_json = as_json
        self._speech = Speech()

    async def all(self, file: Path, config: Config) -> int:
        """The exit status, once all is told."""
        ill = 0
        async for diagnosis in examine(file, config):
            print(self._line(diagnosis), flush=True)
            ill += diagnosis.health is Health.MEND
        if not self._as_json:
            print(self._say("doctor.end", count=ill))
        return FAILED if ill else 0

    def _line(self, diagnosis: Diagnosis) -> str:
        said = self._say(diagnosis.key, **diagnosis.values)
        if not self._as_json:
            return f"{_SIGNS[diagnosis.health]} {said}"
        told = {"about": diagnosis.about, "health": diagnosis.health.value, "what": diagnosis.what}
        return json.dumps(told | {"said": said}, ensure_ascii=False)

    def _say(self, key: str, **values: object) -> str:
        now = datetime.now(UTC)
        return self._speech.say(key, values, self._language, zone=UTC, now=now).text
