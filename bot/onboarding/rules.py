"""Who is greeted and reminded, what a registration must say, and whose an account is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from bot.creators.models import AgeBand, Gender, Metrics, Niche, Platform
from bot.creators.usernames import normalise_username
from bot.onboarding.models import (
    LONGEST_CITY,
    LONGEST_REASON,
    MOST_NICHES,
    UNDER_18,
    AboutYou,
    Account,
    Averages,
    Changes,
    FigureChange,
    Member,
    Person,
    Registration,
    RegistrationState,
)
from bot.platform.crypto import Private
from bot.platform.errors import FormRefused, NotAllowed, TooLate
from bot.platform.indonesian import Unreadable, normalise_phone, parse_average, parse_count, parse_province
from bot.platform.text import has_hidden_characters, is_hidden
from bot.server.models import RoleKey
from bot.server.rules import niche_role, platform_role

T = TypeVar("T")
N = TypeVar("N", int, int | Decimal)
E = TypeVar("E", bound=StrEnum)

# Without letters and digits that look alike in a bio: 0 and O, 1, I and L.
PROOF_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CITY_MARKS = frozenset(" .'’-/(),")
# The e-mail syntax that HTML forms accept (WHATWG), with at least one dot in the domain.
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_CONTACT_HINT = "Tulis nomor WhatsApp (misalnya 0812-3456-7890) atau alamat email."


_FIGURES = {
    "followers": "followers",
    "avg_views": "views",
    "avg_likes": "like",
    "avg_comments": "komentar",
    "avg_shares": "share",
}


@dataclass(frozen=True, slots=True)
class Missed:
    """What happened while the bot was away."""

    to_greet: list[Person]
    to_note: list[Person]
    gone: list[int]


def missed(present: Sequence[Person], known: Mapping[int, Member], *, since: int | None, now: int) -> Missed:
    """Compare who is there with who was remembered.

    Greeted: those who joined after the server was set up (`since`, None before that) and who came back. Everyone else
    unknown is noted without a word, earliest first: a bot that is new to an old server must not flood it. Who joined in
    the last minute is never taken for gone: the list of those present may be older than that.
    """
    to_greet: list[Person] = []
    to_note: list[Person] = []
    for person in sorted(present, key=lambda one: (one.joined_at or 0, one.id)):
        member = known.get(person.id)
        if member is None:
            is_new = since is not None and person.joined_at is not None and person.joined_at >= since
            (to_greet if is_new else to_note).append(person)
        elif came_back(member, person) or awaits_greeting(member, since):
            to_greet.append(person)
    there = {person.id for person in present}
    gone = [
        member.id
        for member in known.values()
        if member.left_at is None and member.id not in there and member.joined_at < now - 60
    ]
    return Missed(to_greet, to_note, gone)


def came_back(member: Member, person: Person) -> bool:
    """Whether this is another joining than the one remembered."""
    return member.left_at is not None or (person.joined_at is not None and person.joined_at > member.joined_at)


def awaits_greeting(member: Member, since: int | None) -> bool:
    """Whether somebody who joined after the server was set up (`since`) acted before the bot saw them join."""
    return member.greeted_at is None and since is not None and member.joined_at >= since


def welcome_key(member_id: int, times_joined: int, day: str) -> str:
    """Under which key a welcome is sent once. Coming back is greeted at most once a day, however often it is done."""
    return f"welcome:{member_id}:first" if times_joined == 1 else f"welcome:{member_id}:back:{day}"


def wants_nudge(member: Member | None, *, is_staff: bool, is_waiting: bool) -> bool:
    """Whether to remind somebody to register: still there, not registered, not staff, no claim under way."""
    return (
        member is not None
        and member.left_at is None
        and member.registered_at is None
        and not is_staff
        and not is_waiting
    )


def clean_name(name: str) -> str:
    """A display name without unseen characters, on one line, at most 100 long; may come out empty."""
    return " ".join("".join(one if not is_hidden(one) else " " for one in name).split())[:100]


def is_underage(age: str | None) -> bool:
    """Whether somebody chose "Di bawah 18 tahun"."""
    return age == UNDER_18


def read_about_you(*, age: str | None, gender: str | None, city: str, province: str, contact: str) -> AboutYou:
    """The answers about the person. Raises FormRefused with one sentence a problem."""
    problems: list[str] = []
    age_band = _collect(problems, lambda: _chosen(AgeBand, age, "rentang usiamu"))
    their_gender = _collect(problems, lambda: _chosen(Gender, gender, "gender"))
    their_city = _collect(problems, lambda: read_city(city))
    region = _collect(problems, lambda: read_province(province))
    private = _collect(problems, lambda: read_contact(contact))
    if age_band is None or their_gender is None or their_city is None or region is None or private is None:
        raise FormRefused(problems)
    return AboutYou(age_band, their_gender, their_city, region, private)


def read_account(*, platform: str | None, username: str, followers: str, niches: Sequence[str]) -> Account:
    """The answers about the account. Raises FormRefused with one sentence a problem."""
    problems: list[str] = []
    where = _collect(problems, lambda: _chosen(Platform, platform, "platform"))
    name = _collect(problems, lambda: read_username(where, username)) if where else None
    count = _collect(problems, lambda: read_followers(followers))
    chosen = _collect(problems, lambda: read_niches(niches))
    if where is None or name is None or count is None or chosen is None:
        raise FormRefused(problems)
    return Account(where, name, count, chosen)


def read_averages(*, views: str, likes: str, comments: str, shares: str) -> Averages:
    """A usual post's figures, each of them optional. Raises FormRefused."""
    problems: list[str] = []
    read = _averages(problems, parse_count, views, likes, comments, shares)
    if problems:
        raise FormRefused(problems)
    return Averages(*read)


