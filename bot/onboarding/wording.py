"""What new members read: the welcome, the start panel, the help text, the reminder. Pure: facts in, messages out."""

from dataclasses import replace
from typing import Final

from bot.onboarding.consent import CONSENT_TEXT
from bot.onboarding.models import Member, Registration
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import PRIMARY, SUCCESS
from bot.platform.text import bulleted
from bot.server.models import ChannelKey, Places

RULES_BUTTON: Final = Button(custom_id("onboarding:rules"), "Setujui aturan", ButtonStyle.SUCCESS)
REGISTER_BUTTON: Final = Button(custom_id("registration:start"), "Daftar jadi kreator", ButtonStyle.PRIMARY)
BROWSE_BUTTON: Final = Button(custom_id("campaign:browse"), "Lihat kampanye")
HELP_BUTTON: Final = Button(custom_id("onboarding:help"), "Butuh bantuan")
TICKET_BUTTON: Final = Button(custom_id("ticket:new"), "Buka tiket", ButtonStyle.PRIMARY)
STATUS_BUTTON: Final = replace(REGISTER_BUTTON, label="Lihat klaimku")
GO_ON_BUTTON: Final = replace(REGISTER_BUTTON, label="Lanjutkan daftar")
START_BUTTONS: Final = [RULES_BUTTON, REGISTER_BUTTON, BROWSE_BUTTON, HELP_BUTTON]

FOR_CREATORS: Final = "Fitur ini untuk kreator yang sudah terdaftar. Daftar dulu dengan /daftar, cuma beberapa menit."
ROLE_MISSING: Final = (
    "Kamu sudah terdaftar, tapi role Kreator belum terpasang. Tunggu sebentar lalu coba lagi. Masih belum bisa? Buka "
    "tiket dengan /tiket buka, biar tim yang memasangnya."
)
_COMMANDS: Final = "Perintah seperti /daftar diketik di server, bukan di DM ini."

_ABOUT: Final = (
    "TSCreator adalah komunitas kreator The Social Club: tempat ikut kampanye brand, belajar bareng, dan dapat bantuan."
)
_RULES: Final = (
    "Saling menghargai. Tanpa hinaan, SARA, atau pelecehan.",
    "Tanpa spam, penipuan, dan promosi di luar izin tim.",
    "Daftarkan akun dan angka milikmu sendiri, apa adanya.",
    "Jaga rahasia brief dan produk yang belum tayang.",
    "Jangan kirim KTP, rekening, atau nomor HP di channel.",
    "Ada masalah? Sampaikan baik-baik ke tim dengan /tiket buka.",
)
# What else there is to do here; each channel by its key, and what to call it before /pengaturan has made it.
_AROUND: Final = (
    (ChannelKey.QUIZZES, "#kuis", "jawab kuis lewat tombol, kumpulkan poin, lihat /peringkat"),
    (ChannelKey.GIVEAWAYS, "#giveaway", "tekan Ikut; undiannya bisa kamu periksa sendiri"),
    (ChannelKey.EVENTS, "#acara", "workshop, webinar, dan meet-up; jadwalmu di /acara saya"),
    (ChannelKey.HELP, "#bantuan", "ada yang bingung? Tanya di sini"),
)
_STEPS: Final = (
    "**Setujui aturan** di bawah ini.",
    "**Daftar jadi kreator**, sekitar 3 menit dari HP.",
    "**Lihat kampanye** dan lamar yang cocok.",
)


def around(places: Places) -> Field:
    """What the community offers besides campaigns, and where."""
    lines = [f"{_mention(places, key, name)}: {what}" for key, name, what in _AROUND]
    lines.append("Menang kuis atau giveaway? Hadiahmu ada di **/hadiah saya**")
    return Field("Yang lain di sini", bulleted(lines), inline=False)


def _mention(places: Places, key: ChannelKey, name: str) -> str:
    channel_id = places.channel(key)
    return f"<#{channel_id}>" if channel_id else name


def welcome(member: Member, server_name: str, avatar_file_id: int | None, places: Places) -> Message:
    """The first greeting, with the card."""
    return Message(
        content=f"Selamat datang, <@{member.id}>! Kamu anggota ke-{member.number} di sini.",
        description=f"{_ABOUT}\n\nMulai dari tombol di bawah: setujui aturan, daftar, lalu pilih kampanye.",
        colour=PRIMARY,
        fields=[around(places)],
        picture=Picture(
            card="welcome",
            facts={
                "display_name": member.display_name,
                "member_number": member.number,
                "server_name": server_name,
            },
            filename="selamat-datang.png",
            image_file_id=avatar_file_id,
        ),
        buttons=[START_BUTTONS],
        ping_users=[member.id],
    )


def welcome_back(member: Member) -> Message:
    """The greeting of somebody who was here before."""
    registered = member.registered_at is not None
    return Message(
        content=f"Selamat datang kembali, <@{member.id}>! Kamu tetap anggota ke-{member.number}.",
        description=(
            "Profil kreatormu masih tersimpan, role-mu sedang dipasang lagi."
            if registered
            else "Belum sempat daftar? Lanjutkan kapan saja dari tombol di bawah."
        ),
        colour=PRIMARY,
        buttons=[[BROWSE_BUTTON, HELP_BUTTON] if registered else START_BUTTONS],
        ping_users=[member.id],
    )


