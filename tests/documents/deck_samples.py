"""Decks with ordinary and with hostile facts, for the tests, the bench and the gallery.

`python -m tests.documents.deck_samples FOLDER` writes them as .pptx, .xlsx and .png, to be looked at.
"""

import random
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from bot.creators.models import Platform, Tier
from bot.decks import brand, card
from bot.decks.models import BriefPage, CreatorPage, Criterion, DeckFacts, Points, Rates
from bot.decks.rules import overview_of
from bot.decks.sheet import write_sheet
from bot.decks.writing import write_deck
from bot.platform.text import one_line
from tests.documents.card_samples import ESSAY, HOSTILE, LONG_NAME

WEIGHTS = (
    ("Niche", 20, "Isi akun sesuai bidang yang dicari"),
    ("Followers", 8, "Jumlah followers dalam rentang yang dicari"),
    ("ER", 20, "Engagement rate dibanding kebiasaan akun seukurannya"),
    ("Jangkauan views", 8, "Rata-rata views dibanding followers"),
    ("Tipe konten", 8, "Kualitas konten menurut tim kami"),
    ("Affiliate", 4, "Ikut program affiliate"),
    ("Wilayah", 6, "Wilayah kreator"),
    ("Usia", 6, "Kelompok usia"),
    ("Rekam jejak", 8, "Hasil kerja di kampanye sebelumnya"),
    ("Harga per view", 6, "Tarif dibanding perkiraan views"),
    ("Angka wajar", 6, "Angka akun lengkap dan masuk akal"),
)
CRITERIA = tuple(Criterion(*one) for one in WEIGHTS)
REASONS = (
    "Niche utama Kecantikan, sesuai yang dicari.",
    "12.345 followers, sesuai ukuran yang dicari.",
    "ER 3,76%, di atas kebiasaan akun Micro (3%).",
    "Kualitas konten B (Good Creator) menurut tim kami.",
    "Ikut program affiliate, jadi bisa sekaligus menjual.",
)
NICHES = ("Kecantikan", "Perawatan kulit", "Gaya hidup", "Kuliner", "Parenting", "Hewan peliharaan", "Gim")
BRIEF = BriefPage(
    title="Serum Pagi untuk Semua Kulit",
    brand="Wardah",
    objective="Kenalkan serum pagi baru kepada perempuan muda di kota besar, dengan cerita rutinitas yang jujur.",
    content="Satu video TikTok 30 detik dan satu story.\nTayang 10 hari setelah produk diterima.",
    do="Sebut nama produk di tiga detik pertama\nPakai #SerumPagi",
    dont="Jangan bandingkan dengan merek lain",
    starts_on=date(2026, 12, 1),
    ends_on=date(2026, 12, 20),
    slots=6,
    budget=25_000_000,
)


def creators(count: int, *, rates: bool = True, names: tuple[str, ...] = ()) -> tuple[CreatorPage, ...]:
    """As many creators, the best first; some with figures missing. Every figure differs from the others."""
    rng = random.Random(3)
    found: list[CreatorPage] = []
    for rank in range(1, count + 1):
        missing = rank % 5 == 0
        followers = int(10 ** rng.uniform(3, 6.3))
        points = tuple(Points(one.name, max(0, one.weight - (rank + place) % 5), one.weight)
                       for place, one in enumerate(CRITERIA))  # fmt: skip
        found.append(
            CreatorPage(
                rank=rank,
                username=names[(rank - 1) % len(names)] if names else f"kreator.{rank:02}",
                platform=list(Platform)[rank % 3].label,
                link=f"https://www.tiktok.com/@kreator.{rank:02}",
                niches=(NICHES[rank % len(NICHES)], *NICHES[:1][: rank % 2]),
                tier=None if missing else list(Tier)[rank % 4].label,
                region="Daerah Istimewa Yogyakarta" if rank % 3 else None,
                content_type=None if missing else "B (Good Creator)",
                affiliate=(True, False, None)[rank % 3],
                followers=None if missing else followers,
                views=None if missing else Decimal(rng.randrange(100_000, 90_000_000)) / 100,
                likes=rng.randrange(1_000, 90_000),
                comments=rng.randrange(100, 900),
                shares=None if rank % 4 == 0 else Decimal(rng.randrange(1_001, 9_999, 2)) / 100,
                er=None if missing else Decimal(rng.randrange(5_000, 95_000)) / 1_000_000,
                score=sum(item.gained for item in points),
                points=points,
                reasons=REASONS[: rank % 6],
                doubtful=rank % 6 == 0,
                rate=rng.randrange(200, 90_000) * 1_000 if rates and rank % 3 else None,
            )
        )
    return tuple(found)


def deck(count: int, rates: Rates = Rates.BUDGET, brief: BriefPage | None = BRIEF) -> DeckFacts:
    """A deck of as many creators."""
    return DeckFacts(
        title=brief.title if brief else "Beauty, 10.000 sampai 15.000 followers, ER minimal 1%",
        brand=brief.brand if brief else None,
        made_on=date(2026, 11, 25),
        rates=rates,
        asked=("Niche Kecantikan atau Perawatan kulit", "Followers 10.000 sampai 15.000", "ER minimal 1%"),
        criteria=CRITERIA,
        creators=creators(count, rates=rates is not Rates.HIDDEN),
        brief=brief,
        budget=25_000_000 if rates is Rates.BUDGET else None,
        slots=6,
    )


def hostile() -> DeckFacts:
    """Everything too long, in scripts of all sorts, or made to be taken for something else."""
    # Nothing unseen comes through the rules (see test_deck), so nothing unseen is in a deck's facts.
    names = ("=1+1", "raden.ajeng_kartika.sari.dewi.kusumawardhani.id", *map(one_line, HOSTILE.values()))
    told = replace(BRIEF, title=LONG_NAME * 2, brand=LONG_NAME, objective=ESSAY, content=ESSAY, do=ESSAY)
    told = replace(told, dont="🔥" * 400)
    long = tuple(f"{line} {LONG_NAME}" for line in REASONS)
    pages = tuple(replace(one, reasons=long, region=LONG_NAME) for one in creators(len(names), names=names))
    return replace(deck(6), title=told.title, brand=told.brand, brief=told, creators=pages, asked=(ESSAY, LONG_NAME))


def samples() -> dict[str, DeckFacts]:
    """All of them by name."""
    return {
        "one": deck(1, Rates.HIDDEN, None),
        "six": deck(6),
        "campaign": deck(6, Rates.SHOWN, BriefPage("Serum Pagi", "Wardah", BRIEF.objective, slots=2)),
        "fifty": deck(50, Rates.SHOWN),
        "hostile": hostile(),
    }


def card_of(facts: DeckFacts, pages: int) -> card.DeckCard:
    """The picture of a deck."""
    told = overview_of(facts.creators)
    rows = tuple(card.DeckRow(one.username, one.platform, one.followers, one.er, one.score) for one in facts.creators)
    figures = (told.followers, told.views, told.er, told.niches)
    return card.DeckCard(facts.title, facts.brand, told.creators, pages, *figures, rows)


def main(folder: Path) -> None:
    """Write every sample."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, facts in samples().items():
        paper = write_deck(facts, brand.load())
        (folder / f"{name}.pptx").write_bytes(paper.save())
        (folder / f"{name}.xlsx").write_bytes(write_sheet(facts))
        (folder / f"card-{name}.png").write_bytes(card.render(card_of(facts, len(paper.pages))))
        print(f"{name:10} {len(paper.pages):4} pages, shortened: {[one.title for one in paper.pages if one.trimmed]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
