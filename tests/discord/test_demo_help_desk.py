"""The demo's help desk, played without the rest of the story, leaves what people go on with in the browser."""

from pathlib import Path

from bot.demo import staff_steps, ticket_steps
from bot.demo.pictures import save_pictures
from bot.demo.world import open_world
from bot.tickets.models import TicketState


async def test_the_help_desk_of_the_demo_plays_and_leaves_two_tickets_open(tmp_path: Path) -> None:
    async with open_world() as world:
        await staff_steps.set_up(world)
        await staff_steps.staff_arrive(world)
        for username, name in (("ayu.lestari", "Ayu Lestari"), ("vira", "Vira Firda"), ("raka", "Raka")):
            await world.join(username, name)

        told = [
            await act(world)
            for act in (
                ticket_steps.set_rota,
                ticket_steps.ask,
                ticket_steps.help_out,
                ticket_steps.solve,
                ticket_steps.incident,
                ticket_steps.statistics,
            )
        ]

        world.env.raise_errors()
        assert "Andi" in told[0] and "1234567890" not in "".join(told)
        tickets = [await world.bot.services.tickets.get(number) for number in (1, 2, 3)]
        assert tickets[0].state is TicketState.RESOLVED and tickets[0].stars == 5
        assert all(one.state is TicketState.NEW and one.incident_id == 1 for one in tickets[1:])
        saved = await save_pictures(world, tmp_path)
        [page] = [file for file in saved if file.suffix == ".html"]
        assert page.name.endswith("tiket-1.html") and "••••7890" in page.read_text(encoding="utf-8")
