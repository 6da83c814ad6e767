"""Forms and pages outside Discord for what must never be typed or shown there: the vocabulary."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.platform.crypto import Private
from bot.platform.database import Reads, UnitOfWork
from bot.platform.errors import DomainError, FormRefused


class FieldKind(StrEnum):
    """What a field takes."""

    WALLET_PHONE = "wallet_phone"  # an Indonesian mobile number; kept as +628...
    DIGITS = "digits"  # blanks, dots and hyphens are left out
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True)
class PrivateField:
    """One question. `validator` takes the tidied value and gives the one to keep, or raises DomainError.

    `autocomplete` is HTML's, so that a phone can fill in what it knows. Lengths count characters.
    """

    id: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    hint: str = ""
    min_length: int = 1
    max_length: int = 100
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    autocomplete: str = "off"
    validator: Callable[[str], str] | None = None


# Something to tell the form's reader about its subject, e.g. which prize: (reads, subject_id) -> one sentence.
About = Callable[[Reads, int], Awaitable[str]]
# What a form's fields hold when it is opened first, by field id: (reads, subject_id) -> values. Nothing private.
Filled = Callable[[Reads, int], Awaitable[Mapping[str, str]]]
# Called in the unit of work that uses up the link. A DomainError leaves the link usable and is shown.
OnSubmit = Callable[[UnitOfWork, int, int, Mapping[str, Private]], Awaitable[None]]
# Gives what a private page shows, (label, value) each; records the reveal in the audit itself.
Reveal = Callable[[UnitOfWork, int, int], Awaitable[list[tuple[str, Private]]]]


@dataclass(frozen=True)
class PrivateFormSpec:
    """A form as data. `intro` says what for and how long it is kept; `done` what comes next."""

    title: str
    intro: str
    fields: tuple[PrivateField, ...]
    done: str = "Tersimpan. Kamu bisa menutup halaman ini dan kembali ke Discord."
    about: About | None = None
    filled: Filled | None = None


@dataclass(frozen=True)
class PrivatePageSpec:
    """A page that shows private values once, to the person the link was made for."""

    title: str
    intro: str
    about: About | None = None


Spec = PrivateFormSpec | PrivatePageSpec


@dataclass(frozen=True)
class Link:
    """One link as the store has it; its token is not there."""

    id: int
    kind: str
    subject_id: int
    member_id: int
    expires_at: int
    used_at: int | None
    revoked_at: int | None


class LinkState(StrEnum):
    """Whether a link still opens something."""

    OPEN = "open"
    USED = "used"
    REPLACED = "replaced"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class FormLink:
    """A fresh link for its person. The address holds the token: never log or store it."""

    url: str
    expires_at: int

    def __repr__(self) -> str:
        return f"FormLink(expires_at={self.expires_at})"


@dataclass(frozen=True)
class Opened:
    """What a usable link opens. `form_token` comes back with what was filled in."""

    spec: Spec
    about: str
    form_token: str
    expires_at: int
    filled: Mapping[str, str] = field(default_factory=dict[str, str])


class LinkRefused(DomainError):
    """The link opens nothing (any more)."""

    def __init__(self, state: LinkState, message: str) -> None:
        super().__init__(message)
        self.state = state


class FieldsRefused(FormRefused):
    """Some fields break their rules. `by_field` has one sentence for each of them."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(list(by_field.values()))
        self.by_field = dict(by_field)
