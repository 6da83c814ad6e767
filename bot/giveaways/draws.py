"""Use cases of drawing: once at the end, again for prizes that fell free, and showing anyone that it was fair."""

import asyncio
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from bot.giveaways import entry_store, messages, store, verify_draw
from bot.giveaways.models import Giveaway, GiveawayState, LegalKind, Pick, Verification
from bot.giveaways.notices import GiveawayNotices
from bot.giveaways.rules import DAY, standing
from bot.platform import audit
from bot.platform.audit import SYSTEM, Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, Reads, UnitOfWork
from bot.platform.errors import DomainError, NotFound
from bot.prizes.models import PayoutState, Prize, PrizeSource
from bot.prizes.service import PrizeService

UNCLAIMED = "tidak diklaim"


class DrawService:
    """Draws, redraws and verifies. The seed is in clear only inside these methods, and after the end."""

    def __init__(
        self, database: Database, clock: Clock, vault: Vault, notices: GiveawayNotices, prizes: PrizeService
    ) -> None:
        self._database = database
        self._clock = clock
        self._vault = vault
        self._notices = notices
        self._prizes = prizes
        prizes.when_unclaimed(PrizeSource.GIVEAWAY, self._unclaimed)

    async def end(self, tx: UnitOfWork, actor: Actor, giveaway: Giveaway) -> Giveaway:
        """Close an open giveaway and draw, in one unit of work. Raises DomainError when it was closed before."""
        entries = (await entry_store.sorted_hashes(tx, giveaway.id)).split("\n")
        # SQLite gives them in order without promising it; for a list that is in order this only looks.
        entries = sorted(entries) if entries != [""] else []
        now = self._clock.timestamp()
        ended = await store.end(
            tx,
            giveaway.id,
            entries_sha256=verify_draw.list_hash(entries),
            entry_count=len(entries),
            by=actor.id,
            now=now,
        )
        if ended is None:
            raise DomainError("Giveaway ini sudah berakhir.")
        await entry_store.keep_list(tx, giveaway.id, "\n".join(entries))
        picks = await self._pick(tx, actor, ended, entries, 0, ended.spec.winners, None)
        await self._notices.redraw(tx, ended, len(entries))
        await self._notices.announce(tx, ended, picks, None)
        await self._notices.publish_list(tx, ended)
        await self._award(tx, ended, picks)
        if len(picks) < ended.spec.winners:
            missing = ended.spec.winners - len(picks)
            await self._notices.tell_short(tx, ended, missing, f"hanya {len(entries)} anggota yang ikut")
        return ended

    async def redraw(self, actor: Actor, giveaway_id: int, member_id: int, reason: str) -> Pick | None:
        """Replace a winner for a reason that is published; None when nobody is left. Raises DomainError."""
        async with self._database.unit() as tx:
            giveaway = await self._ended(tx, giveaway_id)
            for payout in await self._prizes.payouts(PrizeSource.GIVEAWAY, giveaway_id, tx):
                if payout.member_id == member_id and payout.state is PayoutState.PAID:
                    raise DomainError("Hadiah pemenang ini sudah dibayar, jadi tidak bisa diundi ulang.")
            await self._prizes.withdraw(tx, actor, PrizeSource.GIVEAWAY, giveaway_id, member_id, reason)
            picks = await self._replace(tx, actor, giveaway, [member_id], reason)
        return picks[0] if picks else None

    async def winners(self, giveaway_id: int) -> list[Pick]:
        """The winners as they stand."""
        return standing(await entry_store.picks(self._database.read, giveaway_id))

    async def verification(self, giveaway_id: int, member_id: int) -> Verification:
        """What anyone may see, and the asker's own entry. After the end the picks are drawn again to compare."""
        reads = self._database.read
        giveaway = await store.get(reads, giveaway_id)
        if giveaway is None or giveaway.commitment is None:
            raise NotFound("Giveaway ini belum dibuka, jadi belum ada undian yang bisa diperiksa.")
        entry = await entry_store.get(reads, giveaway_id, member_id)
        posted = await self._notices.posted(giveaway)
        if giveaway.state is not GiveawayState.ENDED:
            count = await entry_store.count(reads, giveaway_id)
            return Verification(giveaway, count, None, (), None, entry, posted, self._format(giveaway))
        entries = await entry_store.published_list(reads, giveaway_id)
        picks = await entry_store.picks(reads, giveaway_id)
        # In a thread: over a long list it takes long enough for everyone else to notice.
        fits = await asyncio.to_thread(_fits, self._published(giveaway, entries, picks), giveaway.commitment)
        seed, rule = self._seed(giveaway).hex(), self._format(giveaway)
        return Verification(giveaway, len(entries), seed, tuple(picks), fits, entry, posted, rule)

    async def document(self, giveaway_id: int, upto: int | None = None, *, whole: bool = False) -> bytes:
        """The draw file with the first `upto` picks; packed where it is long. Raises NotFound before the end.

        A list too long for an attachment is left to files of its own (`list_part`), unless `whole` asks for it.
        """
        giveaway = await self._ended(self._database.read, giveaway_id)
        entries = await entry_store.published_list(self._database.read, giveaway_id)
        picks = await entry_store.picks(self._database.read, giveaway_id)
        published = self._published(giveaway, entries, picks[:upto])
        if not whole and (files := messages.list_files(giveaway)):
            published |= {"entry_files": files, "entries": []}
        return await asyncio.to_thread(_packed, published, len(entries) > messages.PLAIN_ENTRIES)

    async def list_part(self, giveaway_id: int, part: int) -> bytes:
        """Part `part` (from 1) of a long entry list: one hash a line, packed."""
        await self._ended(self._database.read, giveaway_id)
        entries = await entry_store.published_list(self._database.read, giveaway_id)
        lines = entries[(part - 1) * messages.LISTED_ENTRIES : part * messages.LISTED_ENTRIES]
        return await asyncio.to_thread(lambda: gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0))

    async def script(self) -> bytes:
        """The program with which anyone checks a draw by themselves."""
        return await asyncio.to_thread(Path(verify_draw.__file__).read_bytes)

    async def _ended(self, reads: Reads, giveaway_id: int) -> Giveaway:
        giveaway = await store.get(reads, giveaway_id)
        if giveaway is None or giveaway.state is not GiveawayState.ENDED:
            raise NotFound("Giveaway ini belum diundi.")
        return giveaway

    async def _unclaimed(self, tx: UnitOfWork, giveaway_id: int, member_ids: Sequence[int]) -> None:
        giveaway = await self._ended(tx, giveaway_id)
        await self._replace(tx, SYSTEM, giveaway, member_ids, UNCLAIMED)

    async def _replace(
        self, tx: UnitOfWork, actor: Actor, giveaway: Giveaway, member_ids: Sequence[int], reason: str
    ) -> list[Pick]:
        dropped = await entry_store.drop_picks(tx, giveaway.id, member_ids, self._clock.timestamp())
        if not dropped:
            raise DomainError("Anggota itu bukan pemenang giveaway ini lagi. Lihat /giveaway verifikasi.")
        entries = await entry_store.published_list(tx, giveaway.id)
        before = len(await entry_store.picks(tx, giveaway.id))
        picks = await self._pick(tx, actor, giveaway, entries, before, len(dropped), reason)
        await audit.record(
            tx,
            actor,
            "giveaway.redrawn",
            ("giveaway", giveaway.id),
            at=self._clock.timestamp(),
            details={
                "reason": reason,
                "dropped": [pick.member_id for pick in dropped],
                "winners": [pick.member_id for pick in picks],
            },
        )
        if picks:
            await self._notices.announce(tx, giveaway, picks, reason)
            await self._award(tx, giveaway, picks)
        if len(picks) < len(dropped):
            await self._notices.tell_short(
                tx, giveaway, len(dropped) - len(picks), "semua peserta sudah pernah terundi"
            )
        return picks

    async def _pick(
        self,
        tx: UnitOfWork,
        actor: Actor,
        giveaway: Giveaway,
        entries: Sequence[str],
        before: int,
        wanted: int,
        reason: str | None,
    ) -> list[Pick]:
        """The `wanted` picks that follow the first `before`, recorded."""
        assert giveaway.entries_sha256 is not None
        seed = self._seed(giveaway)
        positions = verify_draw.picks(seed, giveaway.entries_sha256, len(entries), before + wanted)[before:]
        hashes = [entries[position] for position in positions]
        behind = await entry_store.with_hashes(tx, giveaway.id, hashes)
        earlier = await entry_store.picks(tx, giveaway.id)
        number = earlier[-1].round + 1 if earlier else 1
        now = self._clock.timestamp()
        picks = [
            Pick(
                giveaway_id=giveaway.id,
                number=before + index,
                round=number,
                entry_hash=hash_,
                member_id=behind[hash_].member_id,
                name=behind[hash_].name,
                reason=reason,
                picked_at=now,
                picked_by=actor.id,
                dropped_at=None,
            )
            for index, hash_ in enumerate(hashes, start=1)
        ]
        await entry_store.add_picks(tx, picks)
        return picks

    async def _award(self, tx: UnitOfWork, giveaway: Giveaway, picks: Sequence[Pick]) -> None:
        if not picks:
            return
        spec = giveaway.spec
        await self._prizes.award(
            tx,
            source=PrizeSource.GIVEAWAY,
            source_id=giveaway.id,
            winners=[pick.member_id for pick in picks],
            prize=Prize(spec.prize, spec.amount),
            claim_until=self._clock.timestamp() + spec.claim_days * DAY,
            by_lot=spec.legal is None or spec.legal.kind is LegalKind.DRAW,
            title=spec.title,
        )

    def _seed(self, giveaway: Giveaway) -> bytes:
        assert giveaway.seed_token is not None
        return bytes.fromhex(self._vault.decrypt(giveaway.seed_token).reveal())

    def _format(self, giveaway: Giveaway) -> str:
        """By which rule it was opened: one of an earlier version keeps the commitment that was announced."""
        first = verify_draw.first_commitment_of(self._seed(giveaway)) == giveaway.commitment
        return verify_draw.FIRST_FORMAT if first else verify_draw.FORMAT

    def _published(self, giveaway: Giveaway, entries: Sequence[str], picks: Sequence[Pick]) -> dict[str, object]:
        """What the draw file holds: no member ids."""
        name = self._format(giveaway)
        return {
            "format": name,
            "giveaway": giveaway.id,
            "title": giveaway.title,
            "prize": giveaway.spec.prize,
            "winners": giveaway.spec.winners,
            "rule": verify_draw.RULES[name],
            "commitment": giveaway.commitment,
            "seed": self._seed(giveaway).hex(),
            "entry_count": giveaway.entry_count,
            "entries_sha256": giveaway.entries_sha256,
            "picks": [{"round": pick.round, "entry": pick.entry_hash, "reason": pick.reason} for pick in picks],
            "entries": list(entries),
        }


def _fits(published: dict[str, object], commitment: str) -> bool:
    try:
        verify_draw.verify(published, commitment)
    except verify_draw.Tampered:
        return False
    return True


def _packed(published: dict[str, object], long: bool) -> bytes:
    raw = json.dumps(published, ensure_ascii=False, indent=0).encode()
    # No time stamp inside, so that the same draw always gives the same file.
    return gzip.compress(raw, mtime=0) if long else raw


def sealed(vault: Vault, seed: bytes, giveaway_id: int, winners: int) -> tuple[str, str]:
    """The commitment to a seed, a number of winners and the rule; and the seed encrypted for the store."""
    return verify_draw.commitment_of(seed, giveaway_id, winners), vault.encrypt(Private(seed.hex()))
