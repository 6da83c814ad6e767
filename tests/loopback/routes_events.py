"""REST of the guild's own list of events."""

from tests.loopback.rest import Call, route
from tests.loopback.wire import Json, unknown

FIELDS = (
    "name",
    "description",
    "scheduled_start_time",
    "scheduled_end_time",
    "privacy_level",
    "entity_type",
    "entity_metadata",
    "status",
)


@route("GET", "/guilds/{guild}/scheduled-events")
def scheduled_events(call: Call) -> list[Json]:
    call.check_guild()
    return list(call.world.scheduled_events.values())


@route("POST", "/guilds/{guild}/scheduled-events")
def create_scheduled_event(call: Call) -> Json:
    call.check_guild()
    world = call.world
    event_id = world.new_id()
    world.scheduled_events[event_id] = {
        "id": str(event_id),
        "guild_id": str(world.guild_id),
        "channel_id": None,
        "entity_id": None,
        "creator_id": str(world.application_id),
        "creator": world.users[world.application_id],
        "description": None,
        "status": 1,
        "image": None,
        "recurrence_rule": None,
        **{field: call.body[field] for field in FIELDS if field in call.body},
    }
    return world.scheduled_events[event_id]


@route("PATCH", "/guilds/{guild}/scheduled-events/{event}")
def change_scheduled_event(call: Call) -> Json:
    call.check_guild()
    event = call.world.scheduled_events.get(call.id("event"))
    if event is None:
        raise unknown("Guild Scheduled Event", 10070)
    event.update({field: call.body[field] for field in FIELDS if field in call.body})
    return event
