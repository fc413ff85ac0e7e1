"""Each word of `souci`, installed and typed: a good call, a wrong one, and `--help`."""

import json
import re
import signal
import subprocess
import time

import pytest

from bot.cli import WORDS
from bot.version import own_version
from tests.doors.installed import bare, live

pytestmark = pytest.mark.matrix

VOTE = {
    "rule": "majority",
    "electorate": 3,
    "ballots": [{"voter": "v1", "choice": "yes"}, {"voter": "v2", "choice": "abstain"}],
}
WRONG = {
    "setup": (["--config", "nowhere/config.yaml"], 1, "nowhere"),
    "run": ([], 2, "--config"),
    "demo": (["--port", "many"], 2, "--port"),
    "console": (["no-such-script"], 2, "no-such-script"),
    "tally": (["no-such-file"], 1, "no-such-file"),
    "check-config": (["no-such-file.yaml"], 1, "no-such-file.yaml"),
    "doctor": (["--config", "no-such-file.yaml"], 1, "no-such-file.yaml"),
    "login": (["--config", "no-such-file.yaml"], 1, "no-such-file.yaml"),
    "backup": (["--config", "no-such-file.yaml"], 1, "no-such-file.yaml"),
    "restore": (["--config", "no-such-file.yaml", "no-such-archive"], 1, "no-such-file.yaml"),
    "export": (["--config", "no-such-file.yaml"], 1, "no-such-file.yaml"),
    "import": ([], 2, "--config"),
    "status": (["--config", "no-such-file.yaml"], 1, "no-such-file.yaml"),
    "db": (["downgrade", "--config", "config.yaml"], 2, "upgrade"),
}
GOOD = set()


def good(word):
    """Marks the test of a good call of that word."""
    GOOD.add(word)
    return lambda test: test


def test_every_word_has_a_good_call_and_a_wrong_one_here():
    assert set(WORDS) == GOOD == set(WRONG)


@pytest.mark.parametrize("word", WORDS)
def test_help_says_how_to_type_it(souci, word):
    done = souci.run(word, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"usage: souci {word}")


@pytest.mark.parametrize("word", WORDS)
def test_a_wrong_call_is_told_without_a_trace(souci, word):
    words, status, fragment = WRONG[word]
    done = souci.run(word, *words)
    assert (done.status, done.out) == (status, "")
    assert fragment in done.err
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1 or status == 2  # usage comes with its summary


def test_without_a_word_the_words_are_listed(souci):
    done = souci.run()
    assert done.status == 2
    assert all(f"souci {word}" in done.out for word in WORDS)


def test_the_version_is_that_of_the_package(souci):
    done = souci.run("--version")
    assert (done.status, done.out) == (0, f"souci {own_version()}\n")


def test_a_word_that_is_none_is_told_with_those_that_are(souci):
    done = souci.run("tale")
    assert (done.status, done.out) == (2, "")
    assert "tale" in done.err


def test_the_module_is_the_same_program(souci):
    assert souci.module("--help") == souci.run("--help")


@good("tally")
def test_tally_counts_a_vote_file(souci):
    file = souci.folder / "vote.json"
    file.write_text(json.dumps(VOTE))
    done = souci.run("tally", file)
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["adopted"] is True


@good("console")
def test_the_console_answers_a_pipe(souci):
    done = souci.run("console", lines="alice> !cercle créer Littoral\n")
    assert (done.status, done.err) == (0, "")
    assert "souci> 🌼 Le cercle Littoral" in done.out


def test_the_console_ends_quietly_when_nobody_reads_it(souci):
    lines = "alice> !cercle créer Littoral\n" + "alice> !aide\n" * 200
    command = souci.command("console")
    reading = f"{command[0]} console | head -n 1"
    done = souci.execute(["/bin/sh", "-c", reading], lines)
    assert (done.status, done.err) == (0, "")


@good("check-config")
def test_a_good_configuration_is_told_to_be(souci, config):
    done = souci.run("check-config", config)
    assert (done.status, done.err) == (0, "")
    assert "the configuration is well" in done.out


