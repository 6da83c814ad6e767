"""Whether an open answer says the same as an accepted one, the way people in Indonesia type on a phone.

Forgiven: capitals, accents, punctuation, "&", "n" or "ama" for "dan", what is said around an answer ("warnanya biru
deh"), the order of words, hyphens and blanks inside a word, doubled letters, two accepted spellings of a word
("nasehat"), names in the spelling of before 1972 ("Soekarno"), numbers to ten in words, and slips of the finger by
length:

| letters of the shorter word | slips |
|---|---|
| up to 4 | none |
| 5 | two neighbours swapped |
| 6 to 8 | one letter wrong, missing, too many or swapped, never the first |
| 9 to 13 | two |
| 14 and more | three |

A slip is only forgiven where one of the two words isn't a common one: "kucing" is no slip of "kuning". A word of four
or five letters may also have two neighbours swapped or one letter of a neighbouring key, never the first, where every
other word of the answer is right ("pnik biru", "bitu pink"), it is no word that people use, and the other one is.

"sama" and "dengan" join two answers only where the other text is a list ("biru & pink"): a "segitiga sama sisi" keeps
its own. Figures must be right to the digit, and two or more of them in the right order: "2-1" is not "1-2".
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from bot.platform.indonesian.words import is_common_word

LONGEST: Final = 200

_JOINERS: Final = frozenset({"dan", "and", "serta", "dn"})
# Join two words in chats ("biru n pink"); beside a sign they are an answer themselves ("A, N, A").
_BETWEEN: Final = re.compile(r"(?<=\w)\s+(?:n|ama)\s+(?=\w)")
_BETWEEN_IN_A_LIST: Final = frozenset({"sama", "sm", "dengan", "dgn", "plus"})
_LIST: Final = re.compile(r"[^\W\d_]\s*[&+,;/|]\s*[^\W\d_]|\b(?:dan|and|serta|dn)\b")
# Said around an answer, never the answer itself; kept when nothing else is there.
_FILLERS: Final = frozenset(
    {"jawaban", "jawabannya", "jawabanku", "adalah", "ialah", "yaitu", "kak", "kakak", "kayaknya", "kayanya"}
    | {"deh", "dong", "sih", "nih"}
)
# What the question asks for, said again; they may be part of another answer ("warna-warni").
_ECHOES: Final = frozenset({"warna", "warnanya", "namanya", "judulnya", "hasilnya", "itu"})
_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
    )
}
# Spellings that live side by side; the right one is what KBBI has.
_SPELLINGS: Final = {
    other: right
    for right, others in {
        "aktivitas": "aktifitas",
        "analisis": "analisa",
        "antre": "antri",
        "apotek": "apotik",
        "azan": "adzan",
        "bus": "bis",
        "cokelat": "coklat",
        "detail": "detil",
        "februari": "pebruari",
        "foto": "photo",
        "hakikat": "hakekat",
        "ijazah": "ijasah",
        "izin": "ijin",
        "jumat": "jumaat",
        "karier": "karir",
        "kreativitas": "kreatifitas",
        "kualitas": "kwalitas",
        "masjid": "mesjid",
        "nasihat": "nasehat",
        "november": "nopember",
        "objek": "obyek",
        "praktik": "praktek",
        "ramadan": "ramadhan romadhon",
        "rezeki": "rejeki rizki",
        "risiko": "resiko",
        "salat": "sholat shalat solat",
        "sekadar": "sekedar",
        "silakan": "silahkan",
        "sistem": "sistim",
        "subjek": "subyek",
        "teknik": "tehnik",
        "telepon": "telpon telefon",
        "utang": "hutang",
        "yogyakarta": "jogjakarta jogyakarta jogja yogya",
        "zaman": "jaman",
    }.items()
    for other in others.split()
}
# Doubling a letter makes another word of these.
_DOUBLED_DIFFERS: Final = frozenset({"massa"})


def matches(given: str, accepted: Iterable[str]) -> bool:
    """Whether `given` says the same as any of the accepted answers. Longer than LONGEST characters never does."""
    return any(same_answer(given, one) for one in accepted)


def same_answer(one: str, other: str) -> bool:
    """Whether two answers say the same; symmetric, and true of every readable answer and itself."""
    if len(one) > LONGEST or len(other) > LONGEST:
        return False
    mine, theirs = _tokens(one), _tokens(other)
    if not mine or not theirs:
        # Nothing but signs or emoji: they must be the very same.
        return mine == theirs and _bare(one) == _bare(other) != ""
    return _same_words(mine, theirs) or _same_words(_core(one, other), _core(other, one))


def _same_words(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    if _figures(mine) != _figures(theirs):
        return False
    if "".join(mine) == "".join(theirs) or _collapsed(mine) == _collapsed(theirs):
        return True
    return len(mine) == len(theirs) and (_paired(mine, theirs) or _all_but_a_short_slip(mine, theirs))


def _core(text: str, other: str) -> tuple[str, ...]:
    """The words without what the question asked for, and without "sama" between two where the other text is a list."""
    words = _tokens(text)
    words = tuple(word for word in words if word not in _ECHOES) or words
    return _inside_dropped(words, _BETWEEN_IN_A_LIST) if _LIST.search(other.casefold()) else words


def _inside_dropped(words: Sequence[str], joiners: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for at, word in enumerate(words) if word not in joiners or at in (0, len(words) - 1))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    """The words that count, spelt plainly, in the order typed."""
    # Figures such as "½" and letters such as "ﬁ" come apart before the marks on letters are dropped.
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(character for character in parts if not unicodedata.combining(character))
    plain = re.sub(r"[’'`´]", "", plain)
    plain = re.sub(r"[&+]", " dan ", _BETWEEN.sub(" dan ", plain))
    # kupu2 is kupu-kupu; co2 is not.
    plain = re.sub(r"\b([a-z]{3,})2\b", r"\1 \1", plain)
    # 17.000 is 17000; 3,5 and 3.5 are one figure.
    plain = re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", plain)
    plain = re.sub(r"(?<=\d)[.,](?=\d)", "_", plain)
    words: list[str] = re.findall(r"\w+", plain)
    words = [_NUMBERS.get(word) or _SPELLINGS.get(word) or word for word in words]
    words = [word for word in words if word not in _JOINERS] or words
    words = [word for word in words if word not in _FILLERS] or words
    after = [*words[1:], ""]
    return tuple(word for word, then in zip(words, after, strict=False) if not (word == "rp" and then[:1].isdigit()))


def _figures(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(character.isdigit() for character in word)]


def _collapsed(words: Sequence[str]) -> str:
    return "".join(map(_single, words))


def _single(word: str) -> str:
    """The word with doubled letters single: `biruuu`, `merrah`. Three in a row always, two where four letters stay."""
    if word in _DOUBLED_DIFFERS:
        return word
    short = re.sub(r"([^\W\d_])\1+", r"\1", word)
    return short if len(short) >= 4 else re.sub(r"([^\W\d_])\1{2,}", r"\1", word)


def _paired(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether the words can be put side by side, each next to one that means the same, whatever their order."""
    if len(mine) > 12:
        return all(_same_word(one, other) for one, other in zip(mine, theirs, strict=True))
    fits = [[place for place, other in enumerate(theirs) if _same_word(one, other)] for one in mine]
    taken: dict[int, int] = {}

    def place(index: int, tried: set[int]) -> bool:
        for seat in fits[index]:
            if seat in tried:
                continue
            tried.add(seat)
            if seat not in taken or place(taken[seat], tried):
                taken[seat] = index
                return True
        return False

    return all(place(index, set()) for index in range(len(mine)))


