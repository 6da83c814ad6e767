"""What a Strategy, a Directive and a Caption say; what an entry lacks; links."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content_calendar.models import Content, Focus, Kind, LegalKind, Media, Prize, Question, Way
from bot.content_calendar.reading import read_grace, write_questions
from bot.content_calendar.rules import check_link, last_delivery, missing
from bot.content_calendar.strategy import read_prize, read_strategy, shared_out, write_prize
from bot.content_calendar.terms import read_ways
from bot.content_calendar.vocabulary import find_channel, likely_media, read_focus, read_media
from bot.content_calendar.wording import big_words, questions, wants_picture
from bot.platform.durations import write_duration
from bot.platform.errors import DomainError

POST = Content(Focus.ENGAGEMENT, Media.COMMUNITY, Kind.POST, "Sapa", channel_id=1, caption="Halo")


def test_the_divisions_own_phrase_is_kind_prize_and_winners() -> None:
    found = read_strategy("Quiz - Hadiah Gopay 25.000 untuk 2 pemenang - Ads Story IG")

    assert found.kinds == (Kind.QUIZ,) and found.rest == ("Ads Story IG",)
    assert found.prize is not None and not found.prize.in_doubt
    assert found.prize.prize == Prize("Gopay", 25_000, 2)
    assert write_prize(found.prize.prize) == "Gopay Rp 25.000 per pemenang, 2 pemenang (total Rp 50.000)"


@pytest.mark.parametrize(
    ("text", "prize", "in_doubt"),
    [
        ("voucher Gopay senilai 75.000 untuk 3 orang pemenang!", Prize("Gopay", 75_000, 3), True),
        ("hadiah Gopay senilai 75.000 untuk 3 pemenang", Prize("Gopay", 75_000, 3), True),
        ("Gopay 75rb masing-masing untuk tiga orang pemenang", Prize("Gopay", 75_000, 3), False),
        ("Hadiah pulsa Rp 50.000 per orang untuk 4 orang", Prize("pulsa", 50_000, 4), False),
        ("hadiah Gopay total Rp 90.000 untuk 3 pemenang", Prize("Gopay", 30_000, 3), False),
        ("hadiah Gopay total Rp 100.000 untuk 3 pemenang", Prize("Gopay", 100_000, 3), True),
        ("Hadiah Dana 100k untuk 1 pemenang", Prize("Dana", 100_000, 1), False),
        ("Hadiah tumbler untuk 5 pemenang", Prize("tumbler", None, 5), False),
        ("Hadiah Gopay 25.000", Prize("Gopay", 25_000, None), False),
    ],
)
def test_prizes_in_the_words_of_the_sheet(text: str, prize: Prize, in_doubt: bool) -> None:
    found = read_prize(text)

    assert found is not None
    assert (found.prize, found.in_doubt) == (prize, in_doubt)


@pytest.mark.parametrize("text", ["", "Ads Story IG", "3 pemenang", "Rp 25.000", "Gabung ke Discord 2026"])
def test_what_names_no_prize_is_none(text: str) -> None:
    assert read_prize(text) is None


@given(st.text(max_size=300))
def test_any_strategy_can_be_read(text: str) -> None:
    found = read_strategy(text)

    assert found.prize is None or found.prize.prize.winners is None or found.prize.prize.winners > 0
    assert found.prize is None or found.prize.prize.amount is None or found.prize.prize.amount > 0


@given(st.integers(1, 10_000_000), st.integers(1, 500))
def test_a_prize_is_shared_out_in_whole_rupiah_or_not_at_all(amount: int, winners: int) -> None:
    shared = shared_out(Prize("Gopay", amount, winners))

    assert (shared is None) == (amount % winners != 0)
    assert shared is None or shared.total == amount


@pytest.mark.parametrize(
    ("directive", "words"),
    [
        ('"BUAT PEMANASAN" (tulisannya dibikin besar, dominan), ada foto orang lagi nyengir', "BUAT PEMANASAN"),
        ("“Selamat pagi” di tengah", "Selamat pagi"),
        ("tulisan PROMO GILA dibikin besar", "PROMO GILA"),
        ('Slide 2: Join "The Social Club" Community now', ""),
        ("Insert silhouette influencer + rumus matematika!", ""),
        ("", ""),
    ],
)
def test_big_words_out_of_the_directive(directive: str, words: str) -> None:
    assert big_words(directive) == words


def test_a_directive_that_asks_for_a_picture_is_noticed() -> None:
    assert wants_picture("Insert silhouette influencer") and not wants_picture('"FOTO KAMU" besar')


def test_several_questions_and_their_answers_out_of_a_caption() -> None:
    intro, asked = questions("Halo!\nQuiz 1\nWarna apa?\nJawaban: biru / pink\nQuiz 2: Logo apa?\nbaris kedua")

    assert intro == "Halo!"
    assert asked == (Question(1, "Warna apa?", ("biru", "pink")), Question(2, "Logo apa?\nbaris kedua"))
    assert questions("Ada yang tau ini siapa?") == ("", (Question(1, "Ada yang tau ini siapa?"),))
    assert questions("") == ("", ())


ASKED = st.from_regex(r"[A-Z][a-z ]{1,30}\?", fullmatch=True)
ANSWERS = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), max_size=3)


@given(st.lists(st.tuples(ASKED, ANSWERS), min_size=1, max_size=8))
def test_questions_written_into_a_form_read_back(asked: list[tuple[str, list[str]]]) -> None:
    content = replace(
        POST,
        questions=tuple(Question(n, text.strip(), tuple(answers)) for n, (text, answers) in enumerate(asked, start=1)),
    )

    assert questions(write_questions(content))[1] == content.questions


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("Community", Media.COMMUNITY),
        (" komunitas ", Media.COMMUNITY),
        ("Instagram Feed", Media.INSTAGRAM_FEED),
        ("IGS", Media.INSTAGRAM_STORY),
        ("Tik-Tok", Media.TIKTOK),
        ("Instagrem", None),
        ("Community + Instagram", None),
    ],
)
def test_media_is_known_for_certain_or_not_at_all(text: str, media: Media | None) -> None:
    assert read_media(text) is media


def test_a_medium_that_is_not_known_comes_with_likely_ones_first() -> None:
    assert likely_media("Instagrem Fed")[0] is Media.INSTAGRAM_FEED
    assert set(likely_media("???")) == set(Media)


def test_focus_and_channels_by_name() -> None:
    assert read_focus("member  ENGAGEMENT") is Focus.ENGAGEMENT and read_focus("entahlah") is None
    channels = {"💬-ngabral-santoy": 5, "umum": 6, "info": 7, "in fo": 8}
    assert find_channel("Ngabral Santoy", channels) == 5
    assert find_channel("info", channels) is None and find_channel("lain", channels) is None


def test_what_an_entry_lacks_is_told() -> None:
    assert missing(POST, 100, 50) == []
    assert missing(POST, 50, 50) == ["Waktunya sudah lewat."]
    assert missing(replace(POST, channel_id=None), 100, 50) == ["Channel belum dipilih."]
    assert missing(replace(POST, kind=Kind.QUIZ), 100, 50) == ["Kuis belum punya pertanyaan."]
    drawn = replace(POST, kind=Kind.QUIZ, questions=(Question(1, "Apa?"),), way=Way.DRAWN)
    assert missing(drawn, 100, 50) == []
    lacks = missing(replace(drawn, prize=Prize("Gopay", 25_000, 2)), 100, 50)
    assert lacks == ["Kuis ini undian atau kontes? Pilih dulu."]
    giveaway = replace(POST, kind=Kind.GIVEAWAY, prize=Prize("Gopay", 25_000, 2))
    assert missing(giveaway, 100, 50) == ["Giveaway ini undian atau kontes? Pilih dulu."]
    assert missing(replace(giveaway, legal=LegalKind.CONTEST), 100, 50) == []
    assert missing(replace(POST, media=Media.TIKTOK, channel_id=None, caption=""), 100, 50) == []


@pytest.mark.parametrize(
    ("media", "text", "link"),
    [
        (Media.INSTAGRAM_FEED, "https://www.instagram.com/p/AbC/?igsh=1", "https://instagram.com/p/AbC"),
        (Media.INSTAGRAM_FEED, "instagram.com/p/AbC", "https://instagram.com/p/AbC"),
        (Media.YOUTUBE, "https://m.youtube.com/watch?v=abc&t=3", "https://youtube.com/watch?v=abc"),
        (Media.TIKTOK, "https://vt.tiktok.com/XYZ/", "https://vt.tiktok.com/XYZ"),
        (Media.OTHER, "https://contoh.id/?p=3", "https://contoh.id?p=3"),
    ],
)
def test_links_in_one_spelling(media: Media, text: str, link: str) -> None:
    assert check_link(media, text) == link


@pytest.mark.parametrize(
    "text",
    ["", "halo", "https://instagram.com", "https://evil.com/instagram.com/p/1", "https://instagram.com.evil.com/p/1",
     "https://a@instagram.com/p/1", "javascript:alert(1)", "https://notinstagram.com/p/1", "https://[::1/p"],
)  # fmt: skip
def test_links_that_lead_elsewhere_are_refused(text: str) -> None:
    with pytest.raises(DomainError):
        check_link(Media.INSTAGRAM_FEED, text)


@given(st.integers(0, 168 * 60))
def test_grace_reads_back(minutes: int) -> None:
    assert read_grace(write_duration(minutes * 60)) == minutes * 60


@pytest.mark.parametrize(
    ("text", "ways", "lengths", "rest"),
    [
        ("Quiz - Hadiah Gopay 25.000 untuk 2 pemenang - Ads Story IG", (), (), ("Ads Story IG",)),
        ("Quiz - Hadiah Gopay 25.000 untuk 2 pemenang diundi - dibuka 3 hari", (Way.DRAWN,), (259_200,), ()),
        ("Kuis - pemenang diundi - 1x24 jam", (Way.DRAWN,), (86_400,), ()),
        ("Kuis tercepat - selama 1 jam 30 menit", (Way.FASTEST,), (5_400,), ()),
        ("Quiz - 10 orang pertama - 2 minggu", (Way.FASTEST,), (1_209_600,), ()),
        ("Quiz tercepat, sisanya diundi - 2 jam - 3 hari", (Way.FASTEST, Way.DRAWN), (7_200, 259_200), None),
        ("Quiz tidak diundi", tuple(Way), (), None),
        ("Quiz susun kata acak - 90 hari", (), (), ("Quiz susun kata acak", "90 hari")),
        ("Quiz - undangan menyusul - 3 hari berturut-turut", (), (), ("undangan menyusul", "3 hari berturut-turut")),
    ],
)
def test_how_a_quiz_is_won_and_how_long_it_is_open(
    text: str, ways: tuple[Way, ...], lengths: tuple[int, ...], rest: tuple[str, ...] | None
) -> None:
    found = read_strategy(text)

    assert (found.ways, found.lengths) == (ways, lengths)
    assert rest is None or found.rest == rest


def test_a_caption_that_asks_about_speed_says_nothing_of_winners() -> None:
    assert read_ways("", "Siapa pelari tercepat di dunia?") == ()
    assert read_ways("", "Siapa orang pertama di bulan?") == ()
    assert read_ways("", "Penjawab benar tercepat menang!") == (Way.FASTEST,)
    assert read_ways("", "Pemenangnya akan diundi.") == (Way.DRAWN,)


@given(st.integers(0, 604_800), st.integers(0, 30 * 86_400), st.integers(0, 10_000), st.booleans())
def test_a_message_may_go_out_for_a_minute_at_least_and_not_past_its_time(
    grace: int, lasts: int, late: int, by_hand: bool
) -> None:
    content = Content(
        Focus.ENGAGEMENT, Media.COMMUNITY, Kind.QUIZ if lasts else Kind.POST, "Kuis", open_seconds=lasts or None
    )
    now = 1_000_000 + late

    until = last_delivery(content, 1_000_000, grace, now, by_hand=by_hand)

    assert until >= now + 60
    assert until <= max(now + 60, (now if by_hand else 1_000_000) + grace)
    assert not lasts or until <= max(now + 60, now + lasts // 2)
