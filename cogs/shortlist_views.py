"""How shortlists look to staff: a page with its picture, and one creator's score line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from discord.utils import escape_markdown

from bot.platform.indonesian import format_count, format_number, format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Picture, Select, custom_id
from bot.platform.palette import PRIMARY, WARNING
from bot.platform.text import bulleted, clip
from bot.shortlists import cards
from bot.shortlists.cards import Criterion, ShortlistCard, ShortlistRow
from bot.shortlists.models import Entry, RateSource, Shortlist
from bot.shortlists.rules import criteria_lines, usual_rates
from cogs.kol_views import linked, rate_text

# Eight rows of the picture can still be read on a phone, and their text fits beside it.
PER_PAGE = 8
_REASONS_SHOWN = 220
_NOTE_SHOWN = 80
UNKNOWN_RATE = "belum diketahui"


def draw_shortlist(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture of a page and its alt text."""
    rows = tuple(
        ShortlistRow(
            **{
                **row,
                "er": Decimal(row["er"]) if row["er"] else None,
                "points": tuple(row["points"]),
                "flags": tuple(row["flags"]),
            }
        )
        for row in facts["rows"]
    )
    criteria = tuple(Criterion(name, weight) for name, weight in facts["criteria"])
    card = ShortlistCard(facts["title"], criteria, rows, facts["total"], facts["first"])
    return cards.render(card), cards.alt_text(card)


def page(shortlist: Shortlist, entries: Sequence[Entry]) -> Message:
    """Some entries: who is in with picture and rank, who is out with the reasons; one is opened from the select."""
    inside = [one for one in entries if one.rank is not None]
    outside = [one for one in entries if one.rank is None]
    blocks = [_summary(shortlist)]
    if inside:
        blocks.append("\n".join(_inside(one, shortlist) for one in inside))
    if outside:
        blocks.append("\n".join(["**Tidak masuk**", *map(_outside, outside)]))
    if not shortlist.listed:
        blocks.insert(
            1, "**Belum ada yang memenuhi semua syarat.** Longgarkan syaratnya, atau lihat yang paling dekat."
        )
    options = [_option(one) for one in entries]
    explain = custom_id("shortlist:explain", shortlist.id)
    if not shortlist.is_latest:
        explain = custom_id("shortlist:explained", shortlist.id, shortlist.revision)
    return Message(
        title=f"Shortlist: {_safe(shortlist.title)}",
        description="\n\n".join(blocks),
        colour=PRIMARY if shortlist.listed else WARNING,
        selects=[Select(explain, "Kenapa skornya segitu?", options)] if options else [],
        buttons=_page_buttons(shortlist),
        picture=Picture("shortlist", _facts(shortlist, inside), "shortlist.png") if inside else None,
    )


def _page_buttons(shortlist: Shortlist) -> list[list[Button]]:
    if not shortlist.is_latest:
        return [[Button(custom_id("shortlist:show", shortlist.id), f"Ke versi terbaru ({shortlist.latest})")]]
    first = [Button(custom_id("shortlist:rebuild", shortlist.id), "Susun ulang")]
    if shortlist.campaign_id is not None:
        first.append(Button(custom_id("campaign:applicants", shortlist.campaign_id), "Lihat pelamar"))
    if shortlist.listed:
        first.append(Button(custom_id("shortlist:deck", shortlist.id), "Buat deck"))
        first.append(Button(custom_id("decision:list", shortlist.id), "Keputusan brand"))
    second = [
        Button(custom_id("shortlist:weigh", shortlist.id), "Atur bobot"),
        Button(custom_id("shortlist:budget", shortlist.id), "Cocokkan anggaran"),
    ]
    if shortlist.own_weights:
        second.insert(1, Button(custom_id("shortlist:weigh-default", shortlist.id), "Bobot bawaan"))
    if shortlist.latest > 1:
        second.append(Button(custom_id("shortlist:versions", shortlist.id), f"Versi ({shortlist.latest})"))
    return [first, second]


