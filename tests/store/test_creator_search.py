"""Searching the KOL database on a real file: every filter, every order, autocomplete."""

import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from bot.creators import search_store
from bot.creators.models import (
    AgeBand,
    ContentType,
    CreatorRecord,
    Gender,
    Metrics,
    Niche,
    Platform,
    Tier,
)
from bot.creators.rules import FlagKind, anomalies, tier
from bot.creators.search import CreatorFilter, Range, Review, Sort
from bot.creators.service import Creator
from bot.platform.audit import Actor, entries
from bot.platform.errors import NotFound
from bot.services import Services
from tests.support.kol import keep_the_sheet


@dataclass
class Person:
    """An account with what the record itself does not hold."""

    record: CreatorRecord
    member_id: int | None = None
    city: str | None = None
    region: str | None = None


async def keep(services: Services, *people: Person) -> None:
    async with services.database.unit() as tx:
        for one in people:
            await services.creators.save(
                tx, one.record, source="import", member_id=one.member_id, city=one.city, region=one.region
            )


def account(username: str, **values: Any) -> CreatorRecord:
    return CreatorRecord(Platform.TIKTOK, username, **values)


async def names(services: Services, wanted: CreatorFilter, sort: Sort = Sort.FOLLOWERS) -> list[str]:
    page = await services.search.page(wanted, sort, 1, size=100)
    assert page.total == len(page.found)
    return [one.creator.record.username for one in page.found]


async def test_the_real_sheet_is_searched_as_the_team_asks(services: Services) -> None:
    await keep_the_sheet(services)

    beauty = CreatorFilter(niches=(Niche.BEAUTY,), followers=Range(10_000, 15_000), engagement=Range(low=10_000))

    assert await names(services, beauty) == ["puputholly", "masavufirda"]
    assert await names(services, beauty, Sort.ENGAGEMENT) == ["masavufirda", "puputholly"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CreatorFilter(text="holly"), {"puputholly"}),
        (CreatorFilter(niches=(Niche.LIFESTYLE,)), {"paetishak", "dena18", "fitrinssi", "hiffanytanujaya"}),
        (CreatorFilter(niches=(Niche.FOOD, Niche.SKINCARE)), {"hiffanytanujaya", "masavufirda"}),
        (CreatorFilter(tiers=(Tier.NANO,)), {"paetishak"}),
        (CreatorFilter(tiers=(Tier.NANO, Tier.MEGA)), {"paetishak"}),
        (CreatorFilter(content_types=(ContentType.TOP, ContentType.BUZZER)), {"puputholly", "dena18"}),
        (CreatorFilter(genders=(Gender.MALE,)), {"paetishak"}),
        (CreatorFilter(age_bands=(AgeBand.FROM_25,)), {"paetishak", "masavufirda"}),
        (CreatorFilter(affiliate=True), {"masavufirda", "puputholly"}),
        (CreatorFilter(views=Range(low=100_000)), {"paetishak", "hiffanytanujaya"}),
        (CreatorFilter(likes=Range(high=100)), {"dena18"}),
        (CreatorFilter(comments=Range(low=50)), {"paetishak", "hiffanytanujaya"}),
        (CreatorFilter(shares=Range(high=3)), {"puputholly", "fitrinssi"}),
        (CreatorFilter(reachable=True), {"masavufirda"}),
        (CreatorFilter(review=Review.HIGH_VIEWS), {"paetishak"}),
        (CreatorFilter(review=Review.DOUBTFUL), {"paetishak", "hiffanytanujaya"}),
        (CreatorFilter(review=Review.SOUND), {"masavufirda", "puputholly", "dena18", "fitrinssi"}),
        (CreatorFilter(platforms=(Platform.INSTAGRAM,)), set()),
    ],
)
async def test_each_column_filters(services: Services, wanted: CreatorFilter, expected: set[str]) -> None:
    await keep_the_sheet(services)

    assert set(await names(services, wanted)) == expected


async def test_place_and_discord_filter(services: Services) -> None:
    await keep(
        services,
        Person(account("rara"), member_id=7, city="Bandung", region="Jawa Barat"),
        Person(account("dodo"), city="Jember", region="Jawa Timur"),
        Person(account("sisi")),
    )

    assert await names(services, CreatorFilter(regions=("Jawa Barat", "Bali"))) == ["rara"]
    assert await names(services, CreatorFilter(city="JEMBER")) == ["dodo"]
    assert await names(services, CreatorFilter(registered=True)) == ["rara"]
    assert await names(services, CreatorFilter(registered=False)) == ["dodo", "sisi"]


