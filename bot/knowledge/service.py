"""Use cases of the knowledge base: find answers, keep articles, learn from solved tickets."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from bot.knowledge import rules, store
from bot.knowledge.models import Article, ArticleDraft, Source, Suggestion
from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import NotFound, TooLate
from bot.platform.text import clip, one_line
from bot.tickets.models import OPEN_STATES, Entry, EntryKind, Stage, Ticket

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "knowledge_base.json"
# Of a question's words, so many must be found before an answer is worth showing.
_ENOUGH: Final = 0.3
_ONLY_WORD: Final = 1
_LOOKED_AT: Final = 12
MOST_CHOICES: Final = 25
_LEARNT: Final = frozenset({EntryKind.RESOLVED})
_FORGOTTEN: Final = frozenset({EntryKind.REOPENED, EntryKind.MERGED})


class KnowledgeService:
    """The door to known answers. `learn` listens to the log of tickets."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self, path: Path = FILE) -> None:
        """Put the articles that come with the program into the store, once each: staff may change or archive them."""
        articles: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        async with self._database.unit() as tx:
            for raw in articles:
                article = await store.insert(
                    tx,
                    {
                        "slug": raw["slug"],
                        "stage": Stage(raw["stage"]).value,
                        "title": raw["title"],
                        "body": raw["body"],
                        "ticket": None,
                        "actor": None,
                        "now": self._clock.timestamp(),
                    },
                )
                if article is not None:
                    await _index(tx, article)

    async def suggest(self, stage: Stage | None, text: str, limit: int = 3) -> list[Suggestion]:
        """What may answer a question, the best first; nothing rather than something far-fetched. None: any stage."""
        words = rules.search_words(text)
        if not words:
            return []
        candidates = await store.found(self._database.read, rules.match_query(words), stage, _LOOKED_AT)
        fitting = [suggestion for suggestion, wording in candidates if _fits(words, rules.share_found(words, wording))]
        # The team's own words before what was told to somebody else, and of that no more than one.
        articles = [one for one in fitting if one.source is Source.ARTICLE]
        solved = [one for one in fitting if one.source is Source.TICKET]
        return [*articles[: limit - len(solved[:1])], *solved[:1]]

    async def offered(self, member_id: int, stage: Stage, shown: int) -> None:
        """Known answers were shown before a ticket was sent."""
        async with self._database.unit() as tx:
            await store.offered(tx, member_id, "form", stage, shown, self._clock.timestamp())

    async def answered(self, member_id: int, stage: Stage, article_id: int | None = None) -> bool:
        """ "Ini menjawab": no ticket was needed. False when the offer was settled before."""
        return await self._settle_last(member_id, stage, "answered", article_id)

    async def sent(self, member_id: int, stage: Stage) -> bool:
        """ "Tetap kirim": it was no answer. False when the offer was settled before."""
        return await self._settle_last(member_id, stage, "sent", None)

    async def searched(self, member_id: int, stage: Stage | None, shown: int) -> int:
        """Known answers were shown to somebody who looked for them; the offer's number."""
        async with self._database.unit() as tx:
            return await store.offered(tx, member_id, "search", stage, shown, self._clock.timestamp())

    async def search_answered(self, member_id: int, offer_id: int, article_id: int | None) -> bool:
        """The same of a search. False when the offer was settled before, or is somebody else's."""
        async with self._database.unit() as tx:
            return await store.settle_offer(tx, member_id, offer_id, "answered", article_id, self._clock.timestamp())

    async def search_failed(self, member_id: int, offer_id: int) -> bool:
        """They want a ticket instead."""
        async with self._database.unit() as tx:
            return await store.settle_offer(tx, member_id, offer_id, "sent", None, self._clock.timestamp())

    async def _settle_last(self, member_id: int, stage: Stage, outcome: str, article_id: int | None) -> bool:
        async with self._database.unit() as tx:
            offer_id = await store.last_offer(tx, member_id, stage)
            if offer_id is None:
                return False
            return await store.settle_offer(tx, member_id, offer_id, outcome, article_id, self._clock.timestamp())

    async def get(self, article_id: int) -> Article:
        """One published article. Raises NotFound."""
        article = await store.get(self._database.read, article_id)
        if article is None or not article.published:
            raise NotFound("Artikel ini sudah tidak ada. Lihat yang ada dengan /pengetahuan daftar.")
        return article

    async def listed(self, *, limit: int, offset: int) -> tuple[list[Article], int]:
        """A page of published articles, and how many there are."""
        reads = self._database.read
        return await store.listed(reads, limit=limit, offset=offset), await store.count(reads)

    async def matching(self, part: str) -> list[Article]:
        """Up to 25 articles for autocomplete, by number or title."""
        return await store.matching(self._database.read, part.strip().removeprefix("#"), MOST_CHOICES)

    async def chosen(self, text: str) -> Article:
        """The article staff mean: the number that autocomplete fills in, or one they typed. Raises NotFound."""
        number = text.strip().removeprefix("#")
        if not number.isdecimal() or len(number) > 15:
            raise NotFound("Pilih artikelnya dari daftar yang muncul, atau tulis nomornya, misalnya 12.")
        return await self.get(int(number))

    async def draft(self, ticket: Ticket, entries: Sequence[Entry]) -> ArticleDraft:
        """An article of a solved ticket to begin with, without names and figures. Raises TooLate."""
        if ticket.conclusion is None or ticket.state in OPEN_STATES:
            raise TooLate(f"Tiket #{ticket.id} belum selesai. Tulis dulu kesimpulannya, baru jadikan artikel.")
        made = await store.of_ticket(self._database.read, ticket.id)
        if made is not None:
            raise TooLate(
                f"Tiket #{ticket.id} sudah dijadikan artikel “{made.title}”. Ubah dengan /pengetahuan ubah."
                if made.published
                else f"Artikel dari tiket #{ticket.id} sudah diarsipkan. Tulis yang baru dengan /pengetahuan tambah."
            )
        names = {ticket.creator_name, *(entry.author_name for entry in entries)}
        title = rules.impersonal(one_line(ticket.summary), names)
        body = rules.impersonal(ticket.conclusion, names)
        longest = (rules.TITLE_LENGTH.stop - 1, rules.BODY_LENGTH.stop - 1)
        return ArticleDraft(ticket.stage, clip(title, longest[0]), clip(body, longest[1]))

    async def add(self, actor: Actor, stage: Stage, title: str, body: str, ticket_id: int | None = None) -> Article:
        """A new article; of a ticket there is one. Raises FormRefused or TooLate."""
        title, body = rules.check_article(title, body)
        now = self._clock.timestamp()
        values = {
            "slug": None,
            "stage": stage.value,
            "title": title,
            "body": body,
            "ticket": ticket_id,
            "actor": actor.id,
            "now": now,
        }
        async with self._database.unit() as tx:
            article = await store.insert(tx, values)
            if article is None:
                raise TooLate(f"Tiket #{ticket_id} sudah dijadikan artikel. Lihat dengan /pengetahuan daftar.")
            await _index(tx, article)
            if ticket_id is not None:
                # The article says it better than what was told to one creator.
                await store.drop_text(tx, Source.TICKET, ticket_id)
            await audit.record(tx, actor, "knowledge.added", ("article", article.id), at=now, details={"title": title})
        return article

    async def change(self, actor: Actor, article_id: int, stage: Stage, title: str, body: str) -> Article:
        """Write an article anew. Raises FormRefused or NotFound."""
        title, body = rules.check_article(title, body)
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            article = await store.change(tx, article_id, stage, title, body, now)
            if article is None:
                raise NotFound("Artikel ini sudah diarsipkan. Tulis yang baru dengan /pengetahuan tambah.")
            await _index(tx, article)
            await audit.record(
                tx, actor, "knowledge.changed", ("article", article_id), at=now, details={"title": title}
            )
        return article

    async def archive(self, actor: Actor, article_id: int) -> Article:
        """Show an article to nobody any more. Raises NotFound."""
        now = self._clock.timestamp()
        async with self._database.unit() as tx:
            article = await store.archive(tx, article_id, now)
            if article is None:
                raise NotFound("Artikel ini sudah diarsipkan.")
            await store.drop_text(tx, Source.ARTICLE, article_id)
            await audit.record(tx, actor, "knowledge.archived", ("article", article_id), at=now)
        return article

    async def learn(self, tx: UnitOfWork, ticket: Ticket, entry: Entry) -> None:
        """A solved ticket can be found by its question; a reopened one no longer.

        Not one whose answer speaks of its creator (a name, an amount, a date): others would take it for theirs. Nor one
        of an incident: that is over.
        """
        if entry.kind in _FORGOTTEN:
            await store.drop_text(tx, Source.TICKET, ticket.id)
        elif entry.kind in _LEARNT and ticket.conclusion and await store.of_ticket(tx, ticket.id) is None:
            names = [ticket.creator_name, entry.author_name]
            if ticket.incident_id is not None or rules.impersonal(ticket.conclusion, names) != ticket.conclusion:
                return
            question = rules.impersonal(" ".join(item.answer for item in ticket.answers), names)
            answer = f"Jawaban kami untuk kreator lain, jadi keadaanmu bisa berbeda: {clip(ticket.conclusion, 850)}"
            title = f"Kasus serupa, tahap {ticket.stage.indonesian}"
            await store.put_text(tx, Source.TICKET, ticket.id, ticket.stage, title, question, answer)


def _fits(words: list[str], share: float) -> bool:
    # One word in common says little, unless it is all there was.
    return share >= _ENOUGH and (share == 1 or round(share * len(words)) > _ONLY_WORD)


async def _index(tx: UnitOfWork, article: Article) -> None:
    await store.put_text(tx, Source.ARTICLE, article.id, article.stage, article.title, article.body, article.body)
