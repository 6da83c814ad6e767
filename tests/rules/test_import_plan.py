"""What an import would do, before it does it."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.creators.columns import Column
from bot.creators.import_plan import merge, own_word, plan_import
from bot.creators.models import AgeBand, CreatorKey, CreatorRecord, Gender, Metrics, Niche, Platform
from bot.creators.sheet import AcceptedRow, RejectedRow, SheetReading

RARA = CreatorRecord(
    platform=Platform.TIKTOK,
    username="rara",
    gender=Gender.FEMALE,
    niche_1=Niche.FOOD,
    metrics=Metrics(12_200, 2_000, 245, 4, 1),
    contact="+6281234567890",
)


def reading(*records: CreatorRecord, rejected: tuple[RejectedRow, ...] = ()) -> SheetReading:
    rows = tuple(AcceptedRow("", number, record) for number, record in enumerate(records, start=4))
    return SheetReading("kol.csv", (), rows, rejected)


def known(*records: CreatorRecord) -> dict[CreatorKey, CreatorRecord]:
    return {record.key: record for record in records}


def test_an_unknown_account_is_new_and_a_known_one_unchanged() -> None:
    rere = replace(RARA, username="rere")
    refused = RejectedRow("", 9, ("USERNAME: kosong.",), (None,))
    plan = plan_import(known(RARA), reading(RARA, rere, rejected=(refused,)))
    assert [row.record for row in plan.new] == [rere]
    assert [row.record for row in plan.unchanged] == [RARA]
    assert plan.rejected == (refused,)
    assert plan.records_to_save == [rere]


def test_the_same_name_on_another_platform_is_another_account() -> None:
    plan = plan_import(known(RARA), reading(replace(RARA, platform=Platform.INSTAGRAM)))
    assert len(plan.new) == 1


def test_a_change_is_told_field_by_field() -> None:
    told = replace(RARA, niche_1=Niche.TRAVEL, affiliate=True, metrics=replace(RARA.metrics, followers=12_900))
    (row,) = plan_import(known(RARA), reading(told)).changed
    assert [change.message for change in row.changes] == [
        "NICHE 1 Food → Travel",
        "AFFILIATE kosong → Ya",
        "FOLLOWERS 12.200 → 12.900",
    ]
    assert (row.before, row.after) == (RARA, told)


def test_a_blank_never_erases_what_is_known() -> None:
    bare = CreatorRecord(Platform.TIKTOK, "rara", metrics=Metrics(followers=12_900))
    (row,) = plan_import(known(RARA), reading(bare)).changed
    assert row.after == replace(RARA, metrics=replace(RARA.metrics, followers=12_900))
    assert plan_import(known(RARA), reading(CreatorRecord(Platform.TIKTOK, "rara"))).changes_nothing


def test_a_known_zero_is_no_blank() -> None:
    told = replace(RARA, affiliate=False, metrics=replace(RARA.metrics, avg_shares=0))
    (row,) = plan_import(known(replace(RARA, affiliate=True)), reading(told)).changed
    assert (row.after.affiliate, row.after.metrics.avg_shares) == (False, 0)


def test_a_changed_contact_is_told_without_the_contact() -> None:
    (row,) = plan_import(known(RARA), reading(replace(RARA, contact="+6281299999999"))).changed
    assert [change.message for change in row.changes] == ["CONTACT diganti"]
    assert "62812" not in repr(row)


def test_a_reported_rate_that_only_repeats_ours_is_no_news() -> None:
    assert plan_import(known(RARA), reading(replace(RARA, reported_er=Decimal("0.0204")))).changes_nothing
    (row,) = plan_import(known(RARA), reading(replace(RARA, reported_er=Decimal("0.09")))).changed
    assert row.after.reported_er == Decimal("0.09")


def test_a_repeated_rate_leaves_the_known_one_where_only_rounding_parts_them() -> None:
    rounded = replace(RARA, metrics=Metrics(20_700, 1, 7_500, 53, 1), reported_er=Decimal("0.3629"))
    assert plan_import(known(rounded), reading(replace(rounded, reported_er=Decimal("0.3649")))).changes_nothing
    wrong = replace(RARA, reported_er=Decimal("0.09"))
    (row,) = plan_import(known(wrong), reading(replace(wrong, reported_er=Decimal("0.0204")))).changed
    assert [change.message for change in row.changes] == ["ER lembar 9,00% → 2,04%"]


def test_a_registered_creator_keeps_their_own_word() -> None:
    told = replace(
        RARA,
        age_band=AgeBand.FROM_35,
        gender=Gender.MALE,
        contact="+6281299999999",
        metrics=replace(RARA.metrics, followers=9_000),
    )
    mine = replace(RARA, age_band=AgeBand.FROM_18)

    plan = plan_import(known(mine), reading(told), {RARA.key})

    (row,) = plan.registered
    assert row.after == replace(mine, metrics=told.metrics)
    assert [change.message for change in row.changes] == ["FOLLOWERS 12.200 → 9.000"]
    assert own_word(row.own) == "EST USIA, GENDER, CONTACT tidak diubah: diisi sendiri oleh kreator"
    assert "62812" not in repr(row)
    left = plan.without_registered()
    assert (left.changes_nothing, left.skipped, left.records_to_save) == (True, (row,), [])


def test_what_a_registered_creator_said_the_same_way_is_not_mentioned() -> None:
    (row,) = plan_import(known(RARA), reading(RARA), {RARA.key}).unchanged
    assert (row.record, row.own) == (RARA, ())
    (row,) = plan_import(known(RARA), reading(replace(RARA, gender=Gender.MALE)), {RARA.key}).unchanged
    assert (row.record, row.own) == (RARA, (Column.GENDER,))


def test_a_niche_that_moves_to_the_front_is_not_kept_twice() -> None:
    both = replace(RARA, niche_1=Niche.FOOD, niche_2=Niche.TRAVEL)
    (row,) = plan_import(known(both), reading(replace(RARA, niche_1=Niche.TRAVEL))).changed
    assert (row.after.niche_1, row.after.niche_2) == (Niche.TRAVEL, None)


FIGURE = st.one_of(st.none(), st.integers(0, 5))
RECORD = st.builds(
    CreatorRecord,
    platform=st.just(Platform.TIKTOK),
    username=st.sampled_from(["aa", "bb", "cc"]),
    gender=st.one_of(st.none(), st.sampled_from(Gender)),
    niche_1=st.one_of(st.none(), st.sampled_from([Niche.ART, Niche.FOOD])),
    niche_2=st.one_of(st.none(), st.sampled_from([Niche.ART, Niche.FOOD])),
    affiliate=st.one_of(st.none(), st.booleans()),
    metrics=st.builds(Metrics, FIGURE, FIGURE, FIGURE, FIGURE, FIGURE),
    reported_er=st.one_of(st.none(), st.sampled_from([Decimal("0.5"), Decimal("0.6667"), Decimal(1)])),
    contact=st.one_of(st.none(), st.sampled_from(["x", "y"])),
)
RECORD_LISTS = st.lists(RECORD, max_size=3, unique_by=lambda record: record.key)


@given(RECORD_LISTS, RECORD_LISTS)
def test_importing_the_same_sheet_again_changes_nothing(
    stored: list[CreatorRecord], sheet: list[CreatorRecord]
) -> None:
    first = plan_import(known(*stored), reading(*sheet))
    assert first == plan_import(known(*stored), reading(*sheet))
    assert len(first.new) + len(first.changed) + len(first.unchanged) == len(sheet)
    saved = known(*stored) | known(*first.records_to_save)
    assert plan_import(saved, reading(*sheet)).changes_nothing


@given(RECORD_LISTS, RECORD_LISTS)
def test_no_import_ever_loses_a_figure_or_contact(stored: list[CreatorRecord], sheet: list[CreatorRecord]) -> None:
    for row in plan_import(known(*stored), reading(*sheet)).changed:
        for name in ("gender", "affiliate", "contact", "niche_1"):
            assert getattr(row.before, name) is None or getattr(row.after, name) is not None
        for name in Metrics.__slots__:
            assert getattr(row.before.metrics, name) is None or getattr(row.after.metrics, name) is not None
        assert row.changes


def test_a_reported_er_goes_with_the_figures_it_was_reported_for() -> None:
    known = CreatorRecord(
        Platform.TIKTOK, "ayu", metrics=Metrics(10_500, 2_300, 362, 33, 27), reported_er=Decimal("0.0376")
    )
    fresh = CreatorRecord(Platform.TIKTOK, "ayu", metrics=Metrics(10_600, 2_400, 371, 34, 27))

    assert merge(known, fresh).reported_er is None
    assert merge(known, replace(fresh, metrics=Metrics(avg_views=2_500))).reported_er == Decimal("0.0376")
