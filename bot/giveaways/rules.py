"""Who may join a giveaway, and what may be done with it in which state. Draws have their rule in verify_draw."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.creators.models import Niche
from bot.giveaways.models import Giveaway, GiveawaySpec, GiveawayState, Pick, Requirements
from bot.platform.errors import DomainError

DAY = 86_400
CODE_BYTES = 16
# A giveaway that is posted ends at least this much later: nobody can join one that has ended by then.
SHORTEST_SECONDS = 60

Randomness = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Person:
    """What counts about somebody who wants to join. `in_server_since` in seconds UTC, None where it isn't known."""

    role_ids: frozenset[int] = frozenset()
    in_server_since: int | None = None
    registered: bool = False
    niches: tuple[Niche, ...] = ()


def requirement_lines(wanted: Requirements) -> list[str]:
    """What is asked for, one line each; a single line when everyone may join."""
    lines: list[str] = []
    if wanted.role_id is not None:
        lines.append(f"Punya role <@&{wanted.role_id}>")
    if wanted.registered:
        lines.append("Kreator terdaftar (lewat /daftar)")
    if wanted.member_days:
        lines.append(f"Anggota server minimal {wanted.member_days} hari")
    if wanted.niches:
        lines.append(f"Niche {_names(wanted.niches)}")
    if wanted.follow:
        lines.append(f"Follow {wanted.follow}")
    return lines or ["Semua anggota boleh ikut"]


def unmet(wanted: Requirements, person: Person, now: int) -> list[str]:
    """Every reason why somebody may not join yet, one sentence each with what to do; empty when they may.

    Following an account is not among them: it is asked for and declared, not looked up.
    """
    reasons: list[str] = []
    if wanted.role_id is not None and wanted.role_id not in person.role_ids:
        reasons.append(f"Kamu perlu role <@&{wanted.role_id}>. Tanya caranya dengan /tiket buka.")
    if wanted.registered and not person.registered:
        reasons.append("Giveaway ini untuk kreator terdaftar. Daftar dulu dengan /daftar, cuma beberapa menit.")
    if wanted.member_days:
        reasons += _too_new(wanted.member_days, person.in_server_since, now)
    if wanted.niches and not set(wanted.niches) & set(person.niches):
        own = f"niche akunmu {_names(person.niches)}" if person.niches else "akunmu belum terdaftar. Pakai /daftar"
        reasons.append(f"Niche yang dicari {_names(wanted.niches)}, {own}.")
    return reasons


def _too_new(days: int, since: int | None, now: int) -> list[str]:
    if since is None:
        return ["Tanggal bergabungmu belum terbaca. Coba lagi sebentar, atau tanya dengan /tiket buka."]
    if now >= since + days * DAY:
        return []
    so_far = max(0, (now - since) // DAY)
    begins = since + days * DAY
    return [f"Minimal {days} hari jadi anggota server, kamu baru {so_far} hari. Kamu bisa ikut mulai <t:{begins}:f>."]


def _names(niches: Sequence[Niche]) -> str:
    return ", ".join(niche.indonesian for niche in niches)


def check_joining(giveaway: Giveaway, now: int) -> None:
    """Raise unless entries are taken at this moment."""
    if giveaway.state is GiveawayState.CANCELLED:
        raise DomainError("Giveaway ini dibatalkan. Lihat yang masih dibuka dengan /giveaway daftar.")
    if giveaway.state is GiveawayState.ENDED or (giveaway.spec.ends_at or 0) <= now:
        raise DomainError(
            f"Giveaway ini sudah berakhir <t:{giveaway.ended_at or giveaway.spec.ends_at}:f>. "
            "Lihat yang masih dibuka dengan /giveaway daftar."
        )
    if giveaway.state is not GiveawayState.OPEN:
        raise DomainError("Giveaway ini belum dibuka. Tunggu pengumumannya, ya.")


def check_edit(giveaway: Giveaway) -> None:
    """Raise unless it may still be changed: once people have joined, nothing that they saw may change."""
    if giveaway.state not in (GiveawayState.DRAFT, GiveawayState.SCHEDULED):
        raise DomainError(
            f"Giveaway ini sudah {giveaway.state.indonesian.lower()}, isinya tidak bisa diubah lagi. "
            "Kalau keliru, batalkan dengan /giveaway-admin batal lalu buat yang baru."
        )


def check_opening(giveaway: Giveaway, revision: int | None = None) -> None:
    """Raise unless it may be posted. `revision`: the one that was previewed, where somebody pressed a button."""
    check_edit(giveaway)
    if not giveaway.complete:
        raise DomainError("Pilih dulu undian atau kontes lewat tombol “Undian/kontes & izin”.")
    if revision is not None and giveaway.revision != revision:
        raise DomainError(
            "Isinya sudah berubah sejak pratinjau ini. Buka lagi lewat /giveaway-admin daftar, lalu periksa."
        )


def ends_at(spec: GiveawaySpec, now: int) -> int:
    """When a giveaway posted at `now` ends. Raises DomainError when that has passed or nothing was said."""
    if spec.ends_at is None and spec.lasts is None:
        raise DomainError("Waktu berakhirnya belum diisi.")
    end = spec.ends_at if spec.ends_at is not None else now + (spec.lasts or 0)
    if end < now + SHORTEST_SECONDS:
        raise DomainError(f"Waktu berakhirnya <t:{end}:f> sudah lewat. Ubah dulu waktunya.")
    return end


def check_ending(giveaway: Giveaway) -> None:
    """Raise unless it can be ended and drawn."""
    if giveaway.state is GiveawayState.ENDED:
        raise DomainError(f"Giveaway ini sudah berakhir <t:{giveaway.ended_at}:f> dan sudah diundi.")
    if giveaway.state is GiveawayState.CANCELLED:
        raise DomainError(f"Giveaway ini sudah dibatalkan <t:{giveaway.ended_at}:f>.")
    if giveaway.state is not GiveawayState.OPEN:
        raise DomainError("Giveaway ini belum dibuka, jadi belum ada yang bisa diakhiri.")


def check_drawn(giveaway: Giveaway) -> None:
    """Raise unless it has winners to speak of."""
    if giveaway.state is GiveawayState.CANCELLED:
        raise DomainError("Giveaway ini dibatalkan, jadi tidak ada pemenangnya.")
    if giveaway.state is not GiveawayState.ENDED:
        raise DomainError("Giveaway ini belum diundi, jadi belum ada pemenangnya.")


def check_cancelling(giveaway: Giveaway) -> None:
    """Raise unless it can be called off: not after the draw, whose winners were told."""
    if giveaway.state is GiveawayState.ENDED:
        raise DomainError(
            "Giveaway ini sudah diundi, tidak bisa dibatalkan. Pakai /giveaway-admin undi-ulang bila perlu."
        )
    if giveaway.state is GiveawayState.CANCELLED:
        raise DomainError("Giveaway ini sudah dibatalkan.")


def standing(picks: Sequence[Pick]) -> list[Pick]:
    """The winners as they stand: picks that were not dropped."""
    return [pick for pick in picks if pick.dropped_at is None]
