"""What a period's figures look like to people: facts for the cards, and the sentence that sums them up."""

from dataclasses import asdict
from typing import Any

from babel.dates import format_date as babel_format_date

from bot.acquisition import rules
from bot.acquisition.cards import GrowthCard, GrowthRow, PlanCard, TargetRow, WayRow
from bot.acquisition.models import Period
from bot.acquisition.rules import Outcome, PlatformGrowth, Standing, WayResult
from bot.acquisition.service import Growth, Overview
from bot.platform.indonesian import format_count, format_number, format_percent, format_rupiah
from bot.platform.palette import Tone

NO_DATA = "belum ada data"
NO_PLAN = "belum ada target"
UNMARKED = "Belum diketahui asalnya"
TONES = {
    Standing.REACHED: Tone.GOOD,
    Standing.ON_PACE: Tone.INFO,
    Standing.BEHIND: Tone.WARN,
    Standing.MISSED: Tone.BAD,
    Standing.WAITING: Tone.NEUTRAL,
}


def plan_card(overview: Overview, number: int, per_page: int) -> PlanCard:
    """A page (from 1) of targets; the strategies stand on the first."""
    first = (number - 1) * per_page
    shown = overview.outcomes[first : first + per_page]
    best = rules.strongest(overview.ways)
    ways = [_way(one, best=one in best) for one in overview.ways] if number == 1 else []
    reached = sum(one.standing is Standing.REACHED for one in overview.outcomes)
    below = f"{figure(overview.total)} kreator baru"
    if overview.outcomes:
        below += f", {reached} dari {len(overview.outcomes)} target tercapai"
    targets = tuple(_target(one, overview.period) for one in shown)
    return PlanCard(f"Target akuisisi {overview.period.label}", below, targets, tuple(ways))


def growth_card(growth: Growth) -> GrowthCard:
    """Twelve months of every platform."""
    last = growth.months[-1]
    months = tuple(babel_format_date(one.first, "MMM yy", locale="id_ID") for one in growth.months)
    planned = any(goal for one in growth.platforms for goal in one.goals)
    below = "Garis putih: target platform itu." if planned else "Belum ada target per platform (/target atur)."
    return GrowthCard(f"Kreator baru sampai {last.label}", below, months, tuple(map(_platform, growth.platforms)))


def facts(card: PlanCard | GrowthCard) -> dict[str, Any]:
    """The card's facts for a message."""
    return asdict(card)


def plan_card_of(kept: dict[str, Any]) -> PlanCard:
    """The card of a message's facts."""
    targets = tuple(
        TargetRow(row["name"], row["about"], row["figures"], row["share"], row["pace"], Tone(row["tone"]))
        for row in kept["targets"]
    )
    ways = tuple(WayRow(row["name"], _three(row["figures"]), _three(row["known"]), row["best"]) for row in kept["ways"])
    return PlanCard(kept["title"], kept["below"], targets, ways)


def growth_card_of(kept: dict[str, Any]) -> GrowthCard:
    """The card of a message's facts."""
    rows = tuple(
        GrowthRow(row["name"], row["about"], tuple(row["counts"]), tuple(row["written"]), tuple(row["goals"]))
        for row in kept["rows"]
    )
    return GrowthCard(kept["title"], kept["below"], tuple(kept["months"]), rows)


def summary(overview: Overview) -> list[str]:
    """What the figures say, one sentence a line."""
    lines: list[str] = []
    best = rules.strongest(overview.ways)
    if best:
        names = " dan ".join(f"**{one.strategy.indonesian}**" for one in best if one.strategy)
        lines.append(f"Paling banyak membawa kreator: {names} ({figure(best[0].count)} kreator baru).")
    paid = rules.together(overview.ways)
    if paid.cost is None:
        lines.append("CAC: belum ada data. Catat biayanya dengan **Biaya**.")
    elif paid.cost_each is None:
        lines.append(f"CAC: belum ada data. {format_rupiah(paid.cost)} tercatat, belum ada kreator dari strateginya.")
    else:
        lines.append(
            f"CAC: **{format_rupiah(paid.cost_each)}** per kreator baru ({format_rupiah(paid.cost)} untuk"
            f" {figure(paid.count)} kreator dari strategi yang biayanya tercatat)."
        )
    if overview.beside:
        total = sum(one.amount for one in overview.beside)
        longer = overview.beside[0].period.label
        lines.append(f"{format_rupiah(total)} biaya {longer} tidak ikut dihitung di sini: lihat {longer}.")
    unknown = next((one.count for one in overview.ways if one.strategy is None), 0)
    if unknown:
        lines.append(f"{figure(unknown)} kreator baru belum diketahui asalnya. Tandai dengan **Tandai asal**.")
    return lines


def figure(number: int) -> str:
    """A count for people; millions are shortened."""
    return format_number(number) if number < 1_000_000 else format_count(number)


def money(amount: int | None) -> str:
    """An amount for people."""
    return NO_DATA if amount is None else format_rupiah(amount)


def _three(values: list[Any]) -> tuple[Any, Any, Any]:
    first, second, third = values
    return first, second, third


def _target(one: Outcome, viewed: Period) -> TargetRow:
    period = one.target.period
    parts = [period.label] if period != viewed else []
    parts += [format_percent(one.achieved, 0), one.standing.indonesian]
    if 0 < one.elapsed < 1:
        parts.append(f"{format_percent(one.elapsed, 0)} waktu berjalan")
    return TargetRow(
        one.target.aim.label,
        " · ".join(parts),
        f"{figure(one.done)} / {figure(one.target.wanted)}",
        float(min(one.achieved, 1)),
        float(one.elapsed),
        TONES[one.standing],
    )


def _way(one: WayResult, *, best: bool) -> WayRow:
    name = one.strategy.indonesian if one.strategy else UNMARKED
    if one.strategy is None:
        # Nothing is spent on a way nobody knows.
        return WayRow(name, (figure(one.count), "–", "–"), (one.count > 0, False, False))
    known = (one.count > 0, one.cost is not None, one.cost_each is not None)
    return WayRow(name, (figure(one.count), money(one.cost), money(one.cost_each)), known, best)


def _platform(one: PlatformGrowth) -> GrowthRow:
    about = f"{format_count(one.total)} akun, {format_count(one.counts[-1])} bulan terakhir"
    written = tuple(format_number(count) if count < 10_000 else format_count(count) for count in one.counts)
    return GrowthRow(one.platform.label, about, one.counts, written, one.goals)
