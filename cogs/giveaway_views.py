"""How giveaways look: lists, the staff's panel, what a member is told, and the check of a draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.giveaways import cards, messages, verify_draw
from bot.giveaways.cards import GiveawayCard, WinnersCard
from bot.giveaways.models import Entry, Giveaway, GiveawayState, JoinAnswer, Outcome, Pick, Verification
from bot.giveaways.notices import MOST_TOLD
from bot.giveaways.rules import standing
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import DANGER, NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import bulleted
from bot.prizes.messages import kind_text
from bot.prizes.models import Payout, Prize

_PICKS_SHOWN = 10


def draw_post(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The post's picture and its alt text."""
    card = GiveawayCard(**facts)
    return cards.render(card), cards.alt_text(card)


def draw_winners(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The winners' picture and its alt text."""
    card = WinnersCard(**{**facts, "names": tuple(facts["names"])})
    return cards.render(card), cards.alt_text(card)


def giveaway_list(found: Sequence[tuple[Giveaway, int]], total: int, *, to_staff: bool) -> Message:
    """Giveaways with their entries; staff also see drafts and can open each one's panel."""
    fields = [Field(f"{one.title} · {one.state.indonesian}", _line(one, count), inline=False) for one, count in found]
    options = [Option(str(one.id), one.title, one.state.indonesian) for one, _ in found]
    action = "manage" if to_staff else "show"
    nothing = "Buat yang pertama dengan /giveaway-admin buat." if to_staff else "Pantau channel giveaway, ya."
    return Message(
        title=f"{total} giveaway" if total else "Belum ada giveaway",
        description="" if total else nothing,
        colour=PRIMARY if total else NEUTRAL,
        fields=fields,
        selects=[Select(custom_id(f"giveaway:{action}"), "Buka giveaway", options)] if options else [],
    )


def _line(giveaway: Giveaway, count: int) -> str:
    spec = giveaway.spec
    when = f"Berakhir <t:{spec.ends_at}:R>" if spec.ends_at else "Waktunya ikut kalender"
    if giveaway.ended_at:
        when = f"{giveaway.state.indonesian} <t:{giveaway.ended_at}:f>"
    return f"{messages.prize_text(spec)}\n{format_number(count)} peserta · {when}"


def shown(giveaway: Giveaway, count: int) -> Message:
    """One giveaway for members, with its buttons but without a second copy of the picture."""
    return replace(messages.post(giveaway, count), picture=None, content="", ping_roles=[])


def panel(giveaway: Giveaway, count: int, channel_id: int | None, problem: str) -> Message:
    """A giveaway as staff write it: the post as it will be, the legal reminder, and what can be done.

    `problem`: why winners could not claim.
    """
    post = messages.post(giveaway, count)
    editable = giveaway.state in (GiveawayState.DRAFT, GiveawayState.SCHEDULED)
    fields = [
        *post.fields,
        Field("Hadiah dicatat sebagai", kind_text(Prize(giveaway.spec.prize, giveaway.spec.amount)), inline=False),
        Field("Undian atau kontes", messages.legal_text(giveaway.spec.legal), inline=False),
        Field("Batas ambil hadiah", f"{giveaway.spec.claim_days} hari setelah diumumkan", inline=False),
    ]
    if problem and giveaway.state is not GiveawayState.CANCELLED:
        fields.append(Field("⚠️ Formulir hadiah tertutup", problem, inline=False))
    if editable:
        fields.append(Field("⚖️ Pengingat hukum", messages.LEGAL, inline=False))
    where = f" Akan tampil di <#{channel_id}>." if channel_id and giveaway.state is GiveawayState.DRAFT else ""
    return replace(
        post,
        content=f"Giveaway {giveaway.id} · **{giveaway.state.indonesian}**.{where}",
        fields=fields,
        buttons=[row for row in _acts(giveaway) if row],
        ping_roles=[],
    )


def _acts(giveaway: Giveaway) -> list[list[Button]]:
    number = giveaway.id
    if giveaway.state is GiveawayState.OPEN:
        end = Button(custom_id("giveaway:end", number), "Akhiri & undi sekarang", ButtonStyle.PRIMARY)
        return [[end, Button(custom_id("giveaway:cancel", number), "Batalkan", ButtonStyle.DANGER)]]
    if giveaway.state is GiveawayState.ENDED:
        verify = Button(custom_id("giveaway:verify", number), "Periksa undian")
        redraws = Button(custom_id("giveaway:redraws", number), "Undi ulang pemenang")
        return [[verify, redraws, Button(custom_id("giveaway:extend", number), "Perpanjang batas ambil")]]
    if giveaway.state is GiveawayState.CANCELLED:
        return []
    legal = Button(custom_id("giveaway:legal", number), "Undian/kontes & izin")
    edit = [
        Button(custom_id("giveaway:basics", number), "Ubah isi"),
        Button(custom_id("giveaway:wanted", number), "Syarat ikut"),
        legal if giveaway.complete else replace(legal, style=ButtonStyle.PRIMARY),
    ]
    acts = [Button(custom_id("giveaway:cancel", number), "Buang", ButtonStyle.DANGER)]
    if giveaway.complete and giveaway.state is GiveawayState.DRAFT:
        opens = custom_id("giveaway:open", number, giveaway.revision)
        acts.insert(0, Button(opens, "Buka giveaway", ButtonStyle.SUCCESS))
    return [edit, acts]


def opened(giveaway: Giveaway, problem: str) -> Message:
    """The answer to opening. `problem`: why winners could not claim."""
    return Message(
        title="Giveaway dibuka",
        description=(
            f"**{giveaway.title}** tampil di <#{giveaway.channel_id}>.\n"
            f"Berakhir dan diundi sendiri <t:{giveaway.spec.ends_at}:F>.\n"
            f"Tercatat sebagai: {messages.legal_text(giveaway.spec.legal)}."
        ),
        colour=WARNING if problem else SUCCESS,
        fields=[Field("⚠️ Selesaikan sebelum giveaway berakhir", problem, inline=False)] if problem else [],
    )


def cancelled(giveaway: Giveaway, joined: int) -> Message:
    """The answer to calling off."""
    told = ""
    if joined and giveaway.channel_id is not None:
        how = "dan pesan pribadi" if joined <= MOST_TOLD else "saja, karena terlalu banyak untuk pesan pribadi"
        told = f" {format_number(joined)} peserta dikabari lewat pengumuman di <#{giveaway.channel_id}> {how}."
    return Message(
        description=f"Giveaway **{giveaway.title}** dibatalkan. Tidak ada yang diundi.{told}", colour=NEUTRAL
    )


def ended(giveaway: Giveaway, winners: Sequence[Pick]) -> Message:
    """The answer to ending by hand."""
    told = ", ".join(f"<@{pick.member_id}>" for pick in winners) or "tidak ada, karena belum ada yang ikut"
    return Message(
        title="Giveaway diakhiri dan diundi",
        description=f"**{giveaway.title}** · {format_number(giveaway.entry_count or 0)} entri\nPemenang: {told}",
        colour=SUCCESS,
    )


def joined(answer: JoinAnswer) -> Message:
    """The answer to Ikut."""
    giveaway, entry = answer.giveaway, answer.entry
    if entry is None:
        return Message(
            title="Satu langkah lagi",
            description=(
                f"Follow dulu **{giveaway.spec.requirements.follow}**, lalu tekan tombol di bawah. Dengan menekannya "
                "kamu menyatakan sudah follow; tim bisa memeriksanya sebelum hadiah dikirim."
            ),
            colour=WARNING,
            buttons=[[Button(custom_id("giveaway:followed", giveaway.id), "Sudah follow", ButtonStyle.SUCCESS, "✅")]],
        )
    again = answer.outcome is Outcome.ALREADY
    return Message(
        title="Kamu sudah ikut" if again else "Kamu ikut! 🎁",
        description=(
            f"**{giveaway.title}** diundi <t:{giveaway.spec.ends_at}:F>. Satu anggota satu entri.\n\n"
            f"Kode undianmu: `{entry.code}`\nKomitmen undian: `{giveaway.commitment}`\n\nSimpan keduanya, dan kodenya "
            "untuk dirimu sendiri: dengan itu kamu bisa memeriksa bahwa entrimu ikut diundi dan undiannya tidak diatur."
        ),
        colour=SUCCESS,
        buttons=[[Button(custom_id("giveaway:leave", giveaway.id), "Keluar")]],
    )


def own_code(giveaway: Giveaway, entry: Entry) -> Message:
    """ "Kode undianku"."""
    return Message(
        title=f"Kode undianmu: {giveaway.title}"[:256],
        description=(
            f"Kode: `{entry.code}`\nEntri yang dipublikasikan: `{entry.entry_hash}`\n\nEntri itu SHA-256 dari "
            f"`tscreator-entry-1|{giveaway.id}|{entry.member_id}|kode`. Tanpa kodemu tidak ada yang tahu itu kamu, "
            f"jadi jangan dibagikan.\n\nKomitmen undian: `{giveaway.commitment}`"
        ),
        colour=PRIMARY,
        buttons=[[Button(custom_id("giveaway:verify", giveaway.id), "Periksa undian")]],
    )


def verification(found: Verification, guild_id: int) -> Message:
    """The check of a draw, for anyone."""
    giveaway = found.giveaway
    fields = [Field("Komitmen (diumumkan di awal)", _committed(found, guild_id), inline=False)]
    if found.seed is None:
        fields.append(Field("Seed", "Masih rahasia sampai giveaway berakhir. Tim pun tidak bisa melihatnya."))
        fields.append(Field("Entri sejauh ini", format_number(found.count)))
    else:
        fields += [
            Field("Seed (dibuka di akhir)", f"`{found.seed}`", inline=False),
            Field(f"Hash daftar {format_number(found.count)} entri", f"`{giveaway.entries_sha256}`", inline=False),
            Field("Hasil undian", _picked(found.picks), inline=False),
        ]
    fields.append(Field("Aturan", verify_draw.RULES[found.rule], inline=False))
    if found.entry is not None:
        fields.append(Field("Entrimu", _own(found, found.entry), inline=False))
    if found.seed is not None:
        fields.append(Field("Hitung sendiri", _by_oneself(giveaway), inline=False))
    verdict, colour = _verdict(found)
    number = found.picks[-1].number if found.picks else 0
    return Message(
        title=f"Undian: {giveaway.title}"[:256],
        description=f"**{verdict}**",
        colour=colour,
        fields=fields,
        footer=f"Giveaway {giveaway.id}",
        documents=messages.check_documents(giveaway, number) if found.seed is not None else [],
    )


def _committed(found: Verification, guild_id: int) -> str:
    locks = "seed" if found.rule == verify_draw.FIRST_FORMAT else "seed, jumlah pemenang, dan aturan"
    lines = [f"`{found.giveaway.commitment}`", f"Mengunci {locks} sejak sebelum ada yang ikut."]
    if found.posted is not None and found.posted.where:
        url = "https://discord.com/channels/" + "/".join(map(str, (guild_id, *found.posted.where)))
        lines.append(f"Bandingkan dengan [pengumumannya]({url}) atau dengan catatanmu sendiri.")
    return "\n".join(lines)


def _verdict(found: Verification) -> tuple[str, int]:
    if found.posted is not None and not found.posted.commitment_fits:
        return "❌ Komitmennya bukan yang diumumkan di awal. Laporkan ke admin", DANGER
    return {
        None: ("Belum diundi", PRIMARY),
        True: ("✅ Cocok: hitung ulang barusan menghasilkan pemenang yang sama", SUCCESS),
        False: ("❌ Tidak cocok. Laporkan ke admin", DANGER),
    }[found.reproduced]


def _by_oneself(giveaway: Giveaway) -> str:
    lists = messages.list_files(giveaway)
    files = f" dan {len(lists)} berkas daftar di bawah pengumuman pemenang" if lists else ""
    command = messages.check_command(giveaway)
    return f"Unduh kedua berkas di pesan ini{files}, lalu: `{command}`\nSkripnya cuma butuh Python, tanpa bot."


def _own(found: Verification, entry: Entry) -> str:
    told = f"`{entry.entry_hash}`\nKode undianmu: `{entry.code}`"
    if found.seed is None:
        return told
    won = any(pick.member_id == entry.member_id for pick in standing(found.picks))
    return f"{told}\n{'🎉 Menang' if won else 'Belum beruntung kali ini'}"


def _picked(picks: Sequence[Pick]) -> str:
    lines = []
    for pick in picks:
        note = " (gugur)" if pick.dropped_at else ""
        why = f" · undi ulang: {pick.reason[:60]}" if pick.reason else ""
        lines.append(f"{pick.number}. <@{pick.member_id}> `{pick.entry_hash[:12]}…`{note}{why}")
    return bulleted(lines[:_PICKS_SHOWN], total=len(lines)) if lines else "Tidak ada yang ikut."


def choose_redraw(giveaway: Giveaway, winners: Sequence[Pick], total: int) -> Message:
    """Which winner is to be replaced; `winners` is a page of the `total`."""
    options = [Option(str(pick.member_id), f"{pick.number}. {pick.name}", pick.entry_hash[:16]) for pick in winners]
    return Message(
        title=f"Undi ulang: {giveaway.title}"[:256],
        description=(
            f"{total} pemenang. Pilih yang diganti. Penggantinya entri berikutnya menurut seed yang sama. Alasannya "
            "diumumkan."
        ),
        colour=WARNING,
        selects=[Select(custom_id("giveaway:redraw", giveaway.id), "Pemenang yang diganti", options)],
    )


def extended(payouts: Sequence[Payout]) -> Message:
    """The answer to a new deadline."""
    return Message(
        title="Batas ambil diperpanjang",
        description=(
            f"**{len(payouts)} pemenang** punya waktu sampai <t:{payouts[0].claim_until}:F> dan sedang dikabari. "
            "Undi ulang hadiah yang tidak diambil menunggu sampai saat itu."
        ),
        colour=SUCCESS,
    )


def redrawn(pick: Pick | None) -> Message:
    """The answer to a redraw."""
    if pick is None:
        return Message(description="Semua peserta sudah pernah terundi, jadi tidak ada pengganti.", colour=WARNING)
    return Message(
        title="Sudah diundi ulang",
        description=f"Pemenang pengganti: <@{pick.member_id}>. Sudah diumumkan.",
        colour=SUCCESS,
    )


def ending_question(giveaway: Giveaway, count: int) -> str:
    """Asked before ending by hand."""
    return (
        f"Akhiri **{giveaway.title}** sekarang dan undi dari {format_number(count)} entri? "
        f"Jadwalnya <t:{giveaway.spec.ends_at}:f>. Tidak bisa diulang."
    )
