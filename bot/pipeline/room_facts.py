"""What the store knows of rooms, kept in step with them."""

from bot import events
from bot.pipeline.requests import OperatorSettings, instant_of
from commands.shared.vacancy import steward_came, steward_left
from storage.uow import SqlUnitOfWork


async def note_room(uow: SqlUnitOfWork, event: events.AnyEvent) -> None:
    """Write down what this event changed of its room, if anything."""
    match event:
        case events.RoomChanged():
            await uow.rooms.save(
                event.room,
                name=event.name,
                direct=event.direct and not await uow.rooms.is_circle(event.room),
                encrypted=event.encrypted,
                powers=event.powers,
                default_power=event.default_power,
                state_power=event.state_power,
            )
        case events.MemberChanged(joined=True):
            await uow.rooms.join(event.room, event.user, event.name, at=event.instant)
        case events.MemberChanged():
            await uow.rooms.leave(event.room, event.user)
        case events.RoomMoved():
            await uow.rooms.move(event.room, event.replacement)
        case _:
            pass


async def watch_stewards(
    uow: SqlUnitOfWork, event: events.AnyEvent, settings: OperatorSettings
) -> None:
    """Somebody came into a circle's room or left it: it may have got or lost its steward."""
    if not isinstance(event, events.MemberChanged):
        return
    at = instant_of(event, settings.rules)
    circle = await uow.circles.in_room(event.room, at.date())
    if circle is not None:
        await (steward_came if event.joined else steward_left)(uow, circle, at)
