"""Account and identity numbers never survive, what people rightly write does."""

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.errors import FormRefused
from bot.tickets.masking import asks_for_phone, mask
from bot.tickets.models import Question, QuestionAnswer, Stage
from bot.tickets.reading import masked_again, read_answers, summary_of

DIGITS = st.text("0123456789", min_size=8, max_size=20)
GAPS = st.sampled_from(["", " ", "-", ".", " - ", "/", "\u00a0", "–"])
WORDS = st.sampled_from(["rekening saya", "NIK", "no rek BCA:", "tolong cek", "", "uang macet di", "akun"])


def spaced(digits: str, gap: str, every: int) -> str:
    """The digits in groups."""
    return gap.join(digits[start : start + every] for start in range(0, len(digits), every))


@given(WORDS, DIGITS, GAPS, st.integers(3, 6), WORDS)
def test_a_long_number_loses_all_but_its_last_four_digits(
    before: str, digits: str, gap: str, every: int, after: str
) -> None:
    written = spaced(digits, gap, every)
    # What looks like an amount, a date or a time is another matter, see below.
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", written) or re.search(r"(19|20)\d\d", digits):
        return
    masked = mask(f"{before} {written} {after}")
    assert masked.hidden >= 1
    assert f"••••{digits[-4:]}" in masked.text
    left = re.sub(r"\D", "", masked.text)
    assert left == digits[-4:]


@given(st.text(max_size=200))
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once.text).text == once.text and mask(once.text).hidden == 0


@given(st.integers(0, 10**16 - 1))
def test_a_nik_is_told_apart(number: int) -> None:
    masked = mask(f"NIK saya {number:016d}.")
    assert masked.nik and masked.hidden == 1
    assert masked.text == f"NIK saya ••••{number % 10_000:04d}."


@given(st.integers(1_000, 999_999_999_999))
def test_an_amount_of_rupiah_stays(amount: int) -> None:
    grouped = f"{amount:,}".replace(",", ".")
    for text in (
        f"Rp {grouped} belum masuk",
        f"saldo {grouped}",
        f"Rp{amount}",
        f"{amount} rupiah",
        f"Rp. {grouped},-",
    ):
        assert mask(text).text == text


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 12, 31)))
def test_dates_and_times_stay(at: datetime) -> None:
    for pattern in ("%d-%m-%Y %H.%M", "%d/%m/%Y jam %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y", "%d Nov %Y %H.%M"):
        text = f"gagal {at.strftime(pattern)} tadi"
        assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "https://www.tiktok.com/@rara/video/7301234567890123456",
        "rara20011231@gmail.com",
        "@rara_20011231",
        "<@123456789012345678> dan <#123456789012345678>",
        "aplikasi 2.3.1, Android 14, Samsung SM-A546E",
        "150.000, 200.000 dan 1.250.000",
    ],
)
def test_what_is_no_number_to_hide_stays(text: str) -> None:
    assert mask(text).text == text and mask(text).hidden == 0


@pytest.mark.parametrize("text", ["rek 123.456.789", "@1234567890", "rek1234567890", "norek: 0012-34-567890-1"])
def test_disguises_do_not_help(text: str) -> None:
    assert mask(text).hidden == 1


def test_a_phone_number_stays_only_where_it_is_asked_for() -> None:
    assert mask("0812-3456-7890").text == "••••7890"
    assert mask("0812-3456-7890", phones_wanted=True).text == "0812-3456-7890"
    assert mask("+62 812 3456 7890", phones_wanted=True).hidden == 0
    assert mask("1234567890123", phones_wanted=True).hidden == 1
    assert asks_for_phone("Nomor HP di aplikasi") and not asks_for_phone("Tipe HP dan versi aplikasi")


def test_a_form_is_read_masked_and_blank_answers_are_left_out() -> None:
    asked = [
        Question(1, Stage.OTHER, 1, "Username", "", False, False),
        Question(2, Stage.OTHER, 2, "Apa yang terjadi?", "", True, True),
    ]
    filled = read_answers(asked, {1: "  ", 2: "rek 1234567890\u202e macet"})
    assert filled.answers == (QuestionAnswer("Apa yang terjadi?", "rek ••••7890 macet"),)
    assert filled.hidden == 1 and not filled.nik and summary_of(filled.answers) == "rek ••••7890 macet"
    with pytest.raises(FormRefused, match="Apa yang terjadi"):
        read_answers(asked, {1: "raka"})
    assert masked_again([QuestionAnswer("Username", "1234567890")])[0].answer == "••••7890"
