"""The sentences said in tickets as things happen. Those for threads speak to the creator ("kamu")."""

from collections.abc import Sequence

from bot.platform.messages import Button, ButtonStyle, Message, custom_id, link_button
from bot.platform.palette import DANGER, INFO, NEUTRAL, PRIMARY, WARNING
from bot.platform.text import clip
from bot.tickets.models import Author, Speaker, Ticket

# Of a reply, where it is only announced.
LONGEST_SHOWN = 500

UNSEEN = "(Isi pesan ini hanya ada di thread Discord.)"
MASKED_IN_THREAD = (
    "🔒 <@{creator}>, di pesanmu ada nomor yang mirip nomor rekening, kartu, atau KTP. Di catatan kami nomor itu sudah "
    "disamarkan. Hapus pesanmu dari thread ini, ya; IT tidak membutuhkan nomor lengkapnya."
)


def masked_in_form(*, nik: bool) -> str:
    """Told to a creator whose form held such a number."""
    what = "nomor KTP" if nik else "nomor rekening atau kartu"
    return (
        f"🔒 Ada yang mirip {what} di jawabanmu, jadi kami samarkan dulu (hanya empat angka terakhir yang tersisa). "
        "Nomor lengkap tidak disimpan dan tidak diteruskan."
    )


def who(speaker: Speaker) -> str:
    """`IT · Budi`, for what the bot says in somebody's stead."""
    side = {Author.IT: "Tim IT", Author.STAFF: "Tim TSCreator", Author.CREATOR: "Kreator", Author.SYSTEM: "TSCreator"}
    name = f"<@{speaker.id}>" if speaker.id else speaker.name
    return f"{side[speaker.side]} · {name}" if name else side[speaker.side]


def spoken(speaker: Speaker, text: str, ping: int | None = None) -> Message:
    """A reply that reaches the thread through the bot; `ping`: whom it calls there."""
    called = f"<@{ping}> " if ping is not None else ""
    return Message(
        content=f"{called}**{who(speaker)}**",
        description=text,
        colour=PRIMARY,
        ping_users=[ping] if ping is not None else [],
    )


def _mentions(users: Sequence[int], roles: Sequence[int]) -> str:
    return " ".join([*(f"<@{user}>" for user in users), *(f"<@&{role}>" for role in roles)])


def enter_button(ticket: Ticket) -> Button:
    """Lets staff into the thread, and shows its creator the way."""
    return Button(custom_id("ticket:enter", ticket.id), "Buka thread")


def creator_replied(ticket: Ticket, text: str, users: tuple[int, ...], roles: tuple[int, ...]) -> Message:
    """Told in IT's channel to who works on it, else to who is on duty."""
    return Message(
        content=_mentions(users, roles),
        title=f"Kreator membalas di tiket #{ticket.id}",
        description=clip(text, LONGEST_SHOWN),
        colour=INFO,
        footer=f"Dari {ticket.creator_name}",
        buttons=[[Button(custom_id("ticket:reply", ticket.id), "Balas", ButtonStyle.PRIMARY), enter_button(ticket)]],
        ping_users=list(users),
        ping_roles=list(roles),
    )


def status_ignored(ticket: Ticket, warning: str, author_name: str) -> Message:
    """Told in IT's channel: their system wished for what is not possible."""
    return Message(
        title=f"Status dari sistem IT tidak dipakai: tiket #{ticket.id}",
        description=warning,
        colour=WARNING,
        footer=f"Dikirim oleh {author_name}" if author_name else "",
    )


def breached(ticket: Ticket, what: str) -> Message:
    """Told in the thread when a target is missed; `what` it was for."""
    return Message(
        content=f"<@{ticket.creator_id}>, maaf, {what} tiketmu lewat dari target kami. IT yang piket dan Tim KOL "
        "sudah dipanggil, dan tiketmu didahulukan. Kabar berikutnya di sini.",
        ping_users=[ticket.creator_id],
    )


