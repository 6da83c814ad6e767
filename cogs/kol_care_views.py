"""How tags, notes and the blacklist look in Discord."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot.creator_care.models import Blacklisting, Care, Note
from bot.creator_care.reading import NOTE_LENGTH, REASON_LENGTH
from bot.creators.service import Creator
from bot.platform.clock import local_day
from bot.platform.indonesian import format_date
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import DANGER, PRIMARY, SUCCESS
from bot.platform.text import bulleted, clip
from cogs.ui.forms import FormSpec, TextField

_NOTES_LISTED = 25
_HISTORY_SHOWN = 8


def blacklist_field(care: Care) -> list[Field]:
    """What the profile begins with when we don't work with somebody; nothing otherwise."""
    if care.blacklisting is None:
        return []
    return [Field("🚫 Di blacklist", _blacklisting(care.blacklisting), inline=False)]


def fields(care: Care) -> list[Field]:
    """Tags and the newest notes, as the profile shows them."""
    tags = " · ".join(f"`{tag}`" for tag in care.tags) or "Belum ada"
    found = [Field("Tag", tags, inline=False)]
    if care.notes:
        lines = [_note_line(note, 250) for note in care.notes]
        found.append(Field("Catatan tim", bulleted(lines, total=care.note_count), inline=False))
    return found


def buttons(creator_id: int, care: Care) -> list[Button]:
    """What staff can add to a profile."""
    notes = f"Catatan ({care.note_count})" if care.note_count else "Catatan"
    row = [
        Button(custom_id("kol:tags_open", creator_id), "Tag"),
        Button(custom_id("kol:notes", creator_id), notes),
        Button(custom_id("kol:bar_open", creator_id), "Ubah blacklist" if care.blacklisting else "Blacklist"),
    ]
    if care.blacklisting:
        row.append(Button(custom_id("kol:bar_lift_ask", creator_id), "Cabut blacklist"))
    return row


def tags_form(creator: Creator, care: Care) -> FormSpec:
    """All tags of an account in one field."""
    return FormSpec(
        f"Tag @{creator.record.username}",
        (
            TextField(
                "tags",
                "Tag",
                description="Pisahkan dengan koma. Yang kamu hapus di sini ikut terhapus.",
                placeholder="cepat balas, hijab, bagus di kamera",
                max_length=500,
                required=False,
                default=", ".join(care.tags),
            ),
        ),
    )


def note_form(creator: Creator) -> FormSpec:
    """A new note."""
    hint = "Hanya tim yang melihat. Jangan tulis nomor KTP, rekening, atau kontak."
    return FormSpec(
        f"Catatan @{creator.record.username}",
        (TextField("text", "Catatan", description=hint, max_length=NOTE_LENGTH, paragraph=True),),
    )


def blacklist_form(creator: Creator, care: Care) -> FormSpec:
    """Why and until when."""
    known = care.blacklisting
    return FormSpec(
        f"Blacklist @{creator.record.username}",
        (
            TextField(
                "reason",
                "Alasan",
                description="Terlihat oleh tim, termasuk di shortlist",
                max_length=REASON_LENGTH,
                paragraph=True,
                default=known.reason if known else "",
            ),
            TextField(
                "until",
                "Sampai kapan",
                description="Tanggal terakhir, atau lamanya. Kosongkan kalau tanpa batas waktu.",
                placeholder="31 Desember 2026, atau 6 bulan",
                max_length=60,
                required=False,
                default=_day(known.expires_at - 1) if known and known.expires_at else "",
            ),
        ),
    )


def tags_set(creator: Creator, tags: Sequence[str]) -> Message:
    """The tags were changed."""
    shown = " · ".join(f"`{tag}`" for tag in tags)
    text = f"Tag @{escape_markdown(creator.record.username)} sekarang: {shown}" if tags else "Semua tagnya dihapus."
    return _done(creator, text)


def blacklisted(creator: Creator, entry: Blacklisting) -> Message:
    """Somebody was put on the blacklist."""
    text = f"@{escape_markdown(creator.record.username)} masuk blacklist.\n{_blacklisting(entry)}"
    return _done(creator, f"{text}\nShortlist berikutnya tidak memasukkan akun mana pun milik orang ini.", DANGER)


def lifted(creator: Creator) -> Message:
    """Somebody was taken off it."""
    return _done(creator, f"@{escape_markdown(creator.record.username)} sudah dicabut dari blacklist.")


def notes(creator: Creator, found: Sequence[Note], history: Sequence[Blacklisting]) -> Message:
    """Every note on an account, with what to delete them by, and what the blacklist ever said."""
    lines = [_note_line(note, NOTE_LENGTH) for note in found]
    past = [
        f"{clip(escape_markdown(one.reason), 120)}, sejak <t:{one.listed_at}:d>"
        + (f", dicabut <t:{one.lifted_at}:d>" if one.lifted_at else "")
        for one in history[:_HISTORY_SHOWN]
    ]
    options = [
        Option(str(note.id), clip(" ".join(note.text.split()), 100), _day(note.written_at))
        for note in found[:_NOTES_LISTED]
    ]
    selects = [Select(custom_id("kol:note_drop", creator.id), "Hapus sebuah catatan", options)] if options else []
    return Message(
        title=f"Catatan @{escape_markdown(creator.record.username)}",
        description=bulleted(lines, 3800) or "Belum ada catatan. Tulis yang pertama dengan tombol di bawah.",
        colour=PRIMARY,
        fields=[Field("Riwayat blacklist", bulleted(past, total=len(history)), inline=False)] if past else [],
        buttons=[[Button(custom_id("kol:note_open", creator.id), "Tulis catatan", ButtonStyle.PRIMARY)]],
        selects=selects,
        footer="Hanya untuk tim.",
    )


def _done(creator: Creator, text: str, colour: int = SUCCESS) -> Message:
    button = Button(custom_id("kol:show", creator.id), "Lihat profil")
    return Message(description=text, colour=colour, buttons=[[button]])


def _blacklisting(entry: Blacklisting) -> str:
    until = f"sampai <t:{entry.expires_at - 1}:D>" if entry.expires_at else "sampai dicabut"
    who = f" oleh <@{entry.listed_by}>" if entry.listed_by else ""
    return f"{escape_markdown(entry.reason)}\nSejak <t:{entry.listed_at}:d>{who}, {until}"


def _note_line(note: Note, limit: int) -> str:
    who = f"<@{note.written_by}> " if note.written_by else ""
    return f"{clip(escape_markdown(' '.join(note.text.split())), limit)} ({who}<t:{note.written_at}:d>)"


def _day(instant: int) -> str:
    return format_date(local_day(instant), weekday=False)
