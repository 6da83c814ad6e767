"""A quiz with all that belongs to it, as most use cases and views need it."""

from dataclasses import dataclass

from bot.quizzes import rules
from bot.quizzes.models import Hint, Question, Quiz


@dataclass(frozen=True, slots=True)
class Whole:
    """A quiz with its questions and hints."""

    quiz: Quiz
    questions: tuple[Question, ...]
    hints: tuple[Hint, ...]

    @property
    def missing(self) -> list[str]:
        """What it still lacks, one sentence each."""
        return rules.missing(self.quiz, self.questions, self.hints)

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that members have seen or could have: all, or those whose turn came."""
        if not self.quiz.pacing.in_turn:
            return self.questions
        return tuple(question for question in self.questions if question.opened_at is not None)

    @property
    def lasts(self) -> int:
        """Seconds from the post to the end; as planned until it is posted."""
        if self.quiz.opened_at is not None and self.quiz.closes_at is not None:
            return self.quiz.closes_at - self.quiz.opened_at
        return rules.lasts(self.quiz, max(1, len(self.questions)))

    def elapsed(self, now: int) -> int:
        """Seconds since it was posted; 0 before."""
        return max(0, now - self.quiz.opened_at) if self.quiz.opened_at is not None else 0

    def shown_hints(self, now: int) -> tuple[Hint, ...]:
        """The hints whose time has come."""
        elapsed = self.elapsed(now)
        return tuple(hint for hint in self.hints if elapsed and hint.spec.after_seconds <= elapsed)
