"""How an imported calendar looks: what will appear where and when, what has to be decided, what stays out."""

from __future__ import annotations

from babel.dates import format_date as babel_format_date
from discord.utils import escape_markdown

from bot.content_calendar.asking import Issue, Planned
from bot.content_calendar.dates import write_clock
from bot.content_calendar.import_view import ImportView
from bot.content_calendar.matching import ImportPlan, Ready
from bot.content_calendar.models import Content, Kind, Media
from bot.content_calendar.rules import unfinished
from bot.platform.clock import JAKARTA, from_timestamp, local_day
from bot.platform.drawing import clip
from bot.platform.durations import write_duration
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Picture, Select, custom_id
from bot.platform.palette import INFO, SUCCESS, WARNING, Tone
from bot.platform.text import bulleted
from cogs.calendar_views import activity_text, drawn_entry

_LENGTH = 950


def ask_basics(view: ImportView) -> Message:
    """The sheet has been read; its year and default hour are asked once."""
    return Message(
        title="Lembar terbaca",
        description=(
            f"**{escape_markdown(view.upload.filename)}**, {len(view.sheet.rows)} baris.\n"
            "Sebelum pratinjau: tahun berapa, dan jam berapa untuk baris tanpa jam?"
        ),
        colour=INFO,
        buttons=[
            [
                Button(custom_id("calendar:import:basics", view.upload.id), "Isi tahun & jam", ButtonStyle.PRIMARY),
                Button(custom_id("calendar:import:cancel", view.upload.id), "Batal"),
            ]
        ],
    )


def preview(view: ImportView) -> Message:
    """What saving would do, and what a person has to decide first."""
    if view.plan is None or view.setting is None:
        return ask_basics(view)
    number, plan, asked = view.upload.id, view.plan, view.questions
    setting, usual = view.setting, view.setting.usual
    about = (
        f"**{escape_markdown(view.upload.filename)}**, {len(view.sheet.rows)} baris, tahun **{setting.year}**, jam "
        f"bawaan **{write_clock(setting.minute)} WIB**. **Belum ada yang disimpan.**\n"
        f"Kalau lembar tidak menyebutnya: kuis dibuka {write_duration(usual.quiz_seconds)} dan dimenangkan "
        f"{usual.way.label.lower()}, giveaway dibuka {write_duration(usual.giveaway_seconds)}."
    )
    if asked:
        about += f"\n**{len(asked)} hal perlu kamu putuskan.** Baris yang belum diputuskan tidak ikut disimpan."
    elif plan.changes_nothing:
        about += "\nTidak ada yang perlu disimpan: semuanya sudah ada di kalender atau tidak ikut."
    selects: list[Select] = []
    if asked:
        options = [
            Option(
                f"{row.index}:{int(issue.ask)}",
                clip(f"{row.row.label}: {issue.ask.label}", 95),
                clip(issue.reason, 95),
            )
            for row, issue in asked[:25]
        ]
        selects.append(Select(custom_id("calendar:import:ask", number), "Putuskan yang belum jelas", options))
    ready = [*plan.new, *plan.changed]
    showable = [*ready, *plan.kept]
    if showable:
        options = [
            Option(str(one.planned.index), clip(f"{_short(one.due_at)} {one.content.title}", 95), _place(one.content))
            for one in showable[:25]
        ]
        selects.append(Select(custom_id("calendar:import:show", number), "Lihat persis tampilannya", options))
    save = Button(
        custom_id("calendar:import:save", number),
        f"Simpan {len(ready)} entri" if ready else "Simpan",
        ButtonStyle.SUCCESS,
        disabled=plan.changes_nothing,
    )
    return Message(
        title="Pratinjau kalender",
        description=about,
        colour=WARNING if asked else INFO,
        fields=_fields(view),
        footer="Berlaku tiga hari. Hanya pengirim berkas ini yang bisa memutuskan.",
        selects=selects,
        buttons=[
            [
                save,
                Button(custom_id("calendar:import:basics", number), "Ubah bawaan"),
                Button(custom_id("calendar:import:all", number), "Semua baris"),
                Button(custom_id("calendar:import:cancel", number), "Batal"),
            ]
        ],
        picture=_picture(ready),
    )


def saved(view: ImportView) -> Message:
    """What was done."""
    assert view.plan is not None
    plan = view.plan
    left = f"\n{len(plan.undecided)} baris belum diputuskan, jadi tidak ikut." if plan.undecided else ""
    kept = f"\n{len(plan.kept)} entri yang sudah diubah tim dibiarkan seperti adanya." if plan.kept else ""
    return Message(
        title="Kalender tersimpan",
        description=(
            f"{len(plan.new)} baru, {len(plan.changed)} berubah, {len(plan.unchanged)} sama.{left}{kept}\n"
            f"{_what_follows(plan)}Lihat dengan /kalender lihat."
        ),
        colour=SUCCESS,
        fields=_fields(view),
        picture=_picture([*plan.new, *plan.changed]),
    )


