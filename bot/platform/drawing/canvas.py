"""The sheet a card is drawn on; it also remembers where each text went, so that tests can check the layout."""

# Pillow's annotations name numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final, Literal

from PIL import Image, ImageDraw

from bot.platform import palette
from bot.platform.drawing import shapes
from bot.platform.drawing.colour import rgb
from bot.platform.drawing.fonts import EMOJI, font
from bot.platform.drawing.geometry import Box
from bot.platform.drawing.text import FINER, Line, Run, Style, features_of, fit, fit_block

HEAVY: Final = 1_200_000
# A tenth larger than zlib's usual 6, in little more than half its time.
LEVEL: Final = 4

Align = Literal["left", "centre", "right"]
Rest = Literal["top", "middle", "bottom"]


@dataclass(frozen=True, slots=True)
class Placed:
    """One line of text on the picture: what it says, the room it takes, the room it was given, its style."""

    text: str
    box: Box
    within: Box
    style: Style
    cut: bool


class Canvas:
    """A picture in the making. One thread draws on it; several may each draw on their own."""

    def __init__(self, width: int, height: int, background: int = palette.INK) -> None:
        self.image: Final = Image.new("RGB", (width, height), rgb(background))
        self.placed: Final[list[Placed]] = []
        self._brush = ImageDraw.Draw(self.image)

    @property
    def box(self) -> Box:
        """The whole sheet."""
        return Box(0, 0, *self.image.size)

    def fill(self, box: Box, colour: int, radius: int = 0, opacity: float = 1.0) -> None:
        """A filled box with round corners."""
        if box.w <= 0 or box.h <= 0:
            return
        mask = shapes.rounded(box.w, box.h, radius)
        self.stamp(mask, box.x, box.y, colour, opacity)

    def edge(self, box: Box, colour: int, radius: int, thickness: int = 2) -> None:
        """The outline of a box with round corners."""
        self.stamp(shapes.outline(box.w, box.h, radius, thickness), box.x, box.y, colour)

    def blend(self, box: Box, start: int, end: int, radius: int = 0, *, down: bool = False) -> None:
        """A box filled from one colour to another."""
        if box.w > 0 and box.h > 0:
            painted = shapes.gradient(box.w, box.h, start, end, down=down)
            self.image.paste(painted, (box.x, box.y), shapes.rounded(box.w, box.h, radius))

    def glow(self, box: Box, colour: int, strength: int = 160) -> None:
        """A soft light that fades towards the edge of the box, which may reach past the sheet."""
        self.stamp(shapes.glow(box.w, box.h, strength), box.x, box.y, colour)

    def circle(self, box: Box, colour: int, opacity: float = 1.0) -> None:
        """A filled circle as wide as the box."""
        self.stamp(shapes.disc(box.w), box.x, box.y, colour, opacity)

    def stamp(self, mask: Image.Image, x: int, y: int, colour: int, opacity: float = 1.0) -> None:
        """The mask in one colour with its upper left corner at x, y."""
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self.image.paste(rgb(colour), (x, y, x + mask.width, y + mask.height), mask)

    def paste(self, picture: Image.Image, box: Box, radius: int = 0) -> None:
        """A picture of exactly the box's size with round corners."""
        self.image.paste(picture, (box.x, box.y), shapes.rounded(box.w, box.h, radius))

    def write(
        self,
        text: str,
        box: Box,
        style: Style,
        *,
        lines: int = 1,
        smallest: int | None = None,
        align: Align = "left",
        rest: Rest = "top",
    ) -> Box:
        """Write `text` into `box` and give back the room it took (no height where there was nothing to write).

        It shrinks down to `smallest` (no further than its style without it), then ends in an ellipsis. Lines that the
        height of the box has no room for are left out.
        """
        smallest = min(smallest or style.size, style.size)
        if lines == 1 or box.h < 2 * replace(style, size=smallest).line_height:
            fitted = [line] if (line := fit(text, style, box.w, smallest)).runs else []
        else:
            fitted = fit_block(text, style, box.w, box.h, lines, smallest)
        if not fitted:
            return Box(box.x, box.y, 0, 0)
        return self._set(fitted, box, align, rest)

    def _set(self, lines: list[Line], box: Box, align: Align, rest: Rest) -> Box:
        style = lines[0].style
        step = style.line_height
        height = step * len(lines)
        top = box.y + (box.h - height) * {"top": 0.0, "middle": 0.5, "bottom": 1.0}[rest]
        areas: list[Box] = []
        for index, line in enumerate(lines):
            spare = box.w - line.width
            left = box.x + {"left": 0.0, "centre": spare / 2, "right": spare}[align]
            self._draw(line, round(left), round(top + index * step + style.baseline))
            areas.append(Box(round(left), round(top) + index * step, round(line.width), step))
            said = "".join(run.text for run in line.runs)
            self.placed.append(Placed(said, areas[-1], box, line.style, line.cut))
        start, end = min(area.x for area in areas), max(area.right for area in areas)
        return Box(start, round(top), end - start, height)

    def _draw(self, line: Line, left: int, baseline: int) -> None:
        # Marks and scripts that climb above or hang below the line need room on the mask, though none in the layout.
        above, margin = round(line.style.size * 1.2), 8
        wide, high = round(line.width) + 2 * margin, above + round(line.style.size * 0.6)
        mask = Image.new("L", (wide * FINER, high * FINER))
        brush = ImageDraw.Draw(mask)
        x = 0.0
        for run in line.runs:
            if run.face == EMOJI:
                self._draw_emoji(run, left + x, baseline, line.style)
            else:
                brush.text(
                    ((margin + x) * FINER, above * FINER),
                    run.text,
                    font=font(run.face, run.size * FINER),
                    fill=255,
                    anchor="ls",
                    direction=run.direction,
                    features=features_of(line.style, run.face),
                )
            x += run.width
        self.stamp(mask.reduce(FINER), left - margin, baseline - above, line.style.colour)

    def _draw_emoji(self, run: Run, x: float, baseline: int, style: Style) -> None:
        self._brush.text(
            (round(x), baseline),
            run.text,
            font=font(run.face, run.size),
            fill=rgb(style.colour),
            anchor="ls",
            direction=run.direction,
            embedded_color=True,
        )

    def png(self) -> bytes:
        """The picture as PNG; one that would be heavy (a photograph in it) is kept to 256 colours."""
        target = BytesIO()
        self.image.save(target, "PNG", compress_level=LEVEL)
        if target.tell() > HEAVY:
            target = BytesIO()
            self.image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(target, "PNG", compress_level=LEVEL)
        return target.getvalue()
