"""The picture that announces a campaign."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, clean, clip, initials, mix, picture_of
from bot.platform.drawing.figures import short, whole
from bot.platform.drawing.parts import LABEL, MARGIN, WIDTH, chips, page
from bot.platform.palette import Tone

HEIGHT: Final = 675
UNTITLED: Final = "Kampanye"
BADGE: Final = "Kampanye"


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """What a creator must know to decide; texts come ready to read (`Rp 500.000`, `12 April 2026, 18.00 WIB`).

    `badge` says where the campaign stands (`Slot penuh`, `Ditutup`), `deadline_label` what `deadline_text` means then.
    """

    title: str
    brand: str
    summary: str
    slots: int
    fee_text: str
    deadline_text: str
    requirements: tuple[str, ...] = ()
    product_image: bytes | None = None
    badge: str = BADGE
    deadline_label: str = "Lamar sebelum"


def layout(card: CampaignCard) -> Canvas:
    """Draw the card."""
    canvas = page(HEIGHT, clean(card.badge) or BADGE, lively=True)
    picture = Box(WIDTH - MARGIN - 360, 128, 360, 360)
    _product(canvas, picture, card)

    across = picture.x - MARGIN - 44
    y = 122
    if brand := clean(card.brand):
        y = canvas.write(brand, Box(MARGIN, y, across, 44), Style(32, Weight.BOLD, palette.SUN), smallest=26).bottom
    title = clean(card.title) or UNTITLED
    y = canvas.write(title, Box(MARGIN, y, across, 154), Style(64, Weight.DISPLAY), lines=2, smallest=44).bottom + 10
    labels = [(text, Tone.BRAND) for text in card.requirements]
    rows = 0 if not labels else 1
    room = picture.bottom - y - 58 * rows
    canvas.write(card.summary, Box(MARGIN, y, across, room), Style(30, Weight.BODY, palette.MIST), lines=6, smallest=26)
    if labels:
        chips(canvas, labels, Box(MARGIN, picture.bottom - 46, across, 46), widest=across)
    _facts(canvas, Box(MARGIN, 512, WIDTH - 2 * MARGIN, 124), card)
    return canvas


def _product(canvas: Canvas, box: Box, card: CampaignCard) -> None:
    photograph = picture_of(card.product_image, box.w, box.h)
    if photograph is not None:
        canvas.paste(photograph, box, 40)
        return
    canvas.blend(box, palette.SUN, palette.CORAL, 40)
    canvas.circle(Box(box.x + 34, box.y + 34, box.w - 68, box.h - 68), mix(palette.PAPER, palette.SUN, 0.45), 0.35)
    style = Style(150, Weight.DISPLAY, palette.INK)
    label = initials(card.brand or card.title or UNTITLED)
    canvas.write(label, box.inset(40), style, smallest=90, align="centre", rest="middle")


def _facts(canvas: Canvas, box: Box, card: CampaignCard) -> None:
    canvas.fill(box, palette.NIGHT, 28)
    facts = (("Imbalan", card.fee_text), ("Slot", _slots(card)), (clean(card.deadline_label), card.deadline_text))
    widths = (366, 222, box.w - 588)
    x = box.x
    for (label, text), width in zip(facts, widths, strict=True):
        inner = Box(x + 28, box.y + 16, width - 42, 32)
        if x > box.x:
            canvas.fill(Box(x, box.y + 26, 2, box.h - 52), palette.LINE)
        canvas.write(label, inner, LABEL)
        told = clean(text) or "Menyusul"
        below = Box(inner.x, inner.bottom, inner.w, 64)
        canvas.write(told, below, Style(34, Weight.BOLD), lines=2, smallest=25, rest="middle")
        x += width


def _slots(card: CampaignCard) -> str:
    if card.slots <= 0:
        return "Tak dibatasi"
    return f"{whole(card.slots) if card.slots < 100_000 else short(card.slots)} kreator"


def alt_text(card: CampaignCard) -> str:
    """The card in words."""
    badge = clip(clean(card.badge) or BADGE, 40)
    stands = "" if badge == BADGE else f" ({badge.lower()})"
    told = f"Pengumuman kampanye{stands}: {clip(clean(card.title) or UNTITLED, 200)}"
    if brand := clip(clean(card.brand), 100):
        told += f" dari {brand}"
    fee, deadline = (clip(clean(text) or "menyusul", 100) for text in (card.fee_text, card.deadline_text))
    label = clip(clean(card.deadline_label), 40).lower()
    told += f". Slot: {_slots(card).lower()}; imbalan: {fee}; {label}: {deadline}."
    if wants := ", ".join(filter(None, map(clean, card.requirements))):
        told += f" Syarat: {clip(wants, 250)}."
    return clip(f"{told} {clip(clean(card.summary), 350)}".strip(), 1024)
