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
UPDATE_BUTTON: Final = Button(custom_id("profile:update"), "Perbarui data", ButtonStyle.PRIMARY)
PENDING: Final = "Menunggu persetujuan staf, biasanya 1–2 hari kerja."
ADD_BUTTON: Final = Button(custom_id("registration:add"), "Tambah akun")

DISAGREED: Final = Message(
    description=(
        "Oke, tidak apa-apa. Tidak ada isian yang kami simpan. Kalau berubah pikiran, ketik /daftar kapan saja."
    ),
    colour=INFO,
)
FORGOTTEN: Final = Message(description="Isianmu sudah dihapus. Mau mulai lagi nanti? Ketik /daftar.", colour=INFO)


def too_young(until: int, *, again: bool = False) -> Message:
    """The kind refusal after "under 18" was chosen; `again` when it is tried once more before `until`."""
    return Message(
        title="Registrasimu belum bisa dilanjutkan" if again else "Makasih sudah jujur!",
        description=(
            ("Tadi kamu memilih di bawah 18 tahun. " if again else "")
            + "Kampanye di TSCreator memakai perjanjian kerja, jadi kami baru bisa mendaftarkan kreator mulai 18 "
            "tahun. Tidak ada isianmu yang kami simpan, cuma catatan bahwa registrasi ini belum bisa dilanjutkan.\n\n"
            "Kamu tetap boleh ngobrol dan ikut acara di sini. Sampai ketemu lagi setelah ulang tahunmu yang ke-18!\n\n"
            f"Tadi salah pilih? Coba lagi <t:{until}:R> dengan /daftar, atau ceritakan dengan /tiket buka."
        ),
        colour=INFO,
    )


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


def progress(draft: Draft, *, needs_proof: bool, contact: str, accounts: Sequence[Creator] = ()) -> Message:
    """Where a begun registration stands, with the button that goes on. `accounts` are the creator's already."""
    message = _progress(draft, needs_proof=needs_proof, contact=contact)
    if not accounts:
        return message
    lines = "\n".join(link(creator.record.key) for creator in accounts[:10])
    more = "Yang di atas ini akun tambahan yang belum dikirim."
    registered = Field("Kamu sudah terdaftar ✅", f"{lines}\n{more}", inline=False)
    return replace(message, fields=[*message.fields, registered])