async def test_unknown_figures_come_last_in_every_order(services: Services) -> None:
    await keep(
        services,
        Person(account("kosong")),
        Person(account("besar", metrics=Metrics(900_000, 10, 5, 0, 0))),
        Person(account("rajin", metrics=Metrics(1_000, 5_000, 90, 9, 0))),
    )

    assert await names(services, CreatorFilter(), Sort.FOLLOWERS) == ["besar", "rajin", "kosong"]
    assert await names(services, CreatorFilter(), Sort.ENGAGEMENT) == ["rajin", "besar", "kosong"]
    assert await names(services, CreatorFilter(), Sort.VIEWS) == ["rajin", "besar", "kosong"]
    assert await names(services, CreatorFilter(), Sort.NEWEST) == ["rajin", "besar", "kosong"]
    assert await names(services, CreatorFilter(), Sort.USERNAME) == ["besar", "kosong", "rajin"]


async def test_pages_cover_everything_once_and_a_page_too_far_is_the_last(services: Services) -> None:
    await keep(services, *(Person(account(f"kreator{index:02}", metrics=Metrics(5_000))) for index in range(23)))

    pages = [await services.search.page(CreatorFilter(), Sort.FOLLOWERS, number) for number in (1, 2, 3, 99)]

    seen = [one.creator.record.username for page in pages[:3] for one in page.found]
    assert seen == [f"kreator{index:02}" for index in range(23)]
    assert (pages[3].number, pages[3].pages) == (3, 3)


async def test_a_search_that_finds_nobody_says_what_to_drop(services: Services) -> None:
    await keep_the_sheet(services)

    wanted = CreatorFilter(niches=(Niche.BEAUTY,), tiers=(Tier.NANO,))

    assert [(one.phrase, one.total) for one in await services.search.loosen(wanted)] == [
        ("Tier Nano", 3),
        ("Niche Kecantikan", 1),
    ]


async def test_near_misses_fail_the_fewest_requirements_first(services: Services) -> None:
    ids = await keep_the_sheet(services)
    wanted = CreatorFilter(niches=(Niche.BEAUTY,), followers=Range(10_000, 15_000), engagement=Range(low=10_000))

    found = await services.search.near_misses(wanted, limit=10)

    assert [creator.record.username for creator in found] == ["fitrinssi", "dena18", "paetishak", "hiffanytanujaya"]
    assert ids["masavufirda"] not in [creator.id for creator in found]


async def test_autocomplete_gives_beginnings_then_parts(services: Services) -> None:
    await keep(services, *(Person(account(name)) for name in ("ayudewi", "dewi.lestari", "dewina", "budi", "mas_dewi")))

    assert [one.key.username for one in await services.search.suggest("@Dewi")] == [
        "dewi.lestari",
        "dewina",
        "ayudewi",
        "mas_dewi",
    ]
    assert [one.key.username for one in await services.search.suggest("s_d")] == ["mas_dewi"]
    assert [one.key.username for one in await services.search.suggest("de")] == ["dewi.lestari", "dewina"]


@pytest.mark.parametrize(
    "typed", ["", "  @ ", '"', '" OR 1', "%%%", "___", "*** NEAR", "a" * 500, "dewi\ud800", "é🌸é"]
)
async def test_autocomplete_takes_whatever_is_typed(services: Services, typed: str) -> None:
    await keep_the_sheet(services)

    found = await services.search.suggest(typed)

    assert len(found) <= 6


async def test_autocomplete_shows_at_most_25(services: Services) -> None:
    await keep(services, *(Person(account(f"sama{index:03}")) for index in range(40)))

    assert len(await services.search.suggest("sama")) == 25
    assert len(await services.search.suggest("ama0")) == 25


async def test_a_renamed_or_deleted_account_is_found_by_what_is_true_now(services: Services) -> None:
    await keep(services, Person(account("lamabanget")), Person(account("pergi.jauh")))
    async with services.database.unit() as tx:
        await tx.execute("UPDATE creator SET username = 'barubanget' WHERE username = 'lamabanget'")
        await tx.execute("DELETE FROM creator WHERE username = 'pergi.jauh'")

    assert await services.search.suggest("amabang") == []
    assert await services.search.suggest("jauh") == []
    assert [one.key.username for one in await services.search.suggest("rubang")] == ["barubanget"]


