"""Where the text of a card lies: in its room, inside the picture, and not on other text."""

from bot.platform.drawing import Box, Canvas
from bot.platform.drawing.canvas import Placed

EDGE = 16


def stays_in_its_room(sheet: Box, placed: Placed) -> None:
    """A text keeps to the room it was given, and a margin from the edge of the picture."""
    assert placed.within.holds(placed.box, slack=6), f"{placed.text!r} {placed.box} past {placed.within}"
    assert sheet.inset(EDGE).holds(placed.box), f"{placed.text!r} {placed.box} past the picture"


def is_well_placed(canvas: Canvas) -> None:
    """Every text stays in its room, and none lies on another."""
    for index, one in enumerate(canvas.placed):
        stays_in_its_room(canvas.box, one)
        for other in canvas.placed[index + 1 :]:
            wide = min(one.box.right, other.box.right) - max(one.box.x, other.box.x)
            high = min(one.box.bottom, other.box.bottom) - max(one.box.y, other.box.y)
            assert wide <= 2 or high <= 8, f"{one.text!r} {one.box} on {other.text!r} {other.box}"


def shared(one: Box, other: Box) -> int:
    """The area that two boxes have in common."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0, wide) * max(0, high)
