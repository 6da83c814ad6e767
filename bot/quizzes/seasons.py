"""The season's leaderboard."""

from bot.platform.clock import Clock
from bot.platform.database import Database
from bot.quizzes import answer_store, rules
from bot.quizzes.models import Place, Season


class QuizSeasons:
    """Reads the points ledger."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def season(self, key: str = "") -> Season:
        """A season by its key (`2026-2`), the present one where the key is empty or unknown."""
        return rules.season_by_key(key) or rules.season_of(self._clock.timestamp())

    async def seasons(self) -> list[Season]:
        """The present season and every one with points, newest first."""
        keys = {self.season().key, *await answer_store.seasons(self._database.read)}
        return [self.season(key) for key in sorted(keys, reverse=True)]

    async def leaderboard(self, season: Season) -> list[Place]:
        """Everybody with points in the season, best first."""
        return rules.leaderboard(await answer_store.scores(self._database.read, season))
