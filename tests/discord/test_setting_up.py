"""/pengaturan, as the owner of a new server meets it."""

import re

import discord

from bot.server.rules import BOT_PERMISSIONS
from bot.settings import ROOT
from tests.support.server import Server, allow_bot, text_of


async def test_the_owner_sets_the_server_up_and_everything_is_there(bare_server: Server) -> None:
    result = await bare_server.set_up()

    assert result.ephemeral
    assert "Server siap dipakai" in text_of(result)
    assert {"selamat-datang", "mulai-di-sini", "kampanye", "bantuan", "staf-kol", "log-bot"} <= set(
        bare_server.guild.channels
    )
    assert {"Kreator", "Tim KOL", "Finance", "IT Support", "Admin TSC", "Niche Kecantikan"} <= set(
        bare_server.guild.roles
    )


async def test_setting_up_again_makes_nothing_twice(server: Server) -> None:
    roles, channels = len(server.guild.roles), len(server.guild.channels)

    result = await server.set_up()

    assert "Yang baru dibuat" not in text_of(result)
    assert (len(server.guild.roles), len(server.guild.channels)) == (roles, channels)


async def test_a_role_that_exists_under_another_spelling_is_used(bare_server: Server) -> None:
    bare_server.guild.create_role("tim kol")

    await bare_server.set_up()

    assert "Tim KOL" not in bare_server.guild.roles
    assert bare_server.services.server.places.role("kol_team") == bare_server.role("tim kol").id


async def test_staff_channels_are_hidden_from_creators(server: Server) -> None:
    member = await server.join("raka")

    visible = {name for name, channel in server.guild.channels.items() if member.available_commands(channel)}

    assert "staf-kol" not in visible
    assert "log-bot" not in visible


async def test_a_member_without_the_role_is_refused_and_nothing_changes(server: Server) -> None:
    member = await server.join("raka")

    assert "pengaturan siapkan" not in member.available_commands(server.channel("bantuan"))


async def test_the_rights_of_the_invite_link_are_enough(bare_server: Server) -> None:
    found = re.search(r"permissions=(\d+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    allow_bot(bare_server, discord.Permissions(int(found[1])))

    result = await bare_server.set_up()

    assert "Server siap dipakai" in text_of(result)
    assert {"Tim KOL", "Admin TSC", "Finance", "IT Support"} <= set(bare_server.guild.roles)


async def test_what_the_bot_may_not_do_is_told_first_and_a_second_run_mends_what_the_first_could_not(
    bare_server: Server,
) -> None:
    enough = discord.Permissions(**dict.fromkeys(BOT_PERMISSIONS, True))
    short = discord.Permissions(enough.value)
    short.manage_roles = False
    allow_bot(bare_server, short)

    first = text_of(await bare_server.set_up())
    allow_bot(bare_server, enough)
    second = text_of(await bare_server.set_up())
    sari = await bare_server.staff()

    assert "• Izin bot **Kelola Role** belum ada" in first.split("Yang masih kurang\n")[1].splitlines()[0]
    assert "Server siap dipakai" in second
    assert sari.available_commands(bare_server.channel("staf-kol"))


async def test_the_check_finds_rooms_that_show_too_much_or_too_little(server: Server) -> None:
    guild = server.bot.get_guild(server.guild.id)
    assert guild is not None
    staff, log, campaigns = (
        next(channel for channel in guild.text_channels if channel.name == name)
        for name in ("staf-kol", "log-bot", "kampanye")
    )
    everyone = guild.default_role
    await staff.set_permissions(everyone, view_channel=True)
    kol = guild.get_role(server.role("Tim KOL").id)
    assert kol is not None
    await log.set_permissions(kol, view_channel=False)
    await campaigns.set_permissions(guild.me, view_channel=False)
    await server.env.settle()

    told = text_of(await server.owner.slash(server.channel("umum"), "pengaturan periksa"))

    assert "**#staf-kol** bisa dilihat semua orang" in told
    assert "**#log-bot** tertutup untuk Tim KOL" in told
    assert "Bot tidak bisa membuka atau menulis di **#kampanye**" in told