def merged_long_ago(ticket: Ticket, thread_url: str | None) -> Message:
    """The answer to a reply in the thread of a ticket that was merged into another."""
    where = thread_url or "thread tiket itu (lihat /tiket saya)"
    return Message(
        content=f"<@{ticket.creator_id}>, tiket #{ticket.id} sudah digabung ke tiket #{ticket.merged_into}. "
        f"Lanjutkan di {where}, ya; di sini tidak dibaca lagi.",
        ping_users=[ticket.creator_id],
    )


def closed_privately(ticket: Ticket, why: str, reopen_days: int, thread_url: str | None) -> Message:
    """What the creator reads privately when it closes without them."""
    return Message(
        title=f"Tiket #{ticket.id} ditutup",
        description=f"{ticket.summary}\n\n{why} Masih perlu? Balas di thread tiketmu dalam {reopen_days} hari, "
        "tiketnya terbuka lagi.",
        colour=NEUTRAL,
        buttons=_way(thread_url),
    )


def silence_privately(ticket: Ticket, closes_at: int, thread_url: str | None) -> Message:
    """What the creator reads privately before a ticket closes for silence."""
    return Message(
        title=f"Tiket #{ticket.id} menunggu jawabanmu",
        description=f"{ticket.summary}\n\nTanpa balasan di thread tiketmu, tiket ini ditutup <t:{closes_at}:R>.",
        colour=WARNING,
        buttons=_way(thread_url),
    )


def _way(thread_url: str | None) -> list[list[Button]]:
    return [[link_button(thread_url, "Buka thread")]] if thread_url else []


def opened(ticket: Ticket) -> Message:
    """Told in the thread as it begins."""
    if ticket.response_due_at is not None:
        when = f"Balasan pertama paling lambat <t:{ticket.response_due_at}:f>."
    else:
        when = "Kami balas secepatnya."
    return Message(content=f"Tiketmu sudah diterima dan diteruskan ke IT yang sedang piket. {when}")


def claimed(speaker: Speaker) -> Message:
    """Told in the thread."""
    return Message(content=f"Tiketmu sekarang dipegang **{who(speaker)}**.")


def handed_over(member_id: int) -> Message:
    """Told in the thread."""
    return Message(content=f"Tiketmu sekarang dipegang <@{member_id}>, yang melanjutkan dari catatan di sini.")


def handed_over_to_you(ticket: Ticket, member_id: int, by: Speaker) -> Message:
    """Told in IT's channel, to whom it was handed."""
    return Message(
        content=f"<@{member_id}>, tiket #{ticket.id} dialihkan ke kamu oleh <@{by.id}>: {ticket.summary}",
        ping_users=[member_id],
    )


def asked(ticket: Ticket, speaker: Speaker, text: str, close_days: int) -> Message:
    """A question to the creator; they are pinged, since everything waits for them."""
    return Message(
        content=f"<@{ticket.creator_id}> **{who(speaker)}** butuh info darimu:",
        description=text,
        colour=WARNING,
        footer=f"Balas di thread ini. Tanpa jawaban, tiket ditutup setelah {close_days} hari.",
        ping_users=[ticket.creator_id],
    )


def escalated(ticket: Ticket, speaker: Speaker, reason: str, users: tuple[int, ...], roles: tuple[int, ...]) -> Message:
    """Calls for more hands; for staff only."""
    return Message(
        content=_mentions(users, roles),
        title=f"Tiket #{ticket.id} dieskalasi",
        description=f"{ticket.summary}\nOleh {who(speaker)}: {reason}",
        colour=DANGER,
        ping_users=list(users),
        ping_roles=list(roles),
    )


ESCALATED_TO_CREATOR = Message(content="Tiketmu kami eskalasi supaya lebih cepat ditangani. Kabar berikutnya di sini.")


def note(ticket: Ticket, speaker: Speaker, text: str) -> Message:
    """A note among staff."""
    return Message(
        title=f"Catatan internal · tiket #{ticket.id}",
        description=text,
        colour=NEUTRAL,
        footer="Tidak terlihat kreator.",
        content=f"Dari {who(speaker)}",
    )


def closed(why: str, reopen_days: int, ping: int | None = None) -> Message:
    """Told in the thread when it closes; `ping`: whom it calls there."""
    called = f"<@{ping}>, " if ping is not None else ""
    return Message(
        content=f"{called}{why} Masih perlu? Balas di sini dalam {reopen_days} hari, tiketnya terbuka lagi.",
        ping_users=[ping] if ping is not None else [],
    )