@good("login")
def test_login_shows_account_and_fingerprint(souci, config):
    done = souci.run("login", "--config", config)
    assert done.status == 0
    assert re.search(r"^@souci\d+:localhost, device \w+$", done.out, re.MULTILINE)
    assert re.search(r"^fingerprint: [\w+/ ]+$", done.out, re.MULTILINE)


@good("doctor")
def test_the_doctor_finds_all_well_after_a_login(souci, config):
    assert souci.run("login", "--config", config).status == 0
    config.chmod(0o600)
    done = souci.run("doctor", "--config", config)
    assert (done.status, done.err) == (0, ""), done.out
    assert done.out.endswith("Tout va bien.\n")


@good("db")
def test_the_database_is_brought_up_to_date(souci, config):
    done = souci.run("db", "upgrade", "--config", config)
    assert (done.status, done.out) == (0, "the database is up to date\n")
    assert (souci.folder / "state" / "souci.db").exists()


@good("run")
@good("status")
def test_it_runs_until_asked_to_stop_and_says_how_it_is(souci, config):
    running = subprocess.Popen(
        souci.command("run", "--config", config),
        cwd=souci.folder,
        env=bare(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with running:
        try:
            assert any('"ready"' in line for line in running.stdout), "it ended as it started"
            well = _once_well(souci, config)
            running.send_signal(signal.SIGTERM)
            said = running.stdout.read()
        finally:
            running.kill()
    assert (well.status, well.err) == (0, "")
    assert re.match(r"homeserver: answered \d+ s ago\n", well.out)
    assert well.out.endswith(f"invitations: accepted from *:localhost\nversion: {own_version()}\n")
    assert running.returncode == 0, said


def _once_well(souci, config):
    """The status, asked until the homeserver has answered a first time."""
    for _ in range(50):
        done = souci.run("status", "--config", config)
        if done.status == 0:
            break
        time.sleep(0.2)
    return done


@good("backup")
@good("restore")
def test_a_backup_is_restored_elsewhere(souci, config):
    live(souci, config, f"sqlite:///{souci.folder / 'state' / 'souci.db'}")
    assert souci.run("login", "--config", config).status == 0
    archive = souci.folder / "kept.tar.gz"
    made = souci.run("backup", "--config", config, archive)
    assert (made.status, made.err) == (0, "")
    elsewhere = souci.folder / "elsewhere"
    elsewhere.mkdir()
    moved = elsewhere / "config.yaml"
    moved.write_text(config.read_text())
    done = souci.run("restore", "--config", moved, archive)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("restored as of ")


@good("export")
def test_a_circle_is_exported(souci, lived):
    done = souci.run("export", "--config", lived, "--circle", "Littoral", "--format", "csv")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("littoral.zip: ")
    assert [file.name for file in souci.folder.glob("*.zip")] == ["littoral.zip"]


@good("import")
def test_a_table_that_was_filled_in_is_entered(souci, lived):
    assert souci.run("import", "--template", souci.folder / "tables").status == 0
    (souci.folder / "tables" / "actions.csv").write_text("titre\nAnnuaire\n")
    words = ("import", "--config", lived, "--circle", "Littoral", souci.folder / "tables")
    done = souci.run(*words, "--apply")
    assert (done.status, done.err) == (0, "")
    assert (souci.run(*words, "--apply").status, "Annuaire" in done.out) == (1, True)


@good("demo")
def test_the_demonstration_plays_to_its_end(souci):
    done = souci.run("demo", "--once", "--folder", souci.folder / "demo", seconds=300)
    assert (done.status, done.err) == (0, "")


@good("setup")
def test_a_configuration_is_made_by_answers(souci):
    answers = "http://127.0.0.1:1\n@souci:localhost\nsecret\n\n\n\n"
    done = souci.run("setup", "--config", "made.yaml", lines=answers)
    assert (done.status, done.err) == (0, "")
    assert souci.run("check-config", "made.yaml").status == 0
