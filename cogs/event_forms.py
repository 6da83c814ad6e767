"""The forms of events: what they ask, filled with what is known."""

from __future__ import annotations

from bot.events.models import Event
from bot.events.reading import (
    ABOUT_LENGTH,
    PLACE_LENGTH,
    TITLE_LENGTH,
    DetailsForm,
    EventForm,
    write_length,
    write_place,
)
from bot.events.taking_part import COMMENT_LENGTH
from bot.platform.deadlines import write_deadline
from cogs.ui.forms import Answers, FormSpec, TextField


def _title(event: Event | None) -> TextField:
    return TextField("title", "Judul", "", "Workshop Bikin Hook", TITLE_LENGTH, default=event.title if event else "")


def _about(event: Event | None) -> TextField:
    about = event.spec.about if event else ""
    return TextField("about", "Tentang acara", max_length=ABOUT_LENGTH, paragraph=True, default=about)


def _place(event: Event | None) -> TextField:
    place = write_place(event.spec) if event else ""
    said = "Tautan hanya diperlihatkan ke peserta"
    return TextField("place", "Tempat atau tautan", said, "Zoom https://…", PLACE_LENGTH, default=place)


def _starts(event: Event | None) -> TextField:
    starts = write_deadline(event.spec.starts_at) if event else ""
    return TextField("starts", "Mulai (WIB)", "Tanggal dan jam", "25/3 19.00", 60, default=starts)


def _lasts(event: Event | None) -> TextField:
    return TextField("lasts", "Lama", "", "2 jam", 30, default=write_length(event.spec.lasts) if event else "")


def new_form() -> FormSpec:
    """Title, what, when, how long, where."""
    return FormSpec("Acara baru", (_title(None), _about(None), _starts(None), _lasts(None), _place(None)))


def new_of(answers: Answers) -> EventForm:
    """What was filled in."""
    return EventForm(*(answers.text(field) for field in ("title", "about", "starts", "lasts", "place")))


def details_form(event: Event) -> FormSpec:
    """Everything but the time."""
    seats = str(event.spec.seats) if event.spec.seats else ""
    limit = TextField("seats", "Kuota", "Kosongkan kalau tanpa batas", "30", 10, required=False, default=seats)
    return FormSpec("Ubah isi acara", (_title(event), _about(event), _place(event), limit))


def details_of(answers: Answers) -> DetailsForm:
    """What was filled in."""
    return DetailsForm(*(answers.text(field) for field in ("title", "about", "place", "seats")))


def time_form(event: Event) -> FormSpec:
    """When and how long."""
    return FormSpec("Ubah waktu acara", (_starts(event), _lasts(event)))


def comment_form(stars: int) -> FormSpec:
    """What somebody wants to add to their stars."""
    comment = TextField(
        "comment", "Pesan untuk tim", "Boleh dikosongkan", "", COMMENT_LENGTH, required=False, paragraph=True
    )
    return FormSpec(f"Nilaimu: {stars} dari 5", (comment,))
