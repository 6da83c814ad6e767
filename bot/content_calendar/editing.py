"""Use cases of writing the calendar by hand: add, change, move, call off, copy, repeat."""

import asyncio
from collections.abc import Mapping
from datetime import date, timedelta

from bot.content_calendar import reading, rules, series_store, source_store, store
from bot.content_calendar.dates import instant
from bot.content_calendar.models import DEFAULT_GRACE_SECONDS, Content, Entry, EntryState, Kind
from bot.content_calendar.reading import ActivityForm, FiguresForm, NewForm, PlaceForm, TermsForm, TextsForm
from bot.content_calendar.recurring import Pattern, days
from bot.content_calendar.service import OPEN, CalendarService
from bot.platform import audit, stored_files
from bot.platform.audit import Actor
from bot.platform.clock import JAKARTA, Clock
from bot.platform.crypto import Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError
from bot.platform.files import FileKind
from bot.platform.scheduler import Scheduler

# Entries of a series are made this far ahead; a daily job goes on from there.
AHEAD = timedelta(days=60)


class CalendarEditing:
    """Every form is saved at once; what is scheduled stays scheduled as long as nothing it needs is taken away."""

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, scheduler: Scheduler, calendar: CalendarService
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._calendar = calendar
        scheduler.recurs("calendar.ahead", "40 2 * * *", self._make_ahead)

    async def create(self, actor: Actor, form: NewForm, channel_id: int | None) -> Entry:
        """A draft. Raises FormRefused."""
        content, due_at = reading.read_new(form, channel_id, self._clock.now())
        new = store.NewEntry(content, due_at, DEFAULT_GRACE_SECONDS, EntryState.DRAFT, actor.id)
        return await self._insert(actor, new, "created")

    async def change_texts(self, actor: Actor, entry_id: int, form: TextsForm) -> Entry:
        """Headline, caption, big words, directive, reference; a post that is out is edited. Raises FormRefused."""
        async with self._database.unit() as tx:
            entry = await self._correctable(tx, entry_id)
            content = reading.read_texts(form, entry.content)
            if not entry.is_open and not rules.says_something(content):
                raise DomainError("Belum ada teks. Untuk menghapus postingannya, pakai /kalender batal.")
            return await self._save(tx, actor, entry, content, "texts_changed" if entry.is_open else "corrected")

    async def change_activity(self, actor: Actor, entry_id: int, form: ActivityForm) -> Entry:
        """Kind, prize, questions, how a quiz is won. Raises FormRefused."""
        async with self._database.unit() as tx:
            entry = await self._changeable(tx, entry_id)
            return await self._save(tx, actor, entry, reading.read_activity(form, entry.content), "activity_changed")

    async def change_terms(self, actor: Actor, entry_id: int, form: TermsForm) -> Entry:
        """How long its quiz or giveaway is open, and the permit. Raises FormRefused."""
        async with self._database.unit() as tx:
            entry = await self._changeable(tx, entry_id)
            if entry.content.kind is Kind.POST:
                raise DomainError(f"**{entry.title}** bukan kuis atau giveaway. Pilih jenisnya di Kegiatan & hadiah.")
            return await self._save(tx, actor, entry, reading.read_terms(form, entry.content), "terms_changed")

    async def move(self, actor: Actor, entry_id: int, form: PlaceForm, channels: Mapping[str, int]) -> Entry:
        """Time, channel, medium and grace; a missed entry is scheduled again. Raises FormRefused."""
        async with self._database.unit() as tx:
            entry = await self._changeable(tx, entry_id)
            content, due_at, grace = reading.read_place(form, entry, channels, self._clock.now())
            state = EntryState.DRAFT if entry.state is EntryState.DRAFT else EntryState.SCHEDULED
            if state is EntryState.SCHEDULED:
                self._check_ready(content, due_at)
            await store.save_content(tx, entry_id, content)
            await source_store.mark_edited(tx, entry_id, self._clock.timestamp())
            await self._schedule(tx, entry_id, due_at, grace, state)
            return await self._told(tx, actor, entry_id, "moved")

    async def schedule(self, actor: Actor, entry_id: int, revision: int) -> Entry:
        """Let a draft appear at its time, as it was previewed. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self._changeable(tx, entry_id)
            if entry.state is not EntryState.DRAFT:
                raise DomainError(f"**{entry.title}** sudah terjadwal: {rules.when(entry)}.")
            if entry.revision != revision:
                raise DomainError("Entri ini baru saja diubah. Lihat pratinjau terbarunya dengan /kalender ubah.")
            self._check_ready(entry.content, entry.due_at)
            await self._schedule(tx, entry_id, entry.due_at, entry.grace_seconds, EntryState.SCHEDULED)
            return await self._told(tx, actor, entry_id, "scheduled")

    async def change_picture(self, actor: Actor, entry_id: int, picture: tuple[str, bytes] | None) -> Entry:
        """An uploaded picture (file name, checked bytes) beside or instead of the drawn one; None takes it away."""
        image = await asyncio.to_thread(stored_files.seal, self._vault, picture[1]) if picture else None
        async with self._database.unit() as tx:
            entry = await self._correctable(tx, entry_id)
            now = self._clock.timestamp()
            file_id = None
            if picture is not None and image is not None:
                file_id = await stored_files.keep(
                    tx,
                    self._vault,
                    filename=picture[0][:100],
                    kind=FileKind.IMAGE,
                    content=image,
                    owner_id=actor.id,
                    now=now,
                )
            # A copy or another time of the series may show the same file, so it is never deleted here.
            await store.save_image(tx, entry_id, file_id)
            return await self._told(tx, actor, entry.id, "picture_changed")

    async def count(self, actor: Actor, entry_id: int, form: FiguresForm) -> Entry:
        """Target, reach, participants and spending as staff know them. Raises FormRefused."""
        counted = reading.read_figures(form)
        async with self._database.unit() as tx:
            await self._calendar.get(entry_id, tx)
            await store.save_figures(
                tx,
                entry_id,
                target=counted.target,
                reached=counted.reached,
                took_part=counted.took_part,
                spent=counted.spent,
            )
            return await self._told(tx, actor, entry_id, "counted")

    async def cancel(self, actor: Actor, entry_id: int) -> Entry:
        """Call an entry off. Raises DomainError."""
        async with self._database.unit() as tx:
            return await self._cancel(tx, actor, entry_id)

    async def cancel_series(self, actor: Actor, entry_id: int) -> tuple[Entry, int]:
        """Call off an entry and every later time of its series; no further ones are made. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self._calendar.get(entry_id, tx)
            if entry.series_id is None or entry.occurrence is None:
                raise DomainError(f"**{entry.title}** tidak berulang.")
            await series_store.stop(tx, entry.series_id, self._clock.timestamp())
            ids = await series_store.open_entries(tx, entry.series_id, entry.occurrence)
            for one in ids:
                await self._cancel(tx, actor, one)
            return await self._calendar.get(entry_id, tx), len(ids)

    async def duplicate(self, actor: Actor, entry_id: int, when: str) -> Entry:
        """A draft that says the same at another time. Raises DomainError."""
        entry = await self._calendar.get(entry_id)
        due_at = reading.read_when(when, self._clock.now())
        new = store.NewEntry(
            entry.content,
            due_at,
            entry.grace_seconds,
            EntryState.DRAFT,
            actor.id,
            image_file_id=entry.image_file_id,
            target=entry.target,
        )
        return await self._insert(actor, new, "duplicated")

    async def repeat(self, actor: Actor, entry_id: int, pattern: Pattern, until: str) -> tuple[Entry, int]:
        """Let an entry come again; how many more are scheduled for now. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self._changeable(tx, entry_id)
            if entry.series_id is not None:
                raise DomainError(f"**{entry.title}** sudah berulang. Batalkan ulangannya dulu dengan /kalender batal.")
            if entry.state is not EntryState.SCHEDULED:
                raise DomainError(f"Jadwalkan **{entry.title}** dulu, baru bisa diulang.")
            first = entry.local.date()
            last = reading.read_until(until, first)
            now = self._clock.timestamp()
            series_id = await series_store.insert(tx, pattern, first, last, actor.id, now)
            await series_store.join(tx, entry_id, series_id, first)
            made = await self._make(tx, series_id)
            return await self._told(tx, actor, entry_id, "repeated"), made

    async def _make_ahead(self, tx: UnitOfWork) -> None:
        horizon = self._clock.today().date() + AHEAD
        for series in await series_store.behind(tx, horizon):
            await self._make(tx, series.id)

    async def _make(self, tx: UnitOfWork, series_id: int) -> int:
        series = await series_store.get(tx, series_id)
        model_id = await series_store.newest_entry(tx, series_id)
        if series is None or series.stopped or model_id is None:
            return 0
        model = await self._calendar.get(model_id, tx)
        now = self._clock.timestamp()
        horizon = min(series.until, self._clock.today().date() + AHEAD)
        made = 0
        for day in days(series.pattern, series.starts_on, series.made_until, horizon):
            due_at = _at_same_hour(model, day)
            if due_at <= now:
                continue
            new = store.NewEntry(
                model.content,
                due_at,
                model.grace_seconds,
                EntryState.SCHEDULED,
                model.created_by,
                series_id=series_id,
                occurrence=day,
                image_file_id=model.image_file_id,
                target=model.target,
            )
            entry_id = await store.insert(tx, new, now)
            if entry_id is not None:
                await self._calendar.expect(tx, entry_id, due_at)
                made += 1
        await series_store.made(tx, series_id, max(horizon, series.made_until))
        return made

    async def _insert(self, actor: Actor, new: store.NewEntry, what: str) -> Entry:
        async with self._database.unit() as tx:
            entry_id = await store.insert(tx, new, self._clock.timestamp())
            assert entry_id is not None, "it is no sheet's row and of no series"
            return await self._told(tx, actor, entry_id, what)

    async def _changeable(self, tx: UnitOfWork, entry_id: int) -> Entry:
        entry = await self._calendar.get(entry_id, tx)
        rules.check_change(entry)
        return entry

    async def _correctable(self, tx: UnitOfWork, entry_id: int) -> Entry:
        entry = await self._calendar.get(entry_id, tx)
        rules.check_text_change(entry)
        return entry

    async def _save(self, tx: UnitOfWork, actor: Actor, entry: Entry, content: Content, what: str) -> Entry:
        if entry.state is EntryState.SCHEDULED:
            self._check_ready(content, entry.due_at)
        await store.save_content(tx, entry.id, content)
        await source_store.mark_edited(tx, entry.id, self._clock.timestamp())
        return await self._told(tx, actor, entry.id, what)

    def _check_ready(self, content: Content, due_at: int) -> None:
        lacks = rules.missing(content, due_at, self._clock.timestamp())
        if lacks:
            raise DomainError("Belum bisa dijadwalkan. " + " ".join(lacks))

    async def _schedule(
        self, tx: UnitOfWork, entry_id: int, due_at: int, grace_seconds: int, state: EntryState
    ) -> None:
        await self._calendar.forget(tx, entry_id)
        await store.save_time(tx, entry_id, due_at, grace_seconds, state)
        if state is EntryState.SCHEDULED:
            await self._calendar.expect(tx, entry_id, due_at)

    async def _cancel(self, tx: UnitOfWork, actor: Actor, entry_id: int) -> Entry:
        entry = await self._calendar.get(entry_id, tx)
        rules.check_cancel(entry)
        await self._calendar.forget(tx, entry_id)
        now = self._clock.timestamp()
        await store.set_state(tx, entry_id, OPEN, EntryState.CANCELLED, reason="", by=actor.id, now=now)
        return await self._told(tx, actor, entry_id, "cancelled")

    async def _told(self, tx: UnitOfWork, actor: Actor, entry_id: int, what: str) -> Entry:
        """The entry as it now stands, its change on record."""
        entry = await self._calendar.get(entry_id, tx)
        if what not in ("counted", "duplicated"):
            await self._calendar.changed(tx, entry)
        await audit.record(
            tx,
            actor,
            f"calendar.{what}",
            ("calendar_entry", entry_id),
            at=self._clock.timestamp(),
            details={"title": entry.title, "due_at": entry.due_at, "state": entry.state.value},
        )
        return entry


def _at_same_hour(model: Entry, day: date) -> int:
    local = model.local.astimezone(JAKARTA)
    return instant(day, local.hour * 60 + local.minute)
