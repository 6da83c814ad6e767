"""The store: one writer whose units of work share commits, and several readers beside it (SQLite in WAL mode)."""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, cast

import aiosqlite
import structlog

from bot.platform import metrics

Row = sqlite3.Row
Parameters = Mapping[str, object]

_log = structlog.get_logger(__name__)
_inside_unit: ContextVar[bool] = ContextVar("inside_unit_of_work", default=False)

# A shared commit ends after so many units or so long, whichever comes first, so that nobody waits for a long queue.
MAX_UNITS_PER_COMMIT = 256
MAX_COMMIT_HOLD_SECONDS = 0.05


class Reads(Protocol):
    """What store functions that only look need: a unit of work or the readers."""

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]: ...

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None: ...


class _Fetching:
    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of one statement."""
        raise NotImplementedError

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None


class UnitOfWork(_Fetching):
    """One savepoint inside the writer's transaction. Await nothing but the store while it is open: others queue."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._after_commit: list[Callable[[], None]] = []

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of one statement; also INSERT, UPDATE and DELETE with RETURNING."""
        return list(cast(Sequence[Row], await self._connection.execute_fetchall(sql, parameters or {})))

    async def execute(self, sql: str, parameters: Parameters | None = None) -> None:
        """Run one statement whose rows nobody needs."""
        await self._connection.execute_fetchall(sql, parameters or {})

    async def execute_many(self, sql: str, parameters: Sequence[Parameters]) -> None:
        """Run one statement for each set of parameters."""
        cursor = await self._connection.executemany(sql, parameters)
        await cursor.close()

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` once this unit's commit is durable; never if it is undone."""
        self._after_commit.append(callback)

    def committed(self) -> None:
        """Run the callbacks; called by the database only."""
        for callback in self._after_commit:
            callback()


class _Ticket:
    """A unit's place in the queue for the writer."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.turn: asyncio.Future[UnitOfWork] = loop.create_future()
        self.keep: asyncio.Future[bool] = loop.create_future()
        self.settled: asyncio.Future[None] = loop.create_future()
        self.unit: UnitOfWork | None = None
        self.abandoned = False

    def settle(self, error: BaseException | None = None) -> None:
        if self.settled.done():
            return
        if error is None:
            self.settled.set_result(None)
        else:
            self.settled.set_exception(error)
            # Someone cancelled may never look; an unread error must not be reported as a defect of the loop.
            self.settled.exception()


class _UnitContext:
    def __init__(self, database: "Database") -> None:
        self._database = database
        self._ticket: _Ticket | None = None

    async def __aenter__(self) -> UnitOfWork:
        if _inside_unit.get():
            raise RuntimeError("a unit of work is open already: pass it on instead of opening a second one")
        ticket = self._ticket = _Ticket()
        self._database.enqueue(ticket)
        try:
            unit = await ticket.turn
        except asyncio.CancelledError:
            ticket.abandoned = True
            if not ticket.keep.done():
                ticket.keep.set_result(False)
            raise
        self._token = _inside_unit.set(True)
        return unit

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _inside_unit.reset(self._token)
        ticket = self._ticket
        assert ticket is not None
        if not ticket.keep.done():
            ticket.keep.set_result(error is None)
        try:
            await asyncio.shield(ticket.settled)
        except sqlite3.Error:
            if error is None:
                raise


class Readers(_Fetching):
    """Read-only connections, used in turn. Each statement sees one consistent state of the store."""

    def __init__(self, connections: Sequence[aiosqlite.Connection]) -> None:
        self._connections = connections
        self._next = 0

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of one SELECT."""
        self._next = (self._next + 1) % len(self._connections)
        connection = self._connections[self._next]
        return list(cast(Sequence[Row], await connection.execute_fetchall(sql, parameters or {})))


