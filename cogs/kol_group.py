"""The /kol group. Its commands live in several files; `cogs/kol.py` puts them together into one cog.

Each file has a class of its own that decorates its commands with `@kol.command(...)`, and KolCog inherits from them
all: discord.py then binds every command of the group to that cog.
"""

from __future__ import annotations

import discord
from discord import app_commands

kol = app_commands.Group(
    name="kol",
    description="Database KOL: cari kreator, lihat profilnya, impor dan ekspor lembar",
    default_permissions=discord.Permissions(manage_events=True),
)
