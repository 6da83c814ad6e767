"""Offers, whatever creators, staff and the clock do to them; and what their forms read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.offers import reading, rules
from bot.offers.models import Choice, Counter, Decision, Offer, OfferAct, OfferState, Terms
from bot.offers.reading import CounterForm, DeclineReason, ManyForm, OfferForm
from bot.platform.clock import local_day
from bot.platform.errors import DomainError, FormRefused, TooLate

NOW = int(datetime(2026, 3, 2, 3, 0, tzinfo=UTC).timestamp())
TODAY = date(2026, 3, 2)
DAY = rules.DAY
ANSWERABLE = (OfferState.SENT, OfferState.COUNTERED)
ENDED = tuple(state for state in OfferState if state not in (OfferState.DRAFT, *ANSWERABLE))


def offer(state: OfferState = OfferState.SENT, **changes: object) -> Offer:
    terms = Terms("Serum Pagi", 1_500_000, None, "1 video", TODAY + timedelta(days=20), NOW + 3 * DAY)
    plain = Offer(1, 1, 1, 100, terms, state, 2, None, 0, None, 5, NOW, NOW, None if state in ANSWERABLE else NOW)
    return replace(plain, **changes)  # type: ignore[arg-type]


class OfferLife(RuleBasedStateMachine):
    """Everybody presses whatever they see, also what they saw before something changed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.offer = offer(OfferState.DRAFT, version=1, sent_at=None, ended_at=None, member_id=None)
        self.agreed: tuple[int | None, date] | None = None
        self.shown = {1}

    @initialize(days=st.integers(1, 10), fee=st.one_of(st.none(), st.integers(1, 10**9)))
    def written(self, days: int, fee: int | None) -> None:
        extra = None if fee else "satu set serum"
        terms = replace(self.offer.terms, fee=fee, extra=extra, reply_by=self.now + days * DAY)
        self.offer = replace(self.offer, terms=terms)

    def today(self) -> date:
        return local_day(self.now)

    def attempt(self, act: OfferAct, version: int, work: object) -> None:
        """What the rules allow happens; what they don't leaves everything as it is."""
        before = self.offer
        legal = rules.after(before.state, act) is not None and version == before.version
        try:
            after = work()  # type: ignore[operator]
        except DomainError as error:
            assert error.message
            self.offer = before
            return
        assert legal, "an act went through that the states or the version forbid"
        assert after.version == before.version + 1
        assert after.state is rules.after(before.state, act)
        if after.state is OfferState.ACCEPTED:
            self.agreed = (after.terms.fee, after.terms.posts_on)
        self.offer = after
        self.shown.add(after.version)

    @rule(seconds=st.integers(0, 3 * DAY))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds
        over = rules.expired(self.offer, self.now)
        if over is not None:
            assert self.offer.state is OfferState.SENT and self.now >= self.offer.terms.reply_by
            self.offer = over

    @rule(stale=st.booleans())
    def staff_send(self, stale: bool) -> None:
        version = min(self.shown) if stale else self.offer.version
        self.attempt(OfferAct.SEND, version, lambda: rules.sent(self.offer, version, 100, self.now))

    @rule(stale=st.booleans())
    def the_creator_accepts(self, stale: bool) -> None:
        version = min(self.shown) if stale else self.offer.version
        before = self.offer
        self.attempt(OfferAct.ACCEPT, version, lambda: rules.accepted(self.offer, version, self.now))
        if self.offer is not before:
            assert self.now < before.terms.reply_by
            assert self.agreed == (before.terms.fee, before.terms.posts_on)

    @rule()
    def the_creator_declines(self) -> None:
        version = self.offer.version
        self.attempt(OfferAct.DECLINE, version, lambda: rules.declined(self.offer, version, "Jadwal", self.now))

    @rule(fee=st.integers(1, 10**9), days=st.integers(0, 40))
    def the_creator_counters(self, fee: int, days: int) -> None:
        version = self.offer.version
        counter = Counter(fee, self.today() + timedelta(days=days), None)
        self.attempt(OfferAct.COUNTER, version, lambda: rules.countered(self.offer, version, counter, self.now))

    @rule(stale=st.booleans())
    def staff_take_the_counter(self, stale: bool) -> None:
        version = min(self.shown) if stale else self.offer.version
        asked = self.offer.counter
        before = self.offer
        self.attempt(
            OfferAct.TAKE_COUNTER,
            version,
            lambda: rules.counter_taken(self.offer, version, self.now, self.today()),
        )
        if self.offer is not before:
            assert asked is not None and self.agreed == (asked.fee, asked.posts_on)

    @rule()
    def staff_refuse_the_counter(self) -> None:
        version, before = self.offer.version, self.offer
        self.attempt(
            OfferAct.REFUSE_COUNTER,
            version,
            lambda: rules.counter_refused(self.offer, version, self.now, self.today()),
        )
        if self.offer is not before:
            assert (self.offer.terms.fee, self.offer.terms.posts_on) == (before.terms.fee, before.terms.posts_on)
            assert self.offer.terms.reply_by > self.now

    @precondition(lambda self: self.offer.version > 2)
    @rule()
    def staff_withdraw(self) -> None:
        version = self.offer.version
        self.attempt(OfferAct.WITHDRAW, version, lambda: rules.withdrawn(self.offer, version, "Batal", self.now))

    @invariant()
    def it_is_whole(self) -> None:
        one = self.offer
        assert (one.state is OfferState.COUNTERED) == (one.counter is not None)
        assert (one.ended_at is not None) == (one.state in ENDED)
        assert one.counters <= rules.MOST_COUNTERS
        assert one.terms.fee is not None or one.terms.extra is not None
        assert one.state is not OfferState.DECLINED or one.reason
        # What was agreed never changes afterwards.
        if self.agreed is not None:
            assert one.state in (OfferState.ACCEPTED, OfferState.WITHDRAWN)
            assert (one.terms.fee, one.terms.posts_on) == self.agreed


