"""Targets, strategies, costs and growth as a workbook."""

from bot.acquisition.models import Cost
from bot.acquisition.rules import Outcome, WayResult
from bot.acquisition.service import Growth, Overview
from bot.acquisition.wording import NO_DATA, NO_PLAN, UNMARKED
from bot.platform.indonesian.months import format_month
from bot.platform.spreadsheet_files import Percent, Sheet, Writable, write_xlsx

TARGETS = (
    "Periode",
    "Platform",
    "Niche",
    "Tier",
    "Wilayah",
    "Strategi",
    "Target",
    "Kreator baru",
    "Capaian",
    "Waktu berjalan",
    "Keterangan",
)
WAYS = ("Strategi", "Kreator baru", "Biaya (Rp)", "CAC (Rp per kreator baru)")
COSTS = ("Periode", "Strategi", "Biaya (Rp)", "Keterangan", "Dihitung di CAC")


def export(overview: Overview, growth: Growth) -> bytes:
    """The workbook of a period. Call it off the event loop."""
    label = overview.period.label
    return write_xlsx(
        [
            Sheet("Target", [f"Target akuisisi {label}"], TARGETS, [_target(one) for one in overview.outcomes]),
            Sheet("Strategi", [f"Strategi dan CAC {label}"], WAYS, [_way(one) for one in overview.ways]),
            Sheet("Biaya", [f"Biaya akuisisi {label}"], COSTS, _costs(overview)),
            Sheet("Pertumbuhan", ["Kreator baru per bulan"], *_growth(growth)),
        ]
    )


def _target(one: Outcome) -> list[Writable]:
    aim = one.target.aim
    return [
        one.target.period.label,
        aim.platform.label if aim.platform else "Semua",
        aim.niche.indonesian if aim.niche else "Semua",
        aim.tier.label if aim.tier else "Semua",
        aim.region or "Semua",
        aim.strategy.indonesian if aim.strategy else "Semua",
        one.target.wanted,
        one.done,
        Percent(one.achieved),
        Percent(one.elapsed),
        one.standing.indonesian,
    ]


def _way(one: WayResult) -> list[Writable]:
    name = one.strategy.indonesian if one.strategy else UNMARKED
    cost_each = one.cost_each
    return [
        name,
        one.count,
        NO_DATA if one.cost is None else one.cost,
        NO_DATA if cost_each is None else cost_each,
    ]


def _costs(overview: Overview) -> list[list[Writable]]:
    def row(one: Cost, counted: str) -> list[Writable]:
        return [one.period.label, one.strategy.indonesian, one.amount, one.note, counted]

    return [*(row(one, "Ya") for one in overview.costs), *(row(one, "Tidak") for one in overview.beside)]


def _growth(growth: Growth) -> tuple[list[str], list[list[Writable]]]:
    header = ["Bulan"]
    for one in growth.platforms:
        header += [one.platform.label, f"Target {one.platform.label}"]
    rows: list[list[Writable]] = []
    for index, month in enumerate(growth.months):
        row: list[Writable] = [format_month(month.first)]
        for one in growth.platforms:
            goal = one.goals[index]
            row += [one.counts[index], NO_PLAN if goal is None else goal]
        rows.append(row)
    return header, rows
