"""A registered creator changes their data, and asks for its deletion."""

from decimal import Decimal
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.creators.models import CreatorKey, Platform
from bot.creators.store import Creator, snapshots
from bot.platform import audit
from bot.platform.messages import custom_id
from tests.support.people import add_account
from tests.support.registering import ABOUT as WHO
from tests.support.registering import ACCOUNT, Registering, screenshot
from tests.support.server import Server, message_of, text_of

FIGURES: dict[str, Any] = {"followers": "12.500", "views": "9.000", "likes": "1,3rb", "comments": "90", "shares": "30"}
ABOUT: dict[str, Any] = {"city": "Bandung", "province": "Jabar", "contact": "", "niches": ["food", "travel"]}


@pytest.fixture
async def raka(server: Server) -> MemberActor:
    member = await server.join("raka")
    registering = Registering(server, member)
    await registering.agree()
    await registering.fill(WHO)
    await registering.press("Isi akun")
    await registering.fill(ACCOUNT)
    await registering.press("Lewati")
    await registering.press("Kirim")
    return member


async def account(server: Server, platform: Platform = Platform.TIKTOK, username: str = "raka.cerita") -> Creator:
    found = await server.services.creators.find(CreatorKey(platform, username))
    assert found is not None
    return found


async def open_form(server: Server, member: MemberActor, form: str, command: str = "profil") -> InteractionResult:
    shown = await member.slash(server.channel("bantuan"), command)
    menu = await member.click(message_of(shown), label="Perbarui data")
    return await member.click(message_of(menu), label=form)


async def change(
    server: Server, member: MemberActor, form: str, values: dict[str, Any], **changes: Any
) -> InteractionResult:
    opened = await open_form(server, member, form)
    return await member.submit_modal(opened, values | changes)


@pytest.mark.parametrize("command", ["profil", "daftar"])
async def test_skipped_averages_are_filled_in_later(server: Server, raka: MemberActor, command: str) -> None:
    opened = await open_form(server, raka, "Angka", command)
    await server.restart()
    result = await raka.submit_modal(opened, FIGURES)

    assert "Tersimpan ✅" in text_of(result) and "ER 11,12%" in text_of(result)
    saved = await account(server)
    assert (saved.record.metrics.avg_likes, saved.engagement_ppm) == (1_300, 111_200)
    assert (saved.city, saved.member_id) == ("Bandung", raka.id)
    assert len(await snapshots(server.services.database.read, saved.id)) == 2
    entries = await audit.entries(server.services.database.read, subject_kind="creator", subject_id=saved.id)
    assert [(one.action, one.actor_id) for one in entries] == [("creator.changed_by_owner", raka.id)]
    assert len(server.messages("staf-kol")) == 1


async def test_a_blank_average_stays_as_it_was(server: Server, raka: MemberActor) -> None:
    await change(server, raka, "Angka", FIGURES)

    await change(server, raka, "Angka", FIGURES, views="", likes="1400")

    metrics = (await account(server)).record.metrics
    assert (metrics.avg_views, metrics.avg_likes) == (9_000, 1_400)


async def test_an_average_with_decimals_comes_back_as_it_was(server: Server, raka: MemberActor) -> None:
    await change(server, raka, "Angka", FIGURES, comments="20,5")

    opened = await open_form(server, raka, "Angka")
    assert opened.modal is not None
    shown = {one["component"]["custom_id"]: one["component"].get("value") for one in opened.modal["components"]}
    await raka.submit_modal(opened, shown)

    assert (await account(server)).record.metrics.avg_comments == Decimal("20.5")


async def test_staff_see_figures_that_leapt(server: Server, raka: MemberActor) -> None:
    await change(server, raka, "Angka", FIGURES, followers="80rb")

    told = text_of(server.last("staf-kol"))

    assert "Angka kreator berubah jauh" in told and "followers 12.400 → 80.000" in told
    assert raka.mention in told


async def test_wrong_figures_are_explained_and_come_back_filled_in(server: Server, raka: MemberActor) -> None:
    refused = await change(server, raka, "Angka", FIGURES, followers="banyak", likes="-3")
    told = text_of(refused)
    reopened = await raka.click(message_of(refused), label="Perbaiki")
    await raka.submit_modal(reopened, FIGURES)

    assert "tidak terbaca" in told and "Like:" in told
    assert "unggah ulang" not in told
    assert (await account(server)).record.metrics.followers == 12_500


async def test_new_niches_bring_their_roles_and_take_the_others(server: Server, raka: MemberActor) -> None:
    await change(server, raka, "Data diri & niche", ABOUT, niches=["beauty"])

    saved = await account(server)
    assert (saved.record.niche_1, saved.record.niche_2) == ("beauty", None)
    assert server.roles_of(raka) == {"Kreator", "Kreator TikTok", "Niche Kecantikan"}

    await change(server, raka, "Data diri & niche", ABOUT)

    assert server.roles_of(raka) == {"Kreator", "Kreator TikTok", "Niche Kuliner", "Niche Wisata"}


