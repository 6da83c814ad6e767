"""What a text says of how a quiz is won and how long a quiz or giveaway stays open."""

import re

from bot.content_calendar.models import LONGEST_OPEN, SHORTEST_OPEN, Way
from bot.platform.durations import DURATION_HINT, read_duration
from bot.platform.errors import DomainError

_WAYS = {
    Way.DRAWN: re.compile(
        r"\b(?:di|peng)?undi(?:an|annya)?\b|\b(?:secara|dipilih|pemenang(?:nya)?) acak\b|\brandom(?:ly)?\b",
        re.IGNORECASE,
    ),
    Way.FASTEST: re.compile(
        r"\b(?:ter|paling )cepat\b|\bcepat-cepatan\b|\bfastest\b|\brebutan\b"
        r"|\b(?:penjawab|pemenang|\d+ (?:orang|jawaban)) pertama\b",
        re.IGNORECASE,
    ),
}
# A caption asks questions too ("Siapa pelari tercepat?"), so there only what is said of winners counts.
_IN_CAPTIONS = {
    Way.DRAWN: re.compile(
        r"\bpemenang(?:nya)? (?:akan |bakal )?(?:di(?:pilih )?)?(?:undi|acak)\b|\bdiundi\b", re.IGNORECASE
    ),
    Way.FASTEST: re.compile(
        r"\b(?:penjawab|pemenang|jawaban|jawab|menjawab)(?: (?:yang|benar|dengan))* (?:(?:ter|paling )cepat|pertama)\b",
        re.IGNORECASE,
    ),
}
_NOT = re.compile(
    r"\b(?:tidak|tanpa|bukan|ga|gak|nggak|no)\s+(?:di|ter|paling )?(?:undian|undi|acak|cepat|random)\b", re.IGNORECASE
)
_FILLERS = frozenset(
    ("kuis", "quiz", "pemenang", "pemenangnya", "winner", "yang", "penjawab", "jawaban", "benar", "secara", "dari")
)
_LENGTH = r"(?:\d{1,2}\s*x\s*24\s*jam|(?:\d{1,4}\s*(?:menit|mnt|jam|hari|minggu|pekan)\s*)+)"
_OPEN_FOR = re.compile(
    rf"\b(?:selama|dibuka|buka|berlangsung|durasi(?:nya)?|open|waktu(?:nya)?)\s*:?\s*(?:selama\s+)?(?P<length>{_LENGTH})",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\s*(?P<length>{_LENGTH})\s*", re.IGNORECASE)
_TIMES_24 = re.compile(r"(\d{1,2})\s*x\s*24\s*jam", re.IGNORECASE)


def read_ways(strategy: str, caption: str = "") -> tuple[Way, ...]:
    """Every way of winning that is named; more than one, or a denied one, is for a person to decide."""
    if _NOT.search(strategy):
        return tuple(Way)
    return tuple(way for way in Way if _WAYS[way].search(strategy) or _IN_CAPTIONS[way].search(caption))


def is_about_winning(part: str) -> bool:
    """Whether a part of a Strategy says no more than how a quiz is won, such as "pemenang diundi"."""
    words = part
    for pattern in _WAYS.values():
        words = pattern.sub(" ", words)
    return bool(read_ways(part)) and not set(words.lower().split()) - _FILLERS


def read_length(text: str) -> int:
    """How long somebody wants a quiz or giveaway to be open, in seconds. Raises DomainError."""
    seconds = read_duration(text)
    if not SHORTEST_OPEN <= seconds <= LONGEST_OPEN:
        raise DomainError(f"Paling sebentar 1 menit, paling lama 30 hari. {DURATION_HINT}")
    return seconds


def read_open_for(text: str) -> int | None:
    """Seconds from "dibuka 3 hari", "selama 1x24 jam", or a length alone; None where nothing certain is said.

    Lengths no quiz or giveaway can have (under a minute, over thirty days) say nothing.
    """
    found = _OPEN_FOR.search(text) or _ALONE.fullmatch(text)
    if found is None:
        return None
    written = _TIMES_24.sub(lambda match: f"{match[1]} hari", found["length"])
    try:
        seconds = read_duration(written)
    except DomainError:
        return None
    return seconds if SHORTEST_OPEN <= seconds <= LONGEST_OPEN else None