class Database:
    """Open with `Database.open`, close on every path: an open connection's thread keeps the process alive."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]) -> None:
        self.path = path
        self.read = Readers(readers)
        self._writer = writer
        self._readers = readers
        self._waiting: deque[_Ticket] = deque()
        self._flusher: asyncio.Task[None] | None = None
        self._closed = False

    @classmethod
    async def open(cls, path: Path, *, readers: int = 4) -> Self:
        """Connect to an existing, migrated file (see migrations.prepare)."""
        opened: list[aiosqlite.Connection] = []
        try:
            for index in range(readers + 1):
                opened.append(await connect(path, read_only=index > 0))
        except BaseException:
            for connection in opened:
                await connection.close()
            raise
        return cls(path, opened[0], opened[1:])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def unit(self) -> _UnitContext:
        """`async with database.unit() as tx:` changes inside are durable when the block has been left without error.

        A raised exception undoes the unit alone, not the others of the shared commit. Raises sqlite3.Error when the
        commit itself fails (disk full, file locked): then nothing of it is in the store.
        """
        return _UnitContext(self)

    def enqueue(self, ticket: _Ticket) -> None:
        """Put a unit in the writer's queue; for UnitContext only."""
        if self._closed:
            raise RuntimeError("the database is closed")
        self._waiting.append(ticket)
        if self._flusher is None:
            self._flusher = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        try:
            while self._waiting:
                await self._commit_together()
        except BaseException:
            # The loop is going down: nobody may wait for ever.
            stopped = sqlite3.OperationalError("the writer was stopped")
            while self._waiting:
                _refuse(self._waiting.popleft(), stopped)
            raise
        finally:
            self._flusher = None

    async def _commit_together(self) -> None:
        done: list[_Ticket] = []
        current: _Ticket | None = None
        started = time.perf_counter()
        try:
            await self._writer.execute_fetchall("BEGIN IMMEDIATE")
            while self._waiting and len(done) < MAX_UNITS_PER_COMMIT:
                current = self._waiting.popleft()
                if not current.abandoned and await self._run_unit(current):
                    done.append(current)
                current = None
                if time.perf_counter() - started > MAX_COMMIT_HOLD_SECONDS:
                    break
            await self._writer.execute_fetchall("COMMIT")
        except BaseException as error:
            await self._fail(error, [*done, *([current] if current else [])])
            if not isinstance(error, sqlite3.Error):
                raise
            return
        metrics.COMMITS.inc()
        metrics.UNITS.inc(len(done))
        metrics.COMMIT_SECONDS.observe(time.perf_counter() - started)
        for ticket in done:
            assert ticket.unit is not None
            ticket.unit.committed()
            ticket.settle()

    async def _run_unit(self, ticket: _Ticket) -> bool:
        await self._writer.execute_fetchall("SAVEPOINT unit")
        ticket.unit = UnitOfWork(self._writer)
        if not ticket.turn.done():
            ticket.turn.set_result(ticket.unit)
        keep = await ticket.keep
        if not self._writer.in_transaction:
            # Some errors (disk full, I/O) make SQLite undo the whole transaction, the neighbours' units with it.
            raise sqlite3.OperationalError("the shared transaction was rolled back by SQLite")
        if not keep:
            await self._writer.execute_fetchall("ROLLBACK TO unit")
        await self._writer.execute_fetchall("RELEASE unit")
        if not keep:
            ticket.settle()
        return keep

    async def _fail(self, error: BaseException, tickets: list[_Ticket]) -> None:
        _log.error("commit_failed", units=len(tickets), error=type(error).__name__)
        if self._writer.in_transaction:
            try:
                await self._writer.execute_fetchall("ROLLBACK")
            except sqlite3.Error:
                _log.error("rollback_failed")
        if not tickets and self._waiting:
            # BEGIN itself failed: the one at the head learns of it, the rest get their own try.
            tickets = [self._waiting.popleft()]
        failure = error if isinstance(error, sqlite3.Error) else sqlite3.OperationalError("the writer was stopped")
        for ticket in tickets:
            _refuse(ticket, failure)

    async def close(self) -> None:
        """Finish what is queued, then close every connection. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        if self._flusher is not None:
            await asyncio.gather(self._flusher, return_exceptions=True)
        for connection in [*self._readers, self._writer]:
            await connection.close()


def _refuse(ticket: _Ticket, failure: sqlite3.Error) -> None:
    if not ticket.turn.done():
        ticket.turn.set_exception(failure)
        ticket.turn.exception()
    ticket.settle(failure)


async def connect(path: Path, *, read_only: bool = False) -> aiosqlite.Connection:
    """One configured connection. The caller closes it."""
    connection = await aiosqlite.connect(path, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        statements = ["PRAGMA busy_timeout = 5000", "PRAGMA foreign_keys = ON"]
        if read_only:
            statements.append("PRAGMA query_only = ON")
        else:
            # FULL, not NORMAL: what was confirmed to a person must survive a power cut too; shared commits pay for it.
            statements += ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"]
        for statement in statements:
            await connection.execute_fetchall(statement)
    except BaseException:
        await connection.close()
        raise
    return connection
