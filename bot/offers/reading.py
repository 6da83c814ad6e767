"""From what staff and creators typed into the forms of offers and decisions to values, or what is wrong with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.offers.models import Choice, Counter, Offer, OfferAct, Terms
from bot.offers.rules import end_of
from bot.platform.clock import JAKARTA
from bot.platform.deadlines import read_deadline
from bot.platform.errors import DomainError, FormRefused
from bot.platform.indonesian import format_number, format_rupiah, parse_date, parse_rupiah
from bot.platform.problems import Problems
from bot.platform.text import filled, one_line, quote, tidy

PROJECT_LENGTH = 100
EXTRA_LENGTH = 200
SCOPE_LENGTH = 1_000
MESSAGE_LENGTH = 300
REASON_LENGTH = 300
_BARTER = "barter"


class DeclineReason(StrEnum):
    """Why a creator says no. The value is kept."""

    SCHEDULE = "schedule"
    FEE = "fee"
    BRAND = "brand"
    SCOPE = "scope"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As the creator chooses it and staff read it."""
        return {
            "schedule": "Jadwalnya tidak cocok",
            "fee": "Imbalannya belum sesuai",
            "brand": "Brand atau produknya kurang cocok",
            "scope": "Lingkup kerjanya terlalu banyak",
            "other": "Alasan lain",
        }[self.value]


@dataclass(frozen=True)
class OfferForm:
    """What staff typed."""

    project: str
    reward: str
    scope: str
    posts_on: str
    reply_by: str


@dataclass(frozen=True)
class CounterForm:
    """What a creator typed, or staff for them."""

    fee: str
    posts_on: str
    message: str


@dataclass(frozen=True)
class HandForm:
    """What staff noted of an answer given outside Discord. `answer` is an OfferAct of creators."""

    answer: str | None
    fee: str
    posts_on: str
    reason: str


@dataclass(frozen=True)
class ManyForm:
    """A brand's decision on several creators at once: their ids as chosen."""

    chosen: Collection[str]
    reserve: Collection[str]
    rejected: Collection[str]
    reason: str


def read_terms(form: OfferForm, now: datetime) -> Terms:
    """What is to be offered. Raises FormRefused with one sentence a field."""
    problems = Problems()
    today = now.astimezone(JAKARTA).date()
    project = problems.read(lambda: filled(one_line(form.project), "Nama proyek", PROJECT_LENGTH), "")
    fee, extra = problems.read(lambda: read_reward(form.reward), (None, None), "Imbalan")
    scope = problems.read(lambda: filled(tidy(form.scope), "Lingkup kerja", SCOPE_LENGTH), "")
    posts_on = problems.read(lambda: read_day(form.posts_on, today), today, "Tayang paling lambat")
    reply_by = problems.read(lambda: read_deadline(form.reply_by, now), 0, "Jawab sebelum")
    if not problems.sentences and reply_by > end_of(posts_on):
        problems.sentences.append("Batas jawab harus sebelum hari tayang, supaya kreator masih sempat mengerjakannya.")
    if fee is not None and _names_amount(project, fee):
        problems.sentences.append("Nama proyek ikut tertulis di DM, jadi jangan sebut fee di sana.")
    problems.settle()
    return Terms(project, fee, extra, scope, posts_on, reply_by)


def read_reward(text: str) -> tuple[int | None, str | None]:
    """Fee (whole rupiah) and what comes beside it, from `1,5jt`, `1,5jt + produk`, or `barter: produk`.

    At least one of the two is there. Raises DomainError.
    """
    words = one_line(text)
    if words.casefold().startswith(_BARTER):
        goods = words[len(_BARTER) :].lstrip(" :-").strip()
        return None, filled(goods, "Barang barternya", EXTRA_LENGTH)
    money, plus, extra = words.partition("+")
    fee = parse_rupiah(money.strip())
    if not fee:
        raise DomainError("Isi misalnya 1,5jt, 1,5jt + produk, atau barter: satu set serum.")
    return fee, filled(extra.strip(), "Tambahannya", EXTRA_LENGTH) if plus else None


