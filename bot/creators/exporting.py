"""Use cases of handing out the KOL database as a sheet."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.creators import search_store, store
from bot.creators.models import CreatorRecord
from bot.creators.search import CreatorFilter
from bot.creators.service import CreatorService
from bot.creators.sheet_export import export_csv, export_xlsx
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.collecting import without_full_collections
from bot.platform.database import Database, Row
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_number

# An XLSX of as many weighs about 6 MB and takes some twenty seconds to write.
MOST_EXPORTED = 100_000


class SheetFormat(StrEnum):
    """The kind of file; the value is its extension."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Export:
    """A file ready to be handed out, and what is in it."""

    filename: str
    count: int
    with_contacts: bool
    content: bytes = field(repr=False)


class ExportService:
    """The door for cogs and the shell."""

    def __init__(self, database: Database, clock: Clock, creators: CreatorService) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators

    async def export(
        self, wanted: CreatorFilter, file_format: SheetFormat, actor: Actor, *, with_contacts: bool = False
    ) -> Export:
        """The accounts that meet the filter, in the layout of the KOL sheet, oldest first. Put on record.

        The contact column is empty unless asked for: a blank never erases anything when the sheet is imported again,
        while a masked contact would. Raises DomainError when there is nothing to export or too much.
        """
        rows = await search_store.matching(
            self._database.read, wanted, limit=MOST_EXPORTED + 1, at=self._clock.timestamp()
        )
        if not rows:
            raise DomainError(_nothing(wanted))
        if len(rows) > MOST_EXPORTED:
            most = format_number(MOST_EXPORTED)
            raise DomainError(f"Yang cocok lebih dari {most} kreator. Ekspor sebagian dulu, misalnya per platform.")
        with without_full_collections():
            content = await asyncio.to_thread(self._write, rows, file_format, with_contacts)
        async with self._database.unit() as tx:
            await audit.record(
                tx,
                actor,
                "creators.exported",
                ("creator", None),
                at=self._clock.timestamp(),
                details={
                    "filter": wanted.to_query(),
                    "format": file_format.value,
                    "count": len(rows),
                    "contacts": with_contacts,
                },
            )
        return Export(self._filename(wanted, file_format), len(rows), with_contacts, content)

    def _write(self, rows: Sequence[Row], file_format: SheetFormat, with_contacts: bool) -> bytes:
        records = [self._record(row, with_contacts) for row in rows]
        return export_xlsx(records) if file_format is SheetFormat.XLSX else export_csv(records)

    def _record(self, row: Row, with_contacts: bool) -> CreatorRecord:
        creator = store.creator_of(row)
        contact = self._creators.contact_of(creator) if with_contacts else None
        return replace(creator.record, contact=contact.reveal()) if contact else creator.record

    def _filename(self, wanted: CreatorFilter, file_format: SheetFormat) -> str:
        asked = " ".join([*wanted.platforms, *wanted.niches, *wanted.tiers]) or "semua"
        about = re.sub(r"[^a-z0-9]+", "-", asked)[:40].strip("-")
        return f"kol-{about}-{self._clock.today():%Y-%m-%d}.{file_format.value}"


def _nothing(wanted: CreatorFilter) -> str:
    if wanted.parts():
        return f"Tidak ada kreator yang cocok ({', '.join(wanted.lines())}). Longgarkan filternya."
    return "Database KOL masih kosong. Isi dulu dengan /kol impor."
