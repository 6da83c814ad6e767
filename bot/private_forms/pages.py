"""The private pages as HTML: one column for a phone, no scripts, nothing loaded from anywhere."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Final

from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.crypto import Private
from bot.platform.palette import INK, LILAC, LINE, MIST, NIGHT, PAPER, ROSE
from bot.private_forms.models import FieldKind, Opened, PrivateField, PrivateFormSpec

FORM_TOKEN: Final = "form_token"

_CSS: Final = f"""
*{{box-sizing:border-box}}
body{{margin:0;padding:24px 16px 48px;background:#{INK:06x};color:#{PAPER:06x};
font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}}
main{{max-width:30rem;margin:0 auto;padding:24px 20px;background:#{NIGHT:06x};border:1px solid #{LINE:06x};
border-radius:16px}}
.brand{{margin:0 0 8px;color:#{LILAC:06x};font-weight:700;letter-spacing:.02em}}
h1{{margin:0 0 12px;font-size:1.5rem;line-height:1.25}}
p{{margin:0 0 12px;overflow-wrap:anywhere}}
.muted{{color:#{MIST:06x};font-size:.9375rem}}
.about{{padding:12px 14px;border-left:4px solid #{LILAC:06x};background:#{INK:06x};border-radius:8px}}
label{{display:block;margin:20px 0 6px;font-weight:600}}
input,select{{width:100%;min-height:48px;padding:10px 14px;background:#{INK:06x};color:#{PAPER:06x};
border:1px solid #{MIST:06x};border-radius:10px;font:inherit}}
input[aria-invalid=true],select[aria-invalid=true]{{border:2px solid #{ROSE:06x}}}
input:focus,select:focus,button:focus{{outline:3px solid #{LILAC:06x};outline-offset:2px}}
.wrong{{margin:6px 0 0;color:#{ROSE:06x};font-weight:600}}
.hint{{margin:6px 0 0;color:#{MIST:06x};font-size:.9375rem}}
button{{width:100%;min-height:52px;margin:28px 0 14px;border:0;border-radius:12px;background:#{LILAC:06x};
color:#{INK:06x};font:inherit;font-weight:700;cursor:pointer}}
dt{{margin-top:16px;color:#{MIST:06x};font-size:.9375rem}}
dd{{margin:2px 0 0;font-size:1.375rem;font-weight:700;overflow-wrap:anywhere;user-select:all}}
"""

_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_CSS.encode()).digest()).decode()

# `form-action 'self'` sends the form nowhere but here; nothing else is allowed at all.
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def form_page(opened: Opened, typed: Mapping[str, str] | None = None, problems: Mapping[str, str] | None = None) -> str:
    """The form, with what it begins with; after a refusal with what had been typed and what is wrong with it."""
    assert isinstance(opened.spec, PrivateFormSpec)
    problems = problems or {}
    shown = opened.filled if typed is None else typed
    summary = f'<p class="wrong" role="alert">{_wrong(len(problems))}</p>' if problems else ""
    fields = "".join(_field(field, shown.get(field.id, ""), problems) for field in opened.spec.fields)
    return _document(
        opened.spec.title,
        f"{_intro(opened)}{summary}{_form(opened.form_token, fields, 'Kirim')}"
        f'<p class="muted">Link ini hanya untukmu, sekali pakai, sampai {_until(opened.expires_at)}. '
        "Jangan diteruskan ke siapa pun.</p>",
    )


def ask_page(opened: Opened) -> str:
    """Before a private page shows what it has: a look must be somebody's wish, not a preview's."""
    note = f'<p class="muted">Hanya bisa dilihat sekali, sampai {_until(opened.expires_at)}, dan dicatat.</p>'
    return _document(opened.spec.title, f"{_intro(opened)}{_form(opened.form_token, '', 'Tampilkan')}{note}")


def shown_page(title: str, values: Sequence[tuple[str, Private]]) -> str:
    """What a private page shows."""
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value.reveal())}</dd>" for label, value in values)
    note = '<p class="muted">Halaman ini tidak bisa dibuka lagi. Tutup setelah selesai, jangan difoto.</p>'
    return _document(title, f"<dl>{rows}</dl>{note}")


def note_page(title: str, text: str) -> str:
    """One sentence: done, or why not."""
    return _document(title, f"<p>{escape(text)}</p>")


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · TSCreator</title><style>{_CSS}</style></head>"
        f'<body><main><p class="brand">TSCreator</p><h1>{escape(title)}</h1>{body}</main></body></html>'
    )


def _intro(opened: Opened) -> str:
    about = f'<p class="about">{escape(opened.about)}</p>' if opened.about else ""
    return f"<p>{escape(opened.spec.intro)}</p>{about}"


def _form(form_token: str, fields: str, label: str) -> str:
    # Without an action the form goes back to the address it was opened at.
    hidden = f'<input type="hidden" name="{FORM_TOKEN}" value="{escape(form_token)}">'
    return f'<form method="post" novalidate>{hidden}{fields}<button>{label}</button></form>'


def _field(field: PrivateField, typed: str, problems: Mapping[str, str]) -> str:
    name = escape(field.id)
    problem = problems.get(field.id)
    notes = "".join(
        f'<p class="{kind}" id="{name}-{kind}">{escape(text)}</p>'
        for kind, text in (("hint", field.hint), ("wrong", problem or ""))
        if text
    )
    described = " ".join(f"{name}-{kind}" for kind, text in (("hint", field.hint), ("wrong", problem)) if text)
    marks = f' aria-describedby="{described}"' if described else ""
    if problem:
        marks += ' aria-invalid="true"'
        # The first field at fault gets the cursor.
        marks += " autofocus" if next(iter(problems)) == field.id else ""
    if field.required:
        marks += " required"
    optional = "" if field.required else " (boleh kosong)"
    label = f'<label for="{name}">{escape(field.label)}{optional}</label>'
    return label + _control(field, name, typed, marks) + notes


def _control(field: PrivateField, name: str, typed: str, marks: str) -> str:
    if field.kind is FieldKind.CHOICE:
        options = "".join(
            f'<option value="{escape(value)}"{" selected" if value == typed else ""}>{escape(label)}</option>'
            for value, label in (("", "Pilih"), *field.options)
        )
        return f'<select id="{name}" name="{name}"{marks}>{options}</select>'
    kind = {FieldKind.WALLET_PHONE: ("tel", "tel"), FieldKind.DIGITS: ("text", "numeric")}
    input_type, mode = kind.get(field.kind, ("text", "text"))
    return (
        f'<input id="{name}" name="{name}" type="{input_type}" inputmode="{mode}" value="{escape(typed)}"'
        f' autocomplete="{escape(field.autocomplete)}"{marks}>'
    )


def _wrong(count: int) -> str:
    return "Ada satu yang perlu diperbaiki." if count == 1 else f"Ada {count} yang perlu diperbaiki."


def _until(expires_at: int) -> str:
    local: datetime = from_timestamp(expires_at).astimezone(JAKARTA)
    return f"pukul {local:%H.%M} WIB"
