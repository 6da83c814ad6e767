"""Who wins, what it is worth, and where one stands in the season."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.giveaways.models import Legal, LegalKind
from bot.platform import durations
from bot.platform.clock import JAKARTA
from bot.platform.errors import DomainError, FormRefused
from bot.quizzes import reading, rules, season_rules, times
from bot.quizzes.models import (
    Answer,
    Conditions,
    Entry,
    Given,
    Hint,
    HintSpec,
    Pacing,
    PointsKind,
    Question,
    QuestionKind,
    Quiz,
    QuizPrize,
    QuizState,
    Score,
    Season,
    Terms,
    Way,
)
from bot.quizzes.reading import ChoiceForm, ConditionsForm, OpenForm, TermsForm
from bot.quizzes.times import SessionForm

COLOURS = Question(QuestionKind.CHOICE, "Warna?", options=("Merah", "Biru"), right_option=1, id=1, position=1)


NOW = datetime(2026, 3, 9, 10, 0, tzinfo=JAKARTA)


def quiz(**changes: Any) -> Quiz:
    plain: dict[str, Any] = dict.fromkeys(
        (
            "channel_id",
            "announcement_id",
            "extra",
            "created_by",
            "opened_at",
            "closes_at",
            "closed_at",
            "closed_by",
            "seed",
        )
    )
    known = {"id": 1, "terms": Terms("Kuis"), "conditions": Conditions(), "state": QuizState.DRAFT, "revision": 1}
    return Quiz(**(plain | known | {"created_at": 0} | changes))


def answered(number: int, member: int, right: bool, question: int = 1) -> Answer:
    return Answer(number, 1, question, member, "", "", None, right, 0)


def test_the_right_option_is_right_and_no_other() -> None:
    assert rules.is_right(COLOURS, Given(1, option=1))
    assert not rules.is_right(COLOURS, Given(1, option=0))
    assert not rules.is_right(COLOURS, Given(1, text="Biru"))


@pytest.mark.parametrize("option", [-1, 2, 99, None])
def test_an_option_that_is_not_there_is_refused(option: int | None) -> None:
    with pytest.raises(DomainError):
        rules.check_given(COLOURS, Given(1, option=option))


def test_a_question_without_a_key_is_never_right_by_itself() -> None:
    question = Question(QuestionKind.OPEN, "Ceritakan")
    assert not question.has_key and not rules.is_right(question, Given(0, "apa saja"))


def test_of_several_questions_the_last_right_answer_is_the_moment() -> None:
    answers = [answered(1, 7, True), answered(2, 8, True), answered(3, 7, True, 2), answered(4, 8, False, 2)]
    assert rules.entries(answers) == [Entry(7, 2, 3), Entry(8, 1, 2)]


def test_the_fastest_are_those_whose_answers_were_committed_first() -> None:
    found = [Entry(1, 1, 30), Entry(2, 1, 10), Entry(3, 0, 0), Entry(4, 1, 20)]
    ranked = rules.ranking(found, Way.FASTEST, "")
    assert [one.member_id for one in rules.winners(ranked, 2)] == [2, 4]
    assert [one.member_id for one in rules.winners(ranked, 9)] == [2, 4, 1]


def test_more_right_answers_go_before_speed_and_before_luck() -> None:
    found = [Entry(1, 1, 1), Entry(2, 3, 90), Entry(3, 3, 80)]
    assert [one.member_id for one in rules.ranking(found, Way.FASTEST, "")] == [3, 2, 1]
    assert rules.ranking(found, Way.DRAWN, "seed")[-1].member_id == 1


def test_a_draw_is_repeated_by_its_seed_and_favours_nobody() -> None:
    found = [Entry(member, 1, member) for member in range(1, 11)]
    drawn = [rules.winners(rules.ranking(found, Way.DRAWN, f"{seed}"), 1)[0].member_id for seed in range(5_000)]
    assert drawn[:20] == [
        rules.winners(rules.ranking(found[::-1], Way.DRAWN, f"{seed}"), 1)[0].member_id for seed in range(20)
    ]
    # Chi-square with 9 degrees of freedom: 27.9 is passed by chance once in a thousand; the seeds here are fixed.
    assert sum((count - 500) ** 2 / 500 for count in Counter(drawn).values()) < 27.9


entries = st.lists(
    st.builds(Entry, st.integers(1, 60), st.integers(0, 3), st.integers(1, 1_000)),
    max_size=40,
    unique_by=(lambda one: one.member_id, lambda one: one.moment),
)


@given(entries, st.sampled_from(Way), st.integers(1, 10), st.text(max_size=8))
def test_a_ranking_holds_everybody_once_and_wrong_answers_never_win(
    found: list[Entry], way: Way, number: int, seed: str
) -> None:
    ranked = rules.ranking(found, way, seed)
    won = rules.winners(ranked, number)
    assert sorted(one.member_id for one in ranked) == sorted(one.member_id for one in found)
    assert [one.right for one in ranked] == sorted((one.right for one in ranked), reverse=True)
    assert len(won) == min(number, sum(one.right > 0 for one in found))
    assert all(one.right > 0 for one in won)


@given(entries, st.sampled_from(Way), st.text(max_size=8), st.integers(1, 3))
def test_somebody_accepted_later_does_not_shuffle_the_others(
    found: list[Entry], way: Way, seed: str, right: int
) -> None:
    before = [one.member_id for one in rules.ranking(found, way, seed)]
    after = [one.member_id for one in rules.ranking([*found, Entry(99, right, 5_000)], way, seed)]
    assert [member for member in after if member != 99] == before


def test_points_by_hand() -> None:
    assert rules.points(1, won=True, streak=1) == {PointsKind.RIGHT: 10, PointsKind.WINNER: 5}
    assert rules.points(2, won=False, streak=3) == {PointsKind.RIGHT: 20, PointsKind.STREAK: 4}
    assert rules.points(1, won=False, streak=40) == {PointsKind.RIGHT: 10, PointsKind.STREAK: 10}
    assert rules.points(0, won=False, streak=0) == {}


def test_a_streak_breaks_with_a_wrong_answer() -> None:
    assert [rules.streak_after(before, right) for before, right in ((0, 1), (4, 2), (4, 0))] == [1, 5, 0]


@pytest.mark.parametrize(
    ("local", "key"),
    [
        (datetime(2026, 3, 31, 23, 59), "2026-1"),
        (datetime(2026, 4, 1, 0, 0), "2026-2"),
        (datetime(2026, 12, 31, 23, 59), "2026-4"),
    ],
)
def test_a_season_is_a_quarter_of_the_year_in_jakarta(local: datetime, key: str) -> None:
    instant = int(local.replace(tzinfo=JAKARTA).timestamp())
    season = season_rules.season_of(instant)
    assert season.key == key and season.starts_at <= instant < season.ends_at
    assert season_rules.season_by_key(key) == season
    assert season_rules.season_of(season.ends_at).starts_at == season.ends_at


@pytest.mark.parametrize("key", ["", "2026", "2026-5", "1999-1", "2026-2; DROP"])
def test_an_unknown_season_is_none(key: str) -> None:
    assert season_rules.season_by_key(key) is None


scores = st.lists(
    st.builds(
        Score,
        st.integers(1, 500),
        st.just(""),
        st.integers(1, 60),
        st.integers(0, 9),
        st.integers(1, 9),
        st.integers(1, 9_999),
    ),
    max_size=40,
    unique_by=(lambda one: one.member_id, lambda one: one.reached),
)


@given(scores, st.randoms(use_true_random=False))
def test_the_leaderboard_is_fair(found: list[Score], random: object) -> None:
    places = rules.leaderboard(found)
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rules.leaderboard(shuffled) == places
    assert sorted(place.score.member_id for place in places) == sorted(one.member_id for one in found)
    for place in places:
        # A rank is one more than the number of those with more points.
        assert place.rank == 1 + sum(one.points > place.score.points for one in found)


def test_equal_points_share_a_rank_and_the_earlier_is_written_first() -> None:
    found = [Score(1, "", 20, 2, 2, 9), Score(2, "", 30, 3, 2, 8), Score(3, "", 20, 2, 2, 5), Score(4, "", 5, 1, 1, 2)]
    assert [(place.rank, place.score.member_id) for place in rules.leaderboard(found)] == [
        (1, 2),
        (2, 3),
        (2, 1),
        (4, 4),
    ]


@pytest.mark.parametrize(
    ("text", "prize"),
    [
        ("GoPay 25.000", QuizPrize("GoPay Rp 25.000", 25_000)),
        ("saldo DANA 50rb", QuizPrize("saldo DANA Rp 50.000", 50_000)),
        ("Rp 1.000.000", QuizPrize("Rp 1.000.000", 1_000_000)),
        ("25.000", QuizPrize("Rp 25.000", 25_000)),
        ("Voucher Indomaret 100.000", QuizPrize("Voucher Indomaret 100.000")),
        ("iPhone 15", QuizPrize("iPhone 15")),
        ("Kaos TSC", QuizPrize("Kaos TSC")),
        ("", None),
    ],
)
def test_prizes_are_read_as_money_only_where_they_say_so(text: str, prize: QuizPrize | None) -> None:
    assert reading.read_prize(text) == prize


@given(st.integers(1, 30 * 24 * 60))
def test_what_a_duration_is_written_as_is_read_back(minutes: int) -> None:
    assert durations.read_duration(durations.write_duration(minutes * 60)) == minutes * 60


@pytest.mark.parametrize("text", ["", "nanti malam", "2", "2 jam lagi", "-5 menit", "jam 2", "0 menit", "31 hari"])
def test_an_unclear_time_open_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        times.read_closing(text, NOW)


@pytest.mark.parametrize(
    ("text", "closes"),
    [
        ("20.00", datetime(2026, 3, 9, 20, 0, tzinfo=JAKARTA)),
        ("jam 20:00 WIB", datetime(2026, 3, 9, 20, 0, tzinfo=JAKARTA)),
        ("pukul 09.30", datetime(2026, 3, 10, 9, 30, tzinfo=JAKARTA)),
        ("10/3 18.00", datetime(2026, 3, 10, 18, 0, tzinfo=JAKARTA)),
        ("12 Maret", datetime(2026, 3, 12, 23, 59, tzinfo=JAKARTA)),
        ("besok 20.00", datetime(2026, 3, 10, 20, 0, tzinfo=JAKARTA)),
        ("12 Maret jam 7", datetime(2026, 3, 12, 7, 0, tzinfo=JAKARTA)),
    ],
)
def test_a_quiz_may_close_at_a_time_on_the_clock(text: str, closes: datetime) -> None:
    seconds, until = times.read_closing(text, NOW)
    assert until == int(closes.timestamp()) and seconds == until - int(NOW.timestamp())
    assert times.read_closing(times.write_closing(Terms("Kuis", until=until)), NOW)[1] == until


@pytest.mark.parametrize("text", ["9/3 09.00", "1 Mei", "25.00", "10/3 25.00", "8 Maret 2025"])
def test_a_time_that_has_passed_or_is_far_off_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        times.read_closing(text, NOW)


@given(st.integers(1, 30 * 24 * 60))
def test_a_length_reads_back(minutes: int) -> None:
    written = times.write_closing(Terms("Kuis", open_seconds=minutes * 60))
    assert times.read_closing(written, NOW) == (minutes * 60, None)


def test_everything_wrong_with_the_first_form_is_told_at_once() -> None:
    with pytest.raises(FormRefused) as refused:
        reading.read_terms(TermsForm(" ", "fastest", "0", "x" * 200, "nanti"), NOW)
    assert len(refused.value.problems) == 4


def test_hints_come_in_order_and_before_the_end() -> None:
    form = ConditionsForm("yes", "creators", "3", "", "20 menit: Huruf depannya B\n10 | Dua warna")
    conditions, hints = reading.read_conditions(form, 3_600)
    assert conditions == Conditions(True, True, 3, 7)
    assert [(hint.after_seconds, hint.text) for hint in hints] == [(600, "Dua warna"), (1_200, "Huruf depannya B")]
    with pytest.raises(FormRefused):
        reading.read_conditions(form, 900)


def test_options_lose_their_numbers_and_the_right_one_is_named_by_letter_or_number() -> None:
    form = ChoiceForm("Warna?", "", "A. Merah\nB. Biru\nC. Hijau", "b", "")
    assert reading.read_choice(form).options == ("Merah", "Biru", "Hijau")
    assert reading.read_choice(form).right_option == 1
    assert reading.read_choice(ChoiceForm("Warna?", "", "Merah\nBiru", "2.", "")).right_option == 1
    for right in ("", "D", "4", "merah", "²"):
        with pytest.raises(FormRefused):
            reading.read_choice(ChoiceForm("Warna?", "", "Merah\nBiru\nHijau", right, ""))


def test_accepted_answers_that_nobody_could_give_are_refused() -> None:
    with pytest.raises(FormRefused):
        reading.read_open(OpenForm("Apa?", "", "x" * 201, ""), QuestionKind.OPEN)
    assert reading.read_open(OpenForm("Apa?", "", "Biru\n\n  Biru \nPink", ""), QuestionKind.OPEN).accepted == (
        "Biru",
        "Pink",
    )


def test_a_quiz_says_what_it_still_lacks() -> None:
    picture = Question(QuestionKind.PICTURE, "Apa ini?", accepted=("gajah",), image_file_id=1, position=1)
    assert rules.missing(quiz(), []) == ["Belum ada soal. Tambah satu dulu."]
    assert rules.missing(quiz(), [picture]) == []
    assert "satu gambar" in rules.missing(quiz(), [picture, picture])[0]
    assert rules.missing(quiz(pacing=Pacing(60)), [picture, picture]) == []
    no_key = Question(QuestionKind.OPEN, "Ceritakan", position=1)
    assert "tanpa kunci" in rules.missing(quiz(conditions=Conditions(close_after=2)), [no_key])[0]
    drawn = quiz(terms=Terms("Kuis", Way.DRAWN, prize=QuizPrize("Kaos")))
    assert "undian atau kontes" in rules.missing(drawn, [picture])[0]
    assert rules.missing(replace(drawn, legal=Legal(LegalKind.CONTEST)), [picture]) == []
    assert rules.missing(replace(drawn, terms=Terms("Kuis", Way.DRAWN)), [picture]) == []
    late = Hint(1, 1, 1, HintSpec(150, "Belalai"))
    assert "petunjuk" in rules.missing(quiz(pacing=Pacing(60, 15)), [picture, picture], [late])[0]
    assert rules.missing(quiz(pacing=Pacing(61, 15)), [picture, picture], [late]) == []


def test_what_may_change_depends_on_whether_somebody_has_answered() -> None:
    rules.check_change(quiz(), answered=False)
    rules.check_change(quiz(state=QuizState.OPEN), answered=False)
    for state, answered in ((QuizState.OPEN, True), (QuizState.JUDGING, False), (QuizState.CLOSED, False)):
        with pytest.raises(DomainError):
            rules.check_change(quiz(state=state), answered)
    for state in (QuizState.OPEN, QuizState.JUDGING):
        rules.check_key_change(quiz(state=state))
        rules.check_calling_off(quiz(state=state), "Soalnya keliru")
    for state in (QuizState.DRAFT, QuizState.CLOSED, QuizState.CALLED_OFF):
        with pytest.raises(DomainError):
            rules.check_calling_off(quiz(state=state), "Soalnya keliru")
    with pytest.raises(DomainError):
        rules.check_calling_off(quiz(state=QuizState.OPEN), "")


def test_a_named_season_comes_before_the_quarter_and_cuts_it_short() -> None:
    def day(month: int, number: int) -> int:
        return int(datetime(2026, month, number, tzinfo=JAKARTA).timestamp())

    ramadan = Season("musim-1", "Ramadan", day(2, 18), day(3, 20), 1)
    assert season_rules.season_of(day(2, 18), [ramadan]) is ramadan
    assert season_rules.season_of(day(3, 20) - 1, [ramadan]) is ramadan
    before, after = season_rules.season_of(day(1, 5), [ramadan]), season_rules.season_of(day(3, 20), [ramadan])
    assert before.key == after.key == "2026-1"
    assert before.ends_at == ramadan.starts_at and after.ends_at == day(4, 1)
    assert (
        season_rules.season_by_key("musim-1", [ramadan]) is ramadan
        and season_rules.season_by_key("musim-2", [ramadan]) is None
    )
    season_rules.check_season("Lebaran", day(3, 20), day(4, 5), [ramadan])
    for name, starts, ends in (("", 1, 2), ("Mudik", day(3, 19), day(4, 5)), ("Mudik", day(5, 1), day(5, 1))):
        with pytest.raises(DomainError):
            season_rules.check_season(name, starts, ends, [ramadan])


def test_a_session_is_all_at_once_or_one_by_one() -> None:
    assert times.read_session(SessionForm("together", "asal", None)) == Pacing()
    assert times.read_session(SessionForm("in_turn", "90 detik", "30")) == Pacing(90, 30)
    assert Pacing(90, 30).lasts(3) == 360
    for each in ("", "5 detik", "2 hari", "sebentar"):
        with pytest.raises(FormRefused):
            times.read_session(SessionForm("in_turn", each, "30"))
