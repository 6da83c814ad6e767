"""What is said about an event by itself: its post, reminders, changes, a place that fell free, the questions after."""

from dataclasses import replace

from bot.events.models import Count, Event, EventState, Rsvp
from bot.events.reading import write_length
from bot.events.rules import CODE_BEFORE
from bot.platform.deadlines import write_deadline
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import clip


def count_text(event: Event, count: Count) -> str:
    """`12 dari 30 · 3 menunggu`."""
    text = format_number(count.going)
    if event.spec.seats is not None:
        text += f" dari {format_number(event.spec.seats)}"
    return text + _waiting(count)


def people_text(event: Event, count: Count) -> str:
    """`12 dari 30 peserta · 3 menunggu`."""
    return f"{count_text(event, replace(count, waiting=0))} peserta{_waiting(count)}"


def _waiting(count: Count) -> str:
    return f" · {format_number(count.waiting)} menunggu" if count.waiting else ""


def when_text(event: Event) -> str:
    """When it starts and how long it lasts."""
    return f"<t:{event.spec.starts_at}:F>\n<t:{event.spec.starts_at}:R> · {write_length(event.spec.lasts)}"


def link_button(event: Event) -> Button:
    """Shows the link to people with a place."""
    return Button(custom_id("event:link", event.id), "Tautan acara", emoji="🔗")


def leave_button(event: Event) -> Button:
    """Takes the yes back."""
    return Button(custom_id("event:leave", event.id), "Batal ikut")


def post(event: Event, count: Count) -> Message:
    """The post in its channel, as the event stands. Never holds the link."""
    spec, over = event.spec, event.state in (EventState.ENDED, EventState.CANCELLED)
    place = f"{spec.place}\nTautannya khusus peserta" if spec.link else spec.place
    buttons = [Button(custom_id("event:join", event.id), "Ikut", ButtonStyle.SUCCESS, "🙋"), leave_button(event)]
    if spec.link:
        buttons.append(link_button(event))
    status = f"**{event.state.indonesian}**\n" if over else ""
    return Message(
        title=spec.title,
        description=spec.about,
        colour=NEUTRAL if over else PRIMARY,
        fields=[
            Field("Mulai", status + when_text(event)),
            Field("Tempat", place),
            Field("Peserta", count_text(event, count)),
        ],
        footer=f"Acara {event.id} · {spec.kind.indonesian}",
        buttons=[] if over else [buttons],
        picture=Picture("event", card_facts(event), f"acara-{event.id}.png"),
    )


def card_facts(event: Event) -> dict[str, object]:
    """What the picture shows."""
    spec = event.spec
    return {
        "kind": spec.kind.indonesian,
        "title": spec.title,
        "starts_at": spec.starts_at,
        "length": write_length(spec.lasts),
        "place": spec.place,
        "seats": spec.seats,
    }


def _for_participant(event: Event, title: str, said: str, *, link: bool) -> Message:
    fields = [Field("Mulai", when_text(event)), Field("Tempat", event.spec.place)]
    if link and event.spec.link:
        fields.append(Field("Tautan acara", f"{event.spec.link}\nKhusus peserta, jangan dibagikan.", inline=False))
    return Message(
        title=title[:256],
        description=said,
        colour=PRIMARY,
        fields=fields,
        footer=f"Acara {event.id} · {event.spec.kind.indonesian}",
        buttons=[[leave_button(event)]],
    )


def reminder(event: Event, now: int) -> Message:
    """A day or an hour before, or late."""
    if event.spec.starts_at <= now:
        said = f"**{event.title}** sudah dimulai. Yuk langsung gabung!"
    else:
        said = (
            f"**{event.title}** mulai <t:{event.spec.starts_at}:R>. Tidak jadi datang? Kasih tempatmu ke yang menunggu."
        )
    shown = _for_participant(event, f"Pengingat: {event.title}", said, link=True)
    return shown if event.spec.starts_at > now else replace(shown, buttons=[])


