"""The configuration: what is read, what is refused and how, what is never shown."""

from datetime import time, timedelta
from pathlib import Path

import pytest
import yaml
from msgspec import Struct
from msgspec.structs import fields

from bot.config.model import Config, ConfigError, Matrix, Secret, load, usual_state
from bot.config.rules import quotas_of, rules_of
from circle.circles import Rules
from circle.receipts import Quotas
from circle.rhythm import Quiet
from circle.time import DAY, WEEK

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"
ACCOUNT = 'matrix: {homeserver: "https://matrix.example.org", user_id: "@souci:example.org"%s}\n'
PASSWORD = {"SOUCI_MATRIX_PASSWORD": "hush"}


@pytest.fixture
def written(tmp_path):
    """Writes a configuration and reads it; `environ` holds a password unless told otherwise."""

    def read(text, environ=PASSWORD):
        (tmp_path / "config.yaml").write_text(text, "utf-8")
        return load(tmp_path / "config.yaml", environ)

    return read


@pytest.fixture
def refusal(written):
    """The one line that a configuration is refused with."""

    def told(text, environ=PASSWORD):
        with pytest.raises(ConfigError) as caught:
            written(text, environ)
        return str(caught.value)

    return told


def keys_of(kind):
    for field in fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, Struct):
            yield from (f"{field.name}.{key}" for key in keys_of(field.type))
        else:
            yield field.name


def keys_in(document):
    for key, value in document.items():
        if isinstance(value, dict):
            yield from (f"{key}.{inner}" for inner in keys_in(value))
        else:
            yield key


def test_the_example_has_every_key_and_no_other():
    document = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    assert sorted(keys_in(document)) == sorted(keys_of(Config))


def test_the_example_says_the_defaults(written):
    whole = written(EXAMPLE.read_text("utf-8"))
    assert whole == written(ACCOUNT % "")


def test_defaults_are_those_of_a_french_circle(written):
    config = written(ACCOUNT % "")
    rules = rules_of(config)
    assert (rules.language, rules.timezone, config.prefix) == ("fr", "Europe/Paris", "!")
    assert (rules.summary_day, rules.summary_time) == (0, time(9))
    assert rules.rhythm.quiet == Quiet(time(21), time(8))
    assert quotas_of(config) == Quotas()


def test_the_rules_of_the_file_are_those_of_a_circle_that_set_nothing(written):
    assert rules_of(written(ACCOUNT % "")) == Rules()


def test_every_key_is_read(written):
    config = written(
        ACCOUNT % ""
        + "language: en\ntimezone: Indian/Reunion\nprefix: '%'\nlog_level: debug\n"
        + 'coordinators: ["@carole:example.org"]\ncoordination_room: "#all:example.org"\n'
        + 'invites: {allow: ["*:example.org"]}\nsummary: {day: Vendredi, time: 18:05}\n'
        + "reminders: {meetings: [2w, 3j], votes: [30min], quiet_hours: null}\n"
        + "receipts: {max_size: 5 Mo, per_entry: 3, per_person_month: 20 MB, per_circle: 2 GB,"
        + " min_free: 500 MB}\n"
    )
    rules = rules_of(config)
    assert (rules.summary_day, rules.summary_time) == (4, time(18, 5))
    assert rules.rhythm.meetings == (2 * WEEK, 3 * DAY)
    assert rules.rhythm.votes == (timedelta(minutes=30),)
    assert rules.rhythm.quiet is None
    assert quotas_of(config) == Quotas(
        max_size=5 * 10**6,
        per_entry=3,
        per_person_month=20 * 10**6,
        per_circle=2 * 10**9,
        min_free=5 * 10**8,
    )
    assert config.invites.allow == ("*:example.org",)
    assert config.coordination_room == "#all:example.org"


