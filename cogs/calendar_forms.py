"""The forms of the calendar: what they ask, filled with what is known."""

from __future__ import annotations

from bot.content_calendar.asking import LONGEST_CAPTION, SKIP, Ask, Defaults, Issue
from bot.content_calendar.dates import write_clock
from bot.content_calendar.models import Content, Entry, Focus, Kind, LegalKind, Media, Way
from bot.content_calendar.reading import write_questions
from bot.content_calendar.row_reading import LONGEST_TEXT
from bot.content_calendar.wording import LONGEST_BIG_WORDS
from bot.platform.durations import write_duration
from bot.platform.indonesian import format_number
from cogs.ui.forms import ChoiceField, Field, FileField, FormSpec, TextField

_MEDIA = tuple((one.value, one.label) for one in Media)
_FOCUS = tuple((one.value, one.label) for one in Focus)
_WAYS = tuple((one.value, one.label) for one in Way)
_LEGAL = tuple((one.value, one.label) for one in LegalKind)
WHEN = "Contoh: 21/2 19.00, besok 19.00, atau Jumat 19.00 (WIB)"


def basics_form(year: int, minute: int | None, usual: Defaults) -> FormSpec:
    """What a sheet does not say."""
    return FormSpec(
        "Tahun, jam, dan bawaan kegiatan",
        (
            TextField("year", "Tahun", "Tahun untuk semua tanggal di lembar ini.", max_length=4, default=str(year)),
            TextField(
                "hour",
                "Jam bawaan (WIB)",
                "Untuk baris yang tidak menulis jam.",
                "19.00",
                max_length=12,
                default=write_clock(minute) if minute is not None else "19.00",
            ),
            TextField(
                "quiz_open",
                "Kuis dibuka berapa lama",
                "Kalau Strategy tidak menyebutnya.",
                "1 hari",
                max_length=30,
                required=False,
                default=write_duration(usual.quiz_seconds),
            ),
            TextField(
                "giveaway_open",
                "Giveaway dibuka berapa lama",
                "Kalau Strategy tidak menyebutnya.",
                "3 hari",
                max_length=30,
                required=False,
                default=write_duration(usual.giveaway_seconds),
            ),
            ChoiceField(
                "way",
                "Pemenang kuis",
                _WAYS,
                "Kalau lembarnya tidak menyebut tercepat atau diundi.",
                required=False,
                default=(usual.way.value,),
            ),
        ),
    )


def decision_form(label: str, issue: Issue) -> FormSpec:
    """One question about a row: choose, or type where that makes sense."""
    # An entry that is there already is kept by the question itself; there is nothing to leave out.
    options = issue.options if issue.ask is Ask.VERSION else (*issue.options[:24], (SKIP, "Lewati baris ini"))
    fields: list[Field] = [
        ChoiceField("choice", issue.ask.label, options, issue.reason, "Pilih", required=not issue.typed)
    ]
    if issue.typed:
        fields.append(
            TextField(
                "typed",
                "Atau tulis sendiri" if issue.options else "Tulis jawabannya",
                "Kosongkan kalau sudah memilih di atas.",
                issue.typed,
                max_length=LONGEST_CAPTION,
                required=False,
                paragraph=issue.ask.name in ("CAPTION", "QUESTIONS"),
            )
        )
    return FormSpec(label, tuple(fields))


def new_form() -> FormSpec:
    """A new entry."""
    return FormSpec(
        "Entri baru",
        (
            TextField("when", "Tanggal dan jam", WHEN, "21/2 19.00", 60),
            ChoiceField("media", "Media", _MEDIA, default=(Media.COMMUNITY.value,)),
            ChoiceField("focus", "Focus", _FOCUS, default=(Focus.ENGAGEMENT.value,)),
            TextField("headline", "Judul", "Tampil di atas teks. Boleh kosong.", max_length=250, required=False),
            TextField("caption", "Teks atau caption", max_length=LONGEST_CAPTION, required=False, paragraph=True),
        ),
    )


def texts_form(content: Content) -> FormSpec:
    """What an entry says."""
    return FormSpec(
        "Ubah isi",
        (
            TextField("headline", "Judul", max_length=250, required=False, default=content.content[:250]),
            TextField(
                "caption",
                "Teks atau caption",
                max_length=LONGEST_CAPTION,
                required=False,
                paragraph=True,
                default=content.caption,
            ),
            TextField(
                "big_words",
                "Tulisan besar di kartu",
                "Kosongkan kalau tidak perlu kartu.",
                max_length=LONGEST_BIG_WORDS,
                required=False,
                default=content.big_words,
            ),
            TextField(
                "directive",
                "Arahan untuk tim",
                max_length=LONGEST_TEXT,
                required=False,
                paragraph=True,
                default=content.directive,
            ),
            TextField("reference", "Referensi", max_length=LONGEST_TEXT, required=False, default=content.reference),
        ),
    )


