"""What happens when nobody says anything: a creator who is waited for is warned, then the ticket closes."""

from bot.platform.database import UnitOfWork
from bot.platform.scheduler import Scheduler
from bot.platform.scheduler_store import DueItem
from bot.tickets import rules, store, wording
from bot.tickets.flow import RESOLVED_CLOSE, SILENCE_CLOSE, SILENCE_WARNING, TicketFlow
from bot.tickets.models import BOT, OPEN_STATES, TicketState


class Silence:
    """Carries out what `TicketFlow.plan` planned; whatever changed meanwhile has planned anew."""

    def __init__(self, scheduler: Scheduler, flow: TicketFlow) -> None:
        self._flow = flow
        scheduler.handles(SILENCE_WARNING, self._warn)
        scheduler.handles(SILENCE_CLOSE, self._close)
        scheduler.handles(RESOLVED_CLOSE, self._close_answered)

    async def _warn(self, tx: UnitOfWork, item: DueItem) -> None:
        ticket = await store.get(tx, item.subject_id)
        if ticket is None or ticket.state is not TicketState.WAITING or ticket.creator_left_at is not None:
            return
        desk = self._flow.desk
        closes_at = item.due_at + (desk.silence_close_days - desk.silence_warn_days) * rules.DAY
        warning = wording.silence_warning(ticket, closes_at)
        notices, key = self._flow.notices, f"ticket:silence:{ticket.id}:{item.due_at}"
        await notices.say(tx, ticket, warning, key)
        private = wording.silence_privately(ticket, closes_at, await notices.thread_url(ticket, tx))
        await notices.whisper(tx, ticket, private, f"{key}:private")

    async def _close(self, tx: UnitOfWork, item: DueItem) -> None:
        ticket = await store.get(tx, item.subject_id)
        if ticket is None or ticket.state not in OPEN_STATES:
            return
        if ticket.creator_left_at is not None:
            await self._flow.close(tx, ticket, BOT, wording.CREATOR_GONE)
        elif ticket.state is TicketState.WAITING:
            await self._flow.close(tx, ticket, BOT, wording.BY_SILENCE)

    async def _close_answered(self, tx: UnitOfWork, item: DueItem) -> None:
        ticket = await store.get(tx, item.subject_id)
        if ticket is not None and ticket.state is TicketState.RESOLVED:
            await self._flow.close(tx, ticket, BOT, wording.AFTER_ANSWER)