def test_a_configuration_can_be_built_by_a_program():
    matrix = Matrix(homeserver="http://localhost:8008", user_id="@souci:localhost")
    assert Config(matrix=matrix, prefix="?").prefix == "?"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("timezone: Europe/Pari", 'timezone: expected a time zone such as Europe/Paris, found "E'),
        ("timezone: Europe", 'timezone: expected a time zone such as Europe/Paris, found "Europe"'),
        ("language: de", 'language: expected "fr" or "en", found "de"'),
        ("language:", 'language: expected "fr" or "en", found nothing'),
        ("prefix: a b", 'prefix: expected one to eight characters without space, such as "!"'),
        ("summary: {day: lundy}", "summary.day: expected a day such as monday or lundi, found"),
        ("summary: {time: 25:00}", 'summary.time: expected a time such as "09:00", found "25:00"'),
        ("summary: weekly", 'summary: expected a group of keys, found "weekly"'),
        ("reminders: {votes: [1d, soon]}", "reminders.votes[1]: expected a duration such as 7d"),
        ("reminders: {votes: 1d}", "reminders.votes: expected a list, each item on a line"),
        ("reminders: {quiet_hours: 21h}", 'reminders.quiet_hours: expected two times such as "21'),
        ("receipts: {per_entry: many}", "receipts.per_entry: expected a number such as 5, found"),
        ("receipts: {max_size: big}", 'receipts.max_size: expected a size such as "10 MB", found'),
        ("invites: {allow: [everybody]}", 'invites.allow[0]: expected a pattern such as "*:exam'),
        ('coordinators: ["carole"]', 'coordinators[0]: expected a Matrix id such as "@souci:exam'),
        ("coordination_room: coord", 'coordination_room: expected a room such as "!abc123:exampl'),
        ("database: mysql://host/name", "database: expected a URL such as sqlite:///souci.db or"),
        ("database: sqlite://", "database: expected a URL such as sqlite:///souci.db or postgres"),
        ("log_level: loud", "log_level: expected one of debug, info, warning, error, found"),
    ],
)
def test_a_wrong_value_is_told_with_its_path(refusal, line, told):
    assert refusal(ACCOUNT % "" + line).startswith(told)


@pytest.mark.parametrize(
    "homeserver",
    ["matrix.example.org", "ftp://example.org", "https://", "https://a b", "http://[1", "x://y:z"],
)
def test_a_homeserver_is_an_address(refusal, homeserver):
    text = f'matrix: {{homeserver: "{homeserver}", user_id: "@souci:example.org"}}'
    expected = "matrix.homeserver: expected an address such as https://matrix.example.org, found "
    assert refusal(text) == f'{expected}"{homeserver}"'


@pytest.mark.parametrize("user_id", ["souci", "@souci", "souci:example.org", "@a@b:c", "@a b:c"])
def test_an_account_is_a_whole_matrix_id(refusal, user_id):
    text = f'matrix: {{homeserver: "https://example.org", user_id: "{user_id}"}}'
    assert refusal(text).startswith('matrix.user_id: expected a Matrix id such as "@souci:')


def test_a_missing_key_is_told(refusal):
    told = refusal("matrix: {homeserver: https://example.org}")
    assert told.startswith("matrix.user_id: expected a Matrix id")
    assert told.endswith("found nothing")


def test_an_empty_file_is_told(refusal):
    assert "expected keys and values" in refusal("")


def test_an_unknown_key_is_told_with_the_nearest(refusal):
    told = refusal(ACCOUNT % ', pasword: "hush"')
    assert told == 'matrix.pasword: expected a known key (perhaps "password"), found "pasword"'


LONG = "x" * 300
TOO_LONG = [
    f"{LONG}: 1",
    f"matrix: {{{LONG}: 1}}",
    f"language: {LONG}",
    f"database: {LONG}",
    f"coordinators: [{LONG}]",
    f"movilab: {{action_fields: {{{LONG}: 1}}}}",
    f"movilab: {{action_fields: {{title: '{LONG}|'}}}}",
    "summary:\n" + "  day: lundi\n" * 40,
]


@pytest.mark.parametrize("line", TOO_LONG)
def test_whatever_is_wrong_is_told_in_a_short_line(refusal, line):
    told = refusal(("" if line.startswith("matrix") else ACCOUNT % "") + line)
    assert len(told.rpartition("config.yaml, ")[2]) <= 200
    assert "\n" not in told


@pytest.mark.parametrize("key", ["a`b", "x - at `$.matrix`", "été", "[0]", "a.b", "Language", "9"])
def test_any_unknown_key_is_told_as_it_is_written(refusal, key):
    told = refusal(ACCOUNT % "" + f"'{key}': 1")
    assert told.startswith(f"{key}: expected a known key (")
    assert told.endswith(f'found "{key}"')


