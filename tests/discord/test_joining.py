"""Joining, leaving, coming back, and the start panel, as people in the server see it."""

import discord
import pytest

from bot.onboarding import store
from bot.platform.messages import Message, to_json
from tests.support.registering import ABOUT, ACCOUNT, Registering
from tests.support.server import Server, message_of, text_of

THREE_DAYS = 72 * 3_600


async def member_row(server: Server, member_id: int) -> store.Member:
    found = await store.member(server.services.database.read, member_id)
    assert found is not None
    return found


def labels(message: discord.Message) -> list[str]:
    return [
        str(item.label)
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for item in row.children
        if isinstance(item, discord.Button)
    ]


async def test_a_new_member_is_greeted_with_a_card_and_the_first_steps(server: Server) -> None:
    raka = await server.join("raka", display="Raka Cerita")

    welcome = server.last("selamat-datang")

    assert welcome.content == f"Selamat datang, {raka.mention}! Kamu anggota ke-2 di sini."
    assert [user.id for user in welcome.mentions] == [raka.id]
    assert [file.filename for file in welcome.attachments] == ["selamat-datang.png"]
    assert "Raka Cerita, anggota ke-2" in str(welcome.attachments[0].description)
    assert labels(welcome) == ["Setujui aturan", "Daftar jadi kreator", "Lihat kampanye", "Butuh bantuan"]


async def test_the_greeting_and_the_panel_say_what_else_there_is_and_where(server: Server) -> None:
    raka = await server.join("raka")
    asked = await raka.click(server.last("selamat-datang"), label="Butuh bantuan")

    for shown in (server.last("selamat-datang"), server.last("mulai-di-sini")):
        for channel in ("kuis", "giveaway", "acara", "bantuan"):
            assert f"<#{server.channel(channel).id}>" in text_of(shown)
        assert "/hadiah saya" in text_of(shown)
    for command in ("/giveaway daftar", "/acara daftar", "/peringkat", "/hadiah saya"):
        assert command in text_of(asked)


async def test_members_are_numbered_in_the_order_they_joined(server: Server) -> None:
    people = [await server.join(name) for name in ("raka", "sinta", "bayu")]

    assert [(await member_row(server, one.id)).number for one in people] == [2, 3, 4]


async def test_bots_are_not_greeted(server: Server) -> None:
    server.guild.add_member(server.env.create_user("musik", bot=True))
    await server.env.settle()

    assert server.messages("selamat-datang") == []


async def test_a_name_full_of_tricks_stays_harmless(server: Server) -> None:
    raka = await server.join("raka", display="@everyone \u202eevil\u200b [klik](https://jahat.example)")

    welcome = server.last("selamat-datang")

    assert "@everyone" not in text_of(welcome)
    assert not welcome.mention_everyone
    assert (await member_row(server, raka.id)).display_name == "@everyone evil [klik](https://jahat.example)"


async def test_somebody_who_comes_back_keeps_their_number(server: Server) -> None:
    raka = await server.join("raka")
    await server.join("sinta")

    server.guild.remove_member(raka)
    await server.env.settle()
    assert (await member_row(server, raka.id)).left_at is not None
    server.guild.add_member(raka.user)
    await server.env.settle()

    assert server.last("selamat-datang").content == (
        f"Selamat datang kembali, {raka.mention}! Kamu tetap anggota ke-2."
    )
    row = await member_row(server, raka.id)
    assert (row.number, row.left_at, row.times_joined) == (2, None, 2)


async def test_coming_and_going_all_day_does_not_flood_the_channel(server: Server) -> None:
    raka = await server.join("raka")
    for _ in range(3):
        server.guild.remove_member(raka)
        await server.env.settle()
        server.guild.add_member(raka.user)
        await server.env.settle()

    greetings = [message.content.split(",")[0] for message in server.messages("selamat-datang")]

    assert greetings == ["Selamat datang", "Selamat datang kembali"]


