"""What may be done with a ticket, by whom, in which state. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.platform.errors import DomainError, FormRefused, NotAllowed, TooLate
from bot.tickets.models import OPEN_STATES, Priority, Stage, Ticket, TicketState

DAY: Final = 86_400
CONCLUSION_LENGTH: Final = range(20, 1501)
MESSAGE_LENGTH: Final = range(1, 1501)
PINGS_AGAIN_AFTER_SECONDS: Final = 60
# A creator who writes five short messages in a row is announced once.
ANNOUNCES_AGAIN_AFTER_SECONDS: Final = 600

_S = TicketState
# Everything else is illegal. A ticket may be resolved or closed from every state it is worked on in.
_ENDS: Final = frozenset({_S.RESOLVED, _S.CLOSED})
MOVES: Final[Mapping[TicketState, frozenset[TicketState]]] = MappingProxyType(
    {
        _S.NEW: _ENDS | {_S.FORWARDED, _S.IN_PROGRESS, _S.WAITING},
        _S.FORWARDED: _ENDS | {_S.IN_PROGRESS, _S.WAITING},
        _S.IN_PROGRESS: _ENDS | {_S.WAITING},
        _S.WAITING: _ENDS | {_S.IN_PROGRESS},
        _S.RESOLVED: frozenset({_S.CLOSED, _S.REOPENED}),
        _S.CLOSED: frozenset({_S.REOPENED}),
        _S.REOPENED: _ENDS | {_S.IN_PROGRESS, _S.WAITING},
    }
)

# What a ticket turned out to be, for statistics: (stored word, as people read it).
CAUSES: Final[tuple[tuple[str, str], ...]] = (
    ("user_error", "Salah langkah atau salah isi"),
    ("unclear_app", "Petunjuk di aplikasi kurang jelas"),
    ("app_bug", "Bug aplikasi"),
    ("outage", "Gangguan sistem"),
    ("data_mismatch", "Data tidak cocok"),
    ("device", "HP atau jaringan kreator"),
    ("bank", "Bank atau e-wallet"),
    ("campaign_rule", "Aturan campaign"),
    ("other", "Lainnya"),
)
CAUSE_WORDS: Final[Mapping[str, str]] = MappingProxyType(dict(CAUSES))


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which open tickets are wanted; None asks for all."""

    stage: Stage | None = None
    priority: Priority | None = None
    state: TicketState | None = None
    assignee_id: int | None = None
    unassigned: bool = False


def may_move(before: TicketState, to: TicketState) -> bool:
    """Whether a ticket in `before` may go to `to`."""
    return to in MOVES[before]


def move(ticket: Ticket, to: TicketState) -> None:
    """Raise TooLate unless the ticket may go to `to` from where it stands."""
    if may_move(ticket.state, to):
        return
    if ticket.state is to:
        raise TooLate(f"Tiket #{ticket.id} sudah “{to.indonesian}”. Tidak ada yang perlu diubah.")
    where = f"Tiket #{ticket.id} sekarang “{ticket.state.indonesian}”"
    if ticket.state not in OPEN_STATES:
        raise TooLate(
            f"{where}, jadi langkah ini tidak berlaku lagi. Kalau masalahnya muncul lagi, buka lagi tiketnya."
        )
    raise TooLate(f"{where}, jadi belum bisa menjadi “{to.indonesian}”. Lihat keadaan terbarunya di kartu tiket.")


def check_workable(ticket: Ticket) -> None:
    """Raise TooLate unless staff may work on it: it is neither resolved nor closed."""
    if ticket.state not in OPEN_STATES:
        raise TooLate(
            f"Tiket #{ticket.id} sudah {ticket.state.indonesian.lower()}. "
            "Kalau masih perlu dikerjakan, buka lagi dulu tiketnya."
        )


def check_claim(ticket: Ticket, member_id: int) -> None:
    """Raise TooLate unless somebody may take it: open, and not somebody's already."""
    check_workable(ticket)
    if ticket.assignee_id == member_id:
        raise TooLate(f"Tiket #{ticket.id} sudah kamu pegang.")
    if ticket.assignee_id is not None:
        raise TooLate(
            f"Tiket #{ticket.id} sudah dipegang <@{ticket.assignee_id}>. Pakai Alihkan kalau mau berpindah tangan."
        )


def check_creator(ticket: Ticket, member_id: int | None) -> None:
    """Raise NotAllowed unless it is this person's own ticket."""
    if ticket.creator_id != member_id:
        raise NotAllowed("Tombol ini untuk pembuat tiketnya. Punya masalah sendiri? Buka tiket dengan /tiket buka.")


def check_opening(open_tickets: int, limit: int) -> None:
    """Raise TooLate when a creator has as many open tickets as one may have."""
    if open_tickets >= limit:
        raise TooLate(
            f"Kamu masih punya {open_tickets} tiket yang belum selesai, paling banyak {limit} sekaligus. "
            "Lanjutkan di thread tiketmu (lihat /tiket saya), atau tutup yang sudah tidak perlu."
        )


def reopens_until(ticket: Ticket, reopen_days: int) -> int | None:
    """Until when (seconds UTC) a reply reopens a closed ticket; None for one that never can be, as it was merged."""
    if ticket.merged_into is not None or ticket.closed_at is None:
        return None
    return ticket.closed_at + reopen_days * DAY


