"""How duty looks: the week, who is on duty now, somebody's own turns, the rota's changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.duty import messages, week_card
from bot.duty.leaving import Covers
from bot.duty.messages import between, called_text, turn_text
from bot.duty.models import Deputy, Leave, OnDuty, Shift, Swap, SwapState, Turn, Via, Week
from bot.duty.reading import days_text, hours_text, shift_text, weekdays_text
from bot.duty.week_card import DayRow, Slot, WeekCard
from bot.platform.drawing import clip
from bot.platform.indonesian import format_date
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Picture, Select, custom_id
from bot.platform.palette import INFO, NEUTRAL, PRIMARY, SUCCESS, WARNING, Tone
from bot.platform.text import bulleted

_MOST_OPTIONS = 25
# Letters of a name in the picture: two must fit side by side.
_NAME = 20


def draw_week(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture of a week and its alt text."""
    days = tuple(
        DayRow(
            tuple(
                Slot(slot["hours"], tuple((name, Tone(tone)) for name, tone in slot["people"])) for slot in day["slots"]
            ),
            day["holiday"],
        )
        for day in facts["days"]
    )
    card = WeekCard(date.fromisoformat(facts["first"]), days, date.fromisoformat(facts["today"]))
    return week_card.render(card), week_card.alt_text(card)


def week(found: Week, today: date) -> Message:
    """A week with its picture, and the way to the weeks beside it."""
    before, after = (found.first + timedelta(days=days) for days in (-7, 7))
    gaps = [f"{messages.gap_text(gap)}" for gap in found.gaps]
    if not found.turns:
        said = "Belum ada giliran di jadwal. IT dan admin mengisinya dengan /piket atur tambah."
    elif gaps:
        said = f"⚠️ Tidak ada yang piket:\n{bulleted(gaps, 900)}"
    else:
        said = "Semua jam kerja ada yang piket."
    return Message(
        title=f"Piket {days_text(found.first, found.first + timedelta(days=6))}",
        description=said,
        colour=WARNING if gaps else PRIMARY,
        picture=Picture("duty-week", _facts(found, today), f"piket-{found.first.isoformat()}.png"),
        buttons=[
            [
                Button(custom_id("duty:week", before.toordinal()), "Minggu sebelumnya"),
                Button(custom_id("duty:week", after.toordinal()), "Minggu berikutnya"),
            ]
        ],
    )


def _facts(found: Week, today: date) -> dict[str, Any]:
    days: list[dict[str, Any]] = []
    for number in range(7):
        day = found.first + timedelta(days=number)
        slots: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for turn in found.turns:
            if turn.day == day:
                slots.setdefault((turn.starts_at, turn.ends_at), []).append(_person(turn))
        gaps = [(gap.starts_at, gap.ends_at) for gap in found.gaps if gap.day == day]
        lines = [(stretch, people) for stretch, people in slots.items()] + [(gap, []) for gap in gaps]
        lines.sort(key=lambda line: (line[0], not line[1]))
        shown = [{"hours": between(*stretch), "people": people} for stretch, people in lines]
        days.append({"slots": shown, "holiday": found.holidays.get(day, "")})
    return {"first": found.first.isoformat(), "today": today.isoformat(), "days": days}


def _person(turn: Turn) -> tuple[str, str]:
    name = clip(turn.name, _NAME)
    if turn.away:
        return f"{name} izin", Tone.WARN.value
    if turn.instead_of:
        return f"{name}, ganti {clip(turn.instead_of, _NAME)}", Tone.INFO.value
    return name, Tone.BRAND.value


