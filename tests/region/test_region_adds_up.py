"""18 circles over three years: every export adds up, by a recount from the ledger alone.

The recount reads the rows of entries and what each says happened; it knows neither their postings,
nor items, nor anything of the code that exports.
"""

import asyncio
import csv
import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text

from bot.cli.export_cli import main
from bot.operations.rereading import bring_up
from circle.circles import Rules
from storage.engine import open_engine, writing
from storage.upgrade import upgrade
from tests.chat.recount import grants, told
from tests.region.simulated import NAMES, Region

CIRCLES = ("MEL", "Alimentation | terroirs", "Sambre-Avesnois-Thiérache", "Reactiv'Maker")
PERIODS = ("T1 2024", "T2 2024", "T3 2024", "T4 2024", "2025", "du 1er janvier au 31 décembre 2026")
CONFIG = """
matrix: {homeserver: "https://matrix.example.org", user_id: "@souci:example.org", password: x}
"""


@dataclass(frozen=True)
class Written:
    """A region in a database, and the folder that exports go to."""

    url: str
    config: str
    folder: object

    def export(self, *words):
        """Run `souci export`; the tables of each file it wrote, by the file's name."""
        into = self.folder / "-".join(words).replace("/", "_")
        command = ["export", "--config", self.config, "--database", self.url, "--iso"]
        assert main([*command, "--output", str(into), *words]) == 0
        return {path.name: _tables(path) for path in into.iterdir()}

    def circle(self, name, format_="csv", *more):
        [tables] = self.export("--circle", name, "--format", format_, *more).values()
        return tables


def _tables(path):
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return {name.removesuffix(".csv"): _rows(archive.read(name)) for name in names}


def _rows(body):
    """The rows of a table, French or plain."""
    french = body.startswith(b"\xef\xbb\xbf")
    plain = io.StringIO(body.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(plain, delimiter=";" if french else ","))


def cents(rows, column):
    told = (row[column].replace(",", ".") for row in rows if row[column])
    return int(sum(map(Decimal, told), Decimal()) * 100)


@pytest.fixture(scope="module")
def region(tmp_path_factory) -> Written:
    folder = tmp_path_factory.mktemp("region")
    url = f"sqlite:///{folder / 'region.db'}"
    asyncio.run(_made(url))
    (folder / "config.yaml").write_text(CONFIG)
    return Written(url, str(folder / "config.yaml"), folder)


async def _made(url):
    engine = open_engine(url)
    await upgrade(engine)
    await Region().write(engine)
    await _attributed(engine)
    await engine.dispose()


async def _attributed(engine):
    """What was decided goes to envelopes as an upgrade has it: to any that has something left."""
    async with writing(engine) as connection:
        everywhere = text("INSERT INTO attributing (circle) SELECT DISTINCT circle FROM spendings")
        await connection.execute(everywhere)
    await bring_up(engine, Rules(), datetime(2027, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def recounted(region):
    """For each circle its figures in cents, recounted."""
    found = asyncio.run(_entries(region.url))
    return {name: _figures(found[number]) for number, name in enumerate(NAMES, start=1)}


async def _entries(url):
    engine = open_engine(url)
    by_circle = defaultdict(list)
    async with engine.connect() as connection:
        for row in (await connection.execute(text("SELECT * FROM entries ORDER BY id"))).mappings():
            by_circle[row["circle"]].append(dict(row))
    await engine.dispose()
    return by_circle


def _figures(entries):
    items = told(entries)
    natures = {one["item"]: one["nature"] for one in entries if one["kind"] == "declared"}
    decided = {number: one for number, one in items.items() if one["decided"] is not None}
    regulated = sum(one["decided"] for one in decided.values())
    spent = [one["decided"] for number, one in decided.items() if natures[number] == "expense"]
    granted = sum(grants(entries).values())
    return {
        "granted": granted,
        "asked": sum(one["asked"] or 0 for one in items.values() if one["waits"]),
        "regulated": regulated,
        "invoiced": sum(one["decided"] for one in decided.values() if one["invoice"]),
        "paid": sum(one["decided"] for one in decided.values() if one["paid"]),
        "expenses": sum(spent),
        "available": max(0, granted - regulated),
        "lacking": max(0, regulated - granted),
    }


def test_the_region_is_as_large_as_it_says(recounted):
    assert len(recounted) == 18
    assert all(figures["regulated"] > 0 for figures in recounted.values())


@pytest.mark.parametrize("name", CIRCLES)
def test_the_ledger_of_a_circle_adds_up(region, recounted, name):
    ledger = region.circle(name)["journal"]
    figures = ("granted", "asked", "regulated", "invoiced", "paid")
    assert {one: cents(ledger, one) for one in figures} == {
        one: recounted[name][one] for one in figures
    }


@pytest.mark.parametrize("name", CIRCLES)
def test_contributions_actions_and_envelopes_add_up(region, recounted, name):
    tables = region.circle(name)
    assert cents(tables["contributions"], "regulated") == recounted[name]["regulated"]
    assert cents(tables["enveloppes"], "granted") == recounted[name]["granted"]
    off_programme = [row for row in tables["contributions"] if not row["action"]]
    on_actions = cents(tables["actions"], "regulated") + cents(off_programme, "regulated")
    assert on_actions == recounted[name]["regulated"]


@pytest.mark.parametrize("name", CIRCLES)
def test_the_statement_of_expenses_adds_up(region, recounted, name):
    expenses = region.circle(name, "feder")["etat-des-depenses"]
    assert cents(expenses, "Décidé") == recounted[name]["expenses"]


@pytest.mark.parametrize("name", CIRCLES)
def test_flows_add_up(region, recounted, name):
    links = region.circle(name, "flux")["flux"]
    into = {row["target"]: 0 for row in links}
    for row in links:
        into[row["target"]] += cents([row], "value")
    figures = recounted[name]
    assert into["Frais"] == figures["expenses"]
    assert into["Rétribution"] == figures["regulated"] - figures["expenses"]
    lacking = cents([row for row in links if row["source"] == "À financer"], "value")
    assert (into.get("Disponible", 0), lacking) == (figures["available"], figures["lacking"])


def test_the_periods_of_three_years_add_up_to_the_whole(region, recounted):
    name = CIRCLES[0]
    parts = [region.circle(name, "csv", "--period", one)["journal"] for one in PERIODS]
    assert sum(cents(part, "regulated") for part in parts) == recounted[name]["regulated"]
    assert sum(cents(part, "granted") for part in parts) == recounted[name]["granted"]


def test_all_circles_together_add_up(region, recounted):
    [tables] = region.export("--format", "csv").values()
    assert [row["circle"] for row in tables["cercle"]] == list(NAMES)
    for figure in ("granted", "regulated", "invoiced", "paid", "available"):
        whole = sum(figures[figure] for figures in recounted.values())
        assert cents(tables["cercle"], figure) == whole


def test_flows_of_all_circles_add_up_and_name_nobody(region, recounted):
    [tables] = region.export("--format", "flux").values()
    spent = [row for row in tables["flux"] if row["target"] in {"Frais", "Rétribution"}]
    assert cents(spent, "value") == sum(one["regulated"] for one in recounted.values())
    named = {end for row in tables["flux"] for end in (row["source"], row["target"])}
    assert not [end for end in named if "Personne" in end]