def check_reopening(ticket: Ticket, now: int, reopen_days: int, *, staff: bool = False) -> None:
    """Raise TooLate unless it may be reopened: resolved, or closed at most `reopen_days` days ago and not merged.

    `staff`: who is told is not the creator.
    """
    if ticket.merged_into is not None:
        raise TooLate(f"Tiket #{ticket.id} sudah digabung ke tiket #{ticket.merged_into}. Lanjutkan di sana, ya.")
    move(ticket, TicketState.REOPENED)
    until = reopens_until(ticket, reopen_days)
    if until is not None and now > until:
        instead = (
            f"Minta kreatornya membuat tiket baru dengan /tiket buka dan menyebut tiket #{ticket.id}."
            if staff
            else "Buat tiket baru dengan /tiket buka dan sebut nomor tiket ini."
        )
        raise TooLate(
            f"Tiket #{ticket.id} ditutup lebih dari {reopen_days} hari lalu, jadi tidak bisa dibuka lagi. {instead}"
        )


def check_conclusion(conclusion: str, cause: str) -> None:
    """Raise FormRefused unless there are enough words to tell a creator what it was, and a cause from the list."""
    problems: list[str] = []
    if len(conclusion) < CONCLUSION_LENGTH.start:
        problems.append(
            f"Kesimpulan: tulis minimal {CONCLUSION_LENGTH.start} huruf, dengan kata sehari-hari: apa penyebabnya dan "
            "apa yang sudah atau perlu dilakukan. Ini yang dibaca kreatornya."
        )
    if len(conclusion) not in CONCLUSION_LENGTH and len(conclusion) >= CONCLUSION_LENGTH.stop:
        problems.append(f"Kesimpulan: paling panjang {CONCLUSION_LENGTH.stop - 1} huruf.")
    if cause not in CAUSE_WORDS:
        problems.append("Penyebab: pilih satu dari daftar.")
    if problems:
        raise FormRefused(problems)


def check_text(text: str, what: str) -> None:
    """Raise FormRefused unless something readable was written, not too long for one message."""
    if len(text) < MESSAGE_LENGTH.start:
        raise FormRefused([f"{what}: tulis isinya dulu."])
    if len(text) >= MESSAGE_LENGTH.stop:
        raise FormRefused([f"{what}: paling panjang {MESSAGE_LENGTH.stop - 1} huruf."])


def calls_creator(ticket: Ticket, now: int) -> bool:
    """Whether an answer pings the creator: not again within a minute of the last, unless they wrote in between."""
    if ticket.creator_left_at is not None:
        return False
    last = ticket.last_staff_at
    return last is None or now - last >= PINGS_AGAIN_AFTER_SECONDS or ticket.last_creator_at > last


def calls_staff(ticket: Ticket, now: int) -> bool:
    """Whether a creator's reply is announced to IT: the first since an answer, later ones every ten minutes.

    `ticket` is as it stood before the reply.
    """
    if ticket.last_creator_at == ticket.opened_at:
        return True
    answered = ticket.last_staff_at is not None and ticket.last_staff_at >= ticket.last_creator_at
    return answered or now - ticket.last_creator_at >= ANNOUNCES_AGAIN_AFTER_SECONDS


def check_rating(ticket: Ticket, stars: int) -> None:
    """Raise DomainError unless stars (1 to 5) may be given: it was answered, and that answer was not rated yet."""
    if stars not in range(1, 6):
        raise DomainError("Nilainya 1 sampai 5.")
    if ticket.conclusion is None or ticket.state not in _ENDS:
        raise TooLate(f"Tiket #{ticket.id} belum selesai, jadi belum bisa dinilai.")
    if ticket.stars is not None:
        raise TooLate(f"Tiket #{ticket.id} sudah kamu nilai {ticket.stars} dari 5. Makasih, ya!")


def check_merge(source: Ticket, target: Ticket) -> None:
    """Raise DomainError unless `source` may be merged into `target`: two tickets of one creator, both open."""
    if source.id == target.id:
        raise DomainError("Pilih dua tiket yang berbeda.")
    if source.creator_id != target.creator_id:
        raise DomainError(
            "Hanya tiket dari kreator yang sama yang bisa digabung, supaya ceritanya tidak terbaca orang lain. "
            "Banyak kreator kena hal yang sama? Pakai /insiden buka."
        )
    check_workable(source)
    check_workable(target)


def silence_due(waiting_since: int, days: int) -> int:
    """When `days` days (of 24 hours) of silence are over."""
    return waiting_since + days * DAY


_LONGEST_THANKS: Final = 80
_THANKS = r"(?:terima ?kasih|ma?kasih?|thanks?|thx|tengkyu|suwun|nuhun|si(?:ap|p)|oke?|okay|[\U0001f44d\U0001f64f])"
_POLITE = (
    r"(?:banyak|you|ya|kak(?:ak)?|min|admin|tim|semua|su?dah|udah|bisa|beres|aman|berhasil|lagi|mantap|noted|baik)"
)
_ONLY_THANKS = re.compile(rf"(?:{_POLITE}\W+)*{_THANKS}(?:\W+(?:{_THANKS}|{_POLITE}))*\W*", re.IGNORECASE)


def is_only_thanks(text: str) -> bool:
    """Whether a reply says thanks and nothing else ("makasih kak, sudah bisa"): then nothing has to reopen."""
    return len(text) <= _LONGEST_THANKS and _ONLY_THANKS.fullmatch(text.strip()) is not None
