"""The image: the rules a linter would hold, and its install steps run for real."""

import fcntl
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import lack
from tests.guards import dockerfile
from tests.guards.repository import PACKAGES, ROOT
from tests.guards.test_pinned_dependencies import lock, pins

TEXT = (ROOT / "Dockerfile").read_text("utf-8")
INSTRUCTIONS = dockerfile.read(TEXT)
STAGES = dockerfile.stages(INSTRUCTIONS)


def faults(text):
    """What a linter would say of a Dockerfile."""
    instructions = dockerfile.read(text)
    found = {fault for each in instructions for fault in faults_of(each)}
    last = {each.name: each for each in dockerfile.stages(instructions)[-1]}
    if not re.fullmatch(r"[1-9]\d*(:\d+)?", last["USER"].value if "USER" in last else "0"):
        found.add("the user is root, or no number")
    if "HEALTHCHECK" not in last or '["' not in last["HEALTHCHECK"].value:
        found.add("no health check in exec form")
    return found


def faults_of(instruction):
    name, value = instruction.name, instruction.value
    if name == "FROM" and not re.match(r"\S+:\d[\w.-]+( AS \w+)?$", value):
        yield "a base without version"
    if name == "RUN":
        yield from faults_of_command(value)
    if name == "WORKDIR" and not value.startswith("/"):
        yield "a relative folder"
    if name in {"CMD", "ENTRYPOINT"} and not instruction.words:
        yield f"{name} through a shell"
    if name in {"ENV", "ARG"} and re.search("PASSWORD|TOKEN|SECRET", value):
        yield "a secret"
    if name in {"ADD", "MAINTAINER", "ONBUILD"}:
        yield name


def faults_of_command(command):
    if "apt-get" in command:
        if not re.search(r"apt-get install .*--no-install-recommends", command):
            yield "apt-get with what it recommends"
        if "rm -rf /var/lib/apt/lists/*" not in command:
            yield "apt's lists stay"
    for word in ("sudo", "cd", "curl", "wget", "apt"):
        if re.search(rf"(^|&&|;|\|)\s*{word}\s", command):
            yield word
    installs = re.findall(r"pip install ([^&|;]*)", command)
    if any(not re.search("--require-hashes|--no-deps", options) for options in installs):
        yield "pip without hashes"


def test_a_linter_would_say_nothing():
    assert faults(TEXT) == set()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("FROM python", "a base without version"),
        ("FROM python:latest", "a base without version"),
        ("RUN apt-get install -y git", "apt-get with what it recommends"),
        ("RUN apt-get install --no-install-recommends git", "apt's lists stay"),
        ("RUN true && cd /src && ls", "cd"),
        ("RUN sudo ls", "sudo"),
        ("RUN pip install rich", "pip without hashes"),
        ("WORKDIR src", "a relative folder"),
        ("CMD souci run", "CMD through a shell"),
        ("ENTRYPOINT souci", "ENTRYPOINT through a shell"),
        ("ADD a.tar /", "ADD"),
        ("ENV SOUCI_MATRIX_PASSWORD=hush", "a secret"),
        ("USER root", "the user is root, or no number"),
        ("HEALTHCHECK CMD souci status", "no health check in exec form"),
    ],
)
def test_a_fault_is_seen(line, fault):
    assert fault in faults(f"{TEXT}\n{line}")


def test_each_stage_has_the_same_base():
    assert len({stage[0].value.split()[0] for stage in STAGES}) == 1


def test_state_and_database_are_volumes():
    assert [each.words for each in INSTRUCTIONS if each.name == "VOLUME"] == [["/state", "/data"]]


def test_its_health_is_what_souci_says():
    (check,) = [each.value for each in STAGES[-1] if each.name == "HEALTHCHECK"]
    asked = json.loads(check.partition("CMD ")[2])
    assert asked == ["souci", "status", "--config", "/config/config.yaml"]


def test_all_that_it_copies_reaches_it():
    let_through = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    copies = [each.value.split()[:-1] for each in STAGES[0] if each.name == "COPY"]
    assert sorted(let_through) == sorted(source for sources in copies for source in sources)


def test_all_our_packages_are_in_it():
    assert {f"{name}/ {name}/" for name in PACKAGES} <= {each.value for each in STAGES[0]}


@pytest.fixture(scope="module")
def image():
    """The environment that the first stage makes, played in the cache folder, one run at a time."""
    layers = ROOT / ".cache" / "image"
    layers.mkdir(parents=True, exist_ok=True)
    with layers.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield _played(layers)


def _played(layers):
    try:
        return dockerfile.Build(ROOT, layers, sys.executable).play(STAGES[0]) / "opt" / "souci"
    except RuntimeError as error:
        if "No matching distribution" in str(error) or "Connection" in str(error):
            lack(f"the package registry is out of reach: {error}")
        raise


def asked(image, *command):
    done = subprocess.run(
        [image / "bin" / "python", "-I", *command],
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_every_package_of_ours_comes_from_the_image(image):
    places = asked(image, "-c", f"import {', '.join(PACKAGES)}; print(bot, migrations)")
    assert places.count(str(image)) == 2


def test_the_sentences_are_in_the_image(image):
    (packages,) = image.glob("lib/python*/site-packages")
    written = {path.relative_to(ROOT) for path in (ROOT / "locales").glob("*/*.yaml")}
    assert {path.relative_to(packages) for path in packages.glob("locales/*/*.yaml")} == written


def test_the_migrations_are_in_the_image(image):
    (packages,) = image.glob("lib/python*/site-packages")
    written = {path.relative_to(ROOT) for path in (ROOT / "migrations").rglob("*.py")}
    assert {path.relative_to(packages) for path in packages.glob("migrations/**/*.py")} == written


def test_nothing_but_the_pinned_run_time_is_in_the_image(image):
    program = "from importlib.metadata import distributions as d; print(*[x.name for x in d()])"
    names = {re.sub("[-_.]+", "-", name).lower() for name in asked(image, "-c", program).split()}
    assert names <= {"souci"} | pins(lock("run")).keys()


def test_the_program_starts_in_the_image(image):
    assert "souci" in asked(image, "-m", "bot", "--help")


def test_secrets_and_caches_stay_outside(image):
    kept = {path.name for path in (Path(image).parents[1] / "src").iterdir()}
    assert not kept & {".git", ".venv", ".cache", "tests", "config.yaml"}
