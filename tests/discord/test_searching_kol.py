"""/kol cari and /kol profil, as the KOL team uses them."""

import pytest
from simcord.actors import MemberActor

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.platform.audit import entries
from tests.support.campaigns import announce, apply, press_again
from tests.support.kol import choices_of, keep_the_sheet, kol
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


async def many(server: Server, count: int) -> None:
    async with server.services.database.unit() as tx:
        for index in range(count):
            metrics = Metrics(50_000 - index, 20_000, 900, 60, 5)
            record = CreatorRecord(Platform.INSTAGRAM, f"kreator{index:02}", niche_1=Niche.FOOD, metrics=metrics)
            await server.services.creators.save(tx, record, source="import")


async def test_staff_search_by_several_columns_at_once(server: Server, staff: MemberActor) -> None:
    result = await kol(
        server, staff, "cari", niche="beauty", min_followers="10rb", maks_followers="15.000", min_er="1%", urut="er"
    )

    shown = text_of(result)
    assert result.ephemeral
    assert "2 kreator" in shown
    assert "Niche Kecantikan, Followers 10.000 sampai 15.000, ER minimal 1%. ER tertinggi." in shown
    assert shown.index("masavufirda") < shown.index("puputholly")
    assert "10,5 rb · ER 3,76% · Micro · Kecantikan, Perawatan kulit" in shown
    assert "https://www.tiktok.com/@masavufirda" in shown


async def test_every_filter_can_be_used_together(server: Server, staff: MemberActor) -> None:
    result = await kol(
        server,
        staff,
        "cari",
        teks="@MASAVU",
        platform="tiktok",
        niche="skincare",
        tier="micro",
        min_followers="10.5k",
        maks_followers="10.500",
        min_er="3",
        maks_er="4,5%",
        tipe_konten="C",
        gender="female",
        usia="25-34",
        affiliate=True,
        min_views="2rb",
        maks_views="3rb",
        min_like="300",
        min_komentar="30",
        min_share="20",
        di_discord=False,
        ada_kontak=True,
        angka="sound",
        urut="username",
    )

    assert "1 kreator" in text_of(result)
    assert "masavufirda" in text_of(result)


async def test_flagged_creators_are_marked_in_the_list(server: Server, staff: MemberActor) -> None:
    shown = text_of(await kol(server, staff, "cari", urut="views"))

    marked = {line.split("@")[1].split("]")[0] for line in shown.splitlines() if "⚠️" in line and "@" in line}
    assert marked == {"paetishak", "hiffanytanujaya"}
    assert "ada angka yang perlu dicek" in shown


async def test_nothing_found_says_what_to_loosen(server: Server, staff: MemberActor) -> None:
    result = await kol(server, staff, "cari", niche="beauty", tier="nano", min_er="1%")

    shown = text_of(result)
    assert "Tidak ada yang cocok" in shown
    assert "tanpa **Tier Nano**: 2 kreator" in shown
    assert "tanpa **Niche Kecantikan**: 1 kreator" in shown


async def test_nothing_found_by_any_single_step_is_said_too(server: Server, staff: MemberActor) -> None:
    result = await kol(server, staff, "cari", niche="pets", platform="youtube", wilayah="Bali", kota="Denpasar")

    assert "Kosongkan beberapa" in text_of(result)


async def test_an_empty_database_points_to_the_import(server: Server) -> None:
    staff = await server.staff()

    assert "/kol impor" in text_of(await kol(server, staff, "cari"))


async def test_an_empty_database_points_to_the_import_whatever_is_looked_for(server: Server) -> None:
    staff = await server.staff()

    assert "/kol impor" in text_of(await kol(server, staff, "cari", niche="beauty", tier="nano"))


async def test_a_pasted_profile_link_finds_the_account(server: Server, staff: MemberActor) -> None:
    link = "https://www.tiktok.com/@Masavufirda?is_from_webapp=1&sender_device=pc"

    found = text_of(await kol(server, staff, "cari", teks=link))
    assert "1 kreator" in found and "Platform TikTok" in found and "@masavufirda" in found
    assert "@masavufirda · TikTok" in text_of(await kol(server, staff, "profil", kreator=link))
    offered = await staff.autocomplete(server.channel("staf-kol"), "kol cari", "teks", link[:100])
    assert [choice["value"] for choice in offered] == ["masavufirda"]
    assert "link pendek" in text_of(await kol(server, staff, "cari", teks="https://vt.tiktok.com/ZS1/"))


async def test_a_contact_with_underscores_is_shown_as_it_is(server: Server, staff: MemberActor) -> None:
    async with server.services.database.unit() as tx:
        record = CreatorRecord(Platform.TIKTOK, "rina", contact="_rina_ok_@mail.com")
        await server.services.creators.save(tx, record, source="import")
    profile = await kol(server, staff, "profil", kreator="rina")

    shown = text_of(await staff.click(message_of(profile), label="Lihat kontak"))

    assert "``_rina_ok_@mail.com``" in shown


