"""What happens in tickets' threads and with the people in them: replies, deleted threads, leaving and coming back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import TooLate
from bot.platform.messages import Message
from bot.platform.text import tidy
from bot.platform.thread_store import KeptThread
from bot.platform.threads import Threads
from bot.tickets import entry_store, rules, store, wording
from bot.tickets.flow import TicketFlow
from bot.tickets.masking import mask
from bot.tickets.models import BOT, OPEN_STATES, Author, EntryKind, Speaker, Ticket, TicketState


class TicketConversation:
    """Takes in what people say and do on Discord outside of buttons."""

    def __init__(self, database: Database, clock: Clock, flow: TicketFlow, threads: Threads) -> None:
        self._database = database
        self._clock = clock
        self._flow = flow
        self._notices = flow.notices
        threads.when_lost(self._thread_lost)

    async def message_in_thread(
        self,
        actor: Actor,
        kept: KeptThread,
        by: Speaker,
        text: str,
        discord_message_id: int,
        files: Sequence[str] = (),
    ) -> bool:
        """Somebody wrote in a ticket's thread. False when it was taken in before, or belongs to no ticket.

        `text` is empty without the message-content intent; a reply counts all the same. `files`: names only, the files
        themselves stay on Discord.
        """
        said = "\n".join(part for part in (tidy(text), *(f"Lampiran: {name}" for name in files)) if part)
        async with self._database.unit() as tx:
            ticket = await store.in_thread(tx, kept.id)
            if ticket is None or await entry_store.knows_message(tx, discord_message_id):
                return False
            if actor.id == ticket.creator_id:
                # Staff may have tickets of their own.
                by = replace(by, side=Author.CREATOR)
            if by.side is Author.CREATOR:
                await self._creator_wrote(tx, ticket, by, said or wording.UNSEEN, discord_message_id)
            else:
                await self._staff_wrote(tx, ticket, by, said or wording.UNSEEN, discord_message_id)
            if by.side is Author.CREATOR and mask(text).hidden:
                notice = Message(content=wording.MASKED_IN_THREAD.format(creator=ticket.creator_id))
                await self._notices.say(tx, ticket, notice, f"ticket:masked:{discord_message_id}")
        return True

    async def _creator_wrote(
        self, tx: UnitOfWork, ticket: Ticket, by: Speaker, text: str, discord_message_id: int
    ) -> None:
        now = self._clock.timestamp()
        await store.creator_spoke(tx, ticket.id, now)
        if ticket.state in OPEN_STATES:
            if ticket.state is TicketState.WAITING:
                await store.set_state(tx, ticket.id, TicketState.IN_PROGRESS)
            after = await self._flow.settled(
                tx, ticket, EntryKind.MESSAGE, by, text, discord_message_id=discord_message_id
            )
            if rules.calls_staff(ticket, now):
                called = await self._notices.called(tx, after)
                notice = wording.creator_replied(after, mask(text).text, called.users, called.roles)
                await self._notices.tell_it(tx, notice, f"ticket:replied:{discord_message_id}")
            return
        if ticket.merged_into is not None:
            target = await self._flow.get(tx, ticket.merged_into)
            moved = wording.merged_long_ago(ticket, await self._notices.thread_url(target, tx))
            await self._notices.say(tx, ticket, moved, f"ticket:merged:{discord_message_id}")
        elif not rules.is_only_thanks(text):
            try:
                await self._flow.reopen(tx, ticket, by, text, discord_message_id=discord_message_id)
                return
            except TooLate:
                late = wording.too_late_to_reopen(ticket, self._flow.desk.reopen_days)
                await self._notices.say(tx, ticket, late, f"ticket:late:{discord_message_id}")
        await self._flow.settled(tx, ticket, EntryKind.MESSAGE, by, text, discord_message_id=discord_message_id)
        if ticket.state is TicketState.CLOSED:
            # Writing there has brought the thread back.
            await self._notices.shut(tx, ticket)

    async def _staff_wrote(
        self, tx: UnitOfWork, ticket: Ticket, by: Speaker, text: str, discord_message_id: int
    ) -> None:
        await store.staff_spoke(tx, ticket.id, self._clock.timestamp())
        if ticket.state in OPEN_STATES:
            await self._flow.take_up(tx, ticket, by)
        await self._flow.settled(tx, ticket, EntryKind.MESSAGE, by, text, discord_message_id=discord_message_id)

    async def _thread_lost(self, tx: UnitOfWork, kept: KeptThread) -> None:
        ticket = await store.in_thread(tx, kept.id)
        if ticket is None:
            return
        lost = await store.set_thread(tx, ticket.id, None, None)
        await self._flow.add(tx, lost, EntryKind.THREAD_LOST, BOT, "Thread-nya tidak ada lagi di Discord.")
        if lost.state not in OPEN_STATES:
            return
        # One that Discord would not make is not tried again by itself, or it would go on for ever.
        made_anew = kept.thread_id is not None
        if made_anew:
            await self._notices.begin_again(tx, lost, kept.id)
        else:
            await self._notices.redraw(tx, lost)
        notice = wording.thread_lost(lost, made_anew=made_anew)
        await self._notices.tell_it(tx, notice, f"ticket:thread-lost:{kept.id}")

    async def new_thread(self, actor: Actor, ticket_id: int) -> Ticket:
        """Make a thread for a ticket that has none any more. Raises DomainError."""
        async with self._database.unit() as tx:
            ticket = await self._flow.get(tx, ticket_id)
            rules.check_workable(ticket)
            if ticket.kept_thread_id is not None:
                raise TooLate(f"Tiket #{ticket.id} sudah punya thread.")
            after = await self._notices.begin_again(tx, ticket, self._clock.timestamp())
            await self._flow.audit(tx, actor, "thread_made", after)
        return after

    async def creator_left(self, member_id: int) -> int:
        """Somebody left the server: their tickets close unless they come back; returns how many there are."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            left = [one for one in await store.unfinished_of(tx, member_id) if one.creator_left_at is None]
            for ticket in left:
                after = await store.set_left(tx, ticket.id, now)
                await self._flow.plan(tx, after)
                after = await self._flow.settled(
                    tx, ticket, EntryKind.CREATOR_LEFT, BOT, "Kreator keluar dari server.", internal=True
                )
                if after.state in OPEN_STATES:
                    closes_at = rules.silence_due(now, self._flow.desk.silence_close_days)
                    key = f"ticket:left:{after.id}:{now}"
                    await self._notices.tell_it(tx, wording.creator_left(after, closes_at), key)
        return len(left)

    async def creator_back(self, member_id: int) -> int:
        """They came back: let them into their threads again; returns how many tickets wait for them."""
        async with self._database.unit() as tx:
            back = [one for one in await store.unfinished_of(tx, member_id) if one.creator_left_at is not None]
            for ticket in back:
                after = await store.set_left(tx, ticket.id, None)
                await self._flow.plan(tx, after)
                after = await self._flow.settled(
                    tx, ticket, EntryKind.CREATOR_BACK, BOT, "Kreator kembali ke server.", internal=True
                )
                await self._notices.let_in(tx, after, member_id)
                await self._notices.say(tx, after, wording.creator_back(after))
        return len(back)
