"""New users, roles, members, channels and threads in the shape Discord sends them."""

from typing import Any

from tests.loopback.wire import DM, Json, now_iso


def new_user(user_id: int, name: str, *, bot: bool) -> Json:
    """A user object."""
    return {
        "id": str(user_id),
        "username": name.lower().replace(" ", "_"),
        "global_name": None if bot else name,
        "discriminator": "0000" if bot else "0",
        "avatar": None,
        "bot": bot,
        "system": False,
        "public_flags": 0,
    }


def new_role(role_id: int, name: str, permissions: int, *, position: int, bot_id: int | None = None) -> Json:
    """A role object; with `bot_id` the managed role that belongs to a bot."""
    return {
        "id": str(role_id),
        "name": name,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": bot_id is not None,
        "mentionable": False,
        "flags": 0,
        "icon": None,
        "unicode_emoji": None,
        **({"tags": {"bot_id": str(bot_id)}} if bot_id else {}),
    }


def new_member(user: Json, role_ids: list[int]) -> Json:
    """A guild member object of someone who joins now."""
    return {
        "user": user,
        "roles": [str(role) for role in role_ids],
        "nick": None,
        "avatar": None,
        "joined_at": now_iso(),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }


def new_channel(channel_id: int, guild_id: int, name: str, kind: int, *, position: int) -> Json:
    """A text channel or category object."""
    return {
        "id": str(channel_id),
        "type": kind,
        "guild_id": str(guild_id),
        "name": name,
        "position": position,
        "permission_overwrites": [],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
    }


def new_dm(channel_id: int, recipient: Json) -> Json:
    """A direct channel between the bot and someone."""
    return {"id": str(channel_id), "type": DM, "flags": 0, "last_message_id": None, "recipients": [recipient]}


def new_thread(thread_id: int, parent: Json, name: str, kind: int, owner_id: int, options: dict[str, Any]) -> Json:
    """A thread object; `options` are the further fields of the request that opens it."""
    created = now_iso()
    return {
        "id": str(thread_id),
        "type": kind,
        "guild_id": parent["guild_id"],
        "name": name,
        "parent_id": parent["id"],
        "owner_id": str(owner_id),
        "last_message_id": None,
        "rate_limit_per_user": options.get("rate_limit_per_user") or 0,
        "message_count": 0,
        "member_count": 0,
        "total_message_sent": 0,
        "flags": 0,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": options.get("auto_archive_duration") or 1440,
            "archive_timestamp": created,
            "create_timestamp": created,
            "locked": False,
            "invitable": options.get("invitable", True),
        },
    }
