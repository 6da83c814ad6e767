"""Which way a collaboration goes, whatever is pressed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.collaborations import rules
from bot.collaborations.models import Collaboration, Plan, Status
from bot.collaborations.rules import PlanForm
from bot.platform.errors import DomainError, FormRefused, TooLate

TODAY = date(2026, 3, 2)
LINK = "https://www.instagram.com/reel/abc"


def collaboration(status: Status = Status.IDEA, creator: str | None = "@rara (TikTok)") -> Collaboration:
    return Collaboration(1, Plan("GRWM", "Serum aman", 1, creator), status, None, None, 1, 5, 0, 0)


@given(st.lists(st.tuples(st.sampled_from(Status), st.booleans()), max_size=30), st.booleans())
def test_nothing_is_posted_without_a_link_or_a_creator_nor_cancelled_without_a_reason(
    acts: list[tuple[Status, bool]], has_creator: bool
) -> None:
    one = collaboration(creator="@rara (TikTok)" if has_creator else None)
    for status, filled_in in acts:
        before = one
        try:
            one = rules.moved(
                one, one.version, status, link=LINK if filled_in else "", reason="Batal" if filled_in else ""
            )
        except DomainError:
            assert one is before
            continue
        assert status in rules.MOVES[before.status] and one.version == before.version + 1
        assert one.status is not Status.POSTED or (one.link and one.plan.creator_name)
        assert (one.status is Status.CANCELLED) == (one.reason is not None)


def test_a_button_from_before_somebody_elses_change_does_nothing() -> None:
    with pytest.raises(TooLate):
        rules.moved(collaboration(), 7, Status.AGREED)
    with pytest.raises(TooLate):
        rules.changed(collaboration(), 7, Plan("a", "b"))


@pytest.mark.parametrize("text", ["", "instagram.com/reel/abc", "https://", "javascript:alert(1)", "https://a b.com/x"])
def test_a_link_that_opens_nothing_is_refused(text: str) -> None:
    with pytest.raises(FormRefused):
        rules.read_link(text)


def test_the_form_over_what_was_known_keeps_the_creator() -> None:
    kept = Plan("lama", "lama", 3, "@rara (TikTok)", TODAY)
    plan = rules.read_plan(PlanForm("baru", "pesan", "20 Maret"), kept, TODAY)
    assert (plan.idea, plan.creator_id, plan.planned_on) == ("baru", 3, date(2026, 3, 20))
    with pytest.raises(FormRefused) as refused:
        rules.read_plan(PlanForm("", "", "kapan-kapan"), None, TODAY)
    assert len(refused.value.problems) == 3
