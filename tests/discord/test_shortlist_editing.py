"""What staff do with a shortlist in Discord: pin, drop, order, note, weigh, fit a budget, look back."""

from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.creators.models import CreatorRecord, Metrics, Platform
from bot.platform.audit import Actor
from tests.support.campaigns import announce, apply, buttons_of, decide, open_applicant, press_again
from tests.support.kol import choices_of, keep_the_sheet, shortlist
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

BRAND = {"niche": "beauty", "min_followers": "10rb", "maks_followers": "15rb", "min_er": "1%", "judul": "Serum"}


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


async def explained(
    server: Server, staff: MemberActor, username: str, built: InteractionResult | None = None
) -> InteractionResult:
    """The explanation of one creator's score."""
    shown = message_of(built or await shortlist(server, staff, "lihat", judul="#1"))
    value = next(value for label, value in choices_of(shown).items() if f"@{username} " in label)
    return await staff.select(shown, [value], custom_id="tsc:shortlist:explain:1")


async def fill(staff: MemberActor, shown: InteractionResult, button: str, **typed: Any) -> InteractionResult:
    """Press a button and send the form it opens."""
    opened = await staff.click(message_of(shown), label=button)
    assert opened.modal is not None, "no form was opened"
    return await staff.submit_modal(opened, typed)


async def order(server: Server, staff: MemberActor) -> list[str]:
    """Who is in, by rank."""
    shown = choices_of(message_of(await shortlist(server, staff, "lihat", judul="#1")))
    return [label.split("@")[1].split(" ")[0] for label in shown if label[0].isdigit()]


