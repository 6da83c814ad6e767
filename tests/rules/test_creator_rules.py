"""Engagement, size and what needs a person's eye."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import Metrics, Tier
from bot.creators.rules import (
    FlagKind,
    Verdict,
    anomalies,
    engagement_rate,
    engagement_rate_by_views,
    explain_reported_difference,
    tier,
)

FIGURES = st.integers(min_value=0, max_value=10_000_000)
# Followers, views, likes, comments, shares, the ER the real sheet shows and what its shown figures give.
REAL_SHEET = [
    (Metrics(3_249, 142_600, 10_900, 58, 83), "3.3609", "3.3727"),
    (Metrics(10_500, 2_300, 362, 33, 27), "0.0376", "0.0376"),
    (Metrics(11_500, 5_900, 179, 4, 3), "0.0158", "0.0159"),
    (Metrics(11_600, 2_900, 63, 10, 77), "0.0063", "0.0063"),
    (Metrics(12_200, 2_000, 245, 4, 1), "0.0204", "0.0204"),
    (Metrics(20_700, 154_000, 7_500, 53, 188), "0.3629", "0.3649"),
]


def kinds(metrics: Metrics, reported: str | None = None) -> set[FlagKind]:
    return {flag.kind for flag in anomalies(metrics, Decimal(reported) if reported else None)}


@pytest.mark.parametrize(("metrics", "reported", "computed"), REAL_SHEET)
def test_the_formula_gives_every_row_of_the_real_sheet_within_its_rounding(
    metrics: Metrics, reported: str, computed: str
) -> None:
    rate = engagement_rate(metrics)
    assert rate is not None
    assert round(rate, 4) == Decimal(computed)
    assert explain_reported_difference(Decimal(reported), metrics).explained
    assert FlagKind.REPORTED_DIFFERS not in kinds(metrics, reported)


def test_a_difference_says_whether_rounding_explains_it() -> None:
    rounded = explain_reported_difference(Decimal("3.3609"), REAL_SHEET[0][0])
    assert rounded.verdict is Verdict.ROUNDING
    assert rounded.message == (
        "ER di lembar 336,09%, hitungan bot 337,27%: selisihnya karena angka di lembar dibulatkan."
    )
    assert explain_reported_difference(Decimal("0.0376"), REAL_SHEET[1][0]).verdict is Verdict.SAME


def test_fractional_averages_give_the_exact_rate_and_do_not_put_the_sheet_in_the_wrong() -> None:
    small = Metrics(1_000, 40, Decimal("2.5"), Decimal("0.5"), 0)
    assert engagement_rate(small) == Decimal("0.003")
    assert explain_reported_difference(Decimal("0.003"), small).verdict is Verdict.SAME
    assert explain_reported_difference(Decimal("0.004"), small).verdict is Verdict.DIFFERENT
    mixed = engagement_rate(Metrics(10_000, 900, Decimal("300.6"), Decimal("20.5"), 0))
    assert mixed is not None and round(mixed, 4) == Decimal("0.0321")


def test_a_reported_rate_that_rounding_cannot_explain_is_flagged() -> None:
    metrics = Metrics(10_000, 5_000, 390, 10, 1)
    assert explain_reported_difference(Decimal("0.04"), metrics).explained
    assert explain_reported_difference(Decimal("0.0399"), metrics).explained
    assert not explain_reported_difference(Decimal("0.09"), metrics).explained
    assert kinds(metrics, "0.09") == {FlagKind.REPORTED_DIFFERS}


def test_figures_that_show_all_their_digits_leave_little_room() -> None:
    exact = Metrics(10_007, 5_001, 391, 11, 1)
    assert explain_reported_difference(Decimal("0.0402"), exact).explained
    assert not explain_reported_difference(Decimal("0.0405"), exact).explained


@given(
    followers=st.integers(min_value=1_000, max_value=100_000_000),
    likes=st.integers(min_value=0, max_value=10_000_000),
    comments=st.integers(min_value=0, max_value=100_000),
)
def test_a_sheet_that_abbreviates_honest_figures_is_never_flagged(followers: int, likes: int, comments: int) -> None:
    def as_apps_show(figure: int) -> int:
        """One decimal of K or M, as 10.9K; digits in full below a thousand."""
        unit = 100_000 if figure >= 1_000_000 else 100 if figure >= 1_000 else 1
        return (figure + unit // 2) // unit * unit

    reported = round(Decimal(likes + comments) / followers, 4)
    shown = Metrics(as_apps_show(followers), 1, as_apps_show(likes), as_apps_show(comments), 1)
    assert explain_reported_difference(reported, shown).explained


@given(st.builds(Metrics, *[st.one_of(st.none(), FIGURES)] * 5))
def test_a_rate_is_unknown_rather_than_zero_or_infinite(metrics: Metrics) -> None:
    rate, by_views = engagement_rate(metrics), engagement_rate_by_views(metrics)
    known = metrics.avg_likes is not None and metrics.avg_comments is not None
    assert (rate is not None) == bool(known and metrics.followers)
    assert (by_views is not None) == bool(known and metrics.avg_views)
    if rate is not None:
        assert rate.is_finite()
        assert (rate == 0) == (metrics.avg_likes == 0 and metrics.avg_comments == 0)


@given(st.builds(Metrics, *[st.one_of(st.none(), FIGURES)] * 5), st.one_of(st.none(), st.decimals(0, 1_000, places=6)))
def test_every_flag_is_a_sentence_of_its_own_kind(metrics: Metrics, reported: Decimal | None) -> None:
    flags = anomalies(metrics, reported)
    assert len({flag.kind for flag in flags}) == len(flags)
    assert all(flag.message.endswith(".") for flag in flags)


def test_unusual_figures_are_flagged_for_a_person() -> None:
    assert kinds(Metrics(10_000, 5_000, 400, 20, 5)) == set()
    assert kinds(Metrics(10_000, 5_000, 3_000, 20, 5)) == {FlagKind.HIGH_ENGAGEMENT}
    assert kinds(Metrics(10_000, 200_000, 400, 20, 5)) == set()
    assert kinds(Metrics(10_000, 200_001, 400, 20, 5)) == {FlagKind.HIGH_VIEWS}
    assert kinds(Metrics(100_000, 50_000, 9_000, 3, 5)) == {FlagKind.FEW_COMMENTS}
    assert kinds(Metrics(100_000, 50_000, 90, 0, 5)) == set()
    assert kinds(Metrics(0, 5_000, 400, 20, 5)) == {FlagKind.MISSING_METRICS}


def test_missing_metrics_are_named() -> None:
    (flag,) = anomalies(Metrics(10_000, None, 400, 20, None))
    assert flag.message == "Belum ada rata-rata views, rata-rata share."


def test_metrics_are_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        Metrics(followers=-200)


@pytest.mark.parametrize(
    ("followers", "expected"),
    [
        (None, None),
        (0, Tier.NANO),
        (9_999, Tier.NANO),
        (10_000, Tier.MICRO),
        (99_999, Tier.MICRO),
        (100_000, Tier.MID),
        (499_999, Tier.MID),
        (500_000, Tier.MACRO),
        (1_000_000, Tier.MEGA),
    ],
)
def test_the_size_class_follows_the_followers(followers: int | None, expected: Tier | None) -> None:
    assert tier(followers) is expected
