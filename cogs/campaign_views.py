"""How campaigns look to creators: what is open, one in full, and the progress of their applications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.campaigns import cards, messages
from bot.campaigns.cards import CampaignCard
from bot.campaigns.models import (
    Application,
    ApplicationState,
    Campaign,
    CampaignState,
    Opening,
    Step,
)
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS

_MARKS = {
    ApplicationState.WAITING: "✅ Lamaran terkirim",
    ApplicationState.ACCEPTED: "✅ Diterima",
    ApplicationState.RESERVED: "🟡 Masuk cadangan",
    ApplicationState.DECLINED: "✖️ Belum terpilih",
    ApplicationState.WITHDRAWN: "✖️ Kamu batalkan",
}


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
    return Message(
        title=f"{total} kampanye dibuka" if total else "Belum ada kampanye yang dibuka",
        description="Pilih salah satu di bawah untuk detail dan melamar." if total else f"Pantau terus, ya.{where}",
        colour=PRIMARY if total else NEUTRAL,
        fields=fields,
        selects=[Select(custom_id("campaign:open"), "Lihat detail", options)] if options else [],
    )


def _wanted(campaign: Campaign) -> str:
    wanted = messages.wanted_text(campaign)
    return f"{wanted}\n" if wanted else ""


def fit(opening: Opening) -> str:
    """Whether I may apply, in one line."""
    if opening.application is not None:
        return f"📨 Lamaranmu: **{opening.application.state.indonesian}**"
    if not opening.accounts:
        return "Daftar dulu dengan /daftar untuk melamar."
    if opening.fitting:
        names = ", ".join(f"@{account.record.username}" for account in opening.fitting[:3])
        spare = " Slot penuh, lamaran masuk cadangan." if opening.full else ""
        return f"✅ {names} memenuhi syarat.{spare}"
    first, *others = opening.unmet
    return f"❌ {first} (+{len(others)} syarat lain)" if others else f"❌ {first}"


def detail(opening: Opening, steps: Sequence[Step]) -> Message:
    """One campaign in full, as one member meets it."""
    campaign, application = opening.campaign, opening.application
    fields = messages.facts(campaign, full=opening.full)
    buttons: list[Button] = []
    if application is not None:
        fields.append(Field("Lamaranmu", progress(campaign, steps), inline=False))
        if opening.withdrawable:
            take_back = custom_id("campaign:withdraw", application.id)
            buttons.append(Button(take_back, "Batalkan lamaran", ButtonStyle.DANGER))
    elif opening.accepting:
        lines = [fit(opening)] if opening.fitting or not opening.accounts else [f"❌ {why}" for why in opening.unmet]
        fields.append(Field("Kamu", "\n".join(lines), inline=False))
        if opening.fitting or not opening.accounts:
            buttons.append(Button(custom_id("campaign:apply", campaign.id), "Lamar", ButtonStyle.PRIMARY))
    buttons.append(Button(custom_id("campaign:browse"), "Kampanye lain"))
    return Message(
        title=campaign.title,
        description=f"Bersama **{campaign.basics.brand}**\n\n{campaign.basics.brief}",
        colour=PRIMARY if campaign.state is CampaignState.OPEN else NEUTRAL,
        fields=fields,
        footer=f"Kampanye {campaign.id}",
        buttons=[buttons],
    )


def progress(campaign: Campaign, steps: Sequence[Step]) -> str:
    """Each step an application has been through, and what comes next."""
    lines: list[str] = []
    for step in steps:
        why = f"\n> {messages.clip(' '.join(step.reason.split()), 300)}" if step.reason else ""
        lines.append(f"{_MARKS[step.state]} <t:{step.at}:f>{why}")
    state = steps[-1].state if steps else ApplicationState.WAITING
    if campaign.state is CampaignState.CANCELLED:
        lines.append(f"✖️ Kampanye dibatalkan <t:{campaign.closed_at}:f>")
    elif state is ApplicationState.ACCEPTED:
        lines.append("⏳ Brief dan jadwal dari Tim KOL")
    elif state is ApplicationState.RESERVED:
        lines.append("⏳ Menunggu slot kosong")
    elif state is ApplicationState.WAITING and campaign.state is CampaignState.OPEN:
        lines.append(f"⏳ Menunggu keputusan tim. Lamaran ditutup <t:{campaign.basics.deadline_at}:R>")
    elif state is ApplicationState.WAITING:
        lines.append("⏳ Lamaran sudah ditutup, tim sedang memutuskan")
    return "\n".join(lines)


def my_applications(sent: Sequence[tuple[Campaign, Application, Sequence[Step]]], total: int) -> Message:
    """A member's own applications."""
    fields = [
        Field(
            f"{campaign.title} · {application.state.indonesian}",
            f"{campaign.basics.brand}\n{progress(campaign, steps)}",
            inline=False,
        )
        for campaign, application, steps in sent
    ]
    options = [Option(str(campaign.id), campaign.title, one.state.indonesian) for campaign, one, _ in sent]
    nothing = "Kamu belum melamar kampanye apa pun. Lihat yang sedang dibuka, siapa tahu ada yang cocok."
    return Message(
        title="Lamaranmu" if total else "Belum ada lamaran",
        description="" if total else nothing,
        colour=PRIMARY if total else NEUTRAL,
        fields=fields,
        selects=[Select(custom_id("campaign:open"), "Buka lamaran", options)] if options else [],
        buttons=[[Button(custom_id("campaign:browse"), "Lihat kampanye yang dibuka", ButtonStyle.PRIMARY)]],
    )


def applied(campaign: Campaign, application: Application) -> Message:
    """The answer to an application that was sent."""
    return Message(
        title="Lamaranmu terkirim",
        description=(
            f"Kamu melamar **{campaign.title}**. Tim memutuskan setelah lamaran ditutup "
            f"<t:{campaign.basics.deadline_at}:f>, atau lebih cepat.\n\n"
            "**Berikutnya:** kabarnya dikirim lewat DM. Pantau juga di /kampanye status."
        ),
        colour=SUCCESS,
        buttons=[
            [
                Button(custom_id("campaign:status"), "Status lamaranku", ButtonStyle.PRIMARY),
                Button(custom_id("campaign:withdraw", application.id), "Batalkan lamaran"),
            ]
        ],
    )
