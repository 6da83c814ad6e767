"""How a search is put together and kept in Discord: its panel, its forms, the list of saved ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from discord.utils import escape_markdown

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform, Tier
from bot.creators.saved_searches import NAME_LENGTH, Saved, SavedSearch
from bot.creators.search import CreatorFilter, Review, Sort
from bot.creators.search_steps import FIGURES, STANDINGS, Step, shown
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Message, Option, Select, custom_id
from bot.platform.palette import PRIMARY, SUCCESS
from bot.platform.text import bulleted, clip
from cogs.ui.forms import ChoiceField, Field, FormSpec, TextField

_RANGE_HINT = "10rb - 50rb, min 10rb, atau maks 50rb"
_RATE_HINT = "1% - 10%, min 1%, atau maks 10%"


def panel(wanted: CreatorFilter, sort: Sort, total: int, query_id: int, *, saved: bool) -> Message:
    """What is asked for so far and how many creators meet it. `saved`: there are saved filters to choose from."""
    lines = [escape_markdown(line) for line in wanted.lines()]
    steps = [Button(custom_id("kol:filter_open", query_id, step.value), step.label) for step in Step]
    done = [
        Button(custom_id("kol:filter_show", query_id), "Tampilkan hasil", ButtonStyle.PRIMARY),
        Button(custom_id("kol:filter_name_open", query_id), "Simpan filter", disabled=not lines),
        Button(custom_id("kol:filter_clear", query_id), "Kosongkan", disabled=not lines),
    ]
    if saved:
        done.append(Button(custom_id("kol:filter_saved"), "Filter tersimpan"))
    return Message(
        title=f"Filter: {format_number(total)} kreator",
        description=(bulleted(lines, 3000) or "Belum ada filter, jadi semua kreator.") + f"\n\nUrutan: {sort.label}.",
        colour=PRIMARY,
        buttons=[steps, done],
        footer="Tombol baris pertama membuka formulirnya; yang sudah terisi tetap ada.",
    )


def buttons(query_id: int) -> list[Button]:
    """What stands below the results of a search."""
    return [
        Button(custom_id("kol:filter", query_id), "Ubah filter"),
        Button(custom_id("kol:filter_name_open", query_id), "Simpan filter"),
    ]


def step_form(step: Step, wanted: CreatorFilter, sort: Sort) -> FormSpec:
    """One of the forms, filled with the filter so far."""
    known = shown(step, wanted)
    fields: tuple[Field, ...]
    match step:
        case Step.ACCOUNT:
            fields = (
                _typed("text", "Username atau link profil", known, "sebagian juga boleh"),
                _several("platforms", "Platform", ((one, one.label) for one in Platform), known),
                _several("niches", "Niche", ((one, one.indonesian) for one in Niche), known),
                _several("tiers", "Tier", ((one, one.label) for one in Tier), known),
                _several("content_types", "Tipe konten", ((one, one.label) for one in ContentType), known),
            )
        case Step.PERSON:
            fields = (
                _several("genders", "Gender", ((one, one.indonesian) for one in Gender), known),
                _several("age_bands", "Usia", ((one, one.label) for one in AgeBand), known),
                _typed("regions", "Provinsi", known, "Jawa Barat, Bali", 300),
                _typed("city", "Kota", known, "persis seperti tercatat, misalnya Bandung"),
                _typed("tags", "Tag (salah satu)", known, "hijab, cepat balas", 300),
            )
        case Step.FIGURES:
            fields = tuple(
                _typed(name, label, known, _RATE_HINT if name == "engagement" else _RANGE_HINT)
                for name, label in FIGURES.items()
            )
        case Step.STANDING:
            sorts = tuple((one.value, one.label) for one in Sort)
            fields = (
                _typed("shares", "Rata-rata share", known, _RANGE_HINT),
                _several("review", "Apa kata angkanya", ((one, one.label) for one in Review), known, most=1),
                _several("standing", "Keadaan", ((value, words) for value, _, _, words in STANDINGS), known),
                ChoiceField("sort", "Urutan", sorts, default=(sort.value,)),
            )
    return FormSpec(f"Filter: {step.label}", fields)


def name_form(known: Sequence[SavedSearch]) -> FormSpec:
    """The name of a filter to keep, and for whom."""
    hint = f"Sudah ada: {', '.join(one.name for one in known)}" if known else "Misalnya: beauty Bandung siap kirim"
    return FormSpec(
        "Simpan filter",
        (
            TextField("name", "Nama filter", description=clip(hint, 100), max_length=NAME_LENGTH),
            ChoiceField("scope", "Untuk siapa", (("own", "Saya saja"), ("team", "Seluruh tim KOL")), default=("own",)),
        ),
    )


def kept(saved: Saved) -> Message:
    """A filter was kept."""
    whose = "seluruh tim" if saved.search.shared else "kamu saja"
    verb = "diganti" if saved.replaced else "disimpan"
    name = escape_markdown(saved.search.name)
    return Message(
        description=f"Filter **{name}** {verb} untuk {whose}. Pakai lagi dengan /kol filter.", colour=SUCCESS
    )


def list_of(known: Sequence[SavedSearch]) -> Message:
    """Saved filters, to use or to delete."""
    lines = [
        f"**{escape_markdown(one.name)}** ({_whose(one)}): {escape_markdown(clip(', '.join(one.wanted.lines()), 200))}"
        for one in known
    ]
    selects: list[Select] = []
    # Own and the team's may be fifty together; a select takes twenty-five.
    for shared, whose in ((False, "milikmu"), (True, "tim")):
        options = [
            Option(str(one.id), one.name, ", ".join(one.wanted.lines())) for one in known if one.shared is shared
        ]
        if options:
            action = "kol:filter_use_team" if shared else "kol:filter_use_own"
            selects.append(Select(custom_id(action), f"Pakai filter {whose}", options))
            selects.append(Select(custom_id(f"{action}_drop"), f"Hapus filter {whose}", options))
    return Message(
        title="Filter tersimpan",
        description=bulleted(lines, 3900) or "Belum ada. Simpan satu dari hasil /kol cari dengan tombol Simpan filter.",
        colour=PRIMARY,
        selects=selects,
    )


def _whose(one: SavedSearch) -> str:
    return f"tim, dari <@{one.owner_id}>" if one.shared else "milikmu"


def _typed(name: str, label: str, known: dict[str, list[str]], placeholder: str, length: int = 100) -> TextField:
    return TextField(
        name, label, placeholder=placeholder, max_length=length, required=False, default="".join(known[name])
    )


def _several(
    name: str, label: str, options: Iterable[tuple[str, str]], known: dict[str, list[str]], *, most: int = 25
) -> ChoiceField:
    choices = tuple((str(value), words) for value, words in options)
    return ChoiceField(name, label, choices, at_most=most, required=False, default=tuple(known[name]))
