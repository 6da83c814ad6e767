"""What a creator reads while registering and afterwards. Pure: facts in, messages out. Contacts arrive masked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.creators.models import CreatorKey, Gender, Metrics, Niche
from bot.creators.rules import engagement_rate
from bot.creators.store import Creator
from bot.creators.usernames import profile_link
from bot.onboarding.models import Draft, Member, Registration, Sent, Step
from bot.onboarding.wording import BROWSE_BUTTON, HELP_BUTTON, REGISTER_BUTTON, RULES_BUTTON
from bot.platform.indonesian import format_number, format_percent
from bot.platform.messages import Button, ButtonStyle, Field, Message, custom_id
from bot.platform.palette import INFO, PRIMARY, SUCCESS, WARNING

_ABOUT: Final = Button(custom_id("registration:fill_about"), "Ubah data diri")
_ACCOUNT: Final = Button(custom_id("registration:fill_account"), "Ubah akun")
_AVERAGES: Final = Button(custom_id("registration:fill_averages"), "Ubah rata-rata")
_FORGET: Final = Button(custom_id("registration:forget"), "Hapus isian", ButtonStyle.DANGER)
ADD_BUTTON: Final = Button(custom_id("registration:add"), "Tambah akun", ButtonStyle.PRIMARY)

TOO_YOUNG: Final = Message(
    title="Makasih sudah jujur!",
    description=(
        "Kampanye di TSCreator memakai perjanjian kerja, jadi kami baru bisa mendaftarkan kreator mulai 18 tahun. "
        "Tidak ada isianmu yang kami simpan.\n\nKamu tetap boleh ngobrol dan ikut acara di sini. Sampai ketemu lagi "
        "setelah ulang tahunmu yang ke-18!"
    ),
    colour=INFO,
)
DISAGREED: Final = Message(
    description=(
        "Oke, tidak apa-apa. Tidak ada isian yang kami simpan. Kalau berubah pikiran, ketik /daftar kapan saja."
    ),
    colour=INFO,
)
FORGOTTEN: Final = Message(description="Isianmu sudah dihapus. Mau mulai lagi nanti? Ketik /daftar.", colour=INFO)


def link(key: CreatorKey) -> str:
    """`TikTok [@nama](alamat)`, with nothing in the name read as formatting."""
    return f"{key.platform.label} [@{plain(key.username)}]({profile_link(key)})"


def plain(username: str) -> str:
    """A username in which Discord reads no formatting."""
    return username.replace("_", "\\_")


def figures(metrics: Metrics) -> str:
    """Followers, averages and ER as lines; what is unknown is left out."""
    averages = {
        "views": metrics.avg_views,
        "like": metrics.avg_likes,
        "komentar": metrics.avg_comments,
        "share": metrics.avg_shares,
    }
    told = " · ".join(f"{name} {format_number(value)}" for name, value in averages.items() if value is not None)
    rate = engagement_rate(metrics)
    lines = [f"Followers {format_number(metrics.followers or 0)}"]
    lines += [f"Rata-rata {told}"] if told else []
    lines += [f"ER {format_percent(rate)}"] if rate is not None else []
    return "\n".join(lines)


def niche_names(niches: Sequence[Niche | None]) -> str:
    """`Kecantikan, Fesyen`."""
    return ", ".join(niche.indonesian for niche in niches if niche) or "-"


def progress(draft: Draft, *, needs_proof: bool, contact: str) -> Message:
    """Where a begun registration stands, with the button that goes on."""
    match draft.next_step:
        case Step.ABOUT_YOU:
            return _step("Langkah 1 dari 3", "Mulai dari data dirimu.", replace(_ABOUT, label="Isi data diri"))
        case Step.ACCOUNT:
            button = replace(_ACCOUNT, label="Isi akun")
            return _step("Langkah 2 dari 3", "Data dirimu tersimpan. Sekarang akun yang mau kamu daftarkan.", button)
        case Step.AVERAGES:
            text = (
                "Tinggal rata-rata per konten dan screenshot insight. Boleh dilewati, tapi profil yang lengkap lebih "
                "mudah dipilih brand."
            )
            button = replace(_AVERAGES, label="Isi rata-rata")
            skip = Button(custom_id("registration:skip_averages"), "Lewati")
            return _step("Langkah 3 dari 3", text, button, skip)
        case Step.SUMMARY:
            return _summary(draft, needs_proof=needs_proof, contact=contact)


def _step(title: str, text: str, button: Button, *others: Button) -> Message:
    first = replace(button, style=ButtonStyle.PRIMARY)
    return Message(
        title=title,
        description=text,
        colour=PRIMARY,
        footer="Isianmu tersimpan 7 hari. Lanjutkan kapan saja dengan /daftar.",
        buttons=[[first, *others, _FORGET]],
    )


def _summary(draft: Draft, *, needs_proof: bool, contact: str) -> Message:
    about, account, averages = draft.about, draft.account, draft.averages
    assert about is not None and account is not None and averages is not None
    metrics = Metrics(account.followers, averages.views, averages.likes, averages.comments, averages.shares)
    insight = "ada" if draft.insight_file_id else "belum ada"
    note = "Akun ini sudah ada di database kami, jadi nanti kami minta bukti kalau ini milikmu." if needs_proof else ""
    return Message(
        title="Cek dulu, sudah benar?",
        description=note,
        colour=PRIMARY,
        fields=[
            Field("Akun", f"{link(account.key)}\n{niche_names(account.niches)}"),
            Field("Angka", f"{figures(metrics)}\nScreenshot insight: {insight}"),
            Field("Tentang kamu", about_lines(about.age_band.label, about.gender, about.city, about.region, contact)),
        ],
        footer="Setelah dikirim, kamu bisa melihatnya dengan /profil.",
        buttons=[
            [Button(custom_id("registration:send", draft.revision), "Kirim", ButtonStyle.SUCCESS), _FORGET],
            [_ABOUT, _ACCOUNT, _AVERAGES],
        ],
    )


def sent(outcome: Sent, registration: Registration | None, member: Member | None, *, is_first_account: bool) -> Message:
    """What became of a registration, with what comes next."""
    if registration is None:
        return Message(description="Registrasi ini sudah tidak ada. Mulai lagi dengan /daftar, ya.", colour=WARNING)
    account = link(registration.account.key)
    if outcome in (Sent.WAITING, Sent.ALREADY_WAITING):
        return claim(registration)
    if outcome is Sent.ALREADY_YOURS:
        return Message(
            description=f"{account} sudah terdaftar atas namamu. Aman!", colour=SUCCESS, buttons=[[ADD_BUTTON]]
        )
    rules = [] if member and member.rules_accepted_at else [RULES_BUTTON]
    return Message(
        title="Kamu resmi jadi kreator TSC! 🎉" if is_first_account else "Akun barumu sudah terdaftar",
        description=(
            f"{account} sudah terdaftar. Role Kreator, niche, dan platform-mu sedang dipasang.\n\n"
            "**Berikutnya:** lihat kampanye yang lagi buka, lalu lamar yang cocok."
        ),
        colour=SUCCESS,
        buttons=[[*rules, BROWSE_BUTTON, replace(ADD_BUTTON, style=ButtonStyle.SECONDARY)]],
    )


def claim(registration: Registration) -> Message:
    """How to prove that an account is one's own."""
    platform = registration.account.platform.label
    uploaded = registration.proof_file_id is not None
    return Message(
        title="Bukti diterima, tunggu sebentar" if uploaded else "Hampir selesai: buktikan akunmu",
        description=(
            f"{link(registration.account.key)} sudah ada di database kami, jadi kami perlu yakin itu milikmu. "
            "Cukup salah satu:\n\n"
            f"1. Taruh kode **{registration.proof_code}** di bio {platform}-mu (boleh dihapus setelah disetujui).\n"
            "2. Unggah screenshot halaman edit profil atau insight saat kamu login.\n\n"
            "Tim KOL memeriksanya dan mengabarimu lewat DM. Kode ini bisa dilihat lagi dengan /profil."
        ),
        colour=INFO,
        buttons=[
            [
                Button(
                    custom_id("registration:proof_open", registration.id),
                    "Ganti screenshot" if uploaded else "Unggah screenshot",
                    ButtonStyle.PRIMARY,
                ),
                Button(custom_id("registration:withdraw_ask", registration.id), "Tarik klaim"),
            ]
        ],
    )