BY_CREATOR = "Tiket ditutup atas permintaanmu."
BY_IT = "Tiket ditutup oleh tim IT."
BY_SILENCE = "Tiket ditutup karena belum ada jawaban."
AFTER_ANSWER = "Tiket ditutup karena sudah dijawab dan tidak ada kabar lagi."
CREATOR_GONE = "Tiket ditutup karena pembuatnya sudah keluar dari server."


def silence_warning(ticket: Ticket, closes_at: int) -> Message:
    """Told in the thread before a ticket closes for silence."""
    return Message(
        content=f"<@{ticket.creator_id}>, kami masih menunggu jawabanmu di tiket #{ticket.id}. "
        f"Tanpa balasan, tiket ini ditutup <t:{closes_at}:R>.",
        ping_users=[ticket.creator_id],
    )


REOPENED = Message(content="Tiket dibuka lagi. Tim IT dikabari dan melanjutkan dari sini.")


def reopened_to_it(ticket: Ticket, users: tuple[int, ...], roles: tuple[int, ...]) -> Message:
    """Told in IT's channel."""
    return Message(
        content=f"{_mentions(users, roles)} Tiket #{ticket.id} dibuka lagi: {ticket.summary}".strip(),
        ping_users=list(users),
        ping_roles=list(roles),
    )


def too_late_to_reopen(ticket: Ticket, reopen_days: int) -> Message:
    """The answer to a reply that came too late."""
    return Message(
        description=f"Tiket #{ticket.id} sudah ditutup lebih dari {reopen_days} hari, jadi balasan di sini tidak "
        f"sampai ke tim. Buat tiket baru dan sebut tiket #{ticket.id} di ceritamu.",
        colour=INFO,
        buttons=[[Button(custom_id("ticket:new"), "Buka tiket baru", ButtonStyle.PRIMARY)]],
    )


def merged_away(target: Ticket, thread_url: str | None) -> Message:
    """The last word in the thread of a ticket that was merged into another."""
    where = f" Lanjutkan di {thread_url}." if thread_url else ""
    return Message(content=f"Tiket ini digabung ke tiket #{target.id}, jadi kabarnya hanya di sana.{where}")


def merged_in(source: Ticket) -> str:
    """What the other ticket keeps of the one that was merged into it."""
    told = "\n".join(f"{item.question}: {item.answer}" for item in source.answers)
    return f"Tiket #{source.id} digabung ke sini. Isinya:\n{told}"


def priority_changed(ticket: Ticket) -> Message:
    """Told in the thread."""
    return Message(content=f"Prioritas tiket ini sekarang **{ticket.priority.indonesian.lower()}**.")


def creator_left(ticket: Ticket, closes_at: int) -> Message:
    """Told in IT's channel."""
    return Message(
        content=f"Pembuat tiket #{ticket.id} ({ticket.creator_name}) keluar dari server. "
        f"Tiketnya ditutup sendiri <t:{closes_at}:R> kalau ia tidak kembali."
    )


def creator_back(ticket: Ticket) -> Message:
    """Told in the thread to somebody who came back to the server."""
    return Message(content=f"Selamat datang kembali, <@{ticket.creator_id}>! Tiketmu masih ada; lanjutkan di sini.")


def thread_lost(ticket: Ticket, *, made_anew: bool) -> Message:
    """Told in IT's channel."""
    if made_anew:
        return Message(
            content=f"Thread tiket #{ticket.id} dihapus. Thread pengganti dibuat; catatan lama tetap ada di transkrip."
        )
    return Message(
        content=f"Thread tiket #{ticket.id} tidak ada lagi di Discord. Catatannya tetap ada di transkrip.",
        buttons=[[Button(custom_id("ticket:thread", ticket.id), "Buat thread baru", ButtonStyle.PRIMARY)]],
    )


CONTINUED = Message(
    content="Thread sebelumnya terhapus, jadi percakapannya lanjut di sini. Tidak ada catatan yang hilang."
)
