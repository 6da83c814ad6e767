"""Refusals that people are meant to read, as opposed to defects."""

from collections.abc import Sequence

from bot.platform.messages import Button


class DomainError(Exception):
    """An expected refusal: `message` is an Indonesian sentence that says what happened and what to do next.

    Never put private data into the message: it is shown and may be logged. `buttons` lead to what can be done next.
    """

    def __init__(self, message: str, buttons: Sequence[Button] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.buttons = tuple(buttons)


class NotAllowed(DomainError):
    """The person may not do this; the store was not touched."""


class NotFound(DomainError):
    """What the person asks for is not in the store (any more)."""


class TooLate(DomainError):
    """Things have moved on since the person last looked (decided, closed, withdrawn): trying again will not help."""


class FormRefused(DomainError):
    """A filled-in form breaks rules. `problems` has one sentence a field; the form can be corrected and sent again."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(f"- {problem}" for problem in problems))
        self.problems = problems


class ConfigurationError(Exception):
    """The program can't start as it is set up. The text tells the operator which setting and where to get it."""
