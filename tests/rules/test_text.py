"""Lists of lines within Discord's limits."""

from hypothesis import given
from hypothesis import strategies as st

from bot.platform.text import bulleted, named


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=80), max_size=60), st.integers(200, 1024))
def test_a_list_never_exceeds_its_limit_and_never_cuts_a_line(lines: list[str], limit: int) -> None:
    shown = bulleted(lines, limit)

    assert len(shown) <= limit
    for line in shown.splitlines():
        assert line.startswith("…") or line.removeprefix("• ") in lines


def test_what_does_not_fit_is_counted() -> None:
    assert bulleted(["a" * 90] * 10, 300).endswith("… dan 7 lainnya")


def test_what_something_is_is_not_said_twice() -> None:
    assert named("Kuis", "Warna") == "Kuis Warna"
    assert named("Kuis", "Kuis Warna") == named("Kuis", "kuis warna").title() == "Kuis Warna"
    assert named("giveaway", "Giveaway Ramadan") == "Giveaway Ramadan"