async def test_place_and_contact_change_for_all_accounts_and_are_offered_for_the_next(
    server: Server, raka: MemberActor
) -> None:
    await add_account(server, raka, "raka.ig", platform=Platform.INSTAGRAM)
    listed = await raka.slash(server.channel("bantuan"), "profil")
    asked = await raka.click(message_of(listed), label="Perbarui data")
    menu = await raka.select(message_of(asked), values=[str((await account(server)).id)])
    opened = await raka.click(message_of(menu), label="Data diri & niche")

    changed = {"city": "Kab. Sleman", "province": "DIY", "contact": "Raka@Contoh.id"}
    result = await raka.submit_modal(opened, ABOUT | changed)

    assert "Kab. Sleman, DI Yogyakarta" in text_of(result) and "raka@contoh.id" not in text_of(result)
    for platform, username in ((Platform.TIKTOK, "raka.cerita"), (Platform.INSTAGRAM, "raka.ig")):
        saved = await account(server, platform, username)
        contact = server.services.creators.contact_of(saved)
        assert contact is not None and contact.reveal() == "raka@contoh.id"
        assert (saved.city, saved.region) == ("Kab. Sleman", "DI Yogyakarta")
    assert (await account(server, Platform.INSTAGRAM, "raka.ig")).record.niche_1 == "beauty"
    draft = await server.services.registrations.drafts.beginning(raka.id)
    assert draft is not None and draft.about is not None and draft.about.city == "Kab. Sleman"
    content = b"".join(path.read_bytes() for path in server.bot.settings.database.parent.glob("store.db*"))
    assert b"raka@contoh.id" not in content.lower()


async def test_a_blank_contact_stays(server: Server, raka: MemberActor) -> None:
    before = (await account(server)).contact_hash

    await change(server, raka, "Data diri & niche", ABOUT, city="Cimahi")

    saved = await account(server)
    assert (saved.city, saved.contact_hash) == ("Cimahi", before)


async def test_a_new_insight_screenshot_reaches_staff(server: Server, raka: MemberActor) -> None:
    staff = await server.staff()
    for _ in range(2):
        await change(server, raka, "Screenshot insight", {"insight": ("insight.png", screenshot())})

    shown = await staff.click(server.last("staf-kol"), label="Lihat insight")

    assert shown.response is not None and len(shown.response.attachments) == 1
    await server.env.advance_time(2 * 86_400)
    kept = await server.services.database.read.fetch_all("SELECT id FROM stored_file WHERE filename = 'insight'")
    assert len(kept) == 1


async def test_nobody_changes_somebody_elses_account(server: Server, raka: MemberActor) -> None:
    bayu = await server.join("bayu")
    menu = await raka.click(message_of(await raka.slash(server.channel("bantuan"), "profil")), label="Perbarui data")
    opened = await raka.click(message_of(menu), label="Angka")
    taken = await account(server)
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE creator SET member_id = :id WHERE id = :creator", {"id": bayu.id, "creator": taken.id})

    result = await raka.submit_modal(opened, FIGURES)
    pressed = await raka.click(message_of(menu), custom_id=custom_id("profile:about_open", taken.id))

    assert "tidak terhubung ke kamu" in text_of(result) and "tidak terhubung ke kamu" in text_of(pressed)
    assert (await account(server)).record.metrics == taken.record.metrics


async def test_asking_for_deletion_reaches_staff_once_a_day(server: Server, raka: MemberActor) -> None:
    answers: list[str] = []
    for _ in range(2):
        shown = await raka.slash(server.channel("bantuan"), "profil")
        asked = await raka.click(message_of(shown), label="Minta hapus / cabut persetujuan")
        answers.append(text_of(await raka.click(message_of(asked), label="Ya, minta ke tim")))

    assert "3 x 24 jam" in answers[0] and "sudah kami terima" in answers[1]
    request = text_of(server.last("staf-kol"))
    assert raka.mention in request and "7890" not in request and "raka.cerita" not in request
    assert len(server.messages("staf-kol")) == 2
    entries = await audit.entries(server.services.database.read, subject_kind="member", subject_id=raka.id)
    assert [one.action for one in entries].count("member.deletion_requested") == 1
    await server.env.advance_time(86_400 + 60)
    shown = await raka.slash(server.channel("bantuan"), "profil")
    asked = await raka.click(message_of(shown), label="Minta hapus / cabut persetujuan")
    await raka.click(message_of(asked), label="Ya, minta ke tim")
    assert len(server.messages("staf-kol")) == 3


async def test_not_asking_for_deletion_after_all_changes_nothing(server: Server, raka: MemberActor) -> None:
    shown = await raka.slash(server.channel("bantuan"), "profil")
    asked = await raka.click(message_of(shown), label="Minta hapus / cabut persetujuan")

    result = await raka.click(message_of(asked), label="Tidak jadi")

    assert "tidak jadi" in text_of(result)
    assert len(server.messages("staf-kol")) == 1
