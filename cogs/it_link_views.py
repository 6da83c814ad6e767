"""What IT sees of the link to its own system."""

from __future__ import annotations

from collections.abc import Sequence

from bot.it_link import messages
from bot.it_link.models import Delivery, DeliveryState, Overview
from bot.platform.messages import Field, Message, Option, Select, custom_id
from bot.platform.palette import DANGER, NEUTRAL, SUCCESS, WARNING

PER_PAGE = 8


def queue(overview: Overview, deliveries: Sequence[Delivery]) -> Message:
    """How the link is doing, and what IT's system does not have yet."""
    dead = [one for one in deliveries if one.state is DeliveryState.DEAD]
    options = [
        Option(str(one.id), f"Tiket #{one.ticket_id}", f"Kabar {one.event_id}: {one.failure}"[:100]) for one in dead
    ]
    selects = [Select(custom_id("it:resend"), "Kirim ulang satu kabar", options)] if options and overview.on else []
    left = overview.pending + overview.dead
    return Message(
        title="Tautan ke sistem IT",
        description=_state(overview),
        colour=_colour(overview),
        fields=[
            Field(f"Tiket #{one.ticket_id} · kabar {one.event_id}", _story(one), inline=False) for one in deliveries
        ],
        selects=selects,
        buttons=[[messages.RESEND_ALL_BUTTON]] if left and overview.on else [],
    )


def resent(count: int) -> Message:
    """What comes of sending again."""
    return Message(
        description=f"**{count} kabar dikirim sekarang**, urut per tiket. Cek hasilnya sebentar lagi.",
        colour=SUCCESS,
        buttons=[[messages.LIST_BUTTON]],
    )


def _state(overview: Overview) -> str:
    if not overview.on:
        waiting = (
            f" {overview.pending + overview.dead} kabar lama tersimpan." if overview.pending + overview.dead else ""
        )
        return (
            "Tautan ini tidak dipakai: tiket dikerjakan di Discord saja." + waiting + " Untuk menyalakannya, admin "
            "mengisi TSC_IT_WEBHOOK_URL dan TSC_IT_WEBHOOK_SECRETS (lihat README)."
        )
    last = (
        f"Terakhir diterima <t:{overview.last_accepted_at}:R>."
        if overview.last_accepted_at
        else "Belum pernah dipakai."
    )
    if not overview.pending + overview.dead:
        return f"Semua kabar tiket sudah diterima sistem IT. {last}"
    return f"**{overview.dead} gagal**, {overview.pending} menunggu giliran. {last}"


def _colour(overview: Overview) -> int:
    if not overview.on:
        return NEUTRAL
    if overview.dead:
        return DANGER
    return WARNING if overview.pending else SUCCESS


def _story(delivery: Delivery) -> str:
    tried = f"{delivery.attempts} kali dicoba" if delivery.attempts else "belum dicoba"
    reason = f", terakhir {delivery.failure}" if delivery.failure else ""
    if delivery.state is DeliveryState.DEAD:
        return f"Gagal: {tried}{reason}. Dari <t:{delivery.created_at}:R>."
    return f"Menunggu: {tried}{reason}. Dicoba lagi <t:{delivery.due_at}:R>."
