"""How content collaborations look to staff."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot.collaborations.models import Collaboration, Status
from bot.collaborations.rules import MOVES
from bot.platform.audit import Entry
from bot.platform.indonesian import format_date
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id, link_button
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import one_line

PER_PAGE = 8
_STEPS_SHOWN = 8
_IDEA_SHOWN = 100
_COLOURS = {
    Status.IDEA: WARNING,
    Status.AGREED: PRIMARY,
    Status.MAKING: PRIMARY,
    Status.POSTED: SUCCESS,
    Status.CANCELLED: NEUTRAL,
}
_STEPS = {"begun": "Dicatat", "changed": "Diubah", **{status.value: status.indonesian for status in Status}}
_LABELS = {
    Status.IDEA: "Kembali jadi ide",
    Status.AGREED: "Disepakati",
    Status.MAKING: "Mulai produksi",
    Status.POSTED: "Sudah tayang",
    Status.CANCELLED: "Batalkan",
}
_BACK = {
    (Status.MAKING, Status.AGREED): "Kembali ke disepakati",
    (Status.POSTED, Status.MAKING): "Kembali ke produksi",
}
_STYLES = {Status.POSTED: ButtonStyle.SUCCESS, Status.AGREED: ButtonStyle.PRIMARY, Status.MAKING: ButtonStyle.PRIMARY}


def panel(one: Collaboration, history: Sequence[Entry], note: str = "") -> Message:
    """One collaboration with what can be done next."""
    plan = one.plan
    fields = [
        Field("Status", one.status.indonesian),
        Field("Kreator", escape_markdown(plan.creator_name) if plan.creator_name else "Belum dipilih"),
        Field("Rencana tayang", format_date(plan.planned_on) if plan.planned_on else "Belum ditentukan"),
        Field("Pesan brand", escape_markdown(plan.message), inline=False),
    ]
    if one.reason:
        fields.append(Field("Alasan batal", escape_markdown(one.reason), inline=False))
    fields.append(Field("Riwayat", "\n".join(map(_step, history[-_STEPS_SHOWN:])) or "-", inline=False))
    missing = ""
    if plan.creator_name is None and one.status is Status.IDEA:
        missing = "\n\n**Berikutnya:** pilih kreatornya dengan /kolaborasi kreator."
    return Message(
        content=note,
        title=f"Kolaborasi {one.id}",
        description=escape_markdown(plan.idea) + missing,
        colour=_COLOURS[one.status],
        fields=fields,
        buttons=_buttons(one),
    )


def listing(found: Sequence[Collaboration], total: int, status: Status | None) -> Message:
    """Collaborations, what is planned soonest first."""
    fields = [
        Field(
            f"{one.id}. {_short(one.plan.idea)}",
            " · ".join(
                [
                    one.status.indonesian,
                    escape_markdown(one.plan.creator_name) if one.plan.creator_name else "belum ada kreator",
                    *([format_date(one.plan.planned_on, weekday=False)] if one.plan.planned_on else []),
                    *([one.link] if one.link else []),
                ]
            ),
            inline=False,
        )
        for one in found
    ]
    options = [Option(str(one.id), f"{one.id}. {_short(one.plan.idea)}"[:100], one.status.indonesian) for one in found]
    empty = "" if found else "Belum ada kolaborasi di sini. Catat idenya dengan /kolaborasi buat."
    return Message(
        title=f"{total} kolaborasi" + (f" · {status.indonesian}" if status else ""),
        description=empty,
        colour=PRIMARY,
        fields=fields,
        selects=[Select(custom_id("collaboration:pick"), "Buka kolaborasi", options)] if options else [],
    )


def _buttons(one: Collaboration) -> list[list[Button]]:
    statuses = list(Status)
    moves = [
        Button(
            custom_id("collaboration:move", one.id, one.version, statuses.index(status)),
            _BACK.get((one.status, status), _LABELS[status]),
            ButtonStyle.DANGER if status is Status.CANCELLED else _style(one.status, status),
        )
        for status in MOVES[one.status]
    ]
    rest: list[Button] = []
    if one.status is not Status.CANCELLED:
        rest.append(Button(custom_id("collaboration:edit", one.id, one.version), "Ubah isi"))
    if one.link:
        rest.append(link_button(one.link, "Buka konten"))
    return [row for row in (moves, rest) if row]


def _style(before: Status, after: Status) -> ButtonStyle:
    return ButtonStyle.SECONDARY if (before, after) in _BACK else _STYLES.get(after, ButtonStyle.SECONDARY)


def _step(step: Entry) -> str:
    by = f" oleh <@{step.actor_id}>" if step.actor_id else ""
    return f"<t:{step.at}:f> {_STEPS.get(step.action.partition('.')[2], step.action)}{by}"


def _short(idea: str) -> str:
    text = one_line(idea)
    return text if len(text) <= _IDEA_SHOWN else text[: _IDEA_SHOWN - 1] + "…"
