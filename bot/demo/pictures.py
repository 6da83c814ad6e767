"""Keeps every picture and document the bot sent in the demo, those that only one person sees among them."""

from __future__ import annotations

import re
from pathlib import Path

import discord
from simcord.backend.access import can_access_channel

from bot.demo.world import World


async def save_pictures(world: World, output: Path) -> list[Path]:
    """Write the attachments of all messages into `output`; returns the files, oldest first."""
    output.mkdir(parents=True, exist_ok=True)
    saved: list[Path] = []
    for message in _messages(world):
        for attachment in message.attachments:
            clean = re.sub(r"[^a-zA-Z0-9._-]+", "-", f"{len(saved) + 1:02}-{attachment.filename}")
            path = output / clean
            path.write_bytes(await attachment.read())
            saved.append(path)
    return saved


def _messages(world: World) -> list[discord.Message]:
    found: dict[int, discord.Message] = {}
    for member in [*world.people.values(), world.owner]:
        for channel in world.guild.channels.values():
            if can_access_channel(world.env, channel.id, member, history=True):
                found |= {message.id: message for message in channel.history(viewer=member)}
        found |= {message.id: message for message in member.user.dm_channel.history()}
    return [found[key] for key in sorted(found)]