async def test_a_username_names_every_account_that_has_it(services: Services) -> None:
    ids = await keep_the_sheet(services)
    await keep(services, Person(CreatorRecord(Platform.INSTAGRAM, "dena18")))

    assert [one.creator.record.platform for one in await services.search.chosen("@DENA18")] == [
        Platform.INSTAGRAM,
        Platform.TIKTOK,
    ]
    assert [one.creator.id for one in await services.search.chosen(f"#{ids['dena18']}")] == [ids["dena18"]]
    with pytest.raises(NotFound, match="puputholly"):
        await services.search.chosen("holly")
    with pytest.raises(NotFound, match="/kol impor"):
        await services.search.chosen("siapa_ya")


async def test_counting_any_combination_stays_inside_the_narrow_index(services: Services) -> None:
    wanted = CreatorFilter(
        text="a",
        platforms=(Platform.TIKTOK,),
        niches=(Niche.BEAUTY,),
        genders=(Gender.FEMALE,),
        regions=("Bali",),
        registered=True,
        likes=Range(low=1),
        review=Review.SOUND,
        stale=False,
    )
    parts = search_store.conditions(wanted)
    where = " AND ".join(["merged_into IS NULL", *(part.sql for part in parts)])
    values = dict(itertools.chain.from_iterable(part.values.items() for part in parts)) | {"at": 0}

    plan = await services.database.read.fetch_all(
        f"EXPLAIN QUERY PLAN SELECT count(*) FROM creator WHERE {where}", values
    )

    assert [row["detail"] for row in plan] == ["SEARCH creator USING COVERING INDEX creator_search (platform=?)"]


figures = st.one_of(st.none(), st.integers(0, 40), st.integers(0, 2_000_000))
records = st.builds(
    CreatorRecord,
    platform=st.sampled_from([Platform.TIKTOK, Platform.INSTAGRAM]),
    username=st.text("abc_.", min_size=2, max_size=5),
    niche_1=st.sampled_from([None, Niche.BEAUTY, Niche.FOOD]),
    niche_2=st.sampled_from([None, Niche.BEAUTY, Niche.TRAVEL]),
    content_type=st.sampled_from([None, *ContentType]),
    affiliate=st.sampled_from([None, True, False]),
    metrics=st.builds(Metrics, figures, figures, figures, figures, figures),
)
ranges = st.builds(Range, st.one_of(st.none(), st.integers(0, 20_000)), st.one_of(st.none(), st.integers(5, 500_000)))
filters = st.builds(
    CreatorFilter,
    text=st.sampled_from(["", "a", "_b", "c."]),
    platforms=st.sampled_from([(), (Platform.TIKTOK,), tuple(Platform)]),
    niches=st.sampled_from([(), (Niche.BEAUTY,), (Niche.FOOD, Niche.TRAVEL)]),
    tiers=st.sampled_from([(), (Tier.NANO,), (Tier.MICRO, Tier.MEGA)]),
    content_types=st.sampled_from([(), (ContentType.TOP, ContentType.GOOD)]),
    affiliate=st.sampled_from([None, True, False]),
    followers=st.one_of(st.just(Range()), ranges),
    engagement=st.one_of(st.just(Range()), ranges),
    views=st.one_of(st.just(Range()), ranges),
    review=st.sampled_from([None, *Review]),
)


def meets(wanted: CreatorFilter, creator: Creator) -> bool:
    """The filter in plain words, to hold the SQL to."""
    record = creator.record
    metrics = record.metrics
    doubts = {flag.kind for flag in anomalies(metrics)} - {FlagKind.REPORTED_DIFFERS}
    review = {
        None: True,
        Review.DOUBTFUL: bool(doubts),
        Review.SOUND: not doubts,
        **{Review(kind.value): kind in doubts for kind in FlagKind if kind is not FlagKind.REPORTED_DIFFERS},
    }[wanted.review]
    return (
        wanted.text in record.username
        and (not wanted.platforms or record.platform in wanted.platforms)
        and (not wanted.niches or bool({record.niche_1, record.niche_2} & set(wanted.niches)))
        and (not wanted.tiers or tier(metrics.followers) in wanted.tiers)
        and (not wanted.content_types or record.content_type in wanted.content_types)
        and (wanted.affiliate is None or record.affiliate is wanted.affiliate)
        and metrics.followers in wanted.followers
        and creator.engagement_ppm in wanted.engagement
        and metrics.avg_views in wanted.views
        and review
    )


