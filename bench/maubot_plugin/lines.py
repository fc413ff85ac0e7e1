"""What souci is compared with: a maubot plugin that keeps a line in its database and answers."""

from maubot import MessageEvent, Plugin
from maubot.handlers import command
from mautrix.types import MessageType, TextMessageEventContent
from mautrix.util.async_db import Connection, UpgradeTable

upgrades = UpgradeTable()


@upgrades.register(description="Lines and who wrote them")
async def first(database: Connection) -> None:
    await database.execute(
        "CREATE TABLE line (id INTEGER PRIMARY KEY, room TEXT, sender TEXT, at BIGINT, words TEXT)"
    )


class Lines(Plugin):
    """`!contribution …`: kept, numbered, answered."""

    @command.new("contribution")
    @command.argument("words", pass_raw=True)
    async def keep(self, event: MessageEvent, words: str) -> None:
        number = await self.database.fetchval(
            "INSERT INTO line (room, sender, at, words) VALUES ($1, $2, $3, $4) RETURNING id",
            event.room_id,
            event.sender,
            event.timestamp,
            words,
        )
        text = f"C{number} · {event.sender} · {words}"
        await event.reply(TextMessageEventContent(msgtype=MessageType.NOTICE, body=text))

    @classmethod
    def get_db_upgrade_table(cls) -> UpgradeTable:
        return upgrades
