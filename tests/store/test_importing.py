"""Sheets into the KOL database and out of it: all or none, never twice, nothing lost."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.creators import import_store, store
from bot.creators.exporting import SheetFormat
from bot.creators.import_report import ImportReport
from bot.creators.import_store import ImportCounts, ImportState
from bot.creators.models import AgeBand, CreatorKey, CreatorRecord, Gender, Metrics, Niche, Platform
from bot.creators.search import CreatorFilter
from bot.creators.sheet import PlatformNeeded
from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.errors import DomainError, NotAllowed, NotFound
from bot.services import Services, open_services
from bot.settings import Settings
from tests.conftest import make_settings
from tests.documents.workbooks import HEADER, saved, workbook

DATA = Path(__file__).parent.parent / "data"
TIKTOK = (DATA / "kol_tiktok.csv").read_bytes()
MESSY = (DATA / "kol_instagram_berantakan.csv").read_bytes()

SARI, DEWI = Actor(1), Actor(2)
FITRI = CreatorKey(Platform.TIKTOK, "fitrinssi")
MASAYU = CreatorKey(Platform.TIKTOK, "masavufirda")


class Time:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 9, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def services(settings: Settings, time: Time) -> AsyncIterator[Services]:
    opened = await open_services(settings, Clock(time))
    try:
        yield opened
    finally:
        await opened.close()


async def previewed(services: Services, data: bytes = TIKTOK, name: str = "kol_tiktok.csv") -> int:
    """A preview by Sari, ready to be saved."""
    report = await services.imports.preview(data, name, None, SARI)
    assert report.id is not None
    return report.id


async def imported(services: Services, data: bytes = TIKTOK) -> None:
    """A sheet that has been saved."""
    await services.imports.apply(await previewed(services, data), SARI)


def sheet(*records: CreatorRecord) -> bytes:
    """A TikTok sheet of these records: username, followers, likes, comments, first niche, contact."""
    rows = [
        [
            number,
            one.username,
            None,
            None,
            one.niche_1.label if one.niche_1 else None,
            None,
            None,
            None,
            one.metrics.followers,
            None,
            one.metrics.avg_likes,
            one.metrics.avg_comments,
            None,
            None,
            one.contact,
        ]
        for number, one in enumerate(records, start=1)
    ]
    return saved(workbook(*rows, header=HEADER))


async def history(services: Services, key: CreatorKey) -> list[tuple[int, Metrics]]:
    found = await services.creators.find(key)
    assert found is not None
    return await store.snapshots(services.database.read, found.id)


async def entries(services: Services, import_id: int) -> list[audit.Entry]:
    return await audit.entries(services.database.read, subject_kind="creator_import", subject_id=import_id)


async def test_the_divisions_sheet_fills_the_database_with_its_six_creators(services: Services) -> None:
    import_id = await previewed(services)
    assert await services.creators.count(Platform.TIKTOK) == 0

    report = await services.imports.apply(import_id, SARI)

    assert (report.saved, report.counts) == (True, ImportCounts(6, 0, 0, 0))
    masayu = await services.creators.find(MASAYU)
    assert masayu is not None
    assert masayu.record.metrics == Metrics(10_500, 2_300, 362, 33, 27)
    assert (masayu.engagement_ppm, masayu.source) == (37_619, "import")
    contact = services.creators.contact_of(masayu)
    assert contact is not None and contact.reveal() == "masavufirda@example.com"
    assert [metrics for _, metrics in await history(services, MASAYU)] == [masayu.record.metrics]
    (entry,) = await entries(services, import_id)
    assert (entry.action, entry.actor_id) == ("creators.imported", SARI.id)
    assert {name: entry.details[name] for name in ("added", "changed", "unchanged", "rejected")} == {
        "added": 6,
        "changed": 0,
        "unchanged": 0,
        "rejected": 0,
    }
    assert "@example.com" not in str(entry.details)


async def test_the_preview_explains_the_sheets_own_rates_and_flags_what_needs_a_person(services: Services) -> None:
    report = await services.imports.look(TIKTOK, "kol_tiktok.csv")

    assert [one.record.username for one in report.flagged] == ["paetishak", "hiffanytanujaya"]
    assert {one.record.username: one.comparison.message for one in report.rounded}["paetishak"] == (
        "ER di lembar 336,09%, hitungan bot 337,27%: selisihnya karena angka di lembar dibulatkan."
    )
    assert all(one.comparison.explained for one in (*report.flagged, *report.rounded))


async def test_looking_keeps_nothing(services: Services) -> None:
    report = await services.imports.look(TIKTOK, "kol_tiktok.csv")

    assert report.id is None
    assert await import_store.get(services.database.read, 1) is None
    assert await services.file_content(1) is None


@pytest.mark.parametrize("data", [TIKTOK, MESSY], ids=["tiktok", "messy"])
async def test_importing_the_same_file_again_changes_nothing(services: Services, data: bytes) -> None:
    await imported(services, data)
    before = await services.database.read.fetch_all("SELECT * FROM creator ORDER BY id")

    report = await services.imports.preview(data, "lagi.csv", None, SARI)

    assert report.plan.changes_nothing and report.id is None
    assert report.counts.unchanged == len(before)
    snapshots = await services.database.read.fetch_all("SELECT id FROM creator_snapshot")
    assert len(snapshots) == len(before)


async def test_good_rows_go_in_and_the_others_come_back_with_their_reasons_ready_to_be_corrected(
    services: Services,
) -> None:
    report = await services.imports.apply(await previewed(services, MESSY, "kol_instagram_berantakan.csv"), SARI)

    assert report.counts == ImportCounts(2, 0, 0, 4)
    handed_back = await services.imports.rejected_sheet(report)
    assert handed_back is not None
    book = load_workbook(io.BytesIO(handed_back))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    reason = rows[2].index("ALASAN")
    assert [str(row[reason])[:12] for row in rows[3:]] == [
        "Sama dengan ",
        "USERNAME: be",
        "TYPE CONTENT",
        "USERNAME: ko",
    ]

    book.worksheets[0].cell(7, 2, "dapur.ibu")
    corrected = await services.imports.look(saved(book), "baris-ditolak.xlsx")
    assert [row.record.username for row in corrected.plan.new] == ["dapur.ibu"]
    assert [change.after.niche_2 for change in corrected.plan.changed] == [Niche.LIFESTYLE]


async def test_there_is_nothing_to_hand_back_when_every_row_is_good(services: Services) -> None:
    assert await services.imports.rejected_sheet(await services.imports.look(TIKTOK, "a.csv")) is None


async def test_a_change_is_told_field_by_field_and_only_new_figures_make_a_snapshot(
    services: Services, time: Time
) -> None:
    await imported(services)
    first = time.now
    time.now += timedelta(days=30)
    grown = sheet(
        CreatorRecord(Platform.TIKTOK, "fitrinssi", metrics=Metrics(followers=12_900)),
        CreatorRecord(Platform.TIKTOK, "dena18", niche_1=Niche.FOOD),
    )

    report = await services.imports.apply(await previewed(services, grown, "maret.xlsx"), SARI)

    told = {one.after.username: [change.message for change in one.changes] for one in report.plan.changed}
    assert told == {
        "fitrinssi": ["FOLLOWERS 12.200 → 12.900", "ER lembar 2,04% → kosong"],
        "dena18": ["NICHE 1 Beauty → Food"],
    }
    assert [(at, metrics.followers) for at, metrics in await history(services, FITRI)] == [
        (int(first.timestamp()), 12_200),
        (int(time.now.timestamp()), 12_900),
    ]
    assert len(await history(services, CreatorKey(Platform.TIKTOK, "dena18"))) == 1
    fitri = await services.creators.find(FITRI)
    assert fitri is not None
    assert (fitri.created_at, fitri.updated_at) == (int(first.timestamp()), int(time.now.timestamp()))
    assert fitri.record.metrics.avg_likes == 245
    assert fitri.engagement_ppm == 249 * 1_000_000 // 12_900


async def test_fractional_averages_are_kept_exactly_and_survive_a_round_trip(services: Services) -> None:
    metrics = Metrics(10_000, Decimal("2000.25"), Decimal("300.6"), Decimal("20.5"), Decimal("0.05"))
    async with services.database.unit() as tx:
        await services.creators.save(
            tx, CreatorRecord(FITRI.platform, FITRI.username, metrics=metrics), source="import"
        )

    fitri = await services.creators.find(FITRI)
    assert fitri is not None
    assert (fitri.record.metrics, fitri.engagement_ppm) == (metrics, 32_110)
    assert [kept for _, kept in await history(services, FITRI)] == [metrics]
    for file_format in SheetFormat:
        export = await services.exports.export(CreatorFilter(), file_format, SARI)
        assert (await services.imports.look(export.content, export.filename)).plan.changes_nothing


async def registered(services: Services) -> None:
    """Fitri has registered after the division's sheet was written."""
    own = CreatorRecord(
        FITRI.platform,
        FITRI.username,
        gender=Gender.FEMALE,
        age_band=AgeBand.FROM_18,
        metrics=Metrics(15_000, 2_000, 300, 9, 1),
        contact="+6281234567890",
    )
    async with services.database.unit() as tx:
        await services.creators.save(tx, own, source="registration", member_id=7, city="Bandung")


