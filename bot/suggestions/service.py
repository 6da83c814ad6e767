"""Use cases of suggestions from sales and marketing. They are recorded on creators and campaigns, and shown to staff.

For other areas:
    await suggestions.remarks(reads, creator_ids) -> {creator_id: ["Rekomendasi: ... (<@1>, 3 Nov)"]}  # what counts
    await suggestions.on_campaign(campaign_id) -> list[Suggestion]
"""

from collections.abc import Collection

from bot.campaigns.service import CampaignService
from bot.creators.service import CreatorService
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, Reads
from bot.platform.errors import FormRefused, NotFound, TooLate
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line, tidy
from bot.suggestions import store
from bot.suggestions.models import Suggestion, Tone

TEXT_LENGTH = 500
OUTCOME_LENGTH = 200


class SuggestionService:
    """The only door to suggestions."""

    def __init__(self, database: Database, clock: Clock, creators: CreatorService, campaigns: CampaignService) -> None:
        self._database = database
        self._clock = clock
        self._creators = creators
        self._campaigns = campaigns

    async def on_creator(self, actor: Actor, creator_id: int, tone: str | None, text: str) -> Suggestion:
        """Suggest something about an account. Raises FormRefused, or NotFound when it is gone."""
        if await self._creators.get(creator_id) is None:
            raise NotFound("Kreator ini sudah tidak ada di database. Cari lagi dengan /kol cari.")
        return await self._add(actor, creator_id, None, tone, text)

    async def about_campaign(self, actor: Actor, campaign_id: int, tone: str | None, text: str) -> Suggestion:
        """Suggest something about a campaign. Raises FormRefused or NotFound."""
        await self._campaigns.get(campaign_id)
        return await self._add(actor, None, campaign_id, tone, text)

    async def get(self, suggestion_id: int, reads: Reads | None = None) -> Suggestion:
        """One suggestion. Raises NotFound."""
        found = await store.get(reads or self._database.read, suggestion_id)
        if found is None:
            raise NotFound("Saran ini tidak ada lagi. Lihat yang ada dengan /saran daftar.")
        return found

    async def closable(self, suggestion_id: int, reads: Reads | None = None) -> Suggestion:
        """One that still counts. Raises NotFound or TooLate."""
        found = await self.get(suggestion_id, reads)
        if not found.is_open:
            raise TooLate(f"Saran ini sudah ditutup <t:{found.closed_at}:f> oleh <@{found.closed_by}>.")
        return found

    async def close(self, actor: Actor, suggestion_id: int, outcome: str) -> Suggestion:
        """It has been dealt with: it no longer shows in shortlists. Raises FormRefused or TooLate."""
        words = one_line(outcome)[:OUTCOME_LENGTH]
        if not words:
            raise FormRefused(["Tulis hasilnya, misalnya “dipakai di shortlist Serum Pagi”."])
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            await self.closable(suggestion_id, tx)
            await store.close(tx, suggestion_id, outcome=words, by=actor.id, now=now)
            await audit.record(tx, actor, "suggestion.closed", ("suggestion", suggestion_id), at=now)
            return await self.get(suggestion_id, tx)

    async def listed(self, *, closed: bool, limit: int, offset: int = 0) -> tuple[list[Suggestion], int]:
        """Those that count, or the closed ones, the latest first; and how many there are."""
        reads = self._database.read
        return await store.listed(reads, closed=closed, limit=limit, offset=offset), await store.count(
            reads, closed=closed
        )

    async def on_campaign(self, campaign_id: int) -> list[Suggestion]:
        """What counts about a campaign, the latest first."""
        return await store.open_on_campaign(self._database.read, campaign_id)

    async def remarks(self, reads: Reads, creator_ids: Collection[int]) -> dict[int, list[str]]:
        """What counts about some accounts, one sentence each, for staff."""
        found: dict[int, list[str]] = {}
        for one in await store.open_on_creators(reads, creator_ids):
            if one.creator_id is not None:
                found.setdefault(one.creator_id, []).append(sentence(one))
        return found

    async def _add(
        self, actor: Actor, creator_id: int | None, campaign_id: int | None, tone: str | None, text: str
    ) -> Suggestion:
        problems = Problems()
        words = problems.read(lambda: filled(tidy(text), "Saran", TEXT_LENGTH), "")
        if tone not in {one.value for one in Tone}:
            problems.sentences.append("Pilih jenis sarannya: rekomendasi, pertimbangkan, atau hati-hati.")
        problems.settle()
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            number = await store.insert(
                tx,
                creator_id=creator_id,
                campaign_id=campaign_id,
                tone=Tone(tone),
                text=words,
                by=actor.id,
                now=now,
            )
            await audit.record(
                tx,
                actor,
                "suggestion.made",
                ("suggestion", number),
                at=now,
                details={"creator_id": creator_id, "campaign_id": campaign_id, "tone": tone},
            )
            return await self.get(number, tx)


def sentence(one: Suggestion) -> str:
    """`Rekomendasi: bagus untuk skincare (<@1>, <t:...:d>)`."""
    by = f"<@{one.made_by}>, " if one.made_by else ""
    return f"{one.tone.label}: {' '.join(one.text.split())} ({by}<t:{one.made_at}:d>)"
