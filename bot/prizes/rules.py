"""What may happen to a pay-out, and what a filled-in claim or payment must be like."""

from collections.abc import Sequence
from datetime import datetime

from bot.platform.crypto import Private
from bot.platform.deadlines import read_deadline, write_deadline
from bot.platform.errors import DomainError, FormRefused
from bot.platform.problems import Problems
from bot.platform.text import one_line
from bot.prizes.models import Payout, PayoutAct, PayoutState, Prize
from bot.prizes.reading import worded

REMIND_BEFORE_SECONDS = 86_400
LEAST_AFTER_PAUSE_SECONDS = 86_400
# A reminder that would come within so many seconds of the news itself is left out.
_REMINDER_NEEDS_SECONDS = 3_600
MAX_REFERENCE = 100
MAX_REASON = 300
_MAX_DESCRIPTION = 200

_ACTS: dict[PayoutState, dict[PayoutAct, PayoutState]] = {
    PayoutState.WAITING: {
        PayoutAct.CLAIM: PayoutState.CLAIMED,
        PayoutAct.EXTEND: PayoutState.WAITING,
        PayoutAct.EXPIRE: PayoutState.EXPIRED,
        PayoutAct.CANCEL: PayoutState.CANCELLED,
    },
    PayoutState.CLAIMED: {
        # A wrong number is corrected until it has been paid.
        PayoutAct.CLAIM: PayoutState.CLAIMED,
        PayoutAct.PAY: PayoutState.PAID,
        PayoutAct.CANCEL: PayoutState.CANCELLED,
    },
}


def after(state: PayoutState, act: PayoutAct) -> PayoutState | None:
    """The state an act leads to, None where it is not possible. Nothing leads out of paid, expired and cancelled."""
    return _ACTS.get(state, {}).get(act)


def is_final(state: PayoutState) -> bool:
    """Whether nothing can happen to it any more."""
    return state not in _ACTS


def tidied(prize: Prize) -> Prize:
    """The prize on one line of at most 200 characters, its money and e-wallet written the usual way.

    Nothing is refused: a draw must not fail over its wording. Without an amount above Rp 0 it counts as goods.
    """
    amount = prize.amount if prize.amount and prize.amount > 0 else None
    description = worded(one_line(prize.description), amount) or "Hadiah"
    if len(description) > _MAX_DESCRIPTION:
        description = description[: _MAX_DESCRIPTION - 1] + "…"
    return Prize(description, amount)


def resumed_until(payout: Payout, closed_since: int, now: int) -> int:
    """The deadline of a winner who could not claim since `closed_since`: what was left then, and at least a day."""
    lost = now - max(closed_since, payout.awarded_at)
    return max(payout.claim_until + lost, now + LEAST_AFTER_PAUSE_SECONDS)


def reminder_at(awarded_at: int, claim_until: int) -> int | None:
    """When those who have not claimed are reminded: a day before the deadline; None when that is too soon."""
    at = claim_until - REMIND_BEFORE_SECONDS
    return at if at >= awarded_at + _REMINDER_NEEDS_SECONDS else None


def check_claim(payout: Payout, now: int) -> None:
    """Raise DomainError with what the winner should know when the prize can't be claimed (or corrected) at `now`."""
    if payout.state is PayoutState.PAID:
        raise DomainError("Hadiah ini sudah dikirim, jadi nomornya tidak bisa diganti. Cek saldomu, ya.")
    if payout.state is PayoutState.CANCELLED:
        raise DomainError(f"Hadiah ini dibatalkan: {payout.reason}. Ada pertanyaan? Buka tiket dengan /tiket buka.")
    if payout.state is PayoutState.EXPIRED or (payout.state is PayoutState.WAITING and now >= payout.claim_until):
        raise DomainError(
            f"Batas mengambil hadiah ini sudah lewat (<t:{payout.claim_until}:f>). "
            "Pantau giveaway dan kuis berikutnya, ya."
        )


