"""REST of messages, threads, interaction answers and follow-ups."""

from typing import Any

from tests.loopback.rest import Call, route
from tests.loopback.wire import PRIVATE_THREAD, DiscordError, Json, unknown


@route("POST", "/channels/{channel}/messages")
def create_message(call: Call) -> Json:
    channel = call.world.channel(call.id("channel"))
    call.world.refuse_closed_dm(channel)
    if channel.get("thread_metadata", {}).get("locked") and channel["thread_metadata"]["archived"]:
        raise DiscordError(400, 50083, "Thread is archived")
    return call.discord.messages.create(channel, call.world.application_id, call.body, call.files)


@route("GET", "/channels/{channel}/messages")
def list_messages(call: Call) -> list[Json]:
    call.world.channel(call.id("channel"))
    return list(map(call.discord.gateway.as_read, call.discord.messages.page(call.id("channel"), call.request.params)))


@route("POST", "/channels/{channel}/messages/bulk-delete")
def bulk_delete(call: Call) -> None:
    for message_id in call.body["messages"]:
        call.discord.messages.delete(int(message_id))


@route("GET", "/channels/{channel}/messages/pins")
def pins(call: Call) -> Json:
    pinned = [m for m in call.discord.messages.in_channel(call.id("channel")) if m["pinned"]]
    return {"items": [{"pinned_at": m["timestamp"], "message": m} for m in pinned], "has_more": False}


@route("PUT", "/channels/{channel}/messages/pins/{message}")
def pin(call: Call) -> None:
    call.discord.messages.edit(_message_id(call), {}, pinned=True)


@route("DELETE", "/channels/{channel}/messages/pins/{message}")
def unpin(call: Call) -> None:
    call.discord.messages.edit(_message_id(call), {}, pinned=False)


@route("GET", "/channels/{channel}/messages/{message}")
def get_message(call: Call) -> Json:
    return call.discord.messages.get(call.id("message"), call.id("channel"))


@route("PATCH", "/channels/{channel}/messages/{message}")
def edit_message(call: Call) -> Json:
    _refuse_archived(call)
    return call.discord.messages.edit(_message_id(call), call.body, call.files)


@route("DELETE", "/channels/{channel}/messages/{message}")
def delete_message(call: Call) -> None:
    call.discord.messages.delete(_message_id(call))


@route("POST", "/channels/{channel}/typing")
def typing(call: Call) -> None:
    call.world.channel(call.id("channel"))


def _message_id(call: Call) -> int:
    return int(call.discord.messages.get(call.id("message"), call.id("channel"))["id"])


@route("POST", "/channels/{channel}/threads", "/channels/{channel}/messages/{message}/threads")
def create_thread(call: Call) -> Json:
    body: dict[str, Any] = dict(call.body)
    parent = call.world.channel(call.id("channel"))
    kind = body.pop("type", None) or PRIVATE_THREAD
    if "message" in call.match:
        kind, body["id"] = 11, _message_id(call)
    if len(call.world.threads()) >= call.world.most_active_threads:
        raise DiscordError(400, 160006, "Maximum number of active threads reached")
    return call.world.add_thread(parent, body.pop("name"), call.world.application_id, kind, **body)


@route("GET", "/channels/{channel}/thread-members")
def thread_members(call: Call) -> list[Json]:
    return list(_thread(call).values())


@route("GET", "/channels/{channel}/thread-members/{user}")
def thread_member(call: Call) -> Json:
    members = _thread(call)
    if call.id("user") not in members:
        raise unknown("Member", 10007)
    return members[call.id("user")]


@route("PUT", "/channels/{channel}/thread-members/{user}")
def add_thread_member(call: Call) -> None:
    _thread(call)
    _refuse_archived(call)
    call.world.member(call.id("user"))
    call.world.join_thread(call.id("channel"), call.id("user"))


@route("DELETE", "/channels/{channel}/thread-members/{user}")
def remove_thread_member(call: Call) -> None:
    _thread(call)
    _refuse_archived(call)
    call.world.leave_thread(call.id("channel"), call.id("user"))


def _refuse_archived(call: Call) -> None:
    if call.world.channel(call.id("channel")).get("thread_metadata", {}).get("archived"):
        raise DiscordError(400, 50083, "Thread is archived")


def _thread(call: Call) -> dict[int, Json]:
    call.world.channel(call.id("channel"))
    if call.id("channel") not in call.world.thread_members:
        raise DiscordError(400, 50024, "Cannot execute action on this channel type")
    return call.world.thread_members[call.id("channel")]


@route("GET", "/guilds/{guild}/threads/active")
def active_threads(call: Call) -> Json:
    call.check_guild()
    return _thread_list(call, call.world.threads())


@route("GET", "/channels/{channel}/threads/archived/private", "/channels/{channel}/threads/archived/public")
def archived_threads(call: Call) -> Json:
    private = call.request.path.endswith("private")
    below = [t for t in call.world.threads(archived=True) if int(t["parent_id"]) == call.id("channel")]
    found = [t for t in below if (t["type"] == PRIVATE_THREAD) is private]
    return {**_thread_list(call, found), "has_more": False}


def _thread_list(call: Call, threads: list[Json]) -> Json:
    memberships = [call.world.thread_members[int(t["id"])].get(call.world.application_id) for t in threads]
    return {"threads": threads, "members": [entry for entry in memberships if entry]}


@route("POST", "/interactions/{interaction}/{token}/callback")
def answer_interaction(call: Call) -> Json | None:
    result = call.discord.interactions.callback(
        call.id("interaction"), call.match["token"], call.body, call.files, call.request.arrived
    )
    return result if call.request.params.get("with_response") in ("1", "true") else None


@route("POST", "/webhooks/{app}/{token}")
def follow_up(call: Call) -> Json:
    return call.discord.interactions.follow_up(call.match["token"], call.body, call.files)


@route("GET", "/webhooks/{app}/{token}/messages/{which}")
def get_follow_up(call: Call) -> Json:
    return call.discord.messages.get(call.discord.interactions.message_of(call.match["token"], call.match["which"]))


@route("PATCH", "/webhooks/{app}/{token}/messages/{which}")
def edit_follow_up(call: Call) -> Json:
    return call.discord.interactions.edit(call.match["token"], call.match["which"], call.body, call.files)


@route("DELETE", "/webhooks/{app}/{token}/messages/{which}")
def delete_follow_up(call: Call) -> None:
    message_id = call.discord.interactions.message_of(call.match["token"], call.match["which"])
    call.discord.messages.delete(message_id)
