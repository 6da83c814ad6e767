"""Reading tags and expiries, and putting the signs of duplicates together."""

from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.creator_care.duplicate_rules import Sign, together
from bot.creator_care.reading import read_expiry
from bot.creators.tags import MOST_TAGS, TAG_LENGTH, read_tags
from bot.platform.errors import DomainError, FormRefused

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


def test_tags_meet_whatever_their_spelling() -> None:
    assert read_tags("#Hijab, hijab ;  CEPAT   balas\n,") == ("cepat balas", "hijab")


def test_too_many_tags_and_every_bad_one_are_told() -> None:
    with pytest.raises(FormRefused) as refused:
        read_tags(", ".join([f"t{index}" for index in range(MOST_TAGS + 1)] + ["!!", "x" * (TAG_LENGTH + 1)]))

    assert len(refused.value.problems) == 3


@given(st.text(max_size=200))
def test_tags_read_once_are_read_the_same_again(typed: str) -> None:
    try:
        tags = read_tags(typed)
    except FormRefused:
        return
    assert read_tags(", ".join(tags)) == tags


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31 Desember 2026", "2027-01-01"),
        ("31/12", "2027-01-01"),
        ("25/11/2026", "2026-11-26"),
        ("1 hari", "2026-11-27"),
        ("2 minggu", "2026-12-10"),
        ("3 bulan", "2027-02-24"),
    ],
)
def test_a_blacklisting_ends_at_midnight_after_the_day_named(typed: str, day: str) -> None:
    assert read_expiry(typed, NOW) == int(datetime.fromisoformat(f"{day}T00:00:00+07:00").timestamp())


def test_without_an_end_it_lasts_until_lifted() -> None:
    assert read_expiry("  ", NOW) is None


@pytest.mark.parametrize("typed", ["24/11/2026", "0 hari", "20 tahun", "entah", "31/2/2027"])
def test_an_end_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(DomainError):
        read_expiry(typed, NOW)


found = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.sampled_from(list(Sign))), max_size=20)


@given(found, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order_they_were_found_in(
    signs: list[tuple[int, int, Sign]], random: Random
) -> None:
    shuffled = [(other, one, sign) if random.random() < 0.5 else (one, other, sign) for one, other, sign in signs]
    random.shuffle(shuffled)

    assert together(shuffled * 2) == together(signs)


@given(found)
def test_a_pair_with_more_signs_never_comes_later(signs: list[tuple[int, int, Sign]]) -> None:
    pairs = together(signs)

    assert [pair.strength for pair in pairs] == sorted((pair.strength for pair in pairs), reverse=True)
    assert all(pair.low_id < pair.high_id for pair in pairs)
    for one in pairs:
        for other in pairs:
            if one.signs > other.signs:
                assert pairs.index(one) < pairs.index(other)
