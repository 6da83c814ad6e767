"""Reading several fields at once: everything that is wrong is told together, not one complaint at a time."""

from collections.abc import Callable
from typing import TypeVar

from bot.platform.errors import DomainError, FormRefused

T = TypeVar("T")


class Problems:
    """Collects one sentence a field."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def read(self, reader: Callable[[], T], fallback: T, name: str = "") -> T:
        """What the reader gives, or the fallback with its complaint noted, after the field's `name` if it has one."""
        try:
            return reader()
        except DomainError as error:
            complaints = error.problems if isinstance(error, FormRefused) else [error.message]
        self.sentences += [f"{name}: {complaint}" if name else complaint for complaint in complaints]
        return fallback

    def settle(self) -> None:
        """Raise FormRefused if there were complaints."""
        if self.sentences:
            raise FormRefused(self.sentences)
