"""What the registration's forms ask. Short on purpose: most people fill them in on a phone."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from bot.creators.models import AgeBand, Gender, Niche, Platform
from bot.onboarding.models import LONGEST_CITY, LONGEST_REASON, MOST_NICHES, UNDER_18, Draft
from cogs.ui.forms import ChoiceField, FileField, FormSpec, TextField

_AGES: Final = (
    (UNDER_18, "Di bawah 18 tahun"),
    *((band.value, f"{band.label} tahun") for band in AgeBand),
)
_GENDERS: Final = tuple((gender.value, gender.indonesian) for gender in Gender)
_PLATFORMS: Final = tuple((platform.value, platform.label) for platform in Platform)
NICHES: Final = tuple((niche.value, niche.indonesian) for niche in Niche)


def about_you(draft: Draft) -> FormSpec:
    """Who the creator is."""
    known = draft.about
    return FormSpec(
        "Langkah 1 dari 3: tentang kamu",
        (
            ChoiceField("age", "Usia", _AGES, default=(known.age_band.value,) if known else ()),
            ChoiceField("gender", "Gender", _GENDERS, default=(known.gender.value,) if known else ()),
            TextField(
                "city",
                "Kota atau kabupaten",
                placeholder="Misalnya Bandung atau Kab. Sleman",
                max_length=LONGEST_CITY,
                default=known.city if known else "",
            ),
            TextField(
                "province",
                "Provinsi",
                placeholder="Boleh singkat: Jabar, DKI, DIY, NTB",
                max_length=60,
                default=known.region if known else "",
            ),
            TextField(
                "contact",
                "Nomor WhatsApp atau email",
                description="Disimpan terenkripsi, hanya untuk tim yang perlu menghubungimu.",
                placeholder="0812-3456-7890",
                max_length=254,
                default=known.contact.reveal() if known else "",
            ),
        ),
    )


def account(draft: Draft) -> FormSpec:
    """The account to be registered."""
    known = draft.account
    return FormSpec(
        "Langkah 2 dari 3: akunmu",
        (
            ChoiceField("platform", "Platform", _PLATFORMS, default=(known.platform.value,) if known else ()),
            TextField(
                "username",
                "Username atau link profil",
                placeholder="@namamu",
                max_length=300,
                default=known.username if known else "",
            ),
            TextField(
                "followers",
                "Jumlah followers",
                placeholder="Misalnya 12,4rb atau 85.300",
                max_length=40,
                default=str(known.followers) if known else "",
            ),
            ChoiceField(
                "niches",
                f"Niche (1 sampai {MOST_NICHES})",
                NICHES,
                at_most=MOST_NICHES,
                default=tuple(niche.value for niche in known.niches) if known else (),
            ),
        ),
    )


def averages(draft: Draft) -> FormSpec:
    """A usual post's figures."""
    known = draft.averages
    return FormSpec(
        "Langkah 3 dari 3: rata-rata per konten",
        (
            count("views", "Rata-rata views", "Misalnya 12,4rb", known and known.views),
            count("likes", "Rata-rata like", "Misalnya 1.200", known and known.likes),
            count("comments", "Rata-rata komentar", "Misalnya 85", known and known.comments),
            count("shares", "Rata-rata share", "Misalnya 40", known and known.shares),
            FileField(
                "insight",
                "Screenshot insight",
                description="Opsional. Gambar PNG atau JPG." + (" Yang lama diganti." if draft.insight_file_id else ""),
            ),
        ),
    )


def proof() -> FormSpec:
    """A screenshot that shows the account is one's own."""
    hint = "Halaman edit profil atau insight saat kamu login. Tutup data pribadi lain."
    return FormSpec("Bukti kepemilikan akun", (FileField("proof", "Screenshot", description=hint, required=True),))


def reason() -> FormSpec:
    """Why a claim is refused."""
    return FormSpec(
        "Tolak klaim",
        (
            TextField(
                "reason",
                "Alasan",
                description="Dibaca kreatornya. Tulis juga apa yang bisa ia lakukan.",
                placeholder="Misalnya: kode belum ada di bio saat diperiksa.",
                max_length=LONGEST_REASON,
                paragraph=True,
            ),
        ),
    )


def count(field: str, label: str, example: str, known: int | Decimal | None) -> TextField:
    """An optional figure, filled in with what is known."""
    return TextField(
        field,
        label,
        placeholder=f"{example}, boleh dikosongkan",
        max_length=40,
        required=False,
        default="" if known is None else str(known).replace(".", ","),
    )
