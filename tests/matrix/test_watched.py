"""The running bot as its operator watches it: health, metrics, and a log that can say more."""

import os
import re
import signal

import aiohttp
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from tests.souci import ROOT, found_circle

GUIDE = ROOT / "docs" / "operations.md"

pytestmark = [pytest.mark.matrix, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alice(member):
    return await member("alice")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(alice, souci):
    return await found_circle(alice, "Valenciennois", souci)


async def asked(souci, path):
    """The status and the text of an answer over HTTP."""
    url = f"http://127.0.0.1:{souci.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def measured(souci, name, **labels):
    _, text = await asked(souci, "/metrics")
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


async def test_a_bot_that_the_homeserver_answers_is_well(souci, room):  # noqa: ARG001
    status, text = await asked(souci, "/health")
    assert (status, '"well": true' in text) == (200, True)
    assert '"given_up": 0' in text


async def test_a_command_is_counted_under_its_result(alice, room, souci):
    label = {"command": "contribution.declare", "result": "done"}
    before = await measured(souci, "souci_commands_total", **label)
    await alice.asks(room, "!contribution 1h accueil")
    assert await measured(souci, "souci_commands_total", **label) == before + 1


async def test_a_refusal_is_counted_under_its_key(alice, room, souci):
    label = {"result": "refused.unknown-command"}
    before = await measured(souci, "souci_commands_total", **label)
    await alice.asks(room, "!contributon 1h accueil")
    assert await measured(souci, "souci_commands_total", **label) == before + 1


async def test_every_measure_is_in_the_guide_and_no_other(souci, room):  # noqa: ARG001
    _, text = await asked(souci, "/metrics")
    families = {family.name for family in text_string_to_metric_families(text)}
    told = {name for name in families if not name.endswith("_created")}  # the library's own
    named = re.findall(r"`(souci_\w+)", GUIDE.read_text("utf-8"))
    assert {name.removesuffix("_total") for name in named} == told


async def test_what_was_lost_would_be_counted(souci, room):  # noqa: ARG001
    _, text = await asked(souci, "/metrics")
    assert "souci_given_up_events 0.0" in text
    assert "souci_malformed_events " in text


async def test_the_age_of_the_last_answer_is_told(souci, room):  # noqa: ARG001
    assert 0 <= await measured(souci, "souci_sync_age_seconds") < 60


async def test_no_label_names_anybody_nor_any_place(souci, room):
    _, text = await asked(souci, "/metrics")
    assert not any(word in text for word in ("alice", room, "Valenciennois", "localhost"))


async def test_the_log_says_more_when_asked_and_less_again(alice, room, souci):
    os.kill(souci.pid, signal.SIGUSR1)
    await alice.asks(room, "!contribution 1h accueil")
    assert '"answered"' in souci.log.read_text()
    os.kill(souci.pid, signal.SIGUSR2)
    await alice.asks(room, "!budget")
    said = souci.log.read_text().count('"answered"')
    await alice.asks(room, "!budget")
    assert souci.log.read_text().count('"answered"') == said
