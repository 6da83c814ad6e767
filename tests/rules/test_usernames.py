"""One spelling for an account, whatever was pasted, and nothing that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.creators.models import CreatorKey, Platform
from bot.creators.usernames import normalise_username, profile_link
from bot.platform.indonesian import Unreadable


@pytest.mark.parametrize(
    ("platform", "pasted", "username"),
    [
        (Platform.INSTAGRAM, "@Dapur.Bunda_Rara", "dapur.bunda_rara"),
        (Platform.INSTAGRAM, "https://www.instagram.com/jalan.santuy/?hl=id", "jalan.santuy"),
        (Platform.INSTAGRAM, "instagram.com/jalan.santuy", "jalan.santuy"),
        (Platform.INSTAGRAM, "https://instagram.com/stories/jalan.santuy/123", "jalan.santuy"),
        (Platform.INSTAGRAM, "  @ jalan.santuy ", "jalan.santuy"),
        (Platform.INSTAGRAM, 12345, "12345"),
        (Platform.TIKTOK, "https://www.tiktok.com/@Dena18?lang=id-ID", "dena18"),
        (Platform.TIKTOK, "https://m.tiktok.com/@dena18/video/7123", "dena18"),
        (Platform.YOUTUBE, "https://youtube.com/@Dapur-Rara", "dapur-rara"),
        (Platform.X, "https://twitter.com/dena18?s=20", "dena18"),
        (Platform.FACEBOOK, "https://www.facebook.com/profile.php?id=100012345", "100012345"),
        (Platform.SHOPEE, "shopee.co.id/tokorara", "tokorara"),
        (Platform.INSTAGRAM, "kosong", "kosong"),
        (Platform.TIKTOK, "", None),
        (Platform.TIKTOK, " - ", None),
        (Platform.TIKTOK, None, None),
    ],
)
def test_a_name_an_at_name_and_a_profile_link_are_the_same_account(
    platform: Platform, pasted: str | int | None, username: str | None
) -> None:
    assert normalise_username(platform, pasted) == username


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ('=HYPERLINK("http://example.com","klik")', "rumus"),
        ("+cmd|calc", "rumus"),
        ("gl\u200bow", "karakter tersembunyi"),
        ("\u202ewolg", "karakter tersembunyi"),
        ("glow\ufeff", "karakter tersembunyi"),
        ("gl\u043ew", "huruf atau emoji"),
        ("ｇｌｏｗ", "huruf atau emoji"),
        ("glow💄", "huruf atau emoji"),
        ("قهوة", "huruf atau emoji"),
        ("glow by intan", "bukan username Instagram"),
        ("glow..by", "bukan username Instagram"),
        (".glow", "bukan username Instagram"),
        ("a" * 31, "bukan username Instagram"),
        ("x" * 5_000, "terlalu panjang"),
        ("https://www.instagram.com/p/Cabc123/", "bukan link profil"),
        ("https://www.instagram.com/", "bukan link profil"),
        ("https://www.tiktok.com/@glow", "bukan link profil Instagram"),
        ("https://instagram.com@evil.example/glow", "bukan link profil Instagram"),
        ("https://instagram.com.evil.example/glow", "bukan link profil Instagram"),
        ("https://bit.ly/abc", "link pendek"),
        ("https://[bad/x", "tidak terbaca"),
    ],
)
def test_tricks_and_slips_are_refused_with_the_reason(pasted: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        normalise_username(Platform.INSTAGRAM, pasted)


@pytest.mark.parametrize(
    "pasted",
    [
        "profile.php?id=100012345678901",
        "https://www.facebook.com/profile.php?id=100012345678901&mibextid=abc",
        "m.facebook.com/profile.php?mibextid=abc&id=100012345678901",
        "https://www.facebook.com/people/Raka-Cerita/100012345678901/",
    ],
)
def test_a_facebook_profile_without_a_name_is_known_by_its_number(pasted: str) -> None:
    assert normalise_username(Platform.FACEBOOK, pasted) == "100012345678901"


def test_a_facebook_link_without_its_number_asks_for_the_whole_link() -> None:
    with pytest.raises(Unreadable, match="Salin lagi link"):
        normalise_username(Platform.FACEBOOK, "https://www.facebook.com/profile.php")


def test_a_link_to_another_platform_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="Pilih platform Instagram, atau tulis username TikTok-nya saja"):
        normalise_username(Platform.TIKTOK, "https://www.instagram.com/raka/")
    with pytest.raises(Unreadable, match="Tulis username-nya saja"):
        normalise_username(Platform.TIKTOK, "https://raka.example/tiktok")


def test_a_refusal_never_repeats_hidden_characters() -> None:
    with pytest.raises(Unreadable) as refusal:
        normalise_username(Platform.TIKTOK, "a\u202eb\u200dc")
    assert not {"\u202e", "\u200d"} & set(refusal.value.message)


@pytest.mark.parametrize(
    ("platform", "good", "bad"),
    [
        (Platform.TIKTOK, "a" * 24, "a" * 25),
        (Platform.TIKTOK, "a.b", "ab."),
        (Platform.INSTAGRAM, "a", "a."),
        (Platform.YOUTUBE, "a-b", "-ab"),
        (Platform.X, "a" * 15, "a.b"),
        (Platform.FACEBOOK, "a.b.c", "abc"),
        (Platform.SHOPEE, "toko_rara", "to"),
    ],
)
def test_each_platform_has_its_own_rules(platform: Platform, good: str, bad: str) -> None:
    assert normalise_username(platform, good) == good
    with pytest.raises(Unreadable, match=platform.label):
        normalise_username(platform, bad)


@given(st.sampled_from(Platform), st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789._-", min_size=1, max_size=35))
def test_a_username_reads_back_from_itself_and_from_its_profile_link(platform: Platform, text: str) -> None:
    try:
        username = normalise_username(platform, text)
    except Unreadable:
        return
    if username is None:
        return
    assert normalise_username(platform, username) == username
    assert normalise_username(platform, f"@{username.upper()}") == username
    try:
        assert normalise_username(platform, profile_link(CreatorKey(platform, username))) == username
    except Unreadable:
        # A name that is also the name of one of the platform's pages, such as "live" or "shop".
        assert "/" not in username


@given(st.sampled_from(Platform), st.text(max_size=320))
def test_whatever_is_pasted_gives_a_plain_lower_case_name_or_a_refusal(platform: Platform, text: str) -> None:
    try:
        username = normalise_username(platform, text)
    except Unreadable as refusal:
        assert refusal.message
    else:
        assert username is None or (username.isascii() and username == username.lower() and username.isprintable())
