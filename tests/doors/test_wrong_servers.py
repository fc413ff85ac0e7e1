"""A homeserver or a PostgreSQL that is not what it should be: one line, or a wait that is told."""

import asyncio
import json
import signal
import socketserver
import subprocess
import threading
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy import make_url, text

from storage.engine import open_engine
from tests.doors.installed import bare
from tests.doors.refusals import SECRET, WITHIN, line_of
from tests.matrix.shell.weather import failing, limited, weather_before
from tests.postgresql import named, run

pytestmark = pytest.mark.matrix
MEND_ME = 78
ENDED = (0, -signal.SIGTERM)  # the database is waited for before signals are listened to
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def written(souci):
    """Writes the configuration of an account in the folder."""

    def write(homeserver, user_id, login, **more):
        account = {"homeserver": homeserver, "user_id": user_id} | login
        told = {"matrix": account, "state_dir": "state"} | more
        (souci.folder / "config.yaml").write_text(json.dumps(told))
        return ("--config", "config.yaml")

    return write


async def word(souci, *words):
    return await asyncio.to_thread(souci.run, *words, seconds=WITHIN)


def waits(souci, *said):
    """Starts the bot, and stops it once it says so; what it said then."""
    command = souci.command("run", "--config", "config.yaml")
    with subprocess.Popen(
        command, cwd=souci.folder, env=bare(), stderr=subprocess.PIPE, text=True
    ) as running:
        stopping = threading.Timer(WITHIN, running.kill)
        stopping.start()
        for line in running.stderr:
            if all(fragment in line for fragment in said):
                running.send_signal(signal.SIGTERM)
                rest = running.stderr.read()
                stopping.cancel()
                assert running.wait() in ENDED, rest
                return line
        pytest.fail(f"it ended with {running.wait()} and never said {said}")


async def test_a_wrong_password(souci, homeserver, register, written):
    account = await register("souci")
    config = written(homeserver.url, account.user_id, {"password": SECRET})
    done = await word(souci, "run", *config)
    line_of(done, "run", MEND_ME, "the homeserver refuses the login", "M_FORBIDDEN", "password")
    line_of(await word(souci, "login", *config), "login", 1, "M_FORBIDDEN", "password")


async def test_an_unknown_account(souci, homeserver, written):
    config = written(homeserver.url, "@nobody:localhost", {"password": SECRET})
    line_of(await word(souci, "run", *config), "run", MEND_ME, "refuses the login", "M_FORBIDDEN")


async def test_a_wrong_password_where_the_server_limits_the_rate(
    souci, homeserver, register, written
):
    account = await register("souci")
    async with weather_before(homeserver.url) as weather:
        weather.once("POST", "/login", limited({}, {"retry_after_ms": 1500}))
        config = written(weather.url, account.user_id, {"password": SECRET})
        done = await word(souci, "run", *config)
    line_of(done, "run", MEND_ME, "M_FORBIDDEN")
    assert '"retry_in": 1.5, "event": "homeserver.limits_us"' in done.err


async def test_a_token_that_is_not_ours(souci, homeserver, register, written):
    ours, other = await register("souci"), await register("souci")
    token = {"access_token": other.token, "device_id": other.device_id}
    config = written(homeserver.url, ours.user_id, token)
    done = await word(souci, "run", *config)
    line_of(done, "run", MEND_ME, f"the access token belongs to {other.user_id}")
    token = {"access_token": ours.token, "device_id": "ELSEWHERE"}
    config = written(homeserver.url, ours.user_id, token)
    done = await word(souci, "run", *config)
    line_of(done, "run", MEND_ME, f"belongs to device {ours.device_id}, not to ELSEWHERE")
    token = {"access_token": SECRET, "device_id": "D"}
    config = written(homeserver.url, ours.user_id, token)
    line_of(await word(souci, "run", *config), "run", MEND_ME, "refuses the access token")


async def test_a_port_of_monitoring_that_is_taken_is_a_fault_that_is_told(
    souci, homeserver, register, written
):
    account = await register("souci")
    with listening(b"") as port:
        more = {"monitoring": {"port": port}}
        written(homeserver.url, account.user_id, {"password": account.password}, **more)
        said = await asyncio.to_thread(waits, souci, "fault.began", "monitoring")
    assert "address already in use" in said