def _what_follows(plan: ImportPlan) -> str:
    """What goes out by itself, what is only a reminder, and what would go out unfinished."""
    ready = [*plan.new, *plan.changed]
    posts = [one for one in ready if one.content.in_community]
    told = f"{len(posts)} entri Community keluar sendiri pada waktunya.\n" if posts else ""
    if reminders := len(ready) - len(posts):
        told += f"{reminders} entri media lain hanya jadi pengingat: tim konten yang mengunggah.\n"
    wanting = [
        f"{one.planned.row.label}: {', '.join(lacks)}"
        for one in ready
        if (lacks := unfinished(one.content, one.entry.image_file_id if one.entry else None))
    ]
    if wanting:
        told += f"**Masih kurang** (tim konten diingatkan sebelum tayang):\n{bulleted(wanting, _LENGTH)}\n"
    return told


def all_rows(view: ImportView, start: int, end: int) -> Message:
    """A page of everything in the sheet, in its order, with every note."""
    assert view.plan is not None
    told = _outcomes(view)
    rows = sorted(told)[start:end]
    return Message(title="Semua baris di lembar", description="\n".join(told[one] for one in rows)[:4_000], colour=INFO)


def count_rows(view: ImportView) -> int:
    """How many rows `all_rows` has."""
    return len(_outcomes(view))


def _outcomes(view: ImportView) -> dict[int, str]:
    plan = view.plan
    assert plan is not None
    told: dict[int, str] = {}
    for name, ready in (("baru", plan.new), ("berubah", plan.changed), ("versi tim dipertahankan", plan.kept)):
        for one in ready:
            told[one.planned.index] = f"**{one.planned.row.label}** ({name}) {_line(one)}{_notes(one.planned)}"
    for row in plan.unchanged:
        told[row.index] = f"**{row.row.label}** (sama) {escape_markdown(row.label)}"
    for row in plan.undecided:
        reasons = " ".join(escape_markdown(issue.reason) for issue in row.issues)
        told[row.index] = f"**{row.row.label}** (perlu diputuskan) {escape_markdown(row.label)}: {reasons}"
    for held in plan.held:
        told[held.planned.index] = (
            f"**{held.planned.row.label}** (tidak ikut) {escape_markdown(held.planned.label)}: {held.reason}"
        )
    return told


def _fields(view: ImportView) -> list[Field]:
    plan = view.plan
    assert plan is not None
    asked = [_question(row, issue) for row, issue in view.questions]
    read = [*(one.planned for one in (*plan.new, *plan.changed)), *plan.undecided]
    notes = [f"{row.row.label}: {escape_markdown(note)}" for row in read for note in row.notes]
    ignored = (
        [f"Kolom yang tidak dipakai: {escape_markdown(', '.join(view.sheet.ignored))}"] if view.sheet.ignored else []
    )
    sections = [
        ("Perlu diputuskan", asked),
        ("Baru", [_line(one) for one in plan.new]),
        ("Berubah", [f"{_line(one)}: {', '.join(one.changes) or 'baris lembar'}" for one in plan.changed]),
        ("Sudah diubah tim, dipertahankan", [_kept(one) for one in plan.kept]),
        (
            "Tidak ikut",
            [f"{one.planned.row.label}: {one.reason}" for one in plan.held],
        ),
        ("Catatan", [*ignored, *notes]),
    ]
    return [
        Field(f"{name} ({len(lines)})", bulleted(lines, _LENGTH), inline=False) for name, lines in sections if lines
    ]


def _kept(one: Ready) -> str:
    assert one.entry is not None
    chosen = "tetap versi tim" if one.planned.version else "pilih lewat **Putuskan**"
    differs = ", ".join(one.changes)
    return f"{one.planned.row.label} **{escape_markdown(clip(one.entry.title, 60))}**: beda {differs} ({chosen})"


def _question(row: Planned, issue: Issue) -> str:
    return f"{row.row.label}, {issue.ask.label.lower()}: {escape_markdown(issue.reason)}"


def _line(one: Ready) -> str:
    content = one.content
    where = f"<#{content.channel_id}>" if content.media is Media.COMMUNITY else f"pengingat {content.media.label}"
    kind = f" · {content.kind.label}" if content.kind is not Kind.POST else ""
    if told := activity_text(content):
        kind += f" ({told})"
    return f"`{_short(one.due_at)}` **{escape_markdown(clip(content.title, 60))}** · {where}{kind}"


def _notes(row: Planned) -> str:
    return "".join(f"\n  {note}" for note in row.notes)


def _place(content: Content) -> str:
    if content.media is not Media.COMMUNITY:
        return content.media.label
    return clip(f"{content.section or 'Community'} · {content.kind.label}", 95)


def _short(due_at: int) -> str:
    return f"{from_timestamp(due_at).astimezone(JAKARTA):%d/%m %H.%M}"


def _picture(ready: list[Ready]) -> Picture | None:
    """The first month of what would be saved."""
    if not ready:
        return None
    first = local_day(min(one.due_at for one in ready)).replace(day=1)
    drawn = []
    for one in sorted(ready, key=lambda one: one.due_at):
        local = from_timestamp(one.due_at).astimezone(JAKARTA)
        if (local.year, local.month) == (first.year, first.month):
            drawn.append(drawn_entry(one.content, local, Tone.INFO))
    facts = {"year": first.year, "month": first.month, "entries": drawn[:400], "today": ""}
    return Picture("calendar.month", facts, f"kalender-{babel_format_date(first, 'y-MM', locale='id_ID')}.png")
