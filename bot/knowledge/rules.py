"""Finding what answers a question, ready-made answers with fields, and what may be shown to others. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from bot.platform.errors import FormRefused
from bot.platform.text import one_line, quote

TITLE_LENGTH: Final = range(5, 101)
# A field of a Discord message holds 1,024 characters; nobody should read half an answer.
BODY_LENGTH: Final = range(20, 1001)
CANNED_LENGTH: Final = range(5, 1501)
NAME_LENGTH: Final = range(3, 51)

# Fields of a ready-made answer, and what stands in for each.
FIELDS: Final[Mapping[str, str]] = {
    "nama": "nama kreator",
    "nomor": "nomor tiket",
    "tahap": "tahap tiket",
    "tanggal": "tanggal hari ini",
}
_FIELD = re.compile(r"\{([^{}]*)\}")

# Letters only: "masuk2" is how "masuk-masuk" is typed.
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_WORD: Final = 3
_MOST_WORDS: Final = 24
# Words that say nothing about what is wrong; they would find everything.
_EMPTY_WORDS: Final = frozenset(
    line
    for line in (Path(__file__).resolve().parents[2] / "data" / "search_stop_words_id.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
)
# What people write, and the word that articles use for it.
_SYNONYMS: Final[Mapping[str, str]] = json.loads(
    (Path(__file__).resolve().parents[2] / "data" / "search_synonyms_id.json").read_text(encoding="utf-8")
)
# A suffix says little in a question ("penarikannya", "daftarkan"): what is left of a long word finds its kin.
_SUFFIXES: Final = ("nya", "kan", "ku", "mu", "lah", "kah")
_SHORTEST_STEM: Final = 4

_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>")
_ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_USERNAME = re.compile(r"(?<!\w)@[\w.]+")
_LINK = re.compile(r"https?://\S+")
_AMOUNT = re.compile(r"(?:rp\.?\s*)?[•\d][•\d.,:/\-]*\d(?:\s*(?:rb|ribu|jt|juta|rupiah))?|\d", re.IGNORECASE)


def search_words(text: str) -> list[str]:
    """The words of a question that tell what it is about, without common endings, each once, at most 24."""
    words: dict[str, None] = {}
    for written in _WORD.findall(text.casefold()):
        word = _usual(written)
        if len(word) < _SHORTEST_WORD or word in _EMPTY_WORDS:
            continue
        words[_stem(word)] = None
    return list(words)[:_MOST_WORDS]


def match_query(words: Iterable[str]) -> str:
    """The words as an FTS5 query: any of them or of what means the same, each by its beginning. Empty for no words."""
    wanted = [same for word in words for same in (word, *(key for key, usual in _SYNONYMS.items() if usual == word))]
    return " OR ".join(f'"{word}"*' for word in wanted)


def share_found(words: list[str], text: str) -> float:
    """How many of a question's words begin a word of `text`: 0 (none) to 1 (all)."""
    if not words:
        return 0.0
    there = [_usual(word) for word in _WORD.findall(text.casefold())]
    return sum(any(one.startswith(word) for one in there) for word in words) / len(words)


def impersonal(text: str, names: Iterable[str] = ()) -> str:
    """An answer as others may read it: without names, user names, addresses, links and figures of one person."""
    for pattern in (_MENTION, _ADDRESS, _USERNAME, _LINK):
        text = pattern.sub("…", text)
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 2}
    for part in sorted(parts, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", text, flags=re.IGNORECASE)
    return re.sub(r"…(?:\s*…)+", "…", _AMOUNT.sub("…", text))


def check_article(title: str, body: str) -> tuple[str, str]:
    """Title (one line) and body as they are kept. Raises FormRefused naming each field at fault."""
    title, body = one_line(title), body.strip()
    problems: list[str] = []
    if len(title) not in TITLE_LENGTH:
        problems.append(f"Judul: {TITLE_LENGTH.start} sampai {TITLE_LENGTH.stop - 1} huruf, seperti pertanyaannya.")
    if len(body) not in BODY_LENGTH:
        problems.append(f"Jawaban: {BODY_LENGTH.start} sampai {BODY_LENGTH.stop - 1} huruf.")
    if problems:
        raise FormRefused(problems)
    return title, body


def check_canned(name: str, body: str) -> tuple[str, str]:
    """Name (one line) and text of a ready-made answer. Raises FormRefused, also for fields that don't exist."""
    name, body = one_line(name), body.strip()
    problems: list[str] = []
    if len(name) not in NAME_LENGTH:
        problems.append(f"Nama: {NAME_LENGTH.start} sampai {NAME_LENGTH.stop - 1} huruf.")
    if len(body) not in CANNED_LENGTH:
        problems.append(f"Teks: {CANNED_LENGTH.start} sampai {CANNED_LENGTH.stop - 1} huruf.")
    unknown = sorted({field for field in _FIELD.findall(body) if field not in FIELDS})
    if unknown:
        known = ", ".join(f"{{{field}}}" for field in FIELDS)
        problems.append(f"Teks: isian {quote('{' + unknown[0] + '}')} tidak dikenal. Yang ada: {known}.")
    if problems:
        raise FormRefused(problems)
    return name, body


def fill(body: str, values: Mapping[str, str]) -> str:
    """A ready-made answer with its fields filled in; a field without a value stays as it is, for a person to see."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), body)


def _usual(word: str) -> str:
    return _SYNONYMS.get(word) or _SYNONYMS.get(_stem(word)) or word


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            return word.removesuffix(suffix)
    return word
