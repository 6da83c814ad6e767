"""The dark shape of what is on a picture: cut out by its transparency, else by its even background."""

# Pillow's annotations name numpy, which is not installed.
# pyright: reportUnknownMemberType=false

from io import BytesIO
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from bot.platform.errors import DomainError

# The background is searched on a small copy: Pillow fills pixel by pixel.
SEARCH_SIDE: Final = 320
# How far (0 to 255, in any channel) a pixel may be from the corner's colour and still be background.
TOLERANCE: Final = 40
# Shares of the picture: less is a speck or nothing, more is the whole sheet.
SMALLEST, LARGEST = 0.02, 0.92
_HINT: Final = (
    "Bentuk di gambar ini tidak bisa dipisahkan dari latarnya. Pakai gambar dengan latar polos (satu warna) "
    "atau PNG berlatar transparan, dan objeknya tidak menyentuh semua tepi."
)


def check_silhouette(raw: bytes) -> None:
    """Raise DomainError, saying what to use instead, where a picture gives no shape."""
    with Image.open(BytesIO(raw)) as opened:
        small = opened.convert("RGBA")
    small.thumbnail((SEARCH_SIDE, SEARCH_SIDE))
    if not SMALLEST <= _share(shape(small)) <= LARGEST:
        raise DomainError(_HINT)


def shape(picture: Image.Image) -> Image.Image:
    """What is on the picture as mask (L) of its size: 255 where the subject is, 0 where the background is."""
    picture = picture.convert("RGBA")
    alpha = picture.getchannel("A")
    if _share(alpha) < 0.99:
        return alpha
    small = picture.convert("RGB")
    small.thumbnail((SEARCH_SIDE, SEARCH_SIDE), Image.Resampling.BOX)
    # A median takes away the specks that JPEG leaves around edges.
    mask = _background(small).filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.GaussianBlur(0.8))
    # Enlarged softly, then made crisp: an edge without stairs.
    large = ImageChops.invert(mask).resize(picture.size, Image.Resampling.BICUBIC)
    return large.point([max(0, min(255, (value - 85) * 3)) for value in range(256)])


def _background(small: Image.Image) -> Image.Image:
    """255 where the colour of a corner reaches without a break: a mask of the small picture's size."""
    width, height = small.size
    found = Image.new("L", small.size, 0)
    for corner in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        if found.getpixel(corner):
            continue
        colour = small.getpixel(corner)
        flat = Image.new("RGB", small.size, colour)
        far = ImageChops.difference(small, flat).split()
        most = ImageChops.lighter(ImageChops.lighter(far[0], far[1]), far[2])
        alike = most.point([255 if value <= TOLERANCE else 0 for value in range(256)])
        # 128 marks what is reached from the corner, so that alike colours inside the subject stay with it.
        ImageDraw.floodfill(alike, corner, 128)
        found = ImageChops.lighter(found, alike.point([255 if value == 128 else 0 for value in range(256)]))
    return found


def _share(mask: Image.Image) -> float:
    return ImageStat.Stat(mask).mean[0] / 255
