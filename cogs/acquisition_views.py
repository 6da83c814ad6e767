"""How targets, costs and sources look in Discord."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from discord.utils import escape_markdown

from bot.acquisition import cards, wording
from bot.acquisition.models import Cost, Mark, Newcomer, Period, Strategy
from bot.acquisition.reading import NOTE_LENGTH
from bot.acquisition.service import Growth, Overview, TargetChange
from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.indonesian import format_number, format_rupiah
from bot.platform.messages import Button, ButtonStyle, Message, Option, Picture, Select, custom_id
from bot.platform.palette import INFO, SUCCESS
from bot.platform.text import clip
from cogs.ui.forms import ChoiceField, FormSpec, TextField

UNKNOWN = "unknown"
_SOURCES = {"import": "dari impor", "registration": "mendaftar sendiri"}
_STRATEGIES = tuple((one.value, one.indonesian) for one in Strategy)


def draw_plan(facts: dict[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """Plan against actual."""
    card = wording.plan_card_of(facts)
    return cards.render(card), cards.alt_text(card)


def draw_growth(facts: dict[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """New accounts a month."""
    card = wording.growth_card_of(facts)
    return cards.render(card), cards.alt_text(card)


def plan(overview: Overview, number: int, per_page: int) -> Message:
    """A page of targets with their outcome."""
    code = overview.period.code
    card = wording.plan_card(overview, number, per_page)
    return Message(
        title=card.title,
        description="\n".join(wording.summary(overview)) if number == 1 else "",
        colour=INFO,
        footer="Garis tegak di bar: laju yang seharusnya hari ini." if overview.outcomes else "",
        picture=Picture("acquisition.plan", wording.facts(card), "target.png"),
        buttons=[
            [
                Button(custom_id("target:plan", overview.period.moved(-1).code), "Periode sebelumnya"),
                Button(custom_id("target:plan", overview.period.moved(1).code), "Periode berikutnya"),
            ],
            [
                Button(custom_id("target:costs", code), "Biaya"),
                Button(custom_id("target:newcomers", code), "Tandai asal"),
                Button(custom_id("target:growth", code), "Pertumbuhan"),
            ],
        ],
    )


def growth(found: Growth) -> Message:
    """Twelve months of every platform."""
    card = wording.growth_card(found)
    return Message(
        title=card.title,
        description="Target bulan diambil dari target platform itu; target kuartal dibagi tiga.",
        colour=INFO,
        picture=Picture("acquisition.growth", wording.facts(card), "pertumbuhan.png"),
    )


def target_set(change: TargetChange) -> Message:
    """A target was set, changed or taken back."""
    about = f"**{escape_markdown(change.aim.label)}** untuk {change.period.label}"
    if change.now is None:
        text = f"Target {about} dihapus (tadinya {format_number(change.before or 0)} kreator baru)."
    elif change.before is None:
        text = f"Target {about}: **{format_number(change.now)} kreator baru**."
    else:
        text = f"Target {about} sekarang **{format_number(change.now)}** (tadinya {format_number(change.before)})."
    look = Button(custom_id("target:plan", change.period.code), "Lihat hasil", ButtonStyle.PRIMARY)
    return Message(description=text, colour=SUCCESS, buttons=[[look]])


def costs(overview: Overview, number: int, per_page: int) -> Message:
    """A page of a period's budget lines."""
    period = overview.period
    lines: list[str] = []
    for one in overview.ways:
        if one.strategy and one.cost is not None:
            each = "belum ada data" if one.cost_each is None else f"{format_rupiah(one.cost_each)} per kreator baru"
            lines.append(f"**{one.strategy.indonesian}**: {format_rupiah(one.cost)}, CAC {each}")
    shown = overview.costs[(number - 1) * per_page : number * per_page]
    lines += ["", *(f"• {_cost_line(one, period)}" for one in shown)] if shown else []
    if not overview.costs:
        lines = ["Belum ada biaya tercatat, jadi CAC belum ada data. Tambah dengan tombol di bawah."]
    if overview.beside:
        lines += ["", *(f"Tidak dihitung di sini: {_cost_line(one, period)}" for one in overview.beside[:5])]
    options = [Option(str(one.id), clip(_cost_line(one, period, plain=True), 95)) for one in shown]
    selects = [Select(custom_id("target:cost_drop", period.code), "Hapus satu baris", options)] if options else []
    add = Button(custom_id("target:cost_open", period.code), "Tambah biaya", ButtonStyle.PRIMARY)
    look = Button(custom_id("target:plan", period.code), "Lihat hasil")
    return Message(
        title=f"Biaya akuisisi {period.label}",
        description="\n".join(lines)[:4_000],
        colour=INFO,
        selects=selects,
        buttons=[[add, look]],
    )


