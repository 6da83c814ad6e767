"""While winners can't open the form no prize may lapse: since when that is so, and telling staff once."""

from bot.platform import state
from bot.platform.clock import Clock
from bot.platform.database import UnitOfWork
from bot.private_forms.rules import address_problem
from bot.private_forms.service import PrivateForms
from bot.prizes import messages
from bot.prizes.models import Payout
from bot.server.models import ChannelKey, RoleKey
from bot.server.service import ServerService

_CLOSED_SINCE = "prize.form_closed_since"


class ClaimPause:
    """Deadlines stand still from `begin` until `end`, restarts in between or not."""

    def __init__(self, clock: Clock, server: ServerService, forms: PrivateForms) -> None:
        self._clock = clock
        self._server = server
        self._forms = forms

    @property
    def closed(self) -> bool:
        """Whether winners can't claim now."""
        return self._forms.address is None

    async def begin(self, tx: UnitOfWork) -> int:
        """Remember that the form is closed; since when (seconds UTC)."""
        known = await state.recall(tx, _CLOSED_SINCE)
        if known:
            return int(known)
        now = self._clock.timestamp()
        await state.remember(tx, _CLOSED_SINCE, str(now))
        return now

    async def end(self, tx: UnitOfWork) -> int | None:
        """The form is open again; since when it had been closed, None when it had not."""
        known = await state.recall(tx, _CLOSED_SINCE)
        if known:
            await state.remember(tx, _CLOSED_SINCE, "")
        return int(known) if known else None

    async def alert(self, tx: UnitOfWork, payout: Payout) -> None:
        """A winner tried in vain: staff hear of the first."""
        since = await self.begin(tx)
        it_role = self._server.places.role(RoleKey.IT)
        note = messages.form_closed(payout, address_problem(self._forms.address), since, it_role)
        await self._server.tell(tx, ChannelKey.STAFF, note, dedupe_key=f"prize:form-closed:{since}")
