"""What an older version kept is restored, opened and told by this one as it was then."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.souci import ROOT

KEPT = sorted(path.parent for path in Path(__file__).parent.glob("*/answers.json"))
WRONG_THEN = {"vote.closed": {"available"}}  # that of the day it was asked, not of the closing
ACCOUNT = {"homeserver": "http://127.0.0.1:9", "user_id": "@souci:localhost", "password": "secret"}


def souci(*words: str, lines: str = "") -> str:
    """One word of the command line, which must go well; what it printed."""
    command = [sys.executable, "-m", "bot", *words]
    done = subprocess.run(
        command, cwd=ROOT, input=lines, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module", params=KEPT, ids=lambda path: path.name)
def kept(request) -> Path:
    return request.param


@pytest.fixture(scope="module")
def restored(kept, tmp_path_factory) -> Path:
    """A folder with the backup in its place, as `souci restore` leaves it."""
    folder = tmp_path_factory.mktemp("restored")
    config = folder / "config.yaml"
    config.write_text(json.dumps({"matrix": ACCOUNT, "state_dir": "state"}))  # JSON is YAML
    souci("restore", "--config", str(config), str(kept / "backup.tar.gz"))
    return folder


def test_the_state_directory_is_put_back(restored):
    files = {path.name for path in (restored / "state").iterdir()}
    assert {"crypto.db", "crosssigning.json", "pickle.json", "souci.db"} <= files


def test_it_answers_what_was_answered_then(kept, restored):
    told = json.loads((kept / "answers.json").read_text())
    asked = [(circle["room"], one) for circle in told["circles"] for one in circle["answers"]]
    lines = "".join(f"[{room}] alice> {one['line']}\n" for room, one in asked)
    url = f"sqlite+aiosqlite:///{restored / 'state' / 'souci.db'}"
    heard = souci("console", "--json", "--database", url, "--now", told["now"], lines=lines)
    answers = [json.loads(line) for line in heard.splitlines()]
    then = {(room, one["line"]): (one["key"], rightly(one)) for room, one in asked}
    now = {
        (answer["room"], one["line"]): (answer["key"], since(answer, one))
        for answer, (_room, one) in zip(answers, asked, strict=True)
    }
    assert now == then


def test_the_ledger_says_since_when_its_amounts_stay_with_their_envelopes(kept, restored):
    told = json.loads((kept / "answers.json").read_text())
    lines = "".join(f"[{one['room']}] alice> !journal 30\n" for one in told["circles"])
    url = f"sqlite+aiosqlite:///{restored / 'state' / 'souci.db'}"
    heard = souci("console", "--json", "--database", url, "--now", told["now"], lines=lines)
    since = [json.loads(line)["values"]["attributed"] for line in heard.splitlines()]
    decided = [one["values"]["regulated"]["cents"] > 0 for circle in told["circles"]
               for one in circle["answers"] if one["line"] == "!budget"]  # fmt: skip
    assert [one is not None for one in since] == decided


def since(answer: dict, then: dict) -> dict:
    """The values of an answer that were told then: more may have been added to a key."""
    return shaped(answer["values"], rightly(then))


def shaped(now: object, then: object) -> object:
    """What is told now of what was told then, however deep; lists by the names of their items."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {key: shaped(now.get(key), value) for key, value in then.items()}
    if isinstance(then, list) and isinstance(now, list):
        names = {one["name"] for one in then if isinstance(one, dict) and "name" in one}
        kept = [one for one in now if not names or one.get("name") in names]
        if len(kept) == len(then):
            return [shaped(*both) for both in zip(kept, then, strict=True)]
    return now


def rightly(then: dict) -> dict:
    """The values that were told then, without those that were wrong."""
    wrong = WRONG_THEN.get(then["key"], set())
    return {key: value for key, value in then["values"].items() if key not in wrong}
