"""What staff and creators do with campaigns, step by step, as their Discord app would."""

from __future__ import annotations

from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.campaigns.models import ApplicationState, CampaignState
from bot.platform.deadlines import write_deadline
from tests.support.server import Server, message_of

BRIEF = "Satu video TikTok 30 detik tentang rutinitas pagi dengan serum. Tayang 10 hari setelah produk diterima."


def in_days(server: Server, days: float) -> str:
    """A deadline as staff type it, so many days from now, on a whole minute."""
    instant = int(server.services.clock.timestamp() + days * 86_400)
    return write_deadline(instant - instant % 60)


async def begin_draft(server: Server, staff: MemberActor, **typed: str) -> InteractionResult:
    """/kampanye-admin buat and its first form; the answer is the panel of the draft."""
    shown = await staff.slash(server.channel("staf-kol"), "kampanye-admin buat")
    basics = {
        "title": "Serum Pagi",
        "brand": "Wardah",
        "brief": BRIEF,
        "slots": "2",
        "deadline": in_days(server, 7),
    }
    return await staff.submit_modal(shown, basics | typed)


async def fill(staff: MemberActor, panel: InteractionResult, button: str, values: dict[str, Any]) -> InteractionResult:
    """Press one of the panel's "Ubah ..." buttons and send its form."""
    shown = await staff.click(message_of(panel), label=button)
    assert shown.modal is not None, "no form was opened"
    return await staff.submit_modal(shown, values)


async def add_fee(
    staff: MemberActor, panel: InteractionResult, fee: str = "1,5jt", public: str = "yes"
) -> InteractionResult:
    """The reward of a draft; the answer is the preview."""
    return await fill(staff, panel, "Isi imbalan & gambar", {"kind": ["fee"], "fee": fee, "public": [public]})


async def announce(server: Server, staff: MemberActor, **options: Any) -> discord.Message:
    """Write a campaign and announce it; returns the announcement. `accounts` and `figures` fill those forms."""
    accounts, figures = options.pop("accounts", None), options.pop("figures", None)
    barter, public = options.pop("barter", None), options.pop("public", "yes")
    panel = await begin_draft(server, staff, **options)
    if barter:
        reward = {"kind": ["barter"], "barter": barter, "public": [public]}
        panel = await fill(staff, panel, "Isi imbalan & gambar", reward)
    else:
        panel = await add_fee(staff, panel, public=public)
    if accounts:
        panel = await fill(staff, panel, "Syarat akun", accounts)
    if figures:
        panel = await fill(staff, panel, "Angka minimal", figures)
    await staff.click(message_of(panel), label="Umumkan")
    await server.env.settle()
    return server.last("kampanye")


async def apply(creator: MemberActor, announcement: Any, **typed: Any) -> InteractionResult:
    """Press Lamar and send the form."""
    shown = await creator.click(announcement, label="Lamar")
    assert shown.modal is not None, "no form was opened"
    values = {"pitch": "Audiens saya perempuan 18 sampai 24 yang suka skincare."}
    return await creator.submit_modal(shown, values | typed)


async def applicants(server: Server, staff: MemberActor, campaign: str = "#1") -> InteractionResult:
    """/kampanye-admin pelamar."""
    return await staff.slash(server.channel("staf-kol"), "kampanye-admin pelamar", judul=campaign)


async def open_applicant(
    server: Server, staff: MemberActor, application_id: int = 1, campaign: str = "#1"
) -> InteractionResult:
    """The detail of one applicant, from the list."""
    listed = await applicants(server, staff, campaign)
    return await staff.select(message_of(listed), [str(application_id)], custom_id="tsc:campaign:applicant")


async def decide(staff: MemberActor, detail: InteractionResult, button: str, reason: str = "") -> InteractionResult:
    """Press Terima, Cadangan or Tolak and send the form."""
    shown = await staff.click(message_of(detail), label=button)
    assert shown.modal is not None, "no form was opened"
    return await staff.submit_modal(shown, {"reason": reason})


def buttons_of(message: Any) -> dict[str, bool]:
    """The buttons of a message by label: whether each can be pressed."""
    found: dict[str, bool] = {}
    for row in message.components:
        raw = row if isinstance(row, dict) else row.to_dict()
        for item in raw.get("components", []):
            if item.get("type") == 2:
                found[item["label"]] = not item.get("disabled", False)
    return found


async def press_again(server: Server, member: MemberActor, custom_id: str) -> InteractionResult:
    """Press a button of some message that has stayed from long ago."""
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Lama", custom_id=custom_id))
    view.stop()
    channel = server.bot.get_channel(server.channel("kampanye").id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send("Pesan lama", view=view)
    await server.env.settle()
    return await member.click(message, custom_id=custom_id)


async def state_of(server: Server, campaign_id: int = 1) -> CampaignState:
    """Where a campaign stands in the store."""
    return (await server.services.campaigns.get(campaign_id)).state


async def states(server: Server) -> list[ApplicationState]:
    """Where the applications to the first campaign stand, in the order staff see them."""
    return [one.application.state for one in await server.services.campaigns.applicants(1)]
