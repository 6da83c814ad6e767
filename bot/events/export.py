"""Who comes and who was there, as a sheet."""

from collections.abc import Sequence

from bot.events.models import Count, Event, Rsvp, Seat
from bot.platform.deadlines import write_deadline
from bot.platform.spreadsheet_files import Sheet, Writable, write_xlsx
from bot.platform.text import named

HEADER = ("NO", "NAMA", "ID DISCORD", "STATUS", "DAFTAR (WIB)", "HADIR (WIB)", "NILAI", "PESAN")


def sheet(event: Event, count: Count, rsvps: Sequence[Rsvp]) -> bytes:
    """The list of an event as XLSX, those with a place first. Slow for long lists: call it off the event loop."""
    titles = [
        named(event.spec.kind.indonesian, event.title),
        f"{write_deadline(event.spec.starts_at)} WIB · {event.spec.place} · {event.state.indonesian}",
        f"{count.going} ikut, {count.waiting} menunggu, {count.attended} hadir",
    ]
    rows = [_row(number, rsvp) for number, rsvp in enumerate(rsvps, start=1)]
    return write_xlsx([Sheet("Peserta", titles, HEADER, rows)])


def _row(number: int, rsvp: Rsvp) -> list[Writable]:
    status = "Hadir" if rsvp.attended_at else "Daftar tunggu" if rsvp.seat is Seat.WAITING else "Ikut"
    return [
        number,
        rsvp.name,
        # A spreadsheet program would round 19 digits.
        str(rsvp.member_id),
        status,
        write_deadline(rsvp.joined_at),
        write_deadline(rsvp.attended_at) if rsvp.attended_at else None,
        rsvp.stars,
        rsvp.comment,
    ]
