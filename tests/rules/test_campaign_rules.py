"""Who fits a campaign, what forms accept, and which way an application may go."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.campaigns import reading, rules
from bot.campaigns.application_form import ApplicationForm, read_application, read_links, read_rate, read_reason
from bot.campaigns.eligibility import Account, requirement_labels, requirement_lines, unmet
from bot.campaigns.models import (
    Application,
    ApplicationState,
    Basics,
    Campaign,
    CampaignState,
    Counts,
    Requirements,
    Reward,
    RewardKind,
)
from bot.campaigns.reading import BasicsForm, FiguresForm, RewardForm
from bot.creators.models import Niche, Platform, Tier
from bot.platform.clock import JAKARTA
from bot.platform.deadlines import read_deadline, write_deadline
from bot.platform.errors import DomainError, FormRefused

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=JAKARTA)
WAITING, ACCEPTED, RESERVED, DECLINED, WITHDRAWN = ApplicationState
TYPED = st.text(max_size=60) | st.from_regex(r"[0-9.,/ jtrbk%-]{0,20}", fullmatch=True)


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=JAKARTA).timestamp())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/4", "2026-04-03T23:59"),
        ("3/4 18.00", "2026-04-03T18:00"),
        ("3/4 18:30 WIB", "2026-04-03T18:30"),
        ("3 April 2026", "2026-04-03T23:59"),
        ("Jumat, 3 April 2026 jam 9", "2026-04-03T09:00"),
        ("3 apr pukul 09.15", "2026-04-03T09:15"),
        ("03-04-2026, 17.00", "2026-04-03T17:00"),
        ("2026-04-03T18:00", "2026-04-03T18:00"),
        ("2026-04-03 18:00:00", "2026-04-03T18:00"),
        ("9/3", "2026-03-09T23:59"),
    ],
)
def test_a_deadline_is_read_day_first_and_ends_with_the_day_unless_a_time_is_given(typed: str, meant: str) -> None:
    assert read_deadline(typed, NOW) == instant(meant)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("8/3", "8 Maret 2026 23.59 WIB sudah lewat"),
        ("9/3 09.59", "sudah lewat"),
        ("9/3 10.00", "sudah lewat"),
        ("3 April 2062", "Periksa tahunnya"),
        ("3/4 25.00", "tidak ada"),
        ("3/4 18.00 WITA", "dalam WIB"),
        ("31/2", "31 Februari tidak ada"),
        ("besok saja", "tidak terbaca"),
        ("", "belum diisi"),
        ("-", "belum diisi"),
    ],
)
def test_a_deadline_that_cannot_be_meant_is_explained(typed: str, told: str) -> None:
    with pytest.raises(DomainError) as refusal:
        read_deadline(typed, NOW)
    assert told in refusal.value.message


@given(st.integers(1, 360 * 24 * 60))
def test_a_deadline_reads_back_as_it_was_written(minutes: int) -> None:
    deadline = int((NOW + timedelta(minutes=minutes)).timestamp())
    assert read_deadline(write_deadline(deadline), NOW) == deadline


@given(st.integers(-(3 * 365 * 24 * 60), -1))
def test_a_deadline_that_has_passed_may_stay_but_not_be_chosen(minutes: int) -> None:
    deadline = int((NOW + timedelta(minutes=minutes)).timestamp())
    assert read_deadline(write_deadline(deadline), NOW, kept=deadline) == deadline
    with pytest.raises(DomainError):
        read_deadline(write_deadline(deadline), NOW)


def test_everything_wrong_with_a_form_is_told_at_once() -> None:
    with pytest.raises(FormRefused) as refusal:
        reading.read_basics(BasicsForm(" ", "Wardah", "", "nol", "1/1"), NOW)
    assert len(refusal.value.problems) == 4


@pytest.mark.parametrize("slots", ["0", "-3", "1.5", "1001", "banyak", ""])
def test_slots_are_one_to_a_thousand(slots: str) -> None:
    with pytest.raises(DomainError):
        reading.read_slots(slots)


def test_a_fee_is_read_as_people_write_it_and_may_be_kept_from_the_announcement() -> None:
    assert reading.read_reward(RewardForm("fee", "1,5jt", "", "no")) == Reward(RewardKind.FEE, 1_500_000, None, False)
    assert reading.read_reward(RewardForm("barter", "", "Paket serum", None)).barter == "Paket serum"
    for wrong in (
        RewardForm("fee", "", "", "yes"),
        RewardForm("barter", "1jt", " ", "yes"),
        RewardForm(None, "", "", ""),
    ):
        with pytest.raises(FormRefused):
            reading.read_reward(wrong)


def test_engagement_is_typed_in_percent_with_or_without_the_sign() -> None:
    for typed, ppm in (("3", 30_000), ("3%", 30_000), ("0,5", 5_000), ("2,75 %", 27_500)):
        assert reading.read_figures(FiguresForm("", "", typed), Requirements()).min_engagement_ppm == ppm
    with pytest.raises(FormRefused):
        reading.read_figures(FiguresForm("20rb", "10rb", "120"), Requirements())


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("tiktok.com/@raka/video/1", ("https://tiktok.com/@raka/video/1",)),
        ("https://a.id/x, http://b.co.id\nhttps://a.id/x", ("https://a.id/x", "http://b.co.id")),
        ("", ()),
    ],
)
def test_sample_links_are_taken_as_they_are_pasted(typed: str, links: tuple[str, ...]) -> None:
    assert read_links(typed) == links


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://a.id/x",
        "https://user:pass@a.id",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://tiktоk.com/@x",  # a Cyrillic o
        "https://a.id:99999/",
        "https://a.id/<@everyone>",
        "https://" + "a" * 300 + ".id",
        "lihat bio saya",
        "ini bukan link",
        "a.id b.id c.id d.id",
    ],
)
def test_a_link_that_is_no_public_address_is_refused(typed: str) -> None:
    with pytest.raises(FormRefused):
        read_links(typed)


@given(st.text(max_size=300))
def test_whatever_is_typed_as_links_comes_back_as_few_web_addresses_or_is_refused(typed: str) -> None:
    try:
        links = read_links(typed)
    except FormRefused:
        return
    assert len(links) <= 3
    assert all(
        link.lower().startswith(("http://", "https://")) and "@everyone" not in link.split("/")[2] for link in links
    )


def test_what_is_no_link_is_told_in_one_sentence_that_quotes_what_was_typed() -> None:
    def told(typed: str) -> list[str]:
        with pytest.raises(FormRefused) as refusal:
            read_links(typed)
        return refusal.value.problems

    (alone,) = told("ini bukan link")
    assert "“ini bukan link”" in alone
    (mixed,) = told("lihat bio\nhttps://a.id/1, menyusul ya")
    assert "“lihat bio”, “menyusul ya”" in mixed and "a.id" not in mixed
    (many,) = told("satu\ndua\ntiga\nempat\nlima")
    assert "“tiga” dan 2 lainnya" in many and "empat" not in many


def test_a_blank_rate_follows_the_campaign() -> None:
    assert [read_rate(typed) for typed in ("", "-", "ikut", "Ikut tarif kampanye")] == [None] * 4
    assert read_rate("750rb") == 750_000
    for wrong in ("0", "1.2.3jt", "-5jt", "sejuta"):
        with pytest.raises(DomainError):
            read_rate(wrong)


@given(TYPED, TYPED, TYPED, TYPED, TYPED)
def test_no_text_makes_a_form_fail_in_any_other_way_than_by_a_sentence(a: str, b: str, c: str, d: str, e: str) -> None:
    for read in (
        lambda: reading.read_basics(BasicsForm(a, b, c, d, e), NOW),
        lambda: reading.read_reward(RewardForm("fee", a, b, "yes")),
        lambda: reading.read_figures(FiguresForm(a, b, c), Requirements()),
        lambda: read_application(ApplicationForm(a, b, c), asks_rate=True),
        lambda: read_reason(a),
    ):
        try:
            read()
        except DomainError as error:
            assert error.message


def test_every_reason_is_told_with_the_figure() -> None:
    wanted = Requirements(
        platforms=(Platform.TIKTOK, Platform.INSTAGRAM),
        niches=(Niche.BEAUTY,),
        tiers=(Tier.MICRO, Tier.MID),
        regions=("Jawa Barat",),
        min_followers=10_000,
        min_engagement_ppm=30_000,
    )
    account = Account(Platform.YOUTUBE, "raka", (Niche.FOOD,), 4_200, 12_300, "Bali")

    assert unmet(wanted, account) == [
        "Kampanye ini untuk TikTok atau Instagram, akunmu di YouTube.",
        "Niche yang dicari Kecantikan, niche akunmu Kuliner.",
        "Ukuran akun yang dicari Micro (10.000 sampai 99.999) atau Mid (100.000 sampai 499.999), "
        "akunmu Nano dengan 4.200 followers.",
        "Minimal 10.000 followers, akunmu 4.200.",
        "ER minimal 3%, ER akunmu 1,23%.",
        "Wilayah yang dicari Jawa Barat, kamu terdaftar di Bali.",
    ]


def test_what_is_not_known_does_not_fit_and_says_how_to_tell_it() -> None:
    wanted = Requirements((), (Niche.BEAUTY,), (Tier.NANO,), ("Bali",), 1, 10_000, 1)
    reasons = unmet(wanted, Account(Platform.TIKTOK, "raka"))
    assert len(reasons) == 6
    assert all("/daftar" in reason or "/profil > Perbarui data" in reason for reason in reasons)


def some(values: type) -> st.SearchStrategy[tuple]:
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=3).map(tuple)


COUNTS = st.none() | st.integers(0, 2_000_000)
PLACES = st.sampled_from(["Jawa Barat", "Bali", "Aceh"])
ACCOUNTS = st.builds(
    Account, st.sampled_from(Platform), st.just("raka"), some(Niche), COUNTS, COUNTS, st.none() | PLACES
)
REQUIREMENTS = st.builds(
    Requirements,
    some(Platform),
    some(Niche),
    some(Tier),
    st.lists(PLACES, unique=True).map(tuple),
    COUNTS,
    COUNTS,
    COUNTS,
)


@given(ACCOUNTS)
def test_a_campaign_that_asks_for_nothing_fits_everyone(account: Account) -> None:
    assert unmet(Requirements(), account) == []
    assert requirement_labels(Requirements()) == ()
    assert requirement_lines(Requirements()) == ["Terbuka untuk semua kreator terdaftar"]


@given(REQUIREMENTS, ACCOUNTS)
def test_an_account_fits_exactly_when_each_requirement_alone_is_met(wanted: Requirements, account: Account) -> None:
    alone = [
        Requirements(platforms=wanted.platforms),
        Requirements(niches=wanted.niches),
        Requirements(tiers=wanted.tiers),
        Requirements(regions=wanted.regions),
        Requirements(min_followers=wanted.min_followers),
        Requirements(max_followers=wanted.max_followers),
        Requirements(min_engagement_ppm=wanted.min_engagement_ppm),
    ]
    assert sorted(unmet(wanted, account)) == sorted(reason for one in alone for reason in unmet(one, account))


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_bounds_are_included(bound: int, followers: int) -> None:
    account = Account(Platform.TIKTOK, "raka", followers=followers)
    assert (unmet(Requirements(min_followers=bound), account) == []) == (followers >= bound)
    assert (unmet(Requirements(max_followers=bound), account) == []) == (followers <= bound)


def campaign(slots: int = 2, state: CampaignState = CampaignState.OPEN, deadline_at: int = 1_000) -> Campaign:
    basics = Basics("Serum Pagi", "Wardah", "Satu video", slots, deadline_at)
    reward = Reward(RewardKind.FEE, 1_500_000)
    return Campaign(1, basics, reward, Requirements(), None, state, 1, 0, 10, 7, 500, 8, None, None)


def application(number: int, state: ApplicationState = WAITING, version: int = 1) -> Application:
    return Application(number, 1, number, number, "Cocok", None, (), state, version, None, 9, 600, 100)


def test_the_deadline_itself_is_too_late_even_before_the_bot_has_closed() -> None:
    assert rules.accepts_applications(campaign(), 999)
    for now in (1_000, 1_001):
        with pytest.raises(DomainError, match="sudah ditutup"):
            rules.check_open(campaign(), now)


def test_only_a_later_deadline_opens_a_closed_campaign_again() -> None:
    closed = campaign(state=CampaignState.CLOSED)
    assert rules.reopens(closed, 5_000, now=2_000)
    assert not rules.reopens(closed, 1_000, now=500)
    assert not rules.reopens(closed, 1_500, now=2_000)
    assert not rules.reopens(campaign(), 5_000, now=2_000)


class Applications(RuleBasedStateMachine):
    """Staff and creators do anything in any order; a book kept beside knows what is right."""

    LEGAL = frozenset(
        {
            (WAITING, ACCEPTED),
            (WAITING, RESERVED),
            (WAITING, DECLINED),
            (RESERVED, ACCEPTED),
            (RESERVED, DECLINED),
            (ACCEPTED, DECLINED),
        }
    )
    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.slots = 2
        self.applications: dict[int, Application] = {}
        self.visited: dict[int, list[ApplicationState]] = {}

    def counts(self) -> Counts:
        states = [one.state for one in self.applications.values()]
        return Counts(**{state.value: states.count(state) for state in ApplicationState})

    def move(self, number: int, to: ApplicationState) -> None:
        self.applications[number] = application(number, to, self.applications[number].version + 1)
        self.visited[number].append(to)

    @rule(target=numbers)
    def apply(self) -> int:
        number = len(self.applications) + 1
        self.applications[number] = application(number)
        self.visited[number] = [WAITING]
        return number

    @rule(number=numbers, to=st.sampled_from(ApplicationState), reason=st.sampled_from(["", "Slot terbatas"]))
    def decide(self, number: int, to: ApplicationState, reason: str) -> None:
        before = self.applications[number].state
        full = to is ACCEPTED and self.counts().accepted >= self.slots
        silent = to in (RESERVED, DECLINED) and not reason
        expected = (before, to) in self.LEGAL and not full and not silent
        try:
            rules.check_decision(campaign(self.slots), self.applications[number], self.counts(), to, reason)
        except DomainError as error:
            assert not expected and error.message
        else:
            assert expected
            self.move(number, to)

    @rule(number=numbers)
    def withdraw(self, number: int) -> None:
        expected = self.applications[number].state in (WAITING, RESERVED)
        assert rules.withdrawable(self.applications[number].state) == expected
        try:
            rules.check_withdrawal(self.applications[number])
        except DomainError:
            assert not expected
        else:
            assert expected
            self.move(number, WITHDRAWN)

    @rule(number=numbers)
    def change(self, number: int) -> None:
        before = self.applications[number]
        expected = before.state is WAITING
        assert rules.may_change(campaign(self.slots), before, 999) == expected
        try:
            rules.check_change(campaign(self.slots), before, 999)
        except DomainError as error:
            assert not expected and error.message
        else:
            assert expected
            self.applications[number] = application(number, WAITING, before.version + 1)

    @rule(number=numbers)
    def step_back(self, number: int) -> None:
        expected = self.applications[number].state is ACCEPTED
        try:
            rules.check_stepping_back(campaign(self.slots), self.applications[number])
        except DomainError as error:
            assert not expected and error.message
        else:
            assert expected
            self.move(number, WITHDRAWN)

    @rule()
    def raise_slots(self) -> None:
        self.slots += 1

    @invariant()
    def never_more_accepted_than_slots(self) -> None:
        assert self.counts().accepted <= self.slots

    @invariant()
    def no_state_is_entered_twice_and_the_last_ones_are_final(self) -> None:
        for states in self.visited.values():
            assert len(set(states)) == len(states)
            assert not any(state in (DECLINED, WITHDRAWN) for state in states[:-1])


TestApplications = Applications.TestCase


@pytest.mark.parametrize("to", [ACCEPTED, RESERVED, DECLINED])
def test_nothing_is_decided_in_a_cancelled_campaign(to: ApplicationState) -> None:
    with pytest.raises(DomainError, match="dibatalkan"):
        rules.check_decision(campaign(state=CampaignState.CANCELLED), application(1), Counts(waiting=1), to, "Maaf")


def test_who_was_slower_reads_who_decided() -> None:
    told = rules.decided_already(application(1, ACCEPTED, 2), actor_id=5)
    assert "<@9>" in told and "Diterima" in told
    assert "kamu sendiri" in rules.decided_already(application(1, ACCEPTED, 2), actor_id=9)
