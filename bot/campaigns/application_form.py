"""From what a creator typed into an application to values, or one sentence a field that is wrong."""

import re
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from bot.campaigns.reading import TEXT_LENGTH
from bot.platform.errors import DomainError, FormRefused
from bot.platform.indonesian import parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line, quote, tidy

REASON_LENGTH = 500
MOST_LINKS = 3
MOST_QUOTED = 3
LINK_LENGTH = 300
SHORTEST_PITCH = 10

_FOLLOWS_THE_FEE = re.compile(r"(?:ikut|sesuai)(?: (?:tarif|fee|rate))?(?: kampanye)?", re.IGNORECASE)


@dataclass(frozen=True)
class ApplicationForm:
    """An application, as typed. `creator_id`: the account chosen, None when there was no choice."""

    pitch: str
    links: str
    rate: str = ""
    creator_id: str | None = None


@dataclass(frozen=True, slots=True)
class Pitch:
    """An application's content. `rate` in whole rupiah, None to follow the campaign's fee."""

    text: str
    links: tuple[str, ...]
    rate: int | None


def read_application(form: ApplicationForm, *, asks_rate: bool) -> Pitch:
    """An application's form. Raises FormRefused with everything that is wrong."""
    problems = Problems()
    text = problems.read(lambda: _pitch(form.pitch), "")
    links = problems.read(lambda: read_links(form.links), ())
    rate = problems.read(lambda: read_rate(form.rate), None, "Rate") if asks_rate else None
    problems.settle()
    return Pitch(text, links, rate)


def read_rate(text: str) -> int | None:
    """An applicant's rate in whole rupiah; None when left blank or `ikut tarif kampanye`."""
    if _FOLLOWS_THE_FEE.fullmatch(one_line(text)):
        return None
    rate = parse_rupiah(text)
    if rate == 0:
        raise DomainError("Rp 0 tidak bisa dipakai. Kosongkan kalau ikut tarif kampanye.")
    return rate


def read_links(text: str) -> tuple[str, ...]:
    """Up to three addresses, apart by spaces, commas or lines, each once, with https:// where nothing was typed.

    Raises FormRefused; what is no public web address is quoted in one sentence, words that stand together as one.
    """
    links: dict[str, None] = {}
    unread: list[str] = []
    for line in text.splitlines():
        for is_link, words in groupby(re.split(r"[\s,;]+", line.strip()), key=lambda word: _link(word) is not None):
            if is_link:
                links.update((link, None) for link in map(_link, words) if link)
            elif phrase := " ".join(words).strip():
                unread.append(phrase)
    problems: list[str] = []
    if unread:
        shown = ", ".join(quote(phrase, 60) for phrase in unread[:MOST_QUOTED])
        more = f" dan {len(unread) - MOST_QUOTED} lainnya" if len(unread) > MOST_QUOTED else ""
        problems.append(f"Link {shown}{more} tidak terbaca. Salin alamatnya dari aplikasi, mulai dari https://.")
    if len(links) > MOST_LINKS:
        problems.append(f"Link contoh paling banyak {MOST_LINKS}. Pilih yang terbaik.")
    if problems:
        raise FormRefused(problems)
    return tuple(links)


def read_reason(text: str) -> str:
    """A reason given to a creator, tidied; may be empty."""
    reason = tidy(text)
    if len(reason) > REASON_LENGTH:
        raise FormRefused([f"Alasan paling panjang {REASON_LENGTH} huruf."])
    return reason


def _pitch(text: str) -> str:
    pitch = filled(tidy(text), "Alasanmu", TEXT_LENGTH)
    if len("".join(pitch.split())) < SHORTEST_PITCH:
        raise DomainError("Ceritakan sedikit lebih panjang kenapa kamu cocok, minimal satu kalimat.")
    return pitch


def _link(word: str) -> str | None:
    address = word if re.match(r"[a-z][a-z0-9+.\-]*:", word, re.IGNORECASE) else f"https://{word}"
    if (
        len(address) > LINK_LENGTH
        or not address.isascii()
        or not address.isprintable()
        or set(address) & set('<>"`\\|')
    ):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    named = re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", host)
    if parts.scheme.lower() not in ("http", "https") or parts.username is not None or not named:
        return None
    return address