def test_a_login_inside_an_address_is_not_shown(refusal):
    text = 'matrix: {homeserver: "https://souci:hush@example.org", user_id: "@souci:example.org"}'
    assert "hush" not in refusal(text)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("privacy: {messages: 36h}", "privacy.messages: expected a number of days such as 30d"),
        ("privacy: {ledger_years: 0}", "privacy.ledger_years: expected a number of years such as"),
        ("receipts: {max_size: 0 MB}", "receipts.max_size: expected a size such as"),
        ("reminders: {votes: [0d]}", "reminders.votes[0]: expected a duration such as 7d"),
        ("reminders: {quiet_hours: 21:00-21:00}", "reminders.quiet_hours: expected two times"),
        ("monitoring: {port: 65536}", "monitoring.port: expected a port such as 9464, found"),
        ("monitoring: {address: localhost}", "monitoring.address: expected an IP address such as"),
        ("movilab: {action_fields: {title: 'a|b'}}", "movilab.action_fields: expected names for"),
        ("state_dir: ''", "state_dir: expected the path of a file or folder, found"),
        ("timezone: ''", "timezone: expected a time zone such as Europe/Paris, found"),
        ("privacy: {contact: [a]}", "privacy.contact: expected a text between quotes, found a li"),
    ],
)
def test_limits_are_told_with_their_path(refusal, line, told):
    assert refusal(ACCOUNT % "" + line).startswith(told)


def test_spaces_around_a_value_do_not_count(written):
    config = written(ACCOUNT % "" + 'timezone: " Indian/Reunion "\nprivacy: {messages: 48H}')
    assert config.timezone == "Indian/Reunion"
    assert rules_of(config).retention.messages == 2


@pytest.mark.parametrize("group", ["summary", "digest", "receipts", "movilab"])
def test_a_group_without_keys_is_all_defaults(written, group):
    assert written(ACCOUNT % "" + f"{group}:") == written(ACCOUNT % "")


def test_an_unknown_key_near_to_none_is_told_with_all(refusal):
    assert "(one of allow)" in refusal(ACCOUNT % "" + "invites: {xyz: 1}")


def test_a_key_said_twice_is_refused(refusal):
    assert "line 3: expected valid YAML" in refusal(ACCOUNT % "" + "prefix: a\nprefix: b")


@pytest.mark.parametrize(
    "line",
    [
        "prefix: !",
        "coordination_room: !abc:example.org",
        "coordination_room: #all:example.org",
        "coordinators: [@carole:example.org]",
        "  - *:example.org",
    ],
)
def test_what_yaml_would_misread_asks_for_quotes(refusal, line):
    assert "line 2: expected quotes around a value that begins with" in refusal(ACCOUNT % "" + line)


def test_invalid_yaml_is_told_with_its_line(refusal):
    assert "config.yaml, line 2: expected valid YAML" in refusal(ACCOUNT % "" + "prefix: [a")


def test_an_absent_file_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"none.yaml: expected a file that can be read \(No such"):
        load(tmp_path / "none.yaml", {})


def test_the_error_keeps_its_parts(written):
    with pytest.raises(ConfigError) as caught:
        written(ACCOUNT % "" + "language: de")
    assert (caught.value.path, caught.value.found) == ("language", "de")


def test_a_password_is_taken_as_written(written):
    config = written(ACCOUNT % ', password: " 0123 "', {})
    assert config.matrix.password == Secret(" 0123 ")


def test_a_password_comes_from_a_file_beside(written, tmp_path):
    (tmp_path / "password").write_text("hush\n")
    config = written(ACCOUNT % ", password_file: password", {})
    assert config.matrix.password == Secret("hush")


def test_a_password_comes_from_the_environment(written):
    assert written(ACCOUNT % "", PASSWORD).matrix.password == Secret("hush")


def test_an_access_token_comes_with_its_device(written):
    environ = {"SOUCI_MATRIX_ACCESS_TOKEN": "hush", "SOUCI_MATRIX_DEVICE_ID": "SOUCI"}
    matrix = written(ACCOUNT % "", environ).matrix
    assert (matrix.access_token, matrix.device_id) == (Secret("hush"), "SOUCI")


