"""Who is on duty, from the rota, swaps and leave. Days and minutes are in WIB."""

from datetime import date, datetime, time, timedelta

from bot.duty.models import Gap, Leave, OnDuty, Rota, Shift, Swap, SwapState, Turn, Via
from bot.platform.clock import JAKARTA, local_day
from bot.platform.errors import DomainError, TooLate
from bot.platform.indonesian.working_time import WorkingTime

DAY_MINUTES = 24 * 60


def turns(rota: Rota, first: date, last: date) -> list[Turn]:
    """Every turn that begins on a day from `first` to `last`, in the order in which they begin."""
    swaps = {(swap.shift_id, swap.day): swap for swap in rota.swaps if swap.state is SwapState.ACCEPTED}
    found: list[Turn] = []
    day = first
    while day <= last:
        found += [
            _turn(shift, day, swaps.get((shift.id, day)), rota.leaves)
            for shift in rota.shifts
            if shift.weekday == day.weekday()
        ]
        day += timedelta(days=1)
    return sorted(found, key=lambda turn: (turn.starts_at, turn.name, turn.shift_id))


def on_duty(rota: Rota, instant: int) -> OnDuty:
    """Who is called at an instant (seconds UTC).

    Whoever holds a turn then, and is not on leave; else the first deputy who is not; else the whole role.
    """
    today = local_day(instant)
    # A turn lasts at most a day: one that began yesterday may still run.
    holding = [
        turn
        for turn in turns(rota, today - timedelta(days=1), today)
        if turn.starts_at <= instant < turn.ends_at and not turn.away
    ]
    if holding:
        holders = {turn.member_id: turn.name for turn in holding}
        swapped = any(turn.instead_of for turn in holding)
        until = min(turn.ends_at for turn in holding)
        return OnDuty(tuple(holders), tuple(holders.values()), Via.SWAP if swapped else Via.ROTA, until)
    for deputy in rota.deputies:
        if not is_away(rota.leaves, deputy.member_id, today):
            return OnDuty((deputy.member_id,), (deputy.name,), Via.DEPUTY)
    return OnDuty((), (), Via.ROLE)


def next_start(rota: Rota, after: int, *, within_days: int = 14) -> int | None:
    """When the next turn begins, held by somebody or not, strictly after an instant; None when none does in time."""
    today = local_day(after)
    coming = turns(rota, today, today + timedelta(days=within_days))
    return next((turn.starts_at for turn in coming if turn.starts_at > after), None)


def begun(rota: Rota, since: int, now: int) -> list[Turn]:
    """The turns that began from `since` to `now` and still run, in the order in which they began."""
    # Older ones are over: a turn lasts at most a day.
    found = turns(rota, max(local_day(since), local_day(now) - timedelta(days=1)), local_day(now))
    return [turn for turn in found if since <= turn.starts_at <= now < turn.ends_at]


def gaps(rota: Rota, first: date, last: date, working: WorkingTime) -> list[Gap]:
    """When nobody is on duty though somebody should be, on the days from `first` to `last`, earliest first.

    Somebody should be in the desk's working hours, and in every turn whose holder is away. A gap of an overnight turn
    belongs to the day on which it begins, as the turn does.
    """
    around = turns(rota, first - timedelta(days=1), last + timedelta(days=1))
    held = _merged([(turn.starts_at, turn.ends_at) for turn in around if not turn.away])
    found: list[Gap] = []
    day, counted = first, 0
    while day <= last:
        wanted = [(turn.starts_at, turn.ends_at) for turn in around if turn.away and turn.day == day]
        if (hours := working.hours_of(day)) is not None:
            wanted.append(hours)
        for stretch in _merged(wanted):
            for start, end in _without(stretch, held):
                # What an overnight gap of the day before has shown already.
                start = max(start, counted)
                if start < end:
                    found.append(Gap(day, start, end))
                    counted = end
        day += timedelta(days=1)
    return found


def uncovered(rota: Rota, turn: Turn) -> list[Gap]:
    """The parts of a turn in which nobody is on duty, the turn's own holder included."""
    around = turns(rota, turn.day - timedelta(days=1), turn.day + timedelta(days=1))
    held = _merged([(one.starts_at, one.ends_at) for one in around if not one.away])
    return [Gap(turn.day, start, end) for start, end in _without((turn.starts_at, turn.ends_at), held)]


def check_swap(rota: Rota, turn: Turn | None, to_member_id: int, now: int) -> Turn:
    """The turn, when it may go to somebody else now. Raises DomainError."""
    if turn is None:
        raise TooLate("Giliran itu sudah tidak ada di jadwal. Lihat yang sekarang dengan /piket jadwal.")
    if turn.starts_at <= now:
        raise TooLate("Giliran itu sudah mulai, jadi tidak bisa ditukar lagi. Kalau berhalangan, pakai /piket izin.")
    if turn.member_id == to_member_id:
        raise DomainError("Giliran itu memang sudah dipegang orang yang kamu pilih. Pilih orang lain.")
    if is_away(rota.leaves, to_member_id, turn.day):
        raise DomainError("Orang itu izin di hari itu, jadi tidak bisa menggantikan. Pilih orang lain.")
    return turn


def turn_of(rota: Rota, shift_id: int, day: date) -> Turn | None:
    """A shift's turn on a day, None when the rota has none."""
    return next((turn for turn in turns(rota, day, day) if turn.shift_id == shift_id), None)


def is_away(leaves: tuple[Leave, ...], member_id: int, day: date) -> bool:
    """Whether somebody is on leave on a day."""
    return any(leave.member_id == member_id and leave.first_day <= day <= leave.last_day for leave in leaves)


def length(starts: int, ends: int) -> int:
    """Minutes of a shift; `ends` at or before `starts` is on the next day. From 1 to 1,440."""
    return ends - starts if ends > starts else ends + DAY_MINUTES - starts


def overlaps(shifts: tuple[Shift, ...], member_id: int, weekday: int, starts: int, ends: int) -> Shift | None:
    """A shift of the same person that a new one would overlap, over the end of the week too."""
    week = 7 * DAY_MINUTES
    begin = weekday * DAY_MINUTES + starts
    lasts = length(starts, ends)
    for shift in shifts:
        if shift.member_id != member_id:
            continue
        other = shift.weekday * DAY_MINUTES + shift.starts
        if (other - begin) % week < lasts or (begin - other) % week < length(shift.starts, shift.ends):
            return shift
    return None


def _turn(shift: Shift, day: date, swap: Swap | None, leaves: tuple[Leave, ...]) -> Turn:
    midnight = datetime.combine(day, time(), JAKARTA)
    starts_at = int(midnight.timestamp()) + shift.starts * 60
    holder, name = (swap.to_member_id, swap.to_name) if swap else (shift.member_id, shift.name)
    return Turn(
        shift.id,
        day,
        starts_at,
        starts_at + length(shift.starts, shift.ends) * 60,
        holder,
        name,
        instead_of=shift.name if swap else None,
        away=is_away(leaves, holder, day),
    )


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(stretch: tuple[int, int], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch; `taken` is sorted and does not overlap."""
    left: list[tuple[int, int]] = []
    start, end = stretch
    for begin, finish in taken:
        if finish <= start or begin >= end:
            continue
        if begin > start:
            left.append((start, begin))
        start = max(start, finish)
    if start < end:
        left.append((start, end))
    return left
