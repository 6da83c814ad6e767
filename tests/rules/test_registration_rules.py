"""The rules of joining and registering: who is greeted, what an answer must say, whose an account is."""

import contextlib
import hashlib
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import AgeBand, Gender, Metrics, Niche, Platform
from bot.onboarding import rules
from bot.onboarding.consent import CONSENT_TEXT, CONSENT_VERSION
from bot.onboarding.models import (
    UNDER_18,
    Account,
    Averages,
    Consent,
    Draft,
    Member,
    Person,
    Registration,
    RegistrationState,
    Step,
)
from bot.onboarding.rules import Ownership
from bot.platform.errors import DomainError, FormRefused, NotAllowed
from bot.platform.indonesian import PROVINCES, Unreadable, parse_province
from bot.server.models import RoleKey

NOW = 1_800_000_000
MEMBER = Member(7, "Raka", 1, NOW - 1_000_000, None, 1, None, None)


def person(person_id: int, joined_at: int | None) -> Person:
    return Person(person_id, f"Orang {person_id}", joined_at)


def test_the_consent_text_has_a_new_version_whenever_it_changes() -> None:
    known = {"2026-01": "22ac745204ee0ee1", "2026-02": "33e2cc867e14b565"}
    fingerprint = hashlib.sha256(CONSENT_TEXT.encode()).hexdigest()[:16]

    assert known.get(CONSENT_VERSION) == fingerprint, (
        "the consent text has changed: give it a new CONSENT_VERSION and note its fingerprint here"
    )


def test_the_consent_text_fits_an_embed() -> None:
    assert len(CONSENT_TEXT) <= 4_096


# Who is greeted


def test_nobody_is_greeted_before_the_server_is_set_up() -> None:
    seen = rules.missed([person(1, NOW - 5), person(2, NOW)], {}, since=None, now=NOW)

    assert (seen.to_greet, [one.id for one in seen.to_note]) == ([], [1, 2])


def test_only_those_who_joined_after_the_set_up_are_greeted_and_the_rest_noted_in_order() -> None:
    old_late, old_early, fresh = person(3, NOW - 200), person(2, NOW - 300), person(1, NOW - 50)

    seen = rules.missed([old_late, fresh, old_early], {}, since=NOW - 100, now=NOW)

    assert seen.to_greet == [fresh]
    assert seen.to_note == [old_early, old_late]


def test_who_left_and_came_back_unseen_is_greeted() -> None:
    back = person(7, NOW - 10)

    assert rules.missed([back], {7: MEMBER}, since=NOW - 100, now=NOW).to_greet == [back]


def test_who_is_still_there_is_left_alone_and_who_is_not_is_gone() -> None:
    still = person(7, MEMBER.joined_at)
    other = replace(MEMBER, id=8)

    seen = rules.missed([still], {7: MEMBER, 8: other}, since=NOW - 100, now=NOW)

    assert (seen.to_greet, seen.to_note, seen.gone) == ([], [], [8])


def test_who_joined_a_moment_ago_is_never_taken_for_gone() -> None:
    fresh = replace(MEMBER, joined_at=NOW - 5)

    assert rules.missed([], {7: fresh}, since=0, now=NOW).gone == []


