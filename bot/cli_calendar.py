"""The shell's side of the content calendar: `tscreator import kalender`. No Discord needed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli_tables import table_of, texts
from bot.content_calendar.asking import Ask, Planned
from bot.content_calendar.columns import Column
from bot.content_calendar.import_view import BasicsForm, ImportView
from bot.content_calendar.importing import CalendarImports
from bot.content_calendar.matching import ImportPlan, Ready
from bot.content_calendar.models import Kind, Way
from bot.content_calendar.rules import unfinished
from bot.platform.audit import SYSTEM
from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.durations import write_duration
from bot.platform.errors import DomainError
from bot.platform.files import refuse_oversize
from bot.platform.indonesian import format_date
from bot.services import open_services
from bot.settings import Settings, load_settings


def import_calendar(
    file: Annotated[Path, typer.Argument(help="Lembar kalender konten, .xlsx atau .csv")],
    year: Annotated[int, typer.Option(help="Tahun semua tanggal di lembar")],
    hour: Annotated[str, typer.Option(help="Jam (WIB) untuk baris tanpa jam, mis. 19:00")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja, jangan simpan")] = False,
    quiz_open: Annotated[str, typer.Option(help="Lama kuis dibuka bila Strategy tidak menyebutnya")] = "1 hari",
    giveaway_open: Annotated[str, typer.Option(help="Lama giveaway dibuka bila Strategy tidak menyebutnya")] = "3 hari",
    way: Annotated[Way, typer.Option(help="Pemenang kuis bila lembar tidak menyebutnya")] = Way.FASTEST,
    section: Annotated[
        list[str] | None, typer.Option(help='Channel sebuah Section: "Ngabral Santoy=ID_CHANNEL"; boleh berulang')
    ] = None,
    decide: Annotated[
        list[str] | None, typer.Option(help="Keputusan: BARIS:HAL=JAWABAN, mis. 7:prize=total; boleh berulang")
    ] = None,
) -> None:
    """Impor kalender konten. Baris yang belum jelas dicetak dan tidak ikut disimpan. Aman diulang.

    Kode keluar 1 kalau tidak ada yang tersimpan karena semuanya masih perlu diputuskan.
    """
    console = Console()
    form = BasicsForm(str(year), hour, quiz_open, giveaway_open, way.value)
    view = asyncio.run(_import(load_settings(), file, form, section or [], decide or [], save=not dry_run))
    for table in _tables(view):
        console.print(table)
    for line in _closing(view, dry_run=dry_run):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if view.plan is not None and view.plan.changes_nothing and view.questions:
        raise typer.Exit(1)


async def _import(
    settings: Settings,
    file: Path,
    form: BasicsForm,
    sections: Sequence[str],
    decisions: Sequence[str],
    *,
    save: bool,
) -> ImportView:
    data = _read(file)
    channels = _channels(sections)
    services = await open_services(settings)
    try:
        imports = services.calendar_imports
        received = await imports.receive(data, file.name, SYSTEM, channels)
        try:
            view = await imports.set_basics(received.upload.id, SYSTEM, channels, form)
        except DomainError:
            await imports.cancel(received.upload.id, SYSTEM)
            raise
        for decision in decisions:
            view = await _decide(imports, view, channels, decision)
        if not save or view.plan is None or view.plan.changes_nothing:
            await imports.cancel(view.upload.id, SYSTEM)
            return view
        return await imports.apply(view.upload.id, SYSTEM, channels)
    finally:
        await services.close()


def _channels(sections: Sequence[str]) -> dict[str, int]:
    """`Ngabral Santoy=123` as a channel of that name. Raises DomainError."""
    channels: dict[str, int] = {}
    for text in sections:
        name, _, number = text.rpartition("=")
        if not name.strip() or not number.strip().isdigit():
            raise DomainError(f'--section {text} tidak terbaca. Tulis "Nama Section=ID_CHANNEL".')
        channels[name.strip()] = int(number)
    return channels


async def _decide(imports: CalendarImports, view: ImportView, channels: dict[str, int], text: str) -> ImportView:
    where, _, answer = text.partition("=")
    number, _, name = where.partition(":")
    try:
        ask = Ask[name.strip().upper()]
    except KeyError:
        names = ", ".join(one.name.lower() for one in Ask)
        raise DomainError(f"--decide {text} tidak terbaca. Hal yang dikenal: {names}.") from None
    rows = [row for row, issue in view.questions if str(row.row.number) == number.strip() and issue.ask is ask]
    if not rows:
        raise DomainError(f"Baris {number} tidak bertanya soal {ask.name.lower()}. Jalankan dulu dengan --dry-run.")
    return await imports.decide(view.upload.id, SYSTEM, channels, rows[0].index, ask, answer)


def _read(file: Path) -> bytes:
    try:
        refuse_oversize(file.stat().st_size)
        return file.read_bytes()
    except OSError:
        raise DomainError(f"{file} tidak bisa dibaca. Periksa nama dan izin berkasnya.") from None


def _tables(view: ImportView) -> Iterable[Table]:
    plan = view.plan
    if plan is None:
        return
    ready = [*(("baru", one) for one in plan.new), *(("berubah", one) for one in plan.changed)]
    if ready:
        table = table_of("Yang akan keluar", "Baris", "Jadi", "Waktu (WIB)", "Di mana", "Jenis", "Judul", "Catatan")
        for outcome, one in ready:
            table.add_row(*_ready(outcome, one))
        yield table
    if view.questions:
        table = table_of("Perlu diputuskan", "Baris", "Hal", "Alasan", "Pilihan")
        for row, issue in view.questions:
            choices = "\n".join(f"{value}: {label}" for value, label in issue.options) or issue.typed
            table.add_row(*texts(_number(row), issue.ask.name.lower(), issue.reason, choices))
        yield table
    if plan.kept:
        table = table_of("Sudah diubah tim, dipertahankan", "Baris", "Entri", "Beda dengan lembar")
        for one in plan.kept:
            table.add_row(*texts(_number(one.planned), one.content.title, ", ".join(one.changes)))
        yield table
    if plan.held:
        table = table_of("Tidak ikut", "Baris", "Alasan")
        for held in plan.held:
            table.add_row(*texts(_number(held.planned), held.reason))
        yield table


def _ready(outcome: str, one: Ready) -> list[Text]:
    local = from_timestamp(one.due_at).astimezone(JAKARTA)
    content = one.content
    place = content.section if content.channel_id else f"pengingat {content.media.label}"
    lasts = [f"Dibuka {write_duration(content.lasts)}"] if content.lasts and content.channel_id else []
    won = [content.won.label] if lasts and content.kind is Kind.QUIZ else []
    notes = "\n".join([*won, *lasts, *one.changes, *one.planned.notes])
    time = f"{format_date(local.date())} {local:%H.%M}"
    return texts(_number(one.planned), outcome, time, place, content.kind.label, content.title, notes)


def _closing(view: ImportView, *, dry_run: bool) -> Iterable[str]:
    plan = view.plan
    if plan is None:
        return
    kept = f", {len(plan.kept)} tetap versi tim" if plan.kept else ""
    yield (
        f"{len(plan.new)} baru, {len(plan.changed)} berubah, {len(plan.unchanged)} sama{kept}, "
        f"{len(plan.undecided)} perlu diputuskan, {len(plan.held)} tidak ikut."
    )
    yield from _how_to_answer(view)
    if plan.changes_nothing and view.questions:
        yield "Belum ada yang bisa disimpan: jawab dulu yang di atas."
    elif plan.changes_nothing:
        yield "Tidak ada yang perlu disimpan."
    elif dry_run:
        yield "Ini baru pemeriksaan: belum ada yang disimpan. Jalankan lagi tanpa --dry-run untuk menyimpan."
    else:
        yield "Tersimpan. " + _what_follows(plan)


def _what_follows(plan: ImportPlan) -> str:
    ready = [*plan.new, *plan.changed]
    posts = sum(one.content.in_community for one in ready)
    told = f"{posts} entri Community keluar sendiri pada waktunya."
    if posts < len(ready):
        told += f" {len(ready) - posts} hanya jadi pengingat untuk tim konten."
    for one in ready:
        if lacks := unfinished(one.content, one.entry.image_file_id if one.entry else None):
            told += f"\n{one.planned.row.label} masih kurang: {', '.join(lacks)}. Lengkapi lewat /kalender ubah."
    return told


def _how_to_answer(view: ImportView) -> Iterable[str]:
    """The options that answer what is open, with this sheet's own rows as examples."""
    asked = view.questions
    sections = [row for row, issue in asked if issue.ask is Ask.SECTION]
    others = [(row, issue) for row, issue in asked if issue.ask is not Ask.SECTION]
    if sections:
        names = dict.fromkeys(row.row.text(Column.SECTION) for row in sections)
        yield "Channel sebuah Section: " + " ".join(f'--section "{name or "NAMA"}=ID_CHANNEL"' for name in names)
    if others:
        row, issue = others[0]
        answer = issue.options[0][0] if issue.options else f'"{issue.typed}"'
        yield f"Keputusan lain: --decide {row.row.number}:{issue.ask.name.lower()}={answer} (boleh berulang)"


def _number(row: Planned) -> str:
    return row.row.label.removeprefix("Baris ")
