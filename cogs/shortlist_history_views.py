"""How versions, their differences and a fitted budget look to staff."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot.creators.service import Creator
from bot.platform.indonesian import format_rupiah
from bot.platform.messages import Button, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, WARNING
from bot.platform.text import bulleted
from bot.shortlists.budget import LeftOut
from bot.shortlists.budgeting import BudgetFit
from bot.shortlists.changes import Difference
from bot.shortlists.history import Comparison
from bot.shortlists.models import Entry, Shortlist, Version
from cogs.kol_views import linked

_BIGGEST_SHOWN = 3
CROWDED_OUT = "tempatnya diambil yang skornya lebih tinggi."


def versions(shortlist: Shortlist, found: Sequence[Version]) -> Message:
    """The versions, newest first, each to open, any two to compare."""
    lines = [
        f"**Versi {one.revision}** · {one.cause.label}{f' oleh <@{one.built_by}>' if one.built_by else ''}"
        f" · <t:{one.built_at}:f> · {one.listed} masuk, {one.excluded} tidak"
        for one in found
    ]
    more = f"\n\n{len(found)} versi terbaru dari {shortlist.latest}." if shortlist.latest > len(found) else ""
    options = [
        Option(str(one.revision), f"Versi {one.revision}", f"{one.cause.label}, {one.listed} masuk") for one in found
    ]
    selects = [Select(custom_id("shortlist:version", shortlist.id), "Buka satu versi", options)]
    if len(found) > 1:
        selects.append(
            Select(custom_id("shortlist:compare", shortlist.id), "Bandingkan: pilih dua versi", options, 2, 2)
        )
    return Message(
        title=f"Versi shortlist: {escape_markdown(shortlist.title)}",
        description="\n".join(lines) + more,
        colour=PRIMARY,
        selects=selects,
        footer="Versi baru ada kalau hasil susun ulang berbeda. Versi lama tetap bisa dibaca.",
    )


def comparison(found: Comparison) -> Message:
    """What became of everyone from one version to another."""
    change, names = found.changes, found.creators
    before, after = found.before, found.after
    asked = [*(f"Tidak lagi: {one}" for one in change.no_longer_asked), *(f"Baru: {one}" for one in change.newly_asked)]
    parts = {
        "Syarat": [escape_markdown(line) for line in asked],
        "Bobot": [f"{key.label} {old} → {new}" for key, old, new in change.weights],
        "Masuk": [f"{_name(names, one.creator_id)} di peringkat {one.rank}" for one in change.entered],
        "Keluar": [
            f"{_name(names, one.creator_id)} (tadinya {one.rank}): "
            + (escape_markdown(" ".join(one.reasons)) or CROWDED_OUT)
            for one in change.gone
        ],
        "Bergeser": [_moved(one, names) for one in change.moved],
    }
    same = "" if change else "\nTidak ada yang berbeda di antara keduanya."
    return Message(
        title=f"Versi {before.revision} → {after.revision}: {escape_markdown(after.title)}",
        description=f"<t:{before.built_at}:f> → <t:{after.built_at}:f>\n"
        f"{before.listed} masuk → {after.listed} masuk.{same}",
        colour=PRIMARY if change else NEUTRAL,
        fields=[Field(name, bulleted(lines), inline=False) for name, lines in parts.items() if lines],
    )


def _moved(one: Difference, names: dict[int, Creator]) -> str:
    rank = f"{one.rank_before} → {one.rank_after}" if one.rank_before != one.rank_after else f"tetap {one.rank_after}"
    if not one.points:
        return f"{_name(names, one.creator_id)} peringkat {rank}, skor tetap {one.score_after}"
    biggest = sorted(one.points, key=lambda change: -abs(change[2] - change[1]))[:_BIGGEST_SHOWN]
    why = ", ".join(f"{key.label} {new - old:+d}".replace("-", "−") for key, old, new in biggest)
    return f"{_name(names, one.creator_id)} peringkat {rank}, skor {one.score_before} → {one.score_after} ({why})"


def _name(names: dict[int, Creator], creator_id: int) -> str:
    creator = names.get(creator_id)
    return f"@{escape_markdown(creator.record.username)}" if creator else "akun yang sudah dihapus"


def budget_fit(fit: BudgetFit) -> Message:
    """The best set with what it costs, and why others are not in it."""
    best, taken = fit.best, [fit.entries[one] for one in fit.best.taken]
    fields: list[Field] = []
    if taken and best.left_out:
        why_not = bulleted([_why_not(one, fit) for one in best.left_out])
        fields.append(Field("Kenapa yang lain tidak", why_not, inline=False))
    if fit.without_rate:
        names = [f"@{escape_markdown(one.creator.record.username)} (skor {one.score})" for one in fit.without_rate]
        told = "Belum ikut dihitung. Isi tarifnya lewat **Catatan & tarif**, lalu cocokkan lagi.\n"
        lines = told + bulleted(names, 1024 - len(told))
        fields.append(Field(f"Tarif belum diketahui: {len(names)}", lines, inline=False))
    return Message(
        title=f"Anggaran: {escape_markdown(fit.shortlist.title)}",
        description="\n".join(_set(fit, taken) if taken else _nobody(fit)),
        colour=PRIMARY if taken else WARNING,
        fields=fields,
        buttons=[
            [
                Button(custom_id("shortlist:budget", fit.shortlist.id), "Ubah anggaran"),
                Button(custom_id("shortlist:show", fit.shortlist.id), "Lihat shortlist"),
            ]
        ],
        footer="Dihitung pasti dari skor dan tarif yang diketahui; yang disematkan selalu ikut.",
    )


def _set(fit: BudgetFit, taken: Sequence[Entry]) -> list[str]:
    best = fit.best
    left = format_rupiah(fit.budget - best.cost)
    return [
        f"**{len(taken)} dari {fit.slots} kreator, {format_rupiah(best.cost)}** dari {format_rupiah(fit.budget)}"
        f" (sisa {left}).",
        f"Total skor {best.score}: tidak ada kombinasi lain yang lebih tinggi untuk anggaran dan jumlah ini.",
        "",
        *map(_line, taken),
    ]


def _nobody(fit: BudgetFit) -> list[str]:
    if not fit.entries:
        return ["Belum ada kreator yang masuk shortlist ini. Longgarkan syaratnya, atau sematkan kreator dulu."]
    if len(fit.without_rate) == len(fit.entries):
        return ["Tarif semua kreator belum diketahui, jadi belum ada yang bisa dicocokkan."]
    return ["Tidak ada kreator yang tarifnya masuk anggaran ini. Naikkan anggarannya, atau nego tarifnya."]


def _line(one: Entry) -> str:
    source = f" ({one.rate_source.label})" if one.rate_source else ""
    pinned = " · disematkan" if one.pinned else ""
    rate = format_rupiah(one.rate or 0)
    return f"**{one.rank}.** {linked(one.creator.record)} · skor {one.score} · {rate}{source}{pinned}"


def _why_not(one: LeftOut, fit: BudgetFit) -> str:
    entry = fit.entries[one.creator_id]
    who = f"@{escape_markdown(entry.creator.record.username)} (skor {entry.score}, {format_rupiah(entry.rate or 0)})"
    if one.too_dear:
        return f"{who}: tidak cukup anggaran atau tempat, walau yang tidak disematkan dilepas semua."
    if one.instead == fit.best.score:
        return f"{who}: total skornya sama, tapi biayanya tidak lebih murah."
    return f"{who}: kalau dipaksakan, total skor turun dari {fit.best.score} ke {one.instead}."
