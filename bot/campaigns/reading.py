"""From what staff typed into a campaign's forms to values, or one sentence a field that is wrong."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.campaigns.models import Basics, Requirements, Reward, RewardKind
from bot.creators.models import Niche, Platform, Tier
from bot.platform.deadlines import read_deadline
from bot.platform.errors import DomainError, FormRefused
from bot.platform.indonesian import PROVINCES, parse_count, parse_percent, parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line, quote, tidy

T = TypeVar("T")

TITLE_LENGTH = 100
BRAND_LENGTH = 80
TEXT_LENGTH = 2_000
BARTER_LENGTH = 500
MOST_SLOTS = 1_000


@dataclass(frozen=True)
class BasicsForm:
    """The first form of a campaign, as typed."""

    title: str
    brand: str
    brief: str
    slots: str
    deadline: str


@dataclass(frozen=True)
class RewardForm:
    """The reward form, as typed. `kind` and `public` are the chosen options' values."""

    kind: str | None
    fee: str
    barter: str
    public: str | None


@dataclass(frozen=True)
class AccountsForm:
    """Which kind of account is wanted, as chosen; regions by the official names of provinces."""

    platforms: list[str]
    niches: list[str]
    tiers: list[str]
    regions: list[str]


@dataclass(frozen=True)
class FiguresForm:
    """Which figures are wanted, as typed."""

    min_followers: str
    max_followers: str
    min_engagement: str


def read_basics(form: BasicsForm, now: datetime, *, kept_deadline: int | None = None) -> Basics:
    """The first form. `kept_deadline` may stay as it is, even when it has passed. Raises FormRefused."""
    problems = Problems()
    title = problems.read(lambda: filled(one_line(form.title), "Judul", TITLE_LENGTH), "")
    brand = problems.read(lambda: filled(one_line(form.brand), "Brand", BRAND_LENGTH), "")
    brief = problems.read(lambda: filled(tidy(form.brief), "Brief", TEXT_LENGTH), "")
    slots = problems.read(lambda: read_slots(form.slots), 1, "Jumlah slot")
    deadline = problems.read(lambda: read_deadline(form.deadline, now, kept=kept_deadline), 0, "Batas lamaran")
    problems.settle()
    return Basics(title, brand, brief, slots, deadline)


def read_slots(text: str) -> int:
    """How many creators can be accepted: 1 to 1,000."""
    slots = parse_count(text, whole=True)
    if slots is None or not 1 <= slots <= MOST_SLOTS:
        raise DomainError(f"{quote(text)} tidak bisa dipakai. Isi angka 1 sampai 1.000.")
    return slots


def read_reward(form: RewardForm) -> Reward:
    """Fee or barter. Raises FormRefused when the one chosen is left blank."""
    public = form.public != "no"
    if form.kind == RewardKind.BARTER:
        return Reward(RewardKind.BARTER, barter=_refused(lambda: filled(tidy(form.barter), "Barter", BARTER_LENGTH)))
    if form.kind != RewardKind.FEE:
        raise FormRefused(["Pilih jenis imbalannya: fee atau barter."])
    fee = _refused(lambda: parse_rupiah(form.fee))
    if not fee:
        raise FormRefused(["Nominal fee belum diisi. Tulis misalnya 1,5jt atau 750rb per kreator."])
    return Reward(RewardKind.FEE, fee=fee, public=public)


def read_accounts(form: AccountsForm, kept: Requirements) -> Requirements:
    """The chosen kinds of account over what was asked for before."""
    return replace(
        kept,
        platforms=tuple(Platform(value) for value in form.platforms),
        niches=tuple(Niche(value) for value in form.niches),
        tiers=tuple(Tier(value) for value in form.tiers),
        regions=tuple(name for name in PROVINCES if name in form.regions),
    )


def read_figures(form: FiguresForm, kept: Requirements) -> Requirements:
    """The figures over what was asked for before; a blank asks for nothing. Raises FormRefused."""
    problems = Problems()
    low = problems.read(lambda: _followers(form.min_followers), None, "Followers minimal")
    high = problems.read(lambda: _followers(form.max_followers), None, "Followers maksimal")
    # "3" and "0,5" mean percent here, where the label says so; a lone ratio would be a strange thing to type.
    typed = form.min_engagement.strip()
    ratio = problems.read(
        lambda: parse_percent(f"{typed.removesuffix('%').strip()}%" if typed else None), None, "ER minimal"
    )
    if low is not None and high is not None and low > high:
        problems.sentences.append("Followers minimal lebih besar dari maksimal. Tukar atau kosongkan salah satunya.")
    if ratio is not None and ratio > 1:
        problems.sentences.append("ER minimal tidak bisa lebih dari 100%.")
    problems.settle()
    return replace(
        kept,
        min_followers=low or None,
        max_followers=high,
        min_engagement_ppm=int(ratio * 1_000_000) if ratio else None,
    )


def _followers(text: str) -> int | None:
    count = parse_count(text, whole=True)
    if count is not None and count < 0:
        raise DomainError(f"Jumlah followers {quote(text)} tidak bisa negatif.")
    return count


def _refused(reader: Callable[[], T]) -> T:
    try:
        return reader()
    except FormRefused:
        raise
    except DomainError as error:
        raise FormRefused([error.message]) from None