async def test_what_the_picture_says_ends_with_one_full_stop(server: Server, staff: MemberActor) -> None:
    profile = await kol(server, staff, "profil", kreator="paetishak")

    (picture,) = message_of(profile).attachments
    assert picture.description is not None
    assert "lembar 336%" in picture.description and "sheet" not in picture.description
    assert ".." not in picture.description and ".;" not in picture.description


async def test_bad_numbers_are_all_told_at_once_with_how_to_write_them(server: Server, staff: MemberActor) -> None:
    result = await kol(
        server,
        staff,
        "cari",
        min_followers="1.2.3jt",
        min_er="banyak",
        min_views="-5",
        maks_views="12.5",
        wilayah="xyz",
    )

    shown = text_of(result)
    assert result.ephemeral
    assert "Followers: Angka “1.2.3jt”" in shown and "1,2jt" in shown
    assert "ER: Persentase “banyak”" in shown
    assert "Rata-rata views: Angka “12.5”" in shown
    assert "Provinsi “xyz” tidak dikenal" in shown


async def test_a_range_the_wrong_way_round_is_refused(server: Server, staff: MemberActor) -> None:
    shown = text_of(
        await kol(server, staff, "cari", min_followers="15rb", maks_followers="10rb", min_er="5", maks_er="1")
    )

    assert "Followers minimal lebih besar dari maksimal" in shown
    assert "ER minimal lebih besar dari maksimal" in shown


async def test_pages_turn_also_after_a_restart(server: Server, staff: MemberActor) -> None:
    await many(server, 23)
    first = await kol(server, staff, "cari", platform="instagram")
    assert "kreator00" in text_of(first) and "kreator10" not in text_of(first)

    second = await staff.click(message_of(first), label="Berikutnya")
    assert "kreator10" in text_of(second)
    await server.restart()
    third = await staff.click(message_of(first), label="Berikutnya")

    assert "kreator20" in text_of(third) and "kreator19" not in text_of(third)
    assert len(choices_of(message_of(third))) == 3


async def test_somebody_elses_list_cannot_be_turned(server: Server, staff: MemberActor) -> None:
    await many(server, 23)
    await kol(server, staff, "cari", platform="instagram")
    other = await server.staff("budi.kol")

    result = await press_again(server, other, "tsc:list:page:1:2")

    assert "milik orang lain" in text_of(result)


async def test_opening_one_from_the_list_shows_picture_and_facts(server: Server, staff: MemberActor) -> None:
    found = await kol(server, staff, "cari", niche="beauty")
    options = choices_of(message_of(found))

    result = await staff.select(message_of(found), [options["@masavufirda · TikTok"]], custom_id="tsc:kol:open")

    shown = text_of(result)
    assert result.ephemeral
    assert "3,76% dari followers · 17,17% dari views" in shown
    assert "ER di lembar 3,76%, hitungan bot 3,76%: sama." in shown
    assert "2.300 views · 362 like · 33 komentar · 27 share" in shown
    assert "••••.com" in shown and "masavufirda@example.com" not in shown
    (picture,) = message_of(result).attachments
    assert picture.filename == "profil-tiktok.png"
    assert picture.description is not None and "masavufirda" in picture.description


async def test_a_profile_explains_differences_and_anomalies(server: Server, staff: MemberActor) -> None:
    shown = text_of(await kol(server, staff, "profil", kreator="paetishak"))

    assert "ER di lembar 336,09%, hitungan bot 337,27%: selisihnya karena angka di lembar dibulatkan." in shown
    assert "ER 337,27%, di atas 30%" in shown
    assert "lebih dari 20x followers" in shown
    assert "Belum ada" in shown  # no contact


async def test_growth_is_told_when_figures_have_moved(server: Server, staff: MemberActor) -> None:
    await server.env.advance_time(86_400 * 30)
    async with server.services.database.unit() as tx:
        moved = CreatorRecord(Platform.TIKTOK, "dena18", metrics=Metrics(followers=14_500))
        await server.services.creators.save(tx, moved, source="import")

    shown = text_of(await kol(server, staff, "profil", kreator="@dena18"))

    assert "11.600" in shown and "14.500" in shown and "(+25,0%)" in shown


async def test_a_username_on_two_platforms_asks_which(server: Server, staff: MemberActor) -> None:
    async with server.services.database.unit() as tx:
        await server.services.creators.save(tx, CreatorRecord(Platform.INSTAGRAM, "dena18"), source="import")

    asked = await kol(server, staff, "profil", kreator="dena18")
    options = choices_of(message_of(asked))
    assert set(options) == {"@dena18 · TikTok", "@dena18 · Instagram"}
    result = await staff.select(message_of(asked), [options["@dena18 · Instagram"]], custom_id="tsc:kol:open")

    assert "@dena18 · Instagram" in text_of(result)
    assert "Belum ada followers" in text_of(result)


