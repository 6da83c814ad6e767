"""The SLA clock over Lebaran: warned and escalated at the right moments, once, whatever happens to the ticket.

A withdrawal is of high priority: 60 working minutes to the first reply, 480 to the solution. Opened on Tuesday 17 March
2026 at 17.30 it has used 30 of them when the office closes until Wednesday 25 March.
"""

import discord
from simcord.actors import MemberActor

from bot.platform.audit import Actor
from bot.platform.clock import JAKARTA
from bot.tickets.models import Author, EntryKind, Priority, Speaker, TicketState
from tests.support.duty import it_people, on_rota, told, until
from tests.support.server import Server, text_of
from tests.support.tickets import (
    desk_card,
    entries,
    header,
    open_ticket,
    press,
    press_and_fill,
    resolve,
    say,
    thread_messages,
    ticket,
)

WITHDRAWAL = 3
WARNED, LATE = "hampir lewat target", "lewat target"
EVE = (2026, 3, 17, 17, 30)
BACK = (2026, 3, 25)


async def opened_on_the_eve(server: Server) -> tuple[MemberActor, MemberActor, MemberActor]:
    """A creator with a ticket of the eve of Lebaran; Dewi of IT on duty, Budi of IT beside her."""
    dewi, budi = await it_people(server, "dewi", "budi")
    await on_rota(server, dewi, dewi)
    raka = await server.join("raka")
    await until(server, *EVE)
    await open_ticket(server, raka, stage=WITHDRAWAL)
    return raka, dewi, budi


def warnings(server: Server, about: str, channel: str = "it-piket") -> list[discord.Message]:
    return told(server, channel, f"{about} {WARNED}")


def breaches(server: Server, about: str, channel: str = "it-piket") -> list[discord.Message]:
    return told(server, channel, f"{about} {LATE}")


def minute(message: discord.Message) -> tuple[int, int, int]:
    """Day, hour and minute of a message in WIB."""
    at = message.created_at.astimezone(JAKARTA)
    return at.day, at.hour, at.minute


async def test_a_ticket_of_the_eve_of_lebaran_is_warned_and_escalated_when_work_goes_on(server: Server) -> None:
    raka, dewi, _ = await opened_on_the_eve(server)
    assert f"<@{dewi.id}>" in (await desk_card(server)).content
    await until(server, *BACK, 9, 17)
    await server.restart()
    assert not warnings(server, "balasan pertama")

    await until(server, *BACK, 9, 18)
    [warning] = warnings(server, "balasan pertama")
    assert [user.id for user in warning.mentions] == [dewi.id] and minute(warning) == (25, 9, 18)
    assert not told(server, "staf-kol", "Tiket #1")
    await server.restart()
    await until(server, *BACK, 9, 30)
    [late] = breaches(server, "balasan pertama")
    [escalated] = breaches(server, "balasan pertama", "staf-kol")
    assert minute(late) == (25, 9, 30) and "dieskalasi" in text_of(escalated) and not escalated.mentions
    assert [role.name for role in escalated.role_mentions] == ["Tim KOL"]
    [sorry] = [one for one in await thread_messages(server) if "balasan pertama tiketmu lewat" in one.content]
    assert [user.id for user in sorry.mentions] == [raka.id]
    assert (await ticket(server)).breached_response and "dieskalasi" in text_of(await header(server))

    await until(server, *BACK, 14, 54)
    assert len(warnings(server, "penyelesaian")) == 1
    await until(server, *BACK, 16, 30)
    await server.restart()
    assert len(breaches(server, "penyelesaian")) == len(breaches(server, "penyelesaian", "staf-kol")) == 1
    assert len(warnings(server, "balasan pertama")) == len(breaches(server, "balasan pertama")) == 1
    kinds = [one.kind for one in await entries(server) if one.kind.value.startswith("sla_")]
    assert kinds == [EntryKind.SLA_WARNED, EntryKind.SLA_BREACHED] * 2