def now(duty: OnDuty, coming: Turn | None, role_id: int | None) -> Message:
    """Who is called at this moment, and who comes next."""
    until = f" sampai <t:{duty.until}:t>" if duty.until else ""
    fields = []
    if coming is not None:
        who = f"{coming.name} izin, belum ada yang mengisi" if coming.away else f"<@{coming.member_id}>"
        fields.append(Field("Berikutnya", f"{who}\n<t:{coming.starts_at}:F>", inline=False))
    nobody = duty.via in (Via.DEPUTY, Via.ROLE)
    called = f"{'Tiket memanggil ' if nobody else ''}{called_text(duty, role_id)}{until}"
    return Message(
        title="Tidak ada yang piket sekarang" if nobody else "Sedang piket",
        description=f"{called}\n({duty.via.indonesian})",
        colour=WARNING if nobody else SUCCESS,
        fields=fields,
        footer="Seminggu penuh: /piket jadwal",
    )


def added(name: str, weekdays: Sequence[int], hours: tuple[int, int]) -> Message:
    """The answer to a new shift."""
    return Message(
        title="Giliran ditambahkan",
        description=f"**{name}** piket {weekdays_text(weekdays)}, {hours_text(*hours)} WIB, tiap minggu.",
        colour=SUCCESS,
        footer="Lihat hasilnya: /piket jadwal",
    )


def to_remove(member_id: int, shifts: Sequence[Shift]) -> Message:
    """Somebody's shifts, to choose which go."""
    if not shifts:
        return Message(description=f"<@{member_id}> tidak punya giliran di jadwal.", colour=NEUTRAL)
    options = [Option(str(shift.id), shift_text(shift), shift.name) for shift in shifts[:_MOST_OPTIONS]]
    return Message(
        title="Giliran mana yang dihapus?",
        description=f"Giliran mingguan <@{member_id}>. Yang kamu pilih langsung hilang dari jadwal.",
        colour=WARNING,
        selects=[Select(custom_id("duty:remove"), "Pilih giliran", options, at_most=len(options))],
    )


def removed(shifts: Sequence[Shift]) -> Message:
    """The answer to a removal."""
    return Message(
        title="Giliran dihapus",
        description=bulleted([f"{shift.name}: {shift_text(shift)}" for shift in shifts], 2_000),
        colour=SUCCESS,
        footer="Cek apakah ada jam yang kosong: /piket jadwal",
    )


def deputies(found: Sequence[Deputy]) -> Message:
    """Who is called when nobody is on duty."""
    lines = "\n".join(f"{number}. <@{deputy.member_id}>" for number, deputy in enumerate(found, 1))
    return Message(
        title="Cadangan piket",
        description=(
            f"Kalau tidak ada yang piket, tiket memanggil yang pertama di daftar ini yang tidak izin:\n{lines}"
            if found
            else "Belum ada cadangan. Kalau tidak ada yang piket, tiket memanggil seluruh IT Support."
        ),
        colour=INFO,
        buttons=[[Button(custom_id("duty:deputies-clear"), "Kosongkan", ButtonStyle.DANGER)]] if found else [],
        footer="Ganti urutannya: /piket cadangan pertama: … kedua: … ketiga: …",
    )


def asked(swap: Swap, turn: Turn) -> Message:
    """The answer to asking for a swap."""
    return Message(
        title="Permintaan tukar terkirim",
        description=(
            f"<@{swap.to_member_id}> ditanya secara pribadi: {turn_text(turn)}. Selama belum diterima, giliran itu "
            "tetap milikmu. Jawabannya dikirim ke kamu."
        ),
        colour=SUCCESS,
        buttons=[[Button(custom_id("duty:swap-withdraw", swap.id), "Tarik permintaan", ButtonStyle.DANGER)]],
    )


def answered(swap: Swap, turn: Turn) -> Message:
    """To who was asked, in place of the question."""
    if swap.state is SwapState.ACCEPTED:
        said = f"Kamu menggantikan **{turn.instead_of or turn.name}**: {turn_text(turn)}. Makasih!"
        return Message(title="Tukar piket diterima", description=said, colour=SUCCESS)
    said = f"**{turn.name}** dikabari bahwa kamu tidak bisa: {turn_text(turn)}."
    return Message(title="Tukar piket ditolak", description=said, colour=NEUTRAL)


