"""Recounting the file of a vote gives what the bot announced, whatever people answered."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import main
from tests.chat.ballot_box import CIRCLE, BallotBox, recounted
from tests.chat.scene import scene

VOTERS = ("alice", "bob", "carole", "dany")
LETTERS = "ABC"
GRADES = (
    *("à rejeter", "insuffisant", "passable", "assez bien", "bien", "très bien", "excellent"),
)
SOME = settings(max_examples=40, deadline=None)


class Booth:
    """One circle for all examples, in an event loop of its own: each example is a new vote."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._leaving = AsyncExitStack()
        self.box: BallotBox = self._runner.run(self._enter())

    async def _enter(self) -> BallotBox:
        box = BallotBox(await self._leaving.enter_async_context(scene()))
        await box.play(*CIRCLE)
        return box

    def close(self) -> None:
        self._runner.run(self._leaving.aclose())
        self._runner.close()

    def told_and_recounted(self, opening, answers):
        """A vote opened and answered, as it was announced, and as its file is recounted."""
        return self._runner.run(self._vote(opening, answers))

    async def _vote(self, opening, answers):
        vote = (await self.box.last(f"alice> {opening} jusqu'à demain 18h")).values["id"]
        for who, answer in answers:
            await self.box.play(f"{who} (dm)> !bulletin {vote} {answer}")
        told = await self.box.closed(vote)
        return told, recounted(self.box.file(vote))

    def declared(self):
        """A new contribution, to look for its amount."""
        return self._runner.run(self.box.last("alice> !contribution 1h affiches")).values["id"]


@pytest.fixture(scope="module")
def booth() -> Iterator[Booth]:
    made = Booth()
    yield made
    made.close()


def answered(answers, voters=VOTERS):
    """Who says what, one after the other: some change their mind, some never answer."""
    return st.lists(st.tuples(st.sampled_from(voters), answers), max_size=8)


def chosen():
    names = st.lists(st.sampled_from(LETTERS), unique=True, min_size=1)
    return st.one_of(names.map(", ".join), st.just("aucun"))


def said_of_each(words):
    named = st.dictionaries(st.sampled_from(LETTERS), st.sampled_from(words), min_size=1)
    return named.map(lambda given: ", ".join(f"{one} {word}" for one, word in given.items()))


def assert_same(told, counted):
    assert {name: told[name] for name in counted} == counted


@SOME
@given(
    answered(st.sampled_from(("pour", "contre", "abstention"))),
    st.sampled_from(("", "quorum 1/2", "quorum 3", "majorité 2/3", "majorité 60 % quorum 50 %")),
)
def test_a_majority_recounts(booth, answers, terms):
    assert_same(*booth.told_and_recounted(f"!vote Repeindre ? {terms}", answers))


@SOME
@given(
    answered(st.sampled_from(("consentement", "réserve le bruit", "objection non", "abstention"))),
    st.sampled_from(("", "minimum 2", "quorum 3/4", "minimum 4 quorum 1/4")),
)
def test_a_consent_recounts(booth, answers, terms):
    assert_same(*booth.told_and_recounted(f"!consentement Ouvrir le samedi {terms}", answers))


@SOME
@given(answered(st.one_of(st.integers(0, 999).map(str), st.just("abstention")), VOTERS[1:]))
def test_an_estimate_recounts(booth, answers):
    assert_same(*booth.told_and_recounted(f"!estimation {booth.declared()}", answers))


@SOME
@given(answered(chosen()), st.sampled_from(("", "quorum 3")))
def test_a_choice_recounts(booth, answers, terms):
    assert_same(*booth.told_and_recounted(f"!choix Où ? : ici | là | ailleurs {terms}", answers))


@SOME
@given(answered(said_of_each(("oui", "si besoin", "non"))))
def test_a_choice_of_dates_recounts(booth, answers):
    evenings = "!choix Quand ? : 7 décembre 2027 | 9 décembre 2027 | 11 décembre 2027"
    assert_same(*booth.told_and_recounted(evenings, answers))


@SOME
@given(answered(said_of_each(GRADES)))
def test_a_judgment_recounts(booth, answers):
    assert_same(*booth.told_and_recounted("!jugement Où ? : ici | là | ailleurs", answers))


@SOME
@given(answered(chosen()), st.lists(st.integers(1, 900), min_size=3, max_size=3))
def test_a_sharing_recounts(booth, answers, costs):
    places = zip(("ici", "là", "ailleurs"), costs, strict=True)
    shared = " | ".join(f"{place} {cost} €" for place, cost in places)
    assert_same(*booth.told_and_recounted(f"!partage 1000 : {shared}", answers))


def test_the_command_line_recounts_the_file_that_was_attached(booth, tmp_path, capsys):
    opening = "!partage 800 : Atelier 400 € | Banc 400 € | Chorale 200 €"
    answers = [(who, "A, B") for who in VOTERS[:3]] + [("dany", "C")]
    told, _ = booth.told_and_recounted(opening, answers)
    file = tmp_path / "vote.json"
    file.write_text(booth.box.file(told["id"]), encoding="utf-8")
    capsys.readouterr()  # what was logged until now
    assert main(["tally", str(file)]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert (counted["funded"], counted["winners"]) == (told["funded"], told["winners"])
    assert counted["greedy"]["spent"] == "800.00"


def test_a_recount_that_differs_would_be_seen(booth):
    told, counted = booth.told_and_recounted("!vote Repeindre ?", [("bob", "pour")])
    with pytest.raises(AssertionError):
        assert_same(told | {"counts": {"yes": 2, "no": 0, "abstain": 0}}, counted)
