"""The bot is killed (kill -9) while winners send the form of their prize: kept once, and each link used up once."""

import asyncio
import os
import random
import re
import socket
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.platform.crypto import Private
from bot.prizes.models import Prize, PrizeSource
from tests.faults.rounds import every_message_arrived_once_and_in_order
from tests.loopback.driver import User
from tests.loopback.wire import walk_components
from tests.support.live import Live, live_server, text_of

KILLS = 30
WINNERS = 5
# Seconds: several forms are under way at once, each in a unit of work of its own.
SENT_WITHIN = 0.02
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')

TWICE = {
    "claims": "SELECT subject_id FROM audit_entry WHERE action = 'prize.claimed' GROUP BY 1 HAVING count(*) > 1",
    "corrections": "SELECT subject_id FROM audit_entry WHERE action = 'prize.corrected'",
    "uses": "SELECT subject_id FROM audit_entry WHERE action = 'private_form.submitted' GROUP BY 1 HAVING count(*) > 1",
    "links": "SELECT subject_id FROM private_link WHERE used_at IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
    "changes": "SELECT id FROM prize_payout WHERE version <> 2",
}


@dataclass
class Sheet:
    """A form that lies open in a winner's browser."""

    payout_id: int
    url: str
    form_token: str
    number: str

    @property
    def values(self) -> dict[str, str]:
        """What the winner has typed."""
        return {"form_token": self.form_token, "wallet": "gopay", "number": self.number, "name": "Raka Pratama"}


class Browser:
    """Every winner's browser."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def open(self, url: str) -> tuple[int, str]:
        """GET; the status and the page."""
        async with self._session.get(url) as answered:
            return answered.status, await answered.text()

    async def send(self, sheet: Sheet) -> int | None:
        """POST the form; None when the connection broke before there was an answer."""
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}
        try:
            async with self._session.post(sheet.url, data=sheet.values, headers=headers) as answered:
                await answered.read()
                return answered.status
        except aiohttp.ClientError:
            return None


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Live]:
    """The server, its bot serving the private pages on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with live_server(tmp_path, http_port=port, public_url=f"http://127.0.0.1:{port}") as served:
        yield served


@pytest.mark.slow
async def test_a_form_sent_while_the_bot_is_killed_is_kept_once_and_its_link_used_up_once(live: Live) -> None:
    seed = int(os.environ.get("LOOPBACK_SEED") or random.randrange(1_000_000))
    print(f"LOOPBACK_SEED={seed}")
    chance = random.Random(seed)
    winners = [live.discord.user(f"pemenang{number}") for number in range(WINNERS)]
    prizes = await _award(live, winners)
    results: Counter[str] = Counter()
    typed: dict[int, str] = {}

    # A killed bot leaves connections behind that look alive: each request gets one of its own.
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=10)) as session:
        browser = Browser(session)
        for number in range(KILLS):
            sheets = [await _sheet(live, browser, winner, prizes[winner.id][number]) for winner in winners]
            typed |= {sheet.payout_id: sheet.number for sheet in sheets}
            statuses = await _send_and_kill(live, browser, sheets, chance)
            assert live.damage() == []
            await live.bot.restart()
            for sheet, status in zip(sheets, statuses, strict=True):
                results[await _end(live, browser, sheet, status)] += 1
    await live.settled(60.0)

    print(f"{KILLS} kills, {dict(results)}")
    assert min(results["answered"], results["lost"]) > KILLS // 2, "the kills came too early or too late"
    assert {name: found for name, sql in TWICE.items() if (found := [tuple(row) for row in live.rows(sql)])} == {}
    assert Counter(row["state"] for row in live.rows("SELECT state FROM prize_payout")) == {"claimed": len(typed)}
    async with live.services() as services:
        for payout_id, number in typed.items():
            assert await services.prizes.number_of(services.database.read, payout_id) == Private(f"+62{number[1:]}")
    every_message_arrived_once_and_in_order(live)
    for winner in winners:
        confirmed = Counter(text_of(news) for news in winner.dms() if "Tujuan hadiahmu tersimpan" in text_of(news))
        assert len(confirmed) == KILLS and set(confirmed.values()) == {1}


async def _award(live: Live, winners: list[User]) -> dict[int, list[int]]:
    """Each has won in as many giveaways as there will be kills; the numbers of their pay-outs."""
    await live.bot.killed()
    async with live.services() as services, services.database.unit() as tx:
        for source_id in range(1, KILLS + 1):
            await services.prizes.award(
                tx,
                source=PrizeSource.GIVEAWAY,
                source_id=source_id,
                winners=[winner.id for winner in winners],
                prize=Prize("Saldo GoPay", 25_000),
                claim_until=services.clock.timestamp() + 3 * 86_400,
                by_lot=True,
                title=f"Giveaway {source_id}",
            )
    await live.bot.restart()
    await live.settled(60.0)
    rows = live.rows("SELECT id, member_id FROM prize_payout ORDER BY id")
    return {winner.id: [row["id"] for row in rows if row["member_id"] == winner.id] for winner in winners}


async def _sheet(live: Live, browser: Browser, winner: User, payout_id: int) -> Sheet:
    """Press "Ambil hadiah" in the DM, open the link, and type."""
    button = f"tsc:prize:claim:{payout_id}"
    news = next(
        message
        for message in winner.dms()
        if any(part.get("custom_id") == button for part in walk_components(message.get("components")))
    )
    pressed = await winner.press(news, custom_id=button)
    url = next(part["url"] for part in walk_components(pressed.components) if part.get("url"))
    status, page = await browser.open(url)
    found = _TOKEN.search(page)
    assert status == 200 and found, page
    return Sheet(payout_id, url, found[1], f"0812{payout_id:08}")


async def _send_and_kill(live: Live, browser: Browser, sheets: list[Sheet], chance: random.Random) -> list[int | None]:
    """They send within a moment, and the kill comes somewhere in the middle; what each browser was answered."""

    async def send(sheet: Sheet) -> int | None:
        await asyncio.sleep(chance.uniform(0, SENT_WITHIN))
        answered = await browser.send(sheet)
        if answered is not None:
            first.set()
        return answered

    first = asyncio.Event()
    sent = [asyncio.ensure_future(send(sheet)) for sheet in sheets]
    if chance.random() < 0.5:
        # On a machine of any speed some are answered and some are not.
        await first.wait()
    else:
        await asyncio.sleep(chance.uniform(0, 2 * SENT_WITHIN))
    await live.bot.killed()
    return await asyncio.gather(*sent)


async def _end(live: Live, browser: Browser, sheet: Sheet, status: int | None) -> str:
    """Look at what became of a form, and send it again where it was not kept, as its winner would."""
    assert status in (200, None)
    row = live.rows(
        "SELECT state, version, (SELECT count(*) FROM private_link WHERE subject_id = prize_payout.id"
        " AND used_at IS NOT NULL) AS used FROM prize_payout WHERE id = :id",
        {"id": sheet.payout_id},
    )[0]
    kept = row["state"] == "claimed"
    assert (row["version"], row["used"]) == ((2, 1) if kept else (1, 0)), "kept without its link, or the reverse"
    assert kept or status is None, "confirmed, but not kept"
    seen, page = await browser.open(sheet.url)
    assert (seen, "sudah dipakai" in page) == ((410, True) if kept else (200, False))
    assert await browser.send(sheet) == (410 if kept else 200)
    return "answered" if status == 200 else "kept" if kept else "lost"
