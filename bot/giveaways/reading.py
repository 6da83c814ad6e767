"""From what staff typed into a giveaway's forms to values, or one sentence a field that is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.creators.models import Niche
from bot.giveaways.models import GiveawaySpec, Legal, LegalKind, Requirements
from bot.platform.deadlines import read_deadline
from bot.platform.errors import DomainError
from bot.platform.indonesian import format_rupiah, parse_count, parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import clip, filled, one_line, quote
from bot.prizes.models import Prize
from bot.prizes.reading import read_prize, worded

TITLE_LENGTH = 100
PRIZE_LENGTH = 150
FOLLOW_LENGTH = 100
PERMIT_LENGTH = 100
MOST_WINNERS = 100
MOST_DAYS = 3_650
MOST_CLAIM_DAYS = 30


@dataclass(frozen=True)
class BasicsForm:
    """The first form, as typed."""

    title: str
    prize: str
    amount: str
    winners: str
    ends: str


@dataclass(frozen=True)
class RequirementsForm:
    """Who may join, as typed and chosen. `role` is a Discord id."""

    role: str | None
    registered: bool
    member_days: str
    follow: str
    niches: Sequence[str]


@dataclass(frozen=True)
class LegalForm:
    """Draw or contest, the permit's number, and how many days winners have to claim."""

    kind: str | None
    permit: str
    claim_days: str


def read_basics(form: BasicsForm, now: datetime, kept: GiveawaySpec | None = None) -> GiveawaySpec:
    """The first form over what was known. One left without an end keeps its length. Raises FormRefused."""
    problems = Problems()
    title = problems.read(lambda: filled(one_line(form.title), "Judul", TITLE_LENGTH), "")
    prize = problems.read(lambda: filled(one_line(form.prize), "Hadiah", PRIZE_LENGTH), "")
    amount = problems.read(lambda: parse_rupiah(form.amount), None, "Nilai uang")
    winners = problems.read(lambda: read_winners(form.winners), 1, "Jumlah pemenang")
    lasts = kept.lasts if kept else None
    ends_at = None
    if form.ends.strip() or lasts is None:
        ends_at = problems.read(lambda: read_deadline(form.ends, now), 0, "Berakhir")
    won = problems.read(lambda: _prize(prize, amount), Prize(prize), "Hadiah") if prize else Prize(prize)
    problems.settle()
    base = kept or GiveawaySpec(title, prize, winners)
    told = clip(won.description, PRIZE_LENGTH)
    return replace(base, title=title, prize=told, amount=won.amount, winners=winners, ends_at=ends_at)


def _prize(text: str, amount: int | None) -> Prize:
    """Money where its own field or the prize itself says how much. Raises DomainError where the two differ."""
    if not amount:
        return read_prize(text) or Prize(text)
    try:
        named = read_prize(text)
    except DomainError:
        # The prize alone does not say it, so its own field does.
        named = None
    if named and named.amount and named.amount != amount:
        raise DomainError(
            f"menyebut {format_rupiah(named.amount)}, tetapi nilai uangnya {format_rupiah(amount)}. Samakan keduanya."
        )
    return Prize(worded(text, amount), amount)


def read_winners(text: str) -> int:
    """How many win: 1 to 100."""
    winners = parse_count(text, whole=True)
    if winners is None or not 1 <= winners <= MOST_WINNERS:
        raise DomainError(f"{quote(text)} tidak bisa dipakai. Isi angka 1 sampai {MOST_WINNERS}.")
    return winners


def read_requirements(form: RequirementsForm) -> Requirements:
    """Who may join. Raises FormRefused."""
    problems = Problems()
    days = problems.read(lambda: _days(form.member_days, 0, MOST_DAYS), 0, "Lama jadi anggota")
    follow = one_line(form.follow)
    if len(follow) > FOLLOW_LENGTH:
        problems.sentences.append(f"Akun yang di-follow terlalu panjang, paling banyak {FOLLOW_LENGTH} huruf.")
    problems.settle()
    return Requirements(
        role_id=int(form.role) if form.role else None,
        registered=form.registered,
        member_days=days or None,
        follow=follow or None,
        niches=tuple(Niche(value) for value in form.niches),
    )


def read_legal(form: LegalForm, kept: GiveawaySpec) -> GiveawaySpec:
    """Staff's choice after the reminder, over what was known. Raises FormRefused."""
    problems = Problems()
    if form.kind is None:
        problems.sentences.append("Pilih undian atau kontes.")
    days = problems.read(lambda: _days(form.claim_days, 1, MOST_CLAIM_DAYS), 1, "Batas ambil hadiah")
    permit = one_line(form.permit)[:PERMIT_LENGTH]
    problems.settle()
    return replace(kept, legal=Legal(LegalKind(form.kind), permit or None), claim_days=days)


def _days(text: str, least: int, most: int) -> int:
    days = parse_count(text, whole=True)
    if days is None and least == 0:
        return 0
    if days is None or not least <= days <= most:
        raise DomainError(f"{quote(text)} tidak bisa dipakai. Isi jumlah hari {least} sampai {most}.")
    return days
