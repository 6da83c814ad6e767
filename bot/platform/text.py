"""Text from people: what may be hiding in it, and how to show it back without letting it play tricks."""

import re
import unicodedata
from collections.abc import Sequence

from bot.platform.errors import DomainError

# Control, format (zero-width, right-to-left marks), surrogate, private use, unassigned, line and paragraph separators.
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Line breaks, and the joiner that makes one emoji of several.
_KEPT = frozenset("\n\u200d")
# Characters that count as letters or marks for Unicode and yet show nothing.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def is_hidden(character: str) -> bool:
    """Whether a reader can't see this character: it steers, separates or fills, but shows nothing of its own."""
    return unicodedata.category(character) in _HIDDEN_CATEGORIES or character in _INVISIBLE


def has_hidden_characters(text: str) -> bool:
    """Whether the text holds zero-width, direction-changing, control or other unseen characters.

    Tabs and line breaks count as hidden: ask this of one-line values. Plain ASCII answers without looking each up.
    """
    if text.isascii() and text.isprintable():
        return False
    return any(is_hidden(character) for character in text)


def quote(value: object, limit: int = 40) -> str:
    """A person's text for use in a sentence: in quotes, on one line, cut at a word, unseen characters removed.

    Never quote a private value: sentences are shown and logged.
    """
    text = " ".join(str(value).split())
    shown = "".join(character for character in text if not is_hidden(character))
    return f"“{clip(shown, limit)}”"


def tidy(text: str) -> str:
    """A person's text without what can't be seen (direction marks, controls); line breaks and joined emoji stay."""
    kept = (character for character in text if character in _KEPT or not is_hidden(character))
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()


def one_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return " ".join(tidy(text.replace("\t", " ")).split())


def bulleted(lines: Sequence[str], limit: int = 1024, *, total: int | None = None) -> str:
    """Lines as a bullet list of at most `limit` characters: whole lines, then how many more there are.

    `total` is how many there are in all where `lines` holds the first of them only.
    """
    total = len(lines) if total is None else total
    shown: list[str] = []
    size = 0
    for number, line in enumerate(lines):
        bullet = f"• {line}"
        # Room is kept for the closing line.
        if size + len(bullet) + 1 > limit - (20 if number < total - 1 else 0):
            break
        shown.append(bullet)
        size += len(bullet) + 1
    if total > len(shown):
        shown.append(f"… dan {total - len(shown)} lainnya")
    return "\n".join(shown)


def clip(text: str, limit: int) -> str:
    """The text, cut at a word where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(None, 1)[0] if len(head.split()) > 1 else head) + "…"


def named(kind: str, title: str) -> str:
    """What something is, and its title, without saying it twice: `Kuis Warna`, even where the title says Kuis too."""
    return title if title.casefold().startswith(kind.casefold()) else f"{kind} {title}"


def filled(text: str, name: str, limit: int) -> str:
    """The text, unless it is empty or longer than `limit`."""
    if not text:
        raise DomainError(f"{name} belum diisi.")
    return short(text, name, limit)


def short(text: str, name: str, limit: int) -> str:
    """The text, unless it is longer than `limit`; it may be empty."""
    if len(text) > limit:
        raise DomainError(f"{name} terlalu panjang, paling banyak {limit} huruf.")
    return text
