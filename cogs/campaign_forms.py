"""The forms of campaigns: what they ask, filled with what is known."""

from __future__ import annotations

from bot.campaigns.application_form import REASON_LENGTH
from bot.campaigns.models import ApplicationState, Campaign, Opening, RewardKind
from bot.campaigns.reading import BARTER_LENGTH, BRAND_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from bot.creators.models import Niche, Platform, Tier
from bot.platform.deadlines import write_deadline
from bot.platform.indonesian import PROVINCES, format_number, format_rupiah
from cogs.ui.forms import ChoiceField, Field, FileField, FormSpec, TextField

# Discord's selects end at 25 options, so the provinces are asked in two.
_WEST = PROVINCES[: PROVINCES.index("Bali")]
_EAST = PROVINCES[PROVINCES.index("Bali") :]
REGION_FIELDS = ("west", "east")


def basics_form(campaign: Campaign | None) -> FormSpec:
    """Title, brand, brief, slots, deadline."""
    known = campaign.basics if campaign else None
    return FormSpec(
        "Ubah isi kampanye" if campaign else "Kampanye baru (langkah 1 dari 4)",
        (
            TextField("title", "Judul", max_length=TITLE_LENGTH, default=known.title if known else ""),
            TextField("brand", "Brand", max_length=BRAND_LENGTH, default=known.brand if known else ""),
            TextField(
                "brief",
                "Brief",
                "Apa yang dibuat, untuk siapa, kapan tayang. Kreator membacanya.",
                max_length=TEXT_LENGTH,
                paragraph=True,
                default=known.brief if known else "",
            ),
            TextField("slots", "Jumlah slot", "Berapa kreator yang diterima", "10", 20, default=_number(known)),
            TextField(
                "deadline",
                "Batas lamaran (WIB)",
                "Tanpa jam berarti 23.59. Tanggal baru membuka lagi kampanye yang sudah ditutup.",
                "3 April 2026, 3/4, atau 3/4 18.00",
                60,
                default=write_deadline(known.deadline_at) if known else "",
            ),
        ),
    )


def reward_form(campaign: Campaign) -> FormSpec:
    """Fee or barter, and the product picture."""
    reward = campaign.reward
    kinds = ((RewardKind.FEE.value, "Fee"), (RewardKind.BARTER.value, "Barter"))
    public = (("yes", "Ya, tampilkan di pengumuman"), ("no", "Tidak, bahas dengan yang terpilih"))
    return FormSpec(
        "Imbalan & gambar",
        (
            ChoiceField("kind", "Jenis imbalan", kinds, default=(reward.kind.value,) if reward else ()),
            TextField(
                "fee",
                "Fee per kreator",
                "Isi kalau jenisnya fee",
                "1,5jt atau 750rb",
                30,
                required=False,
                default=format_rupiah(reward.fee) if reward and reward.fee else "",
            ),
            TextField(
                "barter",
                "Barang atau layanan barter",
                "Isi kalau jenisnya barter",
                "Paket skincare senilai Rp 350.000",
                BARTER_LENGTH,
                required=False,
                paragraph=True,
                default=(reward.barter or "") if reward else "",
            ),
            ChoiceField("public", "Tampilkan fee?", public, default=("no" if reward and not reward.public else "yes",)),
            FileField("picture", "Gambar produk", "Boleh kosong. PNG, JPEG, atau WebP."),
        ),
    )


def accounts_form(campaign: Campaign) -> FormSpec:
    """Which kind of account; nothing chosen means any."""
    wanted = campaign.requirements
    anyone = "Kosongkan kalau semua boleh"
    return FormSpec(
        "Syarat akun",
        (
            _many("platforms", "Platform", anyone, [(one.value, one.label) for one in Platform], wanted.platforms),
            _many("niches", "Niche", anyone, [(one.value, one.indonesian) for one in Niche], wanted.niches),
            _many("tiers", "Ukuran akun", anyone, [(one.value, one.label) for one in Tier], wanted.tiers),
            _many("west", "Provinsi: Sumatera dan Jawa", anyone, [(name, name) for name in _WEST], wanted.regions),
            _many("east", "Provinsi: Bali sampai Papua", anyone, [(name, name) for name in _EAST], wanted.regions),
        ),
    )


