"""What working with a creator before says about working with them again."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """A person's past with us, over all their accounts.

    `taken`: closed campaigns they were accepted for and stayed in. `stepped_back`: campaigns they were accepted for and
    left. Of those taken, `delivered` are known to be posted and `late` of them after the agreed day; None where nobody
    has kept that. `result` is what was reached as a ratio of the target (1 is on target), None when not measured.
    `asked` is the rate they asked last with this account, in whole rupiah.
    """

    taken: int = 0
    stepped_back: int = 0
    delivered: int | None = None
    late: int = 0
    result: Decimal | None = None
    asked: int | None = None

    @property
    def known(self) -> bool:
        """Whether there is anything to judge by."""
        return bool(self.taken or self.stepped_back or self.delivered or self.result is not None)


UNKNOWN: Final = TrackRecord()
