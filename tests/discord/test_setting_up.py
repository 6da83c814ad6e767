"""/pengaturan, as the owner of a new server meets it."""

from tests.support.server import Server, text_of


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