def _progress(draft: Draft, *, needs_proof: bool, contact: str) -> Message:
    match draft.next_step:
        case Step.ABOUT_YOU:
            return _step("Langkah 1 dari 3", "Mulai dari data dirimu.", replace(_ABOUT, label="Isi data diri"))
        case Step.ACCOUNT:
            button = replace(_ACCOUNT, label="Isi akun")
            return _step("Langkah 2 dari 3", "Data dirimu tersimpan. Sekarang akun yang mau kamu daftarkan.", button)
        case Step.AVERAGES:
            text = (
                "Tinggal rata-rata per konten dan screenshot insight. Boleh dilewati, tapi tanpa itu kampanye dengan "
                "ER minimal belum bisa dilamar. Bisa diisi nanti lewat /profil."
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
        buttons=[[first, *others], [_FORGET]],
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
        footer="Setelah dikirim, kamu bisa melihat dan memperbaruinya dengan /profil.",
        buttons=[
            [Button(custom_id("registration:send", draft.revision), "Kirim", ButtonStyle.SUCCESS)],
            [_ABOUT, _ACCOUNT, _AVERAGES],
            [_FORGET],
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
    accepted = bool(member and member.rules_accepted_at)
    rules = [] if accepted else [RULES_BUTTON]
    remember = (
        "" if accepted else "**Satu lagi:** kamu belum menyetujui aturan komunitas. Baca dan setujui dulu, ya.\n\n"
    )
    return Message(
        title="Kamu resmi jadi kreator TSC! 🎉" if is_first_account else "Akun barumu sudah terdaftar",
        description=(
            f"{account} sudah terdaftar. Role Kreator, niche, dan platform-mu sedang dipasang.\n\n"
            f"{remember}**Berikutnya:** lihat kampanye yang lagi buka, lalu lamar yang cocok."
        ),
        colour=SUCCESS,
        buttons=[[*rules, BROWSE_BUTTON, ADD_BUTTON]],
    )


def forget_question(*, is_extra: bool) -> str:
    """What is asked before what was typed is thrown away."""
    if is_extra:
        return "Hapus akun tambahan yang belum dikirim? Akun yang sudah terdaftar tidak berubah."
    return "Hapus semua isian registrasimu? Ini tidak bisa dibatalkan."


def claim(registration: Registration) -> Message:
    """How to prove that an account is one's own; once that is done, what comes next."""
    withdraw = Button(custom_id("registration:withdraw_ask", registration.id), "Tarik klaim")
    upload = Button(custom_id("registration:proof_open", registration.id), "Unggah screenshot", ButtonStyle.PRIMARY)
    if registration.has_proof:
        keep = f" Biarkan kode **{registration.proof_code}** di bio sampai disetujui." * bool(
            registration.code_placed_at
        )
        label = "Ganti screenshot" if registration.proof_file_id else "Tambah screenshot"
        return Message(
            title="Bukti diterima",
            description=(
                f"{link(registration.account.key)}\n\n{PENDING} Kami kabari lewat DM, tidak ada lagi yang perlu kamu "
                f"kirim.{keep}"
            ),
            colour=INFO,
            footer="Statusnya selalu bisa dilihat dengan /profil.",
            buttons=[[replace(upload, label=label, style=ButtonStyle.SECONDARY), withdraw]],
        )
    placed = Button(custom_id("registration:code_placed", registration.id), "Kodenya sudah kupasang")
    return Message(
        title="Hampir selesai: buktikan akunmu",
        description=(
            f"{link(registration.account.key)} sudah ada di database kami, jadi kami perlu yakin itu milikmu. "
            "Cukup salah satu:\n\n"
            f"1. Taruh kode **{registration.proof_code}** di bio {registration.account.platform.label}-mu, lalu tekan "
            "“Kodenya sudah kupasang”. Boleh dihapus setelah disetujui.\n"
            "2. Unggah screenshot halaman edit profil atau insight saat kamu login.\n\n"
            "Tim KOL memeriksanya dan mengabarimu lewat DM. Kode ini bisa dilihat lagi dengan /profil."
        ),
        colour=INFO,
        buttons=[[upload, placed], [withdraw]],
    )


def claim_button(registration: Registration) -> Button:
    """Opens an open claim: to prove it, or to look how it stands."""
    label = "Klaim" if registration.has_proof else "Bukti"
    return Button(custom_id("registration:claim", registration.id), f"{label} @{registration.account.username}")


def already(accounts: Sequence[Creator], waiting: Sequence[Registration]) -> Message:
    """The answer to /daftar of somebody who has registered before."""
    lines = [f"✅ {link(creator.record.key)}" for creator in accounts]
    lines += [
        f"⏳ {link(one.account.key)}: " + (PENDING if one.has_proof else f"menunggu bukti, kodemu **{one.proof_code}**")
        for one in waiting
    ]
    update = [UPDATE_BUTTON] if accounts else []
    hint = "\n\nPunya akun lain? Tambahkan, datamu yang sudah ada tidak ditanya lagi."
    if accounts:
        hint += " Angka, kota, niche, atau kontak berubah? Tekan Perbarui data."
    return Message(
        title="Kamu sudah terdaftar ✅" if accounts else "Registrasimu sedang diperiksa",
        description="\n".join(lines[:20]) + hint,
        colour=SUCCESS if accounts else INFO,
        buttons=[[*update, ADD_BUTTON, *map(claim_button, waiting[: 4 - len(update)])]],
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
