"""Three hundred people, called like all that the program is made of, are forgotten one by one."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot import events
from bot.console.console import user_id
from storage.soundness import Damage, undecodable
from storage.tables import metadata
from storage.tables.kinds import stored_table
from tests.chat.scene import Scene, scene
from tests.security.names import names
from tests.security.test_erasure_attacked import CIRCLES, WORK
from tests.store.personal_columns import KEPT

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANY = 300
MINUTE = timedelta(minutes=1)
COUNTED = frozenset({"balances", "numbers"})
"""What sums up what everybody did; nobody's rows."""

KNOWN = frozenset({"alice", "bob", "carole", "souci", "console"})
Rows = dict[str, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody by their account, with the words of theirs that nobody else has."""

    local: str
    word: str
    proper: str
    secret: str


@dataclass(slots=True)
class Story:
    """What was there before they came, what they were told, what is there after they went."""

    scene: Scene
    guests: list[Guest]
    before: Rows
    worked: list[str]
    keys: dict[str, str] = field(default_factory=dict)
    spared: dict[str, set[str]] = field(default_factory=dict)
    after: Rows = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)


def guest(number: int, word: str) -> Guest:
    fits = re.fullmatch(r"[a-z0-9._=-]+", word) and word not in KNOWN
    letters = "".join("ABCDEFGHIJ"[int(digit)].lower() for digit in f"{number:03}")
    local = word if fits else f"zz{number}"
    return Guest(local, word, f"Zoé Xq{letters}", f"secret{number}x")


async def rows(played: Scene) -> Rows:
    async with played.engine.connect() as connection:
        return {
            table.name: [
                dict(row)
                for row in (await connection.execute(select(stored_table(table)))).mappings()
            ]
            for table in metadata.sorted_tables
        }


async def arrive(played: Scene, one: Guest) -> None:
    """They come, are called in two ways, declare something, and are called by their word again."""
    room = await played.console._enter(one.local, "circle")
    for called in (one.proper, one.word):
        common = played.console._common(one.local, room)
        named = events.MemberChanged(**common, user=user_id(one.local), joined=True, name=called)
        await played.console._handle(named)
    said = events.Message(
        **played.console._common(one.local, room), body=f"!contribution 1h {one.secret} 1 €"
    )
    await played.console._handle(said)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def story() -> AsyncIterator[Story]:
    async with scene(*CIRCLES) as played:
        told = Story(
            scene=played,
            guests=[guest(number, word) for number, word in enumerate(names(MANY))],
            before=await rows(played),
            worked=await played.keys(*(f"alice> !{word}" for word in WORK)),
        )
        await _live(played, told)
        yield told


async def _live(played: Scene, told: Story) -> None:
    played.console.now += MINUTE
    for one in told.guests:
        await arrive(played, one)
    played.console.now += MINUTE
    for one in told.guests[::20]:
        await played.play(f"alice> !action Avec {one.proper} ou {user_id(one.local)}")
    told.keys = {str(row["matrix_id"]): str(row["person"]) for row in await profiles(played)}
    for one in told.guests:
        heard = await played.play(f"{one.local} (dm)> !effacer-moi confirmer")
        assert heard[-1].key == "privacy.erased", (one, heard[-1].text)
        told.spared[one.local] = {item["name"] for item in heard[-1].values["spared"]}
    told.after = await rows(played)
    async with played.engine.connect() as connection:
        told.damages = await undecodable(connection)


async def profiles(played: Scene) -> list[dict[str, object]]:
    return (await rows(played))["profiles"]


async def test_every_row_that_was_there_is_the_same_byte_for_byte(story: Story) -> None:
    changed = {
        name: [row for row in found if row not in story.after[name]]
        for name, found in story.before.items()
        if name not in COUNTED
    }
    assert {name: found for name, found in changed.items() if found} == {}


async def test_every_row_decodes(story: Story) -> None:
    assert story.damages == []


async def test_no_account_no_words_and_no_name_of_theirs_is_found(story: Story) -> None:
    told = str(story.after)
    own = [
        words
        for one in story.guests
        for words in (user_id(one.local), one.proper, one.secret)
        if words in told
    ]
    assert own == []


async def test_their_keys_stand_only_where_that_is_said(story: Story) -> None:
    gone = {story.keys[user_id(one.local)] for one in story.guests}
    where = {
        f"{table}.{column}"
        for table, found in story.after.items()
        for row in found
        for column, value in row.items()
        if any(key in gone for key in re.findall(r"[0-9a-f]{32}", str(value)))
    }
    assert where - set(KEPT) == {"people.key"}


async def test_what_stays_as_it_may_be_any_word_is_told(story: Story) -> None:
    expected = {
        "Affiches": {"Affiches"}, "bleu": {"bleu"}, "Fête Nationale": {"Fête Nationale"},
        "nationale": {"nationale"}, "null": set(), "2 h": set(),
    }  # fmt: skip
    told = {one.word: story.spared[one.local] for one in story.guests if one.word in expected}
    assert told == expected


async def test_titles_that_named_them_stand_without_them(story: Story) -> None:
    titles = [str(row["title"]) for row in story.after["actions"] if "Avec " in str(row["title"])]
    assert len(titles) == len(story.guests[::20])
    assert [one for one in titles if not re.fullmatch(r"Avec ([0-9a-f]{6})( ou \1)?", one)] == []


async def test_every_command_works_afterwards(story: Story) -> None:
    heard = await story.scene.play(*(f"alice> !{word}" for word in WORK))
    assert [one.key for one in heard] == story.worked
