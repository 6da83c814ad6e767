"""Usernames: one spelling for an account, whatever people paste, and nothing that only looks like one."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from bot.creators.models import CreatorKey, Platform
from bot.platform.indonesian import Unreadable
from bot.platform.text import has_hidden_characters, quote


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the platform allows in a username, and where its profiles live."""

    pattern: re.Pattern[str]
    allowed: str
    hosts: frozenset[str]
    # First steps of a path that are pages of the platform, not profiles.
    pages: frozenset[str] = frozenset()
    profile: str = ""


def _shape(pattern: str, allowed: str, hosts: str, pages: str, profile: str) -> _Shape:
    return _Shape(re.compile(pattern, re.ASCII), allowed, frozenset(hosts.split()), frozenset(pages.split()), profile)


_LETTERS_DOTS = "huruf, angka, titik, dan garis bawah"
_SHAPES = {
    Platform.TIKTOK: _shape(
        r"[a-z0-9_.]{1,23}[a-z0-9_]",
        f"2 sampai 24 {_LETTERS_DOTS}, tidak diakhiri titik",
        "tiktok.com",
        "t video tag music discover foryou explore live",
        "https://www.tiktok.com/@{}",
    ),
    Platform.INSTAGRAM: _shape(
        r"(?!.*\.\.)[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?",
        f"1 sampai 30 {_LETTERS_DOTS}, tanpa titik di awal, di akhir, atau dua titik berurutan",
        "instagram.com",
        "p reel reels tv explore accounts direct share",
        "https://www.instagram.com/{}/",
    ),
    Platform.YOUTUBE: _shape(
        r"[a-z0-9](?:[a-z0-9_.\-]{1,28})[a-z0-9_]",
        "3 sampai 30 huruf, angka, titik, garis bawah, atau tanda hubung (nama setelah @ di kanal)",
        "youtube.com",
        "c user watch shorts channel playlist results feed live embed hashtag",
        "https://www.youtube.com/@{}",
    ),
    Platform.X: _shape(
        r"[a-z0-9_]{1,15}",
        "1 sampai 15 huruf, angka, dan garis bawah",
        "x.com twitter.com",
        "i home search explore hashtag intent share",
        "https://x.com/{}",
    ),
    Platform.FACEBOOK: _shape(
        r"[a-z0-9](?:[a-z0-9.]{3,48})[a-z0-9]",
        "5 sampai 50 huruf, angka, dan titik",
        "facebook.com fb.com",
        "groups watch share reel events marketplace pages people story.php photo.php permalink.php",
        "https://www.facebook.com/{}",
    ),
    Platform.SHOPEE: _shape(
        r"[a-z0-9_.]{3,30}",
        f"3 sampai 30 {_LETTERS_DOTS}",
        "shopee.co.id",
        "shop product search m",
        "https://shopee.co.id/{}",
    ),
}
_ANY_HOST = frozenset(host for shape in _SHAPES.values() for host in shape.hosts)
_SHORTENED = frozenset(
    {"vt.tiktok.com", "vm.tiktok.com", "youtu.be", "shp.ee", "s.shopee.co.id", "bit.ly", "t.co", "fb.me"}
)
_SUBDOMAINS = re.compile(r"^(?:www|m|mobile|web|id-id|business)\.")
_FACEBOOK_NUMBER = re.compile(r"/?profile\.php\?(.*&)?id=(?P<id>\d{5,50})(?!\d)", re.ASCII | re.IGNORECASE)
_LEFT_OUT = frozenset({"", "-", "–", "—"})
_FORMULA_STARTS = ("=", "+", "＝")


