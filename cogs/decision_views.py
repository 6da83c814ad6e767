"""How a brand's decisions look to staff: the whole shortlist, and one creator of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from discord.utils import escape_markdown

from bot.offers.models import Choice, Decided, Decision, Decisions, OfferState
from bot.offers.rules import UNDER_WAY
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import DANGER, PRIMARY, SUCCESS, WARNING
from bot.platform.text import bulleted
from bot.shortlists.models import Shortlist
from bot.suggestions.models import Suggestion
from bot.suggestions.service import sentence

PER_PAGE = 25
_COLOURS = {Choice.CHOSEN: SUCCESS, Choice.RESERVE: WARNING, Choice.REJECTED: DANGER, Choice.OPEN: PRIMARY}
_STYLES = {
    Choice.CHOSEN: ButtonStyle.SUCCESS,
    Choice.RESERVE: ButtonStyle.SECONDARY,
    Choice.REJECTED: ButtonStyle.DANGER,
    Choice.OPEN: ButtonStyle.SECONDARY,
}
_LABELS = {Choice.CHOSEN: "Terpilih", Choice.RESERVE: "Cadangan", Choice.REJECTED: "Ditolak", Choice.OPEN: "Buka lagi"}


def overview(found: Decisions, people: Sequence[Decided], suggestions: Sequence[Suggestion], note: str = "") -> Message:
    """Who was chosen, is in reserve, was rejected; `people` are those of this page, for the select."""
    blocks = [
        Field(f"{choice.indonesian} ({len(found.of(choice))})", bulleted(lines), inline=False)
        for choice in Choice
        if (lines := [_line(one) for one in found.of(choice)])
    ]
    if suggestions:
        blocks.append(Field("Saran untuk kampanye ini", bulleted([sentence(one) for one in suggestions]), inline=False))
    options = [_option(one) for one in people]
    undecided = any(one.rank is not None for one in found.of(Choice.OPEN))
    many = Button(custom_id("decision:many", found.shortlist.id), "Catat keputusan", ButtonStyle.PRIMARY)
    buttons = [many] if undecided else []
    empty = "Shortlist ini kosong. Longgarkan syaratnya, atau sematkan kreator." if not found.people else ""
    return Message(
        content=note,
        title=f"Keputusan brand: {found.shortlist.title}"[:256],
        description=empty or "Kreator terpilih bisa ditawari; penolakan tersimpan di riwayatnya.",
        colour=PRIMARY,
        fields=blocks,
        selects=[Select(custom_id("decision:open", found.shortlist.id), "Buka satu kreator", options)]
        if options
        else [],
        buttons=[buttons] if buttons else [],
    )


def person(shortlist: Shortlist, one: Decided, history: Sequence[Decision], note: str = "") -> Message:
    """One creator with every decision there was, and what can be done."""
    record = one.creator.record
    seen = one.decision.id if one.decision else 0
    place = f"Peringkat {one.rank}" if one.rank else "Tidak masuk daftar" if one.listed else "Tidak di versi terbaru"
    fields = [Field("Keputusan", one.choice.indonesian), Field("Di shortlist", place)]
    if one.offer is not None:
        fields.append(Field("Tawaran", one.offer.state.indonesian))
    if history:
        fields.append(Field("Riwayat keputusan", bulleted([_decided(step) for step in history[-10:]]), inline=False))
    choices = [
        Button(
            custom_id("decision:set", shortlist.id, one.creator.id, seen, list(Choice).index(choice)),
            _LABELS[choice],
            _STYLES[choice],
        )
        for choice in Choice
        if choice is not one.choice
    ]
    return Message(
        content=note,
        title=f"@{record.username} ({record.platform.label})"[:256],
        description=f"Di shortlist “{escape_markdown(shortlist.title)}”",
        colour=_COLOURS[one.choice],
        fields=fields,
        buttons=[choices, _following(shortlist, one)],
    )


def noted(kept: Mapping[int, Choice], earlier: Mapping[int, Decision]) -> str:
    """What became of a form for several creators."""
    parts = [f"**{len(kept)} keputusan tercatat.**"]
    if earlier:
        parts.append(f"{len(earlier)} kreator sudah diputuskan orang lain barusan, jadi tidak diubah.")
    return " ".join(parts)


def _following(shortlist: Shortlist, one: Decided) -> list[Button]:
    row: list[Button] = []
    offer = one.offer
    if offer is not None:
        row.append(Button(custom_id("offer:open", offer.id), "Lihat tawaran", ButtonStyle.PRIMARY))
    if one.choice is Choice.CHOSEN and (offer is None or offer.state not in UNDER_WAY):
        again = "Buat tawaran" if offer is None else "Tawarkan lagi"
        row.append(Button(custom_id("offer:new", shortlist.id, one.creator.id), again, ButtonStyle.PRIMARY))
    if one.application_id is not None:
        row.append(Button(custom_id("shortlist:applicant", one.application_id), "Putuskan lamaran"))
    return [*row, Button(custom_id("decision:list", shortlist.id), "Semua keputusan")]


def _line(one: Decided) -> str:
    record = one.creator.record
    offer = f" · tawaran: {_short(one.offer.state)}" if one.offer else ""
    gone = "" if one.listed else " · tidak di versi terbaru"
    why = f": {escape_markdown(one.decision.reason)}" if one.decision and one.decision.reason else ""
    return f"@{escape_markdown(record.username)} ({record.platform.label}){offer}{gone}{why}"


def _short(state: OfferState) -> str:
    text = state.indonesian
    return text[0].lower() + text[1:]


def _option(one: Decided) -> Option:
    record = one.creator.record
    place = f"{one.rank}. " if one.rank else ""
    offer = f" · tawaran: {_short(one.offer.state)}" if one.offer else ""
    return Option(
        str(one.creator.id), f"{place}@{record.username} ({record.platform.label})", f"{one.choice.indonesian}{offer}"
    )


def _decided(step: Decision) -> str:
    by = f" oleh <@{step.decided_by}>" if step.decided_by else ""
    why = f": {escape_markdown(step.reason)}" if step.reason else ""
    return f"<t:{step.decided_at}:f> {step.choice.indonesian} (versi {step.revision}){by}{why}"
