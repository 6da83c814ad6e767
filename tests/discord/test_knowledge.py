"""What the help desk knows: /bantuan, articles kept by staff and made of solved tickets, ready-made answers."""

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.results import InteractionResult

from bot.platform.audit import Actor
from bot.tickets.models import Author, Speaker, Stage
from tests.support.campaigns import buttons_of, press_again
from tests.support.server import Server, message_of, text_of
from tests.support.tickets import CONCLUSION, desk_card, fill_in, open_ticket, press_and_fill, resolve, thread_messages

BODY = "Buka menu Profil, pilih Keamanan, lalu tekan Ganti perangkat dan ikuti langkahnya."


async def search(server: Server, who: MemberActor, words: str, **options: Any) -> InteractionResult:
    """/bantuan."""
    return await who.slash(server.channel("bantuan"), "bantuan", kata=words, **options)


async def outcomes(server: Server) -> list[tuple[str, str | None, str | None]]:
    """What came of every offer: where it was made, the stage, the outcome."""
    rows = await server.services.database.read.fetch_all(
        "SELECT place, stage, outcome FROM knowledge_offer ORDER BY id"
    )
    return [(row["place"], row["stage"], row["outcome"]) for row in rows]


async def add_article(server: Server, staff: MemberActor, title: str = "Ganti HP baru", body: str = BODY) -> Any:
    """/pengetahuan tambah with its form."""
    form = await staff.slash(server.channel("staf-kol"), "pengetahuan tambah")
    return await staff.submit_modal(form, {"stage": ["other"], "title": title, "body": body})


async def test_a_creator_finds_the_answer_and_says_so_once_also_after_a_restart(server: Server) -> None:
    raka = await server.join("raka")
    shown = await search(server, raka, "kode otp tidak masuk")
    assert shown.ephemeral and "Kode OTP tidak masuk" in text_of(shown)
    label = next(name for name in buttons_of(message_of(shown)) if "enjawab" in name)

    await server.restart()
    done = await raka.click(message_of(shown), label=label)
    assert "senang bisa membantu" in text_of(done)
    assert await outcomes(server) == [("search", None, "answered")]
    nosy = await server.join("nosy")
    await press_again(server, nosy, "tsc:help:answered:1:0:1")
    assert await outcomes(server) == [("search", None, "answered")]


async def test_a_search_that_does_not_help_leads_to_a_ticket(server: Server) -> None:
    raka = await server.join("raka")
    shown = await search(server, raka, "kode otp tidak masuk", tahap=0)
    form = await raka.click(message_of(shown), label="Buka tiket")
    assert form.modal is not None and "Registrasi" in str(form.modal)
    assert await outcomes(server) == [("search", "registration", "sent")]

    anywhere = await search(server, raka, "saldo penarikan gagal nama rekening beda")
    stages = await raka.click(message_of(anywhere), label="Buka tiket")
    assert "Penarikan" in buttons_of(message_of(stages))

    nothing = await search(server, raka, 'xyzzy" AND (title:*')
    assert "Belum ada jawaban" in text_of(nothing) and "Buka tiket" in buttons_of(message_of(nothing))
    assert len(await outcomes(server)) == 2


async def test_a_search_tells_of_what_is_out_of_order_now(server: Server) -> None:
    sari, raka = await server.staff(), await server.join("raka")
    await server.services.incidents.open(
        Actor(sari.id), "Sari", Stage.WITHDRAWAL, "Penarikan tertunda", "Bank sedang gangguan sejak pagi tadi."
    )
    assert "Bank sedang gangguan" in text_of(await search(server, raka, "xyzzy"))
    assert "Bank sedang gangguan" in text_of(await search(server, raka, "saldo penarikan", tahap=3))
    assert "Bank sedang gangguan" not in text_of(await search(server, raka, "kode otp", tahap=0))