async def test_a_pin_puts_somebody_first_and_says_what_they_do_not_meet(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    one = await explained(server, staff, "dena18", built)
    await server.restart()

    pinned = await staff.click(message_of(one), label="Sematkan")

    assert "Peringkat 1 (disematkan) di “Serum”" in text_of(pinned)
    assert "Disematkan tim walau\n• ER 0,63%, di bawah minimal 1%." in text_of(pinned)
    shown = await staff.click(message_of(pinned), label="Lihat shortlist")
    assert "· disematkan" in text_of(shown) and "syarat belum terpenuhi" in text_of(shown)
    assert await order(server, staff) == ["dena18", "masavufirda", "puputholly"]
    await staff.click(message_of(pinned), label="Lepas sematan")
    assert await order(server, staff) == ["masavufirda", "puputholly"]


async def test_who_is_dropped_stays_in_view_with_the_reason(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    one = await explained(server, staff, "masavufirda")

    dropped = await fill(staff, one, "Keluarkan", reason="Baru kerja untuk *pesaing*")

    assert "Kenapa tidak masuk\n• Dikeluarkan tim: Baru kerja untuk \\*pesaing\\*." in text_of(dropped)
    offered = set(buttons_of(message_of(dropped)))
    assert {"Kembalikan", "Catatan & tarif"} <= offered
    assert not {"Sematkan", "Keluarkan", "Atur peringkat"} & offered
    again = await staff.click(message_of(await shortlist(server, staff, "lihat", judul="#1")), label="Susun ulang")
    assert "Dikeluarkan tim: Baru kerja" in text_of(again)
    await staff.click(message_of(dropped), label="Kembalikan")
    assert await order(server, staff) == ["masavufirda", "puputholly"]


async def test_the_order_is_set_by_hand_and_given_back(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    one = await explained(server, staff, "puputholly")

    moved = await fill(staff, one, "Atur peringkat", rank="1")
    assert "Peringkat 1 (diatur tim)" in text_of(moved)
    assert await order(server, staff) == ["puputholly", "masavufirda"]
    refused = await fill(staff, moved, "Atur peringkat", rank="nol")
    assert "nol" in text_of(refused) and "Perbaiki" in buttons_of(message_of(refused))
    back = await fill(staff, moved, "Atur peringkat", rank="")

    assert "kembali menurut skor" in text_of(back)
    assert await order(server, staff) == ["masavufirda", "puputholly"]


async def test_a_note_and_a_rate_are_kept_for_staff(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    one = await explained(server, staff, "puputholly")

    noted = await fill(staff, one, "Catatan & tarif", note="Cepat membalas, minta dua minggu.", rate="1,5jt")

    assert "Catatan tim\nCepat membalas, minta dua minggu." in text_of(noted)
    assert "Tarif: Rp 1.500.000\nDiisi tim." in text_of(noted)
    shown = text_of(await shortlist(server, staff, "lihat", judul="#1"))
    assert "Catatan: Cepat membalas" in shown
    opened = await staff.click(message_of(noted), label="Catatan & tarif")
    assert opened.modal is not None and "1.500.000" in str(opened.modal)
    rebuilt = await staff.click(message_of(await shortlist(server, staff, "lihat", judul="#1")), label="Susun ulang")
    assert "Versi 2 dari 2." in text_of(rebuilt)
    priced = await explained(server, staff, "puputholly", rebuilt)
    assert "Rp 1.500.000 untuk sekitar 5.900 views: Rp 254 per view" in text_of(priced)


async def test_weights_are_changed_by_a_form_that_counts_along(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    opened = await staff.click(message_of(built), label="Atur bobot")
    assert "Niche: 22" in str(opened.modal) and "Angka wajar: 8" in str(opened.modal)

    refused = await staff.submit_modal(opened, {"weights": "Tipe konten: 60\nER: 30"})
    assert "Jumlah semua bobot 90, harusnya 100: tambah 10 lagi." in text_of(refused)
    fixing = await staff.click(message_of(refused), label="Perbaiki")
    assert "Tipe konten: 60" in str(fixing.modal)
    weighed = await staff.submit_modal(fixing, {"weights": "Tipe konten: 60\nER: 40"})

    assert "Bobot (diatur tim): ER 40 · Tipe konten 60" in text_of(weighed)
    assert await order(server, staff) == ["puputholly", "masavufirda"]
    assert "Bobot: ER 40, Tipe konten 60." in (message_of(weighed).attachments[0].description or "")
    back = await staff.click(message_of(weighed), label="Bobot bawaan")
    assert "Bobot: Niche 22" in text_of(back)
    assert await order(server, staff) == ["masavufirda", "puputholly"]


async def test_somebody_is_added_by_name(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    async with server.services.database.unit() as tx:
        for platform in (Platform.X, Platform.INSTAGRAM):
            record = CreatorRecord(platform, "kembar", metrics=Metrics(9_000, 900, 90, 9, 9))
            await server.services.creators.save(tx, record, source="import")

    which = await shortlist(server, staff, "tambah", judul="serum", kreator="kembar")
    assert "Username itu ada di" in text_of(which) and "Instagram" in text_of(which)
    assert await order(server, staff) == ["masavufirda", "puputholly"]
    choices = await staff.autocomplete(server.channel("staf-kol"), "shortlist tambah", "kreator", "kembar")
    added = await shortlist(server, staff, "tambah", judul="#1", kreator=choices[0]["value"])

    assert "Ditambahkan dan disematkan." in text_of(added)
    assert (await order(server, staff))[0] == "kembar"


async def test_who_is_on_the_blacklist_is_out_and_offers_no_pin(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    (creator,) = await server.services.search.chosen("masavufirda")
    await server.services.creator_care.blacklist(_actor(staff), creator.creator.id, "Membatalkan sepihak", "")
    await server.services.creator_care.add_note(_actor(staff), creator.creator.id, "Pernah telat kirim draf.")

    rebuilt = await staff.click(message_of(built), label="Susun ulang")
    one = await explained(server, staff, "masavufirda", rebuilt)

    assert "Ada di blacklist: Membatalkan sepihak." in text_of(rebuilt)
    assert "Sematkan" not in buttons_of(message_of(one))
    assert "Catatan di database\n• " in text_of(one) and "Pernah telat kirim draf." in text_of(one)
    refused = await press_again(server, staff, f"tsc:shortlist:pin:1:{creator.creator.id}")
    assert "ada di blacklist" in text_of(refused)


async def test_past_campaigns_and_the_fee_speak_for_an_applicant(server: Server, staff: MemberActor) -> None:
    creator = await registered_creator(server, "rara.makeup", followers=12_000, likes=700, comments=60)
    accounts = {"platforms": ["tiktok"], "niches": ["beauty"], "tiers": []}
    first = await announce(server, staff, title="Serum Pagi", accounts=accounts)
    await apply(creator, first, rate="900rb")
    await decide(staff, await open_applicant(server, staff), "Terima")
    await server.services.applications.step_back(_actor(creator), 1, "Sakit")
    second = await announce(server, staff, title="Serum Malam", accounts=accounts)
    await apply(creator, second)

    built = await shortlist(server, staff, "kampanye", judul="#2")
    one = await explained(server, staff, "rara.makeup", built)

    assert "Ikut 1 kampanye bersama kami, mundur dari 1." in text_of(one)
    assert "Tarif: Rp 1.500.000\nFee kampanye." in text_of(one)
    database = await shortlist(server, staff, "cari", niche="beauty", judul="Lain")
    value = next(value for label, value in choices_of(message_of(database)).items() if "rara.makeup" in label)
    row = await staff.select(message_of(database), [value], custom_id="tsc:shortlist:explain:2")
    assert "Tarif: Rp 900.000\nDiminta di lamaran sebelumnya." in text_of(row)


async def test_a_budget_gives_the_best_set_and_says_why_not_the_others(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", judul="Semua")
    nothing = await fill(staff, built, "Cocokkan anggaran", budget="10jt", slots="2")
    assert "Tarif semua kreator belum diketahui" in text_of(nothing)
    for username, rate in {"masavufirda": "7jt", "puputholly": "3jt", "dena18": "3,5jt"}.items():
        await fill(staff, await explained(server, staff, username), "Catatan & tarif", note="", rate=rate)

    fit = await shortlist(server, staff, "anggaran", judul="#1", anggaran="7jt")

    shown = text_of(fit)
    assert fit.ephemeral
    assert "**2 dari 2 kreator, Rp 6.500.000** dari Rp 7.000.000 (sisa Rp 500.000)." in shown
    assert "[@puputholly]" in shown and "[@dena18]" in shown and "[@masavufirda]" not in shown
    assert "@masavufirda" in shown and "kalau dipaksakan, total skor turun" in shown
    assert "Tarif belum diketahui: 3" in shown
    opened = await staff.click(message_of(fit), label="Ubah anggaran")
    assert "7.000.000" in str(opened.modal)
    refused = await staff.submit_modal(opened, {"budget": "banyak", "slots": "x"})
    assert "banyak" in text_of(refused)


async def test_an_earlier_version_is_read_and_compared(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    async with server.services.database.unit() as tx:
        moved = CreatorRecord(Platform.TIKTOK, "masavufirda", metrics=Metrics(followers=99_000))
        await server.services.creators.save(tx, moved, source="import")
    rebuilt = await staff.click(message_of(built), label="Susun ulang")
    listed = await staff.click(message_of(rebuilt), label="Versi (2)")
    by_title = await shortlist(server, staff, "versi", judul="serum")
    await server.restart()

    assert text_of(listed) == text_of(by_title)
    assert "**Versi 2** · disusun ulang oleh" in text_of(listed) and "**Versi 1** · disusun oleh" in text_of(listed)
    earlier = await staff.select(message_of(listed), ["1"], custom_id="tsc:shortlist:version:1")
    assert "Versi 1 dari 2." in text_of(earlier) and "**1.** [@masavufirda]" in text_of(earlier)
    assert set(buttons_of(message_of(earlier))) == {"Ke versi terbaru (2)"}
    value = next(value for label, value in choices_of(message_of(earlier)).items() if "masavufirda" in label)
    one = await staff.select(message_of(earlier), [value], custom_id="tsc:shortlist:explained:1:1")
    assert "skor 79 dari 100" in text_of(one) and set(buttons_of(message_of(one))) == {"Profil lengkap"}
    compared = await staff.select(message_of(listed), ["2", "1"], custom_id="tsc:shortlist:compare:1")
    assert "Versi 1 → 2: Serum" in text_of(compared)
    assert "Keluar\n• @masavufirda (tadinya 1): Followers 99.000, yang dicari 10.000 sampai 15.000." in text_of(
        compared
    )
    assert "@puputholly peringkat 2 → 1, skor tetap 71" in text_of(compared)
    newest = await staff.click(message_of(earlier), label="Ke versi terbaru (2)")
    assert text_of(newest) == text_of(rebuilt)


async def test_region_and_age_are_points_when_they_are_preferred(server: Server, staff: MemberActor) -> None:
    built = await shortlist(
        server, staff, "cari", niche="beauty", utamakan_wilayah="Jabar", utamakan_usia="18-24", judul="Jabar"
    )

    assert "Wilayah 7 · Usia 5" in text_of(built)
    assert "Diutamakan wilayah Jawa Barat, Diutamakan usia 18-24" in text_of(built)
    one = await explained(server, staff, "masavufirda", built)
    assert "Wilayah belum tercatat, yang diutamakan Jawa Barat." in text_of(one)


async def test_only_the_kol_team_may_touch_it(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    finance = await server.staff("dewi.finance", role="Finance")
    creator = await server.join("raka", roles=("Kreator",))

    for person in (finance, creator):
        for button in ("pin:1:1", "unpin:1:1", "drop:1:1", "restore:1:1", "move:1:1", "note:1:1", "weigh:1"):
            assert "hanya untuk Tim KOL" in text_of(await press_again(server, person, f"tsc:shortlist:{button}"))
        for button in ("weigh-default:1", "budget:1", "versions:1", "show:1"):
            assert "hanya untuk Tim KOL" in text_of(await press_again(server, person, f"tsc:shortlist:{button}"))
    assert await order(server, staff) == ["masavufirda", "puputholly"]


async def test_buttons_of_a_shortlist_that_is_gone_say_so(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    one = await explained(server, staff, "masavufirda")
    async with server.services.database.unit() as tx:
        await tx.execute("DELETE FROM shortlist")

    for label in ("Sematkan", "Catatan & tarif", "Lihat shortlist"):
        assert "Shortlist ini sudah tidak ada" in text_of(await staff.click(message_of(one), label=label))


def _actor(member: MemberActor) -> Actor:
    return Actor(member.id)