async def test_who_has_claimed_it_is_called_beside_who_is_on_duty_and_an_answer_ends_the_first_target(
    server: Server,
) -> None:
    _, dewi, budi = await opened_on_the_eve(server)
    await press(server, budi, await desk_card(server), "Ambil")
    await until(server, *BACK, 9, 5)
    await server.restart()
    await press_and_fill(server, budi, await desk_card(server), "Balas", {"text": "Kami cek dulu, ya."})
    await until(server, *BACK, 14, 53)
    assert not told(server, "it-piket", "lewat target")
    await until(server, *BACK, 14, 54)
    [warning] = warnings(server, "penyelesaian")
    assert {user.id for user in warning.mentions} == {budi.id, dewi.id}
    await resolve(server, budi)
    await until(server, 2026, 3, 27, 18)
    assert not breaches(server, "penyelesaian")


async def test_a_new_priority_moves_the_deadline_at_once(server: Server) -> None:
    _, _, budi = await opened_on_the_eve(server)
    await until(server, *BACK, 9, 5)
    await press_and_fill(server, budi, await desk_card(server), "Balas", {"text": "Kami cek dulu, ya."})
    by = Speaker(Author.IT, budi.id, "Budi")
    await server.services.ticket_desk.set_priority(Actor(budi.id), 1, by, Priority.URGENT)
    await server.restart()
    # 35 of 240 working minutes are used: 80 % at 11.42, all at 12.30.
    await until(server, *BACK, 11, 41)
    assert not warnings(server, "penyelesaian")
    await until(server, *BACK, 11, 42)
    assert len(warnings(server, "penyelesaian")) == 1
    await server.services.ticket_desk.set_priority(Actor(budi.id), 1, by, Priority.LOW)
    await until(server, *BACK, 17)
    assert not breaches(server, "penyelesaian")
    # Urgent again, long after its deadline: late at once, and said once.
    await server.services.ticket_desk.set_priority(Actor(budi.id), 1, by, Priority.URGENT)
    await server.env.settle()
    await server.restart()
    assert len(breaches(server, "penyelesaian")) == 1 and len(warnings(server, "penyelesaian")) == 1


async def test_the_clock_stands_while_the_creator_is_asked_and_nobody_is_warned_twice(server: Server) -> None:
    raka, _, budi = await opened_on_the_eve(server)
    await until(server, *BACK, 9, 10)
    await press_and_fill(server, budi, await desk_card(server), "Minta info", {"text": "Kapan kejadiannya?"})
    await server.restart()
    await until(server, 2026, 3, 27, 10)
    assert not told(server, "it-piket", "lewat target") and (await ticket(server)).resolution_due_at is None
    await say(server, raka, "Kemarin sore.")
    assert (await ticket(server)).state is TicketState.IN_PROGRESS
    # 40 minutes were used: 80 % of 480 at 15.44, all at 17.20.
    await until(server, 2026, 3, 27, 15, 44)
    assert len(warnings(server, "penyelesaian")) == 1
    await until(server, 2026, 3, 27, 15, 50)
    await press_and_fill(server, budi, await desk_card(server), "Minta info", {"text": "Nominalnya?"})
    await until(server, 2026, 3, 27, 16)
    await say(server, raka, "Seratus ribu.")
    await server.restart()
    await until(server, 2026, 3, 27, 17, 29)
    assert len(warnings(server, "penyelesaian")) == 1 and not breaches(server, "penyelesaian")
    await until(server, 2026, 3, 27, 17, 30)
    assert len(breaches(server, "penyelesaian")) == 1


async def test_a_bot_that_was_away_past_a_deadline_escalates_once_without_a_late_warning(server: Server) -> None:
    await opened_on_the_eve(server)
    await until(server, *BACK, 9)
    await server.restart(off_for=45 * 60)
    assert not warnings(server, "balasan pertama") and len(breaches(server, "balasan pertama")) == 1
    await server.restart()
    assert len(breaches(server, "balasan pertama")) == len(breaches(server, "balasan pertama", "staf-kol")) == 1


async def test_without_anybody_on_duty_the_deputy_and_else_the_whole_of_it_is_called(server: Server) -> None:
    dewi, budi = await it_people(server, "dewi", "budi")
    raka = await server.join("raka")
    await until(server, *EVE)
    await open_ticket(server, raka, stage=WITHDRAWAL)
    role = server.role("IT Support").id
    assert f"<@&{role}>" in (await desk_card(server)).content
    await dewi.slash(server.channel("it-piket"), "piket cadangan", pertama=budi)
    await until(server, *BACK, 9, 18)
    [warning] = warnings(server, "balasan pertama")
    assert [user.id for user in warning.mentions] == [budi.id] and not warning.role_mentions