def figures_form(campaign: Campaign) -> FormSpec:
    """Which figures; left blank means any."""
    wanted = campaign.requirements
    engagement = wanted.min_engagement_ppm
    return FormSpec(
        "Angka minimal",
        (
            _figure("min_followers", "Followers minimal", "10rb", _count(wanted.min_followers)),
            _figure("max_followers", "Followers maksimal", "500rb", _count(wanted.max_followers)),
            _figure(
                "min_engagement",
                "ER minimal (%)",
                "3%",
                f"{engagement / 10_000:g}".replace(".", ",") if engagement else "",
            ),
        ),
    )


def application_form(opening: Opening) -> FormSpec:
    """Why you, rate where a fee is paid, samples; which account where several fit. Filled with what was sent before."""
    own = opening.own
    sent = own.application if own else None
    usable = {one.id: one for one in (own.account if own else None, *opening.fitting) if one}
    fields: list[Field] = []
    if len(usable) > 1:
        accounts = tuple(
            (str(one.id), f"@{one.record.username} · {one.record.platform.label}") for one in list(usable.values())[:25]
        )
        fields.append(ChoiceField("account", "Melamar dengan akun", accounts, default=(accounts[0][0],)))
    fields.append(
        TextField(
            "pitch",
            "Kenapa kamu cocok?",
            "Ceritakan ide kontenmu dan pengalaman serupa.",
            max_length=TEXT_LENGTH,
            paragraph=True,
            default=sent.pitch if sent else "",
        )
    )
    if opening.campaign.pays_fee:
        fields.append(
            TextField(
                "rate",
                "Rate kamu",
                "Kosongkan kalau ikut tarif kampanye. Hanya tim yang melihat.",
                "750rb",
                30,
                required=False,
                default=format_rupiah(sent.rate) if sent and sent.rate else "",
            )
        )
    fields.append(
        TextField(
            "links",
            "Contoh konten (link)",
            "Sampai 3 link, satu per baris. Boleh kosong.",
            "https://www.tiktok.com/@kamu/video/123",
            1_000,
            required=False,
            paragraph=True,
            default="\n".join(sent.sample_links) if sent else "",
        )
    )
    return FormSpec(f"{'Ubah lamaran' if sent else 'Lamar'}: {opening.campaign.title}", tuple(fields))


def stepping_back_form(campaign: Campaign) -> FormSpec:
    """Why an accepted creator can't take part; staff read it."""
    return FormSpec(
        f"Tidak bisa ikut: {campaign.title}",
        (
            TextField(
                "reason",
                "Alasanmu",
                "Dibaca tim. Slotmu langsung dibuka lagi dan tidak bisa diambil kembali.",
                max_length=REASON_LENGTH,
                paragraph=True,
            ),
        ),
    )


def decision_form(to: ApplicationState) -> FormSpec:
    """The reason of a decision; the applicant reads it."""
    titles = {ApplicationState.ACCEPTED: "Terima pelamar", ApplicationState.RESERVED: "Masukkan ke cadangan"}
    needed = to is not ApplicationState.ACCEPTED
    return FormSpec(
        titles.get(to, "Tolak pelamar"),
        (
            TextField(
                "reason",
                "Alasan" if needed else "Catatan (boleh kosong)",
                "Dikirim ke kreator, jadi tulis dengan ramah.",
                max_length=REASON_LENGTH,
                required=needed,
                paragraph=True,
            ),
        ),
    )


def _many(
    field: str, label: str, description: str, options: list[tuple[str, str]], chosen: tuple[str, ...]
) -> ChoiceField:
    return ChoiceField(
        field,
        label,
        tuple(options),
        description,
        at_most=len(options),
        required=False,
        default=tuple(str(one) for one in chosen),
    )


def _figure(field: str, label: str, example: str, known: str) -> TextField:
    return TextField(field, label, "Kosongkan kalau bebas", example, 30, required=False, default=known)


def _count(number: int | None) -> str:
    return "" if number is None else format_number(number)


def _number(known: object | None) -> str:
    return "" if known is None else str(getattr(known, "slots", ""))
