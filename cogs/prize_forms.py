"""The forms of prizes: what they ask, filled with what is known."""

from __future__ import annotations

from bot.platform.deadlines import write_deadline
from bot.prizes.rules import MAX_REASON, MAX_REFERENCE
from cogs.ui.forms import FileField, FormSpec, TextField

PAY_FORM = FormSpec(
    "Catat pembayaran hadiah",
    (
        TextField(
            "reference",
            "Nomor referensi",
            description="Dari aplikasi pembayaran. Jangan tulis nomor tujuan lengkap.",
            max_length=MAX_REFERENCE,
            required=False,
        ),
        FileField("picture", "Bukti transfer", description="Gambar, kalau ada. Tutup dulu nomor lengkapnya."),
    ),
)
CANCEL_FORM = FormSpec(
    "Batalkan hadiah",
    (TextField("reason", "Alasan", description="Pemenang ikut membacanya.", max_length=MAX_REASON, paragraph=True),),
)


def extension_form(claim_until: int) -> FormSpec:
    """Until when winners may claim, and why; `claim_until` is the deadline that stands now."""
    return FormSpec(
        "Perpanjang batas ambil hadiah",
        (
            TextField(
                "until",
                "Batas baru (WIB)",
                f"Sekarang {write_deadline(claim_until)}. Tanpa jam berarti 23.59",
                "5/4 20.00",
                60,
            ),
            TextField("reason", "Alasan", "Pemenang ikut membacanya, dan tercatat", "", MAX_REASON, paragraph=True),
        ),
    )