def panel(places: Places) -> Message:
    """The start-here message with the community's rules."""
    return Message(
        title="Mulai di sini",
        description=_ABOUT,
        colour=PRIMARY,
        fields=[
            Field("Langkahmu", _numbered(_STEPS), inline=False),
            around(places),
            Field("Aturan komunitas", _numbered(_RULES), inline=False),
            Field(
                "Kalau butuh bantuan",
                "Cari jawabannya dengan /bantuan, atau buka tiket dengan /tiket buka. Tim membalas di thread privatmu.",
                inline=False,
            ),
            Field(
                "Data pribadimu",
                "Saat kamu bergabung, bot hanya mengingat ID Discord, nama tampilan, dan waktu bergabungmu. Data "
                "kreator baru disimpan setelah kamu setuju saat mendaftar, dan bisa kamu lihat dengan /profil.",
                inline=False,
            ),
        ],
        footer="Khusus 18 tahun ke atas untuk jadi kreator terdaftar.",
        buttons=[START_BUTTONS],
    )


def help_text(help_channel_id: int | None) -> Message:
    """Where to ask, and the answers most people look for."""
    where = f"<#{help_channel_id}>" if help_channel_id else "channel bantuan"
    return Message(
        title="Bantuan singkat",
        colour=PRIMARY,
        fields=[
            Field("Cara daftar", "Ketik /daftar atau tekan tombol Daftar. Bisa dilanjut kapan saja.", inline=False),
            Field(
                "Akunku sudah ada di database",
                "Taruh kode yang kamu dapat di bio lalu tekan “Kodenya sudah kupasang”, atau unggah screenshot. Tim "
                "KOL memeriksanya dalam 1–2 hari kerja dan mengabarimu lewat DM.",
                inline=False,
            ),
            Field("Ikut kampanye", "Buka channel kampanye, baca brief-nya, lalu tekan Lamar.", inline=False),
            Field(
                "Kuis, giveaway, acara",
                "Ikut lewat tombol di channel-nya. Yang sedang dibuka: /giveaway daftar dan /acara daftar; papan "
                "peringkat kuis: /peringkat.",
                inline=False,
            ),
            Field(
                "Hadiahku",
                "Kalau menang kamu dapat DM. Ambil dan lihat statusnya dengan /hadiah saya; nomor e-wallet hanya diisi "
                "di halaman aman, bukan di chat.",
                inline=False,
            ),
            Field("Datamu", "Lihat, perbarui, atau minta hapus datamu lewat /profil.", inline=False),
            Field(
                "Aplikasinya macet, atau masih bingung?",
                "Cari jawabannya dengan /bantuan. Belum ketemu? Buka tiket di bawah ini atau di "
                f"{where}: kamu dapat thread privat dengan tim, dan kabarnya bisa kamu lihat dengan /tiket saya.",
                inline=False,
            ),
        ],
        buttons=[[TICKET_BUTTON]],
    )


def rules(accepted_at: int | None, *, registered: bool) -> Message:
    """The rules, before they are agreed to; who has agreed may read them again."""
    if accepted_at is None:
        agree = Button(custom_id("onboarding:accept_rules"), "Saya setuju", ButtonStyle.SUCCESS)
        footer, buttons = "Baca dulu, lalu tekan Saya setuju.", [agree]
    else:
        footer, buttons = "", [BROWSE_BUTTON] if registered else [REGISTER_BUTTON, BROWSE_BUTTON]
    thanks = f"\n\nKamu sudah setuju sebelumnya (<t:{accepted_at}:D>), makasih!" if accepted_at else ""
    return Message(
        title="Aturan komunitas",
        description=_numbered(_RULES) + thanks,
        colour=PRIMARY if accepted_at is None else SUCCESS,
        footer=footer,
        buttons=[buttons],
    )


def claim_waits(claim: Registration) -> str:
    """Why something for creators does not open for somebody whose claim is being looked at."""
    account = f"{claim.account.platform.label} @{claim.account.username}".replace("_", "\\_")
    following = (
        "Biasanya 1–2 hari kerja, dan kami kabari lewat DM. Cek statusnya dengan /profil."
        if claim.has_proof
        else "Buktinya belum kamu kirim: tekan tombol di bawah, atau ketik /profil."
    )
    return f"Klaim akunmu masih diperiksa Tim KOL ({account}), jadi fitur ini belum terbuka. {following}"


def rules_accepted(*, before: bool, registered: bool) -> Message:
    """The answer to the agreement; the second press is just as welcome."""
    text = "Kamu sudah setuju sebelumnya, makasih!" if before else "Makasih sudah setuju. Selamat bergabung!"
    following = "Sekarang lihat kampanye yang lagi buka." if registered else "Langkah berikutnya: daftar jadi kreator."
    return Message(
        description=f"{text} {following}",
        colour=SUCCESS,
        buttons=[[BROWSE_BUTTON] if registered else [REGISTER_BUTTON, BROWSE_BUTTON]],
    )


def nudge(*, begun: bool) -> Message:
    """The one reminder to somebody who has not registered."""
    return Message(
        title="Registrasimu tinggal dilanjutkan" if begun else "Profil kreatormu belum jadi",
        description=(
            "Isianmu masih tersimpan. Lanjutkan dari tombol di bawah, tinggal beberapa langkah lagi."
            if begun
            else "Daftar cuma sekitar 3 menit. Setelah itu kamu bisa langsung melamar kampanye brand."
        ),
        colour=PRIMARY,
        footer=f"{_COMMANDS} Ini satu-satunya pengingat dari kami.",
        buttons=[[GO_ON_BUTTON if begun else REGISTER_BUTTON, BROWSE_BUTTON, HELP_BUTTON]],
    )


def consent() -> Message:
    """What is asked before anything is written down."""
    return Message(
        title="Sebelum mulai: datamu",
        description=CONSENT_TEXT,
        colour=PRIMARY,
        buttons=[
            [
                Button(custom_id("registration:agree"), "Setuju & mulai", ButtonStyle.SUCCESS),
                Button(custom_id("registration:disagree"), "Tidak setuju"),
            ]
        ],
    )


def _numbered(lines: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
