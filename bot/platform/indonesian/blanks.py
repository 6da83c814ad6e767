"""What the readers share: when a value counts as left out, and how they say they can't read one."""

from bot.platform.errors import DomainError

_BLANKS = frozenset({"", "-", "–", "—", "−", "n/a", "na", "#n/a", "?", ".", "kosong", "null", "none"})


class Unreadable(DomainError):
    """A value can't be read, or could be read in two ways. The message says how to write it."""


def is_blank(value: object) -> bool:
    """Whether people mean "nothing here": empty, only spaces, a lone dash, n/a."""
    return value is None or (isinstance(value, str) and value.strip().lower() in _BLANKS)
