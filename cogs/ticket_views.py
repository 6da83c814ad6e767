"""What the help desk answers to those who press: lists, known answers, what was done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.models import Source, Suggestion
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id, link_button
from bot.platform.palette import INFO, NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.tickets import wording
from bot.tickets.messages import priority_text
from bot.tickets.models import OPEN_STATES, Question, Stage, Ticket
from bot.tickets.opening import OpenIncident
from bot.tickets.reading import MOST_QUESTIONS
from cogs.ticket_group import STAGES

_EMOJI = {
    Stage.REGISTRATION: "📝",
    Stage.APPLY: "🙋",
    Stage.POSTING: "📤",
    Stage.WITHDRAWAL: "💸",
    Stage.OTHER: "💬",
}


def stage_buttons() -> list[list[Button]]:
    """One button a stage; each opens its form."""
    return [
        [
            Button(custom_id("ticket:start", number), stage.indonesian, ButtonStyle.PRIMARY, _EMOJI[stage])
            for number, stage in enumerate(STAGES)
        ]
    ]


def panel() -> Message:
    """The message in the help channel."""
    return Message(
        title="Butuh bantuan di aplikasi?",
        description="Pilih tahap tempat kamu tersendat, lalu isi formulir singkat. Kamu dapat thread privat dengan tim "
        "IT yang sedang piket; orang lain tidak bisa membacanya.\n\nSiapkan: tipe HP, versi aplikasi, kapan terjadi, "
        "dan tangkapan layar. **Jangan** tulis nomor rekening atau KTP lengkap.",
        colour=PRIMARY,
        buttons=stage_buttons(),
        footer="Tiketmu bisa dilihat lagi dengan /tiket saya",
    )


def choose_stage() -> Message:
    """The same question for one person."""
    return Message(
        title="Di tahap mana kamu tersendat?",
        description="Pilih satu; setelah itu ada formulir singkat.",
        colour=PRIMARY,
        buttons=stage_buttons(),
    )


def known(
    stage: Stage, suggestions: Sequence[Suggestion], incident: OpenIncident | None, *, masked: str | None
) -> Message:
    """Before a form is sent: an open incident, and what may answer it already."""
    number = STAGES.index(stage)
    fields = [Field(f"{index}. {one.title}", one.answer, inline=False) for index, one in enumerate(suggestions, 1)]
    if incident is not None:
        fields.insert(0, Field(f"⚠️ {incident.title}", incident.message, inline=False))
    answered = [
        Button(
            custom_id("ticket:answered", number, one.id if one.source is Source.ARTICLE else 0, index),
            f"{index} menjawab" if len(suggestions) > 1 else "Ini menjawab",
            ButtonStyle.SUCCESS,
        )
        for index, one in enumerate(suggestions, 1)
    ]
    send = Button(custom_id("ticket:send", number), "Tetap kirim", ButtonStyle.PRIMARY)
    what = "Mungkin ini jawabannya" if suggestions else "Sedang ada gangguan"
    join = " Kalau dikirim, tiketmu ikut dikabari begitu gangguannya selesai." if incident is not None else ""
    said = f"Isianmu sudah disimpan dan **belum dikirim**; tidak perlu mengetik ulang.{join}"
    return Message(
        title=what,
        description="\n\n".join(part for part in (masked, said) if part),
        colour=INFO,
        fields=fields,
        buttons=[[*answered, send]],
    )


def opened(ticket: Ticket, *, masked: str | None = None) -> Message:
    """The answer to opening; said once the ticket is in the store."""
    incident = "\nTiketmu digabung dengan gangguan yang sedang ditangani." if ticket.incident_id is not None else ""
    due = f"\nBalasan pertama paling lambat <t:{ticket.response_due_at}:f>." if ticket.response_due_at else ""
    return Message(
        title=f"Tiket #{ticket.id} diterima",
        description=f"Thread privatmu segera muncul di daftar channel dan kamu disebut di sana.{due}{incident}"
        + (f"\n\n{masked}" if masked else ""),
        colour=SUCCESS,
        footer="Lihat lagi kapan saja dengan /tiket saya",
        buttons=[[wording.enter_button(ticket)]],
    )


def way_in(ticket: Ticket, thread_url: str | None, *, added: bool) -> Message:
    """The answer to "Buka thread"; `added`: somebody of staff is let in."""
    if thread_url is None:
        return Message(content=f"Thread tiket #{ticket.id} sedang dibuat. Tekan **Buka thread** lagi sebentar lagi.")
    let_in = f"Kamu dimasukkan ke thread tiket #{ticket.id}." if added else f"Ini thread tiket #{ticket.id}:"
    return Message(content=let_in, buttons=[[link_button(thread_url, "Ke thread")]])


def answered() -> Message:
    """The answer to "Ini menjawab"."""
    return Message(
        title="Sip, senang bisa membantu!",
        description="Tidak ada tiket yang dikirim. Kalau ternyata belum beres, buka lagi dengan /tiket buka.",
        colour=SUCCESS,
    )


def my_tickets(found: Sequence[tuple[Ticket, str | None]], total: int) -> Message:
    """A creator's tickets, each with the way to its thread."""
    fields = [
        Field(f"#{one.id} · {one.stage.indonesian} · {one.state.indonesian}", _mine(one, url), inline=False)
        for one, url in found
    ]
    return Message(
        title=f"{total} tiketmu" if total else "Kamu belum punya tiket",
        description="" if total else "Ada yang macet di aplikasi? Buka tiket di bawah ini.",
        colour=PRIMARY if total else NEUTRAL,
        fields=fields,
        buttons=[[Button(custom_id("ticket:new"), "Buka tiket baru", ButtonStyle.PRIMARY)]],
    )


