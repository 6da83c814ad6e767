"""The words people use for the fixed vocabulary, in Indonesian and English, with small slips forgiven.

Every reader gives None for a blank and raises `Unreadable`, naming the choices, for a word it doesn't know.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from rapidfuzz import fuzz, process

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform
from bot.platform.indonesian import Unreadable, is_blank
from bot.platform.text import quote

T = TypeVar("T")

# "Beuty" and "Life Style" pass; "Fishing" for "Fashion" (71) does not.
_CLOSE_ENOUGH = 85
_DASHES = re.compile("[\u2010-\u2015\u2212]")

_GENDERS = {
    **dict.fromkeys(("f", "female", "p", "pr", "perempuan", "w", "wanita", "cewek", "cewe"), Gender.FEMALE),
    **dict.fromkeys(("m", "male", "l", "lk", "laki laki", "laki", "lelaki", "pria", "cowok", "cowo"), Gender.MALE),
}
_ANSWERS = {
    **dict.fromkeys(("ya", "y", "yes", "iya", "true", "1", "ada", "sudah", "bersedia", "v", "✓", "✔"), True),
    **dict.fromkeys(("tidak", "tdk", "t", "no", "n", "false", "0", "belum", "x", "tidak ada", "✗"), False),
}
_PLATFORMS = {
    **{platform.value: platform for platform in Platform},
    "tik tok": Platform.TIKTOK,
    "tt": Platform.TIKTOK,
    "ig": Platform.INSTAGRAM,
    "insta": Platform.INSTAGRAM,
    "yt": Platform.YOUTUBE,
    "you tube": Platform.YOUTUBE,
    "twitter": Platform.X,
    "x twitter": Platform.X,
    "fb": Platform.FACEBOOK,
}
_NICHE_SYNONYMS = {
    Niche.BEAUTY: ("cantik", "beauty enthusiast"),
    Niche.SKINCARE: ("skin care", "skinker"),
    Niche.MAKEUP: ("make up", "mua", "tata rias", "rias wajah"),
    Niche.FASHION: ("fesyen", "busana", "ootd", "hijab", "modest fashion", "style"),
    Niche.LIFESTYLE: ("life style", "daily life", "keseharian", "vlog"),
    Niche.FOOD: (
        "makanan",
        "food and beverage",
        "f and b",
        "fnb",
        "food vlogger",
        "masak",
        "resep",
        "cooking",
        "foodies",
    ),
    Niche.TRAVEL: ("traveling", "travelling", "traveler", "jalan jalan", "liburan"),
    Niche.PARENTING: ("keluarga", "family", "ibu dan anak", "mom and kids", "mom", "pengasuhan"),
    Niche.TECH: ("technology", "gadget", "gawai", "tekno"),
    Niche.GAMING: ("game", "games", "gamer", "esport", "esports"),
    Niche.FINANCE: ("financial", "finansial", "investasi", "saham"),
    Niche.BUSINESS: ("usaha", "umkm", "entrepreneur", "wirausaha"),
    Niche.HEALTH: ("sehat", "medis", "dokter", "wellness"),
    Niche.SPORT: ("sports", "fitness", "gym", "sepak bola", "lari"),
    Niche.EDUCATION: ("pendidikan", "edukatif", "belajar", "buku"),
    Niche.ENTERTAINMENT: ("entertain", "film", "selebriti", "kpop", "k pop"),
    Niche.COMEDY: ("lucu", "humor", "lawak"),
    Niche.AUTOMOTIVE: ("automotif", "mobil", "motor"),
    Niche.HOME: ("home decor", "dekorasi", "home living", "interior", "rumah tangga"),
    Niche.MUSIC: ("musisi", "penyanyi", "cover lagu", "dance", "tari"),
    Niche.ART: ("gambar", "ilustrasi", "photography", "fotografi", "desain", "diy"),
    Niche.PETS: ("pet", "hewan", "kucing", "anjing", "animal", "animals"),
    Niche.RELIGION: ("religious", "dakwah", "islami", "agama"),
    Niche.OTHER: ("others", "lain", "lain lain", "dll"),
}
_NICHES = {
    word.lower(): niche
    for niche, synonyms in _NICHE_SYNONYMS.items()
    for word in (niche.value, niche.indonesian, *synonyms)
}
_LETTER_AND_NAME = re.compile(r"(?P<letter>[a-d])?(?:\s*(?P<name>(?:top|good|middle|mid|buzzer)(?: creators?)?))?")
_AGE_RANGE = re.compile(
    r"(?P<low>[0-9]{1,2})(?:\s*(?:-|s/d|sampai|to)\s*(?P<high>[0-9]{1,2})|\s*\+)?(?:\s*(?:th|thn|tahun))?"
)
_AGE_ABOVE = re.compile(r"(?:>=?|di ?atas|lebih dari)\s*(?P<low>[0-9]{1,2})(?:\s*(?:th|thn|tahun))?")
_AGE_FLOORS = ((55, AgeBand.FROM_55), (45, AgeBand.FROM_45), (35, AgeBand.FROM_35), (25, AgeBand.FROM_25))


def parse_platform(value: object) -> Platform | None:
    """`TikTok`, `IG`, `Twitter`."""
    return _known(value, _PLATFORMS, "Platform", (platform.label for platform in Platform))


def parse_gender(value: object) -> Gender | None:
    """`Perempuan`, `Female`, `F`, `P` / `Laki-laki`, `Male`, `M`, `L`."""
    return _known(value, _GENDERS, "Gender", ("Perempuan", "Laki-laki"))


def parse_yes_no(value: object) -> bool | None:
    """`Ya`, `Yes`, a tick, TRUE / `Tidak`, `No`, FALSE; None when left blank: blank is not a no."""
    return _known(value, _ANSWERS, "Jawaban", ("Ya", "Tidak"))


def parse_niche(value: object) -> Niche | None:
    """A niche by its English or Indonesian name or a usual synonym; small spelling slips are forgiven."""
    if is_blank(value):
        return None
    word = _plain(value)
    if word in _NICHES:
        return _NICHES[word]
    close = process.extractOne(word, _NICHES.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    if close and len(word) > 3:
        return _NICHES[close[0]]
    raise _unknown("Niche", value, (niche.label for niche in Niche))


def parse_content_type(value: object) -> ContentType | None:
    """`B (good creator)`, `B`, `Good Creator`. Refused: other letters, and a letter beside another letter's name."""
    if is_blank(value):
        return None
    match = _LETTER_AND_NAME.fullmatch(_plain(value))
    by_letter = ContentType(match["letter"].upper()) if match and match["letter"] else None
    by_name = _content_type_named(match["name"]) if match and match["name"] else None
    found = by_letter or by_name
    if found is None or (by_letter and by_name and by_letter is not by_name):
        raise _unknown("Tipe konten", value, (kind.label for kind in ContentType))
    return found


