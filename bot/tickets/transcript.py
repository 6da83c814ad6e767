"""A ticket as one HTML page: what was asked, said and done. No scripts, nothing loaded from anywhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Final

from bot.platform.clock import JAKARTA, from_timestamp
from bot.platform.indonesian.dates import format_date
from bot.platform.palette import DUSK, HAZE, INK, LILAC, LINE, MIST, NIGHT, PAPER, SKY, SUN
from bot.platform.text import one_line, tidy
from bot.tickets.models import OPEN_STATES, Author, Entry, EntryKind, Ticket
from bot.tickets.rules import CAUSE_WORDS

_DONE: Final[Mapping[EntryKind, str]] = {
    EntryKind.OPENED: "membuka tiket",
    EntryKind.NOTE: "menulis catatan internal",
    EntryKind.CLAIMED: "mengambil tiket ini",
    EntryKind.HANDED_OVER: "mengalihkan tiket ini",
    EntryKind.ESCALATED: "mengeskalasi tiket ini",
    EntryKind.PRIORITY: "mengubah prioritas",
    EntryKind.FORWARDED: "meneruskan tiket ke sistem IT",
    EntryKind.INFO_ASKED: "minta keterangan",
    EntryKind.RESOLVED: "menyelesaikan tiket",
    EntryKind.CLOSED: "menutup tiket",
    EntryKind.REOPENED: "membuka lagi tiket",
    EntryKind.MERGED: "menggabungkan tiket",
    EntryKind.INCIDENT_JOINED: "menggabungkan tiket ke gangguan yang sedang berjalan",
    EntryKind.INCIDENT_UPDATE: "memberi kabar gangguan",
    EntryKind.SLA_WARNED: "mengingatkan target waktu",
    EntryKind.SLA_BREACHED: "mencatat target waktu terlewat",
    EntryKind.RATED: "memberi nilai",
    EntryKind.CREATOR_LEFT: "mencatat kreator keluar dari server",
    EntryKind.CREATOR_BACK: "mencatat kreator kembali ke server",
    EntryKind.THREAD_LOST: "mencatat thread dihapus dari Discord",
}
_SIDES: Final[Mapping[Author, str]] = {
    Author.CREATOR: "Kreator",
    Author.STAFF: "Tim TSC",
    Author.IT: "IT Support",
    Author.SYSTEM: "Sistem",
}
_COLOURS: Final[Mapping[Author, int]] = {
    Author.CREATOR: LILAC,
    Author.STAFF: SUN,
    Author.IT: SKY,
    Author.SYSTEM: HAZE,
}

_CSS: Final = f"""
*{{box-sizing:border-box}}
body{{margin:0;padding:24px 16px 48px;background:#{INK:06x};color:#{PAPER:06x};
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}}
main{{max-width:46rem;margin:0 auto}}
.brand{{margin:0 0 4px;color:#{LILAC:06x};font-weight:700;letter-spacing:.02em}}
h1{{margin:0;font-size:1.75rem;line-height:1.25}}
h2{{margin:32px 0 12px;font-size:1.125rem;color:#{MIST:06x}}}
.lead{{margin:4px 0 20px;font-size:1.125rem}}
dl{{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:12px 24px;margin:0;padding:18px 20px;
background:#{NIGHT:06x};border:1px solid #{LINE:06x};border-radius:14px}}
.answers{{grid-template-columns:1fr}}
dt{{color:#{MIST:06x};font-size:.875rem}}
dd{{margin:2px 0 0;font-weight:600;white-space:pre-wrap}}
.answers dd{{font-weight:400}}
.conclusion{{margin:16px 0 0;padding:16px 20px;background:#{DUSK:06x};border-radius:14px;white-space:pre-wrap}}
.conclusion b{{display:block;margin-bottom:4px;color:#{MIST:06x};font-size:.875rem}}
ol{{margin:0;padding:0;list-style:none}}
.day{{margin:24px 0 10px;color:#{MIST:06x};font-size:.875rem;font-weight:600}}
li article{{margin:0 0 10px;padding:12px 16px;background:#{NIGHT:06x};border:1px solid #{LINE:06x};
border-left:5px solid var(--side);border-radius:10px}}
.internal{{background:transparent!important;border-style:dashed!important;border-left-style:solid!important}}
header{{display:flex;flex-wrap:wrap;gap:2px 10px;align-items:baseline}}
.side{{color:var(--side);font-size:.8125rem;font-weight:600}}
time{{margin-left:auto;color:#{MIST:06x};font-size:.8125rem}}
.did{{margin:2px 0 0;color:#{MIST:06x};font-size:.9375rem}}
.text{{margin:6px 0 0;white-space:pre-wrap}}
.files{{margin:6px 0 0;color:#{MIST:06x};font-size:.875rem}}
.empty,footer{{color:#{MIST:06x};font-size:.875rem}}
footer{{margin-top:32px}}
@media print{{body{{background:#fff;color:#000}}dl,li article,.conclusion{{background:#fff}}
h2,dt,time,.did,.files,footer,.day,.conclusion b,.side{{color:#333}}li article{{break-inside:avoid}}}}
"""


def for_creator(entries: Sequence[Entry]) -> list[Entry]:
    """What the creator may read: nothing internal, whatever kind it is of."""
    return [entry for entry in entries if not entry.internal and entry.kind is not EntryKind.NOTE]


def render(
    ticket: Ticket, entries: Sequence[Entry], files: Mapping[int, Sequence[str]], *, staff: bool, made_at: int
) -> str:
    """The page. `files` are the file names of each entry; `staff` says for whom: the creator's copy has no notes."""
    shown = list(entries) if staff else for_creator(entries)
    if ticket.answers:
        # What the form held stands above already.
        shown = [replace(entry, text="") if entry.kind is EntryKind.OPENED else entry for entry in shown]
    names = {entry.author_id: entry.author_name for entry in entries if entry.author_id and entry.author_name}
    names[ticket.creator_id] = ticket.creator_name
    title = f"Tiket #{ticket.id}"
    summary = _plain(one_line(ticket.summary), names)
    copy = "Salinan staf, berisi catatan internal. Jangan diteruskan." if staff else "Salinan untuk kreator."
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title} · TSCreator</title><style>{_CSS}</style></head><body><main>"
        f'<p class="brand">TSCreator · Transkrip bantuan</p><h1>{title}</h1><p class="lead">{escape(summary)}</p>'
        f"{_facts(ticket, staff=staff)}{_conclusion(ticket, names)}{_answers(ticket, names)}"
        f"<h2>Percakapan</h2>{_timeline(shown, files, names)}"
        f"<footer>{copy} Dibuat {_moment(made_at)}, {_count(len(shown))}. Nomor rekening dan KTP disamarkan.</footer>"
        "</main></body></html>"
    )


def _facts(ticket: Ticket, *, staff: bool) -> str:
    facts = [
        ("Kreator", one_line(ticket.creator_name)),
        ("Tahap", ticket.stage.indonesian),
        ("Status", ticket.state.indonesian),
        ("Dibuka", _moment(ticket.opened_at)),
    ]
    if ticket.resolved_at is not None:
        facts.append(("Selesai", _moment(ticket.resolved_at)))
    if ticket.closed_at is not None:
        facts.append(("Ditutup", _moment(ticket.closed_at)))
    if ticket.stars is not None:
        facts.append(("Penilaian", f"{ticket.stars} dari 5"))
    if staff:
        facts.append(("Prioritas", ticket.priority.indonesian))
        if ticket.cause and ticket.state not in OPEN_STATES:
            facts.append(("Penyebab", CAUSE_WORDS.get(ticket.cause, ticket.cause)))
    return f"<dl>{_pairs(facts)}</dl>"


def _conclusion(ticket: Ticket, names: Mapping[int, str]) -> str:
    if not ticket.conclusion:
        return ""
    label = "Kesimpulan sebelum tiket dibuka lagi" if ticket.state in OPEN_STATES else "Kesimpulan"
    return f'<div class="conclusion"><b>{label}</b>{escape(_plain(tidy(ticket.conclusion), names))}</div>'


def _answers(ticket: Ticket, names: Mapping[int, str]) -> str:
    given = [(one.question, _plain(tidy(one.answer), names)) for one in ticket.answers if one.answer.strip()]
    return f'<h2>Yang ditulis di formulir</h2><dl class="answers">{_pairs(given)}</dl>' if given else ""


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in pairs)


def _timeline(entries: Sequence[Entry], files: Mapping[int, Sequence[str]], names: Mapping[int, str]) -> str:
    if not entries:
        return '<p class="empty">Belum ada percakapan di tiket ini.</p>'
    parts: list[str] = []
    day = None
    for entry in entries:
        local = from_timestamp(entry.at).astimezone(JAKARTA)
        if local.date() != day:
            day = local.date()
            parts.append(f'<li class="day">{format_date(day)}</li>')
        parts.append(f"<li>{_entry(entry, f'{local:%H.%M}', files.get(entry.id, ()), names)}</li>")
    return f"<ol>{''.join(parts)}</ol>"


def _entry(entry: Entry, clock: str, files: Sequence[str], names: Mapping[int, str]) -> str:
    who = one_line(entry.author_name) or _SIDES[entry.author]
    side = f'<span class="side">{_SIDES[entry.author]}</span>' if who != _SIDES[entry.author] else ""
    did = _DONE.get(entry.kind, "")
    if entry.from_state is not None and entry.to_state is not None and entry.from_state is not entry.to_state:
        change = f"{entry.from_state.indonesian} → {entry.to_state.indonesian}"
        did = f"{did} · {change}" if did else change
    text = _plain(tidy(entry.text), names)
    return (
        f'<article{" class=internal" if entry.internal else ""} style="--side:#{_COLOURS[entry.author]:06x}">'
        f"<header><b>{escape(who)}</b>{side}<time>{clock} WIB</time></header>"
        + (f'<p class="did">{escape(did)}</p>' if did else "")
        + (f'<p class="text">{escape(text)}</p>' if text else "")
        + (f'<p class="files">Lampiran: {escape(", ".join(map(one_line, files)))}</p>' if files else "")
        + "</article>"
    )


def _plain(text: str, names: Mapping[int, str]) -> str:
    """Discord's own codes as words: mentions as names, instants as dates."""
    text = re.sub(r"<@!?(\d+)>", lambda found: f"@{names.get(int(found[1]), 'anggota')}", text)
    text = re.sub(r"<@&\d+>", "@tim", text)
    text = re.sub(r"<#\d+>", "#channel", text)
    text = re.sub(r"<t:(\d{1,10})(?::[a-zA-Z])?>", lambda found: _moment(int(found[1])), text)
    return re.sub(r"<a?:(\w+):\d+>", r":\1:", text)


def _moment(instant: int) -> str:
    local = from_timestamp(instant).astimezone(JAKARTA)
    return f"{format_date(local.date(), weekday=False)} {local:%H.%M} WIB"


def _count(entries: int) -> str:
    return f"{entries} catatan" if entries else "tanpa catatan"
