"""What goes out to IT's system, what its answers mean, and when to try again. Pure."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from bot.it_link.models import Verdict
from bot.tickets.models import Entry, EntryKind

SHORTEST_SECRET: Final = 32
# Caps of the wait before the second, third, ... attempt: 2, 4, 8 seconds and so on, never more than ten minutes.
FIRST_BACKOFF_SECONDS: Final = 2
LONGEST_BACKOFF_SECONDS: Final = 600
LONGEST_RETRY_AFTER_SECONDS: Final = 3_600

_DUPLICATE: Final = 409
_PASSING: Final = frozenset({408, 425, 429})
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

# Notes, ratings, what the bot itself counts, and that IT has it (IT knows) stay here.
SENT_KINDS: Final = frozenset(
    {
        EntryKind.OPENED,
        EntryKind.MESSAGE,
        EntryKind.CLAIMED,
        EntryKind.ESCALATED,
        EntryKind.PRIORITY,
        EntryKind.INFO_ASKED,
        EntryKind.RESOLVED,
        EntryKind.CLOSED,
        EntryKind.REOPENED,
        EntryKind.MERGED,
        EntryKind.INCIDENT_JOINED,
        EntryKind.INCIDENT_UPDATE,
    }
)
# Of these, IT is told that it happened even when staff's words about it are internal.
_FACTS: Final = frozenset({EntryKind.CLAIMED, EntryKind.ESCALATED, EntryKind.PRIORITY, EntryKind.INCIDENT_JOINED})


def goes_out(entry: Entry) -> bool:
    """Whether IT's system is told of an entry: never of what it sent itself, never of what is among staff."""
    if entry.external_id is not None or entry.kind not in SENT_KINDS:
        return False
    return not entry.internal or entry.kind in _FACTS


def verdict(status: int) -> Verdict:
    """What an HTTP status means. 2xx and 409 (had it already) are accepted; redirects are not followed but retried."""
    if 200 <= status < 300 or status == _DUPLICATE:
        return Verdict.ACCEPTED
    return Verdict.REFUSED if 400 <= status < 500 and status not in _PASSING else Verdict.LATER


def backoff(attempts: int, draw: float) -> int:
    """Whole seconds until the next attempt after `attempts` failed ones (1 or more); `draw` from [0, 1).

    Exponential with full jitter, as in AWS Architecture Blog, "Exponential Backoff And Jitter" (2015), but at least
    one second, since the store keeps whole ones.
    """
    cap = min(LONGEST_BACKOFF_SECONDS, FIRST_BACKOFF_SECONDS * 2 ** min(attempts - 1, 20))
    return 1 + int(draw * cap)


def retry_after(header: str | None) -> int:
    """The seconds a Retry-After header asks for, at most an hour; 0 without one, and for one that gives a date."""
    text = (header or "").strip()
    if not (text.isascii() and text.isdigit()):
        return 0
    return min(LONGEST_RETRY_AFTER_SECONDS, int(text[:9]))


def link_problems(url: str, secrets: Sequence[str]) -> list[str]:
    """What keeps the link from being used as it is set, one Indonesian line each; empty also when it is not set."""
    problems: list[str] = []
    if url:
        problems += [_address_problem(url)] if _address_problem(url) else []
        if not secrets:
            problems.append(
                "TSC_IT_WEBHOOK_SECRETS: masih kosong, jadi tiket tidak bisa ditandatangani. "
                "Buat dengan tscreator keys new, lalu pasang yang sama di sistem IT."
            )
    if any(len(secret) < SHORTEST_SECRET for secret in secrets):
        problems.append(
            f"TSC_IT_WEBHOOK_SECRETS: ada yang kurang dari {SHORTEST_SECRET} huruf. Ganti dengan: tscreator keys new"
        )
    return problems


def _address_problem(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "TSC_IT_WEBHOOK_URL: alamatnya tidak terbaca, misalnya https://it.contoh.id/tiket"
    # What creators wrote travels to this address: in clear only inside this computer.
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)):
        return "TSC_IT_WEBHOOK_URL: harus alamat https, misalnya https://it.contoh.id/tiket"
    if parts.username is not None or parts.fragment:
        return "TSC_IT_WEBHOOK_URL: tulis alamatnya saja, tanpa nama pengguna dan pagar."
    return ""
