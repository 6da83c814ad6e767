"""Pay-outs: which state follows which, deadlines, proofs, and the tax note."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform.crypto import Private
from bot.platform.errors import DomainError, FormRefused
from bot.platform.indonesian import format_phone
from bot.prizes import claim_form, reading, rules, tax
from bot.prizes.models import Payout, PayoutAct, PayoutState, Prize, PrizeSource, Wallet

FINAL = (PayoutState.PAID, PayoutState.EXPIRED, PayoutState.CANCELLED)
TAXES = tax.load()
RUPIAH = st.integers(min_value=0, max_value=10**12)


def payout(state: PayoutState = PayoutState.CLAIMED, **changes: object) -> Payout:
    plain = Payout(
        id=1,
        source=PrizeSource.QUIZ,
        source_id=1,
        round=1,
        member_id=100,
        title="Kuis",
        prize=Prize("GoPay", 25_000),
        by_lot=False,
        tax_amount=None,
        tax_note="",
        claim_until=1_000,
        state=state,
        version=2,
        wallet=None,
        reason="Dua akun",
        awarded_at=0,
        claimed_at=None,
        ended_at=900,
        ended_by=5,
        proof_file_id=None,
        has_reference=False,
    )
    return dataclasses.replace(plain, **changes)


@given(st.lists(st.sampled_from(PayoutAct)))
def test_whatever_is_tried_money_leaves_once_at_most_and_nothing_leaves_a_final_state(acts: list[PayoutAct]) -> None:
    state, paid, claimed = PayoutState.WAITING, 0, False
    for act in acts:
        following = rules.after(state, act)
        if rules.is_final(state):
            assert following is None
        if following is None:
            continue
        claimed = claimed or following is PayoutState.CLAIMED
        paid += following is PayoutState.PAID
        if following is PayoutState.PAID:
            assert claimed, "paid without anybody having said where to"
        if following is PayoutState.EXPIRED:
            assert not claimed, "what was claimed in time never expires"
        state = following
    assert paid <= 1


@given(st.sampled_from(PayoutState))
def test_final_states_are_exactly_those_that_no_act_leaves(state: PayoutState) -> None:
    assert rules.is_final(state) == (state in FINAL) == all(rules.after(state, act) is None for act in PayoutAct)


@given(st.sampled_from(PayoutState), st.integers(min_value=0, max_value=2_000))
def test_a_claim_is_taken_before_the_deadline_and_corrected_until_it_is_paid(state: PayoutState, now: int) -> None:
    fits = state is PayoutState.CLAIMED or (state is PayoutState.WAITING and now < 1_000)

    if fits:
        rules.check_claim(payout(state), now)
    else:
        with pytest.raises(DomainError):
            rules.check_claim(payout(state), now)


@given(st.sampled_from(PayoutState), st.integers(1, 3), st.sampled_from([100, 200, None]))
def test_only_what_was_claimed_and_seen_is_paid_and_never_by_its_winner(
    state: PayoutState, version: int, payer: int | None
) -> None:
    if state is PayoutState.CLAIMED and version == 2 and payer != 100:
        rules.check_payment(payout(state), version, payer)
    else:
        with pytest.raises(DomainError):
            rules.check_payment(payout(state), version, payer)


@given(st.integers(0, 10**9), st.integers(-(10**6), 10**7))
def test_the_reminder_comes_a_day_before_the_deadline_and_not_on_the_heels_of_the_news(awarded: int, runs: int) -> None:
    at = rules.reminder_at(awarded, awarded + runs)

    assert (at is None) == (runs < 86_400 + 3_600)
    if at is not None:
        assert at == awarded + runs - 86_400


@given(
    st.from_regex(r"\+628[0-9]{8,11}", fullmatch=True),
    st.text(max_size=10),
    st.text(max_size=10),
    st.sampled_from(["0{}", "62{}", "+62 {}", "{}"]),
)
def test_a_reference_never_holds_the_winners_number(number: str, before: str, after: str, style: str) -> None:
    local = number.removeprefix("+62")
    text = f"{before}{style.format(local)}{after}"[: rules.MAX_REFERENCE]

    for written in (text, "-".join(text), f"a {format_phone(number)}"):
        with pytest.raises(FormRefused):
            rules.read_reference(written, Private(number), has_file=True)


def test_a_payment_needs_a_reference_or_a_picture() -> None:
    number = Private("+6281234567890")

    assert rules.read_reference(" TRX  77 ", number, has_file=False) == "TRX 77"
    assert rules.read_reference("", number, has_file=True) == ""
    for text, has_file in (("", False), (" \u200b ", False), ("9" * 101, True)):
        with pytest.raises(FormRefused):
            rules.read_reference(text, number, has_file=has_file)


@given(st.text(max_size=400), st.none() | st.integers(-5, 10**9))
def test_no_wording_of_a_prize_holds_up_a_draw(description: str, amount: int | None) -> None:
    prize = rules.tidied(Prize(description, amount))

    assert 0 < len(prize.description) <= 200 and "\n" not in prize.description
    assert prize.amount is None or prize.amount > 0


@pytest.mark.parametrize(
    ("gross", "drawn", "skill"),
    [
        (0, 0, 0),
        (25_000, 6_250, 1_250),
        # Half a rupiah counts up: 25% of 2 is 0.5; 5% of 10 is 0.5.
        (2, 1, 0),
        (10, 3, 1),
        (60_000_000, 15_000_000, 3_000_000),
        # By hand: 5% of 60 million and 15% of the next 40 million.
        (100_000_000, 25_000_000, 9_000_000),
        # 3 + 28.5 + 62.5 + 1,350 + 350 million.
        (6_000_000_000, 1_500_000_000, 1_794_000_000),
    ],
)
def test_a_drawn_prize_and_a_skill_prize_are_reckoned_by_their_own_rule(gross: int, drawn: int, skill: int) -> None:
    assert (tax.tax_of(TAXES.drawn, gross), tax.tax_of(TAXES.skill, gross)) == (drawn, skill)


@given(RUPIAH, RUPIAH, st.sampled_from([TAXES.drawn, TAXES.skill]))
def test_more_prize_is_never_less_tax_and_never_more_than_the_highest_rate(
    one: int, two: int, rule: tax.TaxRule
) -> None:
    less, more = sorted((one, two))
    highest = max(bracket.percent for bracket in rule.brackets)

    assert 0 <= tax.tax_of(rule, less) <= tax.tax_of(rule, more) <= (more * highest + 50) // 100


def test_the_note_names_the_rule_its_legal_basis_and_who_to_ask() -> None:
    drawn = tax.note_of(TAXES, by_lot=True, amount=25_000)
    skill = tax.note_of(TAXES, by_lot=False, amount=25_000)
    goods = tax.note_of(TAXES, by_lot=True, amount=None)

    assert (drawn.amount, skill.amount, goods.amount) == (6_250, 1_250, None)
    for part in ("PPh final", "Rp 6.250", "25%", "PP 132/2000", "1 Januari 2001", "Periksa dengan finance"):
        assert part in drawn.text
    assert "PPh 21" in skill.text and "PMK 168/2023" in skill.text
    assert "nilai barangnya diisi finance" in goods.text


@pytest.mark.parametrize(
    "brackets",
    [
        [],
        [{"up_to": 5, "percent": 5}],
        [{"up_to": 9, "percent": 5}, {"up_to": 5, "percent": 6}, {"up_to": None, "percent": 7}],
        [{"up_to": None, "percent": 101}],
    ],
)
def test_a_rate_file_that_does_not_add_up_is_refused(tmp_path: Path, brackets: list[object]) -> None:
    raw = json.loads(tax.FILE.read_text(encoding="utf-8"))
    raw["skill"]["brackets"] = brackets
    (tmp_path / "tax.json").write_text(json.dumps(raw))

    with pytest.raises(ValueError):
        tax.load(tmp_path / "tax.json")


@pytest.mark.parametrize(
    ("typed", "prize"),
    [
        ("Saldo GoPay Rp 100.000", Prize("Saldo GoPay Rp 100.000", 100_000)),
        ("gopay 25rb", Prize("GoPay Rp 25.000", 25_000)),
        ("Go-Pay 25k", Prize("GoPay Rp 25.000", 25_000)),
        ("saldo dana Rp. 50.000,-", Prize("saldo DANA Rp 50.000", 50_000)),
        ("Uang tunai 1,5jt", Prize("Uang tunai Rp 1.500.000", 1_500_000)),
        ("ovo 25.000 untuk 3 pemenang", Prize("OVO Rp 25.000 untuk 3 pemenang", 25_000)),
        ("25.000", Prize("Rp 25.000", 25_000)),
        ("Rp 50.000 per pemenang", Prize("Rp 50.000 per pemenang", 50_000)),
        # Things, whatever they are worth, go to an address.
        ("Voucher Indomaret Rp 100.000", Prize("Voucher Indomaret Rp 100.000")),
        ("Paket skincare senilai 200rb", Prize("Paket skincare senilai 200rb")),
        ("iPhone 15", Prize("iPhone 15")),
        ("Dana bantuan alat rekam", Prize("Dana bantuan alat rekam")),
        ("", None),
    ],
)
def test_prizes_are_read_as_money_only_where_they_say_so(typed: str, prize: Prize | None) -> None:
    assert reading.read_prize(typed) == prize


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("GoPay -5", "negatif"),
        ("Rp -5.000", "negatif"),
        ("Rp 9999999999999", "terlalu besar"),
        ("GoPay 5", "paling sedikit Rp 1.000"),
        ("Saldo GoPay", "belum menyebut nominalnya"),
        ("GoPay 25.000 atau OVO 30.000", "lebih dari satu nominal"),
    ],
)
def test_money_that_can_not_be_paid_is_refused(typed: str, why: str) -> None:
    with pytest.raises(DomainError, match=why):
        reading.read_prize(typed)


@given(st.text(max_size=120))
def test_whatever_is_typed_is_money_goods_or_refused_with_a_sentence(typed: str) -> None:
    try:
        prize = reading.read_prize(typed)
    except DomainError as refusal:
        assert refusal.message
        return
    if prize is not None and prize.amount is not None:
        assert prize.amount >= reading.LEAST_MONEY
        assert reading.read_prize(prize.description) == prize


@given(st.integers(1, 2**40), st.integers(1, 2**20), st.integers(1, 2**20))
def test_time_lost_while_the_form_was_closed_is_given_back(claim: int, awarded: int, closed: int) -> None:
    now = max(awarded, closed) + 5_000
    won = payout(PayoutState.WAITING, awarded_at=awarded, claim_until=awarded + claim)

    until = rules.resumed_until(won, closed, now)

    assert until > won.claim_until and until - now >= rules.LEAST_AFTER_PAUSE_SECONDS
    assert until - now >= won.claim_until - max(closed, awarded)


def test_the_form_begins_with_the_one_wallet_that_is_named_or_was_chosen() -> None:
    def begun(description: str, amount: int | None = 25_000, wallet: Wallet | None = None) -> dict[str, str]:
        return claim_form.begun(payout(PayoutState.WAITING, prize=Prize(description, amount), wallet=wallet))

    assert begun("Saldo GoPay") == {"wallet": "gopay"}
    assert begun("Saldo GoPay", wallet=Wallet.OVO) == {"wallet": "ovo"}
    assert begun("GoPay atau OVO") == begun("Uang tunai") == begun("Voucher GoPay", None) == {}
