"""Keeps every picture and document the bot sent in the demo."""

from __future__ import annotations

import re
from pathlib import Path

import discord

from bot.demo.world import World


async def save_pictures(world: World, output: Path) -> list[Path]:
    """Write the attachments of all messages into `output`; returns the files, oldest first."""
    output.mkdir(parents=True, exist_ok=True)
    saved: list[Path] = []
    for name, message in _messages(world):
        for attachment in message.attachments:
            clean = re.sub(r"[^a-zA-Z0-9._-]+", "-", f"{len(saved) + 1:02}-{name}-{attachment.filename}")
            path = output / clean
            path.write_bytes(await attachment.read())
            saved.append(path)
    return saved


def _messages(world: World) -> list[tuple[str, discord.Message]]:
    found: list[tuple[str, discord.Message]] = []
    rooms = dict(world.guild.channels)
    rooms |= {f"dm-{name}": member.user.dm_channel for name, member in world.people.items()}
    for name, channel in rooms.items():
        found += [(name, message) for message in channel.history()]
    return sorted(found, key=lambda item: item[1].id)
