"""The weights that staff write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import AgeBand, Niche
from bot.creators.search import Range
from bot.platform.errors import FormRefused
from bot.shortlists.models import Criteria, CriterionKey, Weight
from bot.shortlists.weighing import askable, read_weights, weights_for, write_weights

PLAIN = Criteria(niches=(Niche.BEAUTY,), followers=Range(10_000, 15_000))
FULL = Criteria(
    niches=(Niche.BEAUTY,), followers=Range(low=1), preferred_regions=("Bali",), age_bands=(AgeBand.FROM_18,)
)


def refusal(text: str, criteria: Criteria = PLAIN) -> list[str]:
    with pytest.raises(FormRefused) as refused:
        read_weights(text, criteria)
    return refused.value.problems


def test_what_staff_write_is_read_whatever_the_punctuation() -> None:
    weights = read_weights("Niche: 40\nER 35%\n\nrekam jejak = 25\nAffiliate: 0", PLAIN)

    assert weights == (
        Weight(CriterionKey.NICHE, 40),
        Weight(CriterionKey.ENGAGEMENT, 35),
        Weight(CriterionKey.PAST, 25),
    )


def test_a_sum_that_is_not_100_says_what_is_missing() -> None:
    assert refusal("Niche: 40\nER: 35") == ["Jumlah semua bobot 75, harusnya 100: tambah 25 lagi."]
    assert refusal("Niche: 80\nER: 35") == ["Jumlah semua bobot 115, harusnya 100: kurangi 15."]
    assert refusal("") == ["Jumlah semua bobot 0, harusnya 100: tambah 100 lagi."]


def test_everything_else_that_is_wrong_is_told_at_once() -> None:
    told = refusal("Nice: 40\nharga\nER: -5\nER: 3,5\nWilayah: 10\nNiche: 30\nniche: 20\nZodiak: 1\nAffiliate: 101")

    assert told == [
        "Kriteria “Nice” tidak dikenal. Maksudmu Niche?",
        "Baris “harga” belum bisa dibaca. Tulis misalnya “ER: 30”.",
        "Bobot ER harus bilangan bulat dari 0 sampai 100, bukan “-5”.",
        "Bobot ER harus bilangan bulat dari 0 sampai 100, bukan “3,5”.",
        "Wilayah tidak bisa diberi bobot, karena shortlist ini tidak memintanya.",
        "Niche tertulis dua kali. Sisakan satu.",
        "Kriteria “Zodiak” tidak dikenal. Yang bisa: Niche, Followers, ER, Jangkauan views, Tipe konten, Affiliate, "
        "Rekam jejak, Harga per view, Angka wajar.",
        "Bobot Affiliate harus bilangan bulat dari 0 sampai 100, bukan “101”.",
    ]


def test_own_weights_follow_when_something_is_no_longer_asked_for() -> None:
    own = read_weights("Niche: 50\nER: 30\nAffiliate: 20", PLAIN)

    assert weights_for(PLAIN, own) == own
    assert weights_for(Criteria(), own) == (Weight(CriterionKey.ENGAGEMENT, 60), Weight(CriterionKey.AFFILIATE, 40))


def test_own_weights_for_nothing_that_is_asked_for_give_way_to_the_defaults() -> None:
    assert weights_for(Criteria(), [Weight(CriterionKey.NICHE, 100)]) == weights_for(Criteria())


@given(data=st.data(), criteria=st.sampled_from([PLAIN, FULL, Criteria()]))
def test_what_the_form_shows_reads_back_as_it_was(data: st.DataObject, criteria: Criteria) -> None:
    keys = askable(criteria)
    cuts = sorted(data.draw(st.lists(st.integers(0, 100), min_size=len(keys) - 1, max_size=len(keys) - 1)))
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    weights = tuple(Weight(key, share) for key, share in zip(keys, shares, strict=True) if share)

    assert read_weights(write_weights(criteria, weights), criteria) == weights
    assert weights_for(criteria, weights) == weights


@given(text=st.text())
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        weights = read_weights(text, PLAIN)
    except FormRefused:
        return
    assert sum(weight.points for weight in weights) == 100
