"""Whatever an edit follows or precedes, a message has had one effect at most.

The lines are the examples of the commands themselves, so that a new command is attacked as it
comes.
"""

from collections import Counter
from itertools import product

import pytest

from bot import events
from commands import COMMANDS
from commands.kernel.command import Command, Place
from tests.security.town import Kind, Said, Town, Where, changed, on_the_first, town

LONG = " très" * 3000
AGAIN = {"entries", "entry_texts", "action_log"}
"""Where corrections are appended."""


@pytest.fixture
async def made():
    async with town() as made:
        yield made


def speaker(command: Command) -> tuple[Kind, Where]:
    """Somebody who may run it, where it may be said."""
    if command.place is Place.COORDINATION:
        return Kind.COORDINATOR, Where.COORDINATION
    return Kind.STEWARD, Where.CIRCLE


def examples(command: Command) -> list[str]:
    return [on_the_first(f"!{line}") for lines in command.examples.values() for line in lines]


class Spoken:
    """A message of somebody's, and its edits."""

    def __init__(self, made: Town, who: str, where: str = Where.CIRCLE) -> None:
        self.made, self.who, self.where = made, who, where
        self.id = ""

    async def says(self, line: str, **more: object) -> Said:
        event = events.Message(**self.made.common(self.who, self.where), body=line, **more)
        self.id = event.id
        return await self.made.happens(event)

    async def edits(self, line: str, **more: object) -> Said:
        return await self.made.say(self.who, self.where, line, edits=self.id, **more)

    @property
    def did(self) -> bool:
        """Whether the message has done something, itself or by an edit."""
        query = "SELECT outcome FROM origins WHERE event_id = ?"
        return self.made._database.execute(query, (self.id,)).fetchall() == [("done",)]

    async def deletes(self, target: str = "") -> Said:
        common = self.made.common(self.who, self.where)
        return await self.made.happens(events.Redaction(**common, target=target or self.id))


def sizes(made: Town) -> Counter[str]:
    """How much there is of everything; of the entries, those that are no corrections."""
    kept = {table: len(rows) for table, rows in made.dump().items() if table not in AGAIN}
    count = "SELECT COUNT(*) FROM entries WHERE kind != 'corrected'"
    [(entries,)] = made._database.execute(count)
    return Counter(kept | {"entries": entries})


async def test_a_refused_message_edited_again_and_again_has_one_effect(made):
    done = set()
    for command in COMMANDS:
        for line in examples(command):
            spoken = Spoken(made, *speaker(command))
            await spoken.says(f"{line.split()[0]}zzz")
            await spoken.edits(line)
            did = spoken.did
            done |= {command.key} if did else set()
            before, counted = made.dump(), sizes(made)
            for again in (line, line + LONG, line, "!zzz", line):
                said = await spoken.edits(again)
                assert "refused.failed" not in said.keys, (line, again)
                if did and not command.editable:
                    assert changed(before, made.dump()) == {}, (line, again, said)
            if did:
                assert sizes(made) == counted, line
    assert len(done) > len(COMMANDS) * 0.7, done


async def test_after_a_decision_the_same_edit_twice_makes_no_second_claim(made):
    spoken = Spoken(made, Kind.CONTRIBUTOR)
    await spoken.says("!contribution 2h semer 50 €")
    await made.say(Kind.STEWARD, Where.CIRCLE, "!décision C2 50 €")
    before = made.dump()
    for _ in range(2):
        assert (await spoken.edits("!contribution 2h semer 60 €")).keys == ("refused.decided",)
    assert changed(before, made.dump()) == {}


async def test_a_correction_that_slipped_and_one_that_is_right_correct_the_same_entry(made):
    spoken = Spoken(made, Kind.CONTRIBUTOR)
    await spoken.says("!contribution 2h semer 50 €")
    slipped = await spoken.edits("!contribution deux semer")
    assert slipped.keys == ("effort.not-understood",)
    assert (await spoken.edits("!contribution 3h semer 60 €")).keys == ("contribution.declared",)
    listed = await made.say(Kind.CONTRIBUTOR, Where.CIRCLE, "!contributions")
    assert (listed.text.count("'C2'"), "'C3'" in listed.text) == (1, False)