async def test_a_registered_creator_who_comes_back_gets_the_roles_again(server: Server) -> None:
    raka = await server.join("raka")
    await Registering(server, raka).send()
    before = server.roles_of(raka)

    server.guild.remove_member(raka)
    await server.env.settle()
    raka = server.guild.add_member(raka.user)
    await server.env.settle()

    assert server.roles_of(raka) == before == {"Kreator", "Kreator TikTok", "Niche Kuliner", "Niche Wisata"}
    assert labels(server.last("selamat-datang")) == ["Lihat kampanye", "Butuh bantuan"]


async def test_who_joined_while_the_bot_was_away_is_greeted_when_it_is_back(server: Server) -> None:
    left_meanwhile = await server.join("bayu")
    await server.env.advance_time(120)
    await server.bot.remove_cog("OnboardingCog")  # nobody listens, as while the bot is down
    raka = await server.join("raka")
    server.guild.remove_member(left_meanwhile)
    await server.env.settle()

    await server.restart()

    assert server.last("selamat-datang").content.startswith(f"Selamat datang, {raka.mention}!")
    assert (await member_row(server, left_meanwhile.id)).left_at is not None


async def test_members_from_before_the_set_up_are_noted_without_a_word(bare_server: Server) -> None:
    old = [await bare_server.join(name) for name in ("raka", "sinta")]
    await bare_server.env.advance_time(3_600)
    await bare_server.bot.remove_cog("OnboardingCog")
    old.append(await bare_server.join("bayu"))
    await bare_server.env.advance_time(3_600)

    await bare_server.set_up()
    await bare_server.restart()

    assert bare_server.messages("selamat-datang") == []
    assert [(await member_row(bare_server, one.id)).number for one in old] == [2, 3, 4]


async def test_a_restart_greets_nobody_twice(server: Server) -> None:
    await server.join("raka")

    await server.restart()
    await server.restart()

    assert len(server.messages("selamat-datang")) == 1


async def test_who_has_not_registered_after_three_days_is_reminded_once(server: Server) -> None:
    raka = await server.join("raka")

    await server.env.advance_time(THREE_DAYS - 60)
    assert server.dms(raka) == []
    await server.env.advance_time(120)
    await server.restart()
    await server.env.advance_time(10 * THREE_DAYS)

    [reminder] = server.dms(raka)
    assert "Profil kreatormu belum jadi" in text_of(reminder)
    assert labels(reminder) == ["Daftar jadi kreator", "Lihat kampanye", "Butuh bantuan"]


async def test_the_reminder_knows_that_a_registration_was_begun(server: Server) -> None:
    raka = await server.join("raka")
    await Registering(server, raka).agree()

    await server.env.advance_time(THREE_DAYS + 60)

    [reminder] = server.dms(raka)
    assert "Registrasimu tinggal dilanjutkan" in text_of(reminder)
    assert "/daftar diketik di server" in text_of(reminder)
    assert labels(reminder)[0] == "Lanjutkan daftar"
    assert "Langkah 1 dari 3" in text_of(await raka.user.click(reminder, label="Lanjutkan daftar"))


async def test_the_whole_registration_can_be_done_in_the_dm_of_the_reminder(server: Server) -> None:
    raka = await server.join("raka")
    await server.env.advance_time(THREE_DAYS + 60)

    registering = Registering(server, raka.user)
    registering.shown = await raka.user.click(server.dms(raka)[0], label="Daftar jadi kreator")
    assert "Sebelum mulai: datamu" in text_of(registering.shown)
    await registering.press("Setuju & mulai")
    await registering.fill(ABOUT)
    await registering.press("Isi akun")
    await registering.fill(ACCOUNT)
    await registering.press("Lewati")
    result = await registering.press("Kirim")

    assert "Kamu resmi jadi kreator TSC" in text_of(result)
    assert "Kreator" in server.roles_of(raka)


async def test_registered_creators_staff_and_those_who_left_are_not_reminded(server: Server) -> None:
    registered = await server.join("raka")
    await Registering(server, registered).send()
    staff = await server.staff()
    gone = await server.join("bayu")
    server.guild.remove_member(gone)
    await server.env.settle()

    await server.env.advance_time(2 * THREE_DAYS)

    assert [server.dms(one) for one in (registered, staff, gone)] == [[], [], []]


