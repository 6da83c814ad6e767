"""/shortlist deck, as the KOL team uses it: the files a brand is sent, and nothing of what is for the team alone."""

import asyncio
import io
import zipfile
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.creators.models import CreatorRecord, Metrics, Platform
from bot.decks.models import Rates
from bot.decks.service import Progress
from bot.platform.audit import Actor, entries
from bot.platform.errors import DomainError
from bot.services import Services
from bot.shortlists.models import Criteria
from tests.discord.test_shortlisting import BRAND, a_campaign_with_applicants
from tests.support.campaigns import press_again
from tests.support.kol import keep_the_sheet, shortlist
from tests.support.server import Server, message_of, text_of

STAFF = Actor(42)
SECRET = "Susah dihubungi, jangan bilang brand"
PHONE, MAIL = "+6281299887766", "masa@contoh.id"


@pytest.fixture
async def staff(server: Server) -> MemberActor:
    await keep_the_sheet(server.services)
    return await server.staff()


def files_of(result: InteractionResult) -> dict[str, bytes]:
    return {one.filename: one._data for one in message_of(result).attachments}


def words_of(content: bytes) -> str:
    """Every part of a file of an office program, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    inner = [words_of(part) for part in parts if part.startswith(b"PK")]
    return "\n".join([*(part.decode("utf-8", "replace") for part in parts), *inner])


async def test_the_deck_comes_as_powerpoint_excel_and_picture_to_its_maker_alone(
    server: Server, staff: MemberActor
) -> None:
    await shortlist(server, staff, "cari", **BRAND)

    result = await shortlist(server, staff, "deck", judul="#1")

    assert result.ephemeral
    shown = text_of(result)
    assert "Deck siap" in shown and "2 kreator. Tarif tidak ditampilkan." in shown
    assert "Kontak dan catatan tim tidak ada di dalamnya." in shown
    picture, slides, sheet = message_of(result).attachments
    assert picture.filename == "deck.png" and "1. @masavufirda" in (picture.description or "")
    assert slides.filename.startswith("deck-") and slides.filename.endswith(".pptx")
    assert sheet.filename == slides.filename.replace(".pptx", ".xlsx")
    (entry,) = [
        one
        for one in await entries(server.services.database.read, subject_kind="shortlist", subject_id=1)
        if one.action == "shortlist.deck_made"
    ]
    assert entry.actor_id == staff.member.id


async def test_a_press_on_the_shortlist_makes_it_and_rates_are_one_press_away(
    server: Server, staff: MemberActor
) -> None:
    await a_campaign_with_applicants(server, staff)
    built = await shortlist(server, staff, "kampanye", judul="#1")
    await server.restart()

    made = await staff.click(message_of(built), label="Buat deck")
    assert "Deck siap: Serum Pagi" in text_of(made) and "Tarif tidak ditampilkan." in text_of(made)

    priced = await staff.click(message_of(made), label="Buat dengan anggaran")
    shown = text_of(priced)
    assert "Tarif dan anggaran ditampilkan." in shown
    assert "Tarifnya belum ada: @" in shown


async def test_only_the_best_are_in_it_when_fewer_are_asked_for(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)

    shown = text_of(await shortlist(server, staff, "deck", judul="#1", jumlah=1))

    assert "1 kreator. Tarif tidak ditampilkan." in shown
    assert "1 kreator lain di shortlist tidak ikut." in shown


async def test_a_shortlist_without_anybody_in_gets_no_deck(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", niche="gaming", min_followers="5jt")

    assert "Belum ada kreator yang masuk di shortlist ini." in text_of(
        await shortlist(server, staff, "deck", judul="#1")
    )


async def test_creators_cannot_make_decks(server: Server, staff: MemberActor) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    curious = await server.join("budi")

    for forged in ("deck:1", "deck-rates:1:5", "deck-budget:1:5"):
        refused = await press_again(server, curious, f"tsc:shortlist:{forged}")
        assert "hanya untuk Tim KOL" in text_of(refused)


async def test_long_ones_say_how_far_they_are(server: Server, staff: MemberActor, monkeypatch: Any) -> None:
    await shortlist(server, staff, "cari", **BRAND)
    monkeypatch.setattr(server.services.decks, "_told_every", 0.001)

    result = await shortlist(server, staff, "deck", judul="#1")

    assert "Deck siap" in text_of(result)
    assert message_of(result).content in (None, "")


async def private_shortlist(services: Services) -> int:
    """A shortlist whose creators have a contact, notes of all sorts, tags, and one of them a blacklisting."""
    ids = await keep_the_sheet(services)
    async with services.database.unit() as tx:
        for name, contact in (("masavufirda", PHONE), ("puputholly", MAIL)):
            record = CreatorRecord(Platform.TIKTOK, name, contact=contact)
            await services.creators.save(tx, record, source="import")
    await services.creator_care.add_note(STAFF, ids["masavufirda"], SECRET)
    await services.creator_care.set_tags(STAFF, ids["masavufirda"], "galak")
    await services.creator_care.blacklist(STAFF, ids["dena18"], "Tidak menepati janji", "")
    built = await services.shortlists.build(STAFF, "Serum untuk 0812 1111 2222", Criteria())
    await services.shortlist_marking.note(STAFF, built.id, ids["masavufirda"], SECRET, "1,25jt")
    return built.id


async def test_no_contact_no_note_and_nobody_who_is_out_is_in_any_of_the_files(services: Services) -> None:
    number = await private_shortlist(services)

    deck = await services.decks.make(STAFF, number, rates=Rates.BUDGET)

    listed = [one for one in await services.shortlists.entries(number, limit=50) if one.rank]
    assert len(listed) == 5
    for content in (deck.slides, deck.sheet):
        said = words_of(content)
        assert all(one.creator.record.username in said for one in listed)
        assert "Rp 1.250.000" in said or "1250000" in said
        private = (
            PHONE,
            PHONE[3:],
            "99887766",
            MAIL,
            SECRET,
            "Susah dihubungi",
            "galak",
            "dena18",
            "menepati",
            "1111 2222",
        )
        assert [text for text in private if text in said] == []
    assert SECRET not in repr(deck) and PHONE not in repr(deck)


async def test_what_stands_in_the_deck_are_the_shortlists_own_scores_and_the_accounts_figures(
    services: Services,
) -> None:
    number = await private_shortlist(services)
    listed = [one for one in await services.shortlists.entries(number, limit=50) if one.rank]

    deck = await services.decks.make(STAFF, number)

    assert [(one.rank, one.username, one.score) for one in deck.facts.creators] == [
        (one.rank, one.creator.record.username, one.score) for one in listed
    ]
    for page, one in zip(deck.facts.creators, listed, strict=True):
        metrics = one.creator.record.metrics
        assert (page.followers, page.views, page.likes) == (metrics.followers, metrics.avg_views, metrics.avg_likes)
        assert [(item.gained, item.weight) for item in page.points] == [(i.gained, i.weight) for i in one.points]
        assert page.rate is None
    kinds = {one.username: one.content_type for one in deck.facts.creators}
    assert (kinds["masavufirda"], kinds["puputholly"]) == ("C", "A (Top Creator)")
    assert set(deck.notes.doubtful) == {"paetishak", "hiffanytanujaya"}
    assert deck.pages == len(Presentation(io.BytesIO(deck.slides)).slides)
    assert "Kreator" in openpyxl.load_workbook(io.BytesIO(deck.sheet)).sheetnames


async def test_decks_wait_for_each_other_and_say_so(services: Services) -> None:
    number = await private_shortlist(services)
    heard: list[Progress] = []

    async def hear(progress: Progress) -> None:
        heard.append(progress)

    first, second = await asyncio.gather(
        services.decks.make(STAFF, number, tell=hear), services.decks.make(STAFF, number, tell=hear)
    )

    assert [one.waiting for one in heard if one.waiting] == [True]
    assert first.facts == second.facts


async def test_figures_that_moved_since_the_shortlist_was_built_are_named(services: Services) -> None:
    number = await private_shortlist(services)
    async with services.database.unit() as tx:
        moved = CreatorRecord(Platform.TIKTOK, "masavufirda", metrics=Metrics(followers=99_000))
        await services.creators.save(tx, moved, source="import")

    deck = await services.decks.make(STAFF, number)

    assert deck.notes.moved == ("masavufirda",)
    assert next(one for one in deck.facts.creators if one.username == "masavufirda").followers == 99_000


async def test_a_faulty_brand_file_is_told_to_the_one_who_asks(services: Services, tmp_path: Any) -> None:
    number = await private_shortlist(services)
    (tmp_path / "deck_brand.json").write_text("{", encoding="utf-8")
    services.decks._brand_file = tmp_path / "deck_brand.json"

    with pytest.raises(DomainError, match=r"deck_brand\.json tidak terbaca"):
        await services.decks.make(STAFF, number)
