"""/shortlist, as the KOL team uses it: build, read the score, decide, show again."""

import pytest
from simcord.actors import MemberActor

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.platform.audit import entries
from tests.support.campaigns import announce, apply, decide, open_applicant, press_again
from tests.support.kol import choices_of, keep_the_sheet, shortlist
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

BRAND = {"niche": "beauty", "min_followers": "10rb", "maks_followers": "15rb", "min_er": "1%"}


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


async def a_campaign_with_applicants(server: Server, staff: MemberActor) -> tuple[MemberActor, MemberActor]:
    """Two registered creators apply to a beauty campaign for 10,000 followers and more."""
    strong = await registered_creator(server, "rara.makeup", followers=12_000, likes=700, comments=60)
    other = await registered_creator(server, "dodo.glow", followers=20_000, likes=400, comments=30)
    post = await announce(
        server,
        staff,
        title="Serum Pagi",
        accounts={"platforms": ["tiktok"], "niches": ["beauty"], "tiers": []},
        figures={"min_followers": "10rb", "max_followers": "", "min_engagement": "1"},
    )
    await apply(strong, post, rate="900rb")
    await apply(other, post, rate="750rb")
    return strong, other


async def test_the_brands_need_gives_the_expected_order_with_the_score_in_view(
    server: Server, staff: MemberActor
) -> None:
    result = await shortlist(server, staff, "cari", **BRAND)

    shown = text_of(result)
    assert result.ephemeral
    assert "**2 masuk**, 4 tidak masuk." in shown
    assert "Bobot: Niche 22 · Followers 8 · ER 26" in shown
    assert "**1.** [@masavufirda]" in shown and "**2.** [@puputholly]" in shown
    assert shown.index("masavufirda") < shown.index("puputholly") < shown.index("Tidak masuk**\n")
    assert "ER 0,63%, di bawah minimal 1%." in shown
    assert "⚠️ ER tidak wajar, Views tidak wajar" in shown
    (picture,) = message_of(result).attachments
    assert picture.filename == "shortlist.png"
    assert picture.description is not None
    assert "1. masavufirda, skor 79" in picture.description and "dena18" not in picture.description


