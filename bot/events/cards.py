"""Pictures of an event: its announcement, and a certificate for who was there."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip
from bot.platform.drawing.figures import whole
from bot.platform.drawing.parts import LABEL, MARGIN, NOTE, WIDTH, page
from bot.platform.indonesian import format_date
from bot.platform.text import named

HEIGHT: Final = 675
UNTITLED: Final = "Acara TSCreator"
UNNAMED: Final = "Peserta"


@dataclass(frozen=True, slots=True)
class EventCard:
    """What, when and where. `starts_at` in seconds UTC, shown in WIB; `seats` None where everyone fits."""

    kind: str
    title: str
    starts_at: int
    length: str
    place: str
    seats: int | None


@dataclass(frozen=True, slots=True)
class CertificateCard:
    """Who was at what, and when; `number` tells certificates apart."""

    kind: str
    title: str
    name: str
    day: str
    length: str
    number: str


def layout(card: EventCard | CertificateCard) -> Canvas:
    """Draw the card."""
    return _event(card) if isinstance(card, EventCard) else _certificate(card)


def render(card: EventCard | CertificateCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def _event(card: EventCard) -> Canvas:
    canvas = page(HEIGHT, card.kind, lively=True)
    local = from_timestamp(card.starts_at).astimezone(JAKARTA)
    weekday, _, rest = format_date(local.date()).partition(", ")
    day, _, month = rest.partition(" ")
    leaf = Box(WIDTH - MARGIN - 300, 150, 300, 320)
    canvas.blend(leaf, palette.MAGENTA, palette.VIOLET, 32)
    canvas.fill(Box(leaf.x, leaf.y + 84, leaf.w, leaf.h - 84), palette.PAPER, 32)
    canvas.fill(Box(leaf.x, leaf.y + 84, leaf.w, 40), palette.PAPER)
    canvas.write(weekday, Box(leaf.x + 16, leaf.y + 18, leaf.w - 32, 50), Style(36, Weight.BOLD), align="centre")
    number = Style(150, Weight.DISPLAY, palette.INK)
    canvas.write(day, Box(leaf.x + 16, leaf.y + 88, leaf.w - 32, 160), number, align="centre", rest="middle")
    below = Box(leaf.x + 16, leaf.y + 254, leaf.w - 32, 50)
    canvas.write(month, below, Style(32, Weight.BOLD, palette.INK), smallest=24, align="centre")
    room = Box(MARGIN, 150, leaf.x - MARGIN - 50, 320)
    canvas.write(clean(card.title) or UNTITLED, room, Style(72, Weight.DISPLAY), lines=4, smallest=40)
    facts = Box(MARGIN, 512, WIDTH - 2 * MARGIN, 124)
    canvas.fill(facts, palette.NIGHT, 28)
    seats = f"{whole(card.seats)} orang" if card.seats is not None else "Tanpa batas"
    parts = (
        ("Jam", f"{local:%H.%M} WIB · {card.length}", 420),
        ("Kuota", seats, 250),
        ("Tempat", clean(card.place) or "Menyusul", facts.w - 670),
    )
    x = facts.x
    for name, text, width in parts:
        inner = Box(x + 28, facts.y + 16, width - 48, 32)
        if x > facts.x:
            canvas.fill(Box(x, facts.y + 26, 2, facts.h - 52), palette.LINE)
        canvas.write(name, inner, LABEL)
        canvas.write(text, Box(inner.x, inner.bottom, inner.w, 64), Style(36, Weight.BOLD), smallest=24, rest="middle")
        x += width
    return canvas


def _certificate(card: CertificateCard) -> Canvas:
    canvas = page(HEIGHT + 125, "Sertifikat", lively=True)
    frame = Box(MARGIN, 130, WIDTH - 2 * MARGIN, HEIGHT - 70)
    canvas.fill(frame, palette.NIGHT, 32)
    canvas.edge(frame.inset(14), palette.SUN, 24, 3)
    inner = frame.inset(60, 50)
    canvas.write("Diberikan kepada", Box(inner.x, inner.y + 10, inner.w, 44), LABEL, align="centre")
    name = Box(inner.x, inner.y + 64, inner.w, 120)
    canvas.write(
        clean(card.name) or UNNAMED,
        name,
        Style(84, Weight.DISPLAY),
        lines=2,
        smallest=34,
        align="centre",
        rest="middle",
    )
    canvas.fill(Box(inner.x + inner.w // 2 - 150, name.bottom + 12, 300, 4), palette.SUN)
    said = "atas kehadirannya di" + ("" if _says_kind(card) else f" {card.kind}")
    canvas.write(said, Box(inner.x, name.bottom + 36, inner.w, 44), LABEL, align="centre")
    title = Box(inner.x, name.bottom + 88, inner.w, 130)
    canvas.write(
        clean(card.title) or UNTITLED,
        title,
        Style(50, Weight.BOLD, palette.SUN),
        lines=2,
        smallest=30,
        align="centre",
        rest="middle",
    )
    canvas.write(f"{card.day} · {card.length}", Box(inner.x, title.bottom + 16, inner.w, 44), LABEL, align="centre")
    canvas.write(
        f"The Social Club Indonesia · {card.number}", Box(inner.x, inner.bottom - 32, inner.w, 36), NOTE, align="centre"
    )
    return canvas


def _says_kind(card: CertificateCard) -> bool:
    return named(card.kind, card.title) == card.title


def alt_text(card: EventCard | CertificateCard) -> str:
    """The card in words, for people who don't see it; at most 1,024 characters."""
    title = clip(clean(card.title) or UNTITLED, 150)
    if isinstance(card, CertificateCard):
        name = clip(clean(card.name) or UNNAMED, 100)
        return clip(f"Sertifikat {card.number}: {name} hadir di {named(card.kind, title)}, {card.day}.", 1024)
    local = from_timestamp(card.starts_at).astimezone(JAKARTA)
    when = f"{format_date(local.date())} {local:%H.%M} WIB"
    return clip(f"{named(card.kind, title)}. {when}, {card.length}. Tempat: {clip(clean(card.place), 200)}.", 1024)
