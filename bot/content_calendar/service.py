"""Use cases of the content calendar: what appears by itself, once, and what people decide about it.

A quiz or giveaway begins with an entry through `attach("quiz", begin)`: `begin(tx, ActivityOrder) -> Attached` is
called in the unit of work in which the entry falls due. It posts its own message (what to add to it is in
`order.announcement`) and gives its outbox row, or gives None for it and the calendar posts the entry's text. Raising
DomainError takes back all it wrote, and staff are told. `attach_figures("quiz", figures)` tells what came of it,
`attach_preview("quiz", preview)` what its message will look like, and `attach_withdrawal("quiz", withdraw)` takes one
back whose announcement did not reach Discord in time.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta

from bot.content_calendar import attempts, messages, rules, store
from bot.content_calendar.activities import Activity, ActivityFigures, Figures, Preview, Withdrawal
from bot.content_calendar.attached import AttachedActivities
from bot.content_calendar.chasing import Chasing
from bot.content_calendar.dates import instant
from bot.content_calendar.models import Content, Entry, EntryState, Kind, Media
from bot.content_calendar.preparing import Preparing
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.messages import Message
from bot.platform.outbox import EXPIRED, Outbox
from bot.platform.outbox import Kind as OutboxKind
from bot.platform.outbox_store import Row
from bot.platform.scheduler import MOST_ATTEMPTS, Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

POST = "calendar.post"
MOST_SUGGESTIONS = 25
OPEN = (EntryState.DRAFT, EntryState.SCHEDULED, EntryState.MISSED)
_CHOSEN = re.compile(r"#?(\d{1,18})(?:\s.*)?", re.DOTALL)
_OFF = "Bot tidak aktif pada waktunya, dan batas terlambatnya sudah lewat."
_UNREACHABLE = "Discord tidak bisa dihubungi sampai batas terlambatnya lewat."
_NO_CONTENT_CHANNEL = "Channel tim konten belum diatur. Minta admin menjalankan /pengaturan siapkan dulu."


class CalendarService:
    """The door for cogs: reading entries, and all that happens at their time or afterwards."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        outbox: Outbox,
        scheduler: Scheduler,
        server: ServerService,
        *,
        warn_hours: int = 24,
    ) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._attached = AttachedActivities()
        self._chasing = Chasing(clock, outbox, scheduler, server)
        self._preparing = Preparing(clock, outbox, scheduler, server, warn_hours * 3_600)
        scheduler.handles(POST, self._is_due)
        outbox.owns(self._not_delivered)

    def attach(self, kind: str, activity: Activity) -> None:
        """Entries of `kind` ("quiz", "giveaway") begin one of these."""
        self._attached.begin[Kind(kind)] = activity

    def attach_figures(self, kind: str, figures: ActivityFigures) -> None:
        """What came of entries of `kind` is told by this."""
        self._attached.figures[Kind(kind)] = figures

    def attach_withdrawal(self, kind: str, withdrawal: Withdrawal) -> None:
        """Entries of `kind` whose announcement was not delivered are taken back by this."""
        self._attached.withdrawals[Kind(kind)] = withdrawal

    def attach_preview(self, kind: str, preview: Preview) -> None:
        """What entries of `kind` will post is shown beforehand by this."""
        self._attached.previews[Kind(kind)] = preview

    def shown(self, content: Content, due_at: int, entry: Entry | None = None) -> Message:
        """Exactly what will appear, before it does; for other media the reminder to the team."""
        image = entry.image_file_id if entry else None
        return self._attached.shown(content, due_at, entry.id if entry else 0, image)

    async def expect(self, tx: UnitOfWork, entry_id: int, due_at: int) -> None:
        """An entry appears at `due_at`, and at no other time."""
        await self.forget(tx, entry_id)
        await self._scheduler.at(tx, POST, entry_id, due_at)
        await self._preparing.begin(tx, entry_id, due_at)

    async def forget(self, tx: UnitOfWork, entry_id: int) -> None:
        """An entry does not appear by itself."""
        await self._scheduler.cancel(tx, POST, entry_id)
        await self._preparing.stop(tx, entry_id)

    async def changed(self, tx: UnitOfWork, entry: Entry) -> None:
        """Somebody worked on an entry: what has been said about it already follows."""
        await self._preparing.changed(tx, entry)
        if rules.is_correctable(entry) and entry.outbox_id is not None:
            post = messages.post(entry.content, entry.id, entry.image_file_id)
            await self._outbox.put(tx, OutboxKind.EDIT, entry.outbox_id, post)

    async def withdraw(self, actor: Actor, entry_id: int) -> Entry:
        """Take back a post that is out: a note stands in its place. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self.get(entry_id, tx)
            rules.check_withdrawal(entry)
            assert entry.outbox_id is not None
            await store.set_state(
                tx,
                entry_id,
                (EntryState.POSTED,),
                EntryState.CANCELLED,
                reason="Ditarik setelah tayang",
                by=actor.id,
                now=self._clock.timestamp(),
            )
            await self._outbox.put(tx, OutboxKind.EDIT, entry.outbox_id, messages.withdrawn())
            await self._record(tx, actor, "withdrawn", entry)
            return await self.get(entry_id, tx)

    async def get(self, entry_id: int, reads: Reads | None = None) -> Entry:
        """One entry. Raises NotFound."""
        entry = await store.get(reads or self._database.read, entry_id)
        if entry is None:
            raise NotFound("Entri kalender itu tidak ada. Lihat yang ada dengan /kalender lihat.")
        return entry

    async def between(
        self, first: date, after: date, *, limit: int = 1_000, offset: int = 0
    ) -> tuple[list[Entry], int]:
        """Entries from a day until before another (WIB), the earliest first, and how many there are."""
        start, end = instant(first, 0), instant(after, 0)
        found = await store.between(self._database.read, start, end, limit, offset)
        return found, await store.count_between(self._database.read, start, end)

    async def suggest(self, part: str, states: Collection[EntryState]) -> list[Entry]:
        """Up to 25 entries for autocomplete: from a month ago on, by part of their title."""
        since = self._clock.timestamp() - int(timedelta(days=31).total_seconds())
        return await store.titled(self._database.read, part.strip(), states, since, MOST_SUGGESTIONS)

    async def chosen(self, text: str) -> Entry:
        """The entry somebody means: `#12` as autocomplete fills in, or its title. Raises DomainError."""
        match = _CHOSEN.fullmatch(text.strip())
        if match:
            return await self.get(int(match[1]))
        found = await self.suggest(text, tuple(EntryState))
        exact = [one for one in found if one.title.casefold() == text.strip().casefold()] or found
        if len(exact) > 1:
            raise DomainError("Ada beberapa entri dengan judul itu. Pilih salah satu dari daftar yang muncul.")
        if not exact:
            raise NotFound("Entri itu tidak ditemukan. Pilih dari daftar yang muncul saat kamu mengetik judulnya.")
        return exact[0]

    async def figures(self, entry: Entry) -> Figures:
        """What came of an entry: counted by its quiz or giveaway, and by staff where that does not know."""
        counted = await self._attached.counted(self._database.read, entry)
        return Figures(
            reached=entry.reached if counted.reached is None else counted.reached,
            took_part=entry.took_part if counted.took_part is None else counted.took_part,
            spent=entry.spent if counted.spent is None else counted.spent,
        )

    async def post_now(self, actor: Actor, entry_id: int) -> Entry:
        """Let a missed entry appear after all, or a scheduled one early. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self.get(entry_id, tx)
            if entry.state not in (EntryState.MISSED, EntryState.SCHEDULED):
                rules.check_change(entry)
                raise DomainError("Entri ini masih draf. Lengkapi dan jadwalkan dulu.")
            await self.forget(tx, entry_id)
            await self._post(tx, entry, by_hand=True)
            await self._record(tx, actor, "posted_by_hand", entry)
            return await self.get(entry_id, tx)

    async def skip(self, actor: Actor, entry_id: int) -> Entry:
        """Leave a missed entry out for good. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self.get(entry_id, tx)
            if entry.state is not EntryState.MISSED:
                raise DomainError(f"**{entry.title}** sudah diputuskan: {rules.standing(entry).lower()}.")
            await store.set_state(
                tx,
                entry_id,
                (EntryState.MISSED,),
                EntryState.CANCELLED,
                reason="Dilewati",
                by=actor.id,
                now=self._clock.timestamp(),
            )
            await self._record(tx, actor, "skipped", entry)
            return await self.get(entry_id, tx)

    async def report_done(self, actor: Actor, entry_id: int, link: str) -> Entry:
        """The team has posted elsewhere; the reminder shows the link. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self.get(entry_id, tx)
            if entry.state is EntryState.DONE:
                raise DomainError(f"**{entry.title}** sudah dicatat tayang: {entry.link}")
            if entry.state is not EntryState.POSTED or entry.content.media is Media.COMMUNITY:
                raise DomainError(f"**{entry.title}** belum waktunya dicatat tayang.")
            checked = rules.check_link(entry.content.media, link)
            if not await store.set_link(tx, entry_id, checked, actor.id, self._clock.timestamp()):
                raise DomainError("Link itu sudah dipakai untuk entri lain. Tempel link postingan yang ini, ya.")
            done = await self.get(entry_id, tx)
            if done.outbox_id is not None:
                await self._outbox.put(tx, OutboxKind.EDIT, done.outbox_id, messages.posted_elsewhere(done))
            await self._chasing.stop(tx, done)
            await self._record(tx, actor, "done", done)
        return done

    async def _is_due(self, tx: UnitOfWork, item: DueItem) -> None:
        entry = await store.get(tx, item.subject_id)
        # An entry that was moved meanwhile has a due row of its own.
        if entry is None or entry.state is not EntryState.SCHEDULED or entry.due_at != item.due_at:
            return
        now = self._clock.timestamp()
        if rules.is_too_late(entry, now):
            await self._miss(tx, entry, _OFF)
            return
        await attempts.begin(tx)
        try:
            await self._post(tx, entry)
        except DomainError as error:
            await attempts.undo(tx)
            await self._miss(tx, entry, error.message)
        except Exception as error:
            # A defect is tried again by the scheduler; when it gives up, people must know.
            if item.attempts + 1 < MOST_ATTEMPTS:
                raise
            await attempts.undo(tx)
            await self._miss(tx, entry, f"Ada cacat program ({type(error).__name__}). Lihat log bot.")
        else:
            await attempts.keep(tx)

    async def _post(self, tx: UnitOfWork, entry: Entry, *, by_hand: bool = False) -> None:
        now = self._clock.timestamp()
        # One that failed to arrive was told about; the next attempt is another message.
        key = f"calendar:{entry.id}" if entry.outbox_id is None else f"calendar:{entry.id}:{entry.outbox_id}"
        activity_id = None
        if entry.content.media is not Media.COMMUNITY:
            late = rules.lateness(entry, now)
            outbox_id = await self._server.tell(tx, ChannelKey.CONTENT, messages.reminder(entry, late), dedupe_key=key)
            if outbox_id is None:
                raise DomainError(_NO_CONTENT_CHANNEL)
            await self._chasing.begin(tx, entry.id)
        else:
            channel_id = entry.content.channel_id
            if channel_id is None:
                raise DomainError("Channel belum dipilih. Pilih lewat /kalender ubah.")
            begun = await self._attached.start(tx, entry, channel_id)
            outbox_id, activity_id = (begun.outbox_id, begun.activity_id) if begun else (None, None)
            if outbox_id is None:
                message = messages.post(entry.content, entry.id, entry.image_file_id)
                outbox_id = await self._outbox.put(tx, OutboxKind.CHANNEL, channel_id, message, dedupe_key=key)
        if outbox_id is not None:
            until = rules.last_delivery(entry.content, entry.due_at, entry.grace_seconds, now, by_hand=by_hand)
            await self._outbox.expire(tx, outbox_id, until)
        if not await store.set_posted(tx, entry.id, entry.state, outbox_id, activity_id, now):
            raise DomainError("Entri ini baru saja diubah orang lain. Coba lagi.")

    async def _not_delivered(self, tx: UnitOfWork, row: Row, reason: str) -> bool:
        """An entry's message has failed: as if it had been found too late, staff decide."""
        entry = await store.by_outbox(tx, row.id)
        if entry is None or entry.state is not EntryState.POSTED:
            return False
        await self._attached.withdraw(tx, entry)
        await self._chasing.stop(tx, entry)
        told = _UNREACHABLE if reason == EXPIRED else f"Pesannya tidak bisa dikirim: {reason}."
        await store.set_undelivered(tx, entry.id, told)
        await self._tell_missed(tx, entry)
        return True

    async def _miss(self, tx: UnitOfWork, entry: Entry, reason: str) -> None:
        now = self._clock.timestamp()
        await store.set_state(tx, entry.id, (EntryState.SCHEDULED,), EntryState.MISSED, reason=reason, by=None, now=now)
        await self._tell_missed(tx, entry)

    async def _tell_missed(self, tx: UnitOfWork, entry: Entry) -> None:
        missed = await self.get(entry.id, tx)
        key = f"calendar:{entry.id}:missed:{entry.due_at}" + (f":{entry.outbox_id}" if entry.outbox_id else "")
        await self._server.tell(tx, ChannelKey.STAFF, messages.missed(missed), dedupe_key=key)
        await self._record(tx, SYSTEM, "missed", entry)

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, entry: Entry) -> None:
        await audit.record(
            tx,
            actor,
            f"calendar.{what}",
            ("calendar_entry", entry.id),
            at=self._clock.timestamp(),
            details={"title": entry.title, "due_at": entry.due_at},
        )
