"""How the calendar looks to staff: a month, an entry's panel, the evaluation."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from babel.dates import format_date as babel_format_date
from discord.utils import escape_markdown
from PIL import Image, UnidentifiedImageError

from bot.content_calendar import cards, messages
from bot.content_calendar.cards import DayEntry, EvaluationCard, EvaluationRow, MonthCard, PostCard
from bot.content_calendar.evaluation import BACK_WITHIN, Evaluation, Outcome, figure, money, ratio
from bot.content_calendar.models import Content, Entry, EntryState, Kind, Media
from bot.content_calendar.rules import is_correctable, missing, standing, unfinished, when
from bot.content_calendar.strategy import write_prize
from bot.platform.drawing import clip
from bot.platform.durations import write_duration
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Picture, Select, custom_id
from bot.platform.palette import INFO, NEUTRAL, PRIMARY, SUCCESS, WARNING, Tone

_TONES = {
    EntryState.DRAFT: Tone.NEUTRAL,
    EntryState.SCHEDULED: Tone.INFO,
    EntryState.POSTED: Tone.GOOD,
    EntryState.DONE: Tone.GOOD,
    EntryState.MISSED: Tone.BAD,
}
_MOST_DRAWN = 400


def draw_post(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """A post's card, beside the uploaded picture where there is one."""
    card = PostCard(**facts, photo=image)
    return cards.render(card), cards.alt_text(card)


