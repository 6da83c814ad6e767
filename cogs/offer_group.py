"""The /tawaran group. Its commands live in two files; `cogs/offers.py` puts them together (see kol_group)."""

from __future__ import annotations

from discord import app_commands

tawaran = app_commands.Group(name="tawaran", description="Tawaran kerja sama: lihat, jawab, dan kelola")
