"""Use cases of the content calendar: what appears by itself, once, and what people decide about it.

A quiz or giveaway begins with an entry through `attach("quiz", begin)`: `begin(tx, ActivityOrder) -> Attached` is
called in the unit of work in which the entry falls due. It posts its own message (text and card are in
`order.announcement`) and gives its outbox row, or gives None for it and the calendar posts the announcement. Raising
DomainError takes back all it wrote, and staff are told. `attach_figures("quiz", figures)` tells what came of it.
"""

import re
from collections.abc import Collection
from datetime import date, timedelta

from bot.content_calendar import attempts, messages, rules, store
from bot.content_calendar.dates import instant
from bot.content_calendar.models import (
    Activity,
    ActivityFigures,
    ActivityOrder,
    Entry,
    EntryState,
    Figures,
    Kind,
    Media,
)
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.platform.outbox import Kind as OutboxKind
from bot.platform.outbox import Outbox
from bot.platform.scheduler import MOST_ATTEMPTS, Scheduler
from bot.platform.scheduler_store import DueItem
from bot.server.models import ChannelKey
from bot.server.service import ServerService

POST = "calendar.post"
MOST_SUGGESTIONS = 25
OPEN = (EntryState.DRAFT, EntryState.SCHEDULED, EntryState.MISSED)
_CHOSEN = re.compile(r"#?(\d{1,18})(?:\s.*)?", re.DOTALL)
_OFF = "Bot tidak aktif pada waktunya, dan batas terlambatnya sudah lewat."
_NO_CONTENT_CHANNEL = "Channel tim konten belum diatur. Minta admin menjalankan /pengaturan siapkan dulu."


class CalendarService:
    """The door for cogs: reading entries, and all that happens at their time or afterwards."""

    def __init__(
        self, database: Database, clock: Clock, outbox: Outbox, scheduler: Scheduler, server: ServerService
    ) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._scheduler = scheduler
        self._server = server
        self._activities: dict[Kind, Activity] = {}
        self._figures: dict[Kind, ActivityFigures] = {}
        scheduler.handles(POST, self._is_due)

    def attach(self, kind: str, activity: Activity) -> None:
        """Entries of `kind` ("quiz", "giveaway") begin one of these."""
        self._activities[Kind(kind)] = activity

    def attach_figures(self, kind: str, figures: ActivityFigures) -> None:
        """What came of entries of `kind` is told by this."""
        self._figures[Kind(kind)] = figures

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
        counted = Figures()
        teller = self._figures.get(entry.content.kind)
        if teller is not None and entry.activity_id is not None:
            counted = await teller(self._database.read, entry.activity_id)
        return Figures(
            reached=entry.reached if counted.reached is None else counted.reached,
            took_part=entry.took_part if counted.took_part is None else counted.took_part,
            spent=entry.spent if counted.spent is None else counted.spent,
            came_back=counted.came_back,
        )

    async def post_now(self, actor: Actor, entry_id: int) -> Entry:
        """Let a missed entry appear after all, or a scheduled one early. Raises DomainError."""
        async with self._database.unit() as tx:
            entry = await self.get(entry_id, tx)
            if entry.state not in (EntryState.MISSED, EntryState.SCHEDULED):
                rules.check_change(entry)
                raise DomainError("Entri ini masih draf. Lengkapi dan jadwalkan dulu.")
            await self._scheduler.cancel(tx, POST, entry_id)
            await self._post(tx, entry)
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

    async def _post(self, tx: UnitOfWork, entry: Entry) -> None:
        now = self._clock.timestamp()
        key = f"calendar:{entry.id}"
        activity_id = None
        if entry.content.media is not Media.COMMUNITY:
            late = rules.lateness(entry, now)
            outbox_id = await self._server.tell(tx, ChannelKey.CONTENT, messages.reminder(entry, late), dedupe_key=key)
            if outbox_id is None:
                raise DomainError(_NO_CONTENT_CHANNEL)
        else:
            channel_id = entry.content.channel_id
            if channel_id is None:
                raise DomainError("Channel belum dipilih. Pilih lewat /kalender ubah.")
            outbox_id, activity_id = await self._begin(tx, entry, channel_id)
            if outbox_id is None:
                message = messages.post(entry.content, entry.id, entry.image_file_id)
                outbox_id = await self._outbox.put(tx, OutboxKind.CHANNEL, channel_id, message, dedupe_key=key)
        if not await store.set_posted(tx, entry.id, entry.state, outbox_id, activity_id, now):
            raise DomainError("Entri ini baru saja diubah orang lain. Coba lagi.")

    async def _begin(self, tx: UnitOfWork, entry: Entry, channel_id: int) -> tuple[int | None, int | None]:
        """The outbox row and id of the quiz or giveaway that begins with an entry."""
        content = entry.content
        activity = self._activities.get(content.kind)
        if activity is None:
            return None, None
        order = ActivityOrder(
            entry_id=entry.id,
            kind=content.kind,
            title=content.title,
            text=content.caption,
            questions=content.questions,
            prize=content.prize,
            legal=content.legal,
            permit=content.permit,
            channel_id=channel_id,
            announcement=messages.post(content, entry.id, entry.image_file_id),
            image_file_id=entry.image_file_id,
            due_at=entry.due_at,
            created_by=entry.created_by,
        )
        begun = await activity(tx, order)
        return begun.outbox_id, begun.activity_id

    async def _miss(self, tx: UnitOfWork, entry: Entry, reason: str) -> None:
        now = self._clock.timestamp()
        await store.set_state(tx, entry.id, (EntryState.SCHEDULED,), EntryState.MISSED, reason=reason, by=None, now=now)
        missed = await self.get(entry.id, tx)
        key = f"calendar:{entry.id}:missed:{entry.due_at}"
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
