"""/kol banding and the picture of /kol profil."""

import pytest
from simcord.actors import MemberActor

from bot.creators.models import CreatorRecord, Platform
from tests.support.campaigns import announce, apply
from tests.support.kol import choices_of, keep_the_sheet, kol
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


async def test_two_creators_stand_side_by_side(server: Server, staff: MemberActor) -> None:
    result = await kol(server, staff, "banding", pertama="masavufirda", kedua="puputholly")

    assert "Banding 2 kreator" in text_of(result)
    (picture,) = message_of(result).attachments
    assert picture.filename == "banding.png"
    assert picture.description is not None
    assert "@masavufirda (TikTok): 10.500 followers, ER 3,76%" in picture.description
    assert "@puputholly" in picture.description


async def test_four_with_missing_figures_and_a_blacklisted_one(server: Server, staff: MemberActor) -> None:
    async with server.services.database.unit() as tx:
        record = CreatorRecord(Platform.YOUTUBE, "belum.ada.angka_sama.sekali")
        await server.services.creators.save(tx, record, source="import")
    opened = await kol(server, staff, "blacklist", kreator="dena18")
    await staff.submit_modal(opened, {"reason": "Telat terus", "until": ""})

    names = ("dena18", "belum.ada.angka_sama.sekali", "paetishak", "fitrinssi")
    result = await kol(
        server, staff, "banding", **dict(zip(("pertama", "kedua", "ketiga", "keempat"), names, strict=True))
    )

    shown = text_of(result)
    assert "Banding 4 kreator" in shown and "🚫 Blacklist: Telat terus" in shown
    opened = await staff.select(
        message_of(result), [choices_of(message_of(result))["@dena18 · TikTok"]], custom_id="tsc:kol:open"
    )
    assert "Di blacklist" in text_of(opened)


async def test_one_creator_twice_is_no_comparison(server: Server, staff: MemberActor) -> None:
    result = await kol(server, staff, "banding", pertama="dena18", kedua="@DENA18")

    assert "dua kreator yang berbeda" in text_of(result)


async def test_search_results_are_compared_by_choosing_them(server: Server, staff: MemberActor) -> None:
    found = await kol(server, staff, "cari", niche="beauty")
    ids = choices_of(message_of(found))

    result = await staff.select(
        message_of(found),
        [ids["@masavufirda · TikTok"], ids["@puputholly · TikTok"]],
        custom_id="tsc:kol:compare",
    )

    assert "Banding 2 kreator" in text_of(result)


async def test_the_profile_picture_tells_of_campaigns_and_blacklist(server: Server, staff: MemberActor) -> None:
    announcement = await announce(server, staff, title="Serum Pagi")
    await apply(await registered_creator(server, "rara.makeup"), announcement)
    opened = await kol(server, staff, "blacklist", kreator="rara.makeup")
    await staff.submit_modal(opened, {"reason": "Telat terus", "until": ""})

    (picture,) = message_of(await kol(server, staff, "profil", kreator="rara.makeup")).attachments

    assert picture.description is not None
    assert "Kampanye bersama kita: Serum Pagi (Menunggu keputusan)" in picture.description
    assert "Di blacklist: Telat terus" in picture.description
