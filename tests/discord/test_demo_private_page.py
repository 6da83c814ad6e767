"""The demo serves the private page for real: a winner's link opens in a browser, also after the bot was restarted."""

import pytest

from bot.demo import staff_steps
from bot.demo.browser import fill
from bot.demo.prize_steps import link_of
from bot.demo.world import World, open_world, shown, words
from bot.prizes.models import Prize, PrizeSource

TYPED = {"wallet": "gopay", "number": "0812-3456-7890", "name": "Raka Pratama"}


async def _award(world: World, member_id: int) -> None:
    services = world.bot.services
    async with services.database.unit() as tx:
        await services.prizes.award(
            tx,
            source=PrizeSource.GIVEAWAY,
            source_id=1,
            winners=[member_id],
            prize=Prize("Saldo GoPay", 25_000),
            claim_until=services.clock.timestamp() + 3 * 86_400,
            by_lot=True,
            title="Giveaway April",
        )
    await world.delivered()


async def test_a_winner_in_the_demo_fills_in_the_page_in_a_browser() -> None:
    async with open_world() as world:
        await staff_steps.set_up(world)
        raka = await world.join("raka", "Raka")
        await _award(world, raka.id)
        link = link_of(shown(await raka.user.click(world.last_dm(raka), label="Ambil hadiah")))
        assert link.startswith(f"{world.bot.settings.public_url}/isi/") and link.startswith("http://127.0.0.1:")

        await world.restart()
        page = await fill(link, TYPED)
        await world.delivered()

        assert "Tujuan hadiahmu tersimpan" in page
        assert "GoPay ••••7890" in words(world.last_dm(raka))
        with pytest.raises(RuntimeError, match="410"):
            await fill(link, TYPED)
