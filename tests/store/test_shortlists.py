"""Shortlists on a real file: kept with their reasons, shown again, built anew."""

import pytest

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.creators.search import Range
from bot.platform.audit import Actor, entries
from bot.platform.errors import DomainError, NotFound
from bot.services import Services, open_services
from bot.settings import Settings
from bot.shortlists import gathering
from bot.shortlists import service as shortlist_service
from bot.shortlists.models import Criteria
from tests.support.kol import keep_the_sheet

STAFF = Actor(42)
BRAND = Criteria(niches=(Niche.BEAUTY,), followers=Range(10_000, 15_000), min_engagement_ppm=10_000)


async def listed(services: Services, shortlist_id: int) -> list[tuple[str, int | None]]:
    found = await services.shortlists.entries(shortlist_id, limit=500)
    return [(one.creator.record.username, one.rank) for one in found]


async def test_a_shortlist_keeps_who_is_in_and_who_is_out_and_why(services: Services) -> None:
    await keep_the_sheet(services)

    built = await services.shortlists.build(STAFF, "Serum", BRAND)

    assert (built.listed, built.excluded, built.considered, built.matching) == (2, 4, 2, 2)
    assert await listed(services, built.id) == [
        ("masavufirda", 1),
        ("puputholly", 2),
        ("dena18", None),
        ("fitrinssi", None),
        ("hiffanytanujaya", None),
        ("paetishak", None),
    ]
    (entry,) = await entries(services.database.read, subject_kind="shortlist", subject_id=built.id)
    assert (entry.actor_id, entry.action) == (42, "shortlist.built")


async def test_a_kept_shortlist_is_the_same_after_a_restart_even_when_figures_have_moved(settings: Settings) -> None:
    first = await open_services(settings)
    try:
        await keep_the_sheet(first)
        built = await first.shortlists.build(STAFF, "Serum", BRAND)
        kept = await first.shortlists.entries(built.id, limit=10)
        async with first.database.unit() as tx:
            moved = CreatorRecord(Platform.TIKTOK, "masavufirda", metrics=Metrics(followers=99_000))
            await first.creators.save(tx, moved, source="import")
    finally:
        await first.close()

    second = await open_services(settings)
    try:
        assert await second.shortlists.get(built.id) == built
        again = await second.shortlists.entries(built.id, limit=10)
        assert [(one.points, one.excluded, one.followers) for one in again] == [
            (one.points, one.excluded, one.followers) for one in kept
        ]
    finally:
        await second.close()


async def test_building_anew_judges_by_what_is_known_now(services: Services) -> None:
    await keep_the_sheet(services)
    built = await services.shortlists.build(STAFF, "Serum", BRAND)
    async with services.database.unit() as tx:
        moved = CreatorRecord(Platform.TIKTOK, "masavufirda", metrics=Metrics(followers=99_000))
        await services.creators.save(tx, moved, source="import")

    again = await services.shortlists.rebuild(STAFF, built.id)

    assert (again.id, again.revision, again.listed) == (built.id, 2, 1)
    assert (await listed(services, built.id))[0] == ("puputholly", 1)


async def test_no_more_than_the_best_are_kept_and_it_says_of_how_many(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_JUDGED", 30)
    monkeypatch.setattr(shortlist_service, "MOST_LISTED", 10)
    async with services.database.unit() as tx:
        for index in range(50):
            metrics = Metrics(12_000, 6_000, 100 + index, 10, 1)
            record = CreatorRecord(Platform.TIKTOK, f"kreator{index:02}", niche_1=Niche.BEAUTY, metrics=metrics)
            await services.creators.save(tx, record, source="import")

    built = await services.shortlists.build(STAFF, "Banyak", Criteria(niches=(Niche.BEAUTY,)))

    assert (built.considered, built.matching, built.listed, built.excluded) == (30, 50, 10, 0)
    assert all(name >= "kreator20" for name, _ in await listed(services, built.id))


async def test_nothing_asked_for_ranks_everyone(services: Services) -> None:
    await keep_the_sheet(services)

    built = await services.shortlists.build(STAFF, "Semua", Criteria())

    assert (built.listed, built.excluded) == (6, 0)
    assert [weight.key.value for weight in built.weights] == [
        "engagement",
        "views",
        "content",
        "affiliate",
        "past",
        "price",
        "figures",
    ]


async def test_an_empty_database_says_to_import_first(services: Services) -> None:
    with pytest.raises(DomainError, match="/kol impor"):
        await services.shortlists.build(STAFF, "Kosong", BRAND)

    assert await services.shortlists.suggest("") == []


async def test_a_shortlist_is_found_by_number_and_by_title(services: Services) -> None:
    await keep_the_sheet(services)
    serum = await services.shortlists.build(STAFF, "Serum Pagi", BRAND)
    kopi = await services.shortlists.build(STAFF, "Kopi Serum", BRAND)

    assert (await services.shortlists.chosen(f"#{serum.id}")).id == serum.id
    assert (await services.shortlists.chosen("serum pagi")).id == serum.id
    assert [one.id for one in await services.shortlists.suggest("SERUM")] == [kopi.id, serum.id]
    with pytest.raises(DomainError, match="beberapa"):
        await services.shortlists.chosen("serum")
    for nothing in ("#99", "teh"):
        with pytest.raises(NotFound):
            await services.shortlists.chosen(nothing)


async def test_an_account_that_is_deleted_leaves_its_shortlists(services: Services) -> None:
    ids = await keep_the_sheet(services)
    built = await services.shortlists.build(STAFF, "Serum", BRAND)
    async with services.database.unit() as tx:
        await tx.execute("DELETE FROM creator WHERE id = :id", {"id": ids["masavufirda"]})

    assert (await listed(services, built.id))[0] == ("puputholly", 2)
    with pytest.raises(NotFound):
        await services.shortlists.entry(built.id, ids["masavufirda"])
