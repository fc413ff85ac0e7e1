"""Questions and messages of several lines, with a kill right where they are in the middle."""

import random
from collections import Counter
from collections.abc import Sequence

from tests.heard import Heard
from tests.matrix.member import Member
from tests.torture.absence import annotation
from tests.torture.recount import answered, history
from tests.torture.rounds import Fault
from tests.torture.world import World, insist, text

LINES = 4


async def killed_after_its_question(world: World, chance: random.Random) -> list[str]:
    """kill -9 between a question's put and its mark; it is answered when the bot comes back."""
    room, member = chance.choice(world.rooms), world.members[0]
    await _armed(world, "after-send:1")
    question = await member.asks(room, "!contributon 1h une question")
    await world.bot.ends_within(30.0)
    signed = chance.random() < 0.5
    if signed:
        await insist(member, room, annotation(question.id, "✅"), "m.reaction")
    else:
        await insist(member, room, _reply(question, "oui"))
    return await _counted(world, room, str(question.replies_to), 2 if signed else 1)


async def killed_between_two_questions(world: World, chance: random.Random) -> list[str]:
    """kill -9 once the first question is answered and before the second one is asked."""
    room, member = chance.choice(world.rooms), world.members[0]
    first = await member.asks(room, "!contribution")
    await _armed(world, "before-send:1")
    answer = await insist(member, room, _reply(first, "2h"))
    await world.bot.ends_within(30.0)
    await world.bot.start()
    second = await member.answer_to(answer)
    await insist(member, room, _reply(second, "deux questions"))
    return await _counted(world, room, str(first.replies_to), 1)


async def killed_between_two_lines(world: World, chance: random.Random) -> list[str]:
    """kill -9 when some lines of a message are done and others are not."""
    room, member = chance.choice(world.rooms), world.members[0]
    await _armed(world, f"before-commit:{chance.randint(2, LINES)}")
    lines = "\n".join(f"!contribution 1h ligne {number}" for number in range(LINES))
    said = await insist(member, room, text(lines))
    await world.bot.ends_within(30.0)
    await _settled(world, room, member)
    made = await world.books.rows("SELECT source FROM entries WHERE kind = 'declared' ORDER BY id")
    done = [row[0] for row in made if row[0].startswith(f"{said}~")]
    wrong = [f"{said} was done as {done}"] if done != _parts(said) else []
    return wrong + await _told(world, room, said, LINES)


async def _armed(world: World, point: str) -> None:
    await world.bot.stop()
    await world.bot.start(SOUCI_DIE_AT=point)


async def _counted(world: World, room: str, asked: str, answers: int) -> list[str]:
    """What is wrong with what came of a line that was asked about, and what was told of it."""
    await _settled(world, room, world.members[0])
    made = (await world.books.effects())[asked]
    wrong = [f"{asked} was done {made} times"] if made != 1 else []
    return wrong + await _told(world, room, asked, answers)


async def _settled(world: World, room: str, member: Member) -> None:
    """What is said after it in its room is handled after it."""
    if not world.bot.alive:
        await world.bot.start()
    await world.command(room, member)
    await world.settled()


async def _told(world: World, room: str, event: str, answers: int) -> list[str]:
    events = await history(world.home.url, world.watcher.token, room)
    told = Counter(answered(events, world.bot.access.user_id))[event]
    return [f"{event} was answered {told} times"] if told != answers else []


def _parts(event: str) -> Sequence[str]:
    return [f"{event}~{place}" for place in range(1, LINES + 1)]


def _reply(to: Heard, body: str) -> dict[str, object]:
    return text(body) | {"m.relates_to": {"m.in_reply_to": {"event_id": to.id}}}


QUESTIONS = (
    Fault("question answered, kill -9 before its mark", killed_after_its_question, 2, 10),
    Fault("kill -9 between two questions", killed_between_two_questions, 2, 10),
    Fault("kill -9 between two lines of a message", killed_between_two_lines, 2, 10),
)
