"""What staff do with a shortlist, on a real file: it outlives every rebuilding, and versions stay readable."""

import shutil
from pathlib import Path

import pytest

from bot.creators.models import CreatorRecord, Metrics, Niche, Platform
from bot.creators.search import Range
from bot.platform import migrations
from bot.platform.audit import Actor, entries
from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.platform.errors import DomainError, FormRefused, NotFound
from bot.services import Services, open_services
from bot.settings import Settings
from bot.shortlists.gathering import Delivery
from bot.shortlists.models import Cause, Criteria, CriterionKey, RateSource, Shortlist
from tests.support.kol import keep_the_sheet

STAFF = Actor(42)
BRAND = Criteria(niches=(Niche.BEAUTY,), followers=Range(10_000, 15_000), min_engagement_ppm=10_000)


async def brand(services: Services) -> tuple[Shortlist, dict[str, int]]:
    ids = await keep_the_sheet(services)
    return await services.shortlists.build(STAFF, "Serum", BRAND), ids


async def inside(services: Services, shortlist_id: int, revision: int | None = None) -> list[str]:
    found = await services.shortlists.entries(shortlist_id, limit=500, revision=revision)
    return [one.creator.record.username for one in found if one.rank is not None]


async def grow(services: Services, username: str, followers: int) -> None:
    async with services.database.unit() as tx:
        moved = CreatorRecord(Platform.TIKTOK, username, metrics=Metrics(followers=followers))
        await services.creators.save(tx, moved, source="import")


async def test_a_pin_brings_somebody_in_and_says_what_they_do_not_meet(services: Services) -> None:
    built, ids = await brand(services)

    pinned = await services.shortlist_marking.pin(STAFF, built.id, ids["dena18"])

    assert (pinned.rank, pinned.pinned, pinned.excluded) == (1, True, ())
    assert pinned.unmet == ("ER 0,63%, di bawah minimal 1%.",)
    assert await inside(services, built.id) == ["dena18", "masavufirda", "puputholly"]
    unpinned = await services.shortlist_marking.unpin(STAFF, built.id, ids["dena18"])
    assert unpinned.rank is None and unpinned.excluded == ("ER 0,63%, di bawah minimal 1%.",)


async def test_marks_outlive_rebuilding_and_a_restart(settings: Settings) -> None:
    first = await open_services(settings)
    try:
        built, ids = await brand(first)
        marking = first.shortlist_marking
        await marking.drop(STAFF, built.id, ids["masavufirda"], "Baru kerja untuk pesaing")
        await marking.note(STAFF, built.id, ids["puputholly"], "Cocok untuk video unboxing", "1,2jt")
        await marking.pin(STAFF, built.id, ids["paetishak"])
    finally:
        await first.close()

    second = await open_services(settings)
    try:
        await grow(second, "fitrinssi", 11_111)
        again = await second.shortlists.rebuild(STAFF, built.id)
        found = {one.creator.record.username: one for one in await second.shortlists.entries(again.id, limit=10)}
    finally:
        await second.close()

    assert again.revision == 2
    assert found["masavufirda"].excluded == ("Dikeluarkan tim: Baru kerja untuk pesaing.",)
    assert (found["puputholly"].note, found["puputholly"].rate) == ("Cocok untuk video unboxing", 1_200_000)
    assert found["puputholly"].rate_source is RateSource.STAFF
    assert found["paetishak"].rank == 1


async def test_a_given_rank_and_a_dropping_can_be_taken_back(services: Services) -> None:
    built, ids = await brand(services)
    marking = services.shortlist_marking

    await marking.move(STAFF, built.id, ids["puputholly"], "1")
    assert await inside(services, built.id) == ["puputholly", "masavufirda"]
    await marking.move(STAFF, built.id, ids["puputholly"], "")
    assert await inside(services, built.id) == ["masavufirda", "puputholly"]
    await marking.drop(STAFF, built.id, ids["masavufirda"], "Salah pilih")
    await marking.restore(STAFF, built.id, ids["masavufirda"])
    assert await inside(services, built.id) == ["masavufirda", "puputholly"]
    left = await services.database.read.fetch_all("SELECT * FROM shortlist_mark")
    assert left == []


async def test_what_makes_no_sense_is_refused(services: Services) -> None:
    built, ids = await brand(services)
    marking = services.shortlist_marking

    with pytest.raises(FormRefused, match="alasannya"):
        await marking.drop(STAFF, built.id, ids["puputholly"], "  ")
    with pytest.raises(FormRefused, match="dimulai dari 1"):
        await marking.move(STAFF, built.id, ids["puputholly"], "0")
    with pytest.raises(DomainError, match="Sematkan dulu"):
        await marking.move(STAFF, built.id, ids["dena18"], "1")
    with pytest.raises(FormRefused):
        await marking.note(STAFF, built.id, ids["puputholly"], "", "banyak")
    with pytest.raises(NotFound):
        await marking.pin(STAFF, built.id, 999)
    with pytest.raises(NotFound):
        await marking.pin(STAFF, 999, ids["puputholly"])
    assert await inside(services, built.id) == ["masavufirda", "puputholly"]


