"""How fast the KOL database answers over 100,000 creators: searches, autocomplete, a shortlist.

Every figure is taken through the services, as a command would ask, beside a lookup by primary key on the same readers
in the same run: what remains comparable on another machine is the ratio.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.creators import bulk_store
from bot.creators.models import ContentType, Gender, Niche, Platform, Tier
from bot.creators.search import CreatorFilter, Range, Review, Sort
from bot.creators.store import SAVED_COLUMNS
from bot.platform.audit import Actor
from bot.platform.indonesian import PROVINCES
from bot.services import Services, open_services
from bot.shortlists.models import Criteria
from tests.bench.loop_watch import watched
from tests.conftest import make_settings

CREATORS = 100_000
ROUNDS = 200
# The shape of a Fernet token, so that rows are as long as real ones.
CONTACT = "gAAAAABm" + "x" * 132
SYLLABLES = (
    "ra",
    "di",
    "ni",
    "sa",
    "put",
    "ri",
    "ay",
    "mas",
    "dew",
    "kar",
    "bud",
    "han",
    "tan",
    "fit",
    "lu",
    "yo",
    "ko",
)

Work = Callable[[], Awaitable[Any]]


async def main(count: int = CREATORS) -> list[str]:
    """The figures as lines to print."""
    with TemporaryDirectory() as folder:
        services = await open_services(make_settings(Path(folder), readers=4))
        try:
            filling = time.perf_counter()
            await _fill(services, count)
            filled = time.perf_counter() - filling
            return [
                f"{count:,} creators, {ROUNDS} rounds each (filled in {filled:.1f} s)",
                *await _figures(services),
            ]
        finally:
            await services.close()


async def _figures(services: Services) -> list[str]:
    rng = random.Random(11)
    search = services.search
    lookup = await _measure(lambda: services.creators.get(rng.randrange(1, 50_000)))
    beauty = CreatorFilter(
        platforms=(Platform.TIKTOK,),
        niches=(Niche.BEAUTY,),
        followers=Range(10_000, 50_000),
        engagement=Range(low=10_000),
    )
    wide = CreatorFilter(genders=(Gender.FEMALE,), content_types=(ContentType.TOP,), affiliate=True)
    doubtful = CreatorFilter(review=Review.DOUBTFUL, tiers=(Tier.MICRO,))
    measured: dict[str, list[float]] = {"by primary key (reference)": lookup}
    works: dict[str, Work] = {
        "search, platform + niche + followers + ER": lambda: search.page(beauty, Sort.FOLLOWERS, 1),
        "search, no indexed column": lambda: search.page(wide, Sort.ENGAGEMENT, 3),
        "search, doubtful figures": lambda: search.page(doubtful, Sort.FOLLOWERS, 1),
        "search, part of a username": lambda: search.page(CreatorFilter(text="dewput"), Sort.USERNAME, 1),
        "search, everyone, page 5,000": lambda: search.page(CreatorFilter(), Sort.FOLLOWERS, 5_000),
        "autocomplete, one letter": lambda: search.suggest(rng.choice("rdnsp")),
        "autocomplete, beginning": lambda: search.suggest("".join(rng.choices(SYLLABLES, k=2))),
        "autocomplete, part, common": lambda: search.suggest("ewdew"),
        "autocomplete, part, rare": lambda: search.suggest(f"{rng.randrange(10**4):04}"),
        "autocomplete, part, not there": lambda: search.suggest("zzqx"),
    }
    for name, work in works.items():
        measured[name] = await _measure(work)
    lines = [_line(name, times, lookup) for name, times in measured.items()]
    return [*lines, *await _shortlist(services)]


async def _shortlist(services: Services) -> list[str]:
    """A shortlist from what it has to choose among, and how long the loop was held up meanwhile."""
    started = time.perf_counter()
    async with watched() as gaps:
        built = await services.shortlists.build(Actor(1), "Bench", Criteria(niches=(Niche.BEAUTY,)))
        took = time.perf_counter() - started
    return [
        f"{'shortlist, ' + f'{built.considered:,} of {built.matching:,} judged':46} {took * 1e3:9.1f} ms once,"
        f" loop held up {max(gaps) * 1e3:.1f} ms at most"
    ]


async def _measure(work: Work) -> list[float]:
    for _ in range(10):
        await work()
    times: list[float] = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        await work()
        times.append(time.perf_counter() - started)
    return sorted(times)


def _line(name: str, times: list[float], reference: list[float]) -> str:
    middle, late = times[len(times) // 2], times[int(len(times) * 0.99)]
    ratio = middle / reference[len(reference) // 2]
    return f"{name:46} p50 {middle * 1e3:7.2f} ms   p99 {late * 1e3:7.2f} ms   {ratio:6.1f} x the reference"


def creators(count: int) -> Iterator[dict[str, Any]]:
    rng = random.Random(7)
    niches, platforms = [niche.value for niche in Niche], [platform.value for platform in Platform]
    for number in range(count):
        followers = int(10 ** rng.uniform(3, 6.3))
        likes = int(followers * rng.lognormvariate(-3.5, 0.8))
        comments = likes // rng.randrange(10, 60)
        yield dict.fromkeys(SAVED_COLUMNS) | {
            "platform": rng.choice(platforms),
            "username": "".join(rng.choices(SYLLABLES, k=rng.randrange(2, 6)))
            + rng.choice(["", ".", "_"])
            + str(number),
            "gender": rng.choice(["female", "male"]),
            "niche_1": rng.choice(niches),
            "niche_2": rng.choice(niches),
            "content_type": rng.choice("ABCD"),
            "affiliate": rng.choice([0, 1, None]),
            "region": rng.choice(PROVINCES),
            "followers": followers,
            "avg_views": int(followers * rng.lognormvariate(-1, 1)),
            "avg_likes": likes,
            "avg_comments": comments,
            "avg_shares": 1,
            "engagement_ppm": (likes + comments) * 1_000_000 // followers,
            "contact": CONTACT,
            "source": "import",
            "created_at": 0,
            "updated_at": 0,
            "measured": 0,
        }


async def _fill(services: Services, count: int) -> None:
    rows = list(creators(count))
    for start in range(0, count, 10_000):
        async with services.database.unit() as tx:
            await bulk_store.lay_out(tx, rows[start : start + 10_000])
            await bulk_store.take_over(tx)


if __name__ == "__main__":
    print("\n".join(asyncio.run(main())))
