"""Pictures of a giveaway: its post, and its winners."""

from dataclasses import dataclass
from typing import Final

from bot.platform import palette
from bot.platform.drawing import Box, Canvas, Style, Weight, avatar, clean, clip, mix
from bot.platform.drawing.figures import whole
from bot.platform.drawing.parts import LABEL, MARGIN, NOTE, WIDTH, page
from bot.platform.text import named

HEIGHT: Final = 675
MOST_NAMES: Final = 10
UNTITLED: Final = "Giveaway"
UNNAMED: Final = "Tanpa nama"


@dataclass(frozen=True, slots=True)
class GiveawayCard:
    """What there is to win, how many win, and until when; `ends_text` comes ready to read.

    `worth`: the money for each winner where `prize` does not name it. `over`: how it ended, once it has.
    """

    title: str
    prize: str
    winners: int
    ends_text: str
    worth: str = ""
    over: str = ""


@dataclass(frozen=True, slots=True)
class WinnersCard:
    """Who has won. `again`: drawn again for a prize that fell free. `list_hash` of the published entry list."""

    title: str
    prize: str
    names: tuple[str, ...]
    entries: int
    list_hash: str
    again: bool = False


def layout(card: GiveawayCard | WinnersCard) -> Canvas:
    """Draw the card."""
    return _post(card) if isinstance(card, GiveawayCard) else _winners(card)


def render(card: GiveawayCard | WinnersCard) -> bytes:
    """The card as PNG."""
    return layout(card).png()


def _post(card: GiveawayCard) -> Canvas:
    over = clip(clean(card.over), 20)
    canvas = page(HEIGHT, "Giveaway", lively=not over)
    parcel = Box(WIDTH - MARGIN - 330, 140, 330, 330)
    _parcel(canvas, parcel)
    if over:
        _stamp(canvas, Box(parcel.x, parcel.y + 178, parcel.w, 88), over)
    across = parcel.x - MARGIN - 50
    label = Box(MARGIN, 142, across, 44)
    y = canvas.write(clean(card.title) or UNTITLED, label, Style(34, Weight.BOLD, palette.SUN), smallest=26).bottom + 6
    prize = clean(card.prize) or "Hadiah menarik"
    worth = clean(card.worth)
    room = Box(MARGIN, y, across, 488 - y - (80 if worth else 0))
    below = canvas.write(prize, room, Style(76, Weight.DISPLAY), lines=2 if worth else 3, smallest=44).bottom
    if worth:
        canvas.write(worth, Box(MARGIN, below + 8, across, 72), Style(52, Weight.DISPLAY, palette.SUN), smallest=34)
    facts = Box(MARGIN, 512, WIDTH - 2 * MARGIN, 124)
    canvas.fill(facts, palette.NIGHT, 28)
    halves = (("Pemenang", f"{whole(card.winners)} orang", 300), (over or "Berakhir", card.ends_text, facts.w - 300))
    x = facts.x
    for name, text, width in halves:
        inner = Box(x + 28, facts.y + 16, width - 48, 32)
        if x > facts.x:
            canvas.fill(Box(x, facts.y + 26, 2, facts.h - 52), palette.LINE)
        canvas.write(name, inner, LABEL)
        below = Box(inner.x, inner.bottom, inner.w, 64)
        canvas.write(clean(text) or "Menyusul", below, Style(38, Weight.BOLD), smallest=26, rest="middle")
        x += width
    return canvas


def _parcel(canvas: Canvas, box: Box) -> None:
    """A wrapped gift: box, lid, ribbon, and a bow of two loops."""
    body = Box(box.x + 26, box.y + 150, box.w - 52, box.h - 150)
    lid = Box(box.x, box.y + 96, box.w, 76)
    canvas.blend(body, palette.VIOLET, palette.MAGENTA, 26, down=True)
    canvas.blend(lid, palette.LILAC, palette.MAGENTA, 20)
    middle = box.x + box.w // 2
    canvas.fill(Box(middle - 28, lid.y, 56, box.bottom - lid.y), palette.SUN)
    for side in (-1, 1):
        loop = Box(middle - 52 + side * 54, box.y + 4, 104, 104)
        canvas.circle(loop, palette.SUN)
        canvas.circle(loop.inset(30, 30), mix(palette.MAGENTA, palette.INK, 0.45))
    canvas.fill(Box(middle - 30, box.y + 58, 60, 50), mix(palette.SUN, palette.CORAL, 0.55), 18)