@budget(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(records, min_size=1, max_size=12, unique_by=lambda one: one.key), wanted=filters)
async def test_the_sql_finds_exactly_what_the_filter_says(
    services: Services, people: list[CreatorRecord], wanted: CreatorFilter
) -> None:
    async with services.database.unit() as tx:
        await tx.execute("DELETE FROM creator")
        for record in people:
            await services.creators.save(tx, record, source="import")
    everyone = (await services.search.page(CreatorFilter(), Sort.USERNAME, 1, size=50)).found
    expected = {one.creator.id for one in everyone if meets(wanted, one.creator)}

    page = await services.search.page(wanted, Sort.FOLLOWERS, 1, size=50)
    near = await services.search.near_misses(wanted, limit=50)

    assert {one.creator.id for one in page.found} == expected
    assert page.total == len(expected)
    if wanted.parts():
        assert {creator.id for creator in near} == {one.creator.id for one in everyone} - expected


@given(wanted=filters)
def test_a_kept_filter_comes_back_as_it_was(wanted: CreatorFilter) -> None:
    assert CreatorFilter.from_query(wanted.to_query()) == wanted
    assert len(wanted.lines()) == len(wanted.parts())


async def test_the_contact_is_shown_masked_and_a_reveal_is_on_record(services: Services) -> None:
    ids = await keep_the_sheet(services)
    profile = await services.search.profile(ids["masavufirda"])

    assert services.search.masked_contact(profile.creator) == "••••.com"
    _, contact = await services.search.reveal_contact(Actor(5), ids["masavufirda"])

    assert contact.reveal() == "masavufirda@example.com"
    (entry,) = await entries(services.database.read, subject_kind="creator", subject_id=ids["masavufirda"])
    assert (entry.actor_id, entry.action, dict(entry.details)) == (5, "creator.contact_revealed", {})


async def test_a_profile_computes_what_the_sheet_reports(services: Services) -> None:
    ids = await keep_the_sheet(services)

    profile = await services.search.profile(ids["paetishak"])

    assert profile.engagement is not None and round(profile.engagement, 4) == Decimal("3.3727")
    assert profile.reported.explained and "dibulatkan" in profile.reported.message
    assert [flag.kind for flag in profile.flags] == [FlagKind.HIGH_ENGAGEMENT, FlagKind.HIGH_VIEWS]
    assert [one.metrics.followers for one in profile.growth] == [3_249]


@pytest.mark.parametrize("walk_costs", [0, 100, 10**9])
async def test_the_pages_are_the_same_however_they_are_found(
    services: Services, monkeypatch: pytest.MonkeyPatch, walk_costs: int
) -> None:
    # As over a million accounts: sorted among few, walked along the order's index, or sorted out of everybody.
    people = [
        Person(
            account(
                f"kreator{number * 7 % 60:02}",
                gender=Gender.FEMALE if number % 3 else Gender.MALE,
                metrics=Metrics(*([None] * 5 if number % 10 == 9 else [1_000 + number % 8, 900, 90, number % 5, 1])),
            )
        )
        for number in range(60)
    ]
    await keep(services, *people)
    filters = [
        CreatorFilter(),
        CreatorFilter(genders=(Gender.FEMALE,)),
        CreatorFilter(genders=(Gender.FEMALE,), followers=Range(high=1_001)),
        CreatorFilter(text="kreator1", affiliate=None),
        CreatorFilter(text="tidak ada"),
    ]
    asked = [(wanted, sort, number) for wanted in filters for sort in Sort for number in (1, 2, 5)]
    among_few = [await services.search.page(wanted, sort, number, size=4) for wanted, sort, number in asked]

    monkeypatch.setattr(search_store, "FEW", 2)
    monkeypatch.setattr(search_store, "_WALK_COSTS", walk_costs)

    assert [await services.search.page(wanted, sort, number, size=4) for wanted, sort, number in asked] == among_few
    assert [page.total for page in among_few[:: len(Sort) * 3]] == [60, 40, 9, 10, 0]
