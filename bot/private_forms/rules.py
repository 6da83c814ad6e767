"""Reading what was typed into a private form, and whether a link still counts."""

from collections import OrderedDict, deque
from collections.abc import Mapping

from bot.platform.crypto import Private
from bot.platform.errors import DomainError
from bot.platform.indonesian import normalise_phone
from bot.platform.text import one_line
from bot.private_forms.models import FieldKind, FieldsRefused, Link, LinkState, PrivateField

MAX_PEERS = 10_000


def address_problem(address: str | None) -> str:
    """Why winners can't open the forms at the bot's own address, and the cure; empty when all is well."""
    if address is None:
        return (
            "Pemenang belum bisa mengambil hadiah: alamat formulirnya belum diatur. Isi TSC_HTTP_PORT dan "
            "TSC_PUBLIC_URL, lalu jalankan ulang bot. Selama itu batas ambil hadiah berhenti berjalan."
        )
    if address.startswith("http://"):
        return (
            "Formulir hadiah hanya terbuka di komputer bot ini. Isi TSC_PUBLIC_URL dengan alamat https supaya pemenang "
            "bisa membukanya."
        )
    return ""


def state_of(link: Link | None, now: int) -> LinkState:
    """Whether a link opens something at `now` (whole seconds); it expires at its last second."""
    if link is None:
        return LinkState.UNKNOWN
    if link.used_at is not None:
        return LinkState.USED
    if link.revoked_at is not None:
        return LinkState.REPLACED
    return LinkState.OPEN if now < link.expires_at else LinkState.EXPIRED


def read_values(fields: tuple[PrivateField, ...], typed: Mapping[str, str]) -> dict[str, Private]:
    """What each field gives, blank optional ones left out; what no field asks for is ignored.

    Raises FieldsRefused with everything that is wrong. Its sentences never quote what was typed.
    """
    values: dict[str, Private] = {}
    problems: dict[str, str] = {}
    for field in fields:
        text = one_line(typed.get(field.id, "")[: 4 * field.max_length + 100])
        if not text:
            if field.required:
                problems[field.id] = f"{field.label} belum diisi."
            continue
        try:
            values[field.id] = Private(_read(field, text))
        except DomainError as error:
            problems[field.id] = error.message
    if problems:
        raise FieldsRefused(problems)
    return values


def _read(field: PrivateField, text: str) -> str:
    value = _by_kind(field, text)
    return field.validator(value) if field.validator else value


def _by_kind(field: PrivateField, text: str) -> str:
    if field.kind is FieldKind.CHOICE:
        if text not in (value for value, _ in field.options):
            raise DomainError(f"Pilih {field.label} dari daftar.")
        return text
    if field.kind is FieldKind.WALLET_PHONE:
        phone = normalise_phone(text)
        if phone is None or not phone.startswith("+628"):
            raise DomainError("Tulis nomor HP Indonesia, misalnya 0812-3456-7890.")
        return phone
    if field.kind is FieldKind.DIGITS:
        text = "".join(character for character in text if character not in " .-")
        if not (text.isascii() and text.isdigit()):
            raise DomainError(f"{field.label} hanya berisi angka.")
    if not field.min_length <= len(text) <= field.max_length:
        unit = "angka" if field.kind is FieldKind.DIGITS else "huruf"
        wanted = f"{field.min_length} sampai {field.max_length}" if field.min_length != field.max_length else "tepat"
        wanted = wanted if wanted != "tepat" else str(field.max_length)
        raise DomainError(f"{field.label} harus {wanted} {unit}.")
    return text


class Attempts:
    """Counts failures a peer within a sliding window. Forgets peers once there are too many to remember."""

    def __init__(self, limit: int, window_seconds: int) -> None:
        self._limit = limit
        self._window = window_seconds
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()

    def failed(self, peer: str, now: float) -> None:
        """One more failure."""
        times = self._failures.setdefault(peer, deque(maxlen=self._limit))
        times.append(now)
        self._failures.move_to_end(peer)
        if len(self._failures) > MAX_PEERS:
            self._failures.popitem(last=False)

    def wait(self, peer: str, now: float) -> int:
        """Whole seconds until this peer may try again, 0 when it may now."""
        times = self._failures.get(peer)
        if times is None:
            return 0
        while times and now - times[0] >= self._window:
            times.popleft()
        if not times:
            del self._failures[peer]
            return 0
        return int(self._window - (now - times[0])) + 1 if len(times) >= self._limit else 0


def is_same_origin(fetch_site: str | None, origin: str | None, own: str) -> bool:
    """Whether a POST comes from our own page, by its Sec-Fetch-Site and Origin headers.

    Under `Referrer-Policy: no-referrer` browsers send `Origin: null` even from the same page (Fetch standard, "append a
    request Origin header"), so Sec-Fetch-Site decides where there is one; older browsers have the form token left.
    """
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return origin in (None, "null", own)
