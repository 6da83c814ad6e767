"""All SQL of prize pay-outs."""

from collections.abc import Iterable

from bot.platform.database import Reads, Row, UnitOfWork
from bot.prizes.models import Payout, PayoutState, Prize, PrizeSource, Wallet

_COLUMNS = (
    "id, source, source_id, round, member_id, title, description, amount, by_lot, tax_amount, tax_note, claim_until,"
    " state, version, wallet, reason, awarded_at, claimed_at, ended_at, ended_by, proof_file_id,"
    " proof_reference IS NOT NULL AS has_reference"
)


def _payout(row: Row) -> Payout:
    return Payout(
        id=row["id"],
        source=PrizeSource(row["source"]),
        source_id=row["source_id"],
        round=row["round"],
        member_id=row["member_id"],
        title=row["title"],
        prize=Prize(row["description"], row["amount"]),
        by_lot=bool(row["by_lot"]),
        tax_amount=row["tax_amount"],
        tax_note=row["tax_note"],
        claim_until=row["claim_until"],
        state=PayoutState(row["state"]),
        version=row["version"],
        wallet=Wallet(row["wallet"]) if row["wallet"] else None,
        reason=row["reason"],
        awarded_at=row["awarded_at"],
        claimed_at=row["claimed_at"],
        ended_at=row["ended_at"],
        ended_by=row["ended_by"],
        proof_file_id=row["proof_file_id"],
        has_reference=bool(row["has_reference"]),
    )


def _maybe(row: Row | None) -> Payout | None:
    return _payout(row) if row else None


async def insert(
    tx: UnitOfWork,
    *,
    source: PrizeSource,
    source_id: int,
    round_number: int,
    member_id: int,
    title: str,
    prize: Prize,
    by_lot: bool,
    tax_amount: int | None,
    tax_note: str,
    claim_until: int,
    now: int,
) -> Payout | None:
    """A new pay-out; None when this winner has one from the same source and round."""
    row = await tx.fetch_one(
        "INSERT INTO prize_payout (source, source_id, round, member_id, title, description, amount, by_lot,"
        " tax_amount, tax_note, claim_until, state, awarded_at)"
        " VALUES (:source, :source_id, :round, :member, :title, :description, :amount, :by_lot, :tax, :note, :until,"
        " 'waiting', :now)"
        f" ON CONFLICT (source, source_id, round, member_id) DO NOTHING RETURNING {_COLUMNS}",
        {
            "source": source.value,
            "source_id": source_id,
            "round": round_number,
            "member": member_id,
            "title": title,
            "description": prize.description,
            "amount": prize.amount,
            "by_lot": int(by_lot),
            "tax": tax_amount,
            "note": tax_note,
            "until": claim_until,
            "now": now,
        },
    )
    return _maybe(row)


async def get(reads: Reads, payout_id: int) -> Payout | None:
    """One pay-out."""
    return _maybe(await reads.fetch_one(f"SELECT {_COLUMNS} FROM prize_payout WHERE id = :id", {"id": payout_id}))


async def of_source(reads: Reads, source: PrizeSource, source_id: int) -> list[Payout]:
    """All pay-outs of a giveaway or quiz, in the order they were won."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM prize_payout WHERE source = :source AND source_id = :id ORDER BY id",
        {"source": source.value, "id": source_id},
    )
    return [_payout(row) for row in rows]


async def of_member(reads: Reads, member_id: int, limit: int, offset: int) -> list[Payout]:
    """What a member has won, the latest first."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM prize_payout WHERE member_id = :member ORDER BY id DESC LIMIT :limit OFFSET :offset",
        {"member": member_id, "limit": limit, "offset": offset},
    )
    return [_payout(row) for row in rows]


async def count_of_member(reads: Reads, member_id: int) -> int:
    """How many prizes a member has won."""
    row = await reads.fetch_one(
        "SELECT count(*) AS number FROM prize_payout WHERE member_id = :member", {"member": member_id}
    )
    return int(row["number"]) if row else 0


async def in_states(reads: Reads, states: Iterable[PayoutState], limit: int, offset: int) -> list[Payout]:
    """Pay-outs for staff: to be paid first, then waiting, then the latest."""
    names, parameters = _states(states)
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM prize_payout WHERE state IN ({names})"
        " ORDER BY CASE state WHEN 'claimed' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END,"
        " CASE state WHEN 'claimed' THEN claimed_at WHEN 'waiting' THEN claim_until ELSE -ended_at END, id"
        " LIMIT :limit OFFSET :offset",
        {**parameters, "limit": limit, "offset": offset},
    )
    return [_payout(row) for row in rows]


async def total_in_states(reads: Reads, states: Iterable[PayoutState]) -> tuple[int, int]:
    """How many pay-outs there are in these states, and their money in whole rupiah."""
    names, parameters = _states(states)
    row = await reads.fetch_one(
        f"SELECT count(*) AS number, coalesce(sum(amount), 0) AS rupiah FROM prize_payout WHERE state IN ({names})",
        parameters,
    )
    return (int(row["number"]), int(row["rupiah"])) if row else (0, 0)


def _states(states: Iterable[PayoutState]) -> tuple[str, dict[str, object]]:
    parameters: dict[str, object] = {f"state{index}": state.value for index, state in enumerate(states)}
    return ", ".join(f":{name}" for name in parameters), parameters


