"""What a ticket shows by itself, through the outbox: its thread, its card in IT's channel, words to its creator."""

from collections.abc import Sequence
from dataclasses import replace

from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import DomainError
from bot.platform.messages import Message
from bot.platform.outbox import Kind, Outbox
from bot.platform.threads import Threads
from bot.server.models import ChannelKey, RoleKey
from bot.server.service import ServerService
from bot.tickets import messages, store, wording
from bot.tickets.models import Ticket
from bot.tickets.sla_watch import Called, WhoIsOnDuty


class TicketNotices:
    """Puts messages into the outbox in the unit of work that causes them; sends nothing itself."""

    def __init__(
        self, outbox: Outbox, server: ServerService, threads: Threads, on_duty: WhoIsOnDuty, guild_id: int
    ) -> None:
        self._outbox = outbox
        self._server = server
        self._threads = threads
        self._on_duty = on_duty
        self._guild_id = guild_id

    def check_ready(self) -> int:
        """The channel below which threads are made. Raises DomainError when nobody has set it up."""
        channel_id = self._server.places.channel(ChannelKey.HELP)
        if channel_id is None:
            raise DomainError("Channel bantuan belum diatur. Minta admin menjalankan /pengaturan siapkan dulu.")
        return channel_id

    async def begin(self, tx: UnitOfWork, ticket: Ticket, files: Sequence[tuple[int, str]]) -> Ticket:
        """Make the thread of a new ticket and call who is on duty. `files`: (stored file's id, its name)."""
        duty = await self._on_duty(tx)
        ticket = await self._open_thread(tx, ticket, f"ticket:{ticket.id}", messages.thread_name(ticket), duty.users)
        for number, (file_id, name) in enumerate(files, 1):
            await self.say(tx, ticket, messages.screenshot(ticket, file_id, name, number, len(files)))
        await self.say(tx, ticket, wording.opened(ticket))
        card = messages.desk_card(ticket, duty.users, duty.roles)
        return await store.set_desk(
            tx, ticket.id, await self._server.tell_it(tx, card, dedupe_key=f"ticket:{ticket.id}:desk")
        )

    async def begin_again(self, tx: UnitOfWork, ticket: Ticket, lost_id: int) -> Ticket:
        """Make a thread in place of a lost one."""
        name = messages.thread_name(ticket, again=lost_id)
        members = (ticket.assignee_id,) if ticket.assignee_id else (await self._on_duty(tx)).users
        ticket = await self._open_thread(tx, ticket, f"ticket:{ticket.id}:{lost_id}", name, members)
        await self.say(tx, ticket, wording.CONTINUED)
        await self.redraw(tx, ticket)
        return ticket

    async def _open_thread(self, tx: UnitOfWork, ticket: Ticket, key: str, name: str, staff: Sequence[int]) -> Ticket:
        members = [] if ticket.creator_left_at else [ticket.creator_id]
        members += [one for one in staff if one not in members]
        kept_id = await self._threads.open(tx, key, self.check_ready(), name, members)
        header_id = await self._threads.say(tx, kept_id, messages.header(ticket), dedupe_key=f"{key}:header")
        return await store.set_thread(tx, ticket.id, kept_id, header_id)

    async def redraw(self, tx: UnitOfWork, ticket: Ticket) -> None:
        """Show header and card as the ticket now stands."""
        if ticket.header_id is not None and ticket.kept_thread_id is not None:
            await self._outbox.put(tx, Kind.EDIT, ticket.header_id, messages.header(ticket))
        if ticket.desk_id is not None:
            await self._outbox.put(tx, Kind.EDIT, ticket.desk_id, messages.desk_card(ticket))

    async def thread_url(self, ticket: Ticket, reads: Reads | None = None) -> str | None:
        """Where its thread is; None until Discord has it."""
        if ticket.kept_thread_id is None:
            return None
        kept = await self._threads.get(ticket.kept_thread_id, reads)
        if kept is None or kept.thread_id is None or kept.lost_at is not None:
            return None
        return f"https://discord.com/channels/{self._guild_id}/{kept.thread_id}"

    async def say(self, tx: UnitOfWork, ticket: Ticket, message: Message, dedupe_key: str | None = None) -> None:
        """In the thread, which the creator reads."""
        if ticket.kept_thread_id is not None:
            await self._threads.say(tx, ticket.kept_thread_id, message, dedupe_key=dedupe_key)

    def kol_team(self) -> tuple[int, ...]:
        """The KOL team's role, where it is set up."""
        role = self._server.places.role(RoleKey.KOL_TEAM)
        return (role,) if role is not None else ()

    async def let_in(self, tx: UnitOfWork, ticket: Ticket, *member_ids: int) -> None:
        """Add people to the thread."""
        if ticket.kept_thread_id is not None and member_ids:
            await self._threads.arrange(tx, ticket.kept_thread_id, add=member_ids)

    async def shut(self, tx: UnitOfWork, ticket: Ticket, *, for_good: bool = False) -> None:
        """Archive the thread; `for_good`: nobody can write there any more."""
        if ticket.kept_thread_id is not None:
            await self._threads.arrange(tx, ticket.kept_thread_id, archived=True, locked=True if for_good else None)

    async def unshut(self, tx: UnitOfWork, ticket: Ticket) -> None:
        """Bring the thread back."""
        if ticket.kept_thread_id is not None:
            await self._threads.arrange(tx, ticket.kept_thread_id, archived=False, locked=False)

    async def whisper(self, tx: UnitOfWork, ticket: Ticket, message: Message, dedupe_key: str) -> None:
        """Privately to the creator as well. Nowhere else when DMs are closed, as the thread has it; not to who left."""
        if ticket.creator_left_at is None:
            private = replace(message, only_dm=True)
            await self._outbox.put(tx, Kind.PERSON, ticket.creator_id, private, dedupe_key=dedupe_key)

    async def tell_it(self, tx: UnitOfWork, message: Message, dedupe_key: str | None = None) -> None:
        """In IT's channel; in staff's where there is none."""
        await self._server.tell_it(tx, message, dedupe_key=dedupe_key)

    async def tell_staff(self, tx: UnitOfWork, message: Message, dedupe_key: str | None = None) -> None:
        """In the KOL team's channel."""
        await self._server.tell(tx, ChannelKey.STAFF, message, dedupe_key=dedupe_key)

    async def post_panel(self, tx: UnitOfWork, panel: Message) -> None:
        """In the channel below which threads are made."""
        await self._outbox.put(tx, Kind.CHANNEL, self.check_ready(), panel)

    async def called(self, tx: UnitOfWork, ticket: Ticket) -> Called:
        """Whom to call about a ticket: who works on it, else who is on duty."""
        return Called((ticket.assignee_id,)) if ticket.assignee_id else await self._on_duty(tx)

    async def on_duty(self, tx: UnitOfWork) -> Called:
        """Who is on duty now."""
        return await self._on_duty(tx)