def _all_but_a_short_slip(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether every word is the same but one short one, which the finger missed."""
    left, right = Counter(mine), Counter(theirs)
    one, other = list((left - right).elements()), list((right - left).elements())
    return len(one) == len(other) == 1 < len(mine) and _short_slip(one[0], other[0])


def _short_slip(one: str, other: str) -> bool:
    if not (4 <= len(one) == len(other) <= 5) or is_common_word(one) == is_common_word(other):
        return False
    wrong = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return one[0] == other[0] and (_neighbours_swapped(one, other) or (len(wrong) == 1 and _on_next_keys(*wrong[0])))


def _on_next_keys(one: str, other: str) -> bool:
    """Whether two letters lie side by side in a row of the keyboard."""
    return any(one + other in row or other + one in row for row in _KEYS)


@lru_cache(maxsize=8192)
def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()):
        return False
    if is_common_word(one) and is_common_word(other):
        return False
    mine, theirs = _single(one), _single(other)
    if mine == theirs or (min(len(one), len(other)) >= 5 and _modern(mine) == _modern(theirs)):
        return True
    if {one, other} & _DOUBLED_DIFFERS:
        return False
    length = min(len(mine), len(theirs))
    if length == 5:
        return len(mine) == len(theirs) and _neighbours_swapped(mine, theirs)
    if length <= 8 and mine[0] != theirs[0]:
        return False
    allowed = 0 if length < 5 else 1 if length <= 8 else 2 if length <= 13 else 3
    return allowed > 0 and OSA.distance(mine, theirs, score_cutoff=allowed) <= allowed


def _modern(word: str) -> str:
    """A word of the old spelling in today's: `soeharto` is `suharto`, `tjokroaminoto` is `cokroaminoto`."""
    for old, new in (("oe", "u"), ("tj", "c"), ("dj", "j"), ("nj", "ny"), ("sj", "sy")):
        word = word.replace(old, new)
    return word


def _neighbours_swapped(one: str, other: str) -> bool:
    return sorted(one) == sorted(other) and one[0] == other[0] and OSA.distance(one, other, score_cutoff=1) <= 1