def explanation(
    shortlist: Shortlist, one: Entry, remarks: Mapping[str, Sequence[str]] | None = None, *, done: str = ""
) -> Message:
    """One creator's score, criterion by criterion, why they are out if they are, and what staff may do about it.

    `remarks` are what the team says about them elsewhere, by where; `done` is what was just done.
    """
    record = one.creator.record
    account = f"{linked(record)} · {record.platform.label} · {_origin(one)}"
    fields = [
        Field(f"{points.key.label}: {points.gained} dari {points.weight}", points.reason, inline=False)
        for points in one.points
    ]
    if one.rate is not None or shortlist.criteria.max_rate is not None:
        fields.append(_rate_field(one, shortlist.criteria.max_rate))
    if one.excluded:
        fields.insert(0, Field("Kenapa tidak masuk", bulleted([_safe(why) for why in one.excluded]), inline=False))
    if one.unmet:
        fields.insert(0, Field("Disematkan tim walau", bulleted([_safe(why) for why in one.unmet]), inline=False))
    if one.note:
        fields.append(Field("Catatan tim", _safe(one.note), inline=False))
    fields += [
        Field(name, bulleted([_safe(line) for line in lines]), inline=False) for name, lines in (remarks or {}).items()
    ]
    lines = [done, account, f"{_place(one)} di “{_safe(shortlist.title)}”"]
    return Message(
        title=f"@{_safe(record.username)}: skor {one.score} dari 100",
        description="\n".join(filter(None, lines)),
        colour=WARNING if one.excluded or one.unmet or one.flags else PRIMARY,
        fields=fields,
        buttons=_entry_buttons(shortlist, one),
        footer=f"Dinilai dari angka saat shortlist disusun. {usual_rates()}",
    )


def rate_to_edit(one: Entry) -> str:
    """The rate staff wrote, as the form shows it again."""
    return format_number(one.rate) if one.rate is not None and one.rate_source is RateSource.STAFF else ""


def _place(one: Entry) -> str:
    if one.rank is None:
        return "Tidak masuk"
    how = [word for word, holds in (("disematkan", one.pinned), ("diatur tim", one.place is not None)) if holds]
    return f"Peringkat {one.rank}" + (f" ({', '.join(how)})" if how else "")


def _entry_buttons(shortlist: Shortlist, one: Entry) -> list[list[Button]]:
    looking = [Button(custom_id("kol:show", one.creator.id), "Profil lengkap")]
    if not shortlist.is_latest:
        return [looking]
    if one.application_id is not None:
        decide = custom_id("shortlist:applicant", one.application_id)
        looking.insert(0, Button(decide, "Putuskan lamaran", ButtonStyle.PRIMARY))
    looking.append(Button(custom_id("decision:person", shortlist.id, one.creator.id), "Keputusan brand"))
    looking.append(Button(custom_id("shortlist:show", shortlist.id), "Lihat shortlist"))

    def act(action: str, label: str) -> Button:
        return Button(custom_id(f"shortlist:{action}", shortlist.id, one.creator.id), label)

    if one.barred:
        acting = [act("note", "Catatan & tarif")]
    elif one.dropped is not None:
        acting = [act("restore", "Kembalikan"), act("note", "Catatan & tarif")]
    else:
        acting = [
            act("unpin", "Lepas sematan") if one.pinned else act("pin", "Sematkan"),
            act("drop", "Keluarkan"),
            act("note", "Catatan & tarif"),
        ]
        if one.rank is not None:
            acting.insert(2, act("move", "Atur peringkat"))
    return [looking, acting]


def _rate_field(one: Entry, ceiling: int | None) -> Field:
    asked = "" if ceiling is None else f"maksimal {format_rupiah(ceiling)}"
    if one.rate is None:
        told = f"Yang dicari {asked}. Kreator tanpa tarif tetap masuk: tanyakan dulu tarifnya."
        return Field(f"Tarif: {UNKNOWN_RATE}", told, inline=False)
    told = f"{one.rate_source.label.capitalize()}." if one.rate_source else ""
    if ceiling is not None:
        fits = "Sesuai" if one.rate <= ceiling else "Tidak sesuai"
        told += f" {fits}, yang dicari {asked}."
    return Field(f"Tarif: {format_rupiah(one.rate)}", told.strip() or "-", inline=False)


