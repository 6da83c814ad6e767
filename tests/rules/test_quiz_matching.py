"""Which answers count as the same: worked out by hand, and what must hold of all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quizzes.matching import LONGEST, matches, same_answer

SAME = [
    ("biru & pink", "pink dan biru"),
    ("BIRU dan PINK!!", "biru & pink"),
    ("Biru,pink", "pink dan biru"),
    ("biru + pink", "pink & biru"),
    ("biru sama pink", "biru & pink"),
    ("pink sama biru", "biru & pink"),
    ("pink ama biru", "biru & pink"),
    ("biru n pink", "biru & pink"),
    ("Biru N Pink", "biru pink"),
    ("biru dengan pink", "biru, pink"),
    ("biru/pink", "pink dan biru"),
    ("warnanya biru dan pink", "biru & pink"),
    ("warna biru sama warna pink deh", "biru & pink"),
    ("jawabannya itu biru n pink kak", "biru & pink"),
    ("pnik biru", "biru & pink"),
    ("bitu pink", "biru & pink"),
    ("pink biur", "biru & pink"),
    ("warnawarni", "warna-warni"),
    ("samasisi", "sama sisi"),
    ("birru", "biru"),
    ("biruuuu", "biru"),
    ("pinkk", "pink"),
    ("jakrta", "Jakarta"),
    ("Jakarta.", "jakarta"),
    ("surabya", "Surabaya"),
    ("mreah", "merah"),
    ("kupu-kupu", "kupu kupu"),
    ("kupu2", "kupu-kupu"),
    ("kupukupu", "kupu-kupu"),
    ("terimakasih", "terima kasih"),
    ("tik tok", "TikTok"),
    ("nasehat", "nasihat"),
    ("Jogja", "Yogyakarta"),
    ("cendrawasih", "cenderawasih"),
    ("Bhineka Tunggal Ika", "Bhinneka Tunggal Ika"),
    ("borobudr", "Borobudur"),
    ("jawabannya adalah Borobudur", "borobudur"),
    ("Jum'at", "jumat"),
    ("sukarno", "Soekarno"),
    ("Tjokroaminoto", "cokroaminoto"),
    ("café", "cafe"),
    ("17.000", "17000"),
    ("Rp 25.000", "25000"),
    ("3,5", "3.5"),
    ("dua", "2"),
    ("🔥", "🔥"),
]
DIFFERENT = [
    ("segitiga sama sisi", "segitiga sisi"),
    ("segitiga sama sisi", "segitiga sama kaki"),
    ("kerja sama tim", "kerja tim"),
    ("sama", "biru & pink"),
    ("biru sama", "biru"),
    ("huruf n", "huruf"),
    ("vitamin n", "vitamin"),
    ("baru dan pink", "biru & pink"),
    ("biru dan ping", "biru & pink"),
    ("batu merah", "baru merah"),
    ("kiat pintar", "kait pintar"),
    ("bitu pnik", "biru & pink"),
    ("bitu", "biru"),
    ("pnik", "pink"),
    ("biru atau pink", "biru & pink"),
    ("bukan biru dan pink", "biru & pink"),
    ("tidak biru sama pink", "biru & pink"),
    ("warna", "biru"),
    ("kuning", "kucing"),
    ("bintang", "binatang"),
    ("pandai", "pantai"),
    ("kelapa", "kepala"),
    ("merah", "marah"),
    ("murah", "merah"),
    ("biru", "baru"),
    ("pink", "ping"),
    ("tas", "tes"),
    ("bom", "boom"),
    ("massa", "masa"),
    ("satu", "sate"),
    ("batu", "buta"),
    ("padi", "pada"),
    ("ayam", "ayah"),
    ("gula", "gulai"),
    ("malam", "makam"),
    ("tangan", "pangan"),
    ("melati", "merpati"),
    ("kakap", "kapak"),
    ("biru", "biru dan pink"),
    ("biru, pink, dan hijau", "biru dan pink"),
    ("bukan biru", "biru"),
    ("2-1", "1-2"),
    ("17", "71"),
    ("100", "1000"),
    ("17,5", "175"),
    ("2024", "2025"),
    ("dua", "tiga"),
    ("sepatu", "sepuluh"),
    ("🔥", "💧"),
    ("?", "biru"),
    ("", "biru"),
    ("   ", "biru"),
    ("", ""),
]


@pytest.mark.parametrize(("given_answer", "accepted"), SAME)
def test_what_people_mean_counts(given_answer: str, accepted: str) -> None:
    assert same_answer(given_answer, accepted)
    assert same_answer(accepted, given_answer)


@pytest.mark.parametrize(("given_answer", "accepted"), DIFFERENT)
def test_another_word_never_passes(given_answer: str, accepted: str) -> None:
    assert not same_answer(given_answer, accepted)
    assert not same_answer(accepted, given_answer)


def test_any_of_the_accepted_answers_will_do() -> None:
    assert matches("Tiktok", ["Instagram", "tik tok"])
    assert not matches("Tiktok", [])


def test_an_answer_far_too_long_is_not_looked_at() -> None:
    assert not same_answer("a" * (LONGEST + 1), "a" * (LONGEST + 1))


typed = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40) | st.text(
    "abiru pnk&,.-2'!", max_size=20
)
words = st.lists(st.text("abcdefghijklmnoprstu", min_size=1, max_size=14), min_size=1, max_size=6)


@given(typed, typed)
def test_it_does_not_matter_which_of_two_was_typed(one: str, other: str) -> None:
    assert same_answer(one, other) == same_answer(other, one)


@given(typed)
def test_every_answer_with_something_in_it_is_its_own_equal(text: str) -> None:
    assert same_answer(text, text) == bool(text.split())


@given(words, st.randoms(use_true_random=False))
def test_order_case_and_joiners_do_not_matter(answer: list[str], random: object) -> None:
    shuffled = list(answer)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same_answer(" & ".join(shuffled).upper(), ", ".join(answer))


@given(words, words, st.sampled_from(["sama", "n", "dan", "&", "ama", "dengan", "warnanya"]))
def test_words_in_between_never_make_another_answer_right(answer: list[str], key: list[str], joiner: str) -> None:
    between = f" {joiner} "
    if not same_answer(" ".join(answer), " ".join(key)):
        assert not same_answer(between.join(answer), " & ".join(key))


common = st.sampled_from(["biru", "batu", "baru", "buta", "pink", "ping", "kiri", "kaki", "kali", "tali", "lima"])


@given(st.lists(common, min_size=2, max_size=3), st.lists(common, min_size=2, max_size=3))
def test_a_word_that_people_use_is_never_taken_for_a_slip_of_another(answer: list[str], key: list[str]) -> None:
    if sorted(answer) != sorted(key):
        assert not same_answer(" ".join(answer), " & ".join(key))


@given(
    st.text("abcdefghijklmnoprstuwy", min_size=1, max_size=4), st.text("abcdefghijklmnoprstuwy", min_size=1, max_size=4)
)
def test_short_words_pass_only_as_themselves(one: str, other: str) -> None:
    def single(word: str) -> str:
        return "".join(letter for at, letter in enumerate(word) if at == 0 or word[at - 1] != letter)

    if single(one) != single(other):
        assert not same_answer(one, other)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_figures_must_be_right_to_the_digit(one: int, other: int) -> None:
    assert same_answer(str(one), str(other)) == (one == other)
    assert same_answer(f"{one}-{other}", f"{other}-{one}") == (one == other)