def test_a_homeserver_that_cannot_be_reached_is_waited_for(souci, written):
    written(NOWHERE, "@souci:localhost", {"password": SECRET})
    waits(souci, "homeserver.unreachable", "127.0.0.1:1", "retry_in")


async def test_a_web_page_in_place_of_a_homeserver(souci, written):
    async with weather_before(NOWHERE) as weather:
        weather.once("POST", "/login", failing(404))
        written(weather.url, "@souci:localhost", {"password": SECRET})
        await asyncio.to_thread(waits, souci, "status 404: a web page", "matrix.homeserver")


@contextmanager
def listening(answer):
    """A port of loopback where whatever is asked is answered so."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.recv(4096)
            self.request.sendall(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


@pytest.mark.parametrize(
    ("scheme", "answer", "said"),
    [
        ("https", b"HTTP/1.1 400 Bad Request\r\n\r\n", "it does not speak https there"),
        ("http", b"\x15\x03\x01\x00\x02\x02\x46", "it does not speak http there"),
    ],
)
def test_the_wrong_scheme_is_told(souci, written, scheme, answer, said):
    with listening(answer) as port:
        written(f"{scheme}://127.0.0.1:{port}", "@souci:localhost", {"password": SECRET})
        waits(souci, "homeserver.unreachable", said)


@pytest_asyncio.fixture
async def database(postgresql_server):
    """A database of the test's own, and a role that may come in with a password."""
    made = f"wrong_{uuid4().hex[:8]}"
    await run(
        postgresql_server,
        f"CREATE DATABASE {made}",
        f"CREATE ROLE {made} LOGIN PASSWORD 'right'",
    )
    yield made
    await run(
        postgresql_server, f"DROP DATABASE {made} WITH (FORCE)", f"DROP ROLE IF EXISTS {made}"
    )


async def test_a_postgresql_that_refuses_us(souci, postgresql_server, database, written):
    rows = {
        named(postgresql_server, database, "nobody"): 'role "nobody" does not exist',
        named(postgresql_server, "nowhere"): 'database "nowhere" does not exist',
        named(
            postgresql_server, database, database
        ): f"GRANT CREATE ON SCHEMA public TO {database}",
        f"{named(postgresql_server, database)}&sslmode=perhaps": "one of disable, allow, prefer",
        f"{named(postgresql_server, database)}&conect=1": "`database` says ?conect=, which is none",
    }
    for url, said in rows.items():
        config = written(NOWHERE, "@souci:localhost", {"password": SECRET}, database=url)
        line_of(await word(souci, "run", *config), "run", MEND_ME, said)


@contextmanager
def ahead_of(file, line):
    """A line before all others of a file."""
    before = file.read_text()
    file.write_text(line + before)
    try:
        yield
    finally:
        file.write_text(before)


@asynccontextmanager
async def asking_passwords(server, role):
    """The server asks that role for its password, as most do."""
    engine = open_engine(server)
    async with engine.connect() as connection:
        found = await connection.execute(text("SHOW hba_file"))
        rules = Path(found.scalar_one())
    await engine.dispose()
    with ahead_of(rules, f"local all {role} scram-sha-256\n"):
        await run(server, "SELECT pg_reload_conf()")
        yield
    await run(server, "SELECT pg_reload_conf()")


async def test_a_wrong_password_of_postgresql(souci, postgresql_server, database, written):
    async with asking_passwords(postgresql_server, database):
        url = make_url(named(postgresql_server, database, database)).set(password=SECRET)
        url = url.render_as_string(hide_password=False)
        config = written(NOWHERE, "@souci:localhost", {"password": SECRET}, database=url)
        done = await word(souci, "run", *config)
    line_of(done, "run", MEND_ME, "password authentication failed for user")


async def test_sslmode_is_taken_as_everywhere(souci, postgresql_server, database, written):
    url = f"{named(postgresql_server, database)}&sslmode=disable"
    config = written(NOWHERE, "@souci:localhost", {"password": SECRET}, database=url)
    done = await word(souci, "db", "upgrade", *config)
    assert (done.status, done.out) == (0, "the database is up to date\n"), done.err


def test_a_postgresql_that_does_not_answer(souci, written):
    url = f"postgresql://souci:{SECRET}@127.0.0.1:1/souci"
    config = written(NOWHERE, "@souci:localhost", {"password": SECRET}, database=url)
    line_of(souci.run("status", *config), "status", 1, "the database cannot be reached")
    waits(souci, "store.away", "the database cannot be reached")