TestOfferLife = OfferLife.TestCase


@given(st.lists(st.sampled_from(OfferAct), max_size=20))
def test_nothing_leaves_a_final_state_and_only_sending_leaves_a_draft_alive(acts: list[OfferAct]) -> None:
    state = OfferState.DRAFT
    for act in acts:
        following = rules.after(state, act)
        if rules.is_final(state):
            assert following is None
        if state is OfferState.DRAFT and following is not None:
            assert following in (OfferState.DRAFT, OfferState.SENT, OfferState.DISCARDED)
        state = following or state


def test_it_is_too_late_from_the_very_second_of_the_deadline() -> None:
    one = offer()
    assert rules.accepted(one, 2, one.terms.reply_by - 1).state is OfferState.ACCEPTED
    with pytest.raises(TooLate, match="sudah lewat"):
        rules.accepted(one, 2, one.terms.reply_by)


def test_a_button_drawn_for_other_terms_does_nothing() -> None:
    with pytest.raises(TooLate, match="baru saja berubah"):
        rules.accepted(offer(version=3), 2, NOW)


@given(st.integers(0, 40 * DAY))
def test_the_reminder_lies_between_sending_and_the_deadline(window: int) -> None:
    at = rules.reminder_at(NOW, NOW + window)
    assert at is None or NOW < at < NOW + window
    assert (at is None) == (window < 6 * rules.HOUR)


def test_the_creator_has_a_day_after_a_refused_counter_but_never_beyond_the_posting_day() -> None:
    counter = Counter(2_000_000, TODAY + timedelta(days=25), None)
    countered = rules.countered(offer(), 2, counter, NOW)
    late = NOW + 5 * DAY
    back = rules.counter_refused(countered, 3, late, local_day(late))
    assert back.terms.reply_by == late + DAY
    soon = replace(countered, terms=replace(countered.terms, posts_on=local_day(late)))
    assert rules.counter_refused(soon, 3, late, local_day(late)).terms.reply_by == rules.end_of(soon.terms.posts_on)
    after = late + 30 * DAY
    with pytest.raises(DomainError, match="sudah lewat"):
        rules.counter_refused(countered, 3, after, local_day(after))


def test_asking_for_the_same_or_too_often_is_refused() -> None:
    one = offer()
    with pytest.raises(DomainError, match="sama dengan"):
        rules.countered(one, 2, Counter(one.terms.fee, one.terms.posts_on, "?"), NOW)
    worn = offer(counters=rules.MOST_COUNTERS)
    with pytest.raises(DomainError, match="5 kali"):
        rules.countered(worn, 2, Counter(2_000_000, TODAY, None), NOW)


