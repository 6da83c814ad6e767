"""What a ticket looks like: the message on top of its thread, and its card in IT's channel."""

from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Document, Field, Message, custom_id
from bot.platform.palette import DANGER, NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import clip
from bot.tickets.models import OPEN_STATES, Priority, Ticket, TicketState
from bot.tickets.rules import CAUSE_WORDS
from bot.tickets.wording import enter_button

# So that all answers together stay well under an embed's 6,000 characters.
LONGEST_ANSWER = 900

_COLOURS = {
    TicketState.NEW: PRIMARY,
    TicketState.FORWARDED: PRIMARY,
    TicketState.IN_PROGRESS: PRIMARY,
    TicketState.WAITING: WARNING,
    TicketState.RESOLVED: SUCCESS,
    TicketState.CLOSED: NEUTRAL,
    TicketState.REOPENED: WARNING,
}
_PRIORITY_MARKS = {Priority.URGENT: "🔴", Priority.HIGH: "🟠", Priority.MEDIUM: "🟡", Priority.LOW: "⚪"}


def thread_name(ticket: Ticket, again: int | None = None) -> str:
    """Unlike any other thread's name; `again` tells one made in place of a lost one apart."""
    number = f"Tiket #{ticket.id}" if again is None else f"Tiket #{ticket.id} (lanjutan {again})"
    return f"{number} · {ticket.stage.indonesian} · {ticket.creator_name}"


def priority_text(priority: Priority) -> str:
    """`🟠 Tinggi`."""
    return f"{_PRIORITY_MARKS[priority]} {priority.indonesian}"


def sla_text(ticket: Ticket) -> str:
    """When an answer and the solution are due, or why no time runs; empty when nothing is due any more."""
    if ticket.state is TicketState.WAITING:
        return "Waktu berhenti selama menunggu jawaban kreator"
    if ticket.state not in OPEN_STATES:
        return ""
    lines: list[str] = []
    if ticket.first_response_at is not None:
        lines.append(f"Balasan pertama: <t:{ticket.first_response_at}:f> ✓")
    elif ticket.response_due_at is not None:
        lines.append(f"Balasan pertama: paling lambat <t:{ticket.response_due_at}:f> (<t:{ticket.response_due_at}:R>)")
    if ticket.resolution_due_at is not None:
        lines.append(f"Selesai: paling lambat <t:{ticket.resolution_due_at}:f> (<t:{ticket.resolution_due_at}:R>)")
    return "\n".join(lines)


def _status_fields(ticket: Ticket) -> list[Field]:
    holder = f"<@{ticket.assignee_id}>" if ticket.assignee_id else "Belum ada"
    target = sla_text(ticket)
    return [
        Field("Status", f"**{ticket.state.indonesian}**" + (" · dieskalasi" if ticket.escalated_at else "")),
        Field("Tahap", ticket.stage.indonesian),
        Field("Prioritas", priority_text(ticket.priority)),
        Field("Dipegang", holder),
        *([Field("Target waktu (jam kerja)", target, inline=False)] if target else []),
    ]


def _conclusion_fields(ticket: Ticket) -> list[Field]:
    if ticket.conclusion is None or ticket.state in OPEN_STATES:
        return []
    return [Field("Kesimpulan", clip(ticket.conclusion, 1024), inline=False)]


def _standing(ticket: Ticket) -> str:
    if ticket.merged_into is not None:
        return f"Tiket ini digabung ke tiket #{ticket.merged_into}. Lanjutkan di sana."
    match ticket.state:
        case TicketState.WAITING:
            return "Kami menunggu jawabanmu. Balas di thread ini, ya."
        case TicketState.RESOLVED:
            return "Sudah dijawab. Masih bermasalah? Balas di sini atau tekan **Buka lagi**."
        case TicketState.CLOSED:
            return "Tiket ditutup. Masalahnya muncul lagi? Balas di sini atau tekan **Buka lagi**."
        case _:
            return "Ceritakan di thread ini kalau ada yang baru. IT membalas di sini juga."


def header(ticket: Ticket) -> Message:
    """The message on top of the ticket's thread. Everybody there reads it, so nothing internal is in it."""
    answers = [Field(item.question, clip(item.answer, LONGEST_ANSWER), inline=False) for item in ticket.answers]
    return Message(
        content=f"<@{ticket.creator_id}>",
        title=f"Tiket #{ticket.id} · {ticket.stage.indonesian}",
        description=_standing(ticket),
        colour=_COLOURS[ticket.state],
        fields=[*answers, *_status_fields(ticket), *_conclusion_fields(ticket)],
        footer="Jangan kirim nomor rekening atau KTP lengkap di sini. Kami tidak akan memintanya.",
        buttons=_header_buttons(ticket),
    )