async def test_coming_back_after_the_reminder_brings_no_second_one(server: Server) -> None:
    raka = await server.join("raka")
    await server.env.advance_time(THREE_DAYS + 60)
    server.guild.remove_member(raka)
    await server.env.settle()
    raka = server.guild.add_member(raka.user)
    await server.env.settle()

    await server.env.advance_time(2 * THREE_DAYS)

    assert len(server.dms(raka)) == 1


async def test_with_closed_dms_the_reminder_comes_in_a_private_thread(server: Server) -> None:
    raka = await server.join("raka")
    server.close_dms()

    await server.env.advance_time(THREE_DAYS + 60)

    [thread] = server.channel("bantuan").threads
    assert "Profil kreatormu belum jadi" in text_of(server.messages(thread)[-1])
    assert server.dms(raka) == []


async def test_the_panel_stands_once_however_often_the_server_is_set_up(server: Server) -> None:
    await server.set_up()
    await server.restart()
    await server.set_up()

    [panel] = server.messages("mulai-di-sini")
    assert "Aturan komunitas" in text_of(panel)
    assert "/profil" in text_of(panel)
    assert labels(panel) == ["Setujui aturan", "Daftar jadi kreator", "Lihat kampanye", "Butuh bantuan"]


async def test_a_panel_of_an_earlier_version_is_redrawn_in_its_place(server: Server) -> None:
    panel = server.last("mulai-di-sini")
    async with server.services.database.unit() as tx:
        old = to_json(Message(title="Mulai di sini"))
        await tx.execute(
            "UPDATE outbox_message SET payload = :old WHERE message_id = :id", {"old": old, "id": panel.id}
        )
    edit = discord.Embed(title="Mulai di sini")
    await server.bot.get_partial_messageable(panel.channel.id).get_partial_message(panel.id).edit(embed=edit)

    await server.set_up()
    await server.env.settle()

    [redrawn] = server.messages("mulai-di-sini")
    assert redrawn.id == panel.id and "/hadiah saya" in text_of(redrawn)


async def test_a_deleted_panel_is_posted_again(server: Server) -> None:
    await server.owner.delete(server.last("mulai-di-sini"))

    await server.set_up()

    assert len(server.messages("mulai-di-sini")) == 1


@pytest.mark.parametrize("restarted", [False, True])
async def test_the_rules_are_accepted_once_and_the_second_press_is_friendly(server: Server, restarted: bool) -> None:
    raka = await server.join("raka")
    if restarted:
        await server.restart()
    read = await raka.click(server.last("selamat-datang"), label="Setujui aturan")
    assert read.ephemeral and "6. Ada masalah?" in text_of(read)
    assert (await member_row(server, raka.id)).rules_accepted_at is None
    first = await raka.click(message_of(read), label="Saya setuju")
    accepted_at = (await member_row(server, raka.id)).rules_accepted_at
    await server.env.advance_time(60)

    second = await raka.click(server.last("mulai-di-sini"), label="Setujui aturan")

    assert "Makasih sudah setuju" in text_of(first)
    assert second.ephemeral and "sudah setuju sebelumnya" in text_of(second)
    assert accepted_at is not None
    assert (await member_row(server, raka.id)).rules_accepted_at == accepted_at


async def test_agreeing_twice_from_the_same_rules_is_friendly(server: Server) -> None:
    raka = await server.join("raka")
    one, other = [await raka.click(server.last("selamat-datang"), label="Setujui aturan") for _ in range(2)]

    await raka.click(message_of(one), label="Saya setuju")
    second = await raka.click(message_of(other), label="Saya setuju")

    assert "sudah setuju sebelumnya" in text_of(second)


async def test_the_help_button_says_where_to_ask(server: Server) -> None:
    raka = await server.join("raka")

    result = await raka.click(server.last("selamat-datang"), label="Butuh bantuan")

    assert result.ephemeral
    assert server.channel("bantuan").mention in text_of(result)
    assert "/daftar" in text_of(result)
