"""How suggestions look to staff."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot.platform.messages import Button, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import one_line
from bot.suggestions.models import Suggestion, Tone

PER_PAGE = 8
_SHOWN = 200
_COLOURS = {Tone.RECOMMEND: SUCCESS, Tone.CONSIDER: PRIMARY, Tone.CAUTION: WARNING}


def detail(one: Suggestion, note: str = "") -> Message:
    """One suggestion, with the button that closes it."""
    about = "Kreator" if one.creator_id is not None else "Kampanye"
    by = f"<@{one.made_by}> " if one.made_by else ""
    fields = [
        Field(about, escape_markdown(one.subject)),
        Field("Jenis", one.tone.label),
        Field("Dari", f"{by}<t:{one.made_at}:f>"),
    ]
    if one.outcome:
        who = f"<@{one.closed_by}> " if one.closed_by else ""
        fields.append(Field("Hasil", f"{escape_markdown(one.outcome)}\n{who}<t:{one.closed_at}:f>", inline=False))
    row: list[Button] = []
    if one.is_open:
        row.append(Button(custom_id("suggestion:close", one.id), "Tutup saran"))
    return Message(
        content=note,
        title=f"Saran {one.id}",
        description=escape_markdown(one.text),
        colour=_COLOURS[one.tone] if one.is_open else NEUTRAL,
        fields=fields,
        buttons=[row] if row else [],
    )


def listing(found: Sequence[Suggestion], total: int, *, closed: bool) -> Message:
    """Suggestions, the latest first."""
    fields = [Field(f"{one.id}. {one.subject} · {one.tone.label}"[:256], _short(one), inline=False) for one in found]
    options = [
        Option(str(one.id), f"{one.id}. {one.subject}", f"{one.tone.label}: {one_line(one.text)}") for one in found
    ]
    empty = "Belum ada saran. Tulis dengan /saran kreator atau /saran kampanye."
    if closed:
        empty = "Belum ada saran yang ditutup."
    return Message(
        title=f"{total} saran {'yang sudah ditutup' if closed else 'yang berlaku'}",
        description="" if found else empty,
        colour=PRIMARY,
        fields=fields,
        selects=[Select(custom_id("suggestion:open"), "Buka saran", options)] if options else [],
    )


def _short(one: Suggestion) -> str:
    text = one_line(one.text)
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    by = f"<@{one.made_by}> · " if one.made_by else ""
    return f"{escape_markdown(text)}\n{by}<t:{one.made_at}:d>"