def read_figures(*, followers: str, views: str, likes: str, comments: str, shares: str) -> Metrics:
    """All figures of an account at once; a blank average is not told. Raises FormRefused."""
    problems: list[str] = []
    count = _collect(problems, lambda: read_followers(followers))
    read = _averages(problems, parse_average, views, likes, comments, shares)
    if problems:
        raise FormRefused(problems)
    return Metrics(count, *read)


def read_changes(*, city: str, province: str, contact: str, niches: Sequence[str]) -> Changes:
    """New answers of a registered creator; a blank contact leaves the one that is known. Raises FormRefused."""
    problems: list[str] = []
    their_city = _collect(problems, lambda: read_city(city))
    region = _collect(problems, lambda: read_province(province))
    private = _collect(problems, lambda: read_contact(contact)) if contact.strip() else None
    chosen = _collect(problems, lambda: read_niches(niches))
    if problems or their_city is None or region is None or chosen is None:
        raise FormRefused(problems)
    return Changes(their_city, region, private, chosen)


def big_changes(before: Metrics, after: Metrics) -> list[FigureChange]:
    """Which figures moved by more than half of what they were, up or down. What was unknown or zero is no measure."""
    pairs = [(name, getattr(before, field), getattr(after, field)) for field, name in _FIGURES.items()]
    return [
        FigureChange(name, old, new) for name, old, new in pairs if old and new is not None and abs(new - old) * 2 > old
    ]


def read_city(text: str) -> str:
    """A city or regency as people write it; only letters and the marks that names have."""
    city = " ".join(text.split())
    if not 2 <= len(city) <= LONGEST_CITY or has_hidden_characters(city):
        raise Unreadable(f"Kota/kabupaten belum benar. Tulis namanya saja, 2 sampai {LONGEST_CITY} huruf.")
    if not all(character.isalpha() or character in _CITY_MARKS for character in city) or not city[0].isalpha():
        raise Unreadable("Kota/kabupaten hanya boleh berisi huruf. Tulis misalnya Bandung atau Kab. Sleman.")
    return city.title() if city.islower() or city.isupper() else city


def read_province(text: str) -> str:
    """The official name of the province."""
    province = parse_province(text)
    if province is None:
        raise Unreadable("Provinsi belum diisi. Tulis misalnya Jawa Barat, Jabar, atau DKI Jakarta.")
    return province


def read_username(platform: Platform, text: str) -> str:
    """The account's name, from a name or a profile link."""
    name = normalise_username(platform, text)
    if name is None:
        raise Unreadable("Username belum diisi. Tulis misalnya @namamu, atau tempel link profilmu.")
    return name


def read_contact(text: str) -> Private:
    """A WhatsApp number in E.164 or a lower-cased e-mail address. The refusal never repeats the text: it is private."""
    phone = normalise_phone(text)
    if phone is not None:
        return Private(phone)
    address = text.strip().lower()
    if len(address) <= 254 and _EMAIL.fullmatch(address):
        return Private(address)
    raise Unreadable(f"Kontak belum benar. {_CONTACT_HINT}")


