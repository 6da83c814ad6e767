"""The one way to ask for, or show, what must not pass through Discord: a one-time link to a page of our own.

Areas register a form (`register`) or a page (`register_page`) by kind, and hand people a link (`link`) in an answer
that only they see. The token is with the person alone: the store has its hash, logs never have it.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Final

from bot.platform import audit
from bot.platform.audit import Actor
from bot.platform.clock import Clock
from bot.platform.crypto import Private, Vault
from bot.platform.database import Database, UnitOfWork
from bot.platform.errors import DomainError, NotAllowed
from bot.private_forms import rules, store
from bot.private_forms.models import (
    FormLink,
    Link,
    LinkRefused,
    LinkState,
    OnSubmit,
    Opened,
    PrivateFormSpec,
    PrivatePageSpec,
    Reveal,
    Spec,
)

PATH: Final = "/isi/"
FORM_SECONDS: Final = 30 * 60
PAGE_SECONDS: Final = 5 * 60
# How long it can be told why an old link no longer opens.
_REMEMBER_SECONDS: Final = 30 * 86_400
_TOKEN_BYTES: Final = 32
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")

_REFUSALS: Final = {
    LinkState.UNKNOWN: "Link ini tidak dikenal. Tekan lagi tombolnya di Discord untuk mendapat link yang baru.",
    LinkState.USED: (
        "Link ini sudah dipakai, dan hanya berlaku sekali. Baru saja mengirim formulirnya? Isinya sudah tersimpan. "
        "Bukan kamu yang memakainya? Segera kabari tim dengan /tiket buka di Discord."
    ),
    LinkState.REPLACED: "Ada link yang lebih baru. Pakai link terakhir yang kamu dapat di Discord.",
    LinkState.EXPIRED: "Waktu link ini sudah habis. Tekan lagi tombolnya di Discord untuk mendapat link yang baru.",
}
NOT_READY: Final = (
    "Halaman amannya belum bisa dibuka, karena alamatnya belum diatur. Minta IT Support mengisi TSC_HTTP_PORT dan "
    "TSC_PUBLIC_URL, lalu menjalankan ulang bot."
)


class PrivateForms:
    """`address` is where people reach the bot's HTTP server, None while they can't."""

    def __init__(self, database: Database, clock: Clock, vault: Vault, address: str | None) -> None:
        self._database = database
        self._vault = vault
        self.clock = clock
        self.address = address
        self._forms: dict[str, tuple[PrivateFormSpec, OnSubmit]] = {}
        self._pages: dict[str, tuple[PrivatePageSpec, Reveal]] = {}

    def register(self, kind: str, spec: PrivateFormSpec, on_submit: OnSubmit) -> None:
        """A form; `on_submit` keeps what was filled in (encrypted), in the unit of work that uses up the link."""
        self._forms[kind] = (spec, on_submit)

    def register_page(self, kind: str, spec: PrivatePageSpec, reveal: Reveal) -> None:
        """A page that shows private values once; `reveal` records that in the audit."""
        self._pages[kind] = (spec, reveal)

    async def link(self, tx: UnitOfWork, kind: str, subject_id: int, member_id: int) -> FormLink:
        """A fresh link for one person and subject; an earlier one that was not used stops working.

        Forms may be filled in for 30 minutes, pages opened for 5. Raises DomainError while nobody can open it.
        """
        if self.address is None:
            raise DomainError(NOT_READY)
        lifetime = FORM_SECONDS if kind in self._forms else PAGE_SECONDS
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        now = self.clock.timestamp()
        await store.revoke(tx, kind, subject_id, member_id, now)
        await store.insert(tx, kind, subject_id, member_id, _hash(token), now, now + lifetime)
        return FormLink(f"{self.address}{PATH}{token}", now + lifetime)

    async def open(self, token: str) -> Opened:
        """What a link opens; looking does not use it up. Raises LinkRefused."""
        link = await self._usable(token)
        spec = self._spec(link)
        about = await spec.about(self._database.read, link.subject_id) if spec.about else ""
        filled = spec.filled if isinstance(spec, PrivateFormSpec) else None
        begun: Mapping[str, str] = await filled(self._database.read, link.subject_id) if filled else {}
        return Opened(spec, about, self._form_token(token), link.expires_at, begun)

    async def submit(self, token: str, form_token: str, typed: Mapping[str, str]) -> str:
        """Keep a filled-in form and use up its link, both or neither; the text that says what comes next.

        Raises LinkRefused, NotAllowed (form token), FieldsRefused, or what the area refuses with.
        """
        link = await self._usable(token)
        self._check_form_token(token, form_token)
        if link.kind not in self._forms:
            raise _refused(LinkState.UNKNOWN)
        spec, on_submit = self._forms[link.kind]
        values = rules.read_values(spec.fields, typed)
        async with self._database.unit() as tx:
            await self._use(tx, link)
            await on_submit(tx, link.subject_id, link.member_id, values)
            await audit.record(
                tx,
                Actor(link.member_id),
                "private_form.submitted",
                ("private_link", link.id),
                at=self.clock.timestamp(),
                details={"kind": link.kind, "subject": link.subject_id},
            )
        return spec.done

    async def reveal(self, token: str, form_token: str) -> list[tuple[str, Private]]:
        """What a private page shows, once. Raises LinkRefused or NotAllowed."""
        link = await self._usable(token)
        self._check_form_token(token, form_token)
        if link.kind not in self._pages:
            raise _refused(LinkState.UNKNOWN)
        _, reveal = self._pages[link.kind]
        async with self._database.unit() as tx:
            await self._use(tx, link)
            return await reveal(tx, link.subject_id, link.member_id)

    async def drop_old(self, tx: UnitOfWork) -> None:
        """Forget links that expired a month ago."""
        await store.drop_old(tx, self.clock.timestamp() - _REMEMBER_SECONDS)

    async def _usable(self, token: str) -> Link:
        link = await store.find(self._database.read, _hash(token)) if _TOKEN.fullmatch(token) else None
        state = rules.state_of(link, self.clock.timestamp())
        if link is None or state is not LinkState.OPEN:
            raise _refused(state)
        return link

    def _spec(self, link: Link) -> Spec:
        found = self._forms.get(link.kind) or self._pages.get(link.kind)
        if found is None:
            raise _refused(LinkState.UNKNOWN)
        return found[0]

    async def _use(self, tx: UnitOfWork, link: Link) -> None:
        if not await store.use(tx, link.id, self.clock.timestamp()):
            raise _refused(LinkState.USED)

    def _form_token(self, token: str) -> str:
        return self._vault.lookup_hash(Private(f"form:{_hash(token)}"))

    def _check_form_token(self, token: str, form_token: str) -> None:
        if not hmac.compare_digest(self._form_token(token).encode(), form_token.encode("utf-8", "replace")):
            raise NotAllowed("Formulir ini tidak dikirim dari halamannya sendiri. Buka lagi linknya dari Discord.")


def _hash(token: str) -> str:
    # The token is 256 random bits, so a plain hash can't be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()


def _refused(state: LinkState) -> LinkRefused:
    return LinkRefused(state, _REFUSALS[state])