@given(
    present=st.lists(
        st.builds(person, st.integers(1, 30), st.none() | st.integers(0, NOW)), unique_by=lambda one: one.id
    ),
    known=st.sets(st.integers(1, 30)),
    since=st.none() | st.integers(0, NOW),
)
def test_catching_up_never_counts_anybody_twice(present: list[Person], known: set[int], since: int | None) -> None:
    remembered = {one: replace(MEMBER, id=one, joined_at=NOW // 2) for one in known}

    seen = rules.missed(present, remembered, since=since, now=NOW)

    named = [one.id for one in seen.to_greet + seen.to_note] + seen.gone
    assert len(named) == len(set(named))
    assert {one.id for one in present} - known <= {one.id for one in seen.to_greet + seen.to_note}


def test_coming_back_twice_a_day_has_one_welcome_key() -> None:
    assert rules.welcome_key(7, 1, "2026-01-01") == "welcome:7:first"
    assert rules.welcome_key(7, 2, "2026-01-01") == rules.welcome_key(7, 3, "2026-01-01")
    assert rules.welcome_key(7, 2, "2026-01-01") != rules.welcome_key(7, 3, "2026-01-02")


@pytest.mark.parametrize(
    ("member", "is_staff", "is_waiting", "wanted"),
    [
        (MEMBER, False, False, True),
        (MEMBER, True, False, False),
        (MEMBER, False, True, False),
        (replace(MEMBER, left_at=NOW), False, False, False),
        (replace(MEMBER, registered_at=NOW), False, False, False),
        (None, False, False, False),
    ],
)
def test_who_is_reminded(member: Member | None, is_staff: bool, is_waiting: bool, wanted: bool) -> None:
    assert rules.wants_nudge(member, is_staff=is_staff, is_waiting=is_waiting) is wanted


@given(st.text())
def test_a_cleaned_name_shows_all_it_holds(name: str) -> None:
    cleaned = rules.clean_name(name)

    assert len(cleaned) <= 100
    assert cleaned == rules.clean_name(cleaned)
    assert "\u202e" not in cleaned and "\u200b" not in cleaned and "\n" not in cleaned


# What is answered

ABOUT = {"age": "25-34", "gender": "female", "city": "bandung", "province": "jabar", "contact": "0812-3456-7890"}
ACCOUNT = {"platform": "tiktok", "username": "@Raka.Cerita", "followers": "12,4rb", "niches": ["food", "travel"]}


def test_answers_about_oneself_are_read_as_people_write_them() -> None:
    about = rules.read_about_you(**ABOUT)

    assert (about.age_band, about.gender, about.city, about.region) == (
        AgeBand.FROM_25,
        Gender.FEMALE,
        "Bandung",
        "Jawa Barat",
    )
    assert about.contact.reveal() == "+6281234567890"
    assert "81234567890" not in repr(about)


def test_every_problem_of_a_form_has_its_sentence() -> None:
    with pytest.raises(FormRefused) as refused:
        rules.read_about_you(age=None, gender=None, city="", province="", contact="")
    assert len(refused.value.problems) == 5

    with pytest.raises(FormRefused) as refused:
        rules.read_account(platform="tiktok", username="", followers="", niches=[])
    assert len(refused.value.problems) == 3


def test_an_age_that_is_not_offered_is_refused() -> None:
    assert rules.is_underage(UNDER_18)
    for age in ("17", UNDER_18, "0-17"):
        with pytest.raises(FormRefused):
            rules.read_about_you(**(ABOUT | {"age": age}))


def test_an_account_is_read_from_name_or_link() -> None:
    by_name = rules.read_account(**ACCOUNT)
    by_link = rules.read_account(**(ACCOUNT | {"username": "https://www.tiktok.com/@raka.cerita?lang=id"}))

    assert by_name == by_link == Account(Platform.TIKTOK, "raka.cerita", 12_400, (Niche.FOOD, Niche.TRAVEL))


@pytest.mark.parametrize("niches", [[], ["food", "travel", "beauty"], ["nothing"]])
def test_one_or_two_known_niches(niches: list[str]) -> None:
    with pytest.raises(FormRefused, match="Pilih 1 sampai 2 niche"):
        rules.read_account(**(ACCOUNT | {"niches": niches}))


@pytest.mark.parametrize("typed", ["1.2.3jt", "12.5", "0", "-1", "seribu", "9" * 30, "12,400"])
def test_followers_that_cannot_be_read_are_refused(typed: str) -> None:
    with pytest.raises(FormRefused):
        rules.read_account(**(ACCOUNT | {"followers": typed}))


def test_averages_are_optional_and_named_when_wrong() -> None:
    assert rules.read_averages(views="", likes="-", comments="1,5rb", shares="40") == Averages(None, None, 1_500, 40)
    with pytest.raises(FormRefused) as refused:
        rules.read_averages(views="1.2.3jt", likes="", comments="-3", shares="")
    assert [problem.split(":")[0] for problem in refused.value.problems] == ["Views", "Komentar"]


@pytest.mark.parametrize("good", ["Bandung", "Kab. Sleman", "Kota Bekasi (Timur)", "Pangkal Pinang", "Toli-Toli"])
def test_cities_as_people_write_them(good: str) -> None:
    assert rules.read_city(f"  {good} ") == good


@pytest.mark.parametrize(
    "bad", ["", "x", "@everyone", "<@123>", "Bandung 12", "Ban\u202edung", "a" * 61, "`x` y", "-- ab"]
)
def test_what_is_no_city_is_refused(bad: str) -> None:
    with pytest.raises(Unreadable):
        rules.read_city(bad)


@given(st.text(max_size=80) | st.text("abcXYZé '-.()/,", min_size=2, max_size=60))
def test_a_city_that_passes_can_be_shown_anywhere(text: str) -> None:
    try:
        city = rules.read_city(text)
    except Unreadable:
        return
    assert not set(city) & set("@<>#`*_~|[]\n\\")
    assert 2 <= len(city) <= 200


@pytest.mark.parametrize("typed", ["0812-3456-7890", "+62 812 3456 7890", "6281234567890"])
def test_every_spelling_of_a_phone_is_one_number(typed: str) -> None:
    assert rules.read_contact(typed).reveal() == "+6281234567890"


@pytest.mark.parametrize("good", ["Raka@Example.com", "raka.cerita+tsc@mail.co.id"])
def test_an_address_is_taken_in_lower_case(good: str) -> None:
    assert rules.read_contact(good).reveal() == good.lower()


@pytest.mark.parametrize("bad", ["", "raka", "raka@localhost", "a@b..com", "@x.com", "raka@ex ample.com", "08" * 200])
def test_what_is_no_contact_is_refused_without_being_repeated(bad: str) -> None:
    with pytest.raises(Unreadable) as refused:
        rules.read_contact(bad)
    assert not bad or bad not in refused.value.message


@given(st.text(max_size=300))
def test_any_contact_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Unreadable):
        rules.read_contact(text)


# Provinces


def test_there_are_38_provinces_and_each_is_read_by_its_own_name() -> None:
    assert len(set(PROVINCES)) == 38
    assert [parse_province(name.upper()) for name in PROVINCES] == list(PROVINCES)


@pytest.mark.parametrize(
    ("typed", "province"),
    [
        ("jabar", "Jawa Barat"),
        ("Prov. Jawa Timur", "Jawa Timur"),
        ("JOGJA", "DI Yogyakarta"),
        ("dki", "DKI Jakarta"),
        ("Jaksel", "DKI Jakarta"),
        ("Sumatra Utara", "Sumatera Utara"),
        ("Kep. Riau", "Kepulauan Riau"),
        ("jawa brat", "Jawa Barat"),
        ("papua", "Papua"),
    ],
)
def test_provinces_as_people_write_them(typed: str, province: str) -> None:
    assert parse_province(typed) == province


@pytest.mark.parametrize("typed", ["jawa", "papua utara", "kalimantan", "Wakanda", "x" * 2_000, "\u202e", "ﷺ"])
def test_what_may_be_several_provinces_or_none_is_asked_again(typed: str) -> None:
    with pytest.raises(Unreadable):
        parse_province(typed)


@given(st.text())
def test_any_province_is_read_as_a_real_one_or_refused(text: str) -> None:
    try:
        found = parse_province(text)
    except Unreadable:
        return
    assert found is None or found in PROVINCES


# Steps


def test_the_steps_come_in_order() -> None:
    draft = Draft(7, Consent("v", 1))
    about, account = rules.read_about_you(**ABOUT), rules.read_account(**ACCOUNT)

    steps = [
        draft.next_step,
        replace(draft, about=about).next_step,
        replace(draft, about=about, account=account).next_step,
        replace(draft, about=about, account=account, averages=Averages()).next_step,
    ]

    assert steps == [Step.ABOUT_YOU, Step.ACCOUNT, Step.AVERAGES, Step.SUMMARY]


# Whose an account is


def test_whose_an_account_is() -> None:
    assert rules.ownership(is_known=False, owner_id=None, member_id=7) is Ownership.NEW
    assert rules.ownership(is_known=True, owner_id=None, member_id=7) is Ownership.UNCLAIMED
    assert rules.ownership(is_known=True, owner_id=7, member_id=7) is Ownership.YOURS
    assert rules.ownership(is_known=True, owner_id=8, member_id=7) is Ownership.OTHERS


@given(st.integers())
def test_a_proof_code_is_short_and_has_no_letters_that_look_alike(seed: int) -> None:
    code = rules.proof_code(random.Random(seed).choice)

    assert len(code) == 8 and code.startswith("TSC-")
    assert not set(code[4:]) & set("01OIL")


CLAIM = Registration(
    id=1,
    member_id=7,
    state=RegistrationState.WAITING,
    creator_id=None,
    account=Account(Platform.TIKTOK, "raka", 100, (Niche.FOOD,)),
    averages=Averages(),
    age_band=AgeBand.FROM_18,
    gender=Gender.MALE,
    city="Bandung",
    region="Jawa Barat",
    consent=Consent(CONSENT_VERSION, NOW),
    insight_file_id=None,
    proof_code="TSC-ABCD",
    proof_file_id=None,
    reason=None,
    decided_by=None,
    decided_at=None,
    created_at=NOW,
)


def test_an_open_claim_may_be_decided_by_anyone_but_the_claimant() -> None:
    rules.check_decidable(CLAIM, 99)
    with pytest.raises(NotAllowed):
        rules.check_decidable(CLAIM, 7)


@pytest.mark.parametrize("state", [RegistrationState.APPROVED, RegistrationState.REJECTED])
def test_a_decided_claim_names_who_decided(state: RegistrationState) -> None:
    with pytest.raises(DomainError, match="sudah diputuskan oleh <@42>"):
        rules.check_decidable(CLAIM.decided(state, by=42, at=NOW, reason="karena"), 99)


@pytest.mark.parametrize("reason", ["", " \n ", "tes", "x" * 2_000])
def test_a_reason_must_be_readable(reason: str) -> None:
    with pytest.raises(FormRefused):
        rules.read_reason(reason)


# Roles


def test_roles_follow_from_all_accounts_and_none_from_none() -> None:
    accounts = [(Platform.TIKTOK, (Niche.FOOD, None)), (Platform.INSTAGRAM, (Niche.FOOD, Niche.TRAVEL))]

    assert rules.role_keys(accounts) == [
        RoleKey.CREATOR,
        "platform:tiktok",
        "niche:food",
        "platform:instagram",
        "niche:travel",
    ]
    assert rules.role_keys([]) == []


# What a registered creator changes


def test_figures_are_read_together_and_a_blank_average_is_not_told() -> None:
    read = rules.read_figures(followers="12,4rb", views="", likes="1.200", comments="0", shares="")

    assert read == Metrics(12_400, None, 1_200, 0, None)
    with pytest.raises(FormRefused) as refusal:
        rules.read_figures(followers="", views="x", likes="-1", comments="", shares="")
    assert len(refusal.value.problems) == 3


def test_a_blank_contact_is_left_alone_and_a_wrong_one_refused() -> None:
    changes = rules.read_changes(city="bandung", province="jabar", contact=" ", niches=["food"])

    assert (changes.city, changes.region, changes.contact) == ("Bandung", "Jawa Barat", None)
    with pytest.raises(FormRefused):
        rules.read_changes(city="bandung", province="jabar", contact="x", niches=["food"])


@pytest.mark.parametrize(
    ("before", "after", "is_big"),
    [(100, 150, False), (100, 151, True), (100, 50, False), (100, 49, True), (None, 9, False), (0, 9, False)],
)
def test_a_figure_leaps_when_it_moves_by_more_than_half(before: int | None, after: int, is_big: bool) -> None:
    leaps = rules.big_changes(Metrics(followers=before), Metrics(followers=after))

    assert [(one.name, one.after) for one in leaps] == ([("followers", after)] if is_big else [])
