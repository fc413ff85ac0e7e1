"""`souci export`: files for their owner alone, whole for circles named, totals for all of them."""

import asyncio
import json
import stat

import pytest

from bot.cli import main
from bot.config.model import ConfigError, load
from bot.config.rules import reporting_of
from tests.chat.attached import archived
from tests.chat.scene import scene

CONFIG = """
matrix: {homeserver: "https://matrix.example.org", user_id: "@souci:example.org", password: x}
movilab: {circle_template: Cercle, circle_fields: {name: nom}, categories: [Cercles]}
reports: {volunteer_hour: "20,00 €", project_code: HDF-7}
"""
LIFE = (
    "alice> !cercle créer Littoral",
    "alice> !doter 1000 € de la MEL",
    "bob> !contribution 3h rangement bénévole",
)


async def _lived(url):
    async with scene(*LIFE, url=url):
        pass


@pytest.fixture
def export(tmp_path):
    """Runs the command over a circle of one contribution; its status and the file it wrote."""
    url = f"sqlite:///{tmp_path / 'souci.db'}"
    asyncio.run(_lived(url))
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    begin = ["export", "--config", str(tmp_path / "config.yaml"), "--database", url]

    def run(*words):
        status = main([*begin, "--output", str(tmp_path / "out"), *words])
        return status, next((tmp_path / "out").glob("*"), None)

    return run


def test_a_circle_named_is_written_whole(export):
    status, file = export("--circle", "littoral", "--format", "json")
    told = json.loads(file.read_text("utf-8"))
    assert (status, file.name) == (0, "littoral.json")
    assert told["contributions"][0]["person"] == "bob"


def test_all_circles_together_are_told_by_totals(export):
    _, file = export("--format", "json")
    assert set(json.loads(file.read_text("utf-8"))) == {"circles", "envelopes"}


def test_files_are_for_their_owner_alone(export):
    _, file = export("--format", "ods")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_period_names_the_file(export):
    _, file = export("--circle", "Littoral", "--period", "T3 2026")
    assert file.name == "littoral-2026-07-01_2026-09-30.ods"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "quinzaine"), '"quinzaine" is no period; for instance 2026'),
        (("--circle", "Oise"), 'no circle "Oise"; known: Littoral'),
        (("--format", "feder"), "feder holds people's own amounts: name its --circle"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(export, capsys, words, said):
    status, file = export(*words)
    told = capsys.readouterr().err
    assert (status, file, told.count("\n")) == (1, None, 1)
    assert said in told


def test_the_configuration_shapes_the_pages(export):
    _, file = export("--circle", "Littoral", "--format", "movilab")
    [page] = archived(file).values()
    assert page.startswith(b"{{Cercle\n| nom = Littoral\n")
    assert page.endswith("[[Catégorie:Cercles]]\n".encode())


def test_the_configuration_values_an_hour_given(export):
    _, file = export("--circle", "Littoral", "--format", "flux")
    assert "Littoral,Hors programme,60.00" in archived(file)["flux.csv"].decode()


def test_a_wrong_usage_is_told(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["export", "--format", "ods"])
    assert stopped.value.code == 2
    assert "--config" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('movilab: {circle_template: "a|b"}', "movilab.circle_template: expected a name without"),
        ("movilab: {action_fields: {colour: x}}", "movilab.action_fields: expected names for some"),
        ("reports: {volunteer_hour: -3}", "reports.volunteer_hour: expected an amount in euros"),
    ],
)
def test_a_wrong_configuration_is_refused(tmp_path, line, told):
    (tmp_path / "config.yaml").write_text(CONFIG.splitlines()[1] + f"\n{line}\n", "utf-8")
    with pytest.raises(ConfigError, match="expected") as refused:
        load(tmp_path / "config.yaml")
    assert str(refused.value).startswith(told)


def test_time_given_need_not_be_valued(tmp_path):
    line = "reports: {volunteer_hour: null}"
    (tmp_path / "config.yaml").write_text(CONFIG.splitlines()[1] + f"\n{line}\n", "utf-8")
    assert reporting_of(load(tmp_path / "config.yaml")).volunteer_hour is None
