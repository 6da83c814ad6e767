"""From what staff typed about a prize to money or goods, and how money and e-wallets are written to be read."""

import re

from bot.platform.errors import DomainError
from bot.platform.indonesian import Unreadable, format_rupiah, parse_rupiah
from bot.platform.text import one_line, quote
from bot.prizes.models import Prize, Wallet

LEAST_MONEY = 1_000

_AMOUNT = re.compile(r"(?:\b(?:rp|idr)\.?\s*|(?<![\w.,]))\d+(?:[.,]\d+)*(?:\s*(?:rb|ribu|k|jt|juta)\b)?(?:,-)?", re.I)
_CASH = re.compile(r"saldo|\buang\b|tunai|transfer|e-?wallet", re.I)
_RUPIAH = re.compile(r"\b(?:rp|idr)(?![a-z])\.?|\brupiah\b", re.I)
_NEGATIVE = re.compile(r"[-−–]\s*(?:rp\.?\s*)?\d", re.I)
# What may stand beside a bare amount without making it a thing that is worth so much.
_FILLERS = re.compile(r"\b(?:hadiah|sebesar|senilai|per|tiap|setiap|masing-masing|pemenang|orang)\b|[^\w]", re.I)
_WALLETS = {
    Wallet.GOPAY: re.compile(r"\bgo[- ]?pay\b", re.I),
    Wallet.OVO: re.compile(r"\bovo\b", re.I),
    # "dana" is an everyday word for funds as well.
    Wallet.DANA: re.compile(r"\bDANA\b|^[Dd]ana$|\b[Dd]ana\b(?=\s*(?:[Rr]p\b|\d))|(?<=[Ss]aldo )[Dd]ana\b"),
    Wallet.SHOPEEPAY: re.compile(r"\bshopee[- ]?pay\b", re.I),
}


def read_prize(text: str) -> Prize | None:
    """`GoPay 25.000` is money, `Voucher 100.000` and `Kaos TSC` are goods; None for a blank.

    Money needs an amount of a thousand rupiah or more and an e-wallet, cash or balance beside it; or nothing but an
    amount. Raises DomainError where money is meant and its amount can't be used.
    """
    text = one_line(text)
    if not text:
        return None
    told = _AMOUNT.findall(text)
    bare = bool(told) and not _FILLERS.sub("", _RUPIAH.sub("", _AMOUNT.sub("", text)))
    if not (bare or wallets_in(text) or _CASH.search(text)):
        return Prize(text)
    if _NEGATIVE.search(text):
        raise DomainError(f"{quote(text)} bernilai negatif. Tulis misalnya GoPay 25.000.")
    amounts = [amount for amount in map(_rupiah, told) if amount >= LEAST_MONEY]
    if len(amounts) > 1:
        raise DomainError(f"{quote(text)} menyebut lebih dari satu nominal. Tulis satu saja, untuk tiap pemenang.")
    if not amounts:
        if told:
            least = format_rupiah(LEAST_MONEY)
            raise DomainError(f"{quote(text)}: nominalnya paling sedikit {least}. Tulis misalnya GoPay 25.000.")
        if wallets_in(text):
            raise DomainError(f"{quote(text)} belum menyebut nominalnya. Tulis misalnya GoPay 25.000.")
        return Prize(text)
    return Prize(worded(text, amounts[0]), amounts[0])


def worded(text: str, amount: int | None) -> str:
    """The description as people read it: e-wallets as they write themselves, and the amount with its Rp."""
    for wallet, pattern in _WALLETS.items():
        text = pattern.sub(wallet.label, text)
    if amount is None:
        return text
    return _AMOUNT.sub(lambda found: format_rupiah(amount) if _is(found[0], amount) else found[0], text)


def wallets_in(text: str) -> list[Wallet]:
    """The e-wallets that a description names."""
    return [wallet for wallet, pattern in _WALLETS.items() if pattern.search(text)]


def _rupiah(text: str) -> int:
    """The amount; 0 for a number that is none, such as `15.5`. Raises DomainError for more than can be a prize."""
    try:
        return parse_rupiah(text) or 0
    except Unreadable as refusal:
        if "terlalu besar" in refusal.message:
            raise
        return 0


def _is(text: str, amount: int) -> bool:
    try:
        return parse_rupiah(text) == amount
    except Unreadable:
        return False
