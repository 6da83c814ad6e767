"""Small charts inside cards. A card with axes and dates wants matplotlib; these are only marks beside a number."""

from collections.abc import Sequence
from typing import Final

from bot.platform import palette
from bot.platform.drawing import shapes
from bot.platform.drawing.canvas import Canvas
from bot.platform.drawing.colour import mix
from bot.platform.drawing.geometry import Box

GAP: Final = 5


def slots_of(box: Box, weights: Sequence[float]) -> list[Box]:
    """The box cut across into one slot a weight, each as wide as its share; weights of nothing get no width."""
    total = sum(weight for weight in weights if weight > 0)
    used = [weight for weight in weights if weight > 0]
    room = box.w - GAP * max(0, len(used) - 1)
    slots: list[Box] = []
    edge = float(box.x)
    for weight in weights:
        width = room * weight / total if weight > 0 else 0.0
        slots.append(Box(round(edge), box.y, round(edge + width) - round(edge), box.h))
        edge += width + (GAP if width else 0)
    return slots


def score_bar(canvas: Canvas, box: Box, weights: Sequence[float], points: Sequence[float]) -> list[Box]:
    """A bar with a slot a criterion, as wide as its weight and filled as far as its points (0 to weight) reach."""
    slots = slots_of(box, weights)
    points = [*points, *[0.0] * len(weights)][: len(weights)]
    for index, (slot, weight, gained) in enumerate(zip(slots, weights, points, strict=True)):
        colour = palette.SERIES[index % len(palette.SERIES)]
        radius = min(slot.h // 2, 10)
        canvas.fill(slot, mix(colour, palette.NIGHT, 0.2), radius)
        filled = round(slot.w * min(1.0, max(0.0, gained / weight))) if weight > 0 else 0
        if filled > 3:
            canvas.fill(Box(slot.x, slot.y, filled, slot.h), colour, radius)
    return slots


def share_bar(canvas: Canvas, box: Box, parts: Sequence[tuple[float, int]]) -> None:
    """A whole cut into its parts, each (amount, colour); an empty track where all are nothing."""
    parts = [(amount, colour) for amount, colour in parts if amount > 0]
    if not parts:
        canvas.fill(box, palette.DUSK, box.h // 2)
        return
    # A part of one in ten thousand is still there: every part is at least as wide as the bar is high.
    least = sum(amount for amount, _ in parts) * box.h / box.w
    for slot, (_, colour) in zip(slots_of(box, [max(amount, least) for amount, _ in parts]), parts, strict=True):
        canvas.fill(slot, colour, box.h // 2)


def level_bar(canvas: Canvas, box: Box, share: float, colour: int) -> None:
    """A bar filled to `share` (0 to 1)."""
    canvas.fill(box, palette.LINE, box.h // 2)
    canvas.fill(Box(box.x, box.y, round(box.w * min(1.0, max(0.0, share))), box.h), colour, box.h // 2)


def sparkline(canvas: Canvas, box: Box, values: Sequence[int], colour: int = palette.SKY) -> None:
    """The course of a figure without axes, its last value marked; nothing for fewer than two values."""
    if len(values) < 2:
        return
    low, high = min(values), max(values)
    dot = 9
    inner = box.inset(dot, dot)
    step = inner.w / (len(values) - 1)
    points = [
        (dot + index * step, dot + (inner.h * (high - value) / (high - low) if high > low else inner.h / 2))
        for index, value in enumerate(values)
    ]
    floor = [(points[-1][0], float(box.h)), (points[0][0], float(box.h))]
    canvas.stamp(shapes.polygon([*points, *floor], box.w, box.h), box.x, box.y, colour, 0.18)
    canvas.stamp(shapes.stroke(points, box.w, box.h, 5), box.x, box.y, colour)
    end_x, end_y = points[-1]
    canvas.circle(Box(round(box.x + end_x) - dot, round(box.y + end_y) - dot, 2 * dot, 2 * dot), palette.PAPER)
