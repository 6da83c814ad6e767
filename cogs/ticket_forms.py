"""The forms of the help desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.knowledge.models import Canned
from bot.tickets.models import Question, Stage, Ticket
from bot.tickets.reading import LONGEST_HINT, LONGEST_LABEL
from bot.tickets.rules import CAUSES, CONCLUSION_LENGTH, MESSAGE_LENGTH
from cogs.ui.forms import Answers, ChoiceField, Field, FileField, FormSpec, TextField

MOST_SCREENSHOTS = 3
_LONGEST_LINE, _LONGEST_PARAGRAPH = 300, 900


def opening_form(stage: Stage, questions: Sequence[Question]) -> FormSpec:
    """What a stage asks, and screenshots."""
    fields: list[Field] = [
        TextField(
            f"q{question.id}",
            question.label,
            description=question.hint,
            max_length=_LONGEST_PARAGRAPH if question.paragraph else _LONGEST_LINE,
            required=question.required,
            paragraph=question.paragraph,
        )
        for question in questions
    ]
    hint = f"Gambar, paling banyak {MOST_SCREENSHOTS}. Tutupi dulu nomor rekening dan KTP."
    files = FileField("files", "Tangkapan layar (kalau ada)", hint, at_most=MOST_SCREENSHOTS)
    return FormSpec(f"Bantuan: {stage.indonesian}", (*fields, files))


def given(answers: Answers, questions: Sequence[Question]) -> Mapping[int, str]:
    """What was filled in, by question."""
    return {question.id: answers.text(f"q{question.id}") for question in questions}


def rating_form(ticket: Ticket, stars: int) -> FormSpec:
    """A comment to the stars."""
    field = TextField(
        "comment", "Ada yang mau kamu ceritakan? (boleh kosong)", max_length=500, required=False, paragraph=True
    )
    return FormSpec(f"Tiket #{ticket.id}: {stars} dari 5", (field,))


def _text(label: str, description: str, *, required: bool = True) -> TextField:
    return TextField("text", label, description, max_length=MESSAGE_LENGTH.stop - 1, required=required, paragraph=True)


def _canned(found: Sequence[Canned]) -> tuple[ChoiceField, ...]:
    if not found:
        return ()
    options = tuple((str(one.id), one.name) for one in found)
    hint = "Diisi sendiri dengan nama dan nomor tiket. Tulisanmu ditaruh di bawahnya."
    return (ChoiceField("canned", "Jawaban siap pakai", options, hint, required=False),)


def escalation_form(ticket: Ticket) -> FormSpec:
    """Why more hands are needed."""
    return FormSpec(f"Eskalasi tiket #{ticket.id}", (_text("Alasan", "Hanya dibaca staf dan IT."),))


def asking_form(ticket: Ticket, canned: Sequence[Canned]) -> FormSpec:
    """What the creator is asked."""
    hint = "Dibaca kreator. Waktu target berhenti sampai ia menjawab."
    text = _text("Apa yang perlu kamu tahu?", hint, required=not canned)
    return FormSpec(f"Minta info: tiket #{ticket.id}", (*_canned(canned), text))


def note_form(ticket: Ticket) -> FormSpec:
    """A note among staff."""
    return FormSpec(f"Catatan internal: tiket #{ticket.id}", (_text("Catatan", "Tidak pernah terlihat kreator."),))


def reply_form(ticket: Ticket, canned: Sequence[Canned]) -> FormSpec:
    """An answer that goes to the thread; written, ready-made, or both."""
    text = _text("Balasan", "Dibaca kreator di thread tiketnya.", required=not canned)
    return FormSpec(f"Balas tiket #{ticket.id}", (*_canned(canned), text))


def conclusion_form(ticket: Ticket, canned: Sequence[Canned]) -> FormSpec:
    """What it was, for the creator and for statistics."""
    return FormSpec(
        f"Selesaikan tiket #{ticket.id}",
        (
            *_canned(canned),
            TextField(
                "text",
                "Kesimpulan untuk kreator",
                "Kata sehari-hari: apa penyebabnya, apa yang sudah atau perlu dilakukan.",
                max_length=CONCLUSION_LENGTH.stop - 1,
                required=not canned,
                paragraph=True,
            ),
            ChoiceField("cause", "Penyebab", CAUSES, "Untuk statistik; tidak dibaca kreator."),
        ),
    )


def question_form(question: Question | None) -> FormSpec:
    """A question of a stage's form."""
    required, paragraph = (question.required, question.paragraph) if question else (True, False)
    return FormSpec(
        "Ubah pertanyaan" if question else "Pertanyaan baru",
        (
            TextField("label", "Pertanyaan", max_length=LONGEST_LABEL, default=question.label if question else ""),
            TextField(
                "hint",
                "Contoh isian atau penjelasan",
                max_length=LONGEST_HINT,
                required=False,
                default=question.hint if question else "",
            ),
            ChoiceField(
                "length",
                "Panjang jawaban",
                (("line", "Satu baris"), ("paragraph", "Paragraf")),
                default=("paragraph" if paragraph else "line",),
            ),
            ChoiceField(
                "required",
                "Wajib diisi?",
                (("yes", "Wajib"), ("no", "Boleh kosong")),
                default=("yes" if required else "no",),
            ),
        ),
    )
