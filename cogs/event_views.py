"""How events look: lists, the staff's panel, what a member is told, and who comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from discord.utils import escape_markdown

from bot.events import cards, messages
from bot.events.cards import CertificateCard, EventCard
from bot.events.models import Count, Event, EventState, Feedback, Rsvp, Seat
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING


def draw_event(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The post's picture and its alt text."""
    card = EventCard(**facts)
    return cards.render(card), cards.alt_text(card)


def draw_certificate(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The certificate and its alt text."""
    card = CertificateCard(**facts)
    return cards.render(card), cards.alt_text(card)


def event_list(found: Sequence[tuple[Event, Count]], total: int, *, to_staff: bool) -> Message:
    """Events; staff also see drafts and can open each one's panel."""
    fields = [
        Field(
            f"{one.title} · {one.state.indonesian}",
            f"{one.spec.kind.indonesian} · <t:{one.spec.starts_at}:f> · {messages.people_text(one, count)}",
            inline=False,
        )
        for one, count in found
    ]
    options = [Option(str(one.id), one.title, one.state.indonesian) for one, _ in found]
    nothing = "Buat yang pertama dengan /acara-admin buat." if to_staff else "Pantau channel acara, ya."
    return Message(
        title=f"{total} acara" if total else "Belum ada acara",
        description="" if total else nothing,
        colour=PRIMARY if total else NEUTRAL,
        fields=fields,
        selects=[Select(custom_id(f"event:{'manage' if to_staff else 'show'}"), "Buka acara", options)]
        if options
        else [],
    )


def shown(event: Event, count: Count) -> Message:
    """One event for members, with its buttons but without a second copy of the picture."""
    return replace(messages.post(event, count), picture=None)


def panel(event: Event, count: Count, channel_id: int | None) -> Message:
    """An event as staff write it: the post as it will be, what only they see, and what can be done."""
    post = messages.post(event, count)
    fields = list(post.fields)
    if event.spec.link:
        fields.append(Field("Tautan (khusus peserta)", event.spec.link, inline=False))
    fields += _code(event)
    if count.attended:
        fields.append(Field("Hadir", str(count.attended)))
    where = f" Akan tampil di <#{channel_id}>." if channel_id and event.state is EventState.DRAFT else ""
    return replace(
        post,
        content=f"Acara {event.id} · **{event.state.indonesian}**.{where}",
        fields=fields,
        buttons=_acts(event),
    )


def _code(event: Event) -> list[Field]:
    if not event.code or event.state is EventState.CANCELLED:
        return []
    return [Field("Kode hadir", f"`{event.code}` (tampilkan saat acara; peserta pakai /acara hadir)")]


def _acts(event: Event) -> list[list[Button]]:
    guests = messages.guests_button(event)
    sheet = Button(custom_id("event:export", event.id), "Unduh daftar")
    if event.state is EventState.ENDED:
        return [[guests, Button(custom_id("event:feedback", event.id), "Masukan"), sheet]]
    if event.state is EventState.CANCELLED:
        return []
    edit = [
        Button(custom_id("event:details", event.id), "Ubah isi & kuota"),
        Button(custom_id("event:time", event.id), "Ubah waktu"),
    ]
    cancel = Button(custom_id("event:cancel", event.id), "Batalkan", ButtonStyle.DANGER)
    if event.state is EventState.OPEN:
        return [[*edit, guests, sheet, cancel]]
    opens = Button(custom_id("event:open", event.id, event.revision), "Umumkan", ButtonStyle.SUCCESS)
    return [[opens, *edit, cancel]]


def opened(event: Event) -> Message:
    """The answer to announcing."""
    return Message(
        title="Acara diumumkan",
        description=(
            f"**{event.title}** tampil di <#{event.channel_id}>.\nPeserta diingatkan sehari dan sejam sebelumnya.\n"
            f"Kode hadir: `{event.code}`. Tampilkan saat acara; peserta mengetiknya di /acara hadir."
        ),
        colour=SUCCESS,
    )


def joined(event: Event, rsvp: Rsvp, ahead: int, *, fresh: bool) -> Message:
    """The answer to Ikut."""
    buttons = [messages.leave_button(event)]
    if rsvp.seat is Seat.WAITING:
        said = f"Tempatnya penuh. Kamu nomor **{ahead + 1}** di daftar tunggu, dan dikabari begitu dapat tempat."
        title, colour = "Kamu di daftar tunggu", WARNING
    else:
        said = "Kamu diingatkan sehari dan sejam sebelum mulai."
        title, colour = ("Kamu ikut! 🙋" if fresh else "Kamu sudah ikut"), SUCCESS
        if event.spec.link:
            buttons.append(messages.link_button(event))
    return Message(
        title=title,
        description=f"**{event.title}** <t:{event.spec.starts_at}:F> · {event.spec.place}\n{said}",
        colour=colour,
        buttons=[buttons],
    )


def own(found: Sequence[tuple[Event, Rsvp]]) -> Message:
    """/acara saya."""
    fields: list[Field] = []
    for event, rsvp in found:
        status = "Ikut" if rsvp.seat is Seat.GOING else "Daftar tunggu"
        if rsvp.attended_at:
            status = "Hadir"
        elif event.state is EventState.ENDED:
            status = "Selesai · " + ("tidak tercatat hadir" if rsvp.seat is Seat.GOING else "kamu tidak dapat tempat")
        elif event.state is not EventState.OPEN:
            status = event.state.indonesian
        fields.append(Field(event.title, f"<t:{event.spec.starts_at}:F> · {event.spec.place}\n{status}", inline=False))
    certificates = [
        Option(str(event.id), event.title)
        for event, rsvp in found
        if rsvp.attended_at and event.state is EventState.ENDED
    ]
    return Message(
        title="Acaramu" if found else "Kamu belum ikut acara",
        description="" if found else "Lihat yang akan datang dengan /acara daftar.",
        colour=PRIMARY if found else NEUTRAL,
        fields=fields,
        selects=[Select(custom_id("event:certificates"), "Ambil sertifikat", certificates)] if certificates else [],
    )


def guests(event: Event, count: Count, rsvps: Sequence[Rsvp]) -> Message:
    """A page of who comes, and of those a choice to note who was there."""
    lines: list[str] = []
    for rsvp in rsvps:
        mark = "✅" if rsvp.attended_at else ("⏳" if rsvp.seat is Seat.WAITING else "•")
        rated = f" · {rsvp.stars} ⭐" if rsvp.stars else ""
        comment = f" {rsvp.comment[:80]}" if rsvp.comment else ""
        lines.append(f"{mark} <@{rsvp.member_id}>{rated}{comment}")
    absent = [
        Option(str(rsvp.member_id), rsvp.name) for rsvp in rsvps if rsvp.seat is Seat.GOING and rsvp.attended_at is None
    ]
    noted = [Option(str(rsvp.member_id), rsvp.name) for rsvp in rsvps if rsvp.attended_at is not None]
    selects: list[Select] = []
    if absent and event.state in (EventState.OPEN, EventState.ENDED):
        note = custom_id("event:attended", event.id)
        selects.append(Select(note, "Catat hadir", absent, at_most=len(absent)))
    if noted:
        selects.append(Select(custom_id("event:unattended", event.id), "Hapus catatan hadir yang keliru", noted))
    return Message(
        title=f"Peserta: {event.title}"[:256],
        description="\n".join(lines) or "Belum ada yang ikut.",
        colour=PRIMARY,
        fields=_code(event),
        footer=f"{messages.people_text(event, count)} · {count.attended} hadir · ✅ hadir, ⏳ daftar tunggu",
        selects=selects,
    )


def feedback(event: Event, told: Feedback, comments: Sequence[Rsvp]) -> Message:
    """What people who were there thought: figures, and a page of what they wrote."""
    most = max(told.stars.values(), default=1)
    bars = [
        f"`{number} ⭐ {'█' * max(1, round(12 * told.stars[number] / most)) if number in told.stars else ''}`"
        f" {told.stars.get(number, 0)}"
        for number in range(5, 0, -1)
    ]
    said = [f"{rsvp.stars} ⭐ <@{rsvp.member_id}>: {escape_markdown(rsvp.comment or '')}" for rsvp in comments]
    average = f"**{format_number(told.average)}** dari 5" if told.average is not None else "Belum ada nilai"
    return Message(
        title=f"Masukan: {event.title}"[:256],
        description="\n".join([average, *(bars if told.rated else []), "", *said])[:4_000],
        colour=PRIMARY if told.rated else NEUTRAL,
        fields=[
            Field("Hadir", format_number(told.attended)),
            Field("Memberi nilai", format_number(told.rated)),
            Field("Menulis pesan", format_number(told.comments)),
        ],
        footer="Pesan dari yang kurang puas lebih dulu",
    )
