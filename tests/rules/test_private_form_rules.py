"""Private forms: what a field takes, when a link counts, who has tried too often, where a POST may come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.errors import DomainError
from bot.private_forms.models import FieldKind, FieldsRefused, Link, LinkState, PrivateField
from bot.private_forms.rules import Attempts, is_same_origin, read_values, state_of

PHONE = PrivateField("phone", "Nomor HP", FieldKind.WALLET_PHONE)
KTP = PrivateField("nik", "Nomor KTP", FieldKind.DIGITS, min_length=16, max_length=16)
NAME = PrivateField("name", "Nama", min_length=2, max_length=40)
NOTE = PrivateField("note", "Catatan", required=False)
BANK = PrivateField("bank", "Bank", FieldKind.CHOICE, options=(("bca", "BCA"), ("bni", "BNI")))
ALL = (PHONE, KTP, NAME, NOTE, BANK)


@pytest.mark.parametrize("typed", ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", " 081234567890\n"])
def test_a_wallet_number_is_the_same_however_it_is_written(typed: str) -> None:
    assert read_values((PHONE,), {"phone": typed})["phone"].reveal() == "+6281234567890"


@pytest.mark.parametrize(
    "typed", ["12345", "021-5551234", "+1 202 555 0123", "0812 a.n. Rara", "０８１２３４５６７８９０x"]
)
def test_what_is_no_indonesian_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(FieldsRefused) as refusal:
        read_values((PHONE,), {"phone": typed})
    assert typed not in refusal.value.message


def test_everything_wrong_is_told_at_once_by_field() -> None:
    with pytest.raises(FieldsRefused) as refusal:
        read_values(ALL, {"phone": "12", "nik": "317", "name": "", "bank": "bri", "extra": "x"})

    assert set(refusal.value.by_field) == {"phone", "nik", "name", "bank"}
    assert refusal.value.by_field["nik"] == "Nomor KTP harus 16 angka."


def test_digits_lose_their_marks_and_choices_and_blanks_are_kept_as_they_are() -> None:
    typed = {"phone": "0812-3456-7890", "nik": "3174 0123 4567.8901", "name": "Rara\u202e  Ayu", "bank": "bca"}
    values = read_values(ALL, typed)

    assert {key: value.reveal() for key, value in values.items()} == {
        "phone": "+6281234567890",
        "nik": "3174012345678901",
        "name": "Rara Ayu",
        "bank": "bca",
    }


def test_a_validator_has_the_last_word() -> None:
    def refuse(value: str) -> str:
        raise DomainError("NIK itu tidak sah.")

    field = PrivateField("nik", "NIK", FieldKind.DIGITS, max_length=16, validator=refuse)
    with pytest.raises(FieldsRefused, match="tidak sah"):
        read_values((field,), {"nik": "1"})


@given(st.dictionaries(st.sampled_from([field.id for field in ALL]), st.text(max_size=300)))
def test_whatever_is_typed_is_read_or_refused_and_never_quoted(typed: dict[str, str]) -> None:
    try:
        values = read_values(ALL, typed)
    except FieldsRefused as refusal:
        assert refusal.by_field
        for text in typed.values():
            assert len(text.strip()) < 6 or text.strip() not in refusal.message
    else:
        assert values["nik"].reveal().isdigit() and values["bank"].reveal() in ("bca", "bni")


@given(st.integers(0, 100), st.none() | st.integers(0, 100), st.booleans())
def test_a_link_opens_until_it_is_used_replaced_or_expired(now: int, used: int | None, revoked: bool) -> None:
    link = Link(1, "k", 1, 1, 50, used, 10 if revoked and used is None else None)
    state = state_of(link, now)

    assert (state is LinkState.OPEN) == (used is None and not revoked and now < 50)
    assert state_of(None, now) is LinkState.UNKNOWN


def test_too_many_failures_wait_until_the_first_is_old_and_others_do_not() -> None:
    attempts = Attempts(3, 60)
    for now in (0.0, 1.0, 2.0):
        assert attempts.wait("a", now) == 0
        attempts.failed("a", now)

    assert 0 < attempts.wait("a", 3.0) <= 60 and attempts.wait("b", 3.0) == 0
    assert attempts.wait("a", 60.5) == 0


def test_very_many_peers_do_not_fill_the_memory() -> None:
    attempts = Attempts(1, 60)
    for number in range(10_050):
        attempts.failed(str(number), 1.0)

    assert attempts.wait("0", 2.0) == 0 and attempts.wait("10049", 2.0) > 0


@pytest.mark.parametrize(
    ("fetch_site", "origin", "own"),
    [
        ("same-origin", "null", True),
        ("same-origin", None, True),
        ("cross-site", "https://jahat.example", False),
        ("same-site", "https://tsc.example", False),
        ("none", None, False),
        (None, "https://tsc.example", True),
        (None, "null", True),
        (None, None, True),
        (None, "https://jahat.example", False),
    ],
)
def test_a_form_is_taken_from_our_own_page_only(fetch_site: str | None, origin: str | None, own: bool) -> None:
    assert is_same_origin(fetch_site, origin, "https://tsc.example") is own