def already(accounts: Sequence[Creator], waiting: Sequence[Registration]) -> Message:
    """The answer to /daftar of somebody who has registered before."""
    lines = [f"✅ {link(creator.record.key)}" for creator in accounts]
    lines += [f"⏳ {link(one.account.key)}: menunggu bukti, kodemu **{one.proof_code}**" for one in waiting]
    buttons = [ADD_BUTTON] + [
        Button(custom_id("registration:claim", one.id), f"Bukti @{one.account.username}") for one in waiting[:4]
    ]
    return Message(
        title="Kamu sudah terdaftar" if accounts else "Registrasimu sedang diperiksa",
        description="\n".join(lines[:20]) + "\n\nPunya akun lain? Tambahkan, datamu yang sudah ada tidak ditanya lagi.",
        colour=SUCCESS if accounts else INFO,
        buttons=[buttons],
    )


def approved(registration: Registration) -> Message:
    """The private message after a claim was approved."""
    return Message(
        title="Klaim akunmu disetujui 🎉",
        description=(
            f"{link(registration.account.key)} sekarang terhubung ke kamu. Kode di bio boleh dihapus, dan role-mu "
            "sedang dipasang. Berikutnya: lihat kampanye yang lagi buka."
        ),
        colour=SUCCESS,
        buttons=[[BROWSE_BUTTON, HELP_BUTTON]],
    )


def rejected(registration: Registration) -> Message:
    """The private message after a claim was refused."""
    return Message(
        title="Klaim akunmu belum bisa disetujui",
        description=(
            f"{link(registration.account.key)}\n\n**Alasan dari tim:** {registration.reason}\n\n"
            "Kalau akun itu memang milikmu, daftar lagi dan sertakan buktinya, atau tanya kami lewat tombol bantuan."
        ),
        colour=WARNING,
        buttons=[[REGISTER_BUTTON, HELP_BUTTON]],
    )


def moved_away(key: CreatorKey) -> Message:
    """The private message to whom an account belonged until somebody else proved it is theirs."""
    return Message(
        title="Satu akun dilepas dari profilmu",
        description=(
            f"{link(key)} dipindahkan ke anggota lain setelah Tim KOL memeriksa bukti kepemilikannya. Kalau ini "
            "keliru, segera hubungi kami lewat tombol bantuan."
        ),
        colour=WARNING,
        buttons=[[HELP_BUTTON]],
    )


def about_lines(age: str, gender: Gender | None, city: str | None, region: str | None, contact: str) -> str:
    """Age band, gender, place and (masked) contact as lines."""
    place = ", ".join(part for part in (city, region) if part) or "-"
    return f"{age} tahun · {gender.indonesian if gender else '-'}\n{place}\nKontak {contact or '-'}"