async def test_somebody_from_outside_is_added_judged_and_pinned(services: Services) -> None:
    built, _ = await brand(services)
    async with services.database.unit() as tx:
        for number in range(30):
            near = CreatorRecord(Platform.TIKTOK, f"dekat{number:02}", niche_1=Niche.PETS, metrics=Metrics(9_000))
            await services.creators.save(tx, near, source="import")
        far = CreatorRecord(Platform.X, "jauh", niche_1=Niche.PETS, metrics=Metrics(9_000, 900, 90, 9, 9))
        added_id = await services.creators.save(tx, far, source="import")
    built = await services.shortlists.rebuild(STAFF, built.id)

    added = await services.shortlist_marking.add(STAFF, built.id, added_id)

    assert (added.rank, added.pinned) == (1, True) and added.unmet
    assert (await services.shortlists.entry(built.id, added_id)).points == added.points
    again = await services.shortlists.rebuild(STAFF, built.id)
    assert again.revision == built.revision
    assert (await inside(services, again.id))[0] == "jauh"


async def test_who_is_on_the_blacklist_is_out_and_no_pin_helps(services: Services) -> None:
    ids = await keep_the_sheet(services)
    await services.creator_care.blacklist(STAFF, ids["masavufirda"], "Membatalkan sepihak", "")
    built = await services.shortlists.build(STAFF, "Serum", BRAND)

    assert await inside(services, built.id) == ["puputholly"]
    entry = await services.shortlists.entry(built.id, ids["masavufirda"])
    assert entry.barred and entry.excluded == ("Ada di blacklist: Membatalkan sepihak.",)
    for refused in (services.shortlist_marking.pin, services.shortlist_marking.add):
        with pytest.raises(DomainError, match="blacklist"):
            await refused(STAFF, built.id, ids["masavufirda"])


async def test_one_who_comes_on_the_blacklist_later_leaves_in_spite_of_a_pin(services: Services) -> None:
    built, ids = await brand(services)
    await services.shortlist_marking.pin(STAFF, built.id, ids["masavufirda"])
    await services.creator_care.blacklist(STAFF, ids["masavufirda"], "Membatalkan sepihak", "")

    await services.shortlists.rebuild(STAFF, built.id)

    assert await inside(services, built.id) == ["puputholly"]


async def test_each_rebuilding_that_differs_keeps_the_version_before(services: Services) -> None:
    built, ids = await brand(services)
    await services.shortlist_marking.note(STAFF, built.id, ids["puputholly"], "Catatan lama", "")
    await grow(services, "masavufirda", 99_000)
    await services.shortlists.rebuild(Actor(7), built.id)
    await services.shortlists.weigh(STAFF, built.id, "Niche: 100")
    same = await services.shortlists.rebuild(STAFF, built.id)
    await services.shortlist_marking.drop(STAFF, built.id, ids["puputholly"], "Tidak jadi")

    versions = await services.shortlist_history.versions(built.id)

    assert same.revision == 3
    assert [(one.revision, one.cause, one.built_by, one.listed) for one in versions] == [
        (3, Cause.WEIGHTS, 42, 0),
        (2, Cause.REBUILT, 7, 1),
        (1, Cause.BUILT, 42, 2),
    ]
    assert await inside(services, built.id, 1) == ["masavufirda", "puputholly"]
    assert await inside(services, built.id, 2) == ["puputholly"]
    assert (await services.shortlists.entry(built.id, ids["puputholly"], 1)).note == "Catatan lama"
    assert (await services.shortlists.get(built.id, 1)).is_latest is False


async def test_what_changed_between_two_versions_is_told(services: Services) -> None:
    built, ids = await brand(services)
    await grow(services, "masavufirda", 99_000)
    await services.shortlists.rebuild(STAFF, built.id)

    found = await services.shortlist_history.compare(built.id, 2, 1)

    assert (found.before.revision, found.after.revision) == (1, 2)
    (gone,) = found.changes.gone
    assert (gone.creator_id, gone.rank) == (ids["masavufirda"], 1)
    assert gone.reasons[0] == "Followers 99.000, yang dicari 10.000 sampai 15.000."
    assert [(one.rank_before, one.rank_after) for one in found.changes.moved] == [(2, 1)]
    assert set(found.creators) == {ids["masavufirda"], ids["puputholly"]}
    with pytest.raises(NotFound):
        await services.shortlist_history.compare(built.id, 1, 9)


