"""Seasons and their leaderboard: quarters of the year, or times that staff named."""

from datetime import datetime, time, timedelta

from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import JAKARTA, Clock
from bot.platform.database import Database
from bot.platform.errors import DomainError, NotFound
from bot.platform.indonesian import parse_date
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line
from bot.quizzes import answer_store, rules, season_rules, season_store
from bot.quizzes.models import Place, Season
from bot.quizzes.reading import SEASON_LENGTH


class QuizSeasons:
    """Reads the points ledger, and keeps the seasons that staff named."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def season(self, key: str = "") -> Season:
        """A season by its key (`2026-2`, `musim-3`), the present one where the key is empty or unknown."""
        named = await season_store.named(self._database.read)
        return season_rules.season_by_key(key, named) or season_rules.season_of(self._clock.timestamp(), named)

    async def seasons(self) -> list[Season]:
        """The present season and every one with points, the latest first."""
        keys = {(await self.season()).key, *await season_store.with_points(self._database.read)}
        found = [await self.season(key) for key in keys]
        return sorted(found, key=lambda one: (one.starts_at, one.id), reverse=True)

    async def named(self) -> list[tuple[Season, int]]:
        """Every season that staff named, the latest first, and how many quizzes count in it."""
        reads = self._database.read
        return [(one, await season_store.quizzes_in(reads, one.key)) for one in await season_store.named(reads)]

    async def leaderboard(self, season: Season) -> list[Place]:
        """Everybody with points in the season, best first."""
        return rules.leaderboard(await answer_store.scores(self._database.read, season.key))

    async def name(self, actor: Actor, name: str, first_day: str, last_day: str) -> tuple[Season, bool]:
        """Name the time between two days (both included, WIB) as a season; True when it is new.

        A season of that name gets the new days. Raises FormRefused and DomainError: two seasons never overlap, and a
        quiz that has ended stays in the season it counts in.
        """
        problems, today = Problems(), self._clock.today().date()
        title = problems.read(lambda: filled(one_line(name), "Nama musim", SEASON_LENGTH), "")
        starts = problems.read(lambda: parse_date(first_day, today=today), None, "Mulai")
        ends = problems.read(lambda: parse_date(last_day, today=today), None, "Selesai")
        problems.settle()
        if starts is None or ends is None:
            raise DomainError("Isi tanggal mulai dan selesainya, misalnya 1/4 dan 30/6.")
        starts_at = int(datetime.combine(starts, time(), JAKARTA).timestamp())
        ends_at = int(datetime.combine(ends + timedelta(days=1), time(), JAKARTA).timestamp())
        async with self._database.unit() as tx:
            known = await season_store.named(tx)
            same = next((one for one in known if one.name.casefold() == title.casefold()), None)
            season_rules.check_season(title, starts_at, ends_at, [one for one in known if one is not same])
            if await season_store.quizzes_elsewhere(tx, same.key if same else "", starts_at, ends_at):
                raise DomainError(
                    "Ada kuis yang sudah selesai dan terhitung di musim lain. Pilih tanggal yang tidak mengubah poin "
                    "siapa pun."
                )
            now = self._clock.timestamp()
            if same is None:
                season = await season_store.insert(tx, title, starts_at, ends_at, actor.id, now)
            else:
                season = await season_store.save(tx, same.id, title, starts_at, ends_at)
            details: dict[str, object] = {"name": title, "starts_at": starts_at, "ends_at": ends_at}
            what = "quiz_season.changed" if same else "quiz_season.named"
            await audit.record(tx, actor, what, ("quiz_season", season.id), at=now, details=details)
        return season, same is None

    async def drop(self, actor: Actor, season_id: int) -> Season:
        """Take away a named season that no quiz counts in. Raises DomainError."""
        async with self._database.unit() as tx:
            season = next((one for one in await season_store.named(tx) if one.id == season_id), None)
            if season is None:
                raise NotFound("Musim ini sudah tidak ada.")
            if await season_store.quizzes_in(tx, season.key):
                raise DomainError("Sudah ada kuis yang terhitung di musim ini, jadi tidak bisa dihapus.")
            await season_store.drop(tx, season_id)
            details: dict[str, object] = {"name": season.name}
            now = self._clock.timestamp()
            await audit.record(tx, actor, "quiz_season.dropped", ("quiz_season", season_id), at=now, details=details)
        return season
