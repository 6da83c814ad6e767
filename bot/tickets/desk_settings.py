"""How the help desk works: hours, targets, limits, read from data/help_desk.json."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, Final

from bot.platform.errors import ConfigurationError
from bot.platform.indonesian.holidays import load as load_calendar
from bot.platform.indonesian.working_time import WorkingTime
from bot.tickets.models import Priority, Stage

FILE: Final = Path(__file__).resolve().parents[2] / "data" / "help_desk.json"


@dataclass(frozen=True, slots=True)
class Target:
    """Working seconds until the first reply and until the solution."""

    response: int
    resolution: int


@dataclass(frozen=True)
class DeskSettings:
    """Everything about the help desk that the team may want to change without code. Days are calendar days."""

    working_time: WorkingTime
    targets: Mapping[Priority, Target]
    warn_at_percent: int
    stage_priority: Mapping[Stage, Priority]
    open_tickets_per_creator: int
    silence_warn_days: int
    silence_close_days: int
    resolved_close_days: int
    reopen_days: int


def load(path: Path = FILE) -> DeskSettings:
    """Read the file. Raises ConfigurationError naming what is wrong in it."""
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        hours = raw["working_hours"]
        days = {
            name: _positive(raw[name], name)
            for name in (
                "open_tickets_per_creator",
                "silence_warn_days",
                "silence_close_days",
                "resolved_close_days",
                "reopen_days",
            )
        }
        return DeskSettings(
            working_time=WorkingTime(
                load_calendar(joint_leave_is_off=bool(hours["joint_leave_is_off"])),
                time.fromisoformat(hours["opens"]),
                time.fromisoformat(hours["closes"]),
            ),
            targets={priority: _target(raw["targets_minutes"][priority.value]) for priority in Priority},
            warn_at_percent=min(99, _positive(raw["warn_at_percent"], "warn_at_percent")),
            stage_priority={stage: Priority(raw["stage_priority"][stage.value]) for stage in Stage},
            **days,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{path.name} tidak bisa dipakai: {error}.") from None


def _target(raw: Mapping[str, Any]) -> Target:
    return Target(_positive(raw["response"], "response") * 60, _positive(raw["resolution"], "resolution") * 60)


def _positive(value: Any, name: str) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"{name} harus bilangan bulat mulai dari 1")
    return value
