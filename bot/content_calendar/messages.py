"""What the calendar says by itself: the post, the reminder for other media, notes to staff."""

from dataclasses import replace

from bot.content_calendar.models import Content, Entry, EntryState, Kind, Media
from bot.content_calendar.rules import when
from bot.content_calendar.strategy import write_prize
from bot.platform.drawing import clip
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import MAGENTA, NEUTRAL, PRIMARY, SUCCESS, SUN, WARNING

_COLOURS = {Kind.POST: PRIMARY, Kind.QUIZ: SUN, Kind.GIVEAWAY: MAGENTA}


def post(content: Content, entry_id: int, image_file_id: int | None) -> Message:
    """Exactly what appears in the section's channel. Accepted answers are never part of it."""
    asked = "\n\n".join(
        f"**{f'Kuis {one.number}' if len(content.questions) > 1 else 'Pertanyaan'}**\n{one.text}"
        for one in content.questions
    )
    prize = [Field("Hadiah", write_prize(content.prize), inline=False)] if content.prize else []
    return Message(
        title=clip(content.content, 250) or ("" if content.kind is Kind.POST else content.kind.label),
        description=clip("\n\n".join(filter(None, (content.caption, asked))), 4_000),
        colour=_COLOURS[content.kind],
        fields=prize,
        picture=_picture(content, entry_id, image_file_id),
    )


def _picture(content: Content, entry_id: int, image_file_id: int | None) -> Picture | None:
    if not content.big_words and image_file_id is not None:
        return Picture("calendar.upload", {"title": content.title}, f"kalender-{entry_id}.png", image_file_id)
    words = content.big_words or ("" if content.kind is Kind.POST else content.content or content.kind.label)
    if not words:
        return None
    facts = {
        "big_words": words,
        "below": content.content if content.content != words else "",
        "label": content.kind.label if content.kind is not Kind.POST else content.section or "Info komunitas",
        "prize": write_prize(content.prize) if content.prize else "",
    }
    return Picture("calendar.post", facts, f"kalender-{entry_id}.png", image_file_id)


def reminder(entry: Entry, late: str = "") -> Message:
    """For the content team: what to post where, the caption ready to copy."""
    told = _reminder(entry.content, entry.due_at, late)
    button = Button(custom_id("calendar:done", entry.id), "Sudah tayang", ButtonStyle.SUCCESS)
    return replace(told, buttons=[[button]], picture=_reminder_picture(entry))


def sample(content: Content, due_at: int) -> Message:
    """What an entry that does not exist yet would look like."""
    return post(content, 0, None) if content.media is Media.COMMUNITY else _reminder(content, due_at, "")


def _reminder(content: Content, due_at: int, late: str) -> Message:
    caption = content.caption or content.content
    copy = f"```\n{caption.replace('```', 'ˋˋˋ')}\n```" if caption else "Tidak ada caption di kalender."
    told = [
        ("Arahan", content.directive, 900),
        ("Referensi", content.reference, 300),
        ("Konten", content.content if content.caption else "", 300),
        ("Strategi", content.strategy, 300),
        ("Hadiah", write_prize(content.prize) if content.prize else "", 200),
    ]
    return Message(
        title=clip(f"Waktunya tayang: {content.media.label}", 250),
        description=f"Jadwal <t:{due_at}:F>{f' (pengingat ini terlambat {late})' if late else ''}\n{copy}",
        colour=PRIMARY,
        fields=[Field(name, clip(text, length), inline=False) for name, text, length in told if text],
        footer="Setelah diunggah, tekan Sudah tayang dan tempel linknya.",
    )


def _reminder_picture(entry: Entry) -> Picture | None:
    if entry.image_file_id is None:
        return None
    return Picture("calendar.upload", {"title": entry.title}, f"kalender-{entry.id}.png", entry.image_file_id)


def posted_elsewhere(entry: Entry) -> Message:
    """The reminder once the team has posted."""
    return Message(
        title=clip(f"Sudah tayang: {entry.content.media.label}", 250),
        description=f"**{entry.title}**\n{entry.link}",
        colour=SUCCESS,
        picture=_reminder_picture(entry),
    )


def missed(entry: Entry) -> Message:
    """Staff decide what becomes of an entry that did not appear."""
    where = f"<#{entry.content.channel_id}>" if entry.content.media is Media.COMMUNITY else entry.content.media.label
    return Message(
        title="Terlewat: perlu keputusan",
        description=(
            f"**{entry.title}** seharusnya keluar {when(entry)} di {where}, tetapi belum.\n{entry.reason}\n\n"
            "Pilih: tayangkan sekarang, pindahkan ke waktu lain, atau lewati."
        ),
        colour=WARNING,
        footer=f"Entri {entry.id}",
        buttons=[missed_buttons(entry)],
    )


def missed_buttons(entry: Entry) -> list[Button]:
    """What can be decided about it."""
    return [
        Button(custom_id("calendar:now", entry.id), "Tayangkan sekarang", ButtonStyle.PRIMARY),
        Button(custom_id("calendar:place", entry.id), "Pindahkan"),
        Button(custom_id("calendar:skip", entry.id), "Lewati", ButtonStyle.DANGER),
    ]


def decided(entry: Entry) -> Message:
    """The note once staff have decided."""
    told = {
        EntryState.POSTED: "ditayangkan sekarang",
        EntryState.SCHEDULED: f"dipindah ke {when(entry)}",
        EntryState.CANCELLED: "dilewati",
    }
    words = told.get(entry.state, entry.state.label.lower())
    return Message(title="Sudah diputuskan", description=f"**{entry.title}** {words}.", colour=NEUTRAL)
