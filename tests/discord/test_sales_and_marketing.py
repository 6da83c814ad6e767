"""/kolaborasi and /saran, as sales and marketing use them, and what the KOL team sees of them."""

from __future__ import annotations

import asyncio

import pytest
from simcord.actors import MemberActor

from bot.collaborations.models import Collaboration, Status
from bot.platform.audit import Actor
from bot.platform.errors import TooLate
from tests.support.campaigns import announce, buttons_of, press_again
from tests.support.kol import choices_of, keep_the_sheet, shortlist
from tests.support.offers import built
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

LINK = "https://www.instagram.com/reel/abc"
IDEA = {"idea": "Reels GRWM bareng kreator baru", "message": "Serum aman untuk pemula", "planned_on": "20 Maret"}


@pytest.fixture
async def bima(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff("bima.sales", "Sales & Marketing")


async def begin(server: Server, staff: MemberActor, **options: str):
    shown = await staff.slash(server.channel("staf-kol"), "kolaborasi buat", **options)
    assert shown.modal is not None
    return await staff.submit_modal(shown, IDEA)


async def test_a_collaboration_goes_from_the_idea_to_the_link(server: Server, bima: MemberActor) -> None:
    panel = await begin(server, bima)
    assert panel.ephemeral and "Ide tersimpan" in text_of(panel)
    early = await bima.click(message_of(panel), label="Disepakati")
    assert "Belum ada kreatornya" in text_of(early)
    named = await bima.slash(server.channel("staf-kol"), "kolaborasi kreator", kolaborasi="#1", kreator="masavufirda")
    assert "@masavufirda (TikTok)" in text_of(named)
    agreed = await bima.click(message_of(named), label="Disepakati")
    making = await bima.click(message_of(agreed), label="Mulai produksi")
    await server.restart()
    asked = await bima.click(message_of(making), label="Sudah tayang")
    refused = await bima.submit_modal(asked, {"link": "instagram.com/reel/abc"})
    assert "https://" in text_of(refused)
    fixed = await bima.click(message_of(refused), label="Perbaiki")
    posted = await bima.submit_modal(fixed, {"link": LINK})

    text = text_of(posted)
    assert "Sekarang: Tayang" in text and "Disepakati oleh" in text
    assert "Buka konten" in buttons_of(message_of(posted))
    listed = await bima.slash(server.channel("staf-kol"), "kolaborasi daftar", status="posted")
    assert LINK in text_of(listed)


async def test_two_who_move_a_collaboration_at_once(server: Server, bima: MemberActor) -> None:
    await begin(server, bima, kreator="masavufirda")
    service = server.services.collaborations
    results = await asyncio.gather(
        service.move(Actor(bima.id), 1, 1, Status.AGREED),
        service.move(Actor(9), 1, 1, Status.CANCELLED, reason="Tidak jadi"),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Collaboration) for one in results) == 1
    assert sum(isinstance(one, TooLate) for one in results) == 1


async def test_an_idea_is_changed_cancelled_and_brought_back(server: Server, bima: MemberActor) -> None:
    panel = await begin(server, bima, kreator="masavufirda")
    asked = await bima.click(message_of(panel), label="Ubah isi")
    changed = await bima.submit_modal(asked, IDEA | {"message": "Serum untuk remaja"})
    assert "Serum untuk remaja" in text_of(changed)
    asked = await bima.click(message_of(changed), label="Batalkan")
    cancelled = await bima.submit_modal(asked, {"reason": "Kreator pindah kota"})
    assert "Kreator pindah kota" in text_of(cancelled)
    back = await bima.click(message_of(cancelled), label="Kembali jadi ide")
    assert "Sekarang: Ide" in text_of(back)


async def test_a_suggestion_shows_where_the_creator_is_judged(server: Server, bima: MemberActor) -> None:
    staff = await server.staff()
    shown = await bima.slash(server.channel("staf-kol"), "saran kreator", kreator="masavufirda")
    made = await bima.submit_modal(shown, {"tone": ["recommend"], "text": "Cocok untuk skincare pemula"})
    assert made.ephemeral and "Saran tersimpan" in text_of(made)

    listed = await built(server, staff)
    options = choices_of(message_of(listed))
    label = next(label for label in options if "masavufirda" in label)
    explained = await staff.select(message_of(listed), [options[label]], custom_id="tsc:shortlist:explain:1")
    assert "Rekomendasi: Cocok untuk skincare pemula" in text_of(explained)

    asked = await bima.click(message_of(made), label="Tutup saran")
    closed = await bima.submit_modal(asked, {"outcome": "Dipakai di Serum Pagi"})
    assert "Dipakai di Serum Pagi" in text_of(closed)
    explained = await staff.select(message_of(listed), [options[label]], custom_id="tsc:shortlist:explain:1")
    assert "skincare pemula" not in text_of(explained)
    late = await press_again(server, bima, "tsc:suggestion:close:1")
    assert "sudah ditutup" in text_of(late)


async def test_a_suggestion_on_a_campaign_shows_at_the_brands_decision(server: Server, bima: MemberActor) -> None:
    staff = await server.staff()
    await announce(server, staff, title="Serum Pagi")
    await shortlist(server, staff, "kampanye", judul="#1")
    shown = await bima.slash(server.channel("staf-kol"), "saran kampanye", judul="#1")
    await bima.submit_modal(shown, {"tone": ["caution"], "text": "Brand minta tanpa klaim medis"})
    decided = await shortlist(server, staff, "keputusan", judul="Serum Pagi")
    assert "Hati-hati: Brand minta tanpa klaim medis" in text_of(decided)
    listed = await bima.slash(server.channel("staf-kol"), "saran daftar")
    assert "Serum Pagi · Hati-hati" in text_of(listed)


async def test_creators_see_neither(server: Server, bima: MemberActor) -> None:
    shown = await bima.slash(server.channel("staf-kol"), "saran kreator", kreator="masavufirda")
    await bima.submit_modal(shown, {"tone": ["caution"], "text": "Sering terlambat"})
    rara = await registered_creator(server, "rara.makeup")
    for button in ("suggestion:close:1", "collaboration:edit:1:1"):
        refused = await press_again(server, rara, f"tsc:{button}")
        assert "hanya untuk staf" in text_of(refused)


async def test_sales_and_marketing_are_staff_but_not_the_kol_team(server: Server, bima: MemberActor) -> None:
    refused = await bima.slash(server.channel("staf-kol"), "tawaran daftar")
    assert "hanya untuk Tim KOL" in text_of(refused)
