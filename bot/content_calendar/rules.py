"""What may be done with an entry, and what makes one ready to be scheduled."""

from urllib.parse import parse_qs, urlsplit

from bot.content_calendar.models import Content, Entry, EntryState, Kind, Media
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_date
from bot.platform.text import has_hidden_characters

LONGEST_LINK = 400
# A click or two of delay between reading the clock and saving.
_MINUTE = 60

_SETTLED = {
    EntryState.POSTED: "sudah keluar",
    EntryState.DONE: "sudah tayang",
    EntryState.CANCELLED: "sudah dibatalkan",
}


def when(entry: Entry) -> str:
    """`Sabtu, 21 Februari 2026 19.00 WIB`."""
    return f"{format_date(entry.local.date())} {entry.local:%H.%M} WIB"


def standing(entry: Entry) -> str:
    """The state in words, with what became of the message."""
    if entry.state is EntryState.POSTED:
        if entry.delivery == "failed":
            return "Gagal terkirim"
        if entry.delivery in ("pending", "sending"):
            return "Sedang dikirim"
        if entry.content.media is not Media.COMMUNITY:
            return "Menunggu tim"
    return entry.state.label


def check_change(entry: Entry) -> None:
    """Refuse changing what has appeared or was called off. Raises DomainError."""
    if not entry.is_open:
        raise DomainError(
            f"**{entry.title}** {_SETTLED[entry.state]}, jadi tidak bisa diubah. Buat salinannya dengan "
            "/kalender duplikat."
        )


def check_cancel(entry: Entry) -> None:
    """Refuse calling off what has appeared. Raises DomainError."""
    if not entry.is_open:
        raise DomainError(f"**{entry.title}** {_SETTLED[entry.state]}, jadi tidak perlu dibatalkan lagi.")


def missing(content: Content, due_at: int, now: int) -> list[str]:
    """What an entry still lacks before it may be scheduled, a sentence each."""
    lacks: list[str] = []
    if due_at <= now:
        lacks.append("Waktunya sudah lewat.")
    if content.media is not Media.COMMUNITY:
        return lacks
    if content.channel_id is None:
        lacks.append("Channel belum dipilih.")
    if not (content.caption or content.big_words or content.content or content.questions):
        lacks.append("Belum ada teks.")
    if content.kind is Kind.QUIZ and not content.questions:
        lacks.append("Kuis belum punya pertanyaan.")
    if content.kind is Kind.GIVEAWAY and (content.prize is None or content.prize.winners is None):
        lacks.append("Giveaway belum jelas hadiah dan jumlah pemenangnya.")
    if content.kind is Kind.GIVEAWAY and content.legal is None:
        lacks.append("Giveaway ini undian atau kontes? Pilih dulu.")
    return lacks


def is_too_late(entry: Entry, now: int) -> bool:
    """Whether the grace period is over: then people decide, not the clock."""
    return now - entry.due_at > entry.grace_seconds


def lateness(entry: Entry, now: int) -> str:
    """How late it is, in words; empty within the first minute."""
    late = now - entry.due_at
    if late < _MINUTE:
        return ""
    hours, minutes = divmod(late // _MINUTE, 60)
    return f"{hours} jam {minutes} menit" if hours and minutes else f"{hours} jam" if hours else f"{minutes} menit"


def check_link(media: Media, text: str) -> str:
    """A link to a post on `media`, in one spelling: https, small host, without tracking. Raises DomainError."""
    link = text.strip()
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}") if link else None
    except ValueError:
        parts = None
    host = (parts.hostname or "").lower().removeprefix("www.").removeprefix("m.") if parts else ""
    odd = len(link) > LONGEST_LINK or any(character.isspace() for character in link) or has_hidden_characters(link)
    if parts is None or parts.scheme not in ("http", "https") or "." not in host or odd or parts.username:
        raise DomainError("Linknya tidak terbaca. Salin link postingannya, mulai dari https://")
    if media.hosts and not any(host == known or host.endswith(f".{known}") for known in media.hosts):
        raise DomainError(f"Link itu bukan link {media.label}. Pakai link dari {media.hosts[0]}.")
    path = parts.path.rstrip("/")
    video = parse_qs(parts.query).get("v", [""])[0] if host.endswith("youtube.com") else ""
    if not path and not parts.query:
        raise DomainError("Itu alamat situsnya saja. Salin link postingannya, ya.")
    if not media.hosts and parts.query:
        return f"https://{host}{path}?{parts.query}"
    return f"https://{host}{path}" + (f"?v={video}" if video else "")
