"""What a creator filled in becomes answers that may be kept. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.platform.errors import FormRefused
from bot.platform.text import clip, one_line, tidy
from bot.tickets.masking import asks_for_phone, mask
from bot.tickets.models import Question, QuestionAnswer

LONGEST_SUMMARY = 120
LONGEST_LABEL = 45
LONGEST_HINT = 100
# Discord's five fields, less the one for screenshots.
MOST_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled-in form, masked. `hidden`: how many numbers were; `nik`: one looked like a NIK."""

    answers: tuple[QuestionAnswer, ...]
    hidden: int
    nik: bool

    @property
    def text(self) -> str:
        """All answers in one, for finding known ones."""
        return "\n".join(item.answer for item in self.answers)


def read_answers(questions: Sequence[Question], given: Mapping[int, str]) -> Filled:
    """Answers by question id, tidied and masked; blank ones are left out. Raises FormRefused."""
    answers: list[QuestionAnswer] = []
    problems: list[str] = []
    hidden, nik = 0, False
    for question in questions:
        text = tidy(given.get(question.id, ""))
        if not text:
            if question.required:
                problems.append(f"{question.label}: isi dulu, ya.")
            continue
        masked = mask(text, phones_wanted=asks_for_phone(question.label))
        hidden, nik = hidden + masked.hidden, nik or masked.nik
        answers.append(QuestionAnswer(question.label, masked.text))
    if not answers and not problems:
        problems.append("Ceritakan dulu apa yang terjadi.")
    if problems:
        raise FormRefused(problems)
    return Filled(tuple(answers), hidden, nik)


def masked_again(answers: Sequence[QuestionAnswer]) -> tuple[QuestionAnswer, ...]:
    """Answers from anywhere, masked for certain; masked ones stay as they are."""
    return tuple(
        QuestionAnswer(item.question, mask(tidy(item.answer), phones_wanted=asks_for_phone(item.question)).text)
        for item in answers
    )


def summary_of(answers: Sequence[QuestionAnswer]) -> str:
    """One line for lists: the last answer, where forms ask what happened."""
    return clip(one_line(answers[-1].answer), LONGEST_SUMMARY) if answers else "-"


def read_question(label: str, hint: str) -> tuple[str, str]:
    """A question as staff wrote it. Raises FormRefused."""
    label, hint = one_line(label), one_line(hint)
    problems: list[str] = []
    if not 1 <= len(label) <= LONGEST_LABEL:
        problems.append(f"Pertanyaan: 1 sampai {LONGEST_LABEL} huruf, batas dari Discord.")
    if len(hint) > LONGEST_HINT:
        problems.append(f"Contoh isian: paling panjang {LONGEST_HINT} huruf.")
    if problems:
        raise FormRefused(problems)
    return label, hint