async def test_staff_write_change_and_archive_articles(server: Server) -> None:
    sari, raka = await server.staff(), await server.join("raka")
    refused = await add_article(server, sari, body="Pendek")
    assert "Jawaban: 20 sampai" in text_of(refused)
    mended = await sari.click(message_of(refused), label="Perbaiki")
    added = await sari.submit_modal(mended, {"stage": ["other"], "title": "Ganti HP baru", "body": BODY})
    assert "Artikel disimpan" in text_of(added)
    assert "Ganti HP baru" in text_of(await search(server, raka, "mau ganti hp baru"))

    listed = await sari.slash(server.channel("staf-kol"), "pengetahuan daftar")
    assert "13 artikel" in text_of(listed) and "Berikutnya" in buttons_of(message_of(listed))
    number = (await server.services.knowledge.matching("Ganti HP baru"))[0].id
    form = await sari.slash(server.channel("staf-kol"), "pengetahuan ubah", artikel=str(number))
    assert form.modal is not None and "Ganti HP baru" in str(form.modal)
    changed = await sari.submit_modal(form, {"stage": ["other"], "title": "Pindah perangkat", "body": BODY})
    assert "diperbarui" in text_of(changed)

    await server.restart()
    assert "Pindah perangkat" in text_of(await search(server, raka, "pindah perangkat"))
    asked = await sari.slash(server.channel("staf-kol"), "pengetahuan arsip", artikel=str(number))
    gone = await sari.click(message_of(asked), label="Ya, arsipkan")
    assert "diarsipkan" in text_of(gone)
    again = await press_again(server, sari, f"tsc:knowledge:archive-yes:{number}")
    assert "sudah diarsipkan" in text_of(again)
    assert "Pindah perangkat" not in text_of(await search(server, raka, "pindah perangkat"))


async def test_a_changed_article_of_ours_stays_changed_over_restarts(server: Server) -> None:
    sari = await server.staff()
    first = (await server.services.knowledge.matching("Kode OTP"))[0]
    await server.services.knowledge.archive(Actor(sari.id), first.id)
    await server.restart()
    assert not await server.services.knowledge.matching("Kode OTP")
    assert (await server.services.knowledge.listed(limit=50, offset=0))[1] == 11


async def test_a_solved_ticket_becomes_an_article_without_names_and_figures(server: Server) -> None:
    it, raka = await server.staff("budi.it", "IT Support"), await server.join("raka", display="Raka Pratama")
    await open_ticket(server, raka, "layar frobnicate berkedip di HP Raka Pratama")
    words = "Halo Raka Pratama, aplikasi frobnicate perlu versi 4.2.1. Perbarui dulu, lalu masuk lagi."
    await press_and_fill(server, it, await desk_card(server), "Selesai", {"text": words, "cause": ["app_bug"]})

    # What was said to one creator, with a name and figures, is offered to nobody before it is an article.
    assert "Belum ada jawaban" in text_of(await search(server, await server.join("dewi"), "frobnicate berkedip"))

    form = await it.click(await desk_card(server), label="Jadikan artikel")
    assert form.modal is not None
    prefilled = str(form.modal)
    assert "frobnicate" in prefilled and "perlu versi" in prefilled
    assert "Raka" not in prefilled and "4.2.1" not in prefilled
    made = await it.submit_modal(
        form,
        {"stage": ["other"], "title": "Layar frobnicate berkedip", "body": "Perbarui aplikasinya, lalu masuk lagi."},
    )
    assert "jadi artikel" in text_of(made)
    found = await search(server, raka, "frobnicate berkedip")
    assert "Layar frobnicate berkedip" in text_of(found) and "Kasus serupa" not in text_of(found)

    await server.restart()
    twice = await it.click(await desk_card(server), label="Jadikan artikel")
    assert twice.modal is None and "sudah dijadikan artikel" in text_of(twice)


async def test_a_reopened_ticket_is_no_known_answer_any_more(server: Server) -> None:
    it, raka = await server.staff("budi.it", "IT Support"), await server.join("raka")
    await open_ticket(server, raka, "frobnicate berkedip terus")
    await resolve(server, it)
    other = await server.join("dewi")
    found = text_of(await search(server, other, "frobnicate berkedip"))
    assert CONCLUSION[:20] in found and "untuk kreator lain, jadi keadaanmu bisa berbeda" in found
    await server.services.tickets.reopen(Actor(raka.id), 1, Speaker(Author.CREATOR, raka.id, "Raka"))
    assert "Belum ada jawaban" in text_of(await search(server, other, "frobnicate berkedip"))


