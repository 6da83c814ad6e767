"""What is missing, doubtful or old in the KOL database, and what to do about it."""

from dataclasses import dataclass
from typing import Final

from bot.creators import search_store
from bot.creators.search import CreatorFilter, Missing, Review
from bot.platform.clock import Clock
from bot.platform.database import Database

_ASK: Final = "Minta kreatornya memperbarui lewat /profil, atau impor lembar terbaru dengan /kol impor."


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: the search that lists who has it, and what to do, as sentences."""

    key: str
    name: str
    wanted: CreatorFilter
    advice: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How many accounts there are, and each kind of fault with how many have it; an account may have several."""

    total: int
    faults: tuple[tuple[Fault, int], ...]


def _doubtful(review: Review, advice: str) -> Fault:
    return Fault(review.value, review.label, CreatorFilter(review=review), advice)


def _missing(part: Missing, advice: str) -> Fault:
    return Fault(part.value, part.label, CreatorFilter(missing=part), advice)


# The most useful first: what keeps somebody from being recommended at all, then what misleads, then what is incomplete.
FAULTS: Final = (
    _doubtful(Review.MISSING_METRICS, f"ER tidak bisa dihitung tanpa angkanya. {_ASK}"),
    Fault("stale", "Angka lama (lebih dari 90 hari)", CreatorFilter(stale=True), _ASK),
    _doubtful(Review.HIGH_ENGAGEMENT, "Cocokkan dengan profil aslinya: sering followers atau like salah satuan."),
    _doubtful(Review.HIGH_VIEWS, "Lihat beberapa konten terakhir: satu konten viral bisa menaikkan rata-rata."),
    _doubtful(Review.FEW_COMMENTS, "Baca komentarnya: like yang dibeli jarang disertai komentar."),
    _missing(Missing.NICHE, "Tanpa niche ia tidak muncul di pencarian per niche. Isi kolom NICHE 1 di lembar."),
    Fault(
        "contact",
        "Belum ada kontak",
        CreatorFilter(reachable=False),
        "Isi kolom CONTACT di lembar, atau ajak daftar di Discord.",
    ),
    _missing(Missing.CONTENT_TYPE, "Nilai kontennya A sampai D di lembar."),
    _missing(Missing.REGION, "Wilayah terisi sendiri kalau kreatornya mendaftar di Discord."),
    _missing(Missing.AGE, "Isi kolom EST USIA di lembar."),
    _missing(Missing.GENDER, "Isi kolom GENDER di lembar."),
)


class CreatorQuality:
    """The door for cogs."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def overview(self) -> Quality:
        """Every kind of fault that somebody has, in the order of FAULTS."""
        counts = await search_store.quality(self._database.read, self._clock.timestamp())
        return Quality(counts["total"], tuple((fault, counts[fault.key]) for fault in FAULTS if counts[fault.key]))
