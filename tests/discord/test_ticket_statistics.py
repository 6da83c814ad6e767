"""/tiket-statistik: what staff get, from real tickets, for the days they ask for."""

import io

import openpyxl
from simcord.results import InteractionResult

from bot.tickets.statistics import UNKNOWN
from tests.support.server import Server, message_of, text_of
from tests.support.tickets import desk_card, later, open_ticket, press, press_and_fill, resolve


async def workbook(result: InteractionResult) -> openpyxl.Workbook:
    """The attached workbook."""
    [sheet] = [file for file in message_of(result).attachments if file.filename.endswith(".xlsx")]
    return openpyxl.load_workbook(io.BytesIO(await sheet.read()))


async def test_staff_get_a_picture_and_a_workbook_of_the_last_weeks(server: Server) -> None:
    it, raka = await server.staff("budi.it", "IT Support"), await server.join("raka")
    await open_ticket(server, raka)
    await press(server, it, await desk_card(server), "Ambil")
    await press_and_fill(server, it, await desk_card(server), "Balas", {"text": "Kami cek."})
    await resolve(server, it)
    await open_ticket(server, raka, stage=3)
    shown = await it.slash(server.channel("it-piket"), "tiket-statistik")

    assert shown.ephemeral and "Statistik tiket" in text_of(shown)
    names = [file.filename for file in message_of(shown).attachments]
    assert [name.rsplit(".", 1)[1] for name in names] == ["png", "xlsx"]
    summary = {row[0]: row[1] for row in (await workbook(shown))["Ringkasan"].iter_rows(min_row=3, values_only=True)}
    assert (summary["Tiket masuk"], summary["Tiket selesai"]) == (2, 1)
    assert summary["SLA balasan pertama"] == 1 and summary["Nilai rata-rata (1 sampai 5)"] == UNKNOWN
    causes = list((await workbook(shown))["Penyebab"].iter_rows(min_row=3, values_only=True))
    assert causes == [("Gangguan sistem", 1, 1)]


async def test_only_the_days_asked_for_count(server: Server) -> None:
    it, raka = await server.staff("budi.it", "IT Support"), await server.join("raka")
    first = server.services.clock.today().date()
    await open_ticket(server, raka)
    await later(server, 3)
    await open_ticket(server, raka)
    for dates, number in (({"dari": str(first), "sampai": str(first)}, 1), ({"dari": str(first)}, 2), ({}, 2)):
        shown = await it.slash(server.channel("it-piket"), "tiket-statistik", **dates)
        assert sum(1 for _ in (await workbook(shown))["Tiket"].iter_rows(min_row=3)) == number


async def test_with_no_ticket_at_all_it_says_so(server: Server) -> None:
    sari = await server.staff()
    shown = await sari.slash(
        server.channel("staf-kol"), "tiket-statistik", dari="1 Januari 2025", sampai="31 Maret 2025"
    )
    values = [row[1] for row in (await workbook(shown))["Ringkasan"].iter_rows(min_row=3, values_only=True)]
    assert values.count(UNKNOWN) == 8 and values[0] == 0


async def test_days_that_make_no_sense_are_refused_with_what_to_write(server: Server) -> None:
    sari = await server.staff()
    for dates, told in (
        ({"dari": "kemarin lusa"}, "tidak terbaca"),
        ({"dari": "2 Maret 2026", "sampai": "1 Maret 2026"}, "Tukar dari dan sampai"),
        ({"dari": "1 Januari 2024", "sampai": "1 Maret 2026"}, "paling panjang 366 hari"),
    ):
        shown = await sari.slash(server.channel("staf-kol"), "tiket-statistik", **dates)
        assert told in text_of(shown) and not message_of(shown).attachments
