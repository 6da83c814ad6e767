"""Boxes on a picture, in pixels from its upper left corner."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Box:
    """An area: left edge, top edge, width and height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """The first column past the box."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """The first row below the box."""
        return self.y + self.h

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom, as Pillow wants a box."""
        return self.x, self.y, self.right, self.bottom

    def inset(self, across: int, down: int | None = None) -> Self:
        """The box made smaller by `across` on the left and right and `down` (else the same) above and below."""
        down = across if down is None else down
        return type(self)(self.x + across, self.y + down, max(0, self.w - 2 * across), max(0, self.h - 2 * down))

    def holds(self, other: "Box", slack: int = 0) -> bool:
        """Whether `other` lies inside, up to `slack` pixels past each edge."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def columns(self, count: int, gap: int) -> list[Self]:
        """The box cut into `count` columns of equal width with `gap` between them."""
        width = (self.w - gap * (count - 1)) // count
        return [type(self)(self.x + index * (width + gap), self.y, width, self.h) for index in range(count)]
