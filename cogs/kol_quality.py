"""/kol kualitas: what is missing, doubtful or old in the database, and what to do."""

from __future__ import annotations

from bot.creators.quality import FAULTS, Quality
from bot.creators.search import Sort
from bot.platform.errors import NotFound
from bot.platform.indonesian import format_number
from bot.platform.messages import Field, Message, Option, Select, custom_id
from bot.platform.palette import PRIMARY, SUCCESS
from bot.server.models import Access
from cogs.kol_group import kol
from cogs.kol_search import show_found
from cogs.ui.answers import Interaction, answer, think
from cogs.ui.routing import AreaCog, allow, choose

KOL = Access.KOL


class KolQuality(AreaCog):
    """The state of the database."""

    @kol.command(name="kualitas", description="Lihat data KOL yang kurang, meragukan, atau sudah lama, dan langkahnya")
    @allow(KOL)
    async def quality(self, interaction: Interaction) -> None:
        """Each kind of fault, how many have it, what to do."""
        await think(interaction)
        await answer(interaction, _overview(await self.bot.services.creator_quality.overview()))

    @choose("kol:fault", access=KOL)
    async def list_fault(self, interaction: Interaction, values: list[str]) -> None:
        """Who has it, those with most followers first."""
        fault = next((one for one in FAULTS if one.key == values[0]), None)
        if fault is None:
            raise NotFound("Daftar itu sudah tidak ada. Jalankan /kol kualitas lagi.")
        await think(interaction)
        await show_found(interaction, fault.wanted, Sort.FOLLOWERS)


def _overview(quality: Quality) -> Message:
    if not quality.total:
        return Message(description="Database masih kosong. Masukkan lembar KOL dengan /kol impor.", colour=PRIMARY)
    if not quality.faults:
        return Message(
            title="Data KOL lengkap",
            description=f"{format_number(quality.total)} kreator, tidak ada yang kurang atau meragukan.",
            colour=SUCCESS,
        )
    fields = [
        Field(f"{fault.name}: {format_number(count)}", fault.advice, inline=False) for fault, count in quality.faults
    ]
    options = [Option(fault.key, fault.name, f"{format_number(count)} kreator") for fault, count in quality.faults]
    return Message(
        title="Kualitas data KOL",
        description=f"{format_number(quality.total)} kreator. Satu kreator bisa masuk beberapa daftar.",
        colour=PRIMARY,
        fields=fields,
        selects=[Select(custom_id("kol:fault"), "Lihat siapa saja", options)],
        footer="Akun ganda dicari dengan /kol duplikat. ER lembar yang berbeda dari hitungan terlihat di profil.",
    )
