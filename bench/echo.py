"""The measure of all others: a bare echo on matrix-nio, with no database and nothing to decide.

`python -m bench.echo HOMESERVER USER DEVICE TOKEN [STORE]`; with a folder for its keys it speaks
in encrypted rooms too. It awaits each callback in turn, as nio does.
"""

import asyncio
import sys

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, MatrixRoom, RoomMessageText


async def main(url: str, user: str, device: str, token: str, store: str = "") -> None:
    config = AsyncClientConfig(encryption_enabled=bool(store), pickle_key="bench")
    client = AsyncClient(url, user, store_path=store, config=config)
    client.restore_login(user, device, token)

    async def join(room: MatrixRoom, _event: InviteMemberEvent) -> None:
        await client.join(room.room_id)

    async def echo(room: MatrixRoom, event: RoomMessageText) -> None:
        if event.sender != user:
            relation = {"m.in_reply_to": {"event_id": event.event_id}}
            content = {"msgtype": "m.notice", "body": event.body, "m.relates_to": relation}
            await client.room_send(
                room.room_id, "m.room.message", content, ignore_unverified_devices=True
            )

    client.add_event_callback(join, InviteMemberEvent)
    client.add_event_callback(echo, RoomMessageText)
    print("ready", flush=True)
    await client.sync_forever(timeout=30_000, full_state=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
