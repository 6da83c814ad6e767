"""A search put together in forms: what a form shows is read back as what it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform, Tier
from bot.creators.search import ANY, CreatorFilter, Range, Review
from bot.creators.search_reading import read_counts, read_engagement
from bot.creators.search_steps import Step, changed, read_range, shown
from bot.platform.errors import FormRefused


def counts(typed: str) -> Range:
    return read_range(typed, lambda low, high: read_counts("Followers", low, high))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ANY),
        ("10rb - 50rb", Range(10_000, 50_000)),
        ("10rb-50rb", Range(10_000, 50_000)),
        ("10.000 sampai 1,2jt", Range(10_000, 1_200_000)),
        ("10rb s/d 50rb", Range(10_000, 50_000)),
        ("10rb – 50rb", Range(10_000, 50_000)),
        ("min 10rb", Range(10_000, None)),
        ("minimal 10rb", Range(10_000, None)),
        (">= 10rb", Range(10_000, None)),
        ("10rb", Range(10_000, None)),
        ("maks 50rb", Range(None, 50_000)),
        ("<=50rb", Range(None, 50_000)),
    ],
)
def test_a_range_is_read_as_people_type_it(typed: str, expected: Range) -> None:
    assert counts(typed) == expected


def test_an_engagement_range_is_in_percent() -> None:
    assert read_range("1% - 3,5", read_engagement) == Range(10_000, 35_000)


def test_everything_wrong_in_a_form_is_told_at_once() -> None:
    with pytest.raises(FormRefused) as refused:
        changed(Step.FIGURES, CreatorFilter(), {"followers": ["50rb - 10rb"], "views": ["banyak"], "likes": ["-5"]})

    assert len(refused.value.problems) == 3


def test_opposites_are_refused() -> None:
    with pytest.raises(FormRefused, match="kebalikannya"):
        changed(Step.STANDING, CreatorFilter(), {"standing": ["affiliate:1", "affiliate:0"]})


figures = st.one_of(st.none(), st.integers(0, 10**9))
ranges = st.builds(
    lambda low, high: Range(*sorted((low, high))) if low is not None and high is not None else Range(low, high),
    figures,
    figures,
)
rates = ranges.map(lambda one: Range(*(None if end is None else end // 10**4 * 10**4 for end in (one.low, one.high))))
ternary = st.sampled_from([None, True, False])


def some(kind: type) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(list(kind)), unique=True).map(tuple)


filters = st.builds(
    CreatorFilter,
    text=st.sampled_from(["", "rara", "_b"]),
    platforms=some(Platform),
    niches=some(Niche),
    tiers=some(Tier),
    content_types=some(ContentType),
    genders=some(Gender),
    age_bands=some(AgeBand),
    affiliate=ternary,
    followers=ranges,
    engagement=rates,
    views=ranges,
    likes=ranges,
    comments=ranges,
    shares=ranges,
    regions=st.sampled_from([(), ("Bali",), ("Jawa Barat", "DI Yogyakarta")]),
    city=st.sampled_from(["", "Bandung"]),
    registered=ternary,
    reachable=ternary,
    review=st.sampled_from([None, *Review]),
    tags=st.sampled_from([(), ("cepat balas", "hijab")]),
    blacklisted=ternary,
    stale=ternary,
)


@given(filters, st.sampled_from(list(Step)))
def test_a_form_sent_as_it_was_shown_changes_nothing(wanted: CreatorFilter, step: Step) -> None:
    assert changed(step, wanted, shown(step, wanted)) == wanted


@given(filters)
def test_the_four_forms_together_ask_for_everything(wanted: CreatorFilter) -> None:
    built = CreatorFilter()
    for step in Step:
        built = changed(step, built, shown(step, wanted))

    assert built == wanted


@given(filters)
def test_a_filter_comes_back_from_where_it_is_kept(wanted: CreatorFilter) -> None:
    assert CreatorFilter.from_query(wanted.to_query()) == wanted
