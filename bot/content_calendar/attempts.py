"""A part of a unit of work that can be taken back alone: what an attached quiz or giveaway writes."""

from bot.platform.database import UnitOfWork


async def begin(tx: UnitOfWork) -> None:
    """From here on what an attached activity writes can be taken back alone."""
    await tx.execute("SAVEPOINT attempt")


async def keep(tx: UnitOfWork) -> None:
    """It went well."""
    await tx.execute("RELEASE attempt")


async def undo(tx: UnitOfWork) -> None:
    """It did not: as if it had never begun."""
    await tx.execute("ROLLBACK TO attempt")
    await tx.execute("RELEASE attempt")
