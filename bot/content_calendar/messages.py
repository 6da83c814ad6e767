"""What the calendar says by itself: the post, the reminder for other media, notes to staff."""

from collections.abc import Sequence
from dataclasses import replace

from bot.content_calendar.models import Content, Entry, EntryState, Kind, Media
from bot.content_calendar.rules import when
from bot.content_calendar.strategy import write_prize
from bot.platform.drawing import clip
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import MAGENTA, NEUTRAL, PRIMARY, SUCCESS, SUN, WARNING
from bot.platform.text import one_line

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


def opening(content: Content, entry_id: int, image_file_id: int | None) -> Message:
    """What the calendar adds to the post of a quiz or giveaway, which tells title, questions, prize and end itself."""
    title = clip(one_line(content.content), 250)
    if content.kind is Kind.QUIZ:
        # A quiz that is named after its first question would say it twice.
        title = title or content.kind.label
    elif title == content.title:
        title = ""
    text = content.caption
    first, _, rest = text.partition("\n")
    if content.kind is not Kind.QUIZ and one_line(first) == content.title:
        text = rest.strip()
    # A quiz draws a card of its own, with the question, unless it comes with a picture.
    own = content.kind is Kind.QUIZ and image_file_id is None
    picture = None if own else _picture(content, entry_id, image_file_id)
    return Message(title=title, description=clip(text, 4_000), picture=picture)


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
    return replace(told, buttons=[[button]], picture=_reminder_picture(entry.content, entry.id, entry.image_file_id))


def sample(content: Content, due_at: int, entry_id: int = 0, image_file_id: int | None = None) -> Message:
    """What a post or a reminder will look like, whether its entry exists yet or not."""
    if content.in_community:
        return post(content, entry_id, image_file_id)
    picture = _reminder_picture(content, entry_id, image_file_id)
    return replace(_reminder(content, due_at, ""), picture=picture)


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


def _reminder_picture(content: Content, entry_id: int, image_file_id: int | None) -> Picture | None:
    if image_file_id is None:
        return None
    return Picture("calendar.upload", {"title": content.title}, f"kalender-{entry_id}.png", image_file_id)


def second_reminder(entry: Entry) -> Message:
    """The team has not said that it is online yet."""
    return Message(
        title=clip(f"Sudah tayang belum? {entry.content.media.label}", 250),
        description=(
            f"**{entry.title}** dijadwalkan <t:{entry.due_at}:F>, dan linknya belum dicatat.\n"
            "Sudah diunggah? Tekan Sudah tayang dan tempel linknya. Captionnya ada di pengingat pertama."
        ),
        colour=WARNING,
        buttons=[[Button(custom_id("calendar:done", entry.id), "Sudah tayang", ButtonStyle.SUCCESS)]],
    )


def overdue(entry: Entry) -> Message:
    """Staff read that nobody answered two reminders."""
    return Message(
        title="Belum dicatat tayang",
        description=(
            f"**{entry.title}** ({entry.content.media.label}) dijadwalkan <t:{entry.due_at}:F>. Tim konten sudah "
            "diingatkan dua kali, tetapi linknya belum ada.\nTanyakan ke tim konten, lalu tekan Sudah tayang setelah "
            "linknya ada."
        ),
        colour=WARNING,
        footer=f"Entri {entry.id}",
        buttons=[[Button(custom_id("calendar:done", entry.id), "Sudah tayang", ButtonStyle.SUCCESS)]],
    )


def posted_elsewhere(entry: Entry) -> Message:
    """The reminder once the team has posted."""
    return Message(
        title=clip(f"Sudah tayang: {entry.content.media.label}", 250),
        description=f"**{entry.title}**\n{entry.link}",
        colour=SUCCESS,
        picture=_reminder_picture(entry.content, entry.id, entry.image_file_id),
    )


def unfinished(entry: Entry, lacks: Sequence[str]) -> Message:
    """The content team is told in time what an entry still needs."""
    place = f"di <#{entry.content.channel_id}>" if entry.content.in_community else f"untuk {entry.content.media.label}"
    return Message(
        title="Belum lengkap",
        description=(
            f"**{entry.title}** keluar <t:{entry.due_at}:R> {place}, tetapi masih kurang: {', '.join(lacks)}.\n"
            "Lengkapi lewat tombol di bawah atau /kalender ubah. Kalau dibiarkan, entri ini tetap keluar apa adanya."
        ),
        colour=WARNING,
        footer=f"Entri {entry.id}",
        buttons=[[Button(custom_id("calendar:panel", entry.id), "Buka entri", ButtonStyle.PRIMARY)]],
    )


def finished(entry: Entry) -> Message:
    """The same note once nothing is lacking any more."""
    return Message(
        title="Sudah lengkap",
        description=f"**{entry.title}** keluar <t:{entry.due_at}:F>.",
        colour=SUCCESS,
        footer=f"Entri {entry.id}",
    )


def withdrawn() -> Message:
    """What stands where a post was taken back."""
    return Message(description="Postingan ini ditarik oleh tim.", colour=NEUTRAL)


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