def cost_form(period: Period) -> FormSpec:
    """A new budget line."""
    return FormSpec(
        f"Biaya {period.label}",
        (
            ChoiceField("strategy", "Strategi", _STRATEGIES),
            TextField("amount", "Biaya", "Rupiah bulat.", "1,5jt atau 750rb", 40),
            TextField("note", "Keterangan", "Untuk apa.", "Hadiah webinar Februari", NOTE_LENGTH, required=False),
        ),
    )


def cost_dropped(cost: Cost) -> str:
    """What a removed line said, so that a slip can be put right."""
    return f"Baris ini dihapus: {_cost_line(cost, None)}"


def newcomers(found: Sequence[Newcomer], total: int, period: Period) -> Message:
    """A page of new accounts whose way nobody has told."""
    if not total:
        return Message(
            title=f"Asal kreator baru {period.label}",
            description="Semua kreator baru di periode ini sudah ditandai, atau belum ada yang baru.",
            colour=INFO,
        )
    lines = [
        f"• @{escape_markdown(one.username)} · {one.platform.label} · {_day(one.created_at)} · "
        f"{_SOURCES.get(one.source, escape_markdown(one.source))}"
        + (f" · kira-kira **{one.guess.indonesian}**" if one.guess else "")
        for one in found
    ]
    about = (
        f"{format_number(total)} kreator baru belum ditandai. Perkiraan bot ikut dihitung sampai kamu menandainya; "
        "yang tanpa perkiraan tidak ikut target per strategi."
    )
    options = [
        Option(str(one.creator_id), clip(f"@{one.username}", 95), f"{one.platform.label} · {_day(one.created_at)}")
        for one in found
    ]
    pick = Select(custom_id("target:choose"), "Pilih yang asalnya sama", options, at_most=len(options))
    return Message(
        title=f"Asal kreator baru {period.label}",
        description="\n".join([about, "", *lines])[:4_000],
        colour=INFO,
        selects=[pick] if options else [],
    )


def mark_form(count: int, known: Mark | None) -> FormSpec:
    """What brought one or several accounts."""
    return FormSpec(
        "Asal kreator" if count == 1 else f"Asal {count} kreator",
        (
            ChoiceField(
                "strategy",
                "Strategi",
                (*_STRATEGIES, (UNKNOWN, "Belum diketahui (hapus tanda)")),
                default=(known.strategy.value,) if known else (),
            ),
            TextField(
                "note",
                "Kegiatan atau yang mengajak",
                placeholder="Webinar 12 Februari, atau diajak @sari",
                max_length=NOTE_LENGTH,
                required=False,
                default=known.note if known else "",
            ),
        ),
    )


def marked(count: int, strategy: Strategy | None) -> str:
    """Accounts were marked."""
    if strategy is None:
        return (
            f"Tanda asal {count} kreator dihapus."
            if count
            else "Memang belum ada tandanya, jadi tidak ada yang berubah."
        )
    if not count:
        return "Kreator ini sudah tidak ada di database. Cari lagi dengan /kol cari."
    return f"{count} kreator ditandai datang lewat **{strategy.indonesian}**. Hasil target ikut berubah."


def plan_query(period: Period) -> Mapping[str, Any]:
    """What the lists of a period keep."""
    return {"code": period.code}


def _cost_line(one: Cost, viewed: Period | None, *, plain: bool = False) -> str:
    when = "" if one.period == viewed else f"{one.period.label} · "
    note = one.note if plain else escape_markdown(one.note)
    return f"{when}{one.strategy.indonesian} · {format_rupiah(one.amount)}" + (f" · {note}" if note else "")


def _day(at: int) -> str:
    return f"{from_timestamp(at).astimezone(JAKARTA):%d/%m}"