def test_what_the_file_says_goes_before_the_environment(written):
    environ = {"SOUCI_MATRIX_PASSWORD": "other", "SOUCI_DATABASE": "postgresql://host/other"}
    config = written(ACCOUNT % ", password: hush" + "database: sqlite:////a/b.db", environ)
    assert config.matrix.password == Secret("hush")
    assert config.database == Secret("sqlite:////a/b.db")


def test_a_token_of_the_file_leaves_the_password_of_the_environment_aside(written):
    matrix = written(ACCOUNT % ", access_token: hush, device_id: SOUCI").matrix
    assert matrix.password is None


def test_an_access_token_without_device_is_refused(refusal):
    told = refusal(ACCOUNT % ", access_token: hush")
    assert told.startswith("matrix.device_id: expected the device that the access token belongs to")


def test_a_password_and_a_token_together_are_refused(refusal):
    told = refusal(ACCOUNT % ", password: a, access_token: b", {})
    assert told.startswith("matrix: expected matrix.password or matrix.access_token")
    assert told.endswith("both is there")


def test_an_account_that_signs_in_by_a_code_has_neither(written):
    matrix = written(ACCOUNT % "", {}).matrix
    assert (matrix.password, matrix.access_token) == (None, None)


def test_a_secret_and_its_file_together_are_refused(refusal):
    told = refusal(ACCOUNT % ", password: hush, password_file: there")
    assert told == "matrix.password_file: expected nothing beside matrix.password: one is enough"


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_secret_file_without_secret_is_told(refusal, tmp_path, content):
    if content is not None:
        (tmp_path / "password").write_text(content)
    told = refusal(ACCOUNT % ", password_file: password")
    assert "matrix.password_file: expected a file that can be read and is not empty" in told


def test_secrets_are_never_printed(written):
    config = written(
        ACCOUNT % ", access_token: hush, device_id: SOUCI"
        + "database: postgresql://souci:hush@host/name"
    )
    assert "hush" not in f"{config!r} {config!s} {config.database} {config.matrix.access_token!r}"
    assert config.database.reveal() == "postgresql://souci:hush@host/name"


@pytest.mark.parametrize("line", ["database: 'mysql://souci:hush@host/name'", "hush: [hush"])
def test_secrets_are_not_in_errors(refusal, line):
    assert "hush" not in refusal(ACCOUNT % ", password: hush" + line)


def test_a_secret_of_the_wrong_kind_is_not_shown(refusal):
    told = refusal(ACCOUNT % ", password: [hush]")
    assert told == "matrix.password: expected a text between quotes"


def test_relative_paths_count_from_the_file(written, tmp_path):
    config = written(ACCOUNT % "" + "state_dir: here")
    assert config.state_dir == tmp_path / "here"
    assert config.database.reveal() == f"sqlite:///{tmp_path}/here/souci.db"


def test_the_environment_names_the_state_directory(written):
    config = written(ACCOUNT % "", PASSWORD | {"SOUCI_STATE_DIR": "/state"})
    assert config.state_dir == Path("/state")
    assert config.database.reveal() == "sqlite:////state/souci.db"


@pytest.mark.parametrize(
    ("file", "state"),
    [
        ("/etc/souci/config.yaml", "/var/lib/souci"),
        ("/etc/souci/north.yaml", "/var/lib/souci-north"),
        ("/etc/matrix/souci/config.yaml", "/var/lib/matrix-souci"),
        ("/etc/souci.yaml", "/etc/state"),
        ("/srv/souci/config.yaml", "/srv/souci/state"),
    ],
)
def test_a_state_is_beside_its_file_unless_services_only_read_there(file, state):
    assert usual_state(Path(file)) == Path(state)


def test_the_environment_says_where_the_state_is_where_the_file_does_not(written, tmp_path):
    told = written(EXAMPLE.read_text("utf-8"), PASSWORD | {"SOUCI_STATE_DIR": "/state"})
    assert told.state_dir == Path("/state")
    assert written(EXAMPLE.read_text("utf-8")).state_dir == tmp_path / "state"
