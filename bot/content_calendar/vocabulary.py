"""The words of the sheet: Media, Focus, and how a Section's name is compared with channels."""

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.content_calendar.models import Focus, Media

_MEDIA_WORDS: Mapping[Media, str] = {
    Media.COMMUNITY: "community|komunitas|discord|tsc|tscreator|community discord|discord community|komunitas discord",
    Media.INSTAGRAM_FEED: "instagram feed|ig feed|feed instagram|feed ig|feed|igf|instagram post|ig post|carousel ig",
    Media.INSTAGRAM_STORY: "instagram story|instagram stories|ig story|ig stories|story ig|story instagram|story|igs"
    "|instastory|insta story|stories",
    Media.INSTAGRAM_REELS: "instagram reels|instagram reel|ig reels|ig reel|reels|reel|reels ig|reels instagram",
    Media.TIKTOK: "tiktok|tik tok|tt",
    Media.YOUTUBE: "youtube|yt|youtube shorts|shorts",
    Media.FACEBOOK: "facebook|fb",
    Media.X: "x|twitter|x twitter",
    Media.THREADS: "threads|thread",
    Media.LINKEDIN: "linkedin|linked in",
    Media.WHATSAPP: "whatsapp|wa|wa group|grup wa|whatsapp group|wa blast",
    Media.OTHER: "media lain",
}
_FOCUS_WORDS: Mapping[Focus, str] = {
    Focus.ENGAGEMENT: "member engagement|engagement|engage|keterlibatan|keterlibatan member|keterlibatan anggota",
    Focus.ACQUISITION: "member acquisition|acquisition|akuisisi|akuisisi member|akuisisi anggota|acquire",
}
_ALIKE = 75

_MEDIA = {word: media for media, words in _MEDIA_WORDS.items() for word in words.split("|")}
_FOCUS = {word: focus for focus, words in _FOCUS_WORDS.items() for word in words.split("|")}


def plain(text: str) -> str:
    """A name for comparing: lower case, letters and digits only, single spaces. Emoji and signs say nothing."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return " ".join(re.sub(r"[^\w]+|_", " ", folded).split())


def read_media(text: str) -> Media | None:
    """The medium that is meant for certain, or None."""
    return _MEDIA.get(plain(text))


def likely_media(text: str) -> list[Media]:
    """Every medium, the most likely first."""
    scores = {media: 0.0 for media in Media}
    for word, score, _ in process.extract(plain(text), _MEDIA.keys(), scorer=fuzz.token_set_ratio, limit=len(_MEDIA)):
        scores[_MEDIA[word]] = max(scores[_MEDIA[word]], score)
    return sorted(Media, key=lambda media: -scores[media])


def read_focus(text: str) -> Focus | None:
    """The focus that is meant for certain, or None."""
    return _FOCUS.get(plain(text))


def section_key(name: str) -> str:
    """Under which a Section's channel is kept."""
    return plain(name).replace(" ", "")


def find_channel(section: str, channels: Mapping[str, int]) -> int | None:
    """The one channel named as the Section, case, spaces, hyphens and emoji aside; None for none or several."""
    found = {channel_id for name, channel_id in channels.items() if section_key(name) == section_key(section)}
    return found.pop() if len(found) == 1 else None


def likely_channels(section: str, channels: Mapping[str, int], most: int = 24) -> list[tuple[str, int]]:
    """Channels for a Section: those whose names are much like it first, then the others as the server has them."""
    scores = {name: fuzz.WRatio(plain(section), plain(name)) for name in channels}
    alike = sorted((name for name in channels if scores[name] >= _ALIKE), key=lambda name: -scores[name])
    rest = [name for name in channels if scores[name] < _ALIKE]
    return [(name, channels[name]) for name in (*alike, *rest)][:most]


def similar(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few words."""
    return bool(plain(one)) and fuzz.token_sort_ratio(plain(one), plain(other)) >= 70