def write_reward(fee: int | None, extra: str | None) -> str:
    """What `read_reward` reads back to the same."""
    if fee is None:
        return f"{_BARTER}: {extra}" if extra else ""
    return format_number(fee) + (f" + {extra}" if extra else "")


def reward_text(fee: int | None, extra: str | None) -> str:
    """For ephemeral answers alone: `Rp 1.500.000 + produk`, `Barter: produk`."""
    if fee is None:
        return f"Barter: {extra}"
    return format_rupiah(fee) + (f" + {extra}" if extra else "")


def read_counter(form: CounterForm, offer: Offer, today: date) -> Counter:
    """What a creator asks for instead; what is blank stays as offered. Raises FormRefused."""
    problems = Problems()
    fee = problems.read(lambda: parse_rupiah(form.fee), None, "Fee")
    posts_on = offer.terms.posts_on
    if form.posts_on.strip():
        posts_on = problems.read(lambda: read_day(form.posts_on, today), posts_on, "Tayang paling lambat")
    message = tidy(form.message)
    if len(message) > MESSAGE_LENGTH:
        problems.sentences.append(f"Pesan paling panjang {MESSAGE_LENGTH} huruf.")
    problems.settle()
    return Counter(fee or offer.terms.fee, posts_on, message or None)


def read_answer(text: str | None) -> OfferAct:
    """Which answer staff noted. Raises FormRefused."""
    if text not in (OfferAct.ACCEPT, OfferAct.DECLINE, OfferAct.COUNTER):
        raise FormRefused(["Pilih jawaban kreatornya: menerima, menolak, atau mengajukan perubahan."])
    return OfferAct(text)


def read_decline(kind: str | None, detail: str) -> str:
    """Why a creator says no: `Jadwalnya tidak cocok: sedang di luar kota`. Raises FormRefused."""
    if kind not in {one.value for one in DeclineReason}:
        raise FormRefused(["Pilih alasannya dulu, supaya tawaran berikutnya lebih pas."])
    words = one_line(detail)[:REASON_LENGTH]
    if kind == DeclineReason.OTHER:
        if not words:
            raise FormRefused(["Tulis alasanmu di kolom keterangan."])
        return words
    label = DeclineReason(kind).label
    return f"{label}: {words}" if words else label


def read_reason(text: str, question: str) -> str:
    """A reason that must be there. Raises FormRefused with the question."""
    words = one_line(text)
    if len(words) < 3:
        raise FormRefused([question])
    return words[:REASON_LENGTH]


def read_decision(choice: Choice, reason: str) -> str | None:
    """The reason of a decision, which a rejection must have. Raises FormRefused."""
    if choice is Choice.REJECTED:
        return read_reason(reason, "Tulis alasan brand menolak, supaya kita ingat di kampanye berikutnya.")
    return one_line(reason)[:REASON_LENGTH] or None


def read_many(form: ManyForm) -> tuple[dict[int, Choice], str | None]:
    """Choices by creator, and the reason of the rejections. Raises FormRefused."""
    choices: dict[int, Choice] = {}
    for choice, ids in ((Choice.CHOSEN, form.chosen), (Choice.RESERVE, form.reserve), (Choice.REJECTED, form.rejected)):
        for value in ids:
            if int(value) in choices:
                raise FormRefused(
                    ["Ada kreator yang dipilih di lebih dari satu daftar. Pilih satu saja untuk tiap kreator."]
                )
            choices[int(value)] = choice
    if not choices:
        raise FormRefused(["Belum ada kreator yang dipilih."])
    return choices, read_decision(Choice.REJECTED, form.reason) if form.rejected else None


def read_day(text: str, today: date) -> date:
    """A day from today on, at most a year ahead. Raises DomainError."""
    day = parse_date(text, today=today)
    if day is None:
        raise DomainError("belum diisi. Tulis misalnya 20 Maret atau 20/3.")
    if day < today:
        raise DomainError(f"{quote(text)} sudah lewat. Pilih tanggal yang akan datang.")
    if (day - today).days > 366:
        raise DomainError(f"{quote(text)} lebih dari setahun lagi. Periksa tahunnya.")
    return day


def _names_amount(text: str, fee: int) -> bool:
    return str(fee) in "".join(character for character in text if character.isdigit())
