"""What winners get: the vocabulary of prizes and their pay-outs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.platform.audit import Entry
from bot.platform.crypto import Private
from bot.platform.stored_files import StoredFile
from bot.platform.text import named


class PrizeSource(StrEnum):
    """What a prize was won in."""

    GIVEAWAY = "giveaway"
    QUIZ = "quiz"

    @property
    def indonesian(self) -> str:
        """As people read it."""
        return {PrizeSource.GIVEAWAY: "Giveaway", PrizeSource.QUIZ: "Kuis"}[self]


class PayoutState(StrEnum):
    """Where a pay-out stands. The last three are final."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def indonesian(self) -> str:
        """As people read it."""
        return {
            PayoutState.WAITING: "Menunggu diambil",
            PayoutState.CLAIMED: "Siap dibayar",
            PayoutState.PAID: "Sudah dibayar",
            PayoutState.EXPIRED: "Tidak diambil",
            PayoutState.CANCELLED: "Dibatalkan",
        }[self]


class PayoutAct(StrEnum):
    """What can be done to a pay-out."""

    CLAIM = "claim"
    EXTEND = "extend"
    PAY = "pay"
    EXPIRE = "expire"
    CANCEL = "cancel"


class Wallet(StrEnum):
    """The e-wallets prizes are sent to; each is known by a phone number."""

    GOPAY = "gopay"
    OVO = "ovo"
    DANA = "dana"
    SHOPEEPAY = "shopeepay"

    @property
    def label(self) -> str:
        """The brand as it writes itself."""
        return {Wallet.GOPAY: "GoPay", Wallet.OVO: "OVO", Wallet.DANA: "DANA", Wallet.SHOPEEPAY: "ShopeePay"}[self]


@dataclass(frozen=True)
class Prize:
    """What each winner gets. `amount` is whole rupiah, None for goods (they are sent to an address)."""

    description: str
    amount: int | None = None


@dataclass(frozen=True)
class Claim:
    """Where a prize goes, as its winner said it. `wallet` is None and `address` filled for goods."""

    number: Private
    name: Private
    wallet: Wallet | None = None
    address: Private | None = None


@dataclass(frozen=True)
class Payout:
    """One winner's prize. Private fields stay encrypted: the service alone opens them.

    `ended_by` is None where a deadline ended it. `tax_amount` is whole rupiah, None when not computed.
    """

    id: int
    source: PrizeSource
    source_id: int
    round: int
    member_id: int
    title: str
    prize: Prize
    by_lot: bool
    tax_amount: int | None
    tax_note: str
    claim_until: int
    state: PayoutState
    version: int
    wallet: Wallet | None
    reason: str | None
    awarded_at: int
    claimed_at: int | None
    ended_at: int | None
    ended_by: int | None
    proof_file_id: int | None
    has_reference: bool

    @property
    def origin(self) -> str:
        """What it was won in: `Kuis Warna`."""
        return named(self.source.indonesian, self.title)

    @property
    def is_money(self) -> bool:
        """Whether it goes to an e-wallet; goods go to an address."""
        return self.prize.amount is not None


@dataclass(frozen=True)
class Totals:
    """How many pay-outs there are, and their money in whole rupiah by state. Lapsed and cancelled ones cost nothing."""

    number: int
    money: Mapping[PayoutState, int]

    @property
    def unpaid(self) -> int:
        """What may still have to be paid."""
        return self.money.get(PayoutState.WAITING, 0) + self.money.get(PayoutState.CLAIMED, 0)

    @property
    def paid(self) -> int:
        """What was paid."""
        return self.money.get(PayoutState.PAID, 0)


@dataclass(frozen=True)
class PayoutDetail:
    """A pay-out as staff look at it. `number` is shown masked only; None before the claim."""

    payout: Payout
    number: Private | None
    steps: tuple[Entry, ...]


@dataclass(frozen=True)
class Proof:
    """What finance kept of a payment: a reference, a picture, or both."""

    reference: Private | None
    picture: StoredFile | None