def normalise_username(platform: Platform, text: object) -> str | None:
    """The account's name in lower case without @, from `@name`, `name`, or a profile link with or without query.

    None for a blank. Raises Unreadable for what the platform doesn't allow, links to something else than a profile
    there, formulas, and characters that are invisible or only look like Latin letters.
    """
    name = "" if text is None else str(text).strip()
    # Not is_blank: "na", "null" and "kosong" are names somebody has.
    if name in _LEFT_OUT:
        return None
    if name.startswith(_FORMULA_STARTS):
        raise Unreadable("Username berisi rumus. Tulis username atau link profilnya sebagai teks.")
    if has_hidden_characters(name):
        raise Unreadable(f"Username {quote(name)} berisi karakter tersembunyi. Ketik ulang username-nya.")
    if len(name) > 300:
        raise Unreadable("Username terlalu panjang. Tulis username atau link profilnya.")
    name = _from_link(platform, name)
    name = name.removeprefix("@").strip().lower()
    if not name.isascii():
        raise Unreadable(f"Username {quote(name)} berisi huruf atau emoji yang tidak dipakai di {platform.label}.")
    shape = _SHAPES[platform]
    if not shape.pattern.fullmatch(name):
        raise Unreadable(f"Username {quote(name)} bukan username {platform.label}: {shape.allowed}.")
    return name


def profile_link(key: CreatorKey) -> str:
    """The public address of the profile."""
    if key.platform is Platform.FACEBOOK and key.username.isdigit():
        return f"https://www.facebook.com/profile.php?id={key.username}"
    return _SHAPES[key.platform].profile.format(key.username)


def linked_account(text: str) -> CreatorKey | None:
    """The account a profile link of any platform leads to; None for text that is no link to a platform.

    Raises Unreadable for links to something else than a profile, and for shortened ones.
    """
    text = text.strip()
    address = re.sub(r"^https?://", "", text, flags=re.IGNORECASE)
    host = address.partition("/")[0].lower()
    if host == address.lower() or any(character.isspace() for character in text):
        return None
    if host in _SHORTENED:
        raise Unreadable(f"Link {quote(text)} adalah link pendek. Tulis username-nya saja.")
    bare_host = _SUBDOMAINS.sub("", host)
    platform = next((one for one, shape in _SHAPES.items() if bare_host in shape.hosts), None)
    username = normalise_username(platform, text) if platform else None
    return CreatorKey(platform, username) if platform and username else None


def _from_link(platform: Platform, text: str) -> str:
    """The name in a profile link; text that is no link comes back as it is."""
    number = _FACEBOOK_NUMBER.match(text) if platform is Platform.FACEBOOK else None
    if number:
        return number["id"]
    has_scheme = re.match(r"https?://", text, re.IGNORECASE)
    if not has_scheme and "/" not in text:
        return text
    try:
        parts = urlsplit(text if has_scheme else f"https://{text}")
        host = (parts.hostname or "").lower()
    except ValueError:
        raise Unreadable(f"Link {quote(text)} tidak terbaca. Tulis username-nya saja.") from None
    bare_host = _SUBDOMAINS.sub("", host)
    if host in _SHORTENED:
        raise Unreadable(f"Link {quote(text)} adalah link pendek. Tulis username-nya saja.")
    if not has_scheme and bare_host not in _ANY_HOST:
        return text
    if bare_host not in _SHAPES[platform].hosts:
        other = next((one for one, shape in _SHAPES.items() if bare_host in shape.hosts), None)
        hint = (
            f"Pilih platform {other.label}, atau tulis username {platform.label}-nya saja."
            if other
            else "Tulis username-nya saja."
        )
        raise Unreadable(f"Link {quote(text)} bukan link profil {platform.label}. {hint}")
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if platform is Platform.FACEBOOK and steps == ["profile.php"]:
        steps = parse_qs(parts.query).get("id", [])[:1]
        if not steps or not steps[0].isdecimal():
            raise Unreadable(f"Link {quote(text)} tidak memuat nomor profil. Salin lagi link dari halaman profilmu.")
    if platform is Platform.FACEBOOK and steps[:1] == ["people"] and steps[-1].isdecimal():
        steps = steps[-1:]
    if platform is Platform.INSTAGRAM and steps[:1] == ["stories"]:
        steps = steps[1:]
    if not steps or steps[0].lower() in _SHAPES[platform].pages:
        raise Unreadable(f"Link {quote(text)} bukan link profil. Tulis username-nya, atau link ke halaman profil.")
    return steps[0]