async def test_a_misspelt_username_gets_the_near_ones(server: Server, staff: MemberActor) -> None:
    assert "@puputholly (TikTok)" in text_of(await kol(server, staff, "profil", kreator="puput"))
    assert "tidak ada di database" in text_of(await kol(server, staff, "profil", kreator="tidak_ada"))
    assert "sudah tidak ada" in text_of(await kol(server, staff, "profil", kreator="#99"))


async def test_the_contact_is_revealed_to_this_person_alone_and_on_record(server: Server, staff: MemberActor) -> None:
    profile = await kol(server, staff, "profil", kreator="masavufirda")
    await server.restart()

    result = await staff.click(message_of(profile), label="Lihat kontak")

    assert result.ephemeral
    assert "masavufirda@example.com" in text_of(result)
    creator_id = int(
        choices_of(message_of(await kol(server, staff, "cari", teks="masavufirda")))["@masavufirda · TikTok"]
    )
    (entry,) = await entries(server.services.database.read, subject_kind="creator", subject_id=creator_id)
    assert (entry.action, entry.actor_id) == ("creator.contact_revealed", staff.id)


async def test_an_old_contact_button_of_a_deleted_creator_gets_a_friendly_answer(
    server: Server, staff: MemberActor
) -> None:
    profile = await kol(server, staff, "profil", kreator="masavufirda")
    async with server.services.database.unit() as tx:
        await tx.execute("DELETE FROM creator WHERE username = 'masavufirda'")

    result = await staff.click(message_of(profile), label="Lihat kontak")

    assert "sudah tidak ada di database" in text_of(result)


async def test_campaigns_with_us_are_on_the_profile(server: Server, staff: MemberActor) -> None:
    creator = await registered_creator(server, "rara.makeup")
    await apply(creator, await announce(server, staff, title="Serum Pagi"))

    shown = text_of(await kol(server, staff, "profil", kreator="rara.makeup"))

    assert "Serum Pagi: Menunggu keputusan" in shown
    assert f"<@{creator.id}>" in shown


async def test_autocomplete_finds_by_beginning_and_by_part(server: Server, staff: MemberActor) -> None:
    channel = server.channel("staf-kol")

    accounts = await staff.autocomplete(channel, "kol profil", "kreator", "pu")
    parts = await staff.autocomplete(channel, "kol profil", "kreator", "holly")
    words = await staff.autocomplete(channel, "kol cari", "teks", "@PUP")
    provinces = await staff.autocomplete(channel, "kol cari", "wilayah", "jawa")

    assert [choice["name"] for choice in accounts] == ["@puputholly · TikTok · 11,5 rb"]
    assert [choice["name"] for choice in parts] == ["@puputholly · TikTok · 11,5 rb"]
    assert [(choice["name"], choice["value"]) for choice in words] == [("@puputholly", "puputholly")]
    assert [choice["name"] for choice in provinces] == ["Jawa Barat", "Jawa Tengah", "Jawa Timur"]
    opened = await kol(server, staff, "profil", kreator=accounts[0]["value"])
    assert "@puputholly · TikTok" in text_of(opened)


async def test_members_do_not_see_the_commands(server: Server, staff: MemberActor) -> None:
    creator = await server.join("raka", roles=("Kreator",))

    assert not [name for name in creator.available_commands(server.channel("bantuan")) if name.startswith("kol")]


async def test_other_staff_are_refused_and_get_no_suggestions(server: Server, staff: MemberActor) -> None:
    finance = await server.staff("dewi.finance", role="Finance")
    found = await kol(server, staff, "cari", niche="beauty")
    creator_id = choices_of(message_of(found))["@masavufirda · TikTok"]

    refused = [
        await kol(server, finance, "cari"),
        await kol(server, finance, "profil", kreator="masavufirda"),
        await press_again(server, finance, f"tsc:kol:contact:{creator_id}"),
        await press_again(server, finance, f"tsc:kol:show:{creator_id}"),
    ]

    assert all("hanya untuk Tim KOL" in text_of(one) for one in refused)
    assert await finance.autocomplete(server.channel("staf-kol"), "kol profil", "kreator", "masa") == []


async def test_losing_the_role_closes_old_lists(server: Server, staff: MemberActor) -> None:
    found = await staff.slash(server.channel("bantuan"), "kol cari", niche="beauty")
    assert staff.member is not None
    await staff.member.remove_roles(*[role for role in staff.member.roles if role.name == "Tim KOL"])
    await server.env.settle()

    result = await staff.select(
        message_of(found), [choices_of(message_of(found))["@masavufirda · TikTok"]], custom_id="tsc:kol:open"
    )

    assert "hanya untuk Tim KOL" in text_of(result)