async def test_an_edit_of_an_edit_does_nothing_whatever_became_of_the_first(made):
    for first in ("!contributon 1h là", "!contribution 1h là", "bonjour"):
        spoken = Spoken(made, Kind.CONTRIBUTOR)
        await spoken.says(first)
        edit = Spoken(made, Kind.CONTRIBUTOR)
        common = made.common(Kind.CONTRIBUTOR, Where.CIRCLE)
        event = events.Message(**common, body="!contribution rien", edits=spoken.id)
        await made.happens(event)
        edit.id = event.id
        before = made.dump()
        for line in ("!contribution 9h refaire", "!action Encore", "!contribution 9h refaire"):
            assert (await edit.edits(line)).keys == ()
        assert changed(before, made.dump()) == {}


@pytest.mark.parametrize("first", ["!contribution 1h là", "!contributon 1h là", "!action Là"])
async def test_an_edit_of_a_deleted_message_does_nothing(made, first):
    spoken = Spoken(made, Kind.CONTRIBUTOR)
    await spoken.says(first)
    await spoken.deletes()
    before = made.dump()
    for line in ("!contribution 9h refaire", "!action Encore"):
        said = await spoken.edits(line)
        assert set(said.keys) <= {"refused.edit-deleted"}
        assert changed(before, made.dump()) == {}


async def test_a_mended_ballot_is_taken_back_with_its_message(made):
    spoken = Spoken(made, Kind.CONTRIBUTOR)
    await spoken.says("!bultin V2 pour")
    await spoken.edits("!bulletin V2 pour")
    await spoken.deletes()
    [(left,)] = made._database.execute("SELECT COUNT(*) FROM ballots WHERE withdrawn = 0")
    assert left == 1  # the objection that the town began with


async def test_an_edit_taken_back_is_told_to_have_stayed(made):
    spoken = Spoken(made, Kind.CONTRIBUTOR)
    await spoken.says("!contribution 1h tri 5 €")
    event = events.Message(
        **made.common(Kind.CONTRIBUTOR, Where.CIRCLE),
        body="!contribution 2h tri 5 €",
        edits=spoken.id,
    )
    await made.happens(event)
    before = made.dump()
    assert (await spoken.deletes(event.id)).keys == ("refused.edit-kept",)
    assert changed(before, made.dump()) == {}
    await spoken.deletes()
    assert (await spoken.deletes(event.id)).keys == ()


async def test_a_receipt_whose_caption_is_mended_is_kept(made):
    file = events.Attachment(name="a", mimetype="image/png", size=9, url="mxc://localhost/a")
    spoken = Spoken(made, Kind.CONTRIBUTOR)
    assert (await spoken.says("!frais pain", attachment=file)).keys != ("expense.declared",)
    said = await spoken.edits("!frais 12 € pain", attachment=file)
    assert said.keys == ("expense.declared",)
    assert made._database.execute("SELECT item FROM receipts").fetchall() == [(2,)]


async def test_edits_and_deletions_of_anything_that_happened_never_fail(made):
    """Of reactions, deletions, files, edits: whatever a hostile client may point at."""
    common = made.common(Kind.CONTRIBUTOR, Where.CIRCLE)
    file = events.Attachment(name="a", mimetype="text/plain", size=9, url="mxc://localhost/a")
    seen = [
        events.Reaction(**common, target=made.announced("A1"), key="🙋"),
        events.Message(
            **(common | {"id": "$file"}), body="", attachment=file, reply_to=made.announced("C1")
        ),
        events.Redaction(**(common | {"id": "$back"}), target=common["id"]),
    ]
    for event in seen:
        await made.happens(event)
    ids = [*(event.id for event in seen), *made.spoken(Kind.CONTRIBUTOR)]
    for target, line in product(ids, ("!action Encore", "bonjour")):
        said = await made.say(Kind.CONTRIBUTOR, Where.CIRCLE, line, edits=target)
        assert "refused.failed" not in said.keys, target
    for target in ids:
        common = made.common(Kind.CONTRIBUTOR, Where.CIRCLE)
        said = await made.happens(events.Redaction(**common, target=target))
        assert "refused.failed" not in said.keys, target
