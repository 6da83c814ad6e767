"""What staff and creators do with decisions and offers, step by step, as their Discord app would."""

from __future__ import annotations

from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.offers.models import Offer
from bot.platform.indonesian import format_date
from tests.support.campaigns import in_days
from tests.support.kol import choices_of, shortlist
from tests.support.server import Server, message_of


async def built(server: Server, staff: MemberActor, title: str = "Serum Pagi") -> InteractionResult:
    """A shortlist of the beauty accounts in the database."""
    return await shortlist(server, staff, "cari", niche="beauty", judul=title)


async def decisions(server: Server, staff: MemberActor, title: str = "Serum Pagi") -> InteractionResult:
    """/shortlist keputusan."""
    return await shortlist(server, staff, "keputusan", judul=title)


async def open_creator(server: Server, staff: MemberActor, username: str) -> InteractionResult:
    """One creator, from the list of decisions."""
    shown = await decisions(server, staff)
    options = choices_of(message_of(shown))
    value = next(value for label, value in options.items() if username in label)
    return await staff.select(message_of(shown), [value], custom_id="tsc:decision:open:1")


async def decide(
    server: Server, staff: MemberActor, username: str, button: str = "Terpilih", reason: str = ""
) -> InteractionResult:
    """Press one of the choices of a creator and send the form."""
    person = await open_creator(server, staff, username)
    asked = await staff.click(message_of(person), label=button)
    assert asked.modal is not None, "no form was opened"
    return await staff.submit_modal(asked, {"reason": reason})


def day_in(server: Server, days: int) -> str:
    """A day as people type it, so many days from now."""
    return format_date(
        (server.services.clock.today()).date().fromordinal(server.services.clock.today().date().toordinal() + days),
        weekday=False,
    )


async def write(server: Server, staff: MemberActor, username: str, **typed: Any) -> InteractionResult:
    """Choose somebody and write their offer; the answer is the draft."""
    person = await decide(server, staff, username)
    asked = await staff.click(message_of(person), label="Buat tawaran")
    assert asked.modal is not None, "no form was opened"
    values = {
        "project": "Serum Pagi · Wardah",
        "reward": "1,5jt + satu set serum",
        "scope": "1 video TikTok 30 detik, 1 kali revisi",
        "posts_on": day_in(server, 20),
        "reply_by": in_days(server, 3),
    }
    return await staff.submit_modal(asked, values | typed)


async def send(server: Server, staff: MemberActor, username: str, **typed: Any) -> InteractionResult:
    """Write an offer and send it; the answer is the offer as staff see it."""
    draft = await write(server, staff, username, **typed)
    sent = await staff.click(message_of(draft), label="Kirim tawaran")
    await server.env.settle()
    return sent


async def look(server: Server, creator: MemberActor) -> InteractionResult:
    """Press "Lihat tawaran" in the newest DM that has it."""
    for message in reversed(server.dms(creator)):
        if any("offer:see" in str(row) or _has(row, "offer:see") for row in message.components):
            return await creator.user.click(message, custom_id=_id(message, "offer:see"))
    raise AssertionError("no offer came by DM")


def _has(row: Any, part: str) -> bool:
    return any(part in (getattr(item, "custom_id", None) or "") for item in row.children)


def _id(message: Any, part: str) -> str:
    return next(item.custom_id for row in message.components for item in row.children if part in (item.custom_id or ""))


async def the_offer(server: Server, offer_id: int = 1) -> Offer:
    """The offer in the store."""
    return await server.services.offers.get(offer_id)