def check_payment(payout: Payout, version: int, payer_id: int | None) -> None:
    """Raise DomainError unless the pay-out, as the payer last saw it (`version`), can be marked paid."""
    if payout.member_id == payer_id:
        raise DomainError("Ini hadiahmu sendiri. Minta rekan finance lain yang membayar dan mencatatnya.")
    if payout.state is PayoutState.WAITING:
        raise DomainError("Pemenangnya belum mengisi tujuan, jadi belum bisa dibayar.")
    _check_open(payout, PayoutAct.PAY)
    if payout.version != version:
        raise DomainError(
            "Pemenang baru saja mengganti tujuannya. Buka lagi detailnya, lihat nomor yang baru, lalu catat."
        )


def check_cancelling(payout: Payout, version: int) -> None:
    """Raise DomainError unless the pay-out, as staff last saw it, can be cancelled."""
    _check_open(payout, PayoutAct.CANCEL)
    if payout.version != version:
        raise DomainError("Hadiah ini baru saja berubah. Buka lagi detailnya dengan /hadiah-admin daftar.")


def check_extension(payout: Payout, version: int) -> None:
    """Raise DomainError unless the pay-out, as staff last saw it, can still be given more time."""
    if payout.state is PayoutState.CLAIMED:
        raise DomainError("Pemenangnya sudah mengisi tujuan, jadi batasnya tidak berlaku lagi.")
    _check_open(payout, PayoutAct.EXTEND)
    if payout.version != version:
        raise DomainError("Hadiah ini baru saja berubah. Buka lagi detailnya dengan /hadiah-admin daftar.")


def read_extension(until: str, reason: str, now: datetime, deadlines: Sequence[int]) -> tuple[int, str]:
    """A later deadline (seconds UTC) than the earliest of `deadlines`, and why. Raises FormRefused."""
    problems = Problems()
    instant = problems.read(lambda: read_deadline(until, now), 0, "Batas baru")
    why = one_line(reason)
    if len(why) < 5 or len(why) > MAX_REASON:
        problems.sentences.append(f"Tulis alasannya, 5 sampai {MAX_REASON} huruf. Pemenang ikut membacanya.")
    if instant and instant <= min(deadlines):
        problems.sentences.append(f"Batas baru harus sesudah batas sekarang, {write_deadline(min(deadlines))} WIB.")
    problems.settle()
    return instant, why


def _check_open(payout: Payout, act: PayoutAct) -> None:
    if after(payout.state, act) is None:
        by = f" oleh <@{payout.ended_by}>" if payout.ended_by else ""
        raise DomainError(f"Hadiah ini {payout.state.indonesian.lower()}{by} <t:{payout.ended_at}:f>.")


def read_reference(text: str, number: Private, *, has_file: bool) -> str:
    """What proves a payment in words: at most 100 characters, empty only beside a file.

    Raises FormRefused, also for a text with the winner's whole number in it: that is not for Discord.
    """
    reference = one_line(text)
    if not reference and not has_file:
        raise FormRefused(["Isi nomor referensi transfer atau unggah buktinya. Salah satu cukup."])
    if len(reference) > MAX_REFERENCE:
        raise FormRefused([f"Referensi paling panjang {MAX_REFERENCE} huruf."])
    if _holds_number(reference, number):
        raise FormRefused(["Jangan tulis nomor tujuan lengkap di Discord. Pakai nomor referensi transfernya saja."])
    return reference


def read_reason(text: str) -> str:
    """Why a prize is cancelled; the winner reads it. Raises FormRefused."""
    reason = one_line(text)
    if len(reason) < 5 or len(reason) > MAX_REASON:
        raise FormRefused([f"Tulis alasannya, 5 sampai {MAX_REASON} huruf. Pemenang ikut membacanya."])
    return reason


def _holds_number(text: str, number: Private) -> bool:
    digits = "".join(character for character in text if character.isdigit())
    # Without the country code or the zero before it: 0812..., 62812... and +62 812... all hold it.
    return number.reveal().removeprefix("+62") in digits
