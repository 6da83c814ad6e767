"""How a deck looks to staff: how far it is, its picture, and what to look at before it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from discord.utils import escape_markdown

from bot.decks import card
from bot.decks.card import DeckCard, DeckRow
from bot.decks.models import Deck, Rates
from bot.decks.service import Progress
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, Field, Message, Picture, custom_id
from bot.platform.palette import PRIMARY
from bot.platform.text import bulleted

_NAMES_SHOWN = 6


def draw_deck(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture of a deck and its alt text."""
    drawn = DeckCard(
        **{
            **facts,
            "views": _decimal(facts["views"]),
            "er": _decimal(facts["er"]),
            "niches": tuple((name, count) for name, count in facts["niches"]),
            "rows": tuple(DeckRow(**{**row, "er": _decimal(row["er"])}) for row in facts["rows"]),
        }
    )
    return card.render(drawn), card.alt_text(drawn)


def under_way(progress: Progress) -> str:
    """Said every two seconds while it is made."""
    if progress.waiting:
        return "Menunggu deck lain selesai dibuat …"
    return f"Menyusun deck: {progress.done} dari {progress.total} halaman kreator …"


def made(shortlist_id: int, deck: Deck, most: int) -> Message:
    """The answer that the files hang on. The rates that are not in it yet are one press away."""
    count = format_number(deck.overview.creators)
    lines = [f"{format_number(deck.pages)} halaman, {count} kreator. {_rates(deck.facts.rates)}"]
    if deck.facts.left_out:
        lines.append(f"{format_number(deck.facts.left_out)} kreator lain di shortlist tidak ikut.")
    notes = _notes(deck)
    others = {
        Rates.SHOWN: Button(custom_id("shortlist:deck-rates", shortlist_id, most), "Buat dengan tarif"),
        Rates.BUDGET: Button(custom_id("shortlist:deck-budget", shortlist_id, most), "Buat dengan anggaran"),
    }
    return Message(
        title=f"Deck siap: {escape_markdown(deck.facts.title)}"[:256],
        description="\n".join(lines),
        colour=PRIMARY,
        fields=[Field("Cek dulu sebelum dikirim ke brand", bulleted(notes), inline=False)] if notes else [],
        buttons=[[button for rates, button in others.items() if rates is not deck.facts.rates]],
        picture=Picture("deck", _facts(deck), "deck.png"),
        footer="Hanya kamu yang melihat berkas ini. Kontak dan catatan tim tidak ada di dalamnya.",
    )


def _rates(rates: Rates) -> str:
    return {
        Rates.HIDDEN: "Tarif tidak ditampilkan.",
        Rates.SHOWN: "Tarif ditampilkan.",
        Rates.BUDGET: "Tarif dan anggaran ditampilkan.",
    }[rates]


def _notes(deck: Deck) -> list[str]:
    notes = deck.notes
    said = {
        "Angkanya perlu dicek (di deck tertulis sedang diverifikasi)": notes.doubtful,
        "Angkanya berubah sejak shortlist disusun; susun ulang supaya skornya ikut": notes.moved,
        "Disematkan walau belum memenuhi semua syarat": notes.unmet,
        "Tarifnya belum ada": notes.without_rate,
    }
    lines = [f"{text}: {_named([f'@{name}' for name in names])}." for text, names in said.items() if names]
    if notes.trimmed:
        lines.append(f"Ada teks yang dipendekkan supaya muat di halaman: {_named(notes.trimmed)}.")
    return lines


def _named(names: Sequence[str]) -> str:
    shown = [escape_markdown(name) for name in names[:_NAMES_SHOWN]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f", dan {format_number(more)} lainnya" if more else "")


def _facts(deck: Deck) -> dict[str, Any]:
    facts, told = deck.facts, deck.overview
    rows = [
        DeckRow(one.username, one.platform, one.followers, one.er, one.score) for one in facts.creators[: card.MOST]
    ]
    return {
        "title": facts.title,
        "brand": facts.brand,
        "creators": told.creators,
        "pages": deck.pages,
        "followers": told.followers,
        "views": _text(told.views),
        "er": _text(told.er),
        "niches": [[name, count] for name, count in told.niches],
        "rows": [{**asdict(row), "er": _text(row.er)} for row in rows],
    }


def _text(figure: int | Decimal | None) -> str | None:
    return None if figure is None else str(figure)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
