"""Sums on 0xRRGGBB colours."""

RGB = tuple[int, int, int]


def rgb(colour: int) -> RGB:
    """The colour as Pillow wants it."""
    return colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF


def mix(over: int, under: int, share: float) -> int:
    """`share` (0 to 1) of the colour `over` laid on `under`."""
    mixed = 0
    for top, bottom in zip(rgb(over), rgb(under), strict=True):
        mixed = mixed << 8 | round(top * share + bottom * (1 - share))
    return mixed


def luminance(colour: int) -> float:
    """Relative luminance, 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    channels = [value / 255 for value in rgb(colour)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: int, other: int) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2); AA asks 4.5 of text and 3 of large text."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
