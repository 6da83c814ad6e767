"""/target, as the KOL team plans and follows the winning of new creators."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.acquisition.models import Period
from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.platform.audit import entries
from tests.support import events
from tests.support.campaigns import press_again
from tests.support.people import add_account
from tests.support.server import Server, message_of, text_of

DAY = 86_400


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    return await server.staff()


async def target(server: Server, staff: MemberActor, command: str, **options: Any) -> InteractionResult:
    return await staff.slash(server.channel("staf-kol"), f"target {command}", **options)


async def arrive(
    server: Server, *names: str, platform: Platform = Platform.TIKTOK, followers: int = 5_000
) -> list[int]:
    async with server.services.database.unit() as tx:
        return [
            await server.services.creators.save(
                tx,
                CreatorRecord(platform, name, niche_1=Niche.FOOD, metrics=Metrics(followers)),
                source="import",
                region="Bali",
            )
            for name in names
        ]


def now(server: Server) -> Period:
    return Period.quarter_of(server.services.acquisition.today())


def alt_of(result: InteractionResult) -> str:
    return message_of(result).attachments[0].description or ""


async def book_of(result: InteractionResult) -> dict[str, list[tuple[Any, ...]]]:
    sheet = message_of(result).attachments[1]
    assert sheet.filename.endswith(".xlsx")
    book = load_workbook(io.BytesIO(await sheet.read()))
    return {one.title: list(one.iter_rows(values_only=True)) for one in book.worksheets}


async def test_a_period_without_anything_says_what_to_do(server: Server, staff: MemberActor) -> None:
    shown = await target(server, staff, "lihat")

    assert shown.ephemeral
    assert "CAC: belum ada data" in text_of(shown)
    assert "Belum ada target" in alt_of(shown)
    book = await book_of(shown)
    assert list(book) == ["Target", "Strategi", "Biaya", "Pertumbuhan"]
    assert book["Strategi"][2] == ("Campaign relevan", 0, "belum ada data", "belum ada data")


async def test_new_creators_count_for_every_target_they_fit(server: Server, staff: MemberActor) -> None:
    told = await target(server, staff, "atur", jumlah=4, platform="tiktok", niche="food", wilayah="bali", tier="nano")
    assert f"TikTok · Kuliner · Nano · Bali** untuk {now(server).label}: **4 kreator baru" in text_of(told)
    await target(server, staff, "atur", jumlah=2)
    await target(server, staff, "atur", jumlah=5, strategi="referral")
    await arrive(server, "satu", "dua")
    await arrive(server, "tiga", platform=Platform.INSTAGRAM)
    await arrive(server, "besar", followers=50_000)

    shown = await target(server, staff, "lihat")

    alt = alt_of(shown)
    assert "4 kreator baru, 1 dari 3 target tercapai" in alt
    assert "TikTok · Kuliner · Nano · Bali: 2 / 4" in alt
    assert "Semua kreator baru: 4 / 2 (200% · tercapai" in alt
    assert "Referral: 0 / 5" in alt
    assert "4 kreator baru belum diketahui asalnya" in text_of(shown)
    rows = (await book_of(shown))["Target"][2:]
    assert ("TikTok", "Kuliner", "Nano", "Bali", "Semua", 4, 2, 0.5) in [row[1:9] for row in rows]


async def test_the_tier_is_that_of_arrival_however_much_the_account_grows(server: Server, staff: MemberActor) -> None:
    await target(server, staff, "atur", jumlah=1, tier="nano")
    await arrive(server, "cepat", followers=9_000)
    await server.env.advance_time(60)
    await arrive(server, "cepat", followers=90_000)

    assert "Nano: 1 / 1" in alt_of(await target(server, staff, "lihat"))


async def test_an_account_found_to_be_another_one_counts_once(server: Server, staff: MemberActor) -> None:
    first, second = await arrive(server, "lama", "baru")
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE creator SET merged_into = :kept WHERE id = :id", {"kept": second, "id": first})

    assert "1 kreator baru" in alt_of(await target(server, staff, "lihat"))


async def test_a_target_is_changed_and_taken_back(server: Server, staff: MemberActor) -> None:
    await target(server, staff, "atur", jumlah=4, platform="tiktok")
    assert "(tadinya 4)" in text_of(await target(server, staff, "atur", jumlah=6, platform="tiktok"))
    assert "dihapus" in text_of(await target(server, staff, "atur", jumlah=0, platform="tiktok"))
    assert "tidak ada yang dihapus" in text_of(await target(server, staff, "atur", jumlah=0, platform="tiktok"))

    kept = await entries(server.services.database.read, subject_kind="acquisition_target", subject_id=1)
    assert [one.details["now"] for one in kept] == [4, 6, None]


async def test_a_month_shows_its_quarters_target_too(server: Server, staff: MemberActor) -> None:
    month = Period(server.services.acquisition.today().replace(day=1), 1)
    await target(server, staff, "atur", jumlah=30)
    await target(server, staff, "atur", jumlah=10, periode=month.label)
    await arrive(server, "satu")

    alt = alt_of(await target(server, staff, "lihat", periode=month.label))
    assert "Semua kreator baru: 1 / 30" in alt and now(server).label in alt and "1 / 10" in alt


async def test_many_targets_come_in_pages_and_periods_can_be_leafed_through(server: Server, staff: MemberActor) -> None:
    for platform in Platform:
        for tier in ("nano", "micro"):
            await target(server, staff, "atur", jumlah=3, platform=platform.value, tier=tier)

    shown = await target(server, staff, "lihat")
    assert alt_of(shown).count("0 / 3") == 8
    turned = await staff.click(message_of(shown), label="Berikutnya")
    assert (message_of(turned).attachments[0].description or "").count("0 / 3") == 4

    earlier = await staff.click(message_of(shown), label="Periode sebelumnya")
    assert now(server).moved(-1).label in text_of(earlier)


async def test_costs_give_the_cost_of_a_creator(server: Server, staff: MemberActor) -> None:
    ids = await arrive(server, "satu", "dua", "tiga")
    opened = await target(server, staff, "biaya")
    assert "Belum ada biaya" in text_of(opened)
    form = await staff.click(message_of(opened), label="Tambah biaya")
    listed = await staff.submit_modal(form, {"strategy": ["giveaway"], "amount": "1jt", "note": "Hadiah *besar*"})
    assert "CAC belum ada data" in text_of(listed)

    await mark(server, staff, "satu", "giveaway")
    await mark(server, staff, "dua", "giveaway", "Giveaway Februari")
    await mark(server, staff, "tiga", "referral", "diajak @sari")

    shown = await target(server, staff, "lihat")
    assert "CAC: **Rp 500.000** per kreator baru" in text_of(shown)
    assert "**Giveaway** (2 kreator baru)" in text_of(shown)
    book = await book_of(shown)
    assert ("Giveaway", 2, 1_000_000, 500_000) in book["Strategi"]
    assert ("Referral", 1, "belum ada data", "belum ada data") in book["Strategi"]

    listed = await target(server, staff, "biaya")
    gone = await staff.select(message_of(listed), ["1"], custom_id=f"tsc:target:cost_drop:{now(server).code}")
    assert "Baris ini dihapus: " in text_of(gone)
    assert "CAC: belum ada data" in text_of(await target(server, staff, "lihat"))
    kept = await entries(server.services.database.read, subject_kind="creator", subject_id=ids[0])
    assert [one.action for one in kept] == ["acquisition.marked"]


async def mark(server: Server, staff: MemberActor, username: str, strategy: str, note: str = "") -> str:
    opened = await target(server, staff, "sumber", kreator=username)
    return text_of(await staff.submit_modal(opened, {"strategy": [strategy], "note": note}))


async def test_a_quarters_cost_is_not_split_over_its_months(server: Server, staff: MemberActor) -> None:
    form = await staff.click(message_of(await target(server, staff, "biaya")), label="Tambah biaya")
    await staff.submit_modal(form, {"strategy": ["referral"], "amount": "300rb", "note": ""})

    month = Period(server.services.acquisition.today().replace(day=1), 1)
    shown = text_of(await target(server, staff, "lihat", periode=month.label))
    assert "CAC: belum ada data" in shown and f"biaya {now(server).label} tidak ikut dihitung di sini" in shown


async def test_a_cost_that_cannot_be_read_comes_back_filled_in(server: Server, staff: MemberActor) -> None:
    form = await staff.click(message_of(await target(server, staff, "biaya")), label="Tambah biaya")

    refused = await staff.submit_modal(form, {"strategy": ["referral"], "amount": "sejuta lebih", "note": "Kopi"})

    assert "tidak terbaca" in text_of(refused)
    again = await staff.click(message_of(refused), label="Perbaiki")
    done = await staff.submit_modal(again, {"strategy": ["referral"], "amount": "1jt", "note": "Kopi"})
    assert "Kopi" in text_of(done)


async def test_several_newcomers_are_marked_at_once_even_after_a_restart(server: Server, staff: MemberActor) -> None:
    ids = await arrive(server, *(f"kreator{index:02}" for index in range(25)))
    listed = await target(server, staff, "sumber")
    assert "25 kreator baru belum ditandai" in text_of(listed)

    await server.restart()
    opened = await staff.select(message_of(listed), [str(one) for one in ids[-3:]], custom_id="tsc:target:choose")
    told = await staff.submit_modal(opened, {"strategy": ["offline_event"], "note": "Meet-up Bandung"})

    assert "3 kreator ditandai datang lewat **Event offline**" in text_of(told)
    assert "22 kreator baru belum ditandai" in text_of(await target(server, staff, "sumber"))
    assert "hapus tanda" not in await mark(server, staff, "kreator24", "unknown")
    assert "23 kreator baru belum ditandai" in text_of(await target(server, staff, "sumber"))


async def test_what_somebody_did_before_registering_is_the_guess_until_staff_say_otherwise(
    server: Server, staff: MemberActor
) -> None:
    posted = await events.announce(server, staff)
    guest = await server.join("rani")
    await guest.click(posted, label="Ikut")
    await add_account(server, guest, "rani.kuliner")

    shown = text_of(await target(server, staff, "sumber"))
    assert "rani.kuliner" in shown and "kira-kira **Event o" in shown
    assert "**Event o" in text_of(await target(server, staff, "lihat"))

    await mark(server, staff, "rani.kuliner", "referral")
    assert "**Referral** (1 kreator baru)" in text_of(await target(server, staff, "lihat"))


async def test_growth_is_shown_month_by_month_beside_the_target(server: Server, staff: MemberActor) -> None:
    assert "Belum ada kreator" in alt_of(await target(server, staff, "pertumbuhan"))
    await target(server, staff, "atur", jumlah=9, platform="tiktok")
    await arrive(server, "satu", "dua")
    await server.env.advance_time(32 * DAY)
    await arrive(server, "tiga")

    shown = await target(server, staff, "pertumbuhan")

    assert "TikTok: 1 di bulan terakhir, 3 akun, 1 bulan terakhir" in alt_of(shown)
    rows = (await book_of(await target(server, staff, "lihat")))["Pertumbuhan"]
    assert rows[1] == ("Bulan", "TikTok", "Target TikTok")
    assert sum(row[1] for row in rows[2:]) in (2, 3)


async def test_periods_are_offered_and_nonsense_is_refused(server: Server, staff: MemberActor) -> None:
    channel = server.channel("staf-kol")
    offered = [one["value"] for one in await staff.autocomplete(channel, "target lihat", "periode", "q")]
    assert offered[0] == now(server).label

    assert "tidak terbaca" in text_of(await target(server, staff, "lihat", periode="besok lusa"))
    assert "tidak dikenal" in text_of(await target(server, staff, "atur", jumlah=1, wilayah="Atlantis"))


async def test_creators_may_not_look(server: Server) -> None:
    creator = await server.join("rani")

    refused = await press_again(server, creator, f"tsc:target:plan:{now(server).code}")

    assert "hanya untuk Tim KOL" in text_of(refused)
