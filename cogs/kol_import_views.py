"""How an import and an export look in Discord: what would happen, what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from discord.utils import escape_markdown

from bot.creators import cards
from bot.creators.cards import ImportSummaryCard
from bot.creators.exporting import Export
from bot.creators.import_plan import ChangedRow, UnchangedRow, own_word
from bot.creators.import_report import ImportReport, ReviewedRow
from bot.creators.models import CreatorRecord
from bot.creators.rules import engagement_rate
from bot.creators.sheet import AcceptedRow, RejectedRow
from bot.platform.indonesian import format_count, format_number, format_percent
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import INFO, SUCCESS, WARNING
from bot.platform.text import bulleted

T = TypeVar("T")

# More lines than fit into a field; thousands would only be thrown away.
_LINES = 30
# Six fields of this length and what is around them stay under the 6,000 characters of an embed; more share it.
_FIELD_LENGTH, _FIELDS_LENGTH = 850, 5_200


def draw_import(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture of an import and its alt text."""
    card = ImportSummaryCard(**{**facts, "anomalies": tuple(facts["anomalies"])})
    return cards.render(card), cards.alt_text(card)


def preview(report: ImportReport) -> Message:
    """What saving would do, with the buttons that decide; without them when there is nothing to save."""
    if report.id is None:
        return _nothing_to_save(report)
    registered = len(report.plan.registered)
    what_next = (
        f"{format_number(registered)} akun yang terdaftar di Discord akan berubah: pastikan lembar ini lebih baru dari "
        "pendaftaran mereka, atau simpan tanpa akun itu."
        if registered
        else "Periksa dulu, lalu tekan Simpan."
    )
    return Message(
        title="Pratinjau impor",
        description=f"{_about(report)}. **Belum ada yang disimpan.** {what_next}{_handed_back(report)}",
        colour=INFO,
        fields=_fields(report),
        footer="Berlaku satu hari. Hanya pengirim berkas ini atau admin yang bisa menekan tombolnya.",
        buttons=[[*_savers(report), Button(custom_id("kol:import:cancel", report.id), "Batal", ButtonStyle.SECONDARY)]],
        picture=_picture(report),
    )


def _savers(report: ImportReport) -> list[Button]:
    """`kol:import:save` never touches registered accounts, `kol:import:all` does."""
    assert report.id is not None
    save, everything = custom_id("kol:import:save", report.id), custom_id("kol:import:all", report.id)
    if not report.plan.registered:
        return [Button(save, "Simpan", ButtonStyle.SUCCESS)]
    if report.plan.without_registered().changes_nothing:
        return [Button(everything, "Simpan semua", ButtonStyle.PRIMARY)]
    return [
        Button(save, "Simpan tanpa akun terdaftar", ButtonStyle.SUCCESS),
        Button(everything, "Simpan semua", ButtonStyle.PRIMARY),
    ]


def saved(report: ImportReport) -> Message:
    """What was done and what comes next."""
    drifted = " Jumlahnya beda dari pratinjau karena database berubah sejak itu." if report.drifted else ""
    next_steps = "Lihat hasilnya dengan /kol cari, atau satu kreator dengan /kol profil."
    return Message(
        title="Impor tersimpan",
        description=f"{_about(report)}.{drifted}\n{next_steps}{_handed_back(report)}",
        colour=SUCCESS,
        fields=_fields(report),
        picture=_picture(report),
    )


def exported(export: Export) -> Message:
    """The words beside the file."""
    if export.with_contacts:
        contacts = "Kontak ada di dalamnya apa adanya, dan itu dicatat. Jangan teruskan ke channel umum."
    else:
        contacts = "Kolom CONTACT dikosongkan. Mengimpor berkas ini lagi tidak menghapus kontak yang sudah ada."
    return Message(
        title=f"Database KOL: {format_number(export.count)} kreator",
        description=f"{contacts}\nSetelah diubah di spreadsheet, kirim balik dengan /kol impor.",
        colour=WARNING if export.with_contacts else INFO,
    )


