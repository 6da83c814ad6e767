"""IT's rota as its people meet it: set, shown, swapped, left, and told at the start of every turn, once."""

from typing import Any

from simcord.actors import MemberActor

from bot.duty.models import Via
from tests.support.campaigns import press_again
from tests.support.duty import ask_swap, it_people, on_rota, told, until
from tests.support.server import Server, message_of, text_of

# 5 January 2026 is a Monday; New Year's Day is when the simulated clock begins.
MONDAY = (2026, 1, 5)


def news(server: Server, member: MemberActor, holding: str) -> list[Any]:
    """The private messages of a member that hold some words."""
    return [message for message in server.dms(member) if holding in text_of(message)]


async def show(server: Server, member: MemberActor, command: str, **options: Any) -> Any:
    done = await member.slash(server.channel("it-piket"), command, **options)
    await server.env.settle()
    return done


async def audited(server: Server) -> list[str]:
    rows = await server.services.database.read.fetch_all(
        "SELECT action FROM audit_entry WHERE action LIKE 'duty.%' ORDER BY id"
    )
    return [row["action"] for row in rows]


async def test_a_rota_is_set_and_its_week_shown_with_what_is_empty(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    kol = await server.staff()
    assert "Senin sampai Jumat, 09.00–18.00 WIB" in text_of(await on_rota(server, dewi, dewi))
    await on_rota(server, dewi, budi, "Sabtu", ("22.00", "06.00"))
    await until(server, *MONDAY, 8)

    week = await show(server, kol, "piket jadwal")
    assert week.ephemeral and "Semua jam kerja ada yang piket" in text_of(week)
    [picture] = message_of(week).attachments
    assert "Sabtu: 22.00–06.00 Budi" in str(picture.description) and "Senin: 09.00–18.00 Dewi" in str(
        picture.description
    )
    next_week = await kol.click(message_of(week), label="Minggu berikutnya")
    assert "Senin, 12 Januari 2026" in text_of(next_week)
    early = text_of(await show(server, kol, "piket sekarang"))
    assert "Tidak ada yang piket sekarang" in early and "Berikutnya" in early
    await until(server, *MONDAY, 10)
    now = text_of(await show(server, kol, "piket sekarang"))
    assert "Sedang piket" in now and f"<@{dewi.id}>" in now
    removing = await show(server, budi, "piket atur hapus", orang=dewi)
    shifts = await server.services.duty.shifts(dewi.id)
    done = await budi.select(message_of(removing), [str(shifts[1].id)])
    assert "Selasa 09.00–18.00" in text_of(done)
    emptied = await show(server, kol, "piket jadwal")
    assert "Selasa, 6 Januari 2026, 09.00–18.00" in text_of(emptied)
    assert await audited(server) == ["duty.shifts_added"] * 6 + ["duty.shifts_removed"]


async def test_who_is_on_duty_hears_it_at_the_start_of_the_turn_once(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    await on_rota(server, dewi, budi, "Setiap hari", ("18.00", "02.00"))
    await until(server, *MONDAY, 8)
    before = len(told(server, "it-piket", "Giliran piket mulai"))
    await until(server, *MONDAY, 9)
    [*_, started] = told(server, "it-piket", "Giliran piket mulai")
    assert f"<@{dewi.id}>" in text_of(started) and [user.id for user in started.mentions] == [dewi.id]

    await server.restart()
    await server.restart(off_for=60)
    assert len(told(server, "it-piket", "Giliran piket mulai")) == before + 1
    await until(server, *MONDAY, 18)
    assert f"<@{budi.id}>" in text_of(told(server, "it-piket", "Giliran piket mulai")[-1])
    assert len(told(server, "it-piket", "Giliran piket mulai")) == before + 2


async def test_after_a_pause_of_the_bot_only_turns_that_still_run_are_told_and_the_chain_goes_on(
    server: Server,
) -> None:
    dewi, budi, tono = await it_people(server, "dewi", "budi", "tono")
    await on_rota(server, dewi, dewi, "Senin", ("09.00", "12.00"))
    await on_rota(server, dewi, budi, "Senin", ("10.00", "18.00"))
    await on_rota(server, dewi, tono, "Selasa", ("09.00", "18.00"))
    await until(server, *MONDAY, 8)
    await server.restart(off_for=5 * 3_600)

    [late] = told(server, "it-piket", "Giliran piket mulai")
    assert f"<@{budi.id}>" in text_of(late)
    await until(server, 2026, 1, 6, 9)
    assert f"<@{tono.id}>" in text_of(told(server, "it-piket", "Giliran piket mulai")[-1])
    assert len(told(server, "it-piket", "Giliran piket mulai")) == 2


async def test_a_swap_counts_once_the_other_person_says_yes_even_after_a_restart(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    asked = await ask_swap(server, dewi, budi, "5 Januari")
    assert "ditanya secara pribadi" in text_of(asked)
    [question] = news(server, budi, "Bisa menggantikan piket?")
    assert "Senin, 5 Januari 2026, 09.00–18.00 WIB" in text_of(question)
    await server.restart()
    # Asked, not answered: the turn is still Dewi's.
    assert len(await server.services.duty.coming(budi.id)) == 0
    twice = await show(server, dewi, "piket tukar", giliran="1@2026-01-05", dengan=budi)
    assert "Kamu sudah meminta Budi" in text_of(twice)

    yes = await budi.user.click(question, label="Terima")
    await server.env.settle()
    assert "Kamu menggantikan **Dewi**" in text_of(yes)
    assert len(news(server, dewi, "Tukar piket diterima")) == 1
    assert len(told(server, "it-piket", "**Budi** menggantikan **Dewi**")) == 1
    again = await press_again(server, budi, "tsc:duty:swap-accept:1")
    assert "sudah menerima" in text_of(again)
    await until(server, *MONDAY, 9)
    [started] = told(server, "it-piket", "Giliran piket mulai")[-1:]
    assert f"<@{budi.id}>" in text_of(started) and "menggantikan Dewi" in text_of(started)
    duty = await server.services.duty.on_duty()
    assert (duty.member_ids, duty.via) == ((budi.id,), Via.SWAP)
    # It has begun: too late to take it back.
    own = await show(server, dewi, "piket saya")
    assert "Tukar piket" not in [field.name for field in message_of(own).embeds[0].fields]
    assert await audited(server) == ["duty.shifts_added"] * 5 + ["duty.swap_asked", "duty.swap_accepted"]


async def test_a_swap_is_declined_or_taken_back_and_both_sides_know(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    await ask_swap(server, dewi, budi, "5 Januari")
    no = await budi.user.click(news(server, budi, "Bisa menggantikan")[0], label="Tolak")
    await server.env.settle()
    assert "tidak bisa" in text_of(no) and len(news(server, dewi, "Tukar piket ditolak")) == 1

    asked = await ask_swap(server, dewi, budi, "5 Januari")
    drawn = await dewi.click(message_of(asked), label="Tarik permintaan")
    await server.env.settle()
    assert "Giliran itu milikmu lagi" in text_of(drawn) and len(news(server, budi, "Tukar piket ditarik")) == 1
    late = await budi.user.click(news(server, budi, "Bisa menggantikan")[0], label="Terima")
    assert "sudah ditarik" in text_of(late)

    await ask_swap(server, dewi, budi, "6 Januari")
    await budi.user.click(news(server, budi, "Bisa menggantikan")[1], label="Terima")
    await server.env.settle()
    own = await show(server, dewi, "piket saya")
    assert "digantikan Budi, sudah diterima" in text_of(own)
    await dewi.select(message_of(own), ["3"], custom_id="tsc:duty:swap-drop")
    await server.env.settle()
    assert len(told(server, "it-piket", "Budi tidak jadi menggantikan")) == 1
    assert not await server.services.duty.coming(budi.id)


async def test_only_who_was_asked_can_answer_and_only_ones_own_turn_can_be_swapped(server: Server) -> None:
    dewi, budi, tono = await it_people(server, "dewi", "budi", "tono")
    await on_rota(server, dewi, dewi)
    await ask_swap(server, dewi, budi, "5 Januari")
    for action in ("accept", "decline"):
        stranger = await press_again(server, tono, f"tsc:duty:swap-{action}:1")
        assert "untuk orang lain" in text_of(stranger)
    others = await show(server, budi, "piket tukar", giliran="2@2026-01-06", dengan=tono)
    assert "bukan giliranmu" in text_of(others)
    held = await show(server, budi, "piket tukar", giliran="1@2026-01-05", dengan=tono)
    assert "belum milikmu" in text_of(held)
    for made_up in ("1@2026-01-06", "besok", "99@2026-01-05"):
        nothing = text_of(await show(server, dewi, "piket tukar", giliran=made_up, dengan=budi))
        assert "tidak ada di jadwal" in nothing or "Pilih giliranmu" in nothing
    himself = await show(server, dewi, "piket tukar", giliran="3@2026-01-07", dengan=dewi)
    assert "memang sudah dipegang" in text_of(himself)
    creator = await server.join("raka")
    outsider = await show(server, dewi, "piket tukar", giliran="3@2026-01-07", dengan=creator)
    assert "belum punya role IT Support" in text_of(outsider)


async def test_who_has_closed_their_dms_is_asked_all_the_same_and_can_answer_from_piket_saya(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    server.close_dms()
    await ask_swap(server, dewi, budi, "5 Januari")
    own = await show(server, budi, "piket saya")
    assert "kamu menggantikan" in text_of(own)
    question = await budi.select(message_of(own), ["1"], custom_id="tsc:duty:swap-open")
    await budi.click(message_of(question), label="Terima")
    await server.env.settle()
    assert [turn.instead_of for turn in await server.services.duty.coming(budi.id)] == ["Dewi"]
    # Who holds a turn by a swap can't pass it on.
    passed_on = await show(server, budi, "piket tukar", giliran="1@2026-01-05", dengan=dewi)
    assert "hasil tukar" in text_of(passed_on)


async def test_who_is_away_cannot_take_a_turn_and_a_removed_turn_ends_its_swap(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    await ask_swap(server, dewi, budi, "5 Januari")
    await show(server, budi, "piket izin", dari="5/1")
    away = await budi.user.click(news(server, budi, "Bisa menggantikan")[0], label="Terima")
    assert "Kamu tercatat izin" in text_of(away)
    asked = await show(server, dewi, "piket tukar", giliran="1@2026-01-12", dengan=budi)
    assert "ditanya secara pribadi" in text_of(asked)
    removing = await show(server, dewi, "piket atur hapus", orang=dewi)
    await dewi.select(message_of(removing), ["1"])
    await server.env.settle()
    # Two turns of the removed shift had been asked for; both sides hear of both.
    assert len(news(server, budi, "dihapus dari jadwal")) == len(news(server, dewi, "dihapus dari jadwal")) == 2
    gone = await budi.user.click(news(server, budi, "Bisa menggantikan")[1], label="Terima")
    assert "sudah ditarik" in text_of(gone)


async def test_leave_that_empties_a_turn_tells_staff_who_is_called_instead(server: Server) -> None:
    dewi, budi, tono = await it_people(server, "dewi", "budi", "tono")
    await on_rota(server, dewi, dewi)
    order = await show(server, dewi, "piket cadangan", pertama=budi, kedua=tono)
    assert f"1. <@{budi.id}>" in text_of(order)
    noted = await show(server, dewi, "piket izin", dari="5/1", sampai="6/1")
    assert "Senin, 5 Januari 2026, 09.00–18.00 WIB" in text_of(noted) and f"<@{budi.id}>" in text_of(noted)
    for channel in ("it-piket", "staf-kol"):
        [message] = told(server, channel, "Dewi izin: ada giliran kosong")
        assert text_of(message).count(f"<@{budi.id}> (cadangan)") == 2
    again = await show(server, dewi, "piket izin", dari="6/1")
    assert "sudah tercatat" in text_of(again)

    await until(server, *MONDAY, 9)
    assert (await server.services.duty.on_duty()).via is Via.DEPUTY
    [nobody] = told(server, "it-piket", "Tidak ada yang piket")
    assert f"<@{budi.id}>" in text_of(nobody) and [user.id for user in nobody.mentions] == [budi.id]
    assert "Tidak ada yang piket sekarang" in text_of(await show(server, tono, "piket sekarang"))
    week = await show(server, tono, "piket jadwal")
    assert "Dewi izin" in str(message_of(week).attachments[0].description)
    # The deputy is away as well: the next one is called.
    await show(server, budi, "piket izin", dari="5 Januari")
    assert (await server.services.duty.on_duty()).member_ids == (tono.id,)

    own = await show(server, dewi, "piket saya")
    await dewi.select(message_of(own), ["1"], custom_id="tsc:duty:leaves-drop")
    await server.env.settle()
    assert (await server.services.duty.on_duty()).member_ids == (dewi.id,)
    assert len(told(server, "staf-kol", "Izin dibatalkan")) == 1


async def test_leave_that_empties_nothing_is_told_to_nobody_else(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    await on_rota(server, dewi, budi)
    noted = await show(server, dewi, "piket izin", dari="5/1")
    assert "Tidak ada giliran yang kosong" in text_of(noted)
    assert not told(server, "staf-kol", "izin") and not told(server, "it-piket", "izin")
    await until(server, *MONDAY, 9)
    [started] = told(server, "it-piket", "Giliran piket mulai")[-1:]
    assert [user.id for user in started.mentions] == [budi.id]


async def test_without_a_rota_the_whole_of_it_is_called(server: Server) -> None:
    [dewi] = await it_people(server, "dewi")
    shown = text_of(await show(server, dewi, "piket sekarang"))
    assert "Tidak ada yang piket sekarang" in shown and f"<@&{server.role('IT Support').id}>" in shown
    assert "Belum ada giliran" in text_of(await show(server, dewi, "piket jadwal"))
    async with server.services.database.unit() as tx:
        called = await server.services.duty.called(tx)
    assert called.roles == (server.role("IT Support").id,) and not called.users


async def test_who_leaves_the_server_leaves_the_rota(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    await on_rota(server, dewi, budi, "Sabtu")
    await show(server, dewi, "piket cadangan", pertama=budi)
    await ask_swap(server, dewi, budi, "5 Januari")
    await budi.user.click(news(server, budi, "Bisa menggantikan")[0], label="Terima")
    server.guild.remove_member(budi)
    await server.env.settle()

    [gone] = told(server, "staf-kol", "Budi keluar dari server")
    assert "1 giliran mingguan dan cadangan" in text_of(gone)
    assert len(news(server, dewi, "kembali ke kamu")) == 1
    assert not await server.services.duty.shifts(budi.id) and not await server.services.duty.deputies()
    await until(server, *MONDAY, 9)
    assert (await server.services.duty.on_duty()).member_ids == (dewi.id,)


async def test_what_cannot_be_on_a_rota_is_refused_with_the_reason(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    raka = await server.join("raka")
    await on_rota(server, dewi, dewi)
    clash = text_of(await on_rota(server, dewi, dewi, "Minggu", ("22.00", "09.30")))
    assert "Minggu 22.00–09.30 bertabrakan dengan Senin 09.00–18.00" in clash
    assert "belum punya role" in text_of(await on_rota(server, dewi, raka))
    unread = text_of(await on_rota(server, dewi, budi, "Sabtu", ("jam sembilan", "25.00")))
    assert "Mulai" in unread and "Selesai" in unread
    assert len(await server.services.duty.shifts()) == 5
    assert "lebih awal" in text_of(await show(server, dewi, "piket izin", dari="9/1", sampai="7/1"))
    assert "Pilih cadangan" in text_of(await show(server, dewi, "piket cadangan", pertama=budi, kedua=budi))


async def test_only_it_sets_the_rota_and_members_see_none_of_it(server: Server) -> None:
    [dewi] = await it_people(server, "dewi")
    kol, raka = await server.staff(), await server.join("raka")
    channel = server.channel("umum")
    assert not [one for one in raka.available_commands(channel) if one.startswith("piket")]
    assert "piket jadwal" in dewi.available_commands(channel)
    refused = await kol.slash(channel, "piket cadangan", pertama=dewi)
    assert "hanya untuk IT Support" in text_of(refused)
    other = await kol.slash(channel, "piket izin", dari="5/1")
    assert "hanya untuk IT Support" in text_of(other)
    [budi] = await it_people(server, "budi")
    others_leave = await dewi.slash(channel, "piket izin", dari="5/1", orang=budi)
    assert "hanya untuk admin" in text_of(others_leave)