def _header_buttons(ticket: Ticket) -> list[list[Button]]:
    number = ticket.id
    reopen = Button(custom_id("ticket:reopen", number), "Buka lagi")
    transcript = Button(custom_id("ticket:transcript", number), "Transkrip")
    if ticket.merged_into is not None:
        return [[transcript]]
    if ticket.state is TicketState.RESOLVED:
        done = Button(custom_id("ticket:close", number), "Sudah beres, tutup", ButtonStyle.SUCCESS)
        return [star_buttons(ticket), [done, reopen, transcript]]
    if ticket.state is TicketState.CLOSED:
        stars = [star_buttons(ticket)] if ticket.conclusion is not None and ticket.stars is None else []
        return [*stars, [reopen, transcript]]
    close = Button(custom_id("ticket:close", number), "Tutup tiket", ButtonStyle.DANGER)
    first, second = _staff_buttons(ticket)
    return [first, [*second, close]]


def _staff_buttons(ticket: Ticket) -> tuple[list[Button], list[Button]]:
    number, held = ticket.id, ticket.assignee_id is not None
    return (
        [
            Button(custom_id("ticket:claim", number), "Ambil", ButtonStyle.PRIMARY, disabled=held),
            Button(custom_id("ticket:hand-over", number), "Alihkan"),
            Button(custom_id("ticket:escalate", number), "Eskalasi"),
            Button(custom_id("ticket:ask", number), "Minta info"),
            Button(custom_id("ticket:note", number), "Catatan internal"),
        ],
        [Button(custom_id("ticket:resolve", number), "Selesai", ButtonStyle.SUCCESS)],
    )


def star_buttons(ticket: Ticket) -> list[Button]:
    """One to five; each opens the form for a comment."""
    return [
        Button(custom_id("ticket:rate", ticket.id, number), f"{number} ⭐", disabled=ticket.stars is not None)
        for number in range(1, 6)
    ]


def desk_card(ticket: Ticket, users: tuple[int, ...] = (), roles: tuple[int, ...] = ()) -> Message:
    """The card in IT's channel. `users` and `roles` are on duty: mentioned when it is posted only."""
    mentions = " ".join([*(f"<@{user}>" for user in users), *(f"<@&{role}>" for role in roles)])
    late = ticket.breached_response or ticket.breached_resolution
    buttons: list[list[Button]] = []
    if ticket.state in OPEN_STATES:
        first, second = _staff_buttons(ticket)
        buttons = [first, [Button(custom_id("ticket:reply", ticket.id), "Balas"), *second]]
    elif ticket.merged_into is None:
        buttons = [[Button(custom_id("ticket:reopen", ticket.id), "Buka lagi")]]
        if ticket.conclusion is not None:
            buttons[0].append(Button(custom_id("knowledge:from-ticket", ticket.id), "Jadikan artikel"))
    inside = [enter_button(ticket)] if ticket.kept_thread_id is not None else []
    buttons = [*buttons, [*inside, Button(custom_id("ticket:transcript", ticket.id), "Transkrip")]]
    rated = [Field("Nilai kreator", f"{ticket.stars} ⭐ {ticket.comment or ''}")] if ticket.stars else []
    # A reopened ticket has neither until there is a new answer.
    found = ticket.cause if ticket.state not in OPEN_STATES else None
    cause = [Field("Penyebab", CAUSE_WORDS.get(found, found))] if found else []
    merged = f"\nDigabung ke tiket #{ticket.merged_into}." if ticket.merged_into is not None else ""
    incident = f"\nBagian dari gangguan #{ticket.incident_id}." if ticket.incident_id is not None else ""
    return Message(
        content=mentions,
        title=f"Tiket #{ticket.id} · {ticket.stage.indonesian}",
        description=f"{ticket.summary}{merged}{incident}",
        colour=DANGER if late and ticket.state in OPEN_STATES else _COLOURS[ticket.state],
        fields=[
            Field("Kreator", f"<@{ticket.creator_id}>" + (" (sudah keluar server)" if ticket.creator_left_at else "")),
            *_status_fields(ticket),
            *_conclusion_fields(ticket),
            *cause,
            *rated,
        ],
        footer=f"Dibuka oleh {ticket.creator_name}",
        buttons=buttons,
        ping_users=list(users),
        ping_roles=list(roles),
    )


def screenshot(ticket: Ticket, file_id: int, filename: str, number: int, total: int) -> Message:
    """One screenshot of the form, shown in the thread."""
    which = f" {number} dari {total}" if total > 1 else ""
    return Message(
        content=f"Tangkapan layar{which}:",
        documents=[Document(filename, maker="ticket.file", facts={"file_id": file_id})],
    )


def concluded(ticket: Ticket, resolved_close_days: int) -> Message:
    """The conclusion, as the creator reads it in the thread and privately, with the question how it was."""
    assert ticket.conclusion is not None
    return Message(
        title=f"Tiket #{ticket.id} sudah dijawab",
        description=ticket.conclusion,
        colour=SUCCESS,
        fields=[
            Field("Tentang", ticket.summary, inline=False),
            Field(
                "Selanjutnya",
                f"Sudah beres? Beri nilai di bawah. Belum? Balas di thread tiketmu. Tanpa kabar, tiket ini ditutup "
                f"sendiri setelah {format_number(resolved_close_days)} hari.",
                inline=False,
            ),
        ],
        buttons=[star_buttons(ticket), [Button(custom_id("ticket:reopen", ticket.id), "Belum beres, buka lagi")]],
    )
