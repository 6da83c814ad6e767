"""Swaps: one turn goes to somebody else, once they have said yes."""

from datetime import date

from bot.duty import messages, rules, store
from bot.duty.arranging import shown_name
from bot.duty.models import Rota, Swap, SwapState, Turn
from bot.duty.service import DutyService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock, local_day
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotAllowed, NotFound, TooLate
from bot.platform.outbox import Kind, Outbox

_STANDS = {
    SwapState.ACCEPTED: "Kamu sudah menerima tukar piket ini.",
    SwapState.DECLINED: "Kamu sudah menolak tukar piket ini.",
    SwapState.WITHDRAWN: "Permintaan tukar ini sudah ditarik, jadi tidak perlu dijawab lagi.",
}

_NOT_YOURS = "Itu bukan giliranmu. Yang bisa ditukar hanya giliranmu sendiri: lihat /piket saya."


class DutySwaps:
    """Ask, accept or decline, take back."""

    def __init__(self, database: Database, clock: Clock, outbox: Outbox, duty: DutyService) -> None:
        self._database = database
        self._clock = clock
        self._outbox = outbox
        self._duty = duty

    async def of(self, member_id: int) -> list[tuple[Swap, Turn]]:
        """What somebody asked for or was asked for, of turns that have not begun."""
        now = self._clock.timestamp()
        found: list[tuple[Swap, Turn]] = []
        for swap in await store.swaps_of(self._database.read, member_id, local_day(now)):
            turn = rules.turn_of(await self._duty.rota(swap.day, swap.day), swap.shift_id, swap.day)
            if turn is not None and turn.starts_at > now:
                found.append((swap, turn))
        return found

    async def asked_of(self, member_id: int, swap_id: int) -> tuple[Swap, Turn]:
        """A question that somebody has not answered yet. Raises NotFound."""
        found = next(((swap, turn) for swap, turn in await self.of(member_id) if swap.id == swap_id), None)
        if found is None or found[0].to_member_id != member_id or found[0].state is not SwapState.ASKED:
            raise NotFound("Permintaan tukar ini sudah dijawab atau sudah ditarik. Lihat yang sekarang di /piket saya.")
        return found

    async def ask(self, actor: Actor, shift_id: int, day: date, to_member_id: int, to_name: str) -> tuple[Swap, Turn]:
        """Ask somebody to take a turn that the asker holds by the rota. Raises DomainError."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            rota = await self._duty.rota(day, day, tx)
            turn = rules.turn_of(rota, shift_id, day)
            standing = await store.standing_swap(tx, shift_id, day)
            if turn is not None and standing is None and turn.member_id != actor.id:
                raise NotAllowed(_NOT_YOURS)
            if standing is not None:
                raise _already(standing, actor)
            turn = rules.check_swap(rota, turn, to_member_id, now)
            assert actor.id is not None
            swap = await store.insert_swap(tx, shift_id, day, actor.id, to_member_id, shown_name(to_name), now)
            await self._record(tx, actor, "asked", swap)
            await self._tell(tx, to_member_id, messages.swap_asked(swap, turn), swap, "asked")
        return swap, turn

    async def answer(self, actor: Actor, swap_id: int, *, accept: bool) -> tuple[Swap, Turn]:
        """Yes or no of who was asked. Both sides know afterwards, and at a yes IT's channel. Raises DomainError."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            swap = await self._get(tx, swap_id)
            if swap.to_member_id != actor.id:
                raise NotAllowed("Permintaan tukar ini untuk orang lain.")
            if swap.state is not SwapState.ASKED:
                raise TooLate(_STANDS[swap.state])
            rota = await self._duty.rota(swap.day, swap.day, tx)
            turn = self._turn(rota, swap)
            if turn is None or turn.starts_at <= now:
                raise TooLate("Giliran itu sudah mulai, jadi permintaan tukarnya tidak berlaku lagi.")
            if accept and rules.is_away(rota.leaves, swap.to_member_id, swap.day):
                raise DomainError(
                    "Kamu tercatat izin di hari itu. Batalkan dulu izinmu lewat /piket saya, atau tekan Tolak."
                )
            state = SwapState.ACCEPTED if accept else SwapState.DECLINED
            swap = await store.answer_swap(tx, swap_id, state, now)
            await self._record(tx, actor, state.value, swap)
            answered = messages.swap_answered(swap, turn, accepted=accept)
            await self._tell(tx, swap.from_member_id, answered, swap, "answered")
            if accept:
                await self._duty.tell_it(tx, messages.swapped(swap, turn), f"duty-swap:{swap.id}:it")
        return swap, turn

    async def take_back(self, actor: Actor, swap_id: int) -> Swap:
        """The asker keeps their turn, until it begins. Who was asked is told. Raises DomainError."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            swap = await self._get(tx, swap_id)
            if swap.from_member_id != actor.id:
                raise NotAllowed(
                    "Hanya yang meminta tukar yang bisa menariknya. Berhalangan? Minta dia menariknya, atau pakai "
                    "/piket izin."
                )
            if swap.state not in (SwapState.ASKED, SwapState.ACCEPTED):
                raise TooLate("Tukar piket ini sudah tidak berlaku, jadi tidak ada yang perlu ditarik.")
            rota = await self._duty.rota(swap.day, swap.day, tx)
            turn = self._turn(rota, swap)
            if turn is None or turn.starts_at <= now:
                raise TooLate("Giliran itu sudah mulai, jadi tukarnya tidak bisa ditarik lagi.")
            shift_name = next(shift.name for shift in rota.shifts if shift.id == swap.shift_id)
            was_accepted = swap.state is SwapState.ACCEPTED
            swap = await store.answer_swap(tx, swap_id, SwapState.WITHDRAWN, now)
            await self._record(tx, actor, "withdrawn", swap)
            when = messages.turn_text(turn)
            told = messages.swap_taken_back(swap, when, shift_name, was_accepted=was_accepted)
            await self._tell(tx, swap.to_member_id, told, swap, "withdrawn")
            if was_accepted:
                back = messages.swap_undone(swap, when, shift_name)
                await self._duty.tell_it(tx, back, f"duty-swap:{swap.id}:undone")
        return swap

    async def _get(self, tx: UnitOfWork, swap_id: int) -> Swap:
        swap = await store.swap(tx, swap_id)
        if swap is None:
            raise NotFound("Permintaan tukar ini sudah tidak ada.")
        return swap

    def _turn(self, rota: Rota, swap: Swap) -> Turn | None:
        return rules.turn_of(rota, swap.shift_id, swap.day)

    async def _tell(self, tx: UnitOfWork, member_id: int, message: messages.Message, swap: Swap, what: str) -> None:
        key = f"duty-swap:{swap.id}:{what}"
        await self._outbox.put(tx, Kind.PERSON, member_id, message, dedupe_key=key)

    async def _record(self, tx: UnitOfWork, actor: Actor, what: str, swap: Swap) -> None:
        await audit.record(
            tx,
            actor,
            f"duty.swap_{what}",
            ("duty_swap", swap.id),
            at=self._clock.timestamp(),
            details={
                "shift": swap.shift_id,
                "day": swap.day.isoformat(),
                "from": swap.from_member_id,
                "to": swap.to_member_id,
            },
        )


def _already(standing: Swap, actor: Actor) -> DomainError:
    if standing.from_member_id != actor.id and standing.to_member_id != actor.id:
        return NotAllowed(_NOT_YOURS)
    if standing.from_member_id != actor.id and standing.state is SwapState.ASKED:
        return NotAllowed("Giliran itu belum milikmu: kamu baru diminta menggantikan. Jawab dulu lewat /piket saya.")
    if standing.from_member_id != actor.id:
        return NotAllowed("Giliran itu kamu pegang hasil tukar. Berhalangan? Minta yang menukar menariknya kembali.")
    if standing.state is SwapState.ACCEPTED:
        return TooLate(f"{standing.to_name} sudah menggantikanmu di giliran itu. Tarik dulu lewat /piket saya.")
    return TooLate(f"Kamu sudah meminta {standing.to_name}. Tunggu jawabannya, atau tarik dulu lewat /piket saya.")