def activity_form(content: Content) -> FormSpec:
    """What an entry starts."""
    prize = content.prize
    told = ""
    if prize is not None:
        amount = f" {format_number(prize.amount)}" if prize.amount else ""
        told = f"{prize.description}{amount}" + (f" untuk {prize.winners} pemenang" if prize.winners else "")
    kinds = tuple((one.value, one.label) for one in Kind)
    return FormSpec(
        "Kegiatan dan hadiah",
        (
            ChoiceField("kind", "Jenis", kinds, default=(content.kind.value,)),
            TextField(
                "prize",
                "Hadiah per pemenang",
                "Boleh kosong untuk kuis dan posting.",
                "Gopay 25.000 untuk 2 pemenang",
                150,
                required=False,
                default=told,
            ),
            TextField(
                "questions",
                "Pertanyaan kuis",
                "Tiap soal: Quiz 1, pertanyaannya, lalu Jawaban: a / b",
                max_length=LONGEST_CAPTION,
                required=False,
                paragraph=True,
                default=write_questions(content),
            ),
            ChoiceField(
                "way", "Pemenang kuis", _WAYS, "Hanya untuk kuis.", required=False, default=(content.won.value,)
            ),
            ChoiceField(
                "legal",
                "Kalau diundi: undian atau kontes?",
                _LEGAL,
                "Giveaway, dan kuis berhadiah yang diundi. Undian butuh izin Kemensos dan kena PPh final.",
                required=False,
                default=(content.legal.value,) if content.legal else (),
            ),
        ),
    )


def terms_form(content: Content) -> FormSpec:
    """How long it is open, and its permit."""
    return FormSpec(
        "Lama dibuka dan izin",
        (
            TextField(
                "open_for",
                "Dibuka berapa lama",
                "Dihitung sejak tayang. Kosong berarti kuis 1 hari, giveaway 3 hari.",
                "1 hari",
                max_length=30,
                required=False,
                default=write_duration(content.lasts),
            ),
            TextField("permit", "Nomor izin undian", max_length=100, required=False, default=content.permit),
        ),
    )


def place_form(entry: Entry, channel_name: str) -> FormSpec:
    """When and where."""
    written = f"{entry.local.day}/{entry.local.month}/{entry.local.year} {entry.local:%H.%M}"
    return FormSpec(
        "Waktu dan tempat",
        (
            TextField("when", "Tanggal dan jam", WHEN, max_length=60, default=written),
            TextField("channel", "Channel", "Untuk media Community.", required=False, default=channel_name),
            TextField(
                "grace",
                "Boleh terlambat",
                "Lebih dari ini, tim yang memutuskan.",
                "2 jam",
                30,
                default=write_duration(entry.grace_seconds),
            ),
            ChoiceField("media", "Media", _MEDIA, default=(entry.content.media.value,)),
            ChoiceField("focus", "Focus", _FOCUS, default=(entry.content.focus.value,)),
        ),
    )


def picture_form() -> FormSpec:
    """An uploaded picture."""
    return FormSpec(
        "Gambar",
        (FileField("picture", "Gambar", "PNG, JPEG, atau WebP. Dipakai bersama tulisan besar.", required=True),),
    )


def figures_form(entry: Entry) -> FormSpec:
    """What staff counted by hand."""
    return FormSpec(
        "Target dan hasil",
        (
            _figure("target", "Target peserta", entry.target),
            _figure("reached", "Jangkauan", entry.reached),
            _figure("took_part", "Ikut serta", entry.took_part),
            _figure("spent", "Biaya (rupiah)", entry.spent),
        ),
    )


def link_form(entry: Entry) -> FormSpec:
    """Where the team has posted."""
    return FormSpec(
        "Sudah tayang",
        (
            TextField(
                "link", f"Link {entry.content.media.label}", placeholder="https://…", max_length=400, min_length=8
            ),
        ),
    )


def _figure(field: str, label: str, known: int | None) -> TextField:
    default = "" if known is None else format_number(known)
    return TextField(field, label, "Kosongkan kalau belum tahu.", max_length=20, required=False, default=default)
