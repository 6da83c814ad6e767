"""Who may do what, and what the server still lacks."""

from collections.abc import Collection, Iterable

from bot.creators.models import Niche, Platform
from bot.platform.palette import LILAC, MAGENTA, PRIMARY, SKY, SUCCESS, WARNING
from bot.server.models import ACCESS_ROLES, Access, ChannelKey, ChannelSpec, Places, RoleKey, RoleSpec

ROLES: tuple[RoleSpec, ...] = (
    RoleSpec(RoleKey.ADMIN, "Admin TSC", MAGENTA, staff=True),
    RoleSpec(RoleKey.KOL_TEAM, "Tim KOL", PRIMARY, staff=True),
    RoleSpec(RoleKey.FINANCE, "Finance", SUCCESS, staff=True),
    RoleSpec(RoleKey.IT, "IT Support", WARNING, staff=True),
    RoleSpec(RoleKey.MARKETING, "Sales & Marketing", SKY, staff=True),
    RoleSpec(RoleKey.CREATOR, "Kreator", PRIMARY),
)


def niche_role(niche: Niche) -> str:
    """The key of a niche's role."""
    return f"niche:{niche.value}"


def platform_role(platform: Platform) -> str:
    """The key of a platform's role."""
    return f"platform:{platform.value}"


def role_specs() -> tuple[RoleSpec, ...]:
    """Every role the bot gives or checks, staff roles first."""
    niches = (RoleSpec(niche_role(niche), f"Niche {niche.indonesian}", LILAC) for niche in Niche)
    platforms = (RoleSpec(platform_role(platform), f"Kreator {platform.label}", SKY) for platform in Platform)
    return (*ROLES, *platforms, *niches)


CHANNELS: tuple[ChannelSpec, ...] = (
    ChannelSpec(ChannelKey.WELCOME, "selamat-datang", "Sapaan untuk kreator yang baru bergabung", read_only=True),
    ChannelSpec(
        ChannelKey.RULES, "mulai-di-sini", "Aturan komunitas, cara daftar, dan langkah pertamamu", read_only=True
    ),
    ChannelSpec(
        ChannelKey.CAMPAIGNS, "kampanye", "Kampanye yang sedang dibuka. Tekan Lamar untuk ikut.", read_only=True
    ),
    ChannelSpec(ChannelKey.HELP, "bantuan", "Butuh bantuan? Tanya di sini."),
    ChannelSpec(ChannelKey.STAFF, "staf-kol", "Registrasi baru, klaim akun, dan pelamar kampanye", staff_only=True),
    ChannelSpec(
        ChannelKey.STAFF_LOG, "log-bot", "Catatan bot: pesan yang gagal dan hal yang perlu dilihat", staff_only=True
    ),
    ChannelSpec(
        ChannelKey.GIVEAWAYS, "giveaway", "Giveaway dan pemenangnya. Undiannya bisa kamu periksa.", read_only=True
    ),
    ChannelSpec(
        ChannelKey.QUIZZES, "kuis", "Kuis komunitas. Jawab lewat tombol; jawabanmu tidak terlihat.", read_only=True
    ),
    ChannelSpec(ChannelKey.CONTENT, "tim-konten", "Pengingat kalender konten: caption siap salin", staff_only=True),
    ChannelSpec(ChannelKey.EVENTS, "acara", "Workshop, webinar, dan meet-up. Tekan Ikut untuk daftar.", read_only=True),
    ChannelSpec(ChannelKey.IT, "it-piket", "Tiket bantuan untuk IT yang sedang piket", staff_only=True),
)

# What the bot needs of Discord, by discord.py's permission names: as the server settings call it, and what for.
BOT_PERMISSIONS: dict[str, tuple[str, str]] = {
    "manage_roles": ("Kelola Role", "memberi role Kreator, niche, dan platform"),
    "manage_channels": ("Kelola Channel", "membuat channel yang belum ada"),
    # A bot can only make roles with rights it holds itself; staff roles carry this one (see STAFF_RIGHT).
    "manage_events": (
        "Kelola Acara",
        "membuat role staf (izin ini menampilkan perintah staf), dan mengubah atau menghapus jadwal acara di Discord",
    ),
    # Apart from "manage" since 2026 (discord-api-docs#7991): without it no entry in Discord's own list can be made.
    "create_events": ("Buat Acara", "membuat jadwal acara di Discord"),
    "view_channel": ("Lihat Channel", "melihat channel"),
    "send_messages": ("Kirim Pesan", "mengirim pesan"),
    "embed_links": ("Sematkan Tautan", "mengirim pesan berkartu"),
    "attach_files": ("Lampirkan File", "mengirim gambar dan file"),
    "read_message_history": ("Baca Riwayat Pesan", "memeriksa pesan yang sudah terkirim setelah gangguan"),
    "create_private_threads": ("Buat Thread Privat", "thread tiket, dan menghubungi anggota yang menutup DM"),
    "manage_threads": ("Kelola Thread", "membuka arsip, mengunci, dan menemukan lagi thread tiket"),
    "send_messages_in_threads": ("Kirim Pesan di Thread", "membalas di dalam thread"),
}

# Staff commands are hidden from everyone without this right.
STAFF_RIGHT = "manage_events"


def may(access: Access, held_roles: Collection[int], places: Places, *, administrator: bool) -> bool:
    """Whether somebody holding these role ids may do what needs `access`.

    Administrators of the Discord server always may: they are who runs /pengaturan before any role exists.
    """
    if access is Access.EVERYONE or administrator:
        return True
    return any(places.role(key) in held_roles for key in ACCESS_ROLES[access])


def named_alike(wanted: str, names: Iterable[str]) -> str | None:
    """The name in `names` that means the same as `wanted`: case, spaces, hyphens and leading emoji aside."""
    for name in names:
        if _plain(name) == _plain(wanted):
            return name
    return None


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())
