"""The forms of offers and decisions: what they ask, filled with what is known."""

from __future__ import annotations

from collections.abc import Sequence

from bot.offers.models import Choice, Decided, Offer, OfferAct
from bot.offers.reading import (
    EXTRA_LENGTH,
    MESSAGE_LENGTH,
    PROJECT_LENGTH,
    REASON_LENGTH,
    SCOPE_LENGTH,
    CounterForm,
    DeclineReason,
    HandForm,
    ManyForm,
    OfferForm,
    write_reward,
)
from bot.platform.indonesian import format_date, format_number
from cogs.ui.forms import Answers, ChoiceField, FormSpec, TextField

_WHY_BRAND = "Brand ikut menentukan; alasan ini tersimpan di riwayat kreator."


def offer_form(start: OfferForm, title: str) -> FormSpec:
    """Everything an offer says."""
    reward_length = EXTRA_LENGTH + 30
    return FormSpec(
        title,
        (
            TextField(
                "project",
                "Nama proyek",
                "Dibaca kreator, juga di DM. Jangan sebut fee.",
                "Serum Pagi · Wardah",
                PROJECT_LENGTH,
                default=start.project,
            ),
            TextField(
                "reward",
                "Imbalan",
                "Fee, fee + tambahan, atau barter: barangnya. Hanya dilihat kreatornya.",
                "1,5jt + produk",
                reward_length,
                default=start.reward,
            ),
            TextField(
                "scope",
                "Lingkup kerja",
                "Jumlah dan jenis konten, revisi, hak pakai.",
                "1 video TikTok 30 detik, 1 kali revisi",
                SCOPE_LENGTH,
                paragraph=True,
                default=start.scope,
            ),
            TextField("posts_on", "Tayang paling lambat", "", "20 Maret", 40, default=start.posts_on),
            TextField("reply_by", "Jawab sebelum (WIB)", "", "12 Maret 18.00", 60, default=start.reply_by),
        ),
    )


def form_of(offer: Offer, reply_by: str) -> OfferForm:
    """A draft as its form shows it; `reply_by` as written for people."""
    terms = offer.terms
    return OfferForm(
        terms.project,
        write_reward(terms.fee, terms.extra),
        terms.scope,
        format_date(terms.posts_on, weekday=False),
        reply_by,
    )


def offer_of(answers: Answers) -> OfferForm:
    """What was filled in."""
    return OfferForm(*(answers.text(field) for field in ("project", "reward", "scope", "posts_on", "reply_by")))


def decline_form() -> FormSpec:
    """Why not."""
    reasons = tuple((one.value, one.label) for one in DeclineReason)
    return FormSpec(
        "Tolak tawaran",
        (
            ChoiceField("kind", "Alasannya", reasons, "Supaya tawaran berikutnya lebih pas."),
            TextField("detail", "Keterangan", "Boleh dikosongkan", "", REASON_LENGTH, required=False, paragraph=True),
        ),
    )


def counter_form(offer: Offer) -> FormSpec:
    """What instead; starts with what stands, or what was asked for last."""
    fee = offer.counter.fee if offer.counter else offer.terms.fee
    posts_on = offer.counter.posts_on if offer.counter else offer.terms.posts_on
    return FormSpec(
        "Ajukan perubahan",
        (
            TextField(
                "fee",
                "Fee yang kamu usulkan",
                "Kosongkan kalau tidak berubah",
                "2jt",
                30,
                required=False,
                default=format_number(fee) if fee else "",
            ),
            TextField(
                "posts_on",
                "Tayang paling lambat",
                "",
                "25 Maret",
                40,
                required=False,
                default=format_date(posts_on, weekday=False),
            ),
            TextField("message", "Pesan untuk tim", "Kenapa?", "", MESSAGE_LENGTH, required=False, paragraph=True),
        ),
    )


def counter_of(answers: Answers) -> CounterForm:
    """What was filled in."""
    return CounterForm(answers.text("fee"), answers.text("posts_on"), answers.text("message"))


def hand_form(offer: Offer) -> FormSpec:
    """What a creator answered elsewhere."""
    options = (
        (OfferAct.ACCEPT.value, "Menerima tawaran"),
        (OfferAct.DECLINE.value, "Menolak"),
        (OfferAct.COUNTER.value, "Mengajukan perubahan"),
    )
    asked = "Hanya untuk usulan perubahan"
    return FormSpec(
        "Catat jawaban kreator",
        (
            ChoiceField("answer", "Jawabannya", options),
            TextField("fee", "Fee yang diusulkan", asked, "2jt", 30, required=False),
            TextField("posts_on", "Tanggal tayang yang diusulkan", asked, "25 Maret", 40, required=False),
            TextField(
                "reason",
                "Alasan atau catatan",
                "Wajib kalau menolak. Misalnya: lewat WhatsApp 3 Maret.",
                "",
                MESSAGE_LENGTH,
                required=False,
                paragraph=True,
            ),
        ),
    )


def hand_of(answers: Answers) -> HandForm:
    """What was filled in."""
    return HandForm(answers.choice("answer"), answers.text("fee"), answers.text("posts_on"), answers.text("reason"))


def reason_form(title: str, label: str, description: str) -> FormSpec:
    """One reason that the creator reads."""
    return FormSpec(title, (TextField("reason", label, description, "", REASON_LENGTH, paragraph=True),))


def decision_form(choice: Choice, username: str) -> FormSpec:
    """Why it was decided so."""
    needed = choice is Choice.REJECTED
    said = _WHY_BRAND if needed else "Boleh dikosongkan"
    return FormSpec(
        f"{choice.indonesian}: @{username}",
        (TextField("reason", "Alasan", said, "", REASON_LENGTH, required=needed, paragraph=True),),
    )


def many_form(undecided: Sequence[Decided]) -> FormSpec:
    """A brand's answer on a whole shortlist."""
    options = tuple(
        (str(one.creator.id), f"{one.rank}. @{one.creator.record.username} ({one.creator.record.platform.label})")
        for one in undecided
    )
    kinds = (("chosen", "Terpilih"), ("reserve", "Cadangan"), ("rejected", "Ditolak"))
    fields = tuple(
        ChoiceField(key, label, options, placeholder="Pilih kreatornya", at_most=len(options), required=False)
        for key, label in kinds
    )
    why = TextField(
        "reason", "Alasan penolakan", "Wajib kalau ada yang ditolak", "", REASON_LENGTH, required=False, paragraph=True
    )
    return FormSpec("Keputusan brand", (*fields, why))


def many_of(answers: Answers) -> ManyForm:
    """What was filled in."""
    return ManyForm(
        answers.choices("chosen"), answers.choices("reserve"), answers.choices("rejected"), answers.text("reason")
    )
