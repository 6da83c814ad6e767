"""What a Strategy starts: "Quiz - Hadiah Gopay 25.000 untuk 2 pemenang - Ads Story IG" is a quiz with a prize.

An amount and a number of winners can mean each or together. "Hadiah X untuk N pemenang", the division's own phrase,
names what each winner gets, and is shown as such; words like "masing-masing" and "total" say it; anything else is in
doubt.
"""

import re
from dataclasses import dataclass, replace

from bot.content_calendar.models import Kind, Prize, Way
from bot.content_calendar.terms import is_about_winning, read_open_for, read_ways
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_rupiah, parse_rupiah
from bot.platform.text import clip, one_line

_PARTS = re.compile(r"\s+[-–—+|]\s+|\n|;")
_KINDS = {
    Kind.QUIZ: re.compile(r"\b(?:quiz|kuis|tebak(?:-| )?tebakan|tebak gambar|trivia)\b", re.IGNORECASE),
    Kind.GIVEAWAY: re.compile(r"\b(?:give ?-?aways?|bagi-bagi hadiah)\b|^\s*GA\s*$", re.IGNORECASE),
}
_COUNTED = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_NUMBER_WORDS = {word: number for number, word in enumerate(_COUNTED, start=1)}
_FILLERS = re.compile(r"\b(?:senilai|sebesar|total|rp|saldo|nih)\b\.?", re.IGNORECASE)
_WINNERS = re.compile(
    rf"(?P<count>\d{{1,4}}|{'|'.join(_NUMBER_WORDS)})\s*(?:\(\w+\)\s*)?(?:orang\s+)?(?P<who>pemenang|winners?|juara|orang)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\w.,])(?:(?:rp|idr)\.?\s*\d[\d.,]*(?:\s*(?:rb|ribu|k|jt|juta)\b)?|\d{1,3}(?:\.\d{3})+(?:,-)?"
    r"|\d+(?:[.,]\d+)?\s*(?:rb|ribu|k|jt|juta)\b|\d{4,9}(?![\w.,]))",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\bmasing\s*-?\s*(?:masing|2)|@\s*(?:rp|\d)|\b(?:per|setiap|tiap|tiap-tiap)\s*-?\s*(?:orang|pemenang|winner|member)|\beach\b"
    r"|/\s*(?:orang|pemenang|org)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:total|dibagi|bagi rata|dibagi rata|keseluruhan|semuanya)\b", re.IGNORECASE)
_PRIZE_WORD = re.compile(r"\b(?:ber)?hadiah(?:nya)?\b\s*:?\s*|\bprize\b\s*:?\s*", re.IGNORECASE)
_HOUSE_PHRASE = re.compile(r"^\s*(?:ber)?hadiah\b(?!.*\b(?:senilai|sebesar)\b)", re.IGNORECASE)
_AFTER_DESCRIPTION = re.compile(
    r"\b(?:untuk|buat|bagi|senilai|sebesar|total|masing|dibagi|nih)\b|@|[.!?]|\(", re.IGNORECASE
)
LONGEST_DESCRIPTION = 80


@dataclass(frozen=True, slots=True)
class PrizeReading:
    """A prize as read: `prize.amount` is as written, for each winner unless `in_doubt`; `quote` shows the words."""

    prize: Prize
    in_doubt: bool
    quote: str


@dataclass(frozen=True, slots=True)
class StrategyReading:
    """What a Strategy says. `kinds`, `ways`, `lengths` (seconds open): more than one is for a person to decide.

    `rest` is what the bot does not do.
    """

    kinds: tuple[Kind, ...]
    prize: PrizeReading | None
    rest: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    lengths: tuple[int, ...] = ()


def read_strategy(text: str) -> StrategyReading:
    """Kind, prize and winners; parts that mean nothing to the bot are handed back, never dropped."""
    parts = [part.strip(" -–—") for part in _PARTS.split(text)]
    kinds = tuple(kind for kind, pattern in _KINDS.items() if pattern.search(text) or any(map(pattern.search, parts)))
    prize: PrizeReading | None = None
    rest: list[str] = []
    lengths: dict[int, None] = {}
    for part in filter(None, parts):
        found = read_prize(part) if prize is None else None
        length = read_open_for(part)
        if length is not None:
            lengths[length] = None
        if found is not None:
            prize = found
        elif length is None and not is_about_winning(part) and not _is_kind(part):
            rest.append(one_line(part))
    return StrategyReading(kinds, prize, tuple(rest), read_ways(text), tuple(lengths))