OLD = TIKTOK.replace(b"Female,Lifestyle", b"Male,Lifestyle")


async def test_an_old_sheet_leaves_registered_accounts_alone_unless_staff_want_it(services: Services) -> None:
    await registered(services)
    before = await services.creators.find(FITRI)
    assert before is not None

    report = await services.imports.apply(await previewed(services, OLD), SARI)

    assert (report.counts, report.drifted) == (ImportCounts(5, 0, 1, 0), False)
    assert [row.after.username for row in report.plan.skipped] == ["fitrinssi"]
    assert await services.creators.find(FITRI) == before

    report = await services.imports.apply(await previewed(services, OLD), SARI, overwrite_registered=True)

    assert report.counts == ImportCounts(0, 1, 5, 0)
    after = await services.creators.find(FITRI)
    assert after is not None
    assert after.record.metrics.followers == 12_200
    assert (after.record.gender, after.record.age_band, after.city) == (Gender.FEMALE, AgeBand.FROM_18, "Bandung")
    assert (after.contact_token, after.member_id) == (before.contact_token, 7)


async def test_who_registers_between_preview_and_saving_is_left_alone(services: Services) -> None:
    import_id = await previewed(services)
    await registered(services)

    report = await services.imports.apply(import_id, SARI)

    assert (report.counts, report.drifted) == (ImportCounts(5, 0, 1, 0), True)
    fitri = await services.creators.find(FITRI)
    assert fitri is not None and fitri.record.metrics.followers == 15_000