async def test_what_answers_before_a_ticket_and_what_does_not_is_counted(server: Server) -> None:
    raka, dewi = await server.join("raka"), await server.join("dewi")
    shown = await fill_in(server, raka, "kode otp registrasi tidak masuk", stage=0)
    await raka.click(message_of(shown), label=next(name for name in buttons_of(message_of(shown)) if "enjawab" in name))
    await open_ticket(server, dewi, "kode otp registrasi tidak masuk", stage=0)
    assert await outcomes(server) == [("form", "registration", "answered"), ("form", "registration", "sent")]
    today = server.services.clock.today().date()
    found = await server.services.ticket_reports.of(today, today)
    assert (found.offers.answered, found.questions) == (1, 2)


async def test_staff_keep_ready_made_answers_and_use_them_in_a_ticket(server: Server) -> None:
    sari, it = await server.staff(), await server.staff("budi.it", "IT Support")
    raka = await server.join("raka", display="Raka")
    form = await sari.slash(server.channel("staf-kol"), "jawaban tambah")
    refused = await sari.submit_modal(form, {"name": "Sapaan", "body": "Halo {kreator}, kami cek.", "stage": ["every"]})
    assert "{kreator}" in text_of(refused) and "{nama}" in text_of(refused)
    mended = await sari.click(message_of(refused), label="Perbaiki")
    values = {"name": "Sapaan", "body": "Halo {nama}, tiket {nomor} ({tahap}) kami cek.", "stage": ["every"]}
    assert "Tersimpan" in text_of(await sari.submit_modal(mended, values))
    same = await sari.submit_modal(await sari.slash(server.channel("staf-kol"), "jawaban tambah"), values)
    assert "sudah dipakai" in text_of(same)

    await open_ticket(server, raka)
    reply = {"canned": ["1"], "text": ""}
    await press_and_fill(server, it, await desk_card(server), "Balas", reply)
    said = [text_of(one) for one in await thread_messages(server)]
    assert any("Halo Raka, tiket #1 (Lainnya) kami cek." in one for one in said)

    changed = await sari.slash(server.channel("staf-kol"), "jawaban ubah", jawaban="Sapaan")
    await sari.submit_modal(changed, {**values, "stage": ["withdrawal"]})
    assert await server.services.canned.for_stage(Stage.OTHER) == []
    listed = await sari.slash(server.channel("staf-kol"), "jawaban daftar")
    assert "Sapaan" in text_of(listed) and "Penarikan" in text_of(listed)
    asked = await sari.slash(server.channel("staf-kol"), "jawaban hapus", jawaban="Sapaan")
    assert "dihapus" in text_of(await sari.click(message_of(asked), label="Ya, hapus"))
    assert "sudah dihapus" in text_of(await press_again(server, sari, "tsc:canned:remove-yes:1"))


@pytest.mark.parametrize(
    "command",
    [
        "pengetahuan daftar",
        "pengetahuan tambah",
        "jawaban daftar",
        "jawaban tambah",
        "insiden daftar",
        "tiket-statistik",
    ],
)
async def test_the_commands_of_staff_are_hidden_from_others_and_refused(server: Server, command: str) -> None:
    raka = await server.join("raka", roles=("Kreator",))
    with pytest.raises(SetupError, match="not visible"):
        await raka.slash(server.channel("bantuan"), command)
    server.guild.create_role("Panitia", permissions=discord.Permissions(manage_events=True))
    host = await server.join("panitia", roles=("Panitia",))
    assert "hanya untuk staf" in text_of(await host.slash(server.channel("bantuan"), command))


@pytest.mark.parametrize(
    "identifier",
    [
        "knowledge:from-ticket:1",
        "knowledge:change:1",
        "knowledge:archive-yes:1",
        "canned:remove-yes:1",
        "incident:conclude:1",
    ],
)
async def test_creators_can_not_press_what_is_for_staff(server: Server, identifier: str) -> None:
    raka = await server.join("raka", roles=("Kreator",))
    assert "hanya untuk staf" in text_of(await press_again(server, raka, f"tsc:{identifier}"))


async def test_whoever_asks_for_help_learns_where(server: Server) -> None:
    raka = await server.join("raka")
    start = next(one for one in server.messages("mulai-di-sini") if "Kalau butuh bantuan" in text_of(one))
    shown = await raka.click(start, label="Butuh bantuan")
    assert "/bantuan" in text_of(shown) and "/tiket saya" in text_of(shown)
    stages = await raka.click(message_of(shown), label="Buka tiket")
    assert "Penarikan" in buttons_of(message_of(stages))
