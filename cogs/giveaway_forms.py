"""The forms of giveaways: what they ask, filled with what is known."""

from __future__ import annotations

from bot.creators.models import Niche
from bot.giveaways.models import Giveaway, Legal, LegalKind
from bot.giveaways.reading import (
    FOLLOW_LENGTH,
    MOST_CLAIM_DAYS,
    MOST_WINNERS,
    PERMIT_LENGTH,
    PRIZE_LENGTH,
    TITLE_LENGTH,
    BasicsForm,
    LegalForm,
    RequirementsForm,
)
from bot.platform.deadlines import write_deadline
from bot.platform.indonesian import format_rupiah
from cogs.ui.forms import Answers, ChoiceField, FormSpec, RoleField, TextField

REASON_LENGTH = 200
_ANYONE = "Kosongkan kalau tidak jadi syarat"


def basics_form(giveaway: Giveaway | None) -> FormSpec:
    """Title, prize, money value, winners, end."""
    spec = giveaway.spec if giveaway else None
    by_calendar = spec is not None and spec.lasts is not None
    return FormSpec(
        "Ubah isi giveaway" if giveaway else "Giveaway baru (langkah 1 dari 3)",
        (
            TextField("title", "Judul", max_length=TITLE_LENGTH, default=spec.title if spec else ""),
            TextField(
                "prize", "Hadiah", "", "Saldo GoPay Rp 100.000", PRIZE_LENGTH, default=spec.prize if spec else ""
            ),
            TextField(
                "amount",
                "Nilai uang per pemenang",
                "Kosongkan kalau sudah ditulis di hadiahnya, atau barang",
                "100rb",
                30,
                required=False,
                default=format_rupiah(spec.amount) if spec and spec.amount else "",
            ),
            TextField(
                "winners",
                "Jumlah pemenang",
                f"1 sampai {MOST_WINNERS}",
                "3",
                10,
                default=str(spec.winners) if spec else "",
            ),
            TextField(
                "ends",
                "Berakhir (WIB)",
                "Kosongkan untuk ikut lamanya di kalender" if by_calendar else "Tanpa jam berarti 23.59",
                "3/4 20.00",
                60,
                required=not by_calendar,
                default=write_deadline(spec.ends_at) if spec and spec.ends_at else "",
            ),
        ),
    )


def basics_of(answers: Answers) -> BasicsForm:
    """What was filled in."""
    return BasicsForm(*(answers.text(field) for field in ("title", "prize", "amount", "winners", "ends")))


def requirements_form(giveaway: Giveaway, role_id: int | None) -> FormSpec:
    """Who may join; `role_id` is the role asked for so far, where it still exists."""
    wanted = giveaway.spec.requirements
    who = (("everyone", "Semua anggota"), ("registered", "Hanya kreator terdaftar"))
    fields = (
        ChoiceField("who", "Siapa yang boleh ikut", who, default=("registered" if wanted.registered else "everyone",)),
        RoleField("role", "Role", _ANYONE, "Ketik untuk mencari role", required=False, default=role_id),
        TextField(
            "days",
            "Minimal berapa hari jadi anggota server",
            _ANYONE,
            "7",
            6,
            required=False,
            default=str(wanted.member_days or ""),
        ),
        TextField(
            "follow",
            "Akun yang harus di-follow",
            "Anggota menyatakan sendiri lewat tombol “Sudah follow”",
            "@tscreator.id di Instagram",
            FOLLOW_LENGTH,
            required=False,
            default=wanted.follow or "",
        ),
        ChoiceField(
            "niches",
            "Niche akun",
            tuple((niche.value, niche.indonesian) for niche in Niche),
            _ANYONE,
            at_most=len(Niche),
            required=False,
            default=tuple(niche.value for niche in wanted.niches),
        ),
    )
    return FormSpec("Syarat ikut (langkah 2 dari 3)", fields)


def requirements_of(answers: Answers, everyone: int) -> RequirementsForm:
    """What was filled in. @everyone, whose role has the server's own id, asks for nothing."""
    role = answers.choice("role")
    return RequirementsForm(
        role=role if role != str(everyone) else None,
        registered=answers.choice("who") == "registered",
        member_days=answers.text("days"),
        follow=answers.text("follow"),
        niches=answers.choices("niches"),
    )


def legal_form(giveaway: Giveaway) -> FormSpec:
    """Draw or contest, permit, days to claim."""
    days = TextField(
        "claim_days",
        "Batas ambil hadiah (hari)",
        f"1 sampai {MOST_CLAIM_DAYS}; yang tidak diambil diundi ulang",
        max_length=4,
        default=str(giveaway.spec.claim_days),
    )
    note = "Pemenang giveaway diundi, jadi biasanya undian. Baca pengingat di pratinjau; pilihanmu dicatat."
    fields = legal_fields("Giveaway ini termasuk", note, giveaway.spec.legal)
    return FormSpec("Undian/kontes & izin (langkah 3 dari 3)", (*fields, days))


def legal_fields(label: str, note: str, legal: Legal | None) -> tuple[ChoiceField, TextField]:
    """Draw or contest, and the permit; quizzes whose winners are drawn ask it too."""
    kinds = (
        (LegalKind.DRAW.value, "Undian gratis berhadiah (butuh izin, pajak final 25%)"),
        (LegalKind.CONTEST.value, "Kontes (pemenang ditentukan kemampuan)"),
    )
    chosen = (legal.kind.value,) if legal else ()
    kind = ChoiceField("kind", label, kinds, note, default=chosen)
    permit = TextField(
        "permit",
        "Nomor izin",
        "Kalau sudah ada",
        max_length=PERMIT_LENGTH,
        required=False,
        default=(legal.permit or "") if legal else "",
    )
    return kind, permit


def legal_of(answers: Answers) -> LegalForm:
    """What was filled in."""
    return LegalForm(answers.choice("kind"), answers.text("permit"), answers.text("claim_days"))


def redraw_form() -> FormSpec:
    """Why a winner is replaced."""
    return FormSpec(
        "Undi ulang",
        (
            TextField(
                "reason",
                "Alasan",
                "Diumumkan bersama pemenang pengganti dan dicatat untuk seterusnya",
                "Pemenang meminta hadiahnya diberikan ke orang lain",
                REASON_LENGTH,
                5,
                paragraph=True,
            ),
        ),
    )
