"""The criteria that look beyond an account's figures: region, age, past campaigns, price, blacklist."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.campaigns.track_record import UNKNOWN, TrackRecord
from bot.creators.models import AgeBand, CreatorRecord, Metrics
from bot.shortlists.models import Candidate, Criteria, CriterionKey, Points
from bot.shortlists.rules import judge
from bot.shortlists.scoring import DEFAULT
from bot.shortlists.weighing import weights_for
from tests.support.shortlists import account, candidate

NEED = Criteria(preferred_regions=("Jawa Barat",), age_bands=(AgeBand.FROM_18,))


def points(key: CriterionKey, one: Candidate, criteria: Criteria = NEED) -> Points:
    judged = judge(one, criteria, weights_for(criteria))
    return next(found for found in judged.points if found.key is key)


def test_a_preferred_region_brings_points_and_keeps_nobody_out() -> None:
    places = ("Jawa Barat", "Banten", None, "Papua")

    gained = [points(CriterionKey.REGION, candidate(account(), region=place)) for place in places]

    assert [one.gained for one in gained] == sorted((one.gained for one in gained), reverse=True)
    assert gained[0].gained == gained[0].weight and gained[-1].gained == 0
    assert gained[1].reason == "Wilayah Banten, satu kepulauan dengan Jawa Barat."
    assert not judge(candidate(account(), region="Papua"), NEED, weights_for(NEED)).excluded


def test_a_preferred_age_brings_points_and_its_neighbour_some() -> None:
    bands = (AgeBand.FROM_18, AgeBand.FROM_25, None, AgeBand.FROM_35)

    gained = [points(CriterionKey.AGE, candidate(account(age_band=band))) for band in bands]

    assert gained[0].gained == gained[0].weight and gained[-1].gained == 0
    assert gained[0].gained > gained[1].gained >= gained[2].gained > 0
    assert gained[2].reason == "Perkiraan usia belum tercatat, yang diutamakan 18-24."


def test_no_record_with_us_is_neutral_and_said_so() -> None:
    one = points(CriterionKey.PAST, candidate(account()))

    assert one.gained == (one.weight + 1) // 2
    assert one.reason == "Belum ada data kampanye bersama kami, jadi diberi poin tengah."


def test_stepping_back_and_being_late_cost_and_results_count() -> None:
    good = TrackRecord(taken=4, delivered=4, late=0, result=Decimal("1.2"))
    late = TrackRecord(taken=4, delivered=4, late=3, result=Decimal("1.2"))
    weak = TrackRecord(taken=4, delivered=4, late=0, result=Decimal("0.2"))
    left = TrackRecord(taken=1, stepped_back=3)

    gained = {
        name: points(CriterionKey.PAST, candidate(account(), track=track))
        for name, track in {"good": good, "late": late, "weak": weak, "left": left, "none": UNKNOWN}.items()
    }

    assert gained["good"].gained > gained["late"].gained > gained["left"].gained
    assert gained["good"].gained > gained["weak"].gained
    assert gained["left"].gained < gained["none"].gained < gained["good"].gained
    assert gained["left"].reason == (
        "Ikut 4 kampanye bersama kami, mundur dari 3. Ketepatan waktu belum ada data. Hasil belum ada data."
    )
    assert gained["late"].reason == (
        "Ikut 4 kampanye bersama kami, mundur dari 0. Terlambat tayang 3 kali. Hasil 120% dari target."
    )


def test_the_price_of_an_expected_view_counts_when_a_rate_is_known() -> None:
    cheap, dear = (points(CriterionKey.PRICE, candidate(account(), rate=rate)) for rate in (300_000, 3_000_000))
    unknown = points(CriterionKey.PRICE, candidate(account()))

    assert cheap.gained == cheap.weight
    assert cheap.reason == "Rp 300.000 untuk sekitar 6.000 views: Rp 50 per view; penuh sampai Rp 50 (patokan tim TSC)."
    assert dear.gained < unknown.gained < cheap.gained
    assert unknown.reason == "Tarif belum diketahui, jadi diberi poin tengah."


def test_views_that_cannot_be_true_make_no_bargain() -> None:
    doubtful = account(metrics=Metrics(3_000, 90_000, 100, 10, 1))

    one = points(CriterionKey.PRICE, candidate(doubtful, rate=300_000))

    assert one.gained == 0 and "tidak wajar" in one.reason


def test_a_rate_that_staff_wrote_counts_before_the_one_that_was_asked() -> None:
    asked = candidate(account(), rate=3_000_000)
    agreed = Candidate(asked.creator, rate=3_000_000, staff_rate=300_000)

    assert points(CriterionKey.PRICE, agreed).gained > points(CriterionKey.PRICE, asked).gained
    assert judge(asked, Criteria(max_rate=500_000), weights_for(NEED)).excluded
    assert not judge(agreed, Criteria(max_rate=500_000), weights_for(NEED)).excluded


def test_the_blacklist_excludes_with_its_reason() -> None:
    judged = judge(candidate(account(), barred="Membatalkan sepihak."), Criteria(), weights_for(Criteria()))

    assert judged.excluded == ("Ada di blacklist: Membatalkan sepihak.",)
    assert judged.score > 0


@pytest.mark.parametrize("key", CriterionKey)
def test_every_criterion_has_a_weight_and_a_name(key: CriterionKey) -> None:
    assert DEFAULT.weights[key] > 0 and key.label


tracks = st.builds(
    TrackRecord,
    taken=st.integers(0, 6),
    stepped_back=st.integers(0, 6),
    delivered=st.one_of(st.none(), st.integers(0, 6)),
    late=st.integers(0, 6),
    result=st.one_of(st.none(), st.decimals(0, 3, places=2)),
)


@given(track=tracks, more=st.integers(1, 5))
def test_a_better_past_never_ranks_lower(track: TrackRecord, more: int) -> None:
    def gained(changed: TrackRecord) -> int:
        return points(CriterionKey.PAST, candidate(account(), track=changed)).gained

    finished = TrackRecord(track.taken, track.stepped_back, track.delivered, track.late, track.result)
    begun_more = (
        TrackRecord(track.taken + more, track.stepped_back, track.delivered, track.late, track.result)
        if track.delivered is None
        else TrackRecord(track.taken, track.stepped_back, track.delivered + more, track.late, track.result)
    )
    left_more = TrackRecord(track.taken, track.stepped_back + more, track.delivered, track.late, track.result)
    later = TrackRecord(track.taken, track.stepped_back, track.delivered, track.late + more, track.result)
    if track.known:
        # Of the posts that are added at most as many are late as before.
        assert (track.delivered is not None and track.late > track.delivered) or gained(begun_more) >= gained(finished)
        assert gained(left_more) <= gained(finished)
    assert gained(later) <= gained(finished)
    if track.result is not None:
        better = TrackRecord(track.taken, track.stepped_back, track.delivered, track.late, track.result + more)
        assert gained(better) >= gained(finished)


@given(rate=st.integers(0, 10_000_000), more=st.integers(0, 10_000_000), views=st.integers(1, 200_000))
def test_a_cheaper_rate_never_ranks_lower(rate: int, more: int, views: int) -> None:
    record: CreatorRecord = account(metrics=Metrics(12_000, views, 300, 30, 10))

    cheap, dear = (candidate(record, rate=one) for one in (rate, rate + more))

    assert points(CriterionKey.PRICE, cheap).gained >= points(CriterionKey.PRICE, dear).gained
