"""Many presses at the same moment, and what the calendar asks for, on a real SQLite file."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest

from bot.giveaways import entry_store, messages, verify_draw
from bot.giveaways.models import Entrant, Entry, GiveawaySpec, GiveawayState, Legal, LegalKind, Outcome, Requirements
from bot.platform.audit import Actor
from bot.platform.errors import DomainError
from bot.platform.messages import Message, from_json
from bot.prizes.models import PrizeSource
from bot.services import Services

SARI, DODI = Actor(1), Actor(2)
FIRST = 10**17


async def opened(services: Services, **values: Any) -> int:
    basis = GiveawaySpec("A", "Pulsa", 3, lasts=3_600, amount=50_000, legal=Legal(LegalKind.DRAW))
    spec = replace(basis, **values)
    async with services.database.unit() as tx:
        giveaway_id = await services.giveaways.prepare(tx, SARI, spec)
        await services.giveaways.post_for_calendar(tx, giveaway_id, 10)
    return giveaway_id


async def number(services: Services, sql: str) -> int:
    row = await services.database.read.fetch_one(sql)
    assert row is not None
    return int(row[0])


async def test_a_thousand_members_pressing_three_times_have_one_entry_each(services: Services) -> None:
    giveaway_id = await opened(services)
    presses = [Entrant(FIRST + member, f"p{member}") for member in range(1_000)] * 3

    answers = await asyncio.gather(*(services.giveaway_entries.join(one, giveaway_id) for one in presses))

    assert await services.giveaway_entries.count(giveaway_id) == 1_000
    assert sum(answer.outcome is Outcome.JOINED for answer in answers) == 1_000
    codes = {answer.entry.code for answer in answers if answer.entry}
    assert len(codes) == 1_000
    due = "SELECT count(*) FROM due_item WHERE kind = 'giveaway.count' AND state = 'waiting'"
    assert await number(services, due) <= 3


async def test_joining_leaving_and_ending_at_once_loses_and_doubles_nobody(services: Services) -> None:
    giveaway_id = await opened(services)
    for member in range(50):
        await services.giveaway_entries.join(Entrant(FIRST + member, "x"), giveaway_id)

    done = await asyncio.gather(
        *(services.giveaway_entries.leave(Actor(FIRST + member), giveaway_id) for member in range(25)),
        *(services.giveaway_entries.join(Entrant(FIRST + 100 + member, "y"), giveaway_id) for member in range(50)),
        services.giveaways.end(SARI, giveaway_id),
        services.giveaways.end(DODI, giveaway_id),
        *(services.giveaway_entries.join(Entrant(FIRST + 200 + member, "z"), giveaway_id) for member in range(50)),
        return_exceptions=True,
    )

    assert all(isinstance(one, DomainError) for one in done if isinstance(one, BaseException))
    ended = await services.giveaways.get(giveaway_id)
    assert ended.state is GiveawayState.ENDED
    assert ended.entry_count == await services.giveaway_entries.count(giveaway_id)
    joined = sum(not isinstance(one, BaseException) for one in [*done[25:75], *done[77:]])
    left = sum(not isinstance(one, BaseException) for one in done[:25])
    assert ended.entry_count == 50 - left + joined
    assert await number(services, "SELECT count(*) FROM giveaway_pick") == 3
    assert len(await services.prizes.payouts(PrizeSource.GIVEAWAY, giveaway_id)) == 3
    assert await number(services, "SELECT count(*) FROM outbox_message WHERE dedupe_key LIKE '%winners%'") == 1


async def test_a_draw_that_fails_half_way_leaves_the_giveaway_open(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    giveaway_id = await opened(services)
    await services.giveaway_entries.join(Entrant(FIRST, "x"), giveaway_id)
    with monkeypatch.context() as broken:
        broken.setattr(services.prizes, "award", None)
        with pytest.raises(TypeError):
            await services.giveaways.end(SARI, giveaway_id)

    assert (await services.giveaways.get(giveaway_id)).state is GiveawayState.OPEN
    assert await number(services, "SELECT count(*) FROM giveaway_pick") == 0
    await services.giveaways.end(SARI, giveaway_id)
    assert len(await services.giveaway_draws.winners(giveaway_id)) == 1


async def test_a_list_of_any_length_is_published_in_files_that_discord_takes(services: Services) -> None:
    giveaway_id, people = await opened(services), 230_000
    async with services.database.unit() as tx:
        await entry_store.add(
            tx,
            (
                Entry(giveaway_id, member, "x", "c", verify_draw.entry_hash(giveaway_id, member, "c"), False, 1)
                for member in range(FIRST, FIRST + people)
            ),
        )
    ended = await services.giveaways.end(SARI, giveaway_id)

    names = messages.list_files(ended)
    draw = await services.giveaway_draws.document(giveaway_id)
    lists = [await services.giveaway_draws.list_part(giveaway_id, part) for part in (1, 2)]

    assert len(names) == 2 and len(draw) < 10_000
    assert max(map(len, lists)) < 9 * 2**20
    won = verify_draw.verify(verify_draw.read_draw(lists[1], draw, lists[0]), ended.commitment)
    assert won == [pick.entry_hash for pick in await services.giveaway_draws.winners(giveaway_id)]
    whole = await services.giveaway_draws.document(giveaway_id, whole=True)
    assert verify_draw.verify(verify_draw.read_draw(whole), ended.commitment) == won


async def test_winners_by_lot_and_of_a_contest_are_kept_apart_for_the_tax(services: Services) -> None:
    for kind in LegalKind:
        giveaway_id = await opened(services, winners=1, legal=Legal(kind))
        await services.giveaway_entries.join(Entrant(FIRST, "x"), giveaway_id)
        await services.giveaways.end(SARI, giveaway_id)
        (payout,) = await services.prizes.payouts(PrizeSource.GIVEAWAY, giveaway_id)
        assert payout.by_lot == (kind is LegalKind.DRAW)
        assert payout.prize.amount == 50_000


async def test_the_calendar_prepares_posts_with_its_own_words_and_withdraws(services: Services) -> None:
    async with services.database.unit() as tx:
        spec = GiveawaySpec("A", "Pulsa", 1, lasts=7_200, requirements=Requirements(member_days=3))
        first = await services.giveaways.prepare(tx, SARI, spec)
        second = await services.giveaways.prepare(tx, SARI, spec)
    assert (await services.giveaways.get(first)).state is GiveawayState.SCHEDULED
    assert await number(services, "SELECT count(*) FROM outbox_message") == 0

    with pytest.raises(DomainError, match="undian atau kontes"):
        async with services.database.unit() as tx:
            await services.giveaways.post_for_calendar(tx, first, 77)
    async with services.database.unit() as tx:
        chosen = GiveawaySpec("A", "Pulsa", 1, lasts=7_200, legal=Legal(LegalKind.CONTEST))
        await services.giveaways.change_prepared(tx, SARI, first, chosen)
    async with services.database.unit() as tx:
        extra = Message(content="Selamat pagi!", description="Giveaway hari ini")
        outbox_id = await services.giveaways.post_for_calendar(tx, first, 77, extra=extra)
        await services.giveaways.withdraw(tx, SARI, second)

    assert outbox_id is not None
    row = await services.outbox.get(outbox_id)
    assert row is not None and row.lane == "channel:77"
    posted = from_json(row.payload)
    assert posted.content == "Selamat pagi!" and posted.description.startswith("Giveaway hari ini")
    found = await services.giveaways.get(first)
    assert found.spec.ends_at == services.clock.timestamp() + 7_200 or found.opened_at is not None
    assert (await services.giveaways.get(second)).state is GiveawayState.CANCELLED


async def test_the_seed_is_committed_to_and_neither_stored_nor_logged_in_clear(
    services: Services, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    giveaway_id = await opened(services)
    await services.giveaway_entries.join(Entrant(FIRST, "x"), giveaway_id)
    found = await services.giveaways.get(giveaway_id)
    assert found.seed_token is not None
    seed = bytes.fromhex(services.vault.decrypt(found.seed_token).reveal())

    assert verify_draw.commitment_of(seed, giveaway_id, found.spec.winners) == found.commitment
    assert seed.hex() not in repr(found) and found.seed_token not in repr(found)
    with pytest.raises(DomainError):
        await services.giveaway_draws.document(giveaway_id)
    check = await services.giveaway_draws.verification(giveaway_id, FIRST)
    assert check.seed is None
    for path in services.database.path.parent.glob("store.db*"):
        assert seed.hex().encode() not in path.read_bytes() and seed not in path.read_bytes()
    written = capsys.readouterr()
    assert seed.hex() not in caplog.text + written.out + written.err