@pytest.mark.parametrize("state", sorted(rules.UNDER_WAY))
def test_a_creator_with_an_offer_under_way_stays_chosen(state: OfferState) -> None:
    chosen = Decision(7, 1, 1, 1, Choice.CHOSEN, None, 5, NOW)
    with pytest.raises(DomainError, match="dulu"):
        rules.check_decision(chosen, 7, Choice.REJECTED, [offer(state)])
    rules.check_decision(chosen, 7, Choice.REJECTED, [offer(OfferState.DECLINED)])


def test_a_decision_on_what_was_decided_meanwhile_is_refused() -> None:
    with pytest.raises(TooLate, match="<@5>"):
        rules.check_decision(Decision(7, 1, 1, 1, Choice.CHOSEN, None, 5, NOW), 0, Choice.RESERVE, [])


@pytest.mark.parametrize(
    ("text", "fee", "extra"),
    [
        ("1,5jt", 1_500_000, None),
        ("Rp 1.500.000 + satu set serum", 1_500_000, "satu set serum"),
        ("barter: satu set serum", None, "satu set serum"),
        ("Barter satu set serum", None, "satu set serum"),
    ],
)
def test_a_reward_is_read_as_people_write_it_and_reads_back(text: str, fee: int | None, extra: str | None) -> None:
    assert reading.read_reward(text) == (fee, extra)
    assert reading.read_reward(reading.write_reward(fee, extra)) == (fee, extra)


@pytest.mark.parametrize("text", ["", "barter", "barter:", "1,5jt +", "nanti", "0"])
def test_a_reward_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        reading.read_reward(text)


def test_everything_wrong_with_an_offer_is_told_at_once() -> None:
    form = OfferForm("", "nanti", "", "kemarin", "1 Januari 2020")
    with pytest.raises(FormRefused) as refused:
        reading.read_terms(form, datetime.fromtimestamp(NOW, UTC))
    assert len(refused.value.problems) == 5


def test_the_fee_does_not_slip_into_the_name_that_a_dm_shows() -> None:
    form = OfferForm("Serum Pagi 1.500.000", "1,5jt", "1 video", "20 Maret", "10 Maret")
    with pytest.raises(FormRefused, match="jangan sebut fee"):
        reading.read_terms(form, datetime.fromtimestamp(NOW, UTC))


def test_answers_are_due_before_the_posting_day_ends() -> None:
    form = OfferForm("Serum Pagi", "1,5jt", "1 video", "10 Maret", "11 Maret")
    with pytest.raises(FormRefused, match="sebelum hari tayang"):
        reading.read_terms(form, datetime.fromtimestamp(NOW, UTC))


def test_what_is_blank_in_a_counter_stays_as_offered() -> None:
    one = offer()
    assert reading.read_counter(CounterForm("", "25 Maret", ""), one, TODAY) == Counter(
        1_500_000, date(2026, 3, 25), None
    )
    assert reading.read_counter(CounterForm("2jt", "", "Dua video"), one, TODAY) == Counter(
        2_000_000, one.terms.posts_on, "Dua video"
    )


def test_a_refusal_has_a_reason() -> None:
    assert reading.read_decline(DeclineReason.FEE, "") == "Imbalannya belum sesuai"
    assert reading.read_decline("schedule", "lagi mudik") == "Jadwalnya tidak cocok: lagi mudik"
    for kind, detail in ((None, "x"), ("other", ""), ("nope", "x")):
        with pytest.raises(FormRefused):
            reading.read_decline(kind, detail)


def test_a_brands_answer_names_each_creator_once_and_says_why_not() -> None:
    assert reading.read_many(ManyForm(["1", "2"], ["3"], ["4"], "Pernah iklan pesaing")) == (
        {1: Choice.CHOSEN, 2: Choice.CHOSEN, 3: Choice.RESERVE, 4: Choice.REJECTED},
        "Pernah iklan pesaing",
    )
    for form in (ManyForm(["1"], ["1"], [], ""), ManyForm([], [], [], "x"), ManyForm([], [], ["4"], "")):
        with pytest.raises(FormRefused):
            reading.read_many(form)