def parse_age_band(value: object) -> AgeBand | None:
    """`18-24`, `18–24`, `25 - 34 th`, `27`, `55+`. Under 18 is refused: the database does not keep minors.

    A range that spans two bands (`20-30`) is refused rather than guessed.
    """
    if is_blank(value):
        return None
    text = _DASHES.sub("-", str(value)).strip().lower()
    above = _AGE_ABOVE.fullmatch(text)
    match = above or _AGE_RANGE.fullmatch(text)
    if match is None:
        raise _unknown("Usia", value, AgeBand)
    low = int(match["low"])
    high = int(match.groupdict().get("high") or low)
    open_ended = above is not None or "+" in text
    if low < 18:
        raise Unreadable("Usia di bawah 18 tahun tidak boleh disimpan di database.")
    if high < low or (open_ended and low < 54) or _band(low) is not _band(high):
        raise _unknown("Usia", value, AgeBand)
    return AgeBand.FROM_55 if open_ended else _band(low)


def _band(age: int) -> AgeBand:
    return next((band for floor, band in _AGE_FLOORS if age >= floor), AgeBand.FROM_18)


def _content_type_named(name: str) -> ContentType | None:
    first = name.split()[0]
    return next((kind for kind in ContentType if kind.meaning.lower().startswith(first)), None)


def _known(value: object, words: dict[str, T], what: str, choices: Iterable[str]) -> T | None:
    if is_blank(value):
        return None
    word = _plain(value)
    if word not in words:
        raise _unknown(what, value, choices)
    return words[word]


def _unknown(what: str, value: object, choices: Iterable[str]) -> Unreadable:
    return Unreadable(f"{what} {quote(value)} tidak dikenal. Pilihan: {', '.join(choices)}.")


def _plain(value: object) -> str:
    """Lower case, punctuation and dashes to single spaces, so that spelling variants meet."""
    text = unicodedata.normalize("NFKC", str(value)).lower().replace("&", " and ")
    return " ".join(re.sub(r"[\s()\[\]/.,:_\-\u2010-\u2015\u2212]+", " ", text).split())
