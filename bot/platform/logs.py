"""Structured logs: one JSON object a line, with secrets and private values scrubbed before they are written."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_PRIVATE_KEYS = frozenset({"token", "contact", "phone", "email", "nik", "npwp", "account", "answers", "authorization"})
# Bot tokens, e-mail addresses, and runs of digits as long as phone, account and KTP numbers (Discord ids are longer).
_PATTERNS = (
    re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"),
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    re.compile(r"(?<!\d)(?:\+62|62|0)8\d{7,11}(?!\d)"),
    re.compile(r"(?<!\d)\d{15,16}(?!\d)"),
)


def scrub(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask what must not be in a log: by key name, and by shape inside texts (tracebacks too)."""
    for key, value in event.items():
        if key.lower() in _PRIVATE_KEYS:
            event[key] = "[dirahasiakan]"
        elif isinstance(value, str):
            for pattern in _PATTERNS:
                value = pattern.sub("[dirahasiakan]", value)
            event[key] = value
    return event


def set_up(level: str = "INFO", *, as_json: bool = True) -> None:
    """Route structlog and the standard library's loggers (discord.py's too) through one pipeline to stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else structlog.dev.ConsoleRenderer()
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, scrub, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
