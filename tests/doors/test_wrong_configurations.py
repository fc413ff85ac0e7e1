"""A configuration that cannot be used is told in one line: the key, what is there, what is due."""

import pytest

from tests.doors.refusals import SECRET, WITHIN, line_of

ADDRESS = 'matrix:\n  homeserver: "http://127.0.0.1:1"\n  user_id: "@souci:localhost"\n'
GOOD = f"{ADDRESS}  password: {SECRET}\n"
WRONG = {
    "an empty file": ("", "keys and values", "config.example.yaml"),
    "a text": ("Bonjour\n", "keys and values", "config.example.yaml"),
    "a list": ("- fr\n", "keys and values", "config.example.yaml"),
    "a bracket left open": (f"{GOOD}coordinators: [a", "config.yaml, line 5", "valid YAML"),
    "a tab": (f"{GOOD}summary:\n\tday: monday\n", "line 6", "spaces where there is a tab"),
    "a sign that is none": (f"{GOOD}language: \x01\n", "config.yaml", "valid YAML"),
    "a key said twice": (f"{GOOD}prefix: a\nprefix: b\n", "line 6", "a key is there twice"),
    "quotes forgotten": (
        f"{GOOD}prefix: !\n",
        "line 5",
        'quotes around a value that begins with "!"',
    ),
    "an unknown key": (f"{GOOD}zzz: 1\n", "zzz", "a known key (one of matrix, state_dir"),
    "a misspelt key": (f"{GOOD}langage: fr\n", "langage", 'perhaps "language"'),
    "a misspelt key of a group": (f"{GOOD}  pasword: x\n", "matrix.pasword", 'perhaps "password"'),
    "a key outside of its group": (f"{GOOD}user_id: x\n", "user_id", 'perhaps "matrix.user_id"'),
    "a very long key": (f"{GOOD}{'x' * 300}: 1\n", "xxxx…", "a known key"),
    "no account": ("language: fr\n", "matrix.homeserver", "https://matrix.example.org", "nothing"),
    "a list where a word is due": (f"{GOOD}language: [fr]\n", "language", '"fr" or "en"', "a list"),
    "keys where a text is due": (f"{GOOD}prefix: {{a: b}}\n", "prefix", "a group of keys"),
    "a text where keys are due": (f"{GOOD}summary: weekly\n", "summary", "a group of keys"),
    "a text where a list is due": (
        f'{GOOD}invites: {{allow: "*:example.org"}}\n',
        *("invites.allow", "a list, each item on a line that begins with a dash"),
    ),
    "a tilde": (f"{GOOD}language: ~\n", "language", '"fr" or "en"', "found nothing"),
    "both logins": (f"{GOOD}  access_token: {SECRET}\n", "matrix", "both is there"),
    "a token without its device": (f"{ADDRESS}  access_token: {SECRET}\n", "matrix.device_id"),
    "a list as a password": (f"{ADDRESS}  password: [{SECRET}]\n", "matrix.password", "a text"),
    "a secret file that is not there": (
        f"{ADDRESS}  password_file: nowhere\n",
        *("matrix.password_file", "No such file", "a file that can be read"),
    ),
    "a secret file that is a folder": (
        f"{ADDRESS}  password_file: folder\n",
        *("matrix.password_file", "Is a directory"),
    ),
    "an empty secret file": (f"{ADDRESS}  password_file: empty\n", "password_file", "not empty"),
    "a secret file of two lines": (
        f"{ADDRESS}  password_file: lines\n",
        *("matrix.password_file", "a file of one line"),
    ),
    "a secret and its file": (f"{GOOD}  password_file: lines\n", "one is enough"),
    "an unknown driver": (f"{GOOD}database: mysql://souci:{SECRET}@h/n\n", "database", "mysql://…"),
    "a database without name": (
        f"{GOOD}database: postgresql://souci@h\n",
        "database",
        "@host/name",
    ),
    "a password with a colon": (f"{GOOD}database: postgresql://u:{SECRET}@h:x/n\n", "database"),
    "an unknown zone": (f"{GOOD}timezone: Paris\n", "timezone", "Europe/Paris", '"Paris"'),
    "a bad time": (f"{GOOD}summary: {{time: 9h}}\n", "summary.time", '"09:00"', '"9h"'),
    "a bad day": (f"{GOOD}digest: {{day: mon}}\n", "digest.day", "monday or lundi", '"mon"'),
    "a bad language": (f"{GOOD}language: de\n", "language", '"fr" or "en"', '"de"'),
    "a bad prefix": (f'{GOOD}prefix: "a b"\n', "prefix", "one to eight characters", '"a b"'),
    "a size without unit": (
        f"{GOOD}receipts: {{max_size: 20}}\n",
        "receipts.max_size",
        "10 MB",
        "20",
    ),
    "a negative size": (f"{GOOD}receipts: {{max_size: -5 MB}}\n", "receipts.max_size", '"-5 MB"'),
    "a negative number": (f"{GOOD}receipts: {{per_entry: -5}}\n", "receipts.per_entry", '"-5"'),
    "a negative duration": (f"{GOOD}reminders: {{votes: [-1d]}}\n", "reminders.votes[0]", '"-1d"'),
    "hours that are none": (f"{GOOD}reminders: {{quiet_hours: 21-8}}\n", "quiet_hours", '"21-8"'),
    "half a day of messages": (f"{GOOD}privacy: {{messages: 12h}}\n", "privacy.messages", "30d"),
    "a port that is none": (f"{GOOD}monitoring: {{port: -1}}\n", "monitoring.port", "9464"),
    "a name as address": (f"{GOOD}monitoring: {{address: localhost}}\n", "monitoring.address"),
    "invitations of a word": (f"{GOOD}invites: {{allow: [all]}}\n", "invites.allow[0]", '"all"'),
    "a coordinator without @": (f"{GOOD}coordinators: [carole]\n", "coordinators[0]", '"carole"'),
    "a room that is no id": (f"{GOOD}coordination_room: all\n", "coordination_room", '"all"'),
    "an address without https": (GOOD.replace("http://", ""), "matrix.homeserver", "127.0.0.1:1"),
    "an account without @": (GOOD.replace("@souci", "souci"), "matrix.user_id", "souci:localhost"),
    "a log that is too loud": (f"{GOOD}log_level: loud\n", "log_level", "debug, info"),
    "an amount that is none": (f"{GOOD}reports: {{volunteer_hour: much}}\n", "volunteer_hour"),
}


@pytest.fixture
def written(souci):
    """Writes the configuration in a folder with a few files beside it."""

    def write(text):
        (souci.folder / "empty").touch()
        (souci.folder / "folder").mkdir()
        (souci.folder / "lines").write_text(f"{SECRET}\n{SECRET}\n")
        (souci.folder / "config.yaml").write_text(text)

    return write


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_configuration_is_told_in_one_line(souci, written, what):
    text, *named = WRONG[what]
    written(text)
    done = souci.run("check-config", "config.yaml", seconds=WITHIN)
    line_of(done, "check-config", 1, *named)


def test_a_secret_file_may_end_with_a_new_line(souci, written):
    written(f"{ADDRESS}  password_file: one\n")
    (souci.folder / "one").write_text(f"{SECRET}\r\n\n")
    assert souci.run("check-config", "config.yaml").status == 0


@pytest.mark.parametrize("word", ["run", "login", "status", "backup", "export", "db upgrade"])
def test_every_word_tells_it_the_same_way(souci, written, word):
    written(f"{GOOD}langage: fr\n")
    done = souci.run(*word.split(), "--config", "config.yaml", seconds=WITHIN)
    line_of(done, word.partition(" ")[0], 78 if word == "run" else 1, 'perhaps "language"')
