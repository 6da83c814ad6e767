"""The one palette: pictures and Discord embeds take their colours from here (0xRRGGBB, as Discord has them)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

INK: Final = 0x120F26
NIGHT: Final = 0x1C1839
DUSK: Final = 0x2A2452
LINE: Final = 0x443B78

PAPER: Final = 0xF8F6FF
MIST: Final = 0xC3BCE3
HAZE: Final = 0xA39BC9

VIOLET: Final = 0x7B5CFF
LILAC: Final = 0xA893FF
MAGENTA: Final = 0xD84BC4
CORAL: Final = 0xFF7A5C
SUN: Final = 0xFFCF4D
MINT: Final = 0x45E0AE
SKY: Final = 0x62C1FF
PINK: Final = 0xFF8ACB
ROSE: Final = 0xFF7186

PRIMARY: Final = VIOLET
SUCCESS: Final = MINT
WARNING: Final = SUN
DANGER: Final = ROSE
INFO: Final = SKY
NEUTRAL: Final = HAZE

# In this order neighbours stay apart for people who see red and green alike.
SERIES: Final = (LILAC, SUN, SKY, CORAL, MINT, PINK, 0xD6E27A, 0xB8C4FF, 0xE0B58C, 0x6FA8A8, 0xE8E4F6)


class Tone(StrEnum):
    """What a label, a tile or a message means; its colour follows from it."""

    NEUTRAL = "neutral"
    BRAND = "brand"
    GOOD = "good"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"


TONES: Final[Mapping[Tone, int]] = MappingProxyType(
    {
        Tone.NEUTRAL: MIST,
        Tone.BRAND: LILAC,
        Tone.GOOD: SUCCESS,
        Tone.INFO: INFO,
        Tone.WARN: WARNING,
        Tone.BAD: DANGER,
    }
)
