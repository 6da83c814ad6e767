"""The forms of quizzes: what they ask, filled with what is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.platform.deadlines import write_deadline
from bot.platform.durations import write_duration
from bot.quizzes import reading, times
from bot.quizzes.correcting import key_text
from bot.quizzes.matching import LONGEST
from bot.quizzes.models import Answer, Question, QuestionKind, Quiz, Terms, Way
from bot.quizzes.reading import ChoiceForm, ConditionsForm, OpenForm, TermsForm, letter
from bot.quizzes.results import REASON_LENGTH
from bot.quizzes.times import ClosingForm, SessionForm, write_hint
from bot.quizzes.whole import Whole
from cogs.giveaway_forms import legal_fields
from cogs.ui.forms import Answers, ChoiceField, Field, FileField, FormSpec, TextField


def terms_form(known: Terms | None) -> FormSpec:
    """Title, way, winners, prize, time open."""
    ways = ((Way.FASTEST.value, "Jawaban benar tercepat"), (Way.DRAWN.value, "Diundi dari yang benar"))
    return FormSpec(
        "Ubah isi kuis" if known else "Kuis baru",
        (
            TextField("title", "Judul", max_length=reading.TITLE_LENGTH, default=known.title if known else ""),
            ChoiceField("way", "Cara menang", ways, default=(known.way.value if known else Way.FASTEST.value,)),
            TextField("winners", "Jumlah pemenang", placeholder="2", max_length=10, default=_number(known)),
            TextField(
                "prize",
                "Hadiah per pemenang",
                "Uang: tulis dompetnya, misalnya GoPay 25.000. Kosongkan kalau hanya poin.",
                "GoPay 25.000",
                reading.PRIZE_LENGTH,
                required=False,
                default=known.prize.description if known and known.prize else "",
            ),
            TextField(
                "closing",
                "Ditutup",
                "Lamanya sejak tayang, atau jam dan tanggalnya (WIB)",
                "2 jam, 1 hari, 20.00, atau 3/4 18.00",
                40,
                default=times.write_closing(known) if known else "",
            ),
        ),
    )


def read_terms(answers: Answers) -> TermsForm:
    """The first form as typed."""
    text = answers.text
    return TermsForm(text("title"), answers.choice("way"), text("winners"), text("prize"), text("closing"))


def conditions_form(whole: Whole, now: int) -> FormSpec:
    """The finer rules, and the hints that are still to come."""
    known = whole.quiz.conditions
    changeable = (("no", "Tidak, satu kali saja"), ("yes", "Ya, sampai kuis ditutup"))
    audience = (("everyone", "Semua anggota"), ("creators", "Hanya kreator terdaftar"))
    return FormSpec(
        "Aturan & petunjuk",
        (
            ChoiceField("changeable", "Jawaban boleh diubah?", changeable, default=(("no", "yes")[known.changeable],)),
            ChoiceField(
                "audience", "Siapa yang boleh ikut?", audience, default=(("everyone", "creators")[known.creators_only],)
            ),
            TextField(
                "close_after",
                "Tutup setelah berapa orang benar",
                "Kosongkan kalau hanya menurut waktu",
                "2",
                10,
                required=False,
                default=str(known.close_after or ""),
            ),
            TextField(
                "claim_days", "Batas ambil hadiah (hari)", "", "7", 4, required=False, default=str(known.claim_days)
            ),
            _hints(whole, now),
        ),
    )


def _hints(whole: Whole, now: int) -> TextField:
    return TextField(
        "hints",
        "Petunjuk",
        "Satu per baris, dengan waktu setelah tayang. Yang sudah muncul tidak ikut di sini.",
        "10 menit: Huruf depannya B",
        1_000,
        required=False,
        paragraph=True,
        default="\n".join(write_hint(hint.spec) for hint in whole.hints[len(whole.shown_hints(now)) :]),
    )


def session_form(quiz: Quiz) -> FormSpec:
    """All questions at once, or one after another."""
    known = quiz.pacing
    paces = (("together", "Sekaligus, dalam satu pengumuman"), ("in_turn", "Berurutan, satu per satu"))
    pauses = tuple((str(one), write_duration(one)) for one in times.PAUSES)
    return FormSpec(
        "Urutan soal",
        (
            ChoiceField("pace", "Soalnya muncul", paces, default=(("together", "in_turn")[known.in_turn],)),
            TextField(
                "each",
                "Lama tiap soal (kalau berurutan)",
                "Menggantikan waktu tutup di formulir isi",
                "30 detik, 1 menit, atau 5 menit",
                40,
                required=False,
                default=write_duration(known.question_seconds) if known.question_seconds else "1 menit",
            ),
            ChoiceField("pause", "Jeda sebelum tiap soal", pauses, default=(str(known.pause_seconds),)),
        ),
    )


def read_session(answers: Answers) -> SessionForm:
    """How questions come, as chosen."""
    return SessionForm(answers.choice("pace"), answers.text("each"), answers.choice("pause"))


def legal_form(quiz: Quiz) -> FormSpec:
    """Draw or contest, and the permit."""
    note = "Pemenangnya diundi di antara yang benar. Baca pengingat di pratinjau; pilihanmu dicatat."
    return FormSpec("Undian/kontes & izin", legal_fields("Kuis ini termasuk", note, quiz.legal))


def closing_form(whole: Whole, now: int) -> FormSpec:
    """What may change once people have answered: the end and the hints to come."""
    fields: list[Field] = [_hints(whole, now)]
    if not whole.quiz.pacing.in_turn:
        default = write_deadline(whole.quiz.closes_at) if whole.quiz.closes_at else ""
        told = "Jam dan tanggalnya (WIB), atau lamanya sejak tayang"
        fields.insert(0, TextField("closing", "Ditutup", told, "20.00 atau 3/4 18.00", 40, default=default))
    return FormSpec("Waktu tutup & petunjuk", tuple(fields))


def read_closing(answers: Answers) -> ClosingForm:
    """The end and the hints as typed."""
    return ClosingForm(answers.text("closing"), answers.text("hints"))


def key_form(question: Question) -> FormSpec:
    """The accepted answers alone."""
    default = key_text(question)
    if question.kind is QuestionKind.CHOICE:
        told = ", ".join(f"{letter(index)}. {option}" for index, option in enumerate(question.options))
        field = TextField("key", "Jawaban benar", told[:100], "A", 5, default=default)
    else:
        told = "Satu per baris. Jawaban yang sudah masuk dinilai ulang."
        field = TextField("key", "Jawaban yang diterima", told, "pink dan biru", 1_500, paragraph=True, default=default)
    return FormSpec(f"Kunci soal {question.position}", (field,))


def calling_off_form(quiz: Quiz) -> FormSpec:
    """Why a posted quiz is called off."""
    told = f"Dibaca peserta di channel. {quiz.title}"[:100]
    example = "Soalnya keliru, kami ulang besok"
    return FormSpec("Batalkan kuis", (TextField("reason", "Alasan", told, example, REASON_LENGTH, paragraph=True),))


def read_conditions(answers: Answers) -> ConditionsForm:
    """The finer rules as typed."""
    text = answers.text
    return ConditionsForm(
        answers.choice("changeable"), answers.choice("audience"), text("close_after"), text("claim_days"), text("hints")
    )


def question_form(kind: QuestionKind, known: Question | None = None) -> FormSpec:
    """A question of a kind."""
    fields: list[Field] = [
        TextField(
            "prompt",
            "Soal",
            max_length=reading.PROMPT_LENGTH,
            paragraph=True,
            default=known.prompt if known else "",
        ),
        TextField(
            "big_words",
            "Kata besar di gambar",
            "Boleh kosong: judul kuis yang tampil",
            "WARNA APA?",
            reading.BIG_WORDS_LENGTH,
            required=False,
            default=known.big_words if known else "",
        ),
    ]
    if kind is QuestionKind.CHOICE:
        fields += _choice_fields(known)
    else:
        fields.append(
            TextField(
                "accepted",
                "Jawaban yang diterima",
                "Satu per baris. Besar kecil huruf, urutan, dan salah ketik kecil dimaklumi.",
                "pink dan biru",
                1_500,
                required=False,
                paragraph=True,
                default="\n".join(known.accepted) if known else "",
            )
        )
    fields.append(
        TextField(
            "explanation",
            "Penjelasan setelah ditutup",
            "Boleh kosong",
            max_length=reading.EXPLANATION_LENGTH,
            required=False,
            paragraph=True,
            default=known.explanation if known else "",
        )
    )
    if kind is QuestionKind.PICTURE:
        note = (
            "Latar polos atau transparan. Kosongkan kalau gambarnya tetap." if known else "Latar polos atau transparan"
        )
        fields.append(FileField("picture", "Gambar yang ditebak", note, required=known is None))
    return FormSpec(f"{'Ubah soal' if known else 'Soal baru'}: {kind.indonesian}", tuple(fields))


def _choice_fields(known: Question | None) -> list[Field]:
    right = letter(known.right_option) if known and known.right_option is not None else ""
    return [
        TextField(
            "options",
            "Pilihan",
            "2 sampai 5, satu per baris",
            "Pink dan biru",
            600,
            paragraph=True,
            default="\n".join(known.options) if known else "",
        ),
        TextField("right", "Jawaban benar", "Huruf pilihannya", "A", 5, default=right),
    ]


def read_question(kind: QuestionKind, answers: Answers) -> OpenForm | ChoiceForm:
    """A question as typed."""
    return read_choice(answers) if kind is QuestionKind.CHOICE else read_open(answers)


def read_choice(answers: Answers) -> ChoiceForm:
    """A multiple-choice question as typed."""
    text = answers.text
    return ChoiceForm(text("prompt"), text("big_words"), text("options"), text("right"), text("explanation"))


def read_open(answers: Answers) -> OpenForm:
    """An open question as typed."""
    text = answers.text
    return OpenForm(text("prompt"), text("big_words"), text("accepted"), text("explanation"))


def answer_form(quiz: Quiz, asked: Sequence[Question], given: Mapping[int, Answer], *, alone: bool) -> FormSpec:
    """Up to five questions for a member, filled with what they answered before where that may be changed."""
    fields: list[Field] = []
    for question in asked:
        label = "Jawabanmu" if alone else f"Soal {question.position}"
        before = given.get(question.id)
        if question.kind is QuestionKind.CHOICE:
            options = tuple((str(index), text) for index, text in enumerate(question.options))
            chosen = (str(before.option),) if before else ()
            fields.append(
                ChoiceField(field_of(question), label, options, question.prompt[:100], required=alone, default=chosen)
            )
        else:
            fields.append(
                TextField(
                    field_of(question),
                    label,
                    " ".join(question.prompt.split())[:100],
                    max_length=LONGEST,
                    required=alone,
                    default=before.text if before else "",
                )
            )
    return FormSpec(quiz.title, tuple(fields))


def field_of(question: Question) -> str:
    """The field in which a question is answered."""
    return f"q{question.id}"


def acceptance_form(answer: Answer) -> FormSpec:
    """Why staff count an answer as right."""
    return FormSpec(
        "Terima jawaban",
        (
            TextField(
                "reason",
                "Alasan",
                f"Jawabannya: {answer.text}"[:100],
                "Ejaan lain dari jawaban yang sama",
                REASON_LENGTH,
                paragraph=True,
            ),
        ),
    )


def _number(known: Terms | None) -> str:
    return str(known.winners) if known else "1"
