"""The shell's side of the KOL database: `tscreator import kol` and `tscreator export kol`. No Discord needed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli_tables import table_of, texts
from bot.creators.exporting import Export, SheetFormat
from bot.creators.import_plan import ChangedRow, own_word
from bot.creators.import_report import ImportReport, review
from bot.creators.models import CreatorRecord, Platform
from bot.creators.rules import Verdict, engagement_rate
from bot.creators.search import CreatorFilter
from bot.creators.sheet import PlatformNeeded
from bot.platform.audit import SYSTEM
from bot.platform.errors import DomainError
from bot.platform.files import refuse_oversize
from bot.platform.indonesian import format_number, format_percent
from bot.services import open_services
from bot.settings import Settings, load_settings

importing = typer.Typer(help="Masukkan lembar ke penyimpanan.", no_args_is_help=True)
exporting = typer.Typer(help="Keluarkan isi penyimpanan sebagai lembar.", no_args_is_help=True)

# What a person still scrolls through; the sheet itself has the rest.
_ROWS_SHOWN = 100
# A difference that nothing explains is among the flags.
_EXPLAINED = {Verdict.SAME: "ER sama", Verdict.ROUNDING: "Selisih ER karena angka di lembar dibulatkan"}


@importing.command("kol")
def import_kol(
    file: Annotated[Path, typer.Argument(help="Lembar KOL, .xlsx atau .csv")],
    platform: Annotated[
        Platform | None, typer.Option(help="Perlu hanya kalau judul lembar tidak menyebut platform")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Periksa saja, jangan simpan")] = False,
    rejected: Annotated[Path | None, typer.Option(help="Tulis baris yang ditolak ke berkas .xlsx ini")] = None,
    overwrite_registered: Annotated[
        bool,
        typer.Option(
            "--overwrite-registered", help="Timpa juga angka akun yang sudah terdaftar di Discord; biasanya dilewati"
        ),
    ] = False,
) -> None:
    """Impor lembar KOL: yang baik masuk sekaligus, yang ditolak dikembalikan dengan alasannya. Aman diulang."""
    console = Console()
    if rejected:
        _refuse_unwritable(rejected)
    job = _import(load_settings(), file, platform, save=not dry_run, overwrite_registered=overwrite_registered)
    report, sheet = asyncio.run(job)
    for table in _tables(report):
        console.print(table)
    for line in _closing(report, dry_run=dry_run):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    if rejected and sheet:
        # Handed back as they were, contacts included.
        _write(rejected, sheet, private=True)
        console.print(f"Baris yang ditolak ditulis ke {rejected}.", markup=False, highlight=False, soft_wrap=True)


@exporting.command("kol")
def export_kol(
    target: Annotated[Path, typer.Argument(help="Berkas tujuan, berakhiran .xlsx atau .csv")],
    platform: Annotated[Platform | None, typer.Option(help="Hanya platform ini")] = None,
    with_contacts: Annotated[
        bool, typer.Option("--with-contacts", help="Sertakan kontak apa adanya; dicatat di audit")
    ] = False,
) -> None:
    """Ekspor database KOL dalam susunan lembarnya, sehingga bisa diimpor kembali."""
    try:
        file_format = SheetFormat(target.suffix.lower().removeprefix("."))
    except ValueError:
        raise DomainError(f"Akhiran {target.name} tidak dikenal. Pakai nama yang berakhiran .xlsx atau .csv.") from None
    _refuse_unwritable(target)
    wanted = CreatorFilter(platforms=(platform,) if platform else ())
    export = asyncio.run(_export(load_settings(), wanted, file_format, with_contacts=with_contacts))
    _write(target, export.content, private=with_contacts)
    contacts = "dengan kontak apa adanya" if with_contacts else "tanpa kontak"
    Console().print(
        f"{format_number(export.count)} kreator ditulis ke {target}, {contacts}.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


async def _import(
    settings: Settings, file: Path, platform: Platform | None, *, save: bool, overwrite_registered: bool
) -> tuple[ImportReport, bytes | None]:
    """The report, and the rejected rows as a sheet."""
    data = _read(file, settings.upload_limit_mb * 1024 * 1024)
    services = await open_services(settings)
    try:
        if save:
            report = await services.imports.preview(data, file.name, platform, SYSTEM)
            if report.id is not None:
                report = await services.imports.apply(report.id, SYSTEM, overwrite_registered=overwrite_registered)
        else:
            report = await services.imports.look(data, file.name, platform)
            if not overwrite_registered:
                report = replace(report, plan=report.plan.without_registered())
        return report, await services.imports.rejected_sheet(report)
    except PlatformNeeded as problem:
        choices = ", ".join(Platform)
        raise DomainError(
            f"{problem.fact} Jalankan lagi dengan --platform, misalnya --platform tiktok (pilihan: {choices})."
        ) from None
    finally:
        await services.close()


async def _export(
    settings: Settings, wanted: CreatorFilter, file_format: SheetFormat, *, with_contacts: bool
) -> Export:
    services = await open_services(settings)
    try:
        return await services.exports.export(wanted, file_format, SYSTEM, with_contacts=with_contacts)
    finally:
        await services.close()


def _read(file: Path, limit: int) -> bytes:
    try:
        refuse_oversize(file.stat().st_size, limit)
        return file.read_bytes()
    except (OSError, ValueError):
        raise DomainError(f"{file} tidak bisa dibaca. Periksa nama dan izin berkasnya.") from None


def _refuse_unwritable(target: Path) -> None:
    """Say so before anything is read, saved or put on record."""
    if target.is_dir() or not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise _unwritable(target)
    if target.exists() and not os.access(target, os.W_OK):
        raise _unwritable(target)


def _write(target: Path, content: bytes, *, private: bool) -> None:
    """Write the file; a `private` one for its owner alone, also where it was there before with other permissions."""
    try:
        with open(target, "wb", opener=lambda path, flags: os.open(path, flags, 0o600 if private else 0o666)) as file:
            if private:
                os.fchmod(file.fileno(), 0o600)
            file.write(content)
    except (OSError, ValueError):
        raise _unwritable(target) from None


def _unwritable(target: Path) -> DomainError:
    return DomainError(f"{target} tidak bisa ditulis. Periksa nama dan izin foldernya, atau pilih tempat lain.")


def _tables(report: ImportReport) -> Iterable[Table]:
    plan = report.plan
    mixed = len(report.reading.sheets) > 1 or len(report.reading.platforms) > 1
    where = ("Lembar", "Platform") if mixed else ()
    columns = (*where, "Baris", "Username", "Jadi", "ER", "ER lembar", "Keterangan")
    creators = table_of("Kreator di berkas", *columns)
    good = [("baru", review(row, row.record), "") for row in plan.new[:_ROWS_SHOWN]]
    good += [("berubah", review(one.row, one.after), _told(one)) for one in plan.changed[:_ROWS_SHOWN]]
    good += [("dilewati", review(one.row, one.before), _told(one)) for one in plan.skipped[:_ROWS_SHOWN]]
    good += [
        ("sama", review(one.row, one.record), own_word(one.own) if one.own else "")
        for one in plan.unchanged[:_ROWS_SHOWN]
    ]
    for outcome, one, changes in good[:_ROWS_SHOWN]:
        reported = one.record.reported_er
        told = [changes, _EXPLAINED.get(one.comparison.verdict, ""), *(f"! {flag.message}" for flag in one.flags)]
        creators.add_row(
            *texts(
                *((one.row.sheet or "-", one.record.platform.label) if mixed else ()),
                one.row.number,
                f"@{one.record.username}",
                outcome,
                _rate(one.record),
                format_percent(reported) if reported is not None else "-",
                "\n".join(filter(None, told)),
            )
        )
    if good:
        yield creators
    refused = table_of("Ditolak", "Lembar", "Baris", "Alasan")
    for row in plan.rejected[:_ROWS_SHOWN]:
        refused.add_row(*texts(row.sheet or "-", row.number, "\n".join(row.reasons)))
    if plan.rejected:
        yield refused


def _closing(report: ImportReport, *, dry_run: bool) -> Iterable[str]:
    counts = report.counts
    total = counts.added + counts.changed + counts.unchanged
    if max(total, counts.rejected) > _ROWS_SHOWN:
        yield f"Tabel menunjukkan {_ROWS_SHOWN} baris pertama."
    yield (
        f"{format_number(counts.added)} baru, {format_number(counts.changed)} berubah, "
        f"{format_number(counts.unchanged)} sama, {format_number(counts.rejected)} ditolak. "
        f"{format_number(len(report.flagged))} perlu dicek."
    )
    if report.ignored:
        yield f"Kolom yang tidak dipakai: {', '.join(report.ignored)}."
    yield from report.notes
    if report.plan.skipped:
        yield (
            f"{format_number(len(report.plan.skipped))} akun terdaftar di Discord dilewati. Tambahkan "
            "--overwrite-registered kalau lembar ini lebih baru dari pendaftaran mereka."
        )
    if report.plan.changes_nothing:
        yield "Tidak ada yang perlu disimpan."
    elif dry_run:
        yield "Ini baru pemeriksaan: belum ada yang disimpan. Jalankan lagi tanpa --dry-run untuk menyimpan."
    else:
        yield "Tersimpan."


def _told(row: ChangedRow) -> str:
    told = ["terdaftar di Discord"] if row.registered else []
    told += [change.message for change in row.changes]
    return "; ".join([*told, own_word(row.own)] if row.own else told)


def _rate(record: CreatorRecord) -> str:
    rate = engagement_rate(record.metrics)
    return format_percent(rate) if rate is not None else "-"
