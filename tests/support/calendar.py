"""What staff do with the content calendar, step by step, as their Discord app would."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.content_calendar.models import Entry
from bot.platform.clock import JAKARTA
from tests.support.server import Server, message_of

SHEET = Path(__file__).resolve().parents[1] / "data" / "kalender_konten.csv"
HEADER = "NO,Date,Focus,Strategy,Media,Section,Directive to Post,Reference,Content,Caption"


def today(server: Server) -> datetime:
    """Now as people in Jakarta read it."""
    return server.services.clock.today()


def written(day: datetime) -> str:
    """A moment as staff type it."""
    return f"{day.day}/{day.month}/{day.year} {day:%H.%M}"


def sheet_of(*rows: tuple[Any, ...]) -> bytes:
    """A CSV in the layout of the calendar; short rows are filled with blanks."""
    lines = [HEADER]
    for row in rows:
        cells = [*row, *[""] * (10 - len(row))]
        lines.append(",".join('"' + str(cell).replace('"', '""') + '"' for cell in cells))
    return "\n".join(lines).encode()


async def kalender(server: Server, staff: MemberActor, command: str, **options: Any) -> InteractionResult:
    """A /kalender command in the staff channel."""
    return await staff.slash(server.channel("staf-kol"), f"kalender {command}", **options)


async def send_sheet(
    server: Server, staff: MemberActor, data: bytes, *, year: int, hour: str = "19.00", name: str = "kalender.csv"
) -> InteractionResult:
    """/kalender impor with year and hour; the answer is the preview."""
    return await kalender(server, staff, "impor", berkas=(name, data), tahun=year, jam=hour)


async def decide(
    staff: MemberActor, preview: InteractionResult, value: str, *, choice: str = "", typed: str = ""
) -> InteractionResult:
    """Answer one question of a preview: `value` is `row index:number of the question`."""
    shown = await staff.select(message_of(preview), [value], custom_id=ask_id(preview))
    assert shown.modal is not None, "no form was opened"
    answers: dict[str, Any] = {"choice": [choice] if choice else []}
    if typed or not choice:
        answers["typed"] = typed
    return await staff.submit_modal(shown, answers)


def ask_id(preview: InteractionResult) -> str:
    """The custom_id of the select that asks."""
    return next(item for item in selects_of(preview) if ":ask:" in item)


def selects_of(shown: InteractionResult) -> dict[str, list[str]]:
    """The selects of an answer: their options' values by custom_id."""
    found: dict[str, list[str]] = {}
    for row in message_of(shown).components:
        raw: Any = row if isinstance(row, dict) else row.to_dict()  # type: ignore[union-attr]
        for item in raw.get("components", []):
            if "options" in item:
                found[item["custom_id"]] = [option["value"] for option in item["options"]]
    return found


async def add(
    server: Server,
    staff: MemberActor,
    when: datetime,
    caption: str = "Halo semua!",
    *,
    channel: str = "bantuan",
    media: str = "community",
    headline: str = "",
) -> Entry:
    """/kalender tambah, its form, and Jadwalkan; the entry."""
    shown = await kalender(server, staff, "tambah", channel=server.channel(channel))
    values = {
        "when": written(when),
        "media": [media],
        "focus": ["engagement"],
        "headline": headline,
        "caption": caption,
    }
    panel = await staff.submit_modal(shown, values)
    await staff.click(message_of(panel), label="Jadwalkan")
    return await newest(server)


async def newest(server: Server) -> Entry:
    """The entry with the highest id."""
    row = await server.services.database.read.fetch_one("SELECT max(id) AS id FROM calendar_entry")
    assert row is not None
    return await server.services.calendar.get(row["id"])


async def entries(server: Server) -> list[Entry]:
    """All entries in the order of their ids."""
    rows = await server.services.database.read.fetch_all("SELECT id FROM calendar_entry ORDER BY id")
    return [await server.services.calendar.get(row["id"]) for row in rows]


def at(server: Server, days: int, hour: int = 19, minute: int = 0) -> datetime:
    """So many days from now at an hour (WIB)."""
    return (
        (today(server) + timedelta(days=days))
        .astimezone(JAKARTA)
        .replace(hour=hour, minute=minute, second=0, microsecond=0)
    )


async def until(server: Server, when: datetime, seconds: float = 1) -> None:
    """Let the clock run until just after an instant."""
    left = when.timestamp() - server.services.clock.now().timestamp() + seconds
    await server.env.advance_time(max(0.0, left))
    await server.env.settle()
