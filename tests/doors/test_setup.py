"""`souci setup`: a few answers make a configuration that works, from a pipe or on a terminal."""

import asyncio
import json
import stat

import pytest

from tests.doors.refusals import SECRET, line_of

pytestmark = pytest.mark.matrix
NOWHERE = "http://127.0.0.1:1"
SHOWN = """
import json
from pathlib import Path
from bot.config.model import load

config = load(Path("config.yaml"))
account = config.matrix
print(json.dumps([account.password.reveal(), account.user_id, config.coordinators]))
"""


def answered(souci, *answers, config="config.yaml", language="fr"):
    lines = "".join(f"{answer}\n" for answer in answers)
    return souci.run("setup", "--config", config, "--language", language, lines=lines)


async def test_answers_from_a_pipe_make_a_configuration_that_logs_in(souci, homeserver, register):
    account = await register("souci")
    answers = (homeserver.url, account.user_id, account.password, "", "localhost", "")
    done = await asyncio.to_thread(answered, souci, *answers)
    assert (done.status, done.err) == (0, ""), done.out
    assert done.out.endswith(
        "Ensuite : souci login --config config.yaml\n".replace(" :", "\u00a0:")
    )
    file = souci.folder / "config.yaml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert 'allow: ["*:localhost"]' in file.read_text()
    logged = await asyncio.to_thread(souci.run, "login", "--config", file)
    assert logged.status == 0, logged.err
    doctor = await asyncio.to_thread(souci.run, "doctor", "--config", file)
    assert doctor.status == 0, doctor.out


def test_answers_are_written_as_they_are_meant(souci):
    password = f'{SECRET} "#: \\ é'
    coordinators = "@carole:example.org, @dany:example.org"
    answers = (NOWHERE, "robot", password, coordinators, "*:example.org", "sqlite:///a.db")
    done = answered(souci, *answers, language="en")
    assert (done.status, "nothing listens at 127.0.0.1:1" in done.out) == (0, True), done.err
    assert SECRET not in done.out + done.err
    python = str(souci.program.with_name("python"))
    found = souci.execute([python, "-c", SHOWN])
    assert json.loads(found.out) == [password, "@robot:127.0.0.1", coordinators.split(", ")]


def test_a_file_that_is_there_is_left_as_it_is(souci):
    file = souci.folder / "config.yaml"
    file.write_text("mine")
    line_of(answered(souci, NOWHERE), "setup", 1, "is there already, and stays")
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((), "Il manque des réponses"),
        (("",), "Il faut une réponse"),
        ((NOWHERE, "@a b:c"), "Il faut un compte, comme souci ou @souci:example.org"),
        ((NOWHERE, "@a:b", SECRET, "", "", "mysql://h/n"), "sqlite:///souci.db"),
    ],
)
def test_a_wrong_answer_writes_nothing(souci, answers, said):
    line_of(answered(souci, *answers), "setup", 1, said)
    assert not list(souci.folder.iterdir())
