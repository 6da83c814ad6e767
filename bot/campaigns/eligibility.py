"""Whether an account fits a campaign, and what a person is told when it doesn't."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.campaigns.models import Requirements
from bot.creators.models import Niche, Platform, Tier
from bot.creators.rules import tier
from bot.creators.service import Creator
from bot.platform.indonesian import format_number, format_percent

_UPDATE = "Perbarui lewat /profil > Perbarui data."
_ADD_AVERAGES = "Isi rata-rata kontenmu lewat /profil > Perbarui data."
_TIER_RANGES = {
    Tier.NANO: "di bawah 10.000",
    Tier.MICRO: "10.000 sampai 99.999",
    Tier.MID: "100.000 sampai 499.999",
    Tier.MACRO: "500.000 sampai 999.999",
    Tier.MEGA: "1.000.000 ke atas",
}


@dataclass(frozen=True, slots=True)
class Account:
    """What counts about an account; None where it isn't known.

    `engagement_ppm` is ER in parts per million, `region` the official name of a province.
    """

    platform: Platform
    username: str
    niches: tuple[Niche, ...] = ()
    followers: int | None = None
    engagement_ppm: int | None = None
    region: str | None = None


def account_of(creator: Creator) -> Account:
    """The part of a database row that eligibility looks at: platform figures, never what somebody said in chat."""
    record = creator.record
    return Account(
        platform=record.platform,
        username=record.username,
        niches=tuple(niche for niche in (record.niche_1, record.niche_2) if niche),
        followers=record.metrics.followers,
        engagement_ppm=creator.engagement_ppm,
        region=creator.region,
    )


def unmet(wanted: Requirements, account: Account) -> list[str]:
    """Every reason why the account does not fit, one sentence with the figure each; empty when it fits.

    A figure that isn't known never fits: the sentence says how to make it known.
    """
    reasons = (
        _platform(wanted, account),
        _niche(wanted, account),
        _tier(wanted, account),
        _at_least(wanted, account),
        _at_most(wanted, account),
        _engagement(wanted, account),
        _region(wanted, account),
    )
    return [reason for reason in reasons if reason]


def requirement_labels(wanted: Requirements, *, names: int = 3) -> tuple[str, ...]:
    """What is asked for, in short labels for a list or a card; empty when everyone fits.

    Of several platforms, niches and so on the first `names` are named, the rest counted.
    """
    labels = [
        _short([platform.label for platform in wanted.platforms], names),
        _followers_label(wanted),
        _short([niche.indonesian for niche in wanted.niches], names),
        f"ER min. {_percent(wanted.min_engagement_ppm)}" if wanted.min_engagement_ppm else "",
        _short([tier.label for tier in wanted.tiers], names),
        _short(wanted.regions, names),
    ]
    return tuple(label for label in labels if label)


def requirement_lines(wanted: Requirements) -> list[str]:
    """What is asked for, in full, one line each."""
    lines = (
        ("Platform", ", ".join(platform.label for platform in wanted.platforms)),
        ("Niche", ", ".join(niche.indonesian for niche in wanted.niches)),
        ("Ukuran akun", ", ".join(f"{tier.label} ({_TIER_RANGES[tier]})" for tier in wanted.tiers)),
        ("Followers", _followers_label(wanted).removesuffix(" followers")),
        ("ER minimal", _percent(wanted.min_engagement_ppm) if wanted.min_engagement_ppm else ""),
        ("Wilayah", ", ".join(wanted.regions)),
    )
    return [f"{name}: {text}" for name, text in lines if text] or ["Terbuka untuk semua kreator terdaftar"]


def _platform(wanted: Requirements, account: Account) -> str | None:
    if not wanted.platforms or account.platform in wanted.platforms:
        return None
    return f"Kampanye ini untuk {_either(p.label for p in wanted.platforms)}, akunmu di {account.platform.label}."


def _niche(wanted: Requirements, account: Account) -> str | None:
    if not wanted.niches or set(wanted.niches) & set(account.niches):
        return None
    looked_for = f"Niche yang dicari {_either(niche.indonesian for niche in wanted.niches)}"
    if not account.niches:
        return f"{looked_for}, niche akunmu belum tercatat. {_UPDATE}"
    return f"{looked_for}, niche akunmu {_both(niche.indonesian for niche in account.niches)}."


def _tier(wanted: Requirements, account: Account) -> str | None:
    size = tier(account.followers)
    if not wanted.tiers or size in wanted.tiers:
        return None
    ranges = _either(f"{tier.label} ({_TIER_RANGES[tier]})" for tier in wanted.tiers)
    looked_for = f"Ukuran akun yang dicari {ranges}"
    if size is None or account.followers is None:
        return f"{looked_for}, jumlah followers akunmu belum tercatat. {_UPDATE}"
    return f"{looked_for}, akunmu {size.label} dengan {format_number(account.followers)} followers."


def _at_least(wanted: Requirements, account: Account) -> str | None:
    if wanted.min_followers is None:
        return None
    if account.followers is None:
        return f"Minimal {format_number(wanted.min_followers)} followers, jumlah di akunmu belum tercatat. {_UPDATE}"
    if account.followers >= wanted.min_followers:
        return None
    return f"Minimal {format_number(wanted.min_followers)} followers, akunmu {format_number(account.followers)}."


def _at_most(wanted: Requirements, account: Account) -> str | None:
    if wanted.max_followers is None:
        return None
    if account.followers is None:
        return f"Maksimal {format_number(wanted.max_followers)} followers, jumlah di akunmu belum tercatat. {_UPDATE}"
    if account.followers <= wanted.max_followers:
        return None
    return f"Maksimal {format_number(wanted.max_followers)} followers, akunmu {format_number(account.followers)}."


def _engagement(wanted: Requirements, account: Account) -> str | None:
    if not wanted.min_engagement_ppm:
        return None
    least = f"ER minimal {_percent(wanted.min_engagement_ppm)}"
    if account.engagement_ppm is None:
        return f"{least}, ER akunmu belum bisa dihitung. {_ADD_AVERAGES}"
    if account.engagement_ppm >= wanted.min_engagement_ppm:
        return None
    return f"{least}, ER akunmu {_percent(account.engagement_ppm)}."


def _region(wanted: Requirements, account: Account) -> str | None:
    if not wanted.regions or account.region in wanted.regions:
        return None
    looked_for = f"Wilayah yang dicari {_either(wanted.regions)}"
    if not account.region:
        return f"{looked_for}, wilayahmu belum tercatat. {_UPDATE}"
    return f"{looked_for}, kamu terdaftar di {account.region}."


def _followers_label(wanted: Requirements) -> str:
    low, high = wanted.min_followers, wanted.max_followers
    if low is not None and high is not None:
        return f"{format_number(low)} sampai {format_number(high)} followers"
    if low is not None:
        return f"min. {format_number(low)} followers"
    return f"maks. {format_number(high)} followers" if high is not None else ""


def _percent(ppm: int) -> str:
    ratio = Decimal(ppm) / 1_000_000
    return format_percent(ratio, 2 if ppm % 10_000 else 0)


def _short(names: Sequence[str], most: int) -> str:
    return ", ".join(names[:most]) + (f" +{len(names) - most}" if len(names) > most else "")


def _either(names: Iterable[str]) -> str:
    return _joined(list(names), "atau")


def _both(names: Iterable[str]) -> str:
    return _joined(list(names), "dan")


def _joined(names: list[str], word: str) -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)