def _nothing_to_save(report: ImportReport) -> Message:
    counts = report.counts
    if counts.unchanged:
        title = "Tidak ada yang berubah"
        same = f"{format_number(counts.unchanged)} baris sudah sama dengan database"
        description = f"{_about(report)}: {same}, jadi tidak ada yang perlu disimpan.{_handed_back(report)}"
    else:
        title = "Tidak ada baris yang bisa dipakai"
        description = f"{_about(report)}.{_handed_back(report)}"
    return Message(
        title=title,
        description=description,
        colour=WARNING if counts.rejected else INFO,
        fields=_fields(report),
        picture=_picture(report),
    )


def _about(report: ImportReport) -> str:
    counts = report.counts
    total = counts.added + counts.changed + counts.unchanged + counts.rejected
    platforms = " dan ".join(platform.label for platform in report.reading.platforms)
    name = escape_markdown(report.reading.filename) or "Berkas"
    return f"**{name}**{f' ({platforms})' if platforms else ''}, {format_number(total)} baris dibaca"


def _handed_back(report: ImportReport) -> str:
    if not report.plan.rejected:
        return ""
    return "\nBaris yang ditolak ada di berkas terlampir dengan alasannya: perbaiki di sana, lalu kirim lagi."


def _picture(report: ImportReport) -> Picture:
    counts = report.counts
    facts = {
        "file_name": report.reading.filename,
        "new": counts.added,
        "changed": counts.changed,
        "same": counts.unchanged,
        "rejected": counts.rejected,
        "anomalies": [
            f"@{one.record.username}: {flag.message.removesuffix('.')}" for one in report.flagged for flag in one.flags
        ],
        "saved": report.saved,
    }
    return Picture("import", facts, "impor.png")


def _fields(report: ImportReport) -> list[Field]:
    plan = report.plan
    kept = [row for row in plan.unchanged if row.own]
    sections = [
        _section("Baru", plan.new, _new),
        _section("Berubah", plan.changed, _changed),
        _section("Terdaftar di Discord, tidak diubah", plan.skipped, _changed),
        _section("Diisi sendiri oleh kreator", kept, _own),
        _section("Ditolak", plan.rejected, _rejected),
        _section("Perlu dicek", report.flagged, _flagged),
        _section("ER di lembar dan hitungan bot", report.rounded, _rounded),
        _section("Catatan", _notes(report), str),
    ]
    filled = [section for section in sections if section.total]
    length = min(_FIELD_LENGTH, _FIELDS_LENGTH // max(1, len(filled)))
    return [section.field(length) for section in filled]


@dataclass(frozen=True)
class _Section:
    name: str
    lines: list[str]
    total: int

    def field(self, length: int) -> Field:
        """As much as fits, and how much more there is."""
        text = bulleted(self.lines, length, total=self.total)
        return Field(f"{self.name} ({format_number(self.total)})", text, inline=False)


def _section(name: str, rows: Sequence[T], line: Callable[[T], str]) -> _Section:
    return _Section(name, [line(row) for row in rows[:_LINES]], len(rows))


def _name(record: CreatorRecord) -> str:
    return f"**@{escape_markdown(record.username)}**"


def _new(row: AcceptedRow) -> str:
    metrics = row.record.metrics
    rate = engagement_rate(metrics)
    told = [f"{format_count(metrics.followers)} followers"] if metrics.followers is not None else []
    told += [f"ER {format_percent(rate)}"] if rate is not None else []
    return " · ".join([_name(row.record), *told])


def _changed(row: ChangedRow) -> str:
    mark = " (terdaftar di Discord)" if row.registered else ""
    told = [*(change.message for change in row.changes), *([own_word(row.own)] if row.own else [])]
    return f"{_name(row.after)}{mark} {'; '.join(told)}"


def _own(row: UnchangedRow) -> str:
    return f"{_name(row.record)} {own_word(row.own)}"


def _rejected(row: RejectedRow) -> str:
    where = f"Baris {row.number}" + (f" ({escape_markdown(row.sheet)})" if row.sheet else "")
    return f"{where}: {escape_markdown(' '.join(row.reasons))}"


def _flagged(one: ReviewedRow) -> str:
    return f"{_name(one.record)} {' '.join(flag.message for flag in one.flags)}"


def _rounded(one: ReviewedRow) -> str:
    return f"{_name(one.record)} {one.comparison.message}"


def _notes(report: ImportReport) -> list[str]:
    ignored = [f"Kolom yang tidak dipakai: {escape_markdown(', '.join(report.ignored))}"] if report.ignored else []
    return ignored + report.notes
