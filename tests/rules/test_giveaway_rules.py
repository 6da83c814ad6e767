"""Who may join a giveaway, and what staff may type."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import Niche
from bot.giveaways import rules
from bot.giveaways.models import GiveawaySpec, LegalKind, Requirements
from bot.giveaways.reading import (
    BasicsForm,
    LegalForm,
    RequirementsForm,
    read_basics,
    read_legal,
    read_requirements,
)
from bot.giveaways.rules import DAY, Person, requirement_lines, unmet
from bot.platform.errors import DomainError, FormRefused

NOW = 1_800_000_000
NOON = datetime.fromtimestamp(NOW, UTC)


def test_each_requirement_says_what_is_missing_and_what_to_do() -> None:
    wanted = Requirements(role_id=55, registered=True, member_days=7, niches=(Niche.BEAUTY,), follow="@tsc")
    newcomer = Person(in_server_since=NOW - 2 * DAY, niches=(Niche.FOOD,))

    role, registered, age, niche = unmet(wanted, newcomer, NOW)

    assert "<@&55>" in role and "/tiket buka" in role
    assert "/daftar" in registered
    assert "baru 2 hari" in age and f"<t:{NOW + 5 * DAY}:f>" in age
    assert "Kecantikan" in niche and "Kuliner" in niche
    assert unmet(wanted, Person(frozenset({55}), NOW - 7 * DAY, True, (Niche.BEAUTY,)), NOW) == []
    assert "Follow @tsc" in requirement_lines(wanted)


@given(st.integers(1, 3_650), st.integers(0, 4_000 * DAY))
def test_the_days_of_membership_are_counted_in_full(days: int, since: int) -> None:
    refused = unmet(Requirements(member_days=days), Person(in_server_since=NOW - since), NOW)

    assert bool(refused) == (since < days * DAY)


def test_somebody_whose_joining_is_unknown_is_told_so() -> None:
    (why,) = unmet(Requirements(member_days=1), Person(), NOW)

    assert "belum terbaca" in why and "/tiket buka" in why


def test_a_giveaway_that_ends_before_it_is_posted_is_not_posted() -> None:
    spec = GiveawaySpec("A", "B", 1, lasts=3_600)

    assert rules.ends_at(spec, NOW) == NOW + 3_600
    with pytest.raises(DomainError, match="sudah lewat"):
        rules.ends_at(GiveawaySpec("A", "B", 1, ends_at=NOW), NOW)
    with pytest.raises(DomainError, match="belum diisi"):
        rules.ends_at(GiveawaySpec("A", "B", 1), NOW)


def test_everything_wrong_with_the_first_form_is_told_at_once() -> None:
    with pytest.raises(FormRefused) as refused:
        read_basics(BasicsForm("", "", "banyak", "0", "kemarin"), NOON)

    assert len(refused.value.problems) == 5


def test_the_forms_are_read() -> None:
    spec = read_basics(BasicsForm(" Akhir  Pekan ", "GoPay", "100rb", "3", "30/1/2027 20.00"), NOON)

    assert (spec.title, spec.amount, spec.winners) == ("Akhir Pekan", 100_000, 3)
    wanted = read_requirements(RequirementsForm("12", True, "7", " @tsc ", ["beauty"]))
    assert wanted == Requirements(12, True, 7, "@tsc", (Niche.BEAUTY,))
    assert read_requirements(RequirementsForm(None, False, "", "", [])) == Requirements()
    legal = read_legal(LegalForm("draw", " 12/X/2026 ", "5"), spec)
    assert legal.legal is not None and legal.legal.kind is LegalKind.DRAW
    assert (legal.legal.permit, legal.claim_days) == ("12/X/2026", 5)
    for form in (LegalForm(None, "", "3"), LegalForm("draw", "", "0"), LegalForm("draw", "", "lama")):
        with pytest.raises(FormRefused):
            read_legal(form, spec)


def test_one_from_the_calendar_keeps_its_length_while_no_end_is_typed() -> None:
    kept = GiveawaySpec("A", "B", 1, lasts=7_200)

    assert read_basics(BasicsForm("A", "B", "", "2", ""), NOON, kept).lasts == 7_200
    with pytest.raises(FormRefused):
        read_basics(BasicsForm("A", "B", "", "2", ""), NOON)