async def test_one_creators_score_is_explained_line_by_line(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    await server.restart()
    options = choices_of(message_of(built))

    result = await staff.select(
        message_of(built), [options["1. @masavufirda · skor 79"]], custom_id="tsc:shortlist:explain:1"
    )

    shown = text_of(result)
    assert "@masavufirda: skor 79 dari 100" in shown
    assert "Niche: 22 dari 22\nNiche utama Kecantikan cocok." in shown
    assert "ER: 22 dari 26\nER 3,76%. Biasanya 3% untuk Micro; penuh mulai 4,5%." in shown
    assert "Angka wajar: 8 dari 8" in shown
    assert "patokan tim TSC" in shown
    profile = await staff.click(message_of(result), label="Profil lengkap")
    assert "@masavufirda · TikTok" in text_of(profile)


async def test_who_is_out_is_explained_too(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    options = choices_of(message_of(built))
    label = next(label for label in options if "paetishak" in label)

    result = await staff.select(message_of(built), [options[label]], custom_id="tsc:shortlist:explain:1")

    shown = text_of(result)
    assert "Kenapa tidak masuk" in shown
    assert "Followers 3.249, yang dicari 10.000 sampai 15.000." in shown
    assert "ER 337,27% tidak wajar, jadi belum diberi poin." in shown


async def test_applicants_and_database_rows_stand_side_by_side(server: Server, staff: MemberActor) -> None:
    await a_campaign_with_applicants(server, staff)

    result = await shortlist(server, staff, "kampanye", judul="#1")

    shown = text_of(result)
    assert "Shortlist: Serum Pagi" in shown
    assert "**4 masuk**" in shown
    assert "12 rb · ER 6,33% · pelamar" in shown
    assert "10,5 rb · ER 3,76% · database" in shown
    assert "dena18" in shown and "di bawah minimal 1%" in shown


async def test_a_declined_applicant_does_not_come_back_as_a_database_row(server: Server, staff: MemberActor) -> None:
    await a_campaign_with_applicants(server, staff)
    await decide(staff, await open_applicant(server, staff, 2), "Tolak", "Slot untuk niche lain.")

    shown = text_of(await shortlist(server, staff, "kampanye", judul="Serum Pagi"))

    assert "rara.makeup" in shown
    assert "dodo.glow" not in shown


async def test_an_applicant_who_no_longer_fits_stays_in_view_with_the_reason(
    server: Server, staff: MemberActor
) -> None:
    await a_campaign_with_applicants(server, staff)
    async with server.services.database.unit() as tx:
        moved = CreatorRecord(Platform.TIKTOK, "dodo.glow", metrics=Metrics(avg_likes=20, avg_comments=1))
        await server.services.creators.save(tx, moved, source="import")

    shown = text_of(await shortlist(server, staff, "kampanye", judul="#1"))

    line = next(line for line in shown.splitlines() if "dodo.glow" in line)
    assert line.startswith("•") and "pelamar: ER 0,11%" in line.replace("0,10%", "0,11%")


async def test_from_the_score_to_the_decision(server: Server, staff: MemberActor) -> None:
    strong, _ = await a_campaign_with_applicants(server, staff)
    built = await shortlist(server, staff, "kampanye", judul="#1")
    options = choices_of(message_of(built))
    label = next(label for label in options if "rara.makeup" in label)
    explained = await staff.select(message_of(built), [options[label]], custom_id="tsc:shortlist:explain:1")
    await server.restart()

    detail = await staff.click(message_of(explained), label="Putuskan lamaran")
    assert "Rp 900.000" in text_of(detail)
    done = await decide(staff, detail, "Terima")
    await server.env.settle()

    assert "Diterima" in text_of(done)
    assert "Serum Pagi" in text_of(server.dms(strong)[-1])


async def test_a_campaigns_shortlist_is_one_and_is_built_anew(server: Server, staff: MemberActor) -> None:
    await a_campaign_with_applicants(server, staff)
    first = await shortlist(server, staff, "kampanye", judul="#1")
    async with server.services.database.unit() as tx:
        record = CreatorRecord(
            Platform.TIKTOK, "baru.beauty", niche_1=Niche.BEAUTY, metrics=Metrics(12_000, 9_000, 700, 90, 9)
        )
        await server.services.creators.save(tx, record, source="import")

    again = await staff.click(message_of(first), label="Susun ulang")
    await shortlist(server, staff, "kampanye", judul="#1")

    assert "baru.beauty" not in text_of(first) and "baru.beauty" in text_of(again)
    kept = await server.services.shortlists.suggest("")
    # The third building found nothing new, so it is no version of its own.
    assert [(one.id, one.revision) for one in kept] == [(1, 2)]
    history = await entries(server.services.database.read, subject_kind="shortlist", subject_id=1)
    assert [entry.actor_id for entry in history] == [staff.id] * 3


async def test_the_applicants_are_one_press_away(server: Server, staff: MemberActor) -> None:
    await a_campaign_with_applicants(server, staff)
    built = await shortlist(server, staff, "kampanye", judul="#1")

    result = await staff.click(message_of(built), label="Lihat pelamar")

    assert "Pelamar: Serum Pagi" in text_of(result)


async def test_an_earlier_shortlist_is_found_by_title_and_shown_after_a_restart(
    server: Server, staff: MemberActor
) -> None:
    built = await shortlist(server, staff, "cari", judul="Serum Maret", **BRAND)
    await server.restart()
    channel = server.channel("staf-kol")

    offered = await staff.autocomplete(channel, "shortlist lihat", "judul", "maret")
    assert [(choice["name"], choice["value"]) for choice in offered] == [("Serum Maret · 2 kreator", "#1")]
    by_choice = await shortlist(server, staff, "lihat", judul="#1")
    by_title = await shortlist(server, staff, "lihat", judul="serum maret")

    assert text_of(by_choice) == text_of(by_title) == text_of(built)
    assert len(message_of(by_choice).attachments) == 1


async def test_a_long_shortlist_has_pages_that_outlive_a_restart(server: Server, staff: MemberActor) -> None:
    async with server.services.database.unit() as tx:
        for index in range(20):
            metrics = Metrics(12_100 + index, 6_000, 900, 60, 5)
            record = CreatorRecord(Platform.INSTAGRAM, f"kopi{index:02}", niche_1=Niche.FOOD, metrics=metrics)
            await server.services.creators.save(tx, record, source="import")
    first = await shortlist(server, staff, "cari", niche="food", platform="instagram", judul="Kopi")
    assert "**1.** [@kopi19]" in text_of(first)
    await server.restart()

    second = await staff.click(message_of(first), label="Berikutnya")
    assert "**9.** [@kopi11]" in text_of(second)
    assert "Peringkat 9–16 dari 20" in (message_of(second).attachments[0].description or "")
    third = await staff.click(message_of(first), label="Berikutnya")

    assert "**17.** [@kopi03]" in text_of(third) and "Tidak masuk" in text_of(third)


async def test_nobody_fits_and_the_nearest_are_shown_with_what_is_missing(server: Server, staff: MemberActor) -> None:
    result = await shortlist(server, staff, "cari", niche="beauty", tier="mega")

    shown = text_of(result)
    assert "Belum ada yang memenuhi semua syarat." in shown
    assert "Tier Micro, yang dicari Mega." in shown
    assert message_of(result).attachments == []


async def test_an_empty_database_still_answers(server: Server) -> None:
    staff = await server.staff()

    shown = text_of(await shortlist(server, staff, "cari", niche="beauty"))

    assert "masih kosong" in shown and "/kol impor" in shown


async def test_a_ceiling_on_the_rate_says_whose_rate_is_not_known(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", maks_tarif="1jt")

    assert "**6 masuk** (tarif 6 di antaranya belum diketahui), 0 tidak masuk" in text_of(built)
    assert "tarif belum diketahui" in next(line for line in text_of(built).splitlines() if "ER 3,76%" in line)
    choice = next(value for label, value in choices_of(message_of(built)).items() if "masavufirda" in label)
    explained = await staff.select(message_of(built), [choice], custom_id="tsc:shortlist:explain:1")
    assert "Tarif: belum diketahui" in text_of(explained)
    assert "maksimal Rp 1.000.000" in text_of(explained)


async def test_a_negative_er_is_answered_sensibly(server: Server, staff: MemberActor) -> None:
    assert "ER “-1” tidak bisa negatif" in text_of(await shortlist(server, staff, "cari", min_er="-1"))


async def test_every_criterion_can_be_given_at_once(server: Server, staff: MemberActor) -> None:
    result = await shortlist(
        server,
        staff,
        "cari",
        niche="skincare",
        niche_lain="makeup",
        platform="tiktok",
        tier="micro",
        tipe_konten="C",
        wilayah="Jawa Barat",
        maks_tarif="1,5jt",
        min_er="0,5",
    )

    shown = text_of(result)
    assert "Wilayah belum tercatat, yang dicari Jawa Barat." in shown
    assert "Tarif maksimal Rp 1.500.000" in shown


async def test_bad_numbers_are_all_told_at_once_and_nothing_is_kept(server: Server, staff: MemberActor) -> None:
    result = await shortlist(
        server, staff, "cari", min_followers="1.2.3jt", min_er="abc", wilayah="Atlantis", maks_tarif="2,5M"
    )

    shown = text_of(result)
    assert all(part in shown for part in ("“1.2.3jt”", "Persentase", "Provinsi “Atlantis”", "“2,5M”"))
    assert await server.services.shortlists.suggest("") == []


async def test_a_campaign_or_shortlist_that_is_not_there_is_said_so(server: Server, staff: MemberActor) -> None:
    assert "tidak ditemukan" in text_of(await shortlist(server, staff, "kampanye", judul="Entah"))
    assert "tidak ditemukan" in text_of(await shortlist(server, staff, "lihat", judul="Entah"))
    assert "sudah tidak ada" in text_of(await shortlist(server, staff, "lihat", judul="#9"))


async def test_buttons_of_a_shortlist_that_is_gone_get_a_friendly_answer(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    options = choices_of(message_of(built))
    async with server.services.database.unit() as tx:
        await tx.execute("DELETE FROM shortlist")

    rebuilt = await staff.click(message_of(built), label="Susun ulang")
    explained = await staff.select(
        message_of(built), [next(iter(options.values()))], custom_id="tsc:shortlist:explain:1"
    )

    assert "Shortlist ini sudah tidak ada" in text_of(rebuilt)
    assert "Shortlist ini sudah tidak ada" in text_of(explained)


async def test_a_creator_that_a_newer_building_left_out_is_said_so(server: Server, staff: MemberActor) -> None:
    built = await shortlist(server, staff, "cari", **BRAND)
    options = choices_of(message_of(built))
    async with server.services.database.unit() as tx:
        await tx.execute("DELETE FROM creator WHERE username = 'masavufirda'")

    result = await staff.select(
        message_of(built), [options["1. @masavufirda · skor 79"]], custom_id="tsc:shortlist:explain:1"
    )

    assert "tidak ada lagi di shortlist itu" in text_of(result)


async def test_members_do_not_see_it_and_other_staff_are_refused(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    creator = await server.join("raka", roles=("Kreator",))
    finance = await server.staff("dewi.finance", role="Finance")

    assert not [name for name in creator.available_commands(server.channel("bantuan")) if "shortlist" in name]
    refused = [
        await shortlist(server, finance, "cari"),
        await shortlist(server, finance, "lihat", judul="#1"),
        await shortlist(server, finance, "kampanye", judul="#1"),
        await press_again(server, finance, "tsc:shortlist:rebuild:1"),
        await press_again(server, creator, "tsc:shortlist:applicant:1"),
    ]
    assert all("hanya untuk Tim KOL" in text_of(one) for one in refused)
    assert await finance.autocomplete(server.channel("staf-kol"), "shortlist lihat", "judul", "") == []
    assert await finance.autocomplete(server.channel("staf-kol"), "shortlist kampanye", "judul", "") == []


async def test_somebody_elses_pages_cannot_be_turned(server: Server, staff: MemberActor) -> None:
    async with server.services.database.unit() as tx:
        for index in range(12):
            record = CreatorRecord(Platform.X, f"warga{index:02}", metrics=Metrics(9_000, 900, 90, 9, 9))
            await server.services.creators.save(tx, record, source="import")
    await shortlist(server, staff, "cari", platform="x")
    other = await server.staff("budi.kol")

    result = await press_again(server, other, "tsc:list:page:1:2")

    assert "milik orang lain" in text_of(result)
