"""How known answers look: to creators who search, and to staff who keep them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.incidents.models import Incident
from bot.knowledge.models import Article, Canned, Source, Suggestion
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import INFO, NEUTRAL, PRIMARY, SUCCESS
from bot.platform.text import clip, quote
from bot.tickets.models import Stage
from cogs.ticket_group import STAGES

# So that three answers and an incident of each stage stay below an embed's 6,000 characters.
_INCIDENT_SHOWN = 300


def _stage_text(stage: Stage | None) -> str:
    return stage.indonesian if stage else "Semua tahap"


def _ticket_button(stage: Stage | None) -> Button:
    """The way to a ticket when nothing was found."""
    identifier = custom_id("ticket:new") if stage is None else custom_id("ticket:start", STAGES.index(stage))
    return Button(identifier, "Buka tiket", ButtonStyle.PRIMARY)


def found(
    words: str, stage: Stage | None, suggestions: Sequence[Suggestion], offer_id: int, incidents: Sequence[Incident]
) -> Message:
    """What answers a search, with what is out of order now on top. `offer_id` is not used when nothing was found."""
    fields = [Field(f"⚠️ {one.title}", clip(one.message, _INCIDENT_SHOWN), inline=False) for one in incidents]
    if not suggestions:
        return Message(
            title=f"Belum ada jawaban untuk {quote(words)}",
            description="Coba kata lain yang lebih pendek, misalnya “otp” atau “penarikan gagal”. "
            "Atau ceritakan ke IT yang sedang piket lewat tiket.",
            colour=NEUTRAL,
            fields=fields,
            buttons=[[_ticket_button(stage)]],
        )
    fields += [
        Field(f"{index}. {one.title}", clip(one.answer, 1024), inline=False) for index, one in enumerate(suggestions, 1)
    ]
    answered = [
        Button(
            custom_id("help:answered", offer_id, one.id if one.source is Source.ARTICLE else 0, index),
            f"{index} menjawab" if len(suggestions) > 1 else "Ini menjawab",
            ButtonStyle.SUCCESS,
        )
        for index, one in enumerate(suggestions, 1)
    ]
    ticket = Button(
        custom_id("help:ticket", offer_id, STAGES.index(stage) + 1 if stage else 0), "Buka tiket", ButtonStyle.PRIMARY
    )
    return Message(
        title=f"Yang kami tahu tentang {quote(words)}",
        colour=INFO,
        fields=fields,
        footer="Menjawab? Tekan tombolnya supaya kami tahu. Belum? Buka tiket.",
        buttons=[[*answered, ticket]],
    )


def glad() -> Message:
    """The answer to "Ini menjawab"."""
    return Message(
        title="Sip, senang bisa membantu!",
        description="Kalau ternyata belum beres, cari lagi dengan /bantuan atau buka tiket dengan /tiket buka.",
        colour=SUCCESS,
    )


def articles(page: Sequence[Article], total: int) -> Message:
    """A page of the knowledge base for staff."""
    return Message(
        title=f"{total} artikel" if total else "Belum ada artikel",
        description="Dicari oleh /bantuan dan ditawarkan sebelum tiket dikirim."
        if total
        else "Tulis yang pertama dengan /pengetahuan tambah.",
        colour=PRIMARY if total else NEUTRAL,
        fields=[
            Field(f"{one.id}. {one.title}", f"{one.stage.indonesian} · diperbarui <t:{one.updated_at}:D>", inline=False)
            for one in page
        ],
        selects=[
            Select(
                custom_id("knowledge:show"),
                "Buka artikel",
                [Option(str(one.id), one.title, one.stage.indonesian) for one in page],
            )
        ]
        if page
        else [],
    )


def article(shown: Article, *, said: str = "") -> Message:
    """One article as creators read it, and what staff may do with it."""
    origin = f" · dari tiket #{shown.ticket_id}" if shown.ticket_id is not None else ""
    return Message(
        content=said,
        title=shown.title,
        description=shown.body,
        colour=SUCCESS if said else PRIMARY,
        footer=f"Artikel {shown.id} · {shown.stage.indonesian}{origin}",
        buttons=[
            [
                Button(custom_id("knowledge:change", shown.id), "Ubah"),
                Button(custom_id("knowledge:archive", shown.id), "Arsipkan", ButtonStyle.DANGER),
            ]
        ],
    )


def canned_list(page: Sequence[Canned], total: int) -> Message:
    """A page of ready-made answers."""
    return Message(
        title=f"{total} jawaban siap pakai" if total else "Belum ada jawaban siap pakai",
        description="Bisa dipilih saat membalas, minta info, atau menyelesaikan tiket."
        if total
        else "Tulis yang pertama dengan /jawaban tambah.",
        colour=PRIMARY if total else NEUTRAL,
        fields=[Field(one.name, f"{_stage_text(one.stage)}\n{clip(one.body, 200)}", inline=False) for one in page],
        selects=[
            Select(
                custom_id("canned:show"),
                "Buka jawaban",
                [Option(str(one.id), one.name, _stage_text(one.stage)) for one in page],
            )
        ]
        if page
        else [],
    )


def canned(shown: Canned, *, said: str = "") -> Message:
    """One ready-made answer."""
    return Message(
        content=said,
        title=shown.name,
        description=shown.body,
        colour=SUCCESS if said else PRIMARY,
        footer=_stage_text(shown.stage),
        buttons=[
            [
                Button(custom_id("canned:change", shown.id), "Ubah"),
                Button(custom_id("canned:remove", shown.id), "Hapus", ButtonStyle.DANGER),
            ]
        ],
    )