async def claim(
    tx: UnitOfWork,
    payout_id: int,
    *,
    wallet: Wallet | None,
    number: str,
    name: str,
    address: str | None,
    now: int,
) -> Payout | None:
    """Keep where the prize goes (encrypted values); None when it is neither waiting nor claimed."""
    row = await tx.fetch_one(
        "UPDATE prize_payout SET state = 'claimed', version = version + 1, wallet = :wallet, account_number = :number,"
        " account_name = :name, address = :address, claimed_at = coalesce(claimed_at, :now)"
        f" WHERE id = :id AND state IN ('waiting', 'claimed') RETURNING {_COLUMNS}",
        {
            "id": payout_id,
            "wallet": wallet.value if wallet else None,
            "number": number,
            "name": name,
            "address": address,
            "now": now,
        },
    )
    return _maybe(row)


async def pay(
    tx: UnitOfWork,
    payout_id: int,
    version: int,
    *,
    reference: str | None,
    file_id: int | None,
    by: int | None,
    now: int,
) -> Payout | None:
    """Record the payment with its proof (encrypted); None when it is not claimed or has changed since `version`."""
    row = await tx.fetch_one(
        "UPDATE prize_payout SET state = 'paid', version = version + 1, proof_reference = :reference,"
        " proof_file_id = :file, ended_at = :now, ended_by = :by"
        f" WHERE id = :id AND state = 'claimed' AND version = :version RETURNING {_COLUMNS}",
        {"id": payout_id, "version": version, "reference": reference, "file": file_id, "by": by, "now": now},
    )
    return _maybe(row)


async def cancel(tx: UnitOfWork, payout_id: int, reason: str, by: int | None, now: int) -> Payout | None:
    """Take a prize back and forget where it should have gone; None when it is final already."""
    row = await tx.fetch_one(
        "UPDATE prize_payout SET state = 'cancelled', version = version + 1, reason = :reason, ended_at = :now,"
        " ended_by = :by, account_number = NULL, account_name = NULL, address = NULL"
        f" WHERE id = :id AND state IN ('waiting', 'claimed') RETURNING {_COLUMNS}",
        {"id": payout_id, "reason": reason, "by": by, "now": now},
    )
    return _maybe(row)


async def extend(tx: UnitOfWork, payout_id: int, until: int) -> Payout | None:
    """Give a winner until a later instant; None when it isn't waiting, or its deadline is as late already."""
    row = await tx.fetch_one(
        "UPDATE prize_payout SET claim_until = :until, version = version + 1"
        f" WHERE id = :id AND state = 'waiting' AND claim_until < :until RETURNING {_COLUMNS}",
        {"id": payout_id, "until": until},
    )
    return _maybe(row)


async def expire(tx: UnitOfWork, source: PrizeSource, source_id: int, now: int) -> list[Payout]:
    """End what a source's winners have not claimed in time; only those ended by this call, in the order won."""
    rows = await tx.fetch_all(
        "UPDATE prize_payout SET state = 'expired', version = version + 1, ended_at = :now"
        " WHERE source = :source AND source_id = :id AND state = 'waiting' AND claim_until <= :now"
        f" RETURNING {_COLUMNS}",
        {"source": source.value, "id": source_id, "now": now},
    )
    return sorted((_payout(row) for row in rows), key=lambda payout: payout.id)


async def expired_at(reads: Reads, source: PrizeSource, source_id: int, ended_at: int) -> list[Payout]:
    """What a source's winners left unclaimed at one deadline, in the order won."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM prize_payout WHERE source = :source AND source_id = :id AND state = 'expired'"
        " AND ended_at = :at ORDER BY id",
        {"source": source.value, "id": source_id, "at": ended_at},
    )
    return [_payout(row) for row in rows]


async def unclaimed_until(reads: Reads, source: PrizeSource, source_id: int, after: int, until: int) -> list[Payout]:
    """What waits to be claimed with a deadline later than `after`, at `until` the latest."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM prize_payout WHERE source = :source AND source_id = :id AND state = 'waiting'"
        " AND claim_until > :after AND claim_until <= :until ORDER BY id",
        {"source": source.value, "id": source_id, "after": after, "until": until},
    )
    return [_payout(row) for row in rows]


async def waiting(reads: Reads) -> list[Payout]:
    """Everything that waits to be claimed, source by source."""
    rows = await reads.fetch_all(
        f"SELECT {_COLUMNS} FROM prize_payout WHERE state = 'waiting' ORDER BY source, source_id, claim_until, id"
    )
    return [_payout(row) for row in rows]


async def destination(reads: Reads, payout_id: int) -> tuple[str, str, str | None] | None:
    """Encrypted number, name and address; None before the claim or after a cancellation."""
    row = await reads.fetch_one(
        "SELECT account_number, account_name, address FROM prize_payout WHERE id = :id AND account_number IS NOT NULL",
        {"id": payout_id},
    )
    return (row["account_number"], row["account_name"], row["address"]) if row else None


async def reference(reads: Reads, payout_id: int) -> str | None:
    """The encrypted reference of a payment."""
    row = await reads.fetch_one("SELECT proof_reference FROM prize_payout WHERE id = :id", {"id": payout_id})
    return row["proof_reference"] if row else None
