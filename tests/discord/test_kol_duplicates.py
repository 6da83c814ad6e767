"""/kol duplikat: found, put together, taken apart."""

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.services import Services
from tests.support.campaigns import announce, apply, press_again
from tests.support.kol import choices_of, kol
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of


async def keep(services: Services, platform: Platform, username: str, **values: object) -> int:
    member_id = values.pop("member_id", None)
    async with services.database.unit() as tx:
        record = CreatorRecord(platform, username, **values)  # type: ignore[arg-type]
        return await services.creators.save(tx, record, source="import", member_id=member_id)  # type: ignore[arg-type]


async def inspect(server: Server, staff: MemberActor, label: str) -> InteractionResult:
    listed = await kol(server, staff, "duplikat")
    value = choices_of(message_of(listed))[label]
    return await staff.select(message_of(listed), [value], custom_id="tsc:kol:dup_open")


async def test_pairs_are_found_by_contact_and_name_with_the_surest_first(server: Server) -> None:
    services, staff = server.services, await server.staff()
    await keep(services, Platform.TIKTOK, "rara.makeup", contact="+6281234567890")
    await keep(services, Platform.INSTAGRAM, "raramakeup_id", contact="+6281234567890")
    await keep(services, Platform.TIKTOK, "dodo_makan")
    await keep(services, Platform.TIKTOK, "dodo.makan")
    await keep(services, Platform.TIKTOK, "sisi.jalan")
    await keep(services, Platform.YOUTUBE, "sisi.jalan")

    shown = text_of(await kol(server, staff, "duplikat"))

    assert "3 dugaan akun ganda" in shown
    assert "kontak sama" in shown and "username hampir sama" in shown and "username sama" in shown
    assert shown.index("rara.makeup") < shown.index("sisi.jalan") < shown.index("dodo")


async def test_an_agencys_contact_makes_no_duplicates(server: Server) -> None:
    staff = await server.staff()
    for index in range(6):
        await keep(server.services, Platform.TIKTOK, f"talenta{index}x", contact="+6281234567890")

    assert "Tidak ada dugaan" in text_of(await kol(server, staff, "duplikat"))


async def test_a_renamed_account_is_merged_and_found_by_either_name(server: Server) -> None:
    staff = await server.staff()
    announcement = await announce(server, staff, title="Serum Pagi")
    creator = await registered_creator(server, "rara.lama")
    await apply(creator, announcement)
    new = await keep(
        server.services, Platform.TIKTOK, "rara_lama", niche_1=Niche.BEAUTY, metrics=Metrics(60_000, 9, 8, 7, 6)
    )
    opened = await kol(server, staff, "tag", kreator="rara.lama")
    await staff.submit_modal(opened, {"tags": "hijab"})
    noted = await kol(server, staff, "catatan", kreator="rara.lama")
    noted = await staff.click(message_of(noted), label="Tulis catatan")
    await staff.submit_modal(noted, {"text": "Ramah dan cepat."})

    pair = await inspect(server, staff, "@rara.lama · TikTok dan @rara_lama · TikTok")
    merged = await staff.click(message_of(pair), label="Sekarang @rara_lama")

    assert "1 catatan, 1 riwayat angka, 1 lamaran, 1 tag" in text_of(merged)
    profile = text_of(await kol(server, staff, "profil", kreator="rara.lama"))
    for part in ("@rara\\_lama · TikTok", "`hijab`", "Ramah dan cepat.", "Serum Pagi", "Dulu", f"<@{creator.id}>"):
        assert part in profile
    assert "1 kreator" in text_of(await kol(server, staff, "cari", teks="rara"))
    assert [one.id for one in await server.services.creators.accounts_of(creator.id)] == [new]
    offered = await staff.autocomplete(server.channel("staf-kol"), "kol profil", "kreator", "rara")
    assert [choice["value"] for choice in offered] == [f"#{new}"]
    assert "Tidak ada dugaan" in text_of(await kol(server, staff, "duplikat"))


async def test_merging_is_undone_and_everything_goes_back(server: Server) -> None:
    staff = await server.staff()
    announcement = await announce(server, staff, title="Serum Pagi")
    creator = await registered_creator(server, "rara.lama")
    await apply(creator, announcement)
    new = await keep(server.services, Platform.TIKTOK, "rara_lama", metrics=Metrics(60_000, 9, 8, 7, 6))
    opened = await kol(server, staff, "tag", kreator="rara.lama")
    await staff.submit_modal(opened, {"tags": "hijab"})
    before = [await server.services.search.profile(one) for one in (1, new)]
    pair = await kol(server, staff, "duplikat", kreator="rara.lama", dengan="rara_lama")
    merged = await staff.click(message_of(pair), label="Sekarang @rara_lama")

    asked = await staff.click(message_of(merged), label="Batalkan")
    undone = await staff.click(message_of(asked), label="Ya, pisahkan")

    assert "dipisah lagi" in text_of(undone)
    assert [await server.services.search.profile(one) for one in (1, new)] == before
    old = text_of(await kol(server, staff, "profil", kreator="rara.lama"))
    assert "`hijab`" in old and "Serum Pagi" in old
    assert "`hijab`" not in text_of(await kol(server, staff, "profil", kreator="rara_lama"))
    assert "sudah dibatalkan" in text_of(await press_again(server, staff, "tsc:kol:dup_undo:1"))
    assert "1 dugaan" in text_of(await kol(server, staff, "duplikat"))