async def test_own_weights_stay_until_they_are_given_up(services: Services) -> None:
    built, _ = await brand(services)

    await services.shortlists.weigh(STAFF, built.id, "Tipe konten: 60\nER: 40")
    assert await inside(services, built.id) == ["puputholly", "masavufirda"]
    await grow(services, "puputholly", 12_000)
    again = await services.shortlists.rebuild(STAFF, built.id)
    assert again.own_weights and [(one.key, one.points) for one in again.weights] == [
        (CriterionKey.ENGAGEMENT, 40),
        (CriterionKey.CONTENT, 60),
    ]
    back = await services.shortlists.weigh_by_default(STAFF, built.id)
    assert not back.own_weights and back.weights == built.weights
    with pytest.raises(FormRefused, match="tambah 50 lagi"):
        await services.shortlists.weigh(STAFF, built.id, "ER: 50")
    actions = [one.action for one in await entries(services.database.read, subject_kind="shortlist", subject_id=1)]
    assert actions.count("shortlist.weighed") == 2


async def test_a_budget_is_fitted_and_kept(services: Services) -> None:
    built, ids = await brand(services)
    await services.shortlist_marking.note(STAFF, built.id, ids["masavufirda"], "", "2jt")

    fit = await services.shortlist_budgets.fit(STAFF, built.id, "2,5jt", "3")

    assert fit.best.taken == (ids["masavufirda"],) and fit.best.cost == 2_000_000
    assert [one.creator.record.username for one in fit.without_rate] == ["puputholly"]
    kept = await services.shortlists.get(built.id)
    assert (kept.budget, kept.slots) == (2_500_000, 3)
    await services.shortlist_marking.pin(STAFF, built.id, ids["masavufirda"])
    with pytest.raises(DomainError, match="disematkan saja"):
        await services.shortlist_budgets.fit(STAFF, built.id, "1jt", "3")
    for budget, slots in (("", "3"), ("1jt", ""), ("1jt", "0"), ("1jt", "101"), ("1jt", "banyak")):
        with pytest.raises(DomainError):
            await services.shortlist_budgets.fit(STAFF, built.id, budget, slots)


async def test_posts_for_us_count_once_they_are_known(services: Services) -> None:
    ids = await keep_the_sheet(services)

    async def deliveries(reads: object, creator_ids: object) -> dict[int, Delivery]:
        return {ids["puputholly"]: Delivery(8, 0, None), ids["masavufirda"]: Delivery(8, 8, None)}

    services.gathering.attach_deliveries(deliveries)
    built = await services.shortlists.build(STAFF, "Serum", BRAND)

    gained = {
        one.creator.record.username: next(p.gained for p in one.points if p.key is CriterionKey.PAST)
        for one in await services.shortlists.entries(built.id, limit=2)
    }
    assert gained["puputholly"] > gained["masavufirda"]


async def test_a_deleted_shortlist_leaves_nothing(services: Services) -> None:
    built, ids = await brand(services)
    await services.shortlist_marking.pin(STAFF, built.id, ids["puputholly"])
    async with services.database.unit() as tx:
        await tx.execute("DELETE FROM shortlist")

    for table in ("shortlist_version", "shortlist_entry", "shortlist_mark"):
        assert await services.database.read.fetch_all(f"SELECT * FROM {table}") == []
    with pytest.raises(NotFound):
        await services.shortlist_history.versions(built.id)


async def test_shortlists_of_the_version_before_are_still_read(settings: Settings, tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    for file in sorted(migrations.FOLDER.glob("*.sql")):
        if "shortlist_score" in file.name:
            break
        shutil.copy(file, before)
    settings.database.unlink()
    await migrations.prepare(settings.database, Clock(), folder=before)
    async with await Database.open(settings.database) as database, database.unit() as tx:
        await tx.execute(
            "INSERT INTO creator (id, platform, username, source, created_at, updated_at)"
            " VALUES (1, 'tiktok', 'lama', 'import', 1, 1), (2, 'tiktok', 'luar', 'import', 1, 1)"
        )
        await tx.execute(
            "INSERT INTO shortlist (id, title, criteria, weights, considered, matching, revision, created_at, built_at)"
            ' VALUES (1, \'Lama\', \'{"platforms":[],"niches":[],"tiers":[],"content_types":[],"regions":[],'
            '"followers":[null,null],"min_engagement_ppm":null,"max_rate":null,"near_niches":true}\','
            " '[[\"engagement\",100]]', 1, 1, 4, 5, 6)"
        )
        await tx.execute(
            "INSERT INTO shortlist_entry (shortlist_id, creator_id, position, rank, score, points, excluded, rate)"
            " VALUES (1, 1, 1, 1, 70, '[[\"engagement\",70,100,\"ER.\"]]', '[]', 500000),"
            " (1, 2, 2, NULL, 10, '[]', '[\"Niche lain.\"]', NULL)"
        )

    services = await open_services(settings)
    try:
        kept = await services.shortlists.get(1)
        first, second = await services.shortlists.entries(1, limit=5)
    finally:
        await services.close()

    assert (kept.title, kept.revision, kept.latest, kept.criteria) == ("Lama", 4, 4, Criteria())
    assert (first.score, first.rank, first.rate, first.rate_source) == (70, 1, 500_000, RateSource.APPLICATION)
    assert (second.rank, second.excluded) == (None, ("Niche lain.",))
