"""Use cases of importing a calendar: read, ask, decide, preview, then everything in one transaction, never twice."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.content_calendar import import_store, section_store, source_store, store
from bot.content_calendar.asking import KEEP, Ask, Decisions, Defaults, Issue, Planned, Setting, read_decision
from bot.content_calendar.columns import Column
from bot.content_calendar.dates import instant, parse_clock, parse_year
from bot.content_calendar.import_store import ImportState, Upload
from bot.content_calendar.import_view import BasicsForm, ImportView
from bot.content_calendar.matching import ImportPlan, Ready, known_rows, match
from bot.content_calendar.models import DEFAULT_GRACE_SECONDS, Entry, EntryState, Way
from bot.content_calendar.planning import digests, plan
from bot.content_calendar.service import CalendarService
from bot.content_calendar.sheet import CalendarSheet, read_sheet
from bot.content_calendar.terms import read_length
from bot.content_calendar.vocabulary import section_key
from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.collecting import without_full_collections
from bot.platform.crypto import Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotAllowed, NotFound
from bot.platform.messages import Message
from bot.platform.problems import Problems
from bot.platform.text import one_line

KEEP_SECONDS = 3 * 86_400
# How often a sheet is planned anew because somebody changed the calendar meanwhile.
_ATTEMPTS = 5
_GONE = "Pratinjau ini sudah tidak ada. Kirim lagi berkasnya dengan /kalender impor."
_CANCELLED = "Impor ini sudah dibatalkan, jadi tidak ada yang disimpan. Kirim lagi berkasnya dengan /kalender impor."
_ASK_FIRST = "Isi tahun dan jam bawaannya dulu."


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the store knows that a plan rests on: channels by section, entries of these rows and of other sheets."""

    sections: Mapping[str, int]
    same: tuple[Entry, ...]
    others: tuple[Entry, ...]


