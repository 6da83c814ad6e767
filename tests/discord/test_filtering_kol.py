"""/kol filter: a search in forms, kept by name, used again."""

from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from tests.support.campaigns import fill, press_again
from tests.support.kol import choices_of, keep_the_sheet, kol
from tests.support.server import Server, message_of, text_of


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


async def beauty(server: Server, staff: MemberActor) -> InteractionResult:
    return await kol(server, staff, "cari", niche="beauty", min_er="1%", urut="er")


async def save(staff: MemberActor, shown: InteractionResult, name: str, scope: str) -> str:
    return text_of(await fill(staff, shown, "Simpan filter", {"name": name, "scope": [scope]}))


def filled(opened: InteractionResult, **changes: str) -> dict[str, Any]:
    """An opened form's answers as it shows them, with some changed."""
    assert opened.modal is not None
    values: dict[str, Any] = {}
    for label in opened.modal["components"]:
        field = label["component"]
        chosen = [one["value"] for one in field.get("options", []) if one.get("default")]
        values[field["custom_id"]] = chosen if "options" in field else field.get("value", "")
    return values | changes


async def test_a_search_is_put_together_in_forms(server: Server, staff: MemberActor) -> None:
    panel = await kol(server, staff, "filter")
    assert "Filter: 6 kreator" in text_of(panel)

    panel = await fill(staff, panel, "Akun", {"niches": ["beauty", "skincare"], "tiers": ["micro", "mid"]})
    assert "Niche Kecantikan atau Perawatan kulit" in text_of(panel)
    panel = await fill(staff, panel, "Angka", {"followers": "10rb - 15rb", "engagement": "min 1%"})
    panel = await fill(staff, panel, "Lainnya", {"standing": ["affiliate:1", "blacklisted:0"], "sort": ["er"]})
    shown = text_of(panel)
    assert "Filter: 2 kreator" in shown
    for line in ("Tier Micro atau Mid", "Followers 10.000 sampai 15.000", "ER minimal 1%", "Tidak di blacklist"):
        assert line in shown

    found = text_of(await staff.click(message_of(panel), label="Tampilkan hasil"))
    assert found.index("masavufirda") < found.index("puputholly")


async def test_what_was_filled_in_before_is_still_there(server: Server, staff: MemberActor) -> None:
    found = await beauty(server, staff)
    panel = await staff.click(message_of(found), label="Ubah filter")

    opened = await staff.click(message_of(panel), label="Angka")
    panel = await staff.submit_modal(opened, filled(opened, views="maks 3rb"))

    shown = text_of(panel)
    assert "ER minimal 1%" in shown and "Niche Kecantikan" in shown and "Rata-rata views maksimal 3.000" in shown


async def test_a_wrong_figure_gives_the_form_back(server: Server, staff: MemberActor) -> None:
    panel = await kol(server, staff, "filter")

    refused = await fill(staff, panel, "Angka", {"followers": "50rb - 10rb", "views": "min 5rb"})
    assert "lebih besar dari maksimal" in text_of(refused)

    again = await staff.click(message_of(refused), label="Perbaiki")
    panel = await staff.submit_modal(again, filled(again, followers="10rb - 50rb"))
    assert "Rata-rata views minimal 5.000" in text_of(panel)


async def test_a_filter_is_kept_by_name_for_oneself(server: Server, staff: MemberActor) -> None:
    assert "disimpan untuk kamu saja" in await save(staff, await beauty(server, staff), "Beauty aktif", "own")

    channel = server.channel("staf-kol")
    offered = await staff.autocomplete(channel, "kol filter", "nama", "beau")
    assert [choice["name"] for choice in offered] == ["Beauty aktif (milikmu)"]
    found = text_of(await kol(server, staff, "filter", nama="beauty AKTIF"))
    assert "2 kreator" in found and "ER tertinggi" in found

    colleague = await server.staff("lala.kol")
    assert await colleague.autocomplete(channel, "kol filter", "nama", "") == []
    assert "tidak ada (lagi)" in text_of(await kol(server, colleague, "filter", nama=offered[0]["value"]))


async def test_the_team_shares_filters_and_nobody_overwrites_anothers(server: Server, staff: MemberActor) -> None:
    await save(staff, await beauty(server, staff), "Beauty", "team")
    colleague = await server.staff("lala.kol")

    found = await kol(server, colleague, "filter", nama="Beauty")
    assert "2 kreator" in text_of(found)
    assert "Pakai nama lain" in await save(colleague, found, "beauty", "team")
    assert "disimpan untuk kamu saja" in await save(colleague, found, "beauty", "own")
    assert "diganti untuk seluruh tim" in await save(staff, await beauty(server, staff), "BEAUTY", "team")


async def test_saved_filters_are_listed_used_and_deleted(server: Server, staff: MemberActor) -> None:
    await save(staff, await beauty(server, staff), "Beauty", "team")
    await save(staff, await beauty(server, staff), "Punyaku", "own")
    panel = await kol(server, staff, "filter")
    listed = await staff.click(message_of(panel), label="Filter tersimpan")
    assert "**Beauty** (tim, dari" in text_of(listed) and "**Punyaku** (milikmu)" in text_of(listed)
    ids = choices_of(message_of(listed))

    used = await staff.select(message_of(listed), [ids["Punyaku"]], custom_id="tsc:kol:filter_use_own")
    assert "2 kreator" in text_of(used)
    gone = await staff.select(message_of(listed), [ids["Beauty"]], custom_id="tsc:kol:filter_use_team_drop")
    assert "Filter Beauty dihapus" in text_of(gone)
    assert "tidak ada (lagi)" in text_of(await kol(server, staff, "filter", nama="Beauty"))


async def test_an_empty_filter_is_not_kept(server: Server, staff: MemberActor) -> None:
    panel = await fill(staff, await kol(server, staff, "filter"), "Akun", {"niches": ["beauty"]})
    saving = await staff.click(message_of(panel), label="Simpan filter")
    assert "disimpan" in text_of(await staff.submit_modal(saving, {"name": "x", "scope": ["own"]}))

    cleared = await staff.click(message_of(panel), label="Kosongkan")

    assert "Belum ada filter" in text_of(cleared)


async def test_another_persons_search_is_not_changed(server: Server, staff: MemberActor) -> None:
    await beauty(server, staff)
    colleague = await server.staff("lala.kol")

    assert "milik orang lain" in text_of(await press_again(server, colleague, "tsc:kol:filter:1"))
