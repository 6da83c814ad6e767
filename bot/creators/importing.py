"""Use cases of importing KOL sheets: a dry run first, then all rows in one transaction, and never twice."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.creators import import_store, store
from bot.creators.import_plan import ImportPlan, plan_import
from bot.creators.import_report import ImportReport, report_of
from bot.creators.import_store import ImportState, Upload
from bot.creators.models import CreatorKey, CreatorRecord, Platform
from bot.creators.service import CreatorService, PreparedSaves
from bot.creators.sheet import SheetReading, read_sheet
from bot.creators.sheet_export import write_rejected
from bot.creators.store import Creator
from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.collecting import without_full_collections
from bot.platform.crypto import Vault
from bot.platform.database import Database, Reads, Row, UnitOfWork
from bot.platform.errors import DomainError, NotAllowed, NotFound
from bot.platform.indonesian import format_number
from bot.platform.text import one_line

SOURCE = "import"
KEEP_SECONDS = 86_400
_LONGEST_FILENAME = 100
# How often an import is planned anew because somebody changed one of its accounts meanwhile.
_ATTEMPTS = 5

_GONE = "Pratinjau ini sudah tidak ada. Kirim lagi berkasnya dengan /kol impor."
_TOO_OLD = "Pratinjau ini sudah lebih dari satu hari, jadi berkasnya sudah dihapus. Kirim lagi dengan /kol impor."
_CANCELLED = "Impor ini sudah dibatalkan, jadi tidak ada yang disimpan. Kirim lagi berkasnya dengan /kol impor."
_BUSY = "Kreator di berkas ini sedang diubah orang lain. Belum ada yang disimpan. Tunggu sebentar, lalu coba lagi."


class ImportService:
    """The door for cogs and the shell."""

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, creators: CreatorService, *, upload_limit_mb: int
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._creators = creators
        self._limit = upload_limit_mb * 1024 * 1024

    async def look(self, data: bytes, filename: str, platform: Platform | None = None) -> ImportReport:
        """What importing a file would do; nothing is kept.

        Raises FileRefused for a file that can't be used as a whole (PlatformNeeded when only the platform is missing).
        """
        name = one_line(filename)[-_LONGEST_FILENAME:]
        with without_full_collections():
            reading = await asyncio.to_thread(read_sheet, data, name, platform, limit=self._limit)
            rows = await self._rows_of(self._database.read, reading)
            report, _ = await asyncio.to_thread(self._plan, reading, rows)
        return report

    async def preview(self, data: bytes, filename: str, platform: Platform | None, actor: Actor) -> ImportReport:
        """The same, and the file is kept encrypted for a day, to be applied by the report's id."""
        report = await self.look(data, filename, platform)
        if report.plan.changes_nothing:
            return report
        sealed = await asyncio.to_thread(stored_files.seal, self._vault, data)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            file_id = await stored_files.keep(
                tx,
                self._vault,
                filename=report.reading.filename,
                kind="spreadsheet",
                content=sealed,
                owner_id=actor.id,
                now=now,
                expires_at=now + KEEP_SECONDS,
            )
            import_id = await import_store.insert(
                tx,
                file_id=file_id,
                filename=report.reading.filename,
                sha256=sealed.sha256,
                platform=platform,
                actor_id=actor.id,
                counts=report.counts,
                now=now,
            )
        return replace(report, id=import_id)

    async def apply(
        self, import_id: int, actor: Actor, *, as_admin: bool = False, overwrite_registered: bool = False
    ) -> ImportReport:
        """Save every good row of a preview, all or none, as the database is now. Only its sender or an admin may.

        Accounts that belong to members, also since the preview, are left as they are unless `overwrite_registered`;
        their age, gender and contact are in any case.

        Raises NotFound (gone or a day old), NotAllowed, DomainError (settled before): then nothing has changed.
        """
        upload = await self._open(import_id, actor, as_admin=as_admin)
        with without_full_collections():
            return await self._apply(upload, actor, overwrite_registered)

    async def cancel(self, import_id: int, actor: Actor, *, as_admin: bool = False) -> Upload:
        """Drop a preview and its file. Refused like `apply`."""
        upload = await self._open(import_id, actor, as_admin=as_admin)
        async with self._database.unit() as tx:
            await self._settle(tx, upload, ImportState.CANCELLED, upload.counts)
            await audit.record(
                tx, actor, "creators.import_cancelled", ("creator_import", import_id), at=self._clock.timestamp()
            )
        return upload

    async def rejected_sheet(self, report: ImportReport) -> bytes | None:
        """The rejected rows with their reasons as XLSX, to be corrected and sent again; None when there are none."""
        return await asyncio.to_thread(write_rejected, report.reading) if report.plan.rejected else None

    async def _open(self, import_id: int, actor: Actor, *, as_admin: bool) -> Upload:
        upload = await import_store.get(self._database.read, import_id)
        if upload is None:
            raise NotFound(_GONE)
        if not as_admin and upload.actor_id != actor.id:
            raise NotAllowed(
                f"Impor ini dikirim <@{upload.actor_id}>. Hanya pengirimnya atau admin yang bisa memutuskan."
            )
        _refuse_settled(upload)
        if upload.file_id is None or upload.created_at + KEEP_SECONDS <= self._clock.timestamp():
            raise NotFound(_TOO_OLD)
        return upload

    async def _apply(self, upload: Upload, actor: Actor, overwrite_registered: bool) -> ImportReport:
        reading = await self._read_again(upload)
        for _ in range(_ATTEMPTS):
            rows = await self._rows_of(self._database.read, reading)
            planned, known = await asyncio.to_thread(self._plan, reading, rows)
            report = planned
            if not overwrite_registered and planned.plan.registered:
                report = await asyncio.to_thread(report_of, reading, planned.plan.without_registered())
            prepared = await asyncio.to_thread(self._prepare, report.plan, known)
            async with self._database.unit() as tx:
                if _values(await self._rows_of(tx, reading)) == _values(rows):
                    await self._write(tx, upload, report, prepared, actor)
                    return replace(report, id=upload.id, saved=True, drifted=planned.counts != upload.counts)
        raise DomainError(_BUSY)

    async def _read_again(self, upload: Upload) -> SheetReading:
        assert upload.file_id is not None
        kept = await stored_files.load(self._database.read, self._vault, upload.file_id)
        if kept is None:
            raise NotFound(_TOO_OLD)
        return await asyncio.to_thread(read_sheet, kept.content, upload.filename, upload.platform, limit=self._limit)

    async def _rows_of(self, reads: Reads, reading: SheetReading) -> list[Row]:
        """What the store knows of the accounts of a sheet, always in the same order."""
        rows: list[Row] = []
        for platform in reading.platforms:
            names = [row.record.username for row in reading.rows if row.record.platform is platform]
            for start in range(0, len(names), store.MOST_AT_ONCE):
                rows += await store.named_rows(reads, platform, names[start : start + store.MOST_AT_ONCE])
        return rows

    def _plan(self, reading: SheetReading, rows: Sequence[Row]) -> tuple[ImportReport, Mapping[CreatorKey, Creator]]:
        told = {row.record.key: row.record.contact for row in reading.rows}
        known = {creator.record.key: creator for creator in map(store.creator_of, rows)}
        existing = {key: self._with_contact(creator, told[key]) for key, creator in known.items()}
        registered = {key for key, creator in known.items() if creator.member_id is not None}
        return report_of(reading, plan_import(existing, reading, registered)), known

    def _with_contact(self, creator: Creator, told: str | None) -> CreatorRecord:
        """The account with its contact in clear, decrypted only where the sheet tells a different one."""
        if told is None or creator.contact_token is None:
            return creator.record
        if self._creators.same_contact(creator, told):
            return replace(creator.record, contact=told)
        private = self._creators.contact_of(creator)
        return replace(creator.record, contact=private.reveal() if private else None)

    def _prepare(self, plan: ImportPlan, known: Mapping[CreatorKey, Creator]) -> PreparedSaves:
        records = ((record, known.get(record.key)) for record in plan.records_to_save)
        return self._creators.prepare(records, source=SOURCE)

    async def _write(
        self, tx: UnitOfWork, upload: Upload, report: ImportReport, prepared: PreparedSaves, actor: Actor
    ) -> None:
        await self._settle(tx, upload, ImportState.APPLIED, report.counts)
        await self._creators.save_prepared(tx, prepared)
        counts = report.counts
        await audit.record(
            tx,
            actor,
            "creators.imported",
            ("creator_import", upload.id),
            at=self._clock.timestamp(),
            details={
                "filename": upload.filename,
                "platforms": [platform.value for platform in report.reading.platforms],
                "added": counts.added,
                "changed": counts.changed,
                "unchanged": counts.unchanged,
                "rejected": counts.rejected,
                "registered_changed": len(report.plan.registered),
                "registered_skipped": len(report.plan.skipped),
            },
        )

    async def _settle(
        self, tx: UnitOfWork, upload: Upload, state: ImportState, counts: import_store.ImportCounts
    ) -> None:
        now = self._clock.timestamp()
        if not await import_store.finish(tx, upload.id, state, counts, now):
            settled = await import_store.get(tx, upload.id)
            _refuse_settled(settled or upload)
            raise NotFound(_GONE)
        if upload.file_id is not None:
            await stored_files.set_expiry(tx, upload.file_id, now)


def _refuse_settled(upload: Upload) -> None:
    if upload.state is ImportState.CANCELLED:
        raise DomainError(_CANCELLED)
    if upload.state is ImportState.APPLIED:
        done = f"{format_number(upload.counts.added)} baru, {format_number(upload.counts.changed)} berubah"
        raise DomainError(
            f"Impor ini sudah disimpan <t:{upload.finished_at}:R> ({done}), jadi tidak disimpan lagi. "
            "Lihat hasilnya dengan /kol cari."
        )


def _values(rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows]