def _stamp(canvas: Canvas, box: Box, text: str) -> None:
    """Across the gift: there is nothing to win any more."""
    canvas.fill(box, palette.INK, 20)
    canvas.edge(box, palette.PAPER, 20)
    canvas.write(text, box.inset(16, 0), Style(48, Weight.DISPLAY), smallest=30, align="centre", rest="middle")


def _winners(card: WinnersCard) -> Canvas:
    shown = card.names[:MOST_NAMES]
    columns = 1 if len(shown) <= 3 else 2
    rows = max(1, -(-len(shown) // columns))
    side = {1: 128, 2: 104, 3: 92}.get(rows, 76)
    step = side + 20
    top = 300
    canvas = page(max(HEIGHT, top + rows * step + 150), "Pemenang pengganti" if card.again else "Pemenang", lively=True)
    across = WIDTH - 2 * MARGIN
    said = Box(MARGIN, 132, across, 40)
    y = canvas.write(clean(card.title) or UNTITLED, said, Style(32, Weight.BOLD, palette.SUN), smallest=26).bottom + 2
    prize = clean(card.prize) or "Hadiah menarik"
    canvas.write(prize, Box(MARGIN, y, across, 110), Style(58, Weight.DISPLAY), lines=2, smallest=40)
    bottom = canvas.box.bottom - 132
    height = rows * step - 20
    first = top + (bottom - 20 - top - height) // 2
    wide = (across - 32 * (columns - 1)) // columns
    for number, name in enumerate(shown):
        box = Box(MARGIN + number // rows * (wide + 32), first + number % rows * step, wide, side)
        _winner(canvas, box, clean(name) or UNNAMED)
    _proof(canvas, Box(MARGIN, bottom, across, 96), card, len(card.names) - len(shown))
    return canvas


def _winner(canvas: Canvas, box: Box, name: str) -> None:
    canvas.fill(box, palette.NIGHT, box.h // 2)
    canvas.edge(box, mix(palette.SUN, palette.NIGHT, 0.5), box.h // 2)
    portrait = Box(box.x + 10, box.y + 10, box.h - 20, box.h - 20)
    avatar(canvas, portrait, name)
    beside = Box(portrait.right + 22, box.y, box.right - portrait.right - 54, box.h)
    canvas.write(name, beside, Style(min(52, box.h // 2), Weight.BOLD), smallest=28, rest="middle")


def _proof(canvas: Canvas, box: Box, card: WinnersCard, hidden: int) -> None:
    drawn = f"iundi dari {whole(card.entries)} entri"
    told = f"+{whole(hidden)} pemenang lagi · d{drawn}" if hidden > 0 else f"D{drawn}"
    line = canvas.write(told, Box(box.x, box.y, box.w, 44), Style(32, Weight.BOLD), smallest=26)
    proof = f"Periksa sendiri: /giveaway verifikasi · hash daftar {card.list_hash[:16]}…"
    canvas.write(proof, Box(box.x, line.bottom + 2, box.w, 40), NOTE, smallest=24)


def alt_text(card: GiveawayCard | WinnersCard) -> str:
    """The card in words, for people who don't see it; at most 1,024 characters."""
    title, prize = clip(clean(card.title) or UNTITLED, 150), clip(clean(card.prize) or "hadiah menarik", 200)
    if isinstance(card, GiveawayCard):
        ends = clip(clean(card.ends_text) or "menyusul", 100)
        worth = f", {clip(clean(card.worth), 60)}" if clean(card.worth) else ""
        end = f"{clip(clean(card.over), 20) or 'Berakhir'} {ends}"
        told = f"{named('Giveaway', title)}. Hadiah: {prize}{worth}, untuk {whole(card.winners)} pemenang. {end}."
        return clip(told, 1024)
    names = ", ".join(clip(clean(name) or UNNAMED, 60) for name in card.names[:MOST_NAMES])
    hidden = len(card.names) - MOST_NAMES
    more = f" dan {whole(hidden)} lagi" if hidden > 0 else ""
    what = f"{'Pemenang pengganti' if card.again else 'Pemenang'} {named('giveaway', title)}"
    return clip(f"{what}, hadiah {prize}: {names}{more}. Dari {whole(card.entries)} entri.", 1024)