async def test_unchanged_rows_that_need_a_look_are_counted_again(services: Services) -> None:
    await imported(services)

    report = await services.imports.look(TIKTOK, "lagi.csv")

    assert [one.record.username for one in report.flagged] == ["paetishak", "hiffanytanujaya"]


async def test_a_contact_is_filled_in_kept_or_replaced_but_never_erased(services: Services) -> None:
    await imported(services)
    before = await services.creators.find(MASAYU)
    assert before is not None
    blank = CreatorRecord(Platform.TIKTOK, "masavufirda", metrics=Metrics(followers=11_000))
    same = replace(blank, metrics=Metrics(followers=11_100), contact="MasaVufirda@example.com ")
    for record in (blank, same):
        await imported(services, sheet(record))
        kept = await services.creators.find(MASAYU)
        assert kept is not None and kept.contact_token == before.contact_token

    report = await services.imports.look(sheet(replace(same, contact="0812-3456-7890")), "a.xlsx")
    assert [change.message for change in report.plan.changed[0].changes] == ["CONTACT diganti"]
    await imported(services, sheet(replace(same, contact="0812-3456-7890")))

    after = await services.creators.find(MASAYU)
    assert after is not None
    contact = services.creators.contact_of(after)
    assert contact is not None and contact.reveal() == "+6281234567890"


async def test_saving_together_writes_what_saving_one_by_one_writes(services: Services, tmp_path: Path) -> None:
    tables = ("creator", "creator_snapshot", "creator_name")
    other = await open_services(make_settings(tmp_path / "other"), services.clock)
    try:
        for data in (TIKTOK, MESSY, sheet(CreatorRecord(Platform.TIKTOK, "dena18", metrics=Metrics(followers=9)))):
            await imported(services, data)
            for row in (await other.imports.look(data, "a.csv")).reading.rows:
                async with other.database.unit() as tx:
                    await other.creators.save(tx, row.record, source="import")
        for table in tables:
            together, one_by_one = (
                [{**row, "contact": None, "contact_hash": None} for row in map(dict, rows)]
                for rows in (
                    await services.database.read.fetch_all(f"SELECT * FROM {table} ORDER BY rowid"),
                    await other.database.read.fetch_all(f"SELECT * FROM {table} ORDER BY rowid"),
                )
            )
            assert together == one_by_one
    finally:
        await other.close()


