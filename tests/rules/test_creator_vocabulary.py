"""The words people use for niche, gender, age and content type."""

import pytest

from bot.creators.models import AgeBand, ContentType, Gender, Niche, Platform
from bot.creators.vocabulary import (
    parse_age_band,
    parse_content_type,
    parse_gender,
    parse_niche,
    parse_platform,
    parse_yes_no,
)
from bot.platform.indonesian import Unreadable


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Kecantikan", Niche.BEAUTY),
        ("Beuty", Niche.BEAUTY),
        ("KULINER", Niche.FOOD),
        ("F&B", Niche.FOOD),
        ("Life Style", Niche.LIFESTYLE),
        ("make-up", Niche.MAKEUP),
        ("Jalan-jalan", Niche.TRAVEL),
        ("Mom & Kids", Niche.PARENTING),
        ("Olahraga", Niche.SPORT),
        ("Lainnya", Niche.OTHER),
        ("", None),
        ("-", None),
    ],
)
def test_a_niche_is_known_by_its_names_in_both_languages_and_small_slips(written: str, meant: Niche | None) -> None:
    assert parse_niche(written) is meant


@pytest.mark.parametrize("niche", Niche)
def test_every_niche_is_known_by_what_we_call_it_ourselves(niche: Niche) -> None:
    assert parse_niche(niche.value) is parse_niche(niche.label) is parse_niche(niche.indonesian) is niche


@pytest.mark.parametrize("written", ["Fishing", "Anime", "Beauty Fashion Food", "B", "💄"])
def test_an_unknown_niche_is_refused_with_the_choices(written: str) -> None:
    with pytest.raises(Unreadable, match="Pilihan: Beauty"):
        parse_niche(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Perempuan", Gender.FEMALE),
        ("F", Gender.FEMALE),
        ("Wanita", Gender.FEMALE),
        ("Laki – Laki", Gender.MALE),
        ("Male", Gender.MALE),
        ("Pria", Gender.MALE),
        (None, None),
    ],
)
def test_gender_is_read_in_both_languages(written: str | None, meant: Gender | None) -> None:
    assert parse_gender(written) is meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ya", True),
        ("Yes", True),
        ("✓", True),
        (True, True),
        ("Tidak", False),
        ("No", False),
        (False, False),
        ("", None),
    ],
)
def test_a_blank_is_not_a_no(written: str | bool, meant: bool | None) -> None:
    assert parse_yes_no(written) is meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("B (good creator)", ContentType.GOOD),
        ("A", ContentType.TOP),
        ("c", ContentType.MIDDLE),
        ("D - Buzzer", ContentType.BUZZER),
        ("Top Creator", ContentType.TOP),
        ("", None),
    ],
)
def test_a_content_type_is_known_by_letter_or_name(written: str, meant: ContentType | None) -> None:
    assert parse_content_type(written) is meant


@pytest.mark.parametrize("written", ["E (Legend)", "A (Buzzer)", "AB", "Creator", "1"])
def test_a_content_type_that_does_not_exist_or_contradicts_itself_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="Tipe konten"):
        parse_content_type(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18-24", AgeBand.FROM_18),
        ("18–24", AgeBand.FROM_18),
        ("25 - 34 tahun", AgeBand.FROM_25),
        ("27", AgeBand.FROM_25),
        (41, AgeBand.FROM_35),
        ("55+", AgeBand.FROM_55),
        (">54", AgeBand.FROM_55),
        ("", None),
    ],
)
def test_an_age_is_read_whatever_the_dash(written: str | int, meant: AgeBand | None) -> None:
    assert parse_age_band(written) is meant


@pytest.mark.parametrize("written", ["13-17", "17", "<18", "20-30", "18+", "44-35", "tua"])
def test_minors_and_ranges_across_bands_are_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        parse_age_band(written)


def test_a_platform_is_known_by_its_short_names() -> None:
    assert [parse_platform(word) for word in ("IG", "Tik Tok", "Twitter", "YT")] == [
        Platform.INSTAGRAM,
        Platform.TIKTOK,
        Platform.X,
        Platform.YOUTUBE,
    ]
    with pytest.raises(Unreadable, match="Pilihan: TikTok"):
        parse_platform("Friendster")
