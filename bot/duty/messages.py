"""What duty says by itself: in IT's channel, to staff, and privately to those whom a swap is about."""

from collections.abc import Sequence

from bot.duty.models import Gap, OnDuty, Swap, Turn, Via
from bot.duty.reading import hours_text
from bot.duty.rules import DAY_MINUTES
from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.indonesian import format_date
from bot.platform.messages import Button, ButtonStyle, Message, custom_id
from bot.platform.palette import DANGER, INFO, NEUTRAL, SUCCESS, WARNING
from bot.platform.text import bulleted


def between(starts_at: int, ends_at: int) -> str:
    """`22.00–06.00` of two instants, in WIB; midnight as an end is `24.00`."""
    start, end = (from_timestamp(one).astimezone(JAKARTA) for one in (starts_at, ends_at))
    return hours_text(start.hour * 60 + start.minute, end.hour * 60 + end.minute or DAY_MINUTES)


def turn_text(turn: Turn) -> str:
    """`Senin, 9 Maret 2026, 22.00–06.00 WIB`."""
    return f"{format_date(turn.day)}, {between(turn.starts_at, turn.ends_at)} WIB"


def gap_text(gap: Gap) -> str:
    """The same of a gap."""
    return f"{format_date(gap.day)}, {between(gap.starts_at, gap.ends_at)} WIB"


def called_text(duty: OnDuty, role_id: int | None) -> str:
    """Who is called, as mentions."""
    if duty.via is Via.ROLE:
        return f"<@&{role_id}>" if role_id else "tim (role IT Support belum diatur)"
    return joined([f"<@{member}>" for member in duty.member_ids])


def joined(names: Sequence[str]) -> str:
    """`Dewi, Budi, dan Tono`."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def started(turns: Sequence[Turn]) -> Message:
    """Turns that have just begun, to their holders."""
    holders = list(dict.fromkeys(turn.member_id for turn in turns))
    lines = [
        f"<@{turn.member_id}> sampai <t:{turn.ends_at}:f>"
        + (f", menggantikan {turn.instead_of}" if turn.instead_of else "")
        for turn in turns
    ]
    return Message(
        content=" ".join(f"<@{member}>" for member in holders),
        title="Giliran piket mulai",
        description=bulleted(lines, 4_000),
        colour=INFO,
        footer="Tiket baru muncul di sini dan menyebut namamu. Berhalangan? Pakai /piket tukar atau /piket izin.",
        ping_users=holders,
    )


def nobody(turns: Sequence[Turn], duty: OnDuty, role_id: int | None) -> Message:
    """Turns that have just begun without anybody, to who is called instead."""
    away = joined(list(dict.fromkeys(turn.name for turn in turns)))
    until = max(turn.ends_at for turn in turns)
    return Message(
        content=called_text(duty, role_id),
        title="Tidak ada yang piket",
        description=(
            f"{away} izin hari ini. Sampai <t:{until}:f> tiket memanggil {called_text(duty, role_id)} "
            f"({duty.via.indonesian})."
        ),
        colour=WARNING,
        footer="Bisa mengisi? Tambahkan giliranmu dengan /piket atur tambah.",
        ping_users=list(duty.member_ids),
        ping_roles=[role_id] if role_id and duty.via is Via.ROLE else [],
    )


def emptied(name: str, days: str, covers: Sequence[tuple[Gap, OnDuty]], role_id: int | None, *, ping: bool) -> Message:
    """Somebody's leave empties turns: who is called in them."""
    lines = [
        f"{gap_text(gap)}: {called_text(duty, role_id)} ({'cadangan' if duty.via is Via.DEPUTY else 'seluruh IT'})"
        for gap, duty in covers
    ]
    deputies = list(dict.fromkeys(member for _, duty in covers for member in duty.member_ids))
    return Message(
        content=" ".join(f"<@{member}>" for member in deputies) if ping else "",
        title=f"{name} izin: ada giliran kosong",
        description=f"{days}. Yang dipanggil kalau ada tiket:\n{bulleted(lines, 3_500)}",
        colour=WARNING,
        footer="Mau diisi orang lain? /piket atur tambah, atau tukar lewat /piket tukar.",
        ping_users=deputies if ping else [],
    )