async def test_saving_twice_saves_once(services: Services) -> None:
    import_id = await previewed(services)
    await services.imports.apply(import_id, SARI)

    with pytest.raises(DomainError, match=r"sudah disimpan .*6 baru, 0 berubah"):
        await services.imports.apply(import_id, SARI)
    with pytest.raises(DomainError, match="sudah disimpan"):
        await services.imports.cancel(import_id, SARI)

    assert len(await entries(services, import_id)) == 1


async def test_two_presses_at_the_same_moment_save_once(services: Services) -> None:
    import_id = await previewed(services)

    outcomes = await asyncio.gather(
        *(services.imports.apply(import_id, SARI) for _ in range(5)), return_exceptions=True
    )

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 4
    assert len(await entries(services, import_id)) == 1
    assert len(await services.database.read.fetch_all("SELECT id FROM creator_snapshot")) == 6


async def test_the_same_sheet_sent_by_two_people_is_saved_by_the_first(services: Services) -> None:
    mine = await previewed(services)
    theirs = (await services.imports.preview(TIKTOK, "kol.csv", None, DEWI)).id
    assert theirs is not None

    await services.imports.apply(mine, SARI)
    second = await services.imports.apply(theirs, DEWI)

    assert (second.counts, second.drifted) == (ImportCounts(0, 0, 6, 0), True)
    assert len(await services.database.read.fetch_all("SELECT id FROM creator_snapshot")) == 6


async def test_only_who_sent_the_sheet_or_an_admin_decides(services: Services) -> None:
    import_id = await previewed(services)

    for refused in (services.imports.apply(import_id, DEWI), services.imports.cancel(import_id, DEWI)):
        with pytest.raises(NotAllowed, match="<@1>"):
            await refused
    assert await services.creators.count(Platform.TIKTOK) == 0

    await services.imports.apply(import_id, DEWI, as_admin=True)
    assert await services.creators.count(Platform.TIKTOK) == 6


async def test_after_a_day_the_file_is_gone_and_the_button_says_so(services: Services, time: Time) -> None:
    import_id = await previewed(services)
    time.now += timedelta(hours=23, minutes=59)
    async with services.database.unit() as tx:
        await stored_files.drop_expired(tx, services.clock.timestamp())
    assert await services.file_content(1) is not None

    time.now += timedelta(minutes=1)

    with pytest.raises(NotFound, match="lebih dari satu hari"):
        await services.imports.apply(import_id, SARI)
    async with services.database.unit() as tx:
        await stored_files.drop_expired(tx, services.clock.timestamp())
    with pytest.raises(NotFound, match="lebih dari satu hari"):
        await services.imports.apply(import_id, SARI)
    assert await services.creators.count(Platform.TIKTOK) == 0


async def test_a_cancelled_import_can_not_be_saved_and_its_file_is_dropped(services: Services) -> None:
    import_id = await previewed(services)

    await services.imports.cancel(import_id, SARI)

    with pytest.raises(DomainError, match="sudah dibatalkan"):
        await services.imports.apply(import_id, SARI)
    with pytest.raises(DomainError, match="sudah dibatalkan"):
        await services.imports.cancel(import_id, SARI)
    async with services.database.unit() as tx:
        await stored_files.drop_expired(tx, services.clock.timestamp())
    assert await services.file_content(1) is None
    assert [entry.action for entry in await entries(services, import_id)] == ["creators.import_cancelled"]


async def test_an_import_nobody_knows_is_not_found(services: Services) -> None:
    with pytest.raises(NotFound, match="/kol impor"):
        await services.imports.apply(404, SARI)


async def test_what_happened_since_the_preview_is_respected(services: Services) -> None:
    import_id = await previewed(services)
    record = CreatorRecord(FITRI.platform, FITRI.username, niche_1=Niche.TRAVEL, metrics=Metrics(13_000, avg_shares=9))
    async with services.database.unit() as tx:
        await services.creators.save(tx, record, source="registration", member_id=None, city="Bandung")

    report = await services.imports.apply(import_id, SARI)

    assert (report.counts, report.drifted) == (ImportCounts(5, 1, 0, 0), True)
    fitri = await services.creators.find(FITRI)
    assert fitri is not None
    assert (fitri.city, fitri.source, fitri.record.metrics.followers) == ("Bandung", "registration", 12_200)
    stored = await import_store.get(services.database.read, import_id)
    assert stored is not None
    assert (stored.state, stored.counts) == (ImportState.APPLIED, report.counts)


