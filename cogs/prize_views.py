"""How prizes look in answers: a winner's own, and the pay-outs as staff see them. Numbers are masked, always."""

from __future__ import annotations

from collections.abc import Sequence

from discord.utils import escape_markdown

from bot.platform.audit import Entry
from bot.platform.indonesian import format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id, link_button
from bot.platform.palette import PRIMARY, WARNING
from bot.private_forms.models import FormLink
from bot.prizes import messages
from bot.prizes.models import Payout, PayoutDetail, PayoutState, Proof, Totals
from bot.prizes.rules import is_final

PER_PAGE = 8
_STEPS_SHOWN = 10
_STEPS = {
    "prize.awarded": "Dimenangkan",
    "prize.extended": "Batas ambil diperpanjang",
    "prize.claimed": "Tujuan diisi",
    "prize.corrected": "Tujuan diganti",
    "prize.number_revealed": "Nomor dilihat",
    "prize.paid": "Dibayar",
    "prize.proof_revealed": "Bukti dilihat",
    "prize.expired": "Hangus, tidak diambil",
    "prize.cancelled": "Dibatalkan",
}


def claim(payout: Payout, link: FormLink) -> Message:
    """The link to the form, for the winner's eyes."""
    again = "ganti tujuan" if payout.state is PayoutState.CLAIMED else "mengambil hadiah"
    return Message(
        title="Formulirmu siap",
        description=(
            f"Buka formulir aman di bawah untuk {again}: **{escape_markdown(messages.prize_text(payout.prize))}**.\n\n"
            f"Link ini hanya untukmu, sekali pakai, dan berakhir <t:{link.expires_at}:R>. Jangan diteruskan. "
            "Konfirmasinya kami kirim di DM."
        ),
        colour=PRIMARY,
        buttons=[[link_button(link.url, "Buka formulir")]],
    )


def mine(payouts: Sequence[Payout], total: int, now: int, *, paused: bool) -> Message:
    """A winner's own prizes, with what to do about each. `paused`: deadlines stand still."""
    fields = [
        Field(
            f"{messages.prize_text(payout.prize)} · {payout.state.indonesian}"[:256],
            f"**{escape_markdown(payout.origin)}**\n{_next(payout, paused=paused)}",
            inline=False,
        )
        for payout in payouts
    ]
    waiting = [payout for payout in payouts if payout.state is PayoutState.WAITING]
    open_ones = [payout for payout in waiting if paused or payout.claim_until > now]
    options = [
        Option(str(payout.id), messages.prize_text(payout.prize), f"Hadiah {payout.id} · {payout.origin}")
        for payout in payouts
        if not is_final(payout.state)
    ]
    empty = "" if payouts else "Kamu belum punya hadiah. Ikut giveaway dan kuis di server, ya!"
    return Message(
        title=f"Hadiahmu ({total})",
        description=f"**{len(open_ones)} menunggu diambil.**" if open_ones else empty,
        colour=PRIMARY,
        fields=fields,
        selects=[Select(custom_id("prize:choose"), "Ambil hadiah atau ganti tujuan", options)] if options else [],
    )


def _next(payout: Payout, *, paused: bool) -> str:
    if paused and payout.state is PayoutState.WAITING:
        return "Formulirnya belum bisa dibuka, jadi batas waktumu berhenti berjalan. Kami kabari begitu terbuka."
    return {
        PayoutState.WAITING: f"Ambil sebelum <t:{payout.claim_until}:f> (<t:{payout.claim_until}:R>).",
        PayoutState.CLAIMED: "Tujuanmu tersimpan, finance sedang memprosesnya.",
        PayoutState.PAID: f"Dikirim <t:{payout.ended_at}:f>.",
        PayoutState.EXPIRED: f"Batasnya lewat <t:{payout.claim_until}:f>.",
        PayoutState.CANCELLED: f"Alasan: {escape_markdown(payout.reason or '-')}",
    }[payout.state]


