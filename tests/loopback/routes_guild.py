"""REST of the application, its commands, the guild, its roles, members and channels."""

from typing import Any

from tests.loopback.rest import Call, route
from tests.loopback.wire import DM, TEXT, THREADS, DiscordError, Json, unknown

CHANNEL_FIELDS = ("name", "topic", "nsfw", "position", "parent_id", "rate_limit_per_user", "permission_overwrites")
THREAD_STATE = ("archived", "locked", "invitable", "auto_archive_duration")
ROLE_FIELDS = ("name", "hoist", "mentionable", "color", "colors")


@route("GET", "/gateway")
def gateway_address(call: Call) -> Json:
    return {"url": "wss://gateway.discord.gg"}


@route("GET", "/gateway/bot")
def gateway_limits(call: Call) -> Json:
    limit = {"total": 1000, "remaining": 1000, "reset_after": 14_400_000, "max_concurrency": 1}
    return {"url": "wss://gateway.discord.gg", "shards": 1, "session_start_limit": limit}


@route("GET", "/users/@me")
def own_user(call: Call) -> Json:
    return call.world.users[call.world.application_id]


@route("GET", "/users/{user}")
def user(call: Call) -> Json:
    return call.world.user(call.id("user"))


@route("POST", "/users/@me/channels")
def open_dm(call: Call) -> Json:
    user_id = int(call.body["recipient_id"])
    call.world.user(user_id)
    return call.world.dm_channel(user_id)


@route("GET", "/applications/@me", "/oauth2/applications/@me")
def application(call: Call) -> Json:
    world = call.world
    return {
        "id": str(world.application_id),
        "name": world.users[world.application_id]["username"],
        "icon": None,
        "description": "",
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "team": None,
        "owner": world.users[world.owner_id],
        "approximate_guild_count": 1,
    }


@route("GET", "/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands")
def commands(call: Call) -> list[Json]:
    return call.world.commands.get(_scope(call), [])


@route("PUT", "/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands")
def replace_commands(call: Call) -> list[Json]:
    world, scope = call.world, _scope(call)
    former = {(c["name"], c["type"]): c["id"] for c in world.commands.get(scope, [])}
    world.commands[scope] = [
        {
            "options": [],
            "nsfw": False,
            **command,
            "id": former.get((command["name"], command.get("type", 1)), str(world.new_id())),
            "type": command.get("type", 1),
            "application_id": str(world.application_id),
            "version": str(world.new_id()),
            "default_member_permissions": _text_or_none(command.get("default_member_permissions")),
            **({"guild_id": str(scope)} if scope else {}),
        }
        for command in call.request.json or []
    ]
    world.touch()
    return world.commands[scope]


def _scope(call: Call) -> int | None:
    if "guild" not in call.match:
        return None
    call.check_guild()
    return call.world.guild_id


def _text_or_none(value: Any) -> str | None:
    return None if value is None else str(value)


@route("GET", "/guilds/{guild}")
def guild(call: Call) -> Json:
    call.check_guild()
    count = len(call.world.members)
    counts = {"approximate_member_count": count, "approximate_presence_count": count}
    return {**call.world.guild(), **(counts if call.request.params.get("with_counts") else {})}


@route("GET", "/users/@me/guilds")
def own_guilds(call: Call) -> list[Json]:
    world = call.world
    permissions = str(world.permissions(world.application_id, world.general))
    return [{**world.guild(), "owner": False, "permissions": permissions}]


@route("GET", "/guilds/{guild}/roles")
def roles(call: Call) -> list[Json]:
    call.check_guild()
    return list(call.world.roles.values())


@route("POST", "/guilds/{guild}/roles")
def create_role(call: Call) -> Json:
    call.check_guild()
    role = call.world.add_role(call.body.get("name") or "new role")
    return _change_role(call, role)


@route("PATCH", "/guilds/{guild}/roles/{role}")
def edit_role(call: Call) -> Json:
    return _change_role(call, _role(call))


@route("DELETE", "/guilds/{guild}/roles/{role}")
def delete_role(call: Call) -> None:
    role = _role(call)
    del call.world.roles[int(role["id"])]
    for member in call.world.members.values():
        member["roles"] = [held for held in member["roles"] if held != role["id"]]
    call.world.emit("GUILD_ROLE_DELETE", {"guild_id": str(call.world.guild_id), "role_id": role["id"]})


@route("PATCH", "/guilds/{guild}/roles")
def move_roles(call: Call) -> list[Json]:
    call.check_guild()
    for entry in call.request.json or []:
        role = call.world.roles[int(entry["id"])]
        role["position"] = entry["position"]
        call.world.emit("GUILD_ROLE_UPDATE", {"guild_id": str(call.world.guild_id), "role": role})
    return list(call.world.roles.values())


def _role(call: Call) -> Json:
    call.check_guild()
    role = call.world.roles.get(call.id("role"))
    if role is None:
        raise unknown("Role", 10011)
    return role


def _change_role(call: Call, role: Json) -> Json:
    role.update({key: call.body[key] for key in ROLE_FIELDS if key in call.body})
    if call.body.get("permissions") is not None:
        role["permissions"] = str(call.body["permissions"])
    call.world.emit("GUILD_ROLE_UPDATE", {"guild_id": str(call.world.guild_id), "role": role})
    return role