async def test_one_person_on_two_platforms_keeps_both_accounts(server: Server) -> None:
    staff = await server.staff()
    await keep(server.services, Platform.TIKTOK, "sisi.jalan")
    await keep(server.services, Platform.YOUTUBE, "sisi.jalan")
    pair = await inspect(server, staff, "@sisi.jalan · TikTok dan @sisi.jalan · YouTube")

    joined = await staff.click(message_of(pair), label="Ini satu orang")
    assert "ditandai satu orang" in text_of(joined)

    assert "2 kreator" in text_of(await kol(server, staff, "cari", teks="sisi"))
    opened = await kol(server, staff, "blacklist", kreator="#1")
    await staff.submit_modal(opened, {"reason": "Beli followers", "until": ""})
    other = text_of(await kol(server, staff, "profil", kreator="#2"))
    assert "Beli followers" in other and "orang yang sama" in other
    assert "2 kreator" in text_of(await kol(server, staff, "cari", blacklist=True))


async def test_two_that_are_two_are_not_proposed_again(server: Server) -> None:
    staff = await server.staff()
    await keep(server.services, Platform.TIKTOK, "sisi.jalan")
    await keep(server.services, Platform.YOUTUBE, "sisi.jalan")
    pair = await inspect(server, staff, "@sisi.jalan · TikTok dan @sisi.jalan · YouTube")

    await staff.click(message_of(pair), label="Bukan duplikat")

    assert "Tidak ada dugaan" in text_of(await kol(server, staff, "duplikat"))


async def test_accounts_of_two_members_are_not_merged(server: Server) -> None:
    staff = await server.staff()
    await keep(server.services, Platform.TIKTOK, "rara.lama", member_id=7)
    await keep(server.services, Platform.TIKTOK, "rara_lama", member_id=8)
    pair = await kol(server, staff, "duplikat", kreator="rara.lama", dengan="rara_lama")

    refused = await staff.click(message_of(pair), label="Sekarang @rara_lama")

    assert "dua anggota Discord" in text_of(refused)
    assert "2 kreator" in text_of(await kol(server, staff, "cari", teks="rara"))


async def test_renamed_twice_is_taken_apart_in_order(server: Server) -> None:
    staff = await server.staff()
    for name in ("rara.satu", "rara.dua", "rara.tiga"):
        await keep(server.services, Platform.TIKTOK, name)
    for old, now in (("rara.satu", "rara.dua"), ("rara.dua", "rara.tiga")):
        pair = await kol(server, staff, "duplikat", kreator=old, dengan=now)
        await staff.click(message_of(pair), label=f"Sekarang @{now}")
    assert "@rara.tiga · TikTok" in text_of(await kol(server, staff, "profil", kreator="rara.satu"))

    too_early = await press_again(server, staff, "tsc:kol:dup_undo:1")
    assert "yang lebih baru" in text_of(too_early)
    await press_again(server, staff, "tsc:kol:dup_undo:2")
    assert "@rara.dua · TikTok" in text_of(await kol(server, staff, "profil", kreator="rara.satu"))
    await press_again(server, staff, "tsc:kol:dup_undo:1")
    assert "3 kreator" in text_of(await kol(server, staff, "cari", teks="rara"))


async def test_a_long_list_has_pages_and_forgets_what_was_decided(server: Server) -> None:
    staff = await server.staff()
    for index in range(9):
        await keep(server.services, Platform.TIKTOK, f"kreator{index}x")
        await keep(server.services, Platform.X, f"kreator{index}x")
    listed = await kol(server, staff, "duplikat")
    assert "9 dugaan" in text_of(listed) and "kreator8x" not in text_of(listed)

    turned = await staff.click(message_of(listed), label="Berikutnya")
    assert "kreator8x" in text_of(turned)
    (value,) = choices_of(message_of(turned)).values()
    pair = await staff.select(message_of(turned), [value], custom_id="tsc:kol:dup_open")
    await staff.click(message_of(pair), label="Ini satu orang")

    assert "8 dugaan" in text_of(await staff.click(message_of(turned), label="Sebelumnya"))
