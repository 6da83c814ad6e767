"""A throw-away bot that does once each thing the real one does, so that the loopback can be tested without it.

With an argument it keeps each press in that SQLite file before it answers.
"""

import asyncio
import io
import re
import sqlite3
import sys
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from tests.loopback.run_bot import client_kwargs, run


class CountButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"tsc:echo:count:(?P<id>\d+)"):
    """A button that outlives the process."""

    def __init__(self, number: int) -> None:
        super().__init__(discord.ui.Button(label=f"Hitung {number}", custom_id=f"tsc:echo:count:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        assert isinstance(interaction.client, EchoBot)
        interaction.client.remember(interaction.id, interaction.user.id)
        await interaction.response.send_message(f"Tercatat: {interaction.user.display_name}", ephemeral=True)


class EchoForm(discord.ui.Modal, title="Formulir"):
    """Every kind of field the real bot uses."""

    name = discord.ui.Label(text="Nama", component=discord.ui.TextInput(custom_id="nama", max_length=50))
    niche = discord.ui.Label(
        text="Niche",
        component=discord.ui.Select(
            custom_id="niche", max_values=2, options=[discord.SelectOption(label=n) for n in ("Makanan", "Mode", "Gim")]
        ),
    )
    proof = discord.ui.Label(text="Bukti", component=discord.ui.FileUpload(custom_id="bukti", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        name, niche, proof = self.name.component, self.niche.component, self.proof.component
        assert isinstance(name, discord.ui.TextInput)
        assert isinstance(niche, discord.ui.Select)
        assert isinstance(proof, discord.ui.FileUpload)
        sizes = [len(await file.read()) for file in proof.values]
        await interaction.followup.send(f"{name.value} | {', '.join(niche.values)} | {sizes}")


class Panel(discord.ui.View):
    """Components that stay: a button for the form, a select menu, a counting button."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(CountButton(7))

    @discord.ui.button(label="Isi", custom_id="tsc:echo:form")
    async def open_form(self, interaction: discord.Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.send_modal(EchoForm(custom_id="tsc:echo:form-answer"))

    @discord.ui.button(label="Ubah", custom_id="tsc:echo:edit")
    async def edit(self, interaction: discord.Interaction, button: discord.ui.Button[Self]) -> None:
        button.disabled = True
        await interaction.response.edit_message(content="Sudah diubah", view=self)

    @discord.ui.button(label="Nanti", custom_id="tsc:echo:later")
    async def later(self, interaction: discord.Interaction, _: discord.ui.Button[Self]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Akhirnya")

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="tsc:echo:who", placeholder="Siapa?")
    async def who(self, interaction: discord.Interaction, select: discord.ui.UserSelect[Self]) -> None:
        await interaction.response.send_message(f"Memilih {select.values[0].display_name}", ephemeral=True)


class EchoBot(commands.Bot):
    """The bot itself."""

    def __init__(self, database: str | None = None, **client_options: Any) -> None:
        intents = discord.Intents.default()
        intents.members = True
        intents.message_content = True
        super().__init__("!", intents=intents, allowed_mentions=discord.AllowedMentions.none(), **client_options)
        self.database = sqlite3.connect(database) if database else None
        if self.database:
            self.database.execute("CREATE TABLE IF NOT EXISTS presses (interaction INTEGER PRIMARY KEY, user INTEGER)")

    def remember(self, interaction_id: int, user_id: int) -> None:
        """Keep a press before it is answered."""
        if self.database:
            with self.database:
                self.database.execute("INSERT INTO presses VALUES (?, ?)", (interaction_id, user_id))

    async def setup_hook(self) -> None:
        self.add_dynamic_items(CountButton)
        self.add_view(Panel())
        add_commands(self)
        await self.tree.sync()

    async def on_member_join(self, member: discord.Member) -> None:
        buttons = discord.ui.View(timeout=None).add_item(CountButton(9))
        await member.send(f"Selamat datang, {member.display_name}!", view=buttons, nonce=member.id)


def add_commands(bot: EchoBot) -> None:
    """Register the slash commands."""
    group = app_commands.Group(name="gema", description="Mengulang", guild_only=True)

    @group.command(name="teks", description="Mengulang teks")
    @app_commands.describe(teks="Yang diulang", kali="Berapa kali", siapa="Untuk siapa")
    async def text(
        interaction: discord.Interaction,
        teks: str,
        kali: app_commands.Range[int, 1, 5] = 1,
        siapa: discord.Member | None = None,
    ) -> None:
        greeting = f"{siapa.mention}: " if siapa else ""
        await interaction.response.send_message(greeting + teks * kali, ephemeral=True)

    @text.autocomplete("teks")
    async def suggest(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        words = ("apel", "anggur", "belimbing")
        return [app_commands.Choice(name=word, value=word) for word in words if word.startswith(typed)]

    @group.command(name="panel", description="Memasang panel")
    async def panel(interaction: discord.Interaction) -> None:
        embed = discord.Embed(title="Panel", description="Pilih di bawah").set_image(url="attachment://gambar.png")
        file = discord.File(io.BytesIO(b"\x89PNG" + bytes(2000)), "gambar.png", description="Gambar contoh")
        await interaction.response.send_message(embed=embed, file=file, view=Panel())

    @group.command(name="utas", description="Membuat utas")
    async def thread(interaction: discord.Interaction) -> None:
        assert isinstance(interaction.channel, discord.TextChannel)
        await interaction.response.defer(ephemeral=True)
        made = await interaction.channel.create_thread(name="tiket-1", invitable=False, auto_archive_duration=1440)
        await made.add_user(interaction.user)
        await made.send(f"Halo {interaction.user.mention}", allowed_mentions=discord.AllowedMentions(users=True))
        await interaction.followup.send(made.mention)

    @group.command(name="kirim", description="Menulis di kanal dengan nonce")
    async def send(interaction: discord.Interaction, nonce: str) -> None:
        assert isinstance(interaction.channel, discord.TextChannel)
        await interaction.response.defer(ephemeral=True)
        first = await interaction.channel.send("Pengumuman", nonce=nonce)
        again = await interaction.channel.send("Pengumuman", nonce=nonce)
        await interaction.followup.send(f"{first.id == again.id}")

    @group.command(name="berkas", description="Membaca berkas")
    async def read(interaction: discord.Interaction, berkas: discord.Attachment, peran: discord.Role) -> None:
        data = await berkas.read()
        await interaction.response.send_message(f"{berkas.filename} {len(data)} {peran.name}", ephemeral=True)

    @group.command(name="riwayat", description="Membaca kanal")
    async def history(interaction: discord.Interaction, sejak: str) -> None:
        assert isinstance(interaction.channel, discord.TextChannel)
        await interaction.response.defer(ephemeral=True, thinking=True)
        after = discord.Object(int(sejak))
        found = [message.content async for message in interaction.channel.history(after=after, limit=2)]
        await interaction.edit_original_response(content=" | ".join(found))

    @group.command(name="susun", description="Membuat peran dan kanal")
    async def arrange(interaction: discord.Interaction) -> None:
        guild = interaction.guild
        assert guild is not None and isinstance(interaction.user, discord.Member)
        await interaction.response.defer(ephemeral=True)
        role = await guild.create_role(name="Kreator", colour=discord.Colour.blue(), reason="susun")
        category = await guild.create_category("TSC")
        channel = await guild.create_text_channel(
            "Khusus Staf",
            category=category,
            overwrites={
                guild.default_role: discord.PermissionOverwrite(view_channel=False),
                guild.me: discord.PermissionOverwrite(view_channel=True),
            },
        )
        await interaction.user.add_roles(role)
        await channel.edit(topic="Rahasia")
        try:
            await interaction.user.send("Peran diberikan")
        except discord.Forbidden:
            await channel.send("DM tertutup")
        await interaction.followup.send(f"{len(guild.members)} anggota, {channel.name}")

    bot.tree.add_command(group)


if __name__ == "__main__":
    discord.utils.setup_logging()

    async def main() -> None:
        await run(EchoBot(*sys.argv[1:], **client_kwargs()))

    asyncio.run(main())