def read_followers(text: str) -> int:
    """A count of at least one."""
    count = parse_count(text, whole=True)
    if count is None or count < 1:
        raise Unreadable("Jumlah followers harus lebih dari 0. Tulis misalnya 85300, 85.300, atau 12,4rb.")
    return count


def read_niches(chosen: Sequence[str]) -> tuple[Niche, ...]:
    """One or two niches, in the order they were chosen."""
    known = {niche.value: niche for niche in Niche}
    niches = tuple(dict.fromkeys(known[one] for one in chosen if one in known))
    if not 1 <= len(niches) <= MOST_NICHES:
        raise Unreadable(f"Pilih 1 sampai {MOST_NICHES} niche.")
    return niches


class Ownership(StrEnum):
    """What the KOL database knows of an account that somebody says is theirs."""

    NEW = "new"
    YOURS = "yours"
    UNCLAIMED = "unclaimed"
    OTHERS = "others"


def ownership(*, is_known: bool, owner_id: int | None, member_id: int) -> Ownership:
    """Whose an account is. An unknown one may be taken at once; a known one must be proved."""
    if not is_known:
        return Ownership.NEW
    if owner_id is None:
        return Ownership.UNCLAIMED
    return Ownership.YOURS if owner_id == member_id else Ownership.OTHERS


def proof_code(pick: Callable[[str], str]) -> str:
    """`TSC-7KQM`: what a claimant puts into the account's bio. `pick` chooses one character, e.g. secrets.choice."""
    return "TSC-" + "".join(pick(PROOF_ALPHABET) for _ in range(4))


def check_decidable(registration: Registration, by: int) -> None:
    """Raise unless this member of staff may decide this claim now."""
    if registration.state is RegistrationState.WITHDRAWN:
        raise TooLate("Klaim ini sudah ditarik kembali oleh kreatornya, jadi tidak perlu diputuskan.")
    if registration.state is not RegistrationState.WAITING:
        word = "disetujui" if registration.state is RegistrationState.APPROVED else "ditolak"
        decider = f"<@{registration.decided_by}>" if registration.decided_by else "sistem"
        raise TooLate(f"Registrasi ini sudah diputuskan oleh {decider} ({word} <t:{registration.decided_at}:R>).")
    if registration.member_id == by:
        raise NotAllowed("Ini klaimmu sendiri. Minta rekan Tim KOL lain yang memutuskan, ya.")


def read_reason(text: str) -> str:
    """Why a claim is refused, as the creator will read it. Raises FormRefused."""
    reason = " ".join(text.split())
    if len(reason) < 5:
        raise FormRefused(["Tulis alasannya dengan jelas: kreator akan membacanya."])
    if len(reason) > LONGEST_REASON:
        raise FormRefused([f"Alasan terlalu panjang, paling banyak {LONGEST_REASON} huruf."])
    return reason


def role_keys(accounts: Iterable[tuple[Platform, Iterable[Niche | None]]]) -> list[str]:
    """Which roles a creator with these accounts holds; none without an account."""
    keys: dict[str, None] = {}
    for platform, niches in accounts:
        keys |= dict.fromkeys((RoleKey.CREATOR.value, platform_role(platform)))
        keys |= dict.fromkeys(niche_role(niche) for niche in niches if niche)
    return list(keys)


def _chosen(kind: type[E], value: str | None, what: str) -> E:
    try:
        return kind(value or "")
    except ValueError:
        raise Unreadable(f"Pilih {what} dari daftar.") from None


def _averages(problems: list[str], read: Callable[[str], N | None], *texts: str) -> list[N | None]:
    named = zip(("Views", "Like", "Komentar", "Share"), texts, strict=True)
    return [_collect(problems, lambda name=name, text=text: _average(name, text, read)) for name, text in named]


def _average(name: str, text: str, read: Callable[[str], N | None]) -> N | None:
    try:
        count = read(text)
    except Unreadable as problem:
        raise Unreadable(f"{name}: {problem.message}") from None
    if count is not None and count < 0:
        raise Unreadable(f"{name}: angkanya tidak boleh negatif.")
    return count


def _collect(problems: list[str], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Unreadable as problem:
        problems.append(problem.message)
        return None
