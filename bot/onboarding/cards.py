"""The picture that greets a new member."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip, mix
from bot.platform.drawing.figures import whole
from bot.platform.drawing.parts import MARGIN, NOTE, WIDTH, page

HEIGHT: Final = 675
STEPS: Final = (
    ("Setujui aturan", "Baca sebentar, lalu tekan tombolnya."),
    ("Daftar", "Isi profil kreatormu lewat /daftar."),
    ("Lihat kampanye", "Pilih yang cocok, lalu lamar."),
)


@dataclass(frozen=True, slots=True)
class WelcomeCard:
    """Who joined, the how-manieth member they are, and where."""

    display_name: str
    member_number: int
    avatar: bytes | None
    server_name: str


def layout(card: WelcomeCard) -> Canvas:
    """Draw the card."""
    name = clean(card.display_name) or "kreator"
    canvas = page(HEIGHT, f"Anggota ke-{whole(card.member_number)}", name=card.server_name, lively=True)
    portrait = Box(WIDTH - MARGIN - 268, 134, 250, 250)
    ring = Box(portrait.x - 14, portrait.y - 14, portrait.w + 28, portrait.h + 28)
    canvas.blend(ring, palette.SUN, palette.CORAL, ring.w)
    canvas.circle(Box(portrait.x - 6, portrait.y - 6, portrait.w + 12, portrait.h + 12), palette.INK)
    avatar(canvas, portrait, name, card.avatar)

    across = ring.x - MARGIN - 48
    canvas.write("Selamat datang,", Box(MARGIN, 146, across, 60), Style(44, Weight.BOLD, palette.SUN))
    taken = canvas.write(name, Box(MARGIN, 202, across, 130), Style(92, Weight.DISPLAY), lines=2, smallest=50)
    below = Box(MARGIN, taken.bottom + 8, across, 46)
    canvas.write("Tiga langkah lagi ke kampanye pertamamu.", below, Style(34, Weight.BODY), smallest=28)

    strip = Box(MARGIN, 440, WIDTH - 2 * MARGIN, 186)
    for number, (box, (title, hint)) in enumerate(zip(strip.columns(len(STEPS), 24), STEPS, strict=True), start=1):
        _step(canvas, box, number, title, hint)
    return canvas


def _step(canvas: Canvas, box: Box, number: int, title: str, hint: str) -> None:
    canvas.fill(box, palette.NIGHT, 28)
    canvas.edge(box, mix(palette.LILAC, palette.NIGHT, 0.35), 28)
    badge = Box(box.x + 22, box.y + 22, 54, 54)
    canvas.blend(badge, palette.SUN, palette.CORAL, badge.w)
    canvas.write(str(number), badge, Style(32, Weight.DISPLAY, palette.INK), align="centre", rest="middle")
    beside = Box(badge.right + 14, badge.y, box.right - badge.right - 26, badge.h)
    canvas.write(title, beside, Style(30, Weight.BOLD), rest="middle")
    canvas.write(hint, Box(box.x + 24, badge.bottom + 14, box.w - 40, 76), NOTE, lines=2)


def render(card: WelcomeCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def alt_text(card: WelcomeCard) -> str:
    """The card in words, for people who don't see it."""
    steps = ", ".join(f"{number} {title.lower()}" for number, (title, _) in enumerate(STEPS, start=1))
    name, server = clean(card.display_name) or "kreator", clean(card.server_name)
    said = f"Kartu selamat datang untuk {name}, anggota ke-{whole(card.member_number)} di {server}. "
    return clip(f"{said}Tiga langkah berikutnya: {steps}.", 1024)