def _is_kind(part: str) -> bool:
    return any(pattern.fullmatch(part) for pattern in _KINDS.values())


def read_prize(text: str) -> PrizeReading | None:
    """The prize a sentence names, or None: it takes an amount with winners, or the word "hadiah"."""
    winners = _winners(text)
    amount_found = _AMOUNT.search(text)
    named = _PRIZE_WORD.search(text)
    amount = _amount(amount_found[0]) if amount_found else None
    if not (named or (amount and winners)):
        return None
    description = _description(text, amount_found, named)
    if not (description or amount):
        return None
    prize = Prize(description or "Hadiah", amount, winners)
    told = _phrase(text, amount_found, named)
    if amount is None or not winners or winners == 1 or _EACH.search(text):
        return PrizeReading(prize, in_doubt=False, quote=told)
    if _TOTAL.search(text):
        shared = shared_out(prize)
        return PrizeReading(shared or prize, in_doubt=shared is None, quote=told)
    return PrizeReading(prize, in_doubt=not _HOUSE_PHRASE.search(text), quote=told)


def shared_out(prize: Prize) -> Prize | None:
    """The prize when its amount is meant for all winners together; None when it can't be shared in whole rupiah."""
    if prize.amount is None or not prize.winners or prize.amount % prize.winners:
        return None
    return replace(prize, amount=prize.amount // prize.winners)


def write_prize(prize: Prize) -> str:
    """`Gopay Rp 25.000 per pemenang, 2 pemenang (total Rp 50.000)`."""
    told = prize.description
    if prize.amount is not None:
        told += f" {format_rupiah(prize.amount)}" + (" per pemenang" if prize.winners != 1 else "")
    if prize.winners is not None:
        told += f", {prize.winners} pemenang"
    if prize.total is not None and prize.winners != 1:
        told += f" (total {format_rupiah(prize.total)})"
    return told


def _phrase(text: str, amount: re.Match[str] | None, named: re.Match[str] | None) -> str:
    """The part of the text that speaks of the prize."""
    found = [one for one in (amount, named, _WINNERS.search(text)) if one]
    start, end = min(one.start() for one in found), max(one.end() for one in found)
    word = re.search(r"[\w-]+ (?:senilai |sebesar |total )?$", text[:start])
    begin = word.start() if word else start
    return one_line(text[begin:end]) if amount else clip(one_line(text[begin:]), 60)


def _winners(text: str) -> int | None:
    found = [match for match in _WINNERS.finditer(text)]
    named = [match for match in found if match["who"].lower() != "orang"] or found
    if not named:
        return None
    count = named[0]["count"].lower()
    return _NUMBER_WORDS.get(count) or int(count) or None if not count.isdigit() else int(count) or None


def _amount(text: str) -> int | None:
    try:
        return parse_rupiah(text.removesuffix(",-").rstrip(".,")) or None
    except DomainError:
        return None


def _description(text: str, amount: re.Match[str] | None, named: re.Match[str] | None) -> str:
    """The words between "hadiah" and the amount, or else the word in front of the amount."""
    if named:
        rest = text[named.end() :]
        if amount and amount.start() >= named.end():
            rest = text[named.end() : amount.start()]
        cut = _AFTER_DESCRIPTION.search(rest)
        words = rest[: cut.start()] if cut else rest
        words = _WINNERS.sub("", _AMOUNT.sub("", words))
    else:
        assert amount is not None
        before = _FILLERS.sub(" ", text[: amount.start()])
        last = re.findall(r"[\w-]+", before)[-1:]
        words = last[0] if last and last[0][:1].isupper() else ""
    return one_line(words).strip(" ,:-@")[:LONGEST_DESCRIPTION]