@route("GET", "/guilds/{guild}/members")
def members(call: Call) -> list[Json]:
    call.check_guild()
    after, limit = int(call.request.params.get("after", 0)), int(call.request.params.get("limit", 1))
    found = sorted((i, m) for i, m in call.world.members.items() if i > after)
    return [member for _, member in found[:limit]]


@route("GET", "/guilds/{guild}/members/{user}")
def member(call: Call) -> Json:
    call.check_guild()
    return call.world.member(call.id("user"))


@route("PATCH", "/guilds/{guild}/members/{user}")
def edit_member(call: Call) -> Json:
    call.check_guild()
    member = call.world.member(call.id("user"))
    if "roles" in call.body:
        member["roles"] = [str(role) for role in call.body["roles"] or []]
    member.update({key: call.body[key] for key in ("nick", "communication_disabled_until") if key in call.body})
    return call.world.member_changed(call.id("user"))


@route("PUT", "/guilds/{guild}/members/{user}/roles/{role}")
def give_role(call: Call) -> None:
    role, member = _role(call), call.world.member(call.id("user"))
    if role["id"] not in member["roles"]:
        member["roles"].append(role["id"])
        call.world.member_changed(call.id("user"))


@route("DELETE", "/guilds/{guild}/members/{user}/roles/{role}")
def take_role(call: Call) -> None:
    role, member = _role(call), call.world.member(call.id("user"))
    if role["id"] in member["roles"]:
        member["roles"].remove(role["id"])
        call.world.member_changed(call.id("user"))


@route("GET", "/guilds/{guild}/channels")
def channels(call: Call) -> list[Json]:
    call.check_guild()
    return call.world.guild_channels()


@route("POST", "/guilds/{guild}/channels")
def create_channel(call: Call) -> Json:
    call.check_guild()
    kind, name = call.body.get("type") or TEXT, call.body["name"]
    channel = call.world.add_channel(_text_channel_name(name) if kind == TEXT else name, kind)
    return _change_channel(call, channel)


@route("PATCH", "/guilds/{guild}/channels")
def move_channels(call: Call) -> None:
    call.check_guild()
    for entry in call.request.json or []:
        channel = call.world.channel(int(entry["id"]))
        channel.update({key: entry[key] for key in ("position", "parent_id") if key in entry})
        call.world.emit("CHANNEL_UPDATE", channel)


@route("GET", "/channels/{channel}")
def channel(call: Call) -> Json:
    return call.world.channel(call.id("channel"))


@route("PATCH", "/channels/{channel}")
def edit_channel(call: Call) -> Json:
    return _change_channel(call, call.world.channel(call.id("channel")))


@route("DELETE", "/channels/{channel}")
def delete_channel(call: Call) -> Json:
    channel = call.world.channel(call.id("channel"))
    if channel["type"] != DM:
        call.world.remove_channel(call.id("channel"))
    return channel


@route("PUT", "/channels/{channel}/permissions/{target}")
def set_overwrite(call: Call) -> None:
    channel = call.world.channel(call.id("channel"))
    others = [o for o in channel["permission_overwrites"] if o["id"] != call.match["target"]]
    _change_channel(call, channel, overwrites=[*others, {"id": call.match["target"], **call.body}])


@route("DELETE", "/channels/{channel}/permissions/{target}")
def delete_overwrite(call: Call) -> None:
    channel = call.world.channel(call.id("channel"))
    others = [o for o in channel["permission_overwrites"] if o["id"] != call.match["target"]]
    _change_channel(call, channel, overwrites=others)


def _change_channel(call: Call, channel: Json, *, overwrites: list[Json] | None = None) -> Json:
    if channel["type"] == DM:
        raise DiscordError(403, 50024, "Cannot execute action on this channel type")
    body = call.body if overwrites is None else {"permission_overwrites": overwrites}
    if channel["type"] in THREADS:
        if channel["thread_metadata"]["archived"] and "archived" not in body:
            raise DiscordError(400, 50083, "Thread is archived")
        channel["thread_metadata"].update({key: body[key] for key in THREAD_STATE if key in body})
        channel.update({key: body[key] for key in ("name", "rate_limit_per_user") if key in body})
        call.world.emit("THREAD_UPDATE", channel)
        return channel
    channel.update({key: body[key] for key in CHANNEL_FIELDS if key in body})
    channel["parent_id"] = _text_or_none(channel["parent_id"])
    channel["permission_overwrites"] = [_overwrite(given) for given in channel["permission_overwrites"] or []]
    if channel["type"] == TEXT:
        channel["name"] = _text_channel_name(channel["name"])
    call.world.emit("CHANNEL_UPDATE", channel)
    return channel


def _text_channel_name(name: str) -> str:
    """Discord writes the names of text channels small and with hyphens."""
    return name.lower().replace(" ", "-")


def _overwrite(given: Json) -> Json:
    allow, deny = str(given.get("allow") or 0), str(given.get("deny") or 0)
    return {"id": str(given["id"]), "type": int(given.get("type") or 0), "allow": allow, "deny": deny}