def listing(payouts: Sequence[Payout], totals: Totals, state: PayoutState | None, problem: str) -> Message:
    """Pay-outs for staff. `problem`: why winners can't claim."""
    fields = [
        Field(
            f"{payout.id}. {messages.prize_text(payout.prize)} · {payout.state.indonesian}"[:256],
            f"<@{payout.member_id}> · {escape_markdown(payout.origin)}\n{_since(payout)}",
            inline=False,
        )
        for payout in payouts
    ]
    options = [
        Option(str(payout.id), f"{payout.id}. {messages.prize_text(payout.prize)}", payout.state.indonesian)
        for payout in payouts
    ]
    heading = f"{totals.number} hadiah" + (f" · {state.indonesian}" if state else "")
    sums = (("Belum dibayar", totals.unpaid), ("Sudah dibayar", totals.paid))
    money = " · ".join(f"{name} {format_rupiah(rupiah)}" for name, rupiah in sums if rupiah)
    warning = f"⚠️ **{problem}**" if problem else ""
    empty = "" if payouts else "Belum ada hadiah di sini. Hadiah muncul begitu giveaway atau kuis punya pemenang."
    return Message(
        title=heading,
        description="\n".join(part for part in (money, empty, warning) if part),
        colour=WARNING if warning else PRIMARY,
        fields=fields,
        selects=[Select(custom_id("prize:open"), "Buka hadiah", options)] if options else [],
    )


def _since(payout: Payout) -> str:
    if payout.state is PayoutState.WAITING:
        return f"Batas ambil <t:{payout.claim_until}:f>"
    if payout.state is PayoutState.CLAIMED:
        return f"Tujuan diisi <t:{payout.claimed_at}:R>"
    return f"{payout.state.indonesian} <t:{payout.ended_at}:f>"


def detail(shown: PayoutDetail, note: str = "") -> Message:
    """One pay-out in full, the number masked, with what can be done."""
    payout = shown.payout
    where = messages.destination(payout.wallet, shown.number) if shown.number else "Belum diisi pemenang"
    fields = [
        Field("Status", payout.state.indonesian),
        Field("Pemenang", f"<@{payout.member_id}>"),
        Field("Tujuan", where if payout.state is not PayoutState.CANCELLED else "Dihapus"),
        Field("Dari", escape_markdown(payout.origin)),
        Field("Ditentukan lewat", "Undian" if payout.by_lot else "Adu cepat atau keterampilan"),
        Field("Batas ambil", f"<t:{payout.claim_until}:f>"),
    ]
    if payout.tax_note:
        fields.append(Field("Pajak hadiah", payout.tax_note, inline=False))
    if payout.reason:
        fields.append(Field("Alasan", escape_markdown(payout.reason), inline=False))
    fields.append(Field("Riwayat", "\n".join(map(_step, shown.steps[-_STEPS_SHOWN:])) or "-", inline=False))
    return Message(
        content=note,
        title=f"Hadiah {payout.id}: {messages.prize_text(payout.prize)}"[:256],
        colour=messages.STATE_COLOURS[payout.state],
        fields=fields,
        buttons=[_acts(payout)] if _acts(payout) else [],
    )


def _step(step: Entry) -> str:
    by = f" oleh <@{step.actor_id}>" if step.actor_id else ""
    why = f": {escape_markdown(str(step.details['reason']))[:100]}" if step.action == "prize.extended" else ""
    return f"<t:{step.at}:f> {_STEPS.get(step.action, step.action)}{by}{why}"


def _acts(payout: Payout) -> list[Button]:
    number = Button(custom_id("prize:number", payout.id), "Lihat nomor", emoji="🔒")
    cancel = Button(custom_id("prize:cancel", payout.id, payout.version), "Batalkan", ButtonStyle.DANGER)
    if payout.state is PayoutState.WAITING:
        return [Button(custom_id("prize:extend", payout.id, payout.version), "Perpanjang batas"), cancel]
    if payout.state is PayoutState.CLAIMED:
        pay = Button(custom_id("prize:pay", payout.id, payout.version), "Sudah dibayar", ButtonStyle.SUCCESS)
        return [number, pay, cancel]
    if payout.state is PayoutState.PAID:
        return [Button(custom_id("prize:proof", payout.id), "Lihat bukti", emoji="🔒"), number]
    return []


def number(payout: Payout, link: FormLink) -> Message:
    """The link to the page with the whole number, for finance."""
    return Message(
        title=f"Tujuan hadiah {payout.id}",
        description=(
            "Nomor lengkap tidak ditampilkan di Discord. Buka halaman di bawah: tampil sekali, berakhir "
            f"<t:{link.expires_at}:R>, dan tercatat siapa yang melihatnya."
        ),
        colour=PRIMARY,
        buttons=[[link_button(link.url, "Buka nomor")]],
    )


def proof_text(payout_id: int, proof: Proof) -> str:
    """The proof in words, for finance."""
    words = f"Referensi: {escape_markdown(proof.reference.reveal())}" if proof.reference else "Tanpa nomor referensi."
    return f"Bukti pembayaran hadiah {payout_id}. {words}"
