"""What a registered creator is asked when they change their data."""

from __future__ import annotations

from bot.creators.service import Creator
from bot.onboarding.models import LONGEST_CITY, MOST_NICHES
from cogs.registration_forms import NICHES, count
from cogs.ui.forms import ChoiceField, FileField, FormSpec, TextField


def figures(account: Creator) -> FormSpec:
    """All figures of an account as they are known."""
    known = account.record.metrics
    return FormSpec(
        f"Angka @{account.record.username}",
        (
            TextField(
                "followers",
                "Jumlah followers",
                placeholder="Misalnya 12,4rb atau 85.300",
                max_length=40,
                default="" if known.followers is None else str(known.followers),
            ),
            count("views", "Rata-rata views", "Misalnya 12,4rb", known.avg_views),
            count("likes", "Rata-rata like", "Misalnya 1.200", known.avg_likes),
            count("comments", "Rata-rata komentar", "Misalnya 85", known.avg_comments),
            count("shares", "Rata-rata share", "Misalnya 40", known.avg_shares),
        ),
    )


def about(account: Creator, contact: str) -> FormSpec:
    """Place, contact (`contact` is the known one, masked) and niches."""
    niches = (account.record.niche_1, account.record.niche_2)
    return FormSpec(
        "Data diri & niche",
        (
            TextField("city", "Kota atau kabupaten", max_length=LONGEST_CITY, default=account.city or ""),
            TextField(
                "province",
                "Provinsi",
                placeholder="Boleh singkat: Jabar, DKI, DIY, NTB",
                max_length=60,
                default=account.region or "",
            ),
            TextField(
                "contact",
                "Nomor WhatsApp atau email",
                description="Kosongkan kalau tidak berubah. Disimpan terenkripsi.",
                placeholder=f"Sekarang {contact}",
                max_length=254,
                required=False,
            ),
            ChoiceField(
                "niches",
                f"Niche (1 sampai {MOST_NICHES})",
                NICHES,
                at_most=MOST_NICHES,
                default=tuple(niche.value for niche in niches if niche),
            ),
        ),
    )


def insight() -> FormSpec:
    """A new insight screenshot."""
    hint = "Gambar PNG atau JPG. Screenshot yang lama diganti."
    return FormSpec("Screenshot insight", (FileField("insight", "Screenshot", description=hint, required=True),))