class CalendarImports:
    """The door for cogs and the shell. `channels` are the server's text channels by name."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, calendar: CalendarService) -> None:
        self._calendar = calendar
        self._database = database
        self._clock = clock
        self._vault = vault

    async def receive(
        self, data: bytes, filename: str, actor: Actor, channels: Mapping[str, int], *, year: str = "", hour: str = ""
    ) -> ImportView:
        """Keep a sheet until it is decided. Raises FileRefused, FormRefused."""
        name = one_line(filename)[-100:] or "kalender"
        problems = Problems()
        known_year = problems.read(lambda: parse_year(year), None) if year else None
        minute = problems.read(lambda: parse_clock(hour), None) if hour else None
        problems.settle()
        with without_full_collections():
            await asyncio.to_thread(read_sheet, data, name)
        sealed = await asyncio.to_thread(stored_files.seal, self._vault, data)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            file_id = await stored_files.keep(
                tx,
                self._vault,
                filename=name,
                kind="spreadsheet",
                content=sealed,
                owner_id=actor.id,
                now=now,
                expires_at=now + KEEP_SECONDS,
            )
            import_id = await import_store.insert(
                tx,
                file_id=file_id,
                filename=name,
                sha256=sealed.sha256,
                actor_id=actor.id,
                year=known_year,
                minute=minute,
                now=now,
            )
        return await self.view(import_id, actor, channels)

    async def view(self, import_id: int, actor: Actor, channels: Mapping[str, int]) -> ImportView:
        """What saving would do now. Raises NotFound, NotAllowed, DomainError."""
        upload = await self._open(import_id, actor)
        sheet, _, facts = await self._read(upload)
        return await asyncio.to_thread(_view, upload, sheet, facts, channels, self._clock.timestamp())

    async def set_basics(
        self, import_id: int, actor: Actor, channels: Mapping[str, int], form: BasicsForm
    ) -> ImportView:
        """The year, the default hour, and what is usual for activities. Raises FormRefused."""
        await self._open(import_id, actor)
        problems, usual = Problems(), Defaults()
        year = problems.read(lambda: parse_year(form.year), 0)
        minute = problems.read(lambda: parse_clock(form.hour), 0)
        quiz = problems.read(lambda: _length(form.quiz_open, usual.quiz_seconds), 0, "Kuis dibuka")
        giveaway = problems.read(lambda: _length(form.giveaway_open, usual.giveaway_seconds), 0, "Giveaway dibuka")
        problems.settle()
        async with self._database.unit() as tx:
            defaults = Defaults(quiz, giveaway, Way(form.way) if form.way else usual.way)
            await import_store.set_basics(tx, import_id, year, minute, defaults)
        return await self.view(import_id, actor, channels)

    async def decide(
        self, import_id: int, actor: Actor, channels: Mapping[str, int], index: int, ask: Ask, value: str
    ) -> ImportView:
        """Answer one question about a row. Raises DomainError when it is no answer."""
        view = await self.view(import_id, actor, channels)
        if view.setting is None:
            raise DomainError(_ASK_FIRST)
        row, issue = self.question(view, index, ask)
        answer = read_decision(issue, value, view.setting)
        before = view.upload.decisions
        rows = {**before.rows, index: {**before.of(index), ask: answer}}
        sections = dict(before.sections)
        section = section_key(row.row.text(Column.SECTION))
        if ask is Ask.SECTION and section and answer.isdigit():
            sections[section] = int(answer)
            rows = dict(before.rows)
        async with self._database.unit() as tx:
            await import_store.set_decisions(tx, import_id, Decisions(rows, sections))
        return await self.view(import_id, actor, channels)

    def question(self, view: ImportView, index: int, ask: Ask) -> tuple[Planned, Issue]:
        """One open question. Raises NotFound when it has been answered."""
        for row, issue in view.questions:
            if row.index == index and issue.ask is ask:
                return row, issue
        raise NotFound("Pertanyaan itu sudah dijawab. Lihat pratinjau terbarunya.")

    def shown(self, view: ImportView, index: int) -> tuple[Planned, Message]:
        """Exactly what a row would look like; the reminder for other media. Raises NotFound."""
        if view.plan is not None:
            for ready in (*view.plan.new, *view.plan.changed, *view.plan.kept):
                if ready.planned.index == index:
                    return ready.planned, self._calendar.shown(ready.content, ready.due_at)
        raise NotFound("Baris itu belum lengkap, jadi belum ada tampilannya.")

    async def apply(self, import_id: int, actor: Actor, channels: Mapping[str, int]) -> ImportView:
        """Save every decided row, all or none, as the calendar is now. Undecided rows stay out. Raises DomainError."""
        upload = await self._open(import_id, actor)
        for _ in range(_ATTEMPTS):
            sheet, rows, facts = await self._read(upload)
            view = await asyncio.to_thread(_view, upload, sheet, facts, channels, self._clock.timestamp())
            if view.plan is None:
                raise DomainError(_ASK_FIRST)
            if view.plan.changes_nothing:
                raise DomainError("Tidak ada yang perlu disimpan. Putuskan dulu baris yang belum jelas.")
            async with self._database.unit() as tx:
                # Somebody may have imported the same sheet, or moved an entry, since it was planned.
                if await self._facts(tx, upload, rows) == facts:
                    await self._save(tx, view, view.plan, actor)
                    return view
        raise DomainError("Kalendernya sedang diubah orang lain. Belum ada yang disimpan. Coba lagi sebentar lagi.")

    async def cancel(self, import_id: int, actor: Actor) -> None:
        """Drop an upload and its file. Raises DomainError."""
        upload = await self._open(import_id, actor)
        async with self._database.unit() as tx:
            await self._settle(tx, upload, ImportState.CANCELLED, ImportPlan())

    async def _open(self, import_id: int, actor: Actor) -> Upload:
        upload = await import_store.get(self._database.read, import_id)
        if upload is None:
            raise NotFound(_GONE)
        if upload.actor_id != actor.id:
            raise NotAllowed(f"Impor ini dikirim <@{upload.actor_id}>. Hanya pengirimnya yang bisa memutuskan.")
        _refuse_settled(upload)
        if upload.file_id is None or upload.created_at + KEEP_SECONDS <= self._clock.timestamp():
            raise NotFound(_GONE)
        return upload

    async def _read(self, upload: Upload) -> tuple[CalendarSheet, list[str], _Facts]:
        assert upload.file_id is not None
        kept = await stored_files.load(self._database.read, self._vault, upload.file_id)
        if kept is None:
            raise NotFound(_GONE)
        with without_full_collections():
            sheet = await asyncio.to_thread(read_sheet, kept.content, upload.filename)
        rows = await asyncio.to_thread(digests, sheet, upload.year) if upload.year is not None else []
        return sheet, rows, await self._facts(self._database.read, upload, rows)

    async def _facts(self, reads: Reads, upload: Upload, rows: list[str]) -> _Facts:
        if upload.year is None:
            return _Facts({}, (), ())
        start, end = instant(date(upload.year, 1, 1), 0), instant(date(upload.year + 1, 2, 1), 0)
        return _Facts(
            await section_store.sections(reads),
            tuple(await source_store.by_digest(reads, rows)),
            tuple(await source_store.from_sheets(reads, start, end)),
        )

    async def _save(self, tx: UnitOfWork, view: ImportView, done: ImportPlan, actor: Actor) -> None:
        upload = view.upload
        names = {section_key(row.text(Column.SECTION)): row.text(Column.SECTION) for row in view.sheet.rows}
        for section, channel_id in upload.decisions.sections.items():
            await section_store.set_section(tx, section, one_line(names.get(section, section)), channel_id)
        for ready in done.new:
            await self._add(tx, ready, actor)
        for ready in done.changed:
            await self._change(tx, ready)
        for ready in done.kept:
            if ready.planned.version == KEEP and ready.entry is not None:
                # The row is answered for: the same sheet does not ask again.
                await source_store.save_source(tx, ready.entry.id, ready.source)
        await self._settle(tx, upload, ImportState.APPLIED, done)
        await audit.record(
            tx,
            actor,
            "calendar.imported",
            ("calendar_import", upload.id),
            at=self._clock.timestamp(),
            details={
                "filename": upload.filename,
                "added": len(done.new),
                "changed": len(done.changed),
                "kept": len(done.kept),
                "undecided": len(done.undecided),
            },
        )

    async def _add(self, tx: UnitOfWork, ready: Ready, actor: Actor) -> None:
        new = store.NewEntry(
            ready.content, ready.due_at, DEFAULT_GRACE_SECONDS, EntryState.SCHEDULED, actor.id, source=ready.source
        )
        entry_id = await store.insert(tx, new, self._clock.timestamp())
        if entry_id is not None:
            await self._calendar.expect(tx, entry_id, ready.due_at)

    async def _change(self, tx: UnitOfWork, ready: Ready) -> None:
        entry = ready.entry
        assert entry is not None
        await store.save_content(tx, entry.id, ready.content)
        await source_store.save_source(tx, entry.id, ready.source)
        await source_store.mark_as_sheet(tx, entry.id)
        await store.save_time(tx, entry.id, ready.due_at, entry.grace_seconds, EntryState.SCHEDULED)
        await self._calendar.expect(tx, entry.id, ready.due_at)

    async def _settle(self, tx: UnitOfWork, upload: Upload, state: ImportState, done: ImportPlan) -> None:
        now = self._clock.timestamp()
        added, changed = len(done.new), len(done.changed)
        if not await import_store.finish(tx, upload.id, state, added=added, changed=changed, now=now):
            settled = await import_store.get(tx, upload.id)
            _refuse_settled(settled or replace(upload, state=ImportState.CANCELLED))
        if upload.file_id is not None:
            await stored_files.set_expiry(tx, upload.file_id, now)


def _view(upload: Upload, sheet: CalendarSheet, facts: _Facts, channels: Mapping[str, int], now: int) -> ImportView:
    """Plan a sheet. Takes up to a second for the longest ones, so never on the event loop."""
    if upload.year is None or upload.minute is None:
        return ImportView(upload, sheet, None, None)
    setting = Setting(upload.year, upload.minute, facts.sections, dict(channels), upload.defaults)
    entries = list({entry.id: entry for entry in (*facts.same, *facts.others)}.values())
    rows = plan(sheet, setting, upload.decisions, known_rows(facts.same))
    return ImportView(upload, sheet, setting, match(rows, entries, now))


def _length(text: str, usual: int) -> int:
    return read_length(text) if text.strip() else usual


def _refuse_settled(upload: Upload) -> None:
    if upload.state is ImportState.CANCELLED:
        raise DomainError(_CANCELLED)
    if upload.state is ImportState.APPLIED:
        raise DomainError(
            f"Impor ini sudah disimpan <t:{upload.finished_at}:R> ({upload.added} baru, {upload.changed} berubah), "
            "jadi tidak disimpan lagi. Lihat hasilnya dengan /kalender lihat."
        )