def about_to_begin(event: Event, count: Count, now: int) -> Message:
    """For staff an hour before, or late: the attendance code, and how many come."""
    begins = "Sebentar lagi mulai" if event.spec.starts_at > now else "Sudah dimulai"
    return Message(
        title=clip(f"{begins}: {event.title}", 256),
        description=(
            f"Kode hadir: `{event.code}`\nTampilkan saat acara, jangan dibagikan sebelumnya; peserta mengetiknya di "
            f"/acara hadir mulai <t:{event.spec.starts_at - CODE_BEFORE}:t>."
        ),
        colour=PRIMARY,
        fields=[Field("Mulai", when_text(event)), Field("Peserta", count_text(event, count))],
        footer=f"Acara {event.id} · {event.spec.kind.indonesian}",
        buttons=[[guests_button(event)]],
    )


def guests_button(event: Event) -> Button:
    """For staff: who comes, and who was there."""
    return Button(custom_id("event:guests", event.id), "Peserta & kehadiran")


def moved_up(event: Event) -> Message:
    """For the first of the waiting list once a place is free."""
    said = f"Ada tempat kosong di **{event.title}**, dan sekarang itu punyamu. Tidak bisa datang? Tekan Batal ikut, ya."
    shown = _for_participant(event, f"Kamu dapat tempat: {event.title}", said, link=True)
    return replace(shown, colour=SUCCESS)


def changed(event: Event, before: Event, rsvp_going: bool) -> Message:
    """For everyone who said yes, when time or place changed."""
    lines: list[str] = []
    if (event.spec.starts_at, event.spec.lasts) != (before.spec.starts_at, before.spec.lasts):
        lines.append(f"Waktunya berubah: dari <t:{before.spec.starts_at}:F> menjadi **<t:{event.spec.starts_at}:F>**.")
    if (event.spec.place, event.spec.link) != (before.spec.place, before.spec.link):
        lines.append("Tempat atau tautannya berubah.")
    shown = _for_participant(event, f"Ada perubahan: {event.title}", "\n".join(lines), link=rsvp_going)
    return replace(shown, colour=WARNING)


def cancelled(event: Event) -> Message:
    """For everyone who said yes."""
    return Message(
        title=f"Dibatalkan: {event.title}"[:256],
        description=(
            f"Acara <t:{event.spec.starts_at}:F> ini dibatalkan oleh tim. Maaf, ya. "
            "Lihat acara lain dengan /acara daftar."
        ),
        colour=NEUTRAL,
        footer=f"Acara {event.id}",
    )


def feedback(event: Event) -> Message:
    """Asks whoever was there, once."""
    stars = [Button(custom_id("event:rate", event.id, number), f"{number} ⭐") for number in range(1, 6)]
    certificate = Button(custom_id("event:certificate", event.id), "Sertifikat", ButtonStyle.PRIMARY, "🎓")
    return Message(
        title=f"Makasih sudah datang: {event.title}"[:256],
        description="Bagaimana acaranya? 1 berarti kurang, 5 berarti bagus sekali. Sertifikatmu juga sudah siap.",
        colour=SUCCESS,
        footer=f"Acara {event.id}",
        buttons=[stars, [certificate]],
    )


def certificate(event: Event, rsvp: Rsvp) -> Message:
    """A certificate for somebody who was there."""
    facts = {
        "kind": event.spec.kind.indonesian,
        "title": event.title,
        "name": rsvp.name,
        "day": write_deadline(event.spec.starts_at).rsplit(" ", 1)[0],
        "length": write_length(event.spec.lasts),
        "number": f"TSC-{event.id}-{rsvp.number}",
    }
    return Message(
        title=f"Sertifikat: {event.title}"[:256],
        colour=SUCCESS,
        picture=Picture("event-certificate", facts, f"sertifikat-{event.id}.png"),
    )
