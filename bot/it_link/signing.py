"""Signatures of what goes between the bot and IT's system: HMAC-SHA256 over the timestamp and the body. Pure."""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

TIMESTAMP_HEADER: Final = "X-TSC-Timestamp"
SIGNATURE_HEADER: Final = "X-TSC-Signature"
VERSION: Final = "v1"
# How far the clocks of both sides may be apart, and how long a copy of a request could be used again.
WINDOW_SECONDS: Final = 300
# More would only be work for us; secrets are changed one at a time.
_MOST_SIGNATURES: Final = 5
_HEX_DIGITS: Final = 64


class SignatureRefused(Exception):
    """A request that can't be trusted. The text says which check failed, never what was expected."""


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """`v1=<hex>` over `<timestamp>.<body>`."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"{VERSION}={signed}"


def signatures(secrets: Sequence[str], timestamp: int, body: bytes) -> str:
    """One signature a secret, the newest first: while secrets are changed either side may still know only one."""
    return ",".join(sign(secret, timestamp, body) for secret in secrets)


def verify(secrets: Sequence[str], timestamp: str | None, signature: str | None, body: bytes, now: int) -> None:
    """Raise SignatureRefused unless one of the signatures is made with one of the secrets, and is not old.

    `now` in whole seconds UTC. Compared in constant time; the signature first, so that a clock can't be probed.
    """
    if not timestamp or not signature:
        raise SignatureRefused("header tanda tangan tidak ada")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise SignatureRefused("timestamp tidak terbaca")
    given = [part.strip() for part in signature.split(",", _MOST_SIGNATURES)[:_MOST_SIGNATURES]]
    given = [part for part in given if part.isascii() and len(part) == len(VERSION) + 1 + _HEX_DIGITS]
    wanted = [sign(secret, int(timestamp), body) for secret in secrets]
    # No shortcut: each is compared with each.
    matches = [hmac.compare_digest(one, other) for one in given for other in wanted]
    if not any(matches):
        raise SignatureRefused("tanda tangan tidak cocok")
    if abs(now - int(timestamp)) > WINDOW_SECONDS:
        raise SignatureRefused(f"timestamp lebih dari {WINDOW_SECONDS} detik dari jam bot")
