"""/kol tag, /kol catatan and /kol blacklist, as the KOL team uses them."""

import pytest
from simcord.actors import MemberActor

from bot.creators.models import CreatorRecord, Platform
from bot.platform.audit import entries
from tests.support.campaigns import buttons_of, press_again
from tests.support.kol import choices_of, keep_the_sheet, kol
from tests.support.server import Server, message_of, text_of

MONTH = 30 * 86_400


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


async def profile(server: Server, staff: MemberActor, username: str) -> str:
    return text_of(await kol(server, staff, "profil", kreator=username))


async def blacklist(server: Server, staff: MemberActor, username: str, reason: str, until: str = "") -> str:
    opened = await kol(server, staff, "blacklist", kreator=username)
    return text_of(await staff.submit_modal(opened, {"reason": reason, "until": until}))


async def test_tags_are_set_in_one_field_and_found_again(server: Server, staff: MemberActor) -> None:
    opened = await kol(server, staff, "tag", kreator="masavufirda")
    told = await staff.submit_modal(opened, {"tags": "Cepat Balas, #hijab,, hijab"})
    assert "`cepat balas` · `hijab`" in text_of(told)

    assert "`cepat balas` · `hijab`" in await profile(server, staff, "masavufirda")
    found = text_of(await kol(server, staff, "cari", tag="hijab, vegan"))
    assert "1 kreator" in found and "masavufirda" in found and "Tag hijab atau vegan" in found
    offered = await staff.autocomplete(server.channel("staf-kol"), "kol cari", "tag", "vegan, ce")
    assert [choice["value"] for choice in offered] == ["vegan, cepat balas"]

    opened = await staff.click(message_of(told), label="Lihat profil")
    opened = await staff.click(message_of(opened), label="Tag")
    await staff.submit_modal(opened, {"tags": "hijab"})
    assert "cepat balas" not in await profile(server, staff, "masavufirda")


async def test_a_tag_that_cannot_be_kept_is_refused_with_what_to_do(server: Server, staff: MemberActor) -> None:
    opened = await kol(server, staff, "tag", kreator="masavufirda")

    refused = await staff.submit_modal(opened, {"tags": "!!!, " + "x" * 40})

    assert "harus berisi huruf atau angka" in text_of(refused) and "Paling banyak 30" in text_of(refused)
    assert "Belum ada" in await profile(server, staff, "masavufirda")


async def test_notes_are_written_read_and_deleted(server: Server, staff: MemberActor) -> None:
    empty = await kol(server, staff, "catatan", kreator="dena18")
    assert "Belum ada catatan" in text_of(empty)
    opened = await staff.click(message_of(empty), label="Tulis catatan")
    listed = await staff.submit_modal(opened, {"text": "Telat kirim draf dua kali.\nPerlu diingatkan."})

    assert "Telat kirim draf dua kali. Perlu diingatkan." in text_of(listed)
    shown = await profile(server, staff, "dena18")
    assert "Catatan tim" in shown and f"<@{staff.id}>" in shown

    (note,) = choices_of(message_of(listed)).values()
    told = await staff.select(message_of(listed), [note], custom_id="tsc:kol:note_drop:" + str(await an_id(server)))
    assert "Catatan ini dihapus" in text_of(told)
    assert "Catatan tim" not in await profile(server, staff, "dena18")


async def an_id(server: Server, username: str = "dena18") -> int:
    (found,) = await server.services.search.chosen(username)
    return found.creator.id


async def test_the_blacklist_is_shown_filtered_and_ends_by_itself(server: Server, staff: MemberActor) -> None:
    told = await blacklist(server, staff, "puputholly", "Menerima fee lalu tidak posting", "3 bulan")
    assert "masuk blacklist" in told and "Menerima fee lalu tidak posting" in told

    assert "🚫 Di blacklist" in await profile(server, staff, "puputholly")
    found = text_of(await kol(server, staff, "cari", niche="beauty"))
    assert "🚫 Blacklist: Menerima fee" in found
    without = text_of(await kol(server, staff, "cari", niche="beauty", blacklist=False))
    assert "puputholly" not in without and "masavufirda" in without
    only = text_of(await kol(server, staff, "cari", blacklist=True))
    assert "1 kreator" in only and "puputholly" in only

    await server.restart(off_for=3 * MONTH + 2 * 86_400)

    assert "🚫" not in await profile(server, staff, "puputholly")
    assert "Tidak ada yang cocok" in text_of(await kol(server, staff, "cari", blacklist=True))
    assert "Riwayat blacklist" in text_of(await kol(server, staff, "catatan", kreator="puputholly"))


async def test_the_blacklist_is_lifted_after_asking_once(server: Server, staff: MemberActor) -> None:
    await blacklist(server, staff, "puputholly", "Salah orang")
    shown = await kol(server, staff, "profil", kreator="puputholly")
    assert "sampai dicabut" in text_of(shown)

    asked = await staff.click(message_of(shown), label="Cabut blacklist")
    await staff.click(message_of(asked), label="Ya, cabut")

    again = await kol(server, staff, "profil", kreator="puputholly")
    assert "🚫" not in text_of(again) and "Cabut blacklist" not in buttons_of(message_of(again))
    creator_id = await an_id(server, "puputholly")
    actions = [
        one.action
        for one in await entries(server.services.database.read, subject_kind="creator", subject_id=creator_id)
    ]
    assert actions == ["creator.blacklisted", "creator.blacklist_lifted"]
    twice = await press_again(server, staff, f"tsc:kol:bar_lift:{creator_id}")
    assert "sudah tidak ada di blacklist" in text_of(twice)


async def test_a_blacklisted_person_is_out_with_every_account(server: Server, staff: MemberActor) -> None:
    async with server.services.database.unit() as tx:
        for platform in (Platform.TIKTOK, Platform.INSTAGRAM):
            record = CreatorRecord(platform, f"rara.{platform.value}")
            await server.services.creators.save(tx, record, source="import", member_id=7)

    await blacklist(server, staff, "rara.tiktok", "Beli followers")

    assert "Beli followers" in await profile(server, staff, "rara.instagram")
    assert "2 kreator" in text_of(await kol(server, staff, "cari", blacklist=True))
    other = await kol(server, staff, "profil", kreator="rara.instagram")
    await staff.click(message_of(await staff.click(message_of(other), label="Cabut blacklist")), label="Ya, cabut")
    assert "🚫" not in await profile(server, staff, "rara.tiktok")


async def test_changing_the_blacklist_keeps_one_in_force(server: Server, staff: MemberActor) -> None:
    await blacklist(server, staff, "puputholly", "Pertama")
    await blacklist(server, staff, "puputholly", "Kedua", "1 tahun")

    shown = await profile(server, staff, "puputholly")
    assert "Kedua" in shown and "Pertama" not in shown


async def test_a_blacklist_that_has_ended_already_is_refused(server: Server, staff: MemberActor) -> None:
    told = await blacklist(server, staff, "puputholly", "Alasan", "1/1/2020")

    assert "sudah lewat" in told
    assert "🚫" not in await profile(server, staff, "puputholly")


async def test_other_staff_may_not_tag_or_blacklist(server: Server, staff: MemberActor) -> None:
    finance = await server.staff("dewi.finance", role="Finance")

    for command in ("tag", "catatan", "blacklist"):
        refused = await kol(server, finance, command, kreator="puputholly")
        assert "hanya untuk Tim KOL" in text_of(refused)
