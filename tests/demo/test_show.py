"""What the demonstration shows of a room, on a terminal as wide as a phone."""

import io

import pytest
from rich.console import Console

from bot.demo.feed import Feed, RoomEvent
from bot.demo.show import Show
from bot.demo.stage import DemoStage
from bot.demo.words import DemoWords

CIRCLE, DIRECT, COORDINATION = "!circle", "!direct", "!coordination"
WIDTH = 60
ANSWER = "<strong>A1</strong> — Portes ouvertes<br>Pour la prendre : <code>!prendre A1</code>"


@pytest.fixture
async def shown():
    """Shows messages of people; gives what the terminal then holds, line by line."""
    console = Console(file=io.StringIO(), width=WIDTH, highlight=False, markup=False)
    show = Show(console, DemoWords("fr"))
    feed = Feed(show.heard)
    show.curtain_up(
        DemoStage("http://127.0.0.1:1", "s", "@souci:l", {}, CIRCLE, COORDINATION, feed)
    )

    def hear(name, content, kind="m.room.message", room=CIRCLE):
        number = len(console.file.getvalue())
        feed.add(
            RoomEvent(room=room, id=f"${number}", sender=f"@{name}:l", type=kind, content=content)
        )
        return console.file.getvalue().splitlines()

    return hear


async def test_who_says_what_is_shown(shown):
    assert shown("bob", {"body": "!prendre A1"}) == ["bob     !prendre A1"]


async def test_the_bot_is_indented(shown):
    assert shown("souci", {"body": "A1", "formatted_body": ANSWER}) == [
        "      ▎ A1 — Portes ouvertes",
        "      ▎ Pour la prendre : !prendre A1",
    ]


async def test_a_long_message_is_folded_under_its_beginning(shown):
    lines = shown("alice", {"body": "mot " * 30})
    assert all(len(line) < WIDTH and line[:8] in {"alice   ", " " * 8} for line in lines)


async def test_an_amount_is_never_folded(shown):
    lines = shown("alice", {"body": f"{'x' * 47} 400\u00a0€"})
    assert lines[1].strip() == "400\u00a0€"


async def test_a_message_does_not_command_the_terminal(shown):
    assert "\x1b" not in shown("bob", {"body": "\x1b[2J\x1b]0;title\x07 coucou"})[0]


async def test_a_file_takes_one_line(shown):
    lines = shown(
        "souci", {"msgtype": "m.image", "filename": "budget.png", "body": "Le budget " * 20}
    )
    assert len(lines) == 1
    assert lines[0].startswith("      ▎ 🖼 budget.png — Le budget")


async def test_another_room_is_named(shown):
    assert shown("carole", {"body": "!cercles"}, room=COORDINATION) == [
        "carole  (coordination) !cercles"
    ]


async def test_a_reaction_says_on_what(shown):
    announced = {"body": "A1", "org.souci.reply": {"key": "action.added", "values": {"id": "A1"}}}
    shown("souci", announced)
    reaction = {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$0", "key": "🙋"}}
    assert shown("bob", reaction, kind="m.reaction")[-1] == "bob     🙋 sur A1"