async def test_a_change_made_while_the_sheet_is_being_planned_is_not_overwritten(services: Services) -> None:
    import_id = await previewed(services)
    await imported(services)
    writer_is_taken = asyncio.Event()

    async def apply() -> ImportReport:
        await writer_is_taken.wait()
        return await services.imports.apply(import_id, SARI)

    saving = asyncio.create_task(apply())
    async with services.database.unit() as tx:
        writer_is_taken.set()
        # Long enough for the import to read and plan, and to queue behind this unit with a plan that is out of date.
        await asyncio.sleep(0.3)
        record = CreatorRecord(FITRI.platform, FITRI.username, metrics=Metrics(followers=99_000))
        await services.creators.save(tx, record, source="registration", city="Bandung")
    report = await saving

    assert (report.counts, report.drifted) == (ImportCounts(0, 1, 5, 0), True)
    fitri = await services.creators.find(FITRI)
    assert fitri is not None
    assert (fitri.city, fitri.record.metrics.followers) == ("Bandung", 12_200)
    assert [metrics.followers for _, metrics in await history(services, FITRI)] == [12_200, 99_000, 12_200]


async def test_keys_rotated_between_preview_and_saving_do_no_harm(settings: Settings, services: Services) -> None:
    await imported(services)
    record = CreatorRecord(Platform.TIKTOK, "masavufirda", metrics=Metrics(followers=11_000))
    import_id = await previewed(services, sheet(record))
    async with services.database.unit() as tx:
        await services.vault.rotate_column(tx, "creator", "contact", 0)
        await services.vault.rotate_column(tx, "stored_file", "content", 0)

    await services.imports.apply(import_id, SARI)

    masayu = await services.creators.find(MASAYU)
    assert masayu is not None and masayu.record.metrics.followers == 11_000
    assert services.creators.contact_of(masayu) is not None


async def test_a_sheet_without_its_platform_is_asked_for_it_and_then_remembered(services: Services) -> None:
    data = saved(workbook(["1", "rara", *[None] * 6, 12_000], title="Database KOL"))
    with pytest.raises(PlatformNeeded):
        await services.imports.preview(data, "kol.xlsx", None, SARI)

    report = await services.imports.preview(data, "kol.xlsx", Platform.SHOPEE, SARI)
    assert report.id is not None
    await services.imports.apply(report.id, SARI)

    assert await services.creators.find(CreatorKey(Platform.SHOPEE, "rara")) is not None


async def test_the_uploaded_sheet_is_nowhere_in_the_store_in_clear(settings: Settings, services: Services) -> None:
    await imported(services)

    for path in settings.database.parent.glob("store.db*"):
        assert b"masavufirda@example" not in path.read_bytes(), path.name


@pytest.mark.parametrize("file_format", SheetFormat)
@pytest.mark.parametrize("with_contacts", [False, True])
async def test_what_is_exported_can_be_imported_and_changes_nothing(
    services: Services, file_format: SheetFormat, with_contacts: bool
) -> None:
    await imported(services)
    await imported(services, MESSY)

    export = await services.exports.export(CreatorFilter(), file_format, SARI, with_contacts=with_contacts)

    assert export.count == 8
    assert export.filename == f"kol-semua-2026-03-09.{file_format.value}"
    again = await services.imports.look(export.content, export.filename)
    assert again.counts == ImportCounts(0, 0, 8, 0)
    told = {row.record.username: row.record.contact for row in again.plan.unchanged}
    assert told["masavufirda"] == ("masavufirda@example.com" if with_contacts else None)
    rows = await services.database.read.fetch_all("SELECT details FROM audit_entry WHERE action = 'creators.exported'")
    assert [str(row["details"]).count(f'"contacts": {str(with_contacts).lower()}') for row in rows] == [1]


async def test_an_export_holds_what_the_filter_asks_for(services: Services) -> None:
    await imported(services)
    await imported(services, MESSY)

    wanted = CreatorFilter(platforms=(Platform.INSTAGRAM,))
    export = await services.exports.export(wanted, SheetFormat.XLSX, SARI)

    assert (export.count, export.filename) == (2, "kol-instagram-2026-03-09.xlsx")
    assert (await services.imports.look(export.content, "a.xlsx")).reading.platforms == [Platform.INSTAGRAM]


async def test_an_empty_export_says_what_to_do(services: Services) -> None:
    with pytest.raises(DomainError, match="masih kosong"):
        await services.exports.export(CreatorFilter(), SheetFormat.XLSX, SARI)
    with pytest.raises(DomainError, match="Platform Shopee"):
        await services.exports.export(CreatorFilter(platforms=(Platform.SHOPEE,)), SheetFormat.XLSX, SARI)