def _mine(ticket: Ticket, url: str | None) -> str:
    lines = [ticket.summary, f"Dibuka <t:{ticket.opened_at}:f>"]
    if ticket.conclusion and ticket.state not in OPEN_STATES:
        lines.append(f"Kesimpulan: {ticket.conclusion}")
    if url:
        lines.append(f"[Buka thread]({url})")
    return "\n".join(lines)


def queue(found: Sequence[Ticket], total: int, *, filtered: bool) -> Message:
    """Open tickets for staff, what breaches first at the top."""
    nothing = "Coba tanpa saringan." if filtered else "Semua kreator sudah terjawab."
    return Message(
        title=f"{total} tiket terbuka" if total else "Antrian kosong",
        description="Yang paling dekat batas waktunya di atas." if total else nothing,
        colour=PRIMARY if total else SUCCESS,
        fields=[
            Field(f"#{one.id} · {one.stage.indonesian} · {one.state.indonesian}", _queued(one), inline=False)
            for one in found
        ],
        selects=[
            Select(
                custom_id("ticket:show"),
                "Buka kartu tiket",
                [Option(str(one.id), f"#{one.id} · {one.creator_name}", one.summary) for one in found],
            )
        ]
        if found
        else [],
    )


def _queued(ticket: Ticket) -> str:
    due = min((at for at in (ticket.response_due_at, ticket.resolution_due_at) if at is not None), default=None)
    late = ticket.breached_response or ticket.breached_resolution
    when = "waktu berhenti" if due is None else f"{'🚨 lewat' if late else 'batas'} <t:{due}:R>"
    holder = f"<@{ticket.assignee_id}>" if ticket.assignee_id else "belum dipegang"
    return f"{ticket.summary}\n{priority_text(ticket.priority)} · {when} · {holder}"


def hand_over(ticket: Ticket, people: Sequence[tuple[int, str, str]]) -> Message:
    """Whom to give it to: (id, name, what they are)."""
    if not people:
        return Message(
            description="Tidak ada orang lain dengan role IT Support atau Tim KOL. Beri role-nya dulu di Discord.",
            colour=WARNING,
        )
    options = [Option(str(member_id), name, role) for member_id, name, role in people]
    return Message(
        description=f"Alihkan tiket #{ticket.id} ke siapa? Orang lain: /tiket-admin alihkan.",
        colour=PRIMARY,
        selects=[Select(custom_id("ticket:hand-over-to", ticket.id), "Pilih orang", options)],
    )


def questions(stage: Stage, found: Sequence[Question]) -> Message:
    """What a stage's form asks, and how to change it."""
    number = STAGES.index(stage)
    kind = {True: "paragraf", False: "satu baris"}
    fields = [
        Field(
            f"{index}. {one.label}",
            f"{kind[one.paragraph]}, {'wajib' if one.required else 'boleh kosong'}\n{one.hint}",
            inline=False,
        )
        for index, one in enumerate(found, 1)
    ]
    options = [Option(str(one.id), one.label) for one in found]
    full = len(found) >= MOST_QUESTIONS
    return Message(
        title=f"Formulir: {stage.indonesian}",
        description="Tangkapan layar selalu diminta di akhir. Tiket lama tetap memakai pertanyaan saat dibuka.",
        colour=PRIMARY,
        fields=fields,
        selects=[
            Select(custom_id("ticket:question-edit"), "Ubah pertanyaan", options),
            Select(custom_id("ticket:question-remove"), "Hapus pertanyaan", options),
        ]
        if options
        else [],
        buttons=[
            [
                Button(
                    custom_id("ticket:question-new", number),
                    "Sudah penuh (4 pertanyaan)" if full else "Tambah pertanyaan",
                    ButtonStyle.PRIMARY,
                    disabled=full,
                )
            ]
        ],
    )


def transcript_note(ticket: Ticket, *, staff: bool) -> Message:
    """Comes with the page."""
    whose = "Salinan staf, termasuk catatan internal." if staff else "Salinan percakapan tiketmu."
    return Message(content=f"Transkrip tiket #{ticket.id}. {whose} Buka berkasnya di browser.")


def masked_note(hidden: int, *, nik: bool) -> str | None:
    """What a creator is told when numbers were hidden."""
    return wording.masked_in_form(nik=nik) if hidden else None
