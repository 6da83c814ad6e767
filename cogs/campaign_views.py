"""How campaigns look to creators: what is open, and one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from discord.utils import escape_markdown

from bot.campaigns import buttons, cards, messages
from bot.campaigns.cards import CampaignCard
from bot.campaigns.models import Campaign, CampaignState, Opening
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY
from cogs import campaign_own_views as own_views

LIST_TITLE: Final = "Lihat kampanye yang sedang dibuka"
# Discord's limits for a description and, with a little to spare, for all of an embed.
_DESCRIPTION, _EMBED = 4_096, 5_900


def draw_campaign(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The announcement's picture and its alt text."""
    card = CampaignCard(**{**facts, "requirements": tuple(facts["requirements"])}, product_image=image)
    return cards.render(card), cards.alt_text(card)


def open_list(openings: Sequence[Opening], total: int, channel_id: int | None) -> Message:
    """Campaigns one may apply to, each with how it fits me."""
    fields = [
        Field(
            opening.campaign.title,
            f"{opening.campaign.basics.brand} · {messages.clip(messages.reward_text(opening.campaign.reward), 120)}\n"
            f"{_wanted(opening.campaign)}Lamar sebelum <t:{opening.campaign.basics.deadline_at}:f> "
            f"(<t:{opening.campaign.basics.deadline_at}:R>)\n{fit(opening)}",
            inline=False,
        )
        for opening in openings
    ]
    options = [Option(str(one.campaign.id), one.campaign.title, one.campaign.basics.brand) for one in openings]
    where = f" Kampanye baru diumumkan di <#{channel_id}>." if channel_id else ""
    there = f"{total} kampanye dibuka. Pilih salah satu di bawah untuk detail dan melamar."
    unregistered = any(not one.accounts for one in openings)
    return Message(
        title=LIST_TITLE if total else "Belum ada kampanye yang dibuka",
        description=there if total else f"Pantau terus, ya.{where}",
        colour=PRIMARY if total else NEUTRAL,
        fields=fields,
        selects=[Select(custom_id("campaign:open"), "Lihat detail", options)] if options else [],
        buttons=[[buttons.REGISTER_BUTTON]] if unregistered else [],
    )


def _wanted(campaign: Campaign) -> str:
    wanted = messages.wanted_text(campaign)
    return f"{wanted}\n" if wanted else ""


def fit(opening: Opening) -> str:
    """Whether I may apply, in one line."""
    if opening.own is not None:
        return f"📨 Lamaranmu: **{opening.own.application.state.indonesian}**"
    if not opening.accounts:
        return "Daftar dulu dengan /daftar untuk melamar."
    if opening.fitting:
        names = ", ".join(f"@{account.record.username}" for account in opening.fitting[:3])
        spare = " Slot penuh, lamaran masuk cadangan." if opening.full else ""
        return f"✅ {names} memenuhi syarat.{spare}"
    first, *others = opening.unmet
    return f"❌ {first} (+{len(others)} syarat lain)" if others else f"❌ {first}"


def detail(opening: Opening) -> Message:
    """One campaign in full, as one member meets it; with their own application in full, if they sent one."""
    campaign, own = opening.campaign, opening.own
    fields = messages.facts(campaign, full=opening.full)
    acts: list[Button] = []
    if own is not None:
        fields += own_views.fields(own)
        acts = own_views.acts(own)
    elif opening.accepting:
        lines = [fit(opening)] if opening.fitting or not opening.accounts else [f"❌ {why}" for why in opening.unmet]
        fields.append(Field("Kamu", "\n".join(lines), inline=False))
        if opening.fitting:
            acts = [Button(custom_id("campaign:apply", campaign.id), "Lamar", ButtonStyle.PRIMARY)]
        elif not opening.accounts:
            acts = [buttons.REGISTER_BUTTON]
    return Message(
        title=campaign.title,
        description=_description(opening, fields),
        colour=PRIMARY if campaign.state is CampaignState.OPEN else NEUTRAL,
        fields=fields,
        footer=f"Kampanye {campaign.id}",
        buttons=[[*acts, buttons.BROWSE]],
    )


def _description(opening: Opening, fields: Sequence[Field]) -> str:
    """Brief and own pitch. Where both do not fit, the brief is cut: it stands under the announcement too."""
    basics = opening.campaign.basics
    taken = len(basics.title) + sum(len(field.name) + min(len(field.value), 1_024) for field in fields)
    room = min(_DESCRIPTION, _EMBED - taken) - len(basics.brand) - 80
    if opening.own is None:
        return f"Bersama **{basics.brand}**\n\n{messages.clip(basics.brief, room)}"
    pitch = messages.clip(escape_markdown(opening.own.application.pitch), room - 300)
    brief = messages.clip(basics.brief, room - len(pitch))
    return f"Bersama **{basics.brand}**\n\n{brief}\n\n**Kenapa kamu cocok (jawabanmu)**\n{pitch}"