def back(member_id: int, days: str) -> Message:
    """Leave that had emptied turns was taken back."""
    return Message(
        title="Izin dibatalkan",
        description=f"<@{member_id}> tidak jadi izin, {days}. Gilirannya terisi lagi.",
        colour=SUCCESS,
    )


def swap_asked(swap: Swap, turn: Turn) -> Message:
    """To who is asked."""
    return Message(
        title="Bisa menggantikan piket?",
        description=(
            f"**{turn.name}** minta kamu menggantikan piket IT:\n**{turn_text(turn)}**\n"
            "Kalau kamu terima, tiket di jam itu memanggil kamu."
        ),
        colour=INFO,
        buttons=[
            [
                Button(custom_id("duty:swap-accept", swap.id), "Terima", ButtonStyle.SUCCESS),
                Button(custom_id("duty:swap-decline", swap.id), "Tolak", ButtonStyle.DANGER),
            ]
        ],
    )


def swap_answered(swap: Swap, turn: Turn, *, accepted: bool) -> Message:
    """To who asked."""
    if accepted:
        return Message(
            title="Tukar piket diterima",
            description=f"**{swap.to_name}** menggantikanmu: {turn_text(turn)}.",
            colour=SUCCESS,
        )
    return Message(
        title="Tukar piket ditolak",
        description=(
            f"**{swap.to_name}** tidak bisa menggantikanmu: {turn_text(turn)}. Giliran itu masih milikmu. "
            "Minta orang lain dengan /piket tukar."
        ),
        colour=DANGER,
    )


def swapped(swap: Swap, turn: Turn) -> Message:
    """In IT's channel: who comes instead of whom."""
    return Message(
        title="Tukar piket",
        description=f"**{swap.to_name}** menggantikan **{turn.name}**: {turn_text(turn)}.",
        colour=INFO,
    )


def swap_taken_back(swap: Swap, when: str, name: str, *, was_accepted: bool) -> Message:
    """To who was asked: they need not come."""
    return Message(
        title="Tukar piket ditarik",
        description=f"**{name}** tetap piket sendiri: {when}."
        + (" Kamu tidak jadi menggantikan." if was_accepted else " Permintaannya tidak perlu dijawab."),
        colour=NEUTRAL,
    )


def swap_undone(swap: Swap, when: str, name: str) -> Message:
    """In IT's channel: an accepted swap counts no more."""
    return Message(
        title="Tukar piket ditarik",
        description=f"**{name}** tetap piket sendiri: {when}. {swap.to_name} tidak jadi menggantikan.",
        colour=INFO,
    )


def swap_dropped(when: str) -> Message:
    """To both: the shift was taken off the rota."""
    return Message(
        title="Tukar piket batal",
        description=f"Giliran {when} dihapus dari jadwal, jadi tukarnya batal. Lihat jadwal: /piket jadwal.",
        colour=NEUTRAL,
    )


def swap_returned(swap: Swap) -> Message:
    """To who asked: who was asked left the server."""
    return Message(
        title="Tukar piket batal",
        description=(
            f"**{swap.to_name}** keluar dari server, jadi giliranmu {format_date(swap.day)} kembali ke kamu. "
            "Minta orang lain dengan /piket tukar."
        ),
        colour=WARNING,
    )


def gone(name: str, shifts: int, *, deputy: bool) -> Message:
    """Somebody who was on the rota left the server."""
    was = joined([*([f"{shifts} giliran mingguan"] if shifts else []), *(["cadangan"] if deputy else [])])
    return Message(
        title=f"{name} keluar dari server",
        description=f"Dihapus dari piket: {was}. Lihat yang kosong di /piket jadwal, isi lewat /piket atur tambah.",
        colour=WARNING,
    )