def leave_noted(leave: Leave, covers: Covers, role_id: int | None) -> Message:
    """The answer to leave."""
    said = f"<@{leave.member_id}>: {days_text(leave.first_day, leave.last_day)}."
    if covers:
        lines = [f"{messages.gap_text(gap)}: {called_text(duty, role_id)}" for gap, duty in covers]
        said += f"\nGiliran yang kosong, dan siapa yang dipanggil (tim sudah dikabari):\n{bulleted(lines, 3_000)}"
    else:
        said += "\nTidak ada giliran yang kosong karenanya."
    return Message(
        title="Izin dicatat",
        description=said,
        colour=WARNING if covers else SUCCESS,
        buttons=[[Button(custom_id("duty:leave-drop", leave.id), "Batalkan izin", ButtonStyle.DANGER)]],
    )


def own(member_id: int, turns: Sequence[Turn], swaps: Sequence[tuple[Swap, Turn]], leaves: Sequence[Leave]) -> Message:
    """Somebody's coming turns, swaps and leave, and what of it can be taken back."""
    fields: list[Field] = []
    if turns:
        lines = [
            f"{format_date(one.day)}, {between(one.starts_at, one.ends_at)}"
            + (f" (ganti {one.instead_of})" if one.instead_of else "")
            + (" (kamu izin)" if one.away else "")
            for one in turns
        ]
        fields.append(Field("Giliranmu, empat minggu ke depan", bulleted(lines, 1_024), inline=False))
    if swaps:
        lines = [_swap_line(member_id, swap, turn) for swap, turn in swaps]
        fields.append(Field("Tukar piket", bulleted(lines, 1_024), inline=False))
    if leaves:
        lines = [days_text(one.first_day, one.last_day) for one in leaves]
        fields.append(Field("Izin", bulleted(lines, 1_024), inline=False))
    return Message(
        title="Piketmu",
        description="" if fields else "Kamu belum punya giliran. Lihat jadwal semua orang dengan /piket jadwal.",
        colour=PRIMARY if fields else NEUTRAL,
        fields=fields,
        selects=[*_swap_selects(member_id, swaps), *_leave_selects(leaves)],
        footer="Berhalangan? /piket tukar untuk satu giliran, /piket izin untuk sehari atau lebih." if turns else "",
    )


def _swap_line(member_id: int, swap: Swap, turn: Turn) -> str:
    state = "sudah diterima" if swap.state is SwapState.ACCEPTED else "menunggu jawaban"
    if swap.from_member_id == member_id:
        return f"{turn_text(turn)}: digantikan {swap.to_name}, {state}"
    return f"{turn_text(turn)}: kamu menggantikan <@{swap.from_member_id}>, {state}"


def _swap_selects(member_id: int, swaps: Sequence[tuple[Swap, Turn]]) -> list[Select]:
    taken = [
        Option(str(swap.id), clip(turn_text(turn), 95), clip(f"digantikan {swap.to_name}", 95))
        for swap, turn in swaps
        if swap.from_member_id == member_id
    ][:_MOST_OPTIONS]
    asked_of = [
        Option(str(swap.id), clip(turn_text(turn), 95))
        for swap, turn in swaps
        if swap.to_member_id == member_id and swap.state is SwapState.ASKED
    ][:_MOST_OPTIONS]
    selects = [Select(custom_id("duty:swap-drop"), "Tarik tukar piket", taken)] if taken else []
    if asked_of:
        selects.append(Select(custom_id("duty:swap-open"), "Jawab permintaan tukar", asked_of))
    return selects


def _leave_selects(leaves: Sequence[Leave]) -> list[Select]:
    options = [Option(str(one.id), clip(days_text(one.first_day, one.last_day), 95)) for one in leaves]
    return [Select(custom_id("duty:leaves-drop"), "Batalkan izin", options[:_MOST_OPTIONS])] if options else []