def _counts(shortlist: Shortlist) -> str:
    """`**7 masuk** (tarif 7 di antaranya belum diketahui), 2 tidak masuk`: a ceiling keeps no unknown rate out."""
    unknown = ""
    if shortlist.criteria.max_rate is not None and shortlist.without_rate:
        unknown = f" (tarif {shortlist.without_rate} di antaranya {UNKNOWN_RATE})"
    return f"**{shortlist.listed} masuk**{unknown}, {shortlist.excluded} tidak masuk"


def _summary(shortlist: Shortlist) -> str:
    asked = ", ".join(criteria_lines(shortlist.criteria))
    version = "" if shortlist.latest == 1 else f" Versi {shortlist.revision} dari {shortlist.latest}."
    lines = [f"{_counts(shortlist)}. Disusun <t:{shortlist.built_at}:R>.{version}"]
    if asked != shortlist.title:
        lines.append(f"Dicari: {_safe(asked)}.")
    whose = "Bobot (diatur tim)" if shortlist.own_weights and shortlist.is_latest else "Bobot"
    weights = " · ".join(f"{weight.key.label} {weight.points}" for weight in shortlist.weights)
    lines.append(f"{whose}: {weights}")
    if shortlist.matching > shortlist.considered:
        lines.append(
            f"Yang cocok {format_number(shortlist.matching)} kreator; dinilai "
            f"{format_number(shortlist.considered)} dengan ER tertinggi. Persempit syaratnya supaya semua dinilai."
        )
    return "\n".join(lines)


def _inside(one: Entry, shortlist: Shortlist) -> str:
    record = one.creator.record
    warned = [*one.flags, *(["syarat belum terpenuhi"] if one.unmet else [])]
    flags = f"\n⚠️ {', '.join(warned)}" if warned else ""
    pinned = " · disematkan" if one.pinned else ""
    note = f"\nCatatan: {_safe(clip(one.note.replace(chr(10), ' '), _NOTE_SHOWN))}" if one.note else ""
    rate = f" · tarif {UNKNOWN_RATE}" if shortlist.criteria.max_rate is not None and one.rate is None else ""
    return (
        f"**{one.rank}.** {linked(record)} · {record.platform.label} · **{one.score}**{pinned}\n"
        f"{_figures(one)} · {_origin(one)}{rate}{flags}{note}"
    )


def _outside(one: Entry) -> str:
    reasons = _safe(" ".join(one.excluded))
    shown = reasons if len(reasons) <= _REASONS_SHOWN else reasons[: _REASONS_SHOWN - 1] + "…"
    flags = f" ⚠️ {', '.join(one.flags)}" if one.flags else ""
    return f"• {linked(one.creator.record)} · {_origin(one)}: {shown}{flags}"


def _option(one: Entry) -> Option:
    place = f"{one.rank}." if one.rank else "Tidak masuk:"
    label = f"{place} @{one.creator.record.username} · skor {one.score}"
    return Option(str(one.creator.id), label, f"{_origin(one)} · {_figures(one)}")


def _origin(one: Entry) -> str:
    return "database" if one.application_id is None else "pelamar"


def _figures(one: Entry) -> str:
    followers = "–" if one.followers is None else format_count(one.followers)
    return f"{followers} · ER {rate_text(_engagement(one))}"


def _engagement(one: Entry) -> Decimal | None:
    return None if one.engagement_ppm is None else Decimal(one.engagement_ppm) / 1_000_000


def _facts(shortlist: Shortlist, inside: Sequence[Entry]) -> dict[str, Any]:
    return {
        "title": shortlist.title,
        "criteria": [[weight.key.label, weight.points] for weight in shortlist.weights],
        "rows": [
            {
                "name": one.creator.record.username,
                "username": "",
                "platform": f"{one.creator.record.platform.label} · {_origin(one)}",
                "followers": one.followers,
                "er": None if one.engagement_ppm is None else str(_engagement(one)),
                "points": [points.gained for points in one.points],
                "total": one.score,
                "flags": list(one.flags),
                "pinned": one.pinned,
            }
            for one in inside
        ],
        "total": shortlist.listed,
        "first": inside[0].rank or 1,
    }


def _safe(text: str) -> str:
    return escape_markdown(text)
