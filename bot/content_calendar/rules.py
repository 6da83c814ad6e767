"""What may be done with an entry, and what makes one ready to be scheduled."""

from urllib.parse import parse_qs, urlsplit

from bot.content_calendar.models import Content, Entry, EntryState, Kind, Media
from bot.content_calendar.wording import wants_picture
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_date
from bot.platform.text import has_hidden_characters, named

LONGEST_LINK = 400
# A click or two of delay between reading the clock and saving; also what a delivery itself may take.
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
    if entry.state is EntryState.CANCELLED and entry.posted_at is not None:
        return "Sudah ditarik"
    return entry.state.label


def is_correctable(entry: Entry) -> bool:
    """Whether its message stands in a channel as plain text, so that it can still be edited or taken back."""
    content = entry.content
    plain = content.in_community and content.kind is Kind.POST
    return plain and entry.state is EntryState.POSTED and entry.outbox_id is not None and entry.delivery != "failed"


def check_text_change(entry: Entry) -> None:
    """Refuse changing the words of what can't be edited any more. Raises DomainError."""
    if not is_correctable(entry):
        _refuse_running(entry, "diubah")
        check_change(entry)


def check_withdrawal(entry: Entry) -> None:
    """Refuse taking back what is no plain post in a channel. Raises DomainError."""
    if not is_correctable(entry):
        _refuse_running(entry, "ditarik")
        raise DomainError(f"**{entry.title}** tidak bisa ditarik: {standing(entry).lower()}.")


def _refuse_running(entry: Entry, verb: str) -> None:
    kind = entry.content.kind
    if entry.state is EntryState.POSTED and kind is not Kind.POST:
        command = "/kuis batal" if kind is Kind.QUIZ else "/giveaway-admin batal"
        raise DomainError(
            f"{named(kind.label, f'**{entry.title}**')} sudah berjalan, jadi tidak bisa {verb} dari kalender. "
            f"Untuk menghentikannya pakai {command}."
        )


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
    if not says_something(content):
        lacks.append("Belum ada teks.")
    if content.kind is Kind.QUIZ and not content.questions:
        lacks.append("Kuis belum punya pertanyaan.")
    if content.kind is Kind.GIVEAWAY and (content.prize is None or content.prize.winners is None):
        lacks.append("Giveaway belum jelas hadiah dan jumlah pemenangnya.")
    if content.by_lot and content.legal is None:
        lacks.append(f"{content.kind.label} ini undian atau kontes? Pilih dulu.")
    return lacks


def says_something(content: Content) -> bool:
    """Whether there is anything to show."""
    return bool(content.caption or content.big_words or content.content or content.questions)


def unfinished(content: Content, image_file_id: int | None) -> list[str]:
    """What an entry may appear without but should not: names of things, for a sentence. Empty when it has all."""
    if not content.in_community:
        return [] if content.caption or content.content else ["caption"]
    lacks: list[str] = []
    unanswered = [str(one.number) for one in content.questions if not one.answers]
    if content.kind is Kind.QUIZ and unanswered:
        lacks.append("kunci jawaban" + (f" soal {', '.join(unanswered)}" if len(content.questions) > 1 else ""))
    if wants_picture(content.directive) and image_file_id is None:
        lacks.append("gambar yang diminta arahan")
    return lacks


def is_too_late(entry: Entry, now: int) -> bool:
    """Whether the grace period is over: then people decide, not the clock."""
    return now - entry.due_at > entry.grace_seconds


def last_delivery(content: Content, due_at: int, grace_seconds: int, now: int, *, by_hand: bool) -> int:
    """Until when (seconds UTC) the message may still reach Discord by itself.

    The end of the grace period, which starts anew when staff let it appear by hand; never less than a minute from now,
    and never later than half the time that its quiz or giveaway is open.
    """
    until = (now if by_hand else due_at) + grace_seconds
    if content.lasts:
        until = min(until, now + content.lasts // 2)
    return max(until, now + _MINUTE)


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
