"""The /kuis group. Its commands live in several files; `cogs/quiz_admin.py` puts them together into one cog."""

from __future__ import annotations

import discord
from discord import app_commands

kuis = app_commands.Group(
    name="kuis",
    description="Buat dan kelola kuis (Tim KOL)",
    default_permissions=discord.Permissions(manage_events=True),
)
