"""Use cases of ready-made answers: staff write them once, and fill them in for each ticket."""

from typing import Final

from bot.knowledge import canned_store as store
from bot.knowledge import rules
from bot.knowledge.models import Canned
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.platform.errors import FormRefused, NotFound
from bot.platform.indonesian import format_date
from bot.tickets.models import Stage, Ticket

MOST_OFFERED: Final = 25


class CannedAnswers:
    """The door to ready-made answers."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def get(self, canned_id: int) -> Canned:
        """One ready-made answer. Raises NotFound."""
        found = await store.get(self._database.read, canned_id)
        if found is None:
            raise NotFound("Jawaban siap pakai ini sudah dihapus. Lihat yang ada dengan /jawaban daftar.")
        return found

    async def listed(self, *, limit: int, offset: int) -> tuple[list[Canned], int]:
        """A page of them, and how many there are."""
        reads = self._database.read
        return await store.listed(reads, None, limit=limit, offset=offset), await store.count(reads)

    async def matching(self, part: str) -> list[Canned]:
        """Up to 25 for autocomplete, by name."""
        return await store.matching(self._database.read, part.strip(), MOST_OFFERED)

    async def chosen(self, text: str) -> Canned:
        """The one staff mean: the number that autocomplete fills in, or its name. Raises NotFound."""
        number = text.strip()
        if number.isdecimal() and len(number) <= 15:
            return await self.get(int(number))
        found = await store.named(self._database.read, number)
        if found is None:
            raise NotFound("Pilih jawabannya dari daftar yang muncul. Lihat semuanya dengan /jawaban daftar.")
        return found

    async def for_stage(self, stage: Stage) -> list[Canned]:
        """Those to choose from for a ticket, at most 25."""
        return await store.listed(self._database.read, stage, limit=MOST_OFFERED)

    async def filled(self, canned_id: int, ticket: Ticket) -> str:
        """The text for a ticket. Raises NotFound."""
        found = await self.get(canned_id)
        values = {
            "nama": ticket.creator_name,
            "nomor": f"#{ticket.id}",
            "tahap": ticket.stage.indonesian,
            "tanggal": format_date(self._clock.today().date()),
        }
        return rules.fill(found.body, values)

    async def add(self, actor: Actor, name: str, body: str, stage: Stage | None) -> Canned:
        """A new one. Raises FormRefused."""
        name, body = rules.check_canned(name, body)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            made = await store.insert(tx, name, body, stage, actor.id, now)
            if made is None:
                raise FormRefused([f"Nama: “{name}” sudah dipakai. Pilih nama lain, atau ubah yang itu."])
            await audit.record(tx, actor, "canned.added", ("canned", made.id), at=now, details={"name": name})
        return made

    async def change(self, actor: Actor, canned_id: int, name: str, body: str, stage: Stage | None) -> Canned:
        """Write one anew. Raises FormRefused or NotFound."""
        name, body = rules.check_canned(name, body)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            same = await store.named(tx, name)
            if same is not None and same.id != canned_id:
                raise FormRefused([f"Nama: “{name}” sudah dipakai jawaban lain. Pilih nama lain."])
            made = await store.change(tx, canned_id, name, body, stage, now)
            if made is None:
                raise NotFound("Jawaban siap pakai ini sudah dihapus. Tulis yang baru dengan /jawaban tambah.")
            await audit.record(tx, actor, "canned.changed", ("canned", canned_id), at=now, details={"name": name})
        return made

    async def remove(self, actor: Actor, canned_id: int) -> Canned:
        """Take one away. Raises NotFound."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            gone = await store.remove(tx, canned_id, now)
            if gone is None:
                raise NotFound("Jawaban siap pakai ini sudah dihapus.")
            await audit.record(tx, actor, "canned.removed", ("canned", canned_id), at=now, details={"name": gone.name})
        return gone
