"""Who gets a place, what may be done when, and which reminders still make sense."""

from collections.abc import Sequence
from typing import TypeVar

from bot.events.models import Count, Event, EventSpec, EventState, Rsvp, Seat
from bot.platform.errors import DomainError, TooLate

HOUR = 3_600
DAY = 24 * HOUR
# People type the code from shortly before the start until shortly after the end.
CODE_BEFORE = 30 * 60
CODE_AFTER = 30 * 60

Waiting = TypeVar("Waiting")


def seat_for_next(seats: int | None, count: Count) -> Seat:
    """Where somebody stands who says yes now: nobody passes those who wait."""
    free = seats is None or (count.going < seats and not count.waiting)
    return Seat.GOING if free else Seat.WAITING


def moving_up(seats: int | None, going: int, waiting: Sequence[Waiting]) -> list[Waiting]:
    """Who of the waiting, in their order, gets a place that is free."""
    return list(waiting) if seats is None else list(waiting[: max(0, seats - going)])


def check_joining(event: Event, now: int) -> None:
    """Raise unless people can say yes, or take it back, at this moment."""
    if event.state is EventState.CANCELLED:
        raise TooLate("Acara ini dibatalkan. Lihat yang lain dengan /acara daftar.")
    if event.state is EventState.DRAFT:
        raise DomainError("Acara ini belum diumumkan. Tunggu sebentar, ya.")
    if event.state is EventState.ENDED or event.spec.starts_at <= now:
        raise TooLate(
            f"Acara ini sudah dimulai <t:{event.spec.starts_at}:f>, jadi daftar pesertanya sudah ditutup. "
            "Lihat yang akan datang dengan /acara daftar."
        )


def check_edit(event: Event, now: int) -> None:
    """Raise unless it may still be changed."""
    if event.state in (EventState.ENDED, EventState.CANCELLED):
        raise TooLate(f"Acara ini sudah {event.state.indonesian.lower()}, jadi tidak bisa diubah lagi.")
    if event.state is EventState.OPEN and event.spec.starts_at <= now:
        raise TooLate("Acara ini sudah dimulai, jadi tidak bisa diubah lagi.")


def check_opening(event: Event, revision: int, now: int) -> None:
    """Raise unless it may be announced as it was previewed."""
    if event.state is not EventState.DRAFT:
        raise TooLate(f"Acara ini sudah {event.state.indonesian.lower()}.")
    if event.revision != revision:
        raise DomainError(
            "Isinya sudah berubah sejak pratinjau ini. Buka lagi lewat /acara-admin daftar, lalu periksa."
        )
    if event.spec.starts_at <= now:
        raise DomainError(f"Waktu mulainya <t:{event.spec.starts_at}:f> sudah lewat. Ubah dulu waktunya.")


def check_cancelling(event: Event) -> None:
    """Raise unless it can be called off."""
    if event.state in (EventState.ENDED, EventState.CANCELLED):
        raise TooLate(f"Acara ini sudah {event.state.indonesian.lower()}.")


def check_link(event: Event, rsvp: Rsvp | None) -> str:
    """The link of an online event for somebody with a place. Raises DomainError."""
    if event.state is EventState.CANCELLED:
        raise TooLate("Acara ini dibatalkan.")
    if rsvp is None:
        raise DomainError("Tautannya untuk peserta. Tekan Ikut dulu, ya.")
    if rsvp.seat is Seat.WAITING:
        raise DomainError("Kamu masih di daftar tunggu. Tautannya muncul begitu kamu dapat tempat.")
    if event.spec.link is None:
        raise DomainError(f"Acara ini tidak online. Tempatnya: {event.spec.place}")
    return event.spec.link


def check_code_time(spec: EventSpec, now: int) -> None:
    """Raise unless the attendance code is taken at this moment."""
    if now < spec.starts_at - CODE_BEFORE:
        raise DomainError(f"Belum waktunya. Kode hadir bisa dipakai mulai <t:{spec.starts_at - CODE_BEFORE}:f>.")
    if now > spec.ends_at + CODE_AFTER:
        raise TooLate(f"Kode hadir ini berlaku sampai <t:{spec.ends_at + CODE_AFTER}:f>. Minta tim mencatatmu.")


def reminds_a_day_before(spec: EventSpec, now: int) -> bool:
    """Whether the reminder of a day before still makes sense: later, the one of an hour before says it all."""
    return now < spec.starts_at - HOUR


def reminds_an_hour_before(spec: EventSpec, now: int) -> bool:
    """Whether the reminder of an hour before still makes sense: late, but not once it is over."""
    return now < spec.ends_at
