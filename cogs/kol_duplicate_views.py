"""How duplicates look in Discord."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot.creator_care.duplicate_rules import Merge, MergeKind, kind_of, newer
from bot.creator_care.duplicates import Suspects
from bot.creators.profile import profile_of
from bot.creators.service import Creator
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import PRIMARY, SUCCESS
from bot.platform.text import bulleted
from cogs import kol_views as views

UNDO_QUESTION = (
    "Pisahkan lagi dua akun ini? Yang dulu berpindah (catatan, tag, riwayat, lamaran) kembali ke akun asalnya;"
    " yang ditambahkan setelah digabung tetap di tempatnya sekarang."
)


def suspects(found: Suspects) -> Message:
    """A page of pairs that look like one."""
    if not found.total:
        return Message(
            title="Tidak ada dugaan akun ganda",
            description="Kalau kamu tahu dua akun yang sebenarnya satu, isi keduanya di /kol duplikat.",
            colour=SUCCESS,
        )
    lines: list[str] = []
    options: list[Option] = []
    for pair, one, other in found.pairs:
        signs = ", ".join(sign.label for sign in sorted(pair.signs))
        lines.append(f"{_named(one)} dan {_named(other)}: {signs}")
        options.append(Option(f"{one.id}:{other.id}", f"{_handle(one)} dan {_handle(other)}", signs))
    return Message(
        title=f"{format_number(found.total)} dugaan akun ganda",
        description=bulleted(lines, 3900),
        colour=PRIMARY,
        selects=[Select(custom_id("kol:dup_open"), "Periksa satu pasangan", options)],
        footer="Belum ada yang digabung sebelum kamu memutuskan.",
    )


def pair(one: Creator, other: Creator) -> Message:
    """Two accounts beside each other, and what can be done."""
    likely = newer(one, other)
    if kind_of(one, other) is MergeKind.RENAMED:
        hint = "Satu platform: kemungkinan akun ini ganti username. Pilih username yang dipakai sekarang."
        first, second = (one, other) if likely is one else (other, one)
        choices = [_keep(first, second, ButtonStyle.PRIMARY), _keep(second, first, ButtonStyle.SECONDARY)]
    else:
        hint = "Dua platform: kalau ini satu orang, kedua akun tetap ada dan blacklist berlaku untuk keduanya."
        choices = [Button(custom_id("kol:dup_person", one.id, other.id), "Ini satu orang", ButtonStyle.PRIMARY)]
    choices.append(Button(custom_id("kol:dup_distinct", one.id, other.id), "Bukan duplikat"))
    profiles = [Button(custom_id("kol:show", each.id), f"Profil {_handle(each)}") for each in (one, other)]
    return Message(
        title="Apakah ini akun yang sama?",
        description=hint,
        colour=PRIMARY,
        fields=[Field(_handle(each), _about(each)) for each in (one, other)],
        buttons=[choices, profiles],
        footer="Bisa dibatalkan kapan saja dari profilnya.",
    )


def merged(merge: Merge, kept: Creator, other: Creator) -> Message:
    """Two were put together."""
    if merge.kind is MergeKind.RENAMED:
        counts = [
            (len(merge.moved["notes"]), "catatan"),
            (len(merge.moved["snapshots"]), "riwayat angka"),
            (len(merge.moved.get("applications", [])), "lamaran"),
            (len(merge.moved["tags"]), "tag"),
        ]
        went = ", ".join(f"{number} {name}" for number, name in counts if number) or "tidak ada yang perlu dipindah"
        text = (
            f"{_named(other)} digabung ke {_named(kept)}. Ikut berpindah: {went}."
            " Username lama tetap bisa dicari dan membuka akun ini."
        )
    else:
        text = f"{_named(kept)} dan {_named(other)} ditandai satu orang."
    return Message(
        description=text,
        colour=SUCCESS,
        buttons=[
            [
                Button(custom_id("kol:show", kept.id), "Lihat profil"),
                Button(custom_id("kol:dup_undo_ask", merge.id), "Batalkan"),
            ]
        ],
    )


def undone(merge: Merge, kept: Creator, other: Creator) -> Message:
    """Two were taken apart."""
    return Message(description=f"{_named(kept)} dan {_named(other)} dipisah lagi.", colour=SUCCESS)


def together_field(creator: Creator, found: Sequence[tuple[Merge, Creator]]) -> list[Field]:
    """What the profile says of the other accounts of a person and of earlier usernames."""
    lines: list[str] = []
    for merge, other in found:
        if merge.kind is MergeKind.PERSON:
            lines.append(f"{_named(other)} (orang yang sama)")
        elif merge.kept_id == creator.id:
            lines.append(f"Dulu {_named(other)}, digabung <t:{merge.merged_at}:d>")
        else:
            lines.append(f"Digabung ke {_named(other)} <t:{merge.merged_at}:d>, jadi tidak muncul di pencarian")
    return [Field("Akun lain", bulleted(lines), inline=False)] if lines else []


def together_buttons(found: Sequence[tuple[Merge, Creator]]) -> list[Button]:
    """Open the other account, or take two apart; for the first two, as a row has room."""
    row: list[Button] = []
    for merge, other in found[:2]:
        row.append(Button(custom_id("kol:show", other.id), f"Buka {_handle(other)}"))
        row.append(Button(custom_id("kol:dup_undo_ask", merge.id), f"Pisahkan {_handle(other)}"))
    return row


def _keep(kept: Creator, other: Creator, style: ButtonStyle) -> Button:
    return Button(custom_id("kol:dup_keep", kept.id, other.id), f"Sekarang @{kept.record.username}", style)


def _handle(creator: Creator) -> str:
    return f"@{creator.record.username} · {creator.record.platform.label}"


def _named(creator: Creator) -> str:
    return f"{views.linked(creator.record)} · {creator.record.platform.label}"


def _about(creator: Creator) -> str:
    measured = f"<t:{creator.measured_at}:d>" if creator.measured_at else "belum ada"
    lines = [
        views.brief(profile_of(creator)),
        f"Discord: <@{creator.member_id}>" if creator.member_id else "Discord: belum terdaftar",
        f"Kontak: {'ada' if creator.contact_hash else 'belum ada'}",
        f"Asal: {escape_markdown(creator.source)}, angka per {measured}",
    ]
    return "\n".join(lines)