def draw_upload(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The uploaded picture as it is; a drawn card where the file is gone."""
    if image is not None:
        try:
            with Image.open(io.BytesIO(image)) as opened:
                out = io.BytesIO()
                opened.convert("RGB").save(out, "PNG")
            return out.getvalue(), f"Gambar untuk {facts['title']}"[:1024]
        except (UnidentifiedImageError, OSError):
            pass
    return draw_post({"big_words": facts["title"]}, None)


def draw_month(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """A month."""
    entries = tuple(
        DayEntry(one["day"], one["hour"], one["title"], Tone(one["tone"]), reminder=one.get("reminder", False))
        for one in facts["entries"]
    )
    today = date.fromisoformat(facts["today"]) if facts["today"] else None
    card = MonthCard(facts["year"], facts["month"], entries, today)
    return cards.render(card), cards.alt_text(card)


def draw_evaluation(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The evaluation's table."""
    rows = tuple(EvaluationRow(**{**row, "tone": Tone(row["tone"])}) for row in facts["rows"])
    card = EvaluationCard(facts["title"], facts["below"], rows)
    return cards.render(card), cards.alt_text(card)


def month_picture(first: date, entries: Sequence[Entry], today: date) -> Picture:
    """The month as a picture; cancelled entries are left out."""
    drawn = [drawn_entry(one.content, one.local, _tone(one)) for one in entries if one.state in _TONES]
    facts = {"year": first.year, "month": first.month, "entries": drawn[:_MOST_DRAWN], "today": today.isoformat()}
    return Picture("calendar.month", facts, f"kalender-{first:%Y-%m}.png")


def drawn_entry(content: Content, local: datetime, tone: Tone) -> dict[str, Any]:
    """An entry as the picture of a month takes it."""
    return {
        "day": local.day,
        "hour": f"{local:%H.%M}",
        "title": content.title,
        "tone": tone.value,
        "reminder": not content.in_community,
    }


def _tone(entry: Entry) -> Tone:
    """A reminder that nobody has answered is not out yet."""
    if entry.state is EntryState.POSTED and not entry.content.in_community:
        return Tone.WARN
    return _TONES[entry.state]


def month_list(
    first: date, entries: Sequence[Entry], total: int, picture: Picture | None, *, previous: str, following: str
) -> Message:
    """One page of a month as a list, the picture with the first page."""
    lines = [
        f"`{one.local:%d/%m %H.%M}` {_mark(one)} **{escape_markdown(one.title)}** · {_where(one)} · {standing(one)}"
        for one in entries
    ]
    name = babel_format_date(first, "MMMM y", locale="id_ID")
    about = f"{total} entri" if total else "Belum ada entri. Tambah dengan /kalender tambah atau /kalender impor."
    options = [Option(str(one.id), clip(f"{one.local:%d/%m %H.%M} {one.title}", 95), _plain(one)) for one in entries]
    selects = [Select(custom_id("calendar:open"), "Buka satu entri", options)] if options else []
    return Message(
        title=f"Kalender {name}",
        description="\n".join([about, "", *lines])[:4_000],
        colour=PRIMARY,
        selects=selects,
        buttons=[[Button(previous, "Bulan lalu"), Button(following, "Bulan depan")]],
        picture=picture,
    )


def panel(entry: Entry, now: int) -> Message:
    """Everything about an entry, with exactly what will appear as its picture and text."""
    content = entry.content
    shown = messages.post(content, entry.id, entry.image_file_id) if content.media is Media.COMMUNITY else None
    lacks = missing(content, entry.due_at, now) if entry.is_open else []
    text = shown.description if shown else content.caption
    head = "Begini tampilannya:" if content.media is Media.COMMUNITY else "Pengingat untuk tim konten, caption:"
    description = f"**{standing(entry)}** · {_when_and_where(entry)}\n"
    if entry.reason:
        description += f"{entry.reason}\n"
    if lacks and entry.state is EntryState.DRAFT:
        description += "**Belum lengkap:** " + " ".join(lacks) + "\n"
    if wanting := unfinished(content, entry.image_file_id) if entry.is_open else []:
        description += f"**Masih kurang:** {', '.join(wanting)}. Tanpa itu pun tetap keluar.\n"
    description += f"\n{head}\n" + (f"**{escape_markdown(content.content)}**\n" if content.content else "") + text
    return Message(
        title=clip(entry.title, 250),
        description=clip(description, 3_900),
        colour={EntryState.DRAFT: NEUTRAL, EntryState.MISSED: WARNING, EntryState.SCHEDULED: INFO}.get(
            entry.state, SUCCESS
        ),
        fields=_facts(entry),
        footer=f"Entri {entry.id}",
        buttons=_buttons(entry, ready=not lacks),
        picture=shown.picture if shown else None,
    )


def changed(entry: Entry, what: str) -> str:
    """What was done, in a sentence."""
    return f"**{escape_markdown(entry.title)}** {what}. Lihat semuanya dengan /kalender lihat."


def evaluation(found: Evaluation, page: int, per_page: int) -> Message:
    """A page of the evaluation."""
    name = babel_format_date(found.first, "MMMM y", locale="id_ID")
    count = len(found.outcomes)
    below = f"{count} kegiatan, {figure(found.took_part)} ikut serta, biaya {money(found.spent)}"
    if found.took_part is None or found.spent is None:
        known = [f"ikut serta: {figure(found.took_part)}", f"biaya: {money(found.spent)}"]
        below = f"{count} kegiatan, " + ", ".join(known)
    rows = [_evaluation_row(one) for one in found.outcomes[(page - 1) * per_page : page * per_page]]
    facts = {"title": f"Evaluasi {name}", "below": below if count else "Belum ada kegiatan yang keluar", "rows": rows}
    return Message(
        title=f"Evaluasi {name}",
        description=(
            "Angka peserta kuis dan giveaway dihitung bot. Jangkauan, target, dan biaya lain diisi tim lewat "
            "**Target & hasil** di entri. **Kembali**: bagian peserta yang juga ikut kuis atau giveaway lain dalam "
            f"{BACK_WITHIN.days} hari sebelumnya."
        ),
        colour=INFO,
        picture=Picture("calendar.evaluation", facts, "evaluasi.png"),
    )


def _evaluation_row(one: Outcome) -> dict[str, str]:
    entry, achieved = one.entry, one.achieved
    media = entry.content.kind.label if entry.content.kind is not Kind.POST else entry.content.media.label
    tone = Tone.NEUTRAL if achieved is None else Tone.GOOD if achieved >= 1 else Tone.WARN
    return {
        "title": entry.title,
        "about": f"{babel_format_date(entry.local.date(), 'd MMM', locale='id_ID')} · {media} · "
        f"{entry.content.focus.label.removeprefix('Member ')}",
        "reached": figure(one.figures.reached),
        "took_part": figure(one.figures.took_part),
        "cost_each": money(one.cost_each),
        "came_back": ratio(one.came_back),
        "achieved": "belum ada target" if entry.target is None else ratio(achieved),
        "tone": tone.value,
    }


def _facts(entry: Entry) -> list[Field]:
    content = entry.content
    told = [
        ("Focus", content.focus.label),
        ("Jenis", content.kind.label),
        ("Boleh terlambat", write_duration(entry.grace_seconds)),
        ("Hadiah", write_prize(content.prize) if content.prize else ""),
        ("Kunci jawaban", _answers(entry)),
        ("Kegiatan", _sentence(activity_text(content))),
        ("Ditutup", f"<t:{entry.due_at + content.lasts}:F>" if activity_text(content) and entry.is_open else ""),
        ("Undian/kontes", f"{content.legal.label} {content.permit}".strip() if content.legal else ""),
        ("Arahan", clip(content.directive, 400)),
        ("Strategi", clip(content.strategy, 200)),
        ("Link", entry.link or ""),
        ("Berulang", "Ya" if entry.series_id is not None else ""),
    ]
    return [Field(name, text, inline=len(text) < 40) for name, text in told if text]


def activity_text(content: Content) -> str:
    """`diundi di antara yang benar, dibuka 1 hari`: how a quiz is won, and how long what an entry starts is open."""
    if content.kind is Kind.POST or content.media is not Media.COMMUNITY:
        return ""
    won = f"{content.won.label.lower()}, " if content.kind is Kind.QUIZ else ""
    return f"{won}dibuka {write_duration(content.lasts)}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _answers(entry: Entry) -> str:
    asked = entry.content.questions
    if not asked:
        return ""
    return clip("; ".join(f"{one.number}: {' / '.join(one.answers) or 'dinilai tim'}" for one in asked), 500)


def _buttons(entry: Entry, *, ready: bool) -> list[list[Button]]:
    number = entry.id
    figures = Button(custom_id("calendar:figures", number), "Target & hasil")
    copy = Button(custom_id("calendar:copy", number), "Duplikat")
    if not entry.is_open:
        done = Button(custom_id("calendar:done", number), "Sudah tayang", ButtonStyle.SUCCESS)
        waits = entry.state is EntryState.POSTED and entry.content.media is not Media.COMMUNITY
        correct = [
            Button(custom_id("calendar:texts", number), "Perbaiki isi"),
            Button(custom_id("calendar:picture", number), "Ganti gambar"),
            Button(custom_id("calendar:cancel", number), "Tarik", ButtonStyle.DANGER),
        ]
        last = [*([done] if waits else []), figures, copy]
        return [correct, last] if is_correctable(entry) else [last]
    changes = [
        Button(custom_id("calendar:texts", number), "Ubah isi"),
        Button(custom_id("calendar:activity", number), "Kegiatan & hadiah"),
        Button(custom_id("calendar:place", number), "Waktu & tempat"),
        Button(custom_id("calendar:picture", number), "Gambar"),
    ]
    if entry.image_file_id is not None:
        changes.append(Button(custom_id("calendar:no-picture", number), "Hapus gambar"))
    terms = Button(custom_id("calendar:terms", number), "Lama & izin")
    rest = [*([terms] if entry.content.kind is not Kind.POST else []), figures, copy]
    rest.append(Button(custom_id("calendar:cancel", number), "Batalkan", ButtonStyle.DANGER))
    if entry.state is EntryState.DRAFT:
        schedule = custom_id("calendar:schedule", number, entry.revision)
        rest.insert(0, Button(schedule, "Jadwalkan", ButtonStyle.SUCCESS, disabled=not ready))
    if entry.state is EntryState.MISSED:
        return [messages.missed_buttons(entry)[:1] + messages.missed_buttons(entry)[2:], changes, rest[:-1]]
    return [changes, rest, [Button(custom_id("calendar:shown", number), "Lihat persis tampilannya")]]


def _when_and_where(entry: Entry) -> str:
    return f"{when(entry)} · {_where(entry)}"


def _where(entry: Entry) -> str:
    content = entry.content
    if content.media is not Media.COMMUNITY:
        return content.media.label
    return f"<#{content.channel_id}>" if content.channel_id else "channel belum dipilih"


def _plain(entry: Entry) -> str:
    content = entry.content
    place = content.section or "Community" if content.media is Media.COMMUNITY else content.media.label
    return clip(f"{place} · {standing(entry)}", 95)


def _mark(entry: Entry) -> str:
    if entry.content.media is not Media.COMMUNITY:
        return "🔔"
    return {Kind.QUIZ: "❓", Kind.GIVEAWAY: "🎁", Kind.POST: "💬"}[entry.content.kind]
