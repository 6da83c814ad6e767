"""How incidents look to staff, and the forms they are written in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.incidents.models import Incident, Progress, Standing
from bot.incidents.service import MESSAGE_LENGTH, TITLE_LENGTH
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import clip
from bot.tickets.models import Stage
from bot.tickets.rules import CONCLUSION_LENGTH
from cogs.ui.forms import FormSpec, TextField

_EXCERPT = 200


def opening_form(stage: Stage, waiting: int | None) -> FormSpec:
    """What is out of order. `waiting`: so many open tickets will join, None when none are to."""
    told = "Dibaca kreator yang bertanya soal ini" + (f", dan {waiting} tiket yang digabung" if waiting else "")
    return FormSpec(
        f"Gangguan: {stage.indonesian}",
        (
            TextField(
                "title",
                "Nama gangguan",
                "Misalnya: Penarikan ke BCA tertunda",
                max_length=TITLE_LENGTH.stop - 1,
            ),
            TextField(
                "message",
                "Kabar untuk kreator",
                f"{told}.",
                placeholder="Apa yang terganggu, sejak kapan, apa yang perlu atau tidak perlu dilakukan.",
                max_length=MESSAGE_LENGTH.stop - 1,
                paragraph=True,
            ),
        ),
    )


def update_form(incident: Incident, open_tickets: int) -> FormSpec:
    """News for everybody who waits."""
    hint = f"Masuk ke {format_number(open_tickets)} thread tiket, dan dibaca yang baru bertanya."
    field = TextField("text", "Kabar terbaru", hint, max_length=MESSAGE_LENGTH.stop - 1, paragraph=True)
    return FormSpec("Kabar gangguan", (field,))


def closing_form(incident: Incident, open_tickets: int) -> FormSpec:
    """What it was."""
    hint = f"Menyelesaikan {format_number(open_tickets)} tiket. Kata sehari-hari: penyebab dan yang perlu dilakukan."
    field = TextField("text", "Kesimpulan untuk kreator", hint, max_length=CONCLUSION_LENGTH.stop - 1, paragraph=True)
    return FormSpec("Tutup gangguan", (field,))


def listed(page: Sequence[Standing], total: int) -> Message:
    """A page of incidents, open ones first."""
    return Message(
        title=f"{total} gangguan tercatat" if total else "Belum pernah ada gangguan tercatat",
        description="Yang masih terbuka di atas. Pilih satu untuk memberi kabar atau menutupnya."
        if total
        else "Banyak kreator kena hal yang sama? Buka satu gangguan dengan /insiden buka.",
        colour=PRIMARY if total else NEUTRAL,
        fields=[Field(_heading(one), _summary(one), inline=False) for one in page],
        selects=[
            Select(
                custom_id("incident:show"),
                "Buka gangguan",
                [Option(str(one.incident.id), one.incident.title, _state(one.incident)) for one in page],
            )
        ]
        if page
        else [],
    )


def card(standing: Standing, *, said: str = "") -> Message:
    """One incident with what can be done about it."""
    incident = standing.incident
    fields = [
        Field("Tahap", incident.stage.indonesian),
        Field("Keadaan", _state(incident)),
        Field("Tiket", _tickets(standing)),
    ]
    if incident.conclusion is not None:
        fields.append(Field("Kesimpulan", clip(incident.conclusion, 1024), inline=False))
    if standing.rounds:
        fields.append(Field("Yang sedang dan sudah dikirim", "\n".join(map(_round, standing.rounds)), inline=False))
    refresh = Button(custom_id("incident:refresh", incident.id), "Segarkan")
    buttons = [refresh]
    if incident.is_open:
        buttons = [
            Button(custom_id("incident:update", incident.id), "Beri kabar", ButtonStyle.PRIMARY),
            Button(custom_id("incident:close", incident.id), "Tutup gangguan", ButtonStyle.DANGER),
            refresh,
        ]
    return Message(
        content=said,
        title=incident.title,
        description=incident.message,
        colour=WARNING if incident.is_open else SUCCESS,
        fields=fields,
        footer=f"Gangguan {incident.id}" + ("" if incident.is_open else " · sudah ditutup"),
        buttons=[buttons],
    )


def close_question(standing: Standing) -> str:
    """Asked before an incident is closed."""
    title, count = standing.incident.title, standing.open_tickets
    if not count:
        return f"Tutup gangguan “{title}”? Tidak ada tiket terbuka di dalamnya. Kesimpulannya ditulis setelah ini."
    return (
        f"Tutup gangguan “{title}”? **{format_number(count)} tiket** diselesaikan bersama, dan kreatornya membaca satu "
        "kesimpulan yang kamu tulis setelah ini. Ini tidak bisa ditarik kembali."
    )


def _heading(standing: Standing) -> str:
    return f"{'⚠️ ' if standing.incident.is_open else ''}{standing.incident.title}"


def _summary(standing: Standing) -> str:
    lines = [
        f"{standing.incident.stage.indonesian} · {_state(standing.incident)} · {_tickets(standing)}",
        clip(standing.incident.conclusion or standing.incident.message, _EXCERPT),
    ]
    return "\n".join([*lines, *(_round(one) for one in standing.rounds if one.round.finished_at is None)])


def _state(incident: Incident) -> str:
    return "terbuka" if incident.is_open else "ditutup"


def _tickets(standing: Standing) -> str:
    return f"{format_number(standing.tickets)} tiket, {format_number(standing.open_tickets)} masih terbuka"


def _round(progress: Progress) -> str:
    """`Mengirim kabar <t:…:R>: 150 dari 200 tiket` or, when it is done, how many it reached."""
    done, what = progress.round, progress.round.kind.indonesian
    if done.finished_at is not None:
        return f"{what} <t:{done.created_at}:R>: selesai, {format_number(done.reached)} tiket"
    total = done.reached + progress.left
    return f"{what} <t:{done.created_at}:R>: {format_number(done.reached)} dari {format_number(total)} tiket"
