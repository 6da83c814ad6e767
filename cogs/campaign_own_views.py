"""How creators see their own applications: what they sent, how far it is, and what they can still do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from discord.utils import escape_markdown

from bot.campaigns import buttons, messages
from bot.campaigns.models import Application, ApplicationState, Campaign, CampaignState, OwnApplication, Step
from bot.campaigns.rules import CONTACT_WITHIN, changed_at
from bot.platform.indonesian import format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import NEUTRAL, PRIMARY, SUCCESS

# Three applications to a page, each within these lengths, fit into one embed of 6,000 characters.
PER_PAGE: Final = 3
_PROGRESS_SHOWN, _SENT_SHOWN, _PITCH_SHOWN = 780, 1_000, 620
_MARKS = {
    ApplicationState.WAITING: "✅ Lamaran terkirim",
    ApplicationState.ACCEPTED: "✅ Diterima",
    ApplicationState.RESERVED: "🟡 Masuk cadangan",
    ApplicationState.DECLINED: "✖️ Belum terpilih",
    ApplicationState.WITHDRAWN: "✖️ Kamu batalkan",
}
# Where the step before gives a step another name.
_AGAIN: dict[tuple[ApplicationState | None, ApplicationState], str] = {
    (ApplicationState.WAITING, ApplicationState.WAITING): "✏️ Kamu ubah",
    (ApplicationState.ACCEPTED, ApplicationState.WITHDRAWN): "✖️ Kamu mundur",
}


def fields(own: OwnApplication) -> list[Field]:
    """An application beside its campaign; the pitch, which is too long for a field, is told by the caller."""
    told = [
        Field("Lamaranmu", progress(own.campaign, own.steps), inline=False),
        Field("Akun", _account(own)),
        Field("Dikirim", _sent(own)),
    ]
    if own.campaign.pays_fee:
        told.append(Field("Rate kamu", _rate(own)))
    told.append(Field("Contoh konten", "\n".join(own.application.sample_links) or "–", inline=False))
    return told


def acts(own: OwnApplication) -> list[Button]:
    """What its creator can still do with an application."""
    found: list[Button] = []
    if own.changeable:
        found.append(buttons.change(own.application))
    if own.withdrawable:
        found.append(buttons.withdraw(own.application))
    if own.can_step_back:
        found += [buttons.HELP_BUTTON, buttons.step_back(own.application)]
    return found


def progress(campaign: Campaign, steps: Sequence[Step]) -> str:
    """Each step an application has been through, and what comes next."""
    lines: list[str] = []
    before: ApplicationState | None = None
    for step in steps:
        why = f"\n> {messages.clip(' '.join(step.reason.split()), 200)}" if step.reason else ""
        mark = _AGAIN.get((before, step.state), _MARKS[step.state])
        # Of many changes the last one is told.
        if before is step.state and len(lines) > 1:
            lines.pop()
        lines.append(f"{mark} <t:{step.at}:f>{why}")
        before = step.state
    state = steps[-1].state if steps else ApplicationState.WAITING
    if campaign.state is CampaignState.CANCELLED:
        lines.append(f"✖️ Kampanye dibatalkan <t:{campaign.closed_at}:f>")
    elif state is ApplicationState.ACCEPTED:
        lines.append(f"⏳ Brief dan jadwal dari Tim KOL, {CONTACT_WITHIN}")
    elif state is ApplicationState.RESERVED:
        lines.append("⏳ Menunggu slot kosong")
    elif state is ApplicationState.WAITING and campaign.state is CampaignState.OPEN:
        lines.append(f"⏳ Menunggu keputusan tim. Lamaran ditutup <t:{campaign.basics.deadline_at}:R>")
    elif state is ApplicationState.WAITING:
        lines.append("⏳ Lamaran sudah ditutup, tim sedang memutuskan")
    return "\n".join(lines)


def my_applications(sent: Sequence[OwnApplication], total: int) -> Message:
    """A member's own applications."""
    told: list[Field] = []
    for own in sent:
        basics = own.campaign.basics
        how_far = f"{basics.brand}\n{progress(own.campaign, own.steps)}"
        heading = f"{own.campaign.title} · {own.application.state.indonesian}"
        told.append(Field(heading, messages.clip(how_far, _PROGRESS_SHOWN), inline=False))
        told.append(Field("Yang kamu kirim", _what_was_sent(own), inline=False))
    options = [Option(str(one.campaign.id), one.campaign.title, one.application.state.indonesian) for one in sent]
    nothing = "Kamu belum melamar kampanye apa pun. Lihat yang sedang dibuka, siapa tahu ada yang cocok."
    browse = Button(custom_id("campaign:browse"), "Lihat kampanye yang dibuka", ButtonStyle.PRIMARY)
    return Message(
        title="Lamaranmu" if total else "Belum ada lamaran",
        description="" if total else nothing,
        colour=PRIMARY if total else NEUTRAL,
        fields=told,
        selects=[Select(custom_id("campaign:open"), "Buka lamaran", options)] if options else [],
        buttons=[row for row in (_acts_of_page(sent), [browse]) if row],
    )


def _acts_of_page(sent: Sequence[OwnApplication]) -> list[Button]:
    if len(sent) == 1:
        return acts(sent[0])
    found: list[Button] = []
    for own in sent:
        title = messages.clip(own.campaign.title, 40)
        if own.changeable:
            found.append(buttons.change(own.application, f"Ubah lamaran: {title}"))
        elif own.can_step_back:
            found.append(buttons.step_back(own.application, f"Aku tidak bisa ikut: {title}"))
    if any(own.can_step_back for own in sent):
        found.append(buttons.HELP_BUTTON)
    return found


def _what_was_sent(own: OwnApplication) -> str:
    pitch = messages.clip(escape_markdown(" ".join(own.application.pitch.split())), _PITCH_SHOWN)
    lines = [f"Akun: {_account(own)}", f"Dikirim: {_sent(own)}"]
    if own.campaign.pays_fee:
        lines.append(f"Rate: {_rate(own)}")
    lines.append(f"Kenapa kamu cocok: {pitch}")
    if own.application.sample_links:
        lines.append("Contoh konten: " + "\n".join(own.application.sample_links))
    return messages.clip("\n".join(lines), _SENT_SHOWN)


def _account(own: OwnApplication) -> str:
    if own.account is None:
        return "–"
    return f"@{own.account.record.username} ({own.account.record.platform.label})"


def _sent(own: OwnApplication) -> str:
    changed = changed_at(own.steps)
    return f"<t:{own.application.applied_at}:f>" + (f", diubah <t:{changed}:f>" if changed else "")


def _rate(own: OwnApplication) -> str:
    return format_rupiah(own.application.rate) if own.application.rate else "Ikut tarif kampanye"


def withdraw_question(own: OwnApplication) -> str:
    """What is asked once before an application is taken back, with what stays possible."""
    mend = " Cuma mau memperbaiki isinya? Pakai tombol Ubah lamaran." if own.changeable else ""
    return (
        f"Batalkan lamaranmu untuk **{own.campaign.title}**? Setelah dibatalkan kamu tidak bisa melamar lagi di "
        f"kampanye ini. Kampanye lain tetap bisa kamu lamar.{mend}"
    )


def withdrawn(campaign: Campaign) -> Message:
    """The answer to the yes."""
    return Message(
        description=(
            f"Lamaranmu untuk **{campaign.title}** sudah dibatalkan. Kampanye lain tetap bisa kamu lamar: "
            "/kampanye daftar"
        ),
        colour=NEUTRAL,
        buttons=[[buttons.BROWSE]],
    )


def stepped_back(campaign: Campaign) -> Message:
    """The answer to who can't take part."""
    return Message(
        title="Tim sudah dikabari",
        description=(
            f"Makasih sudah jujur. Kamu tidak lagi ikut **{campaign.title}** dan slotnya dibuka untuk kreator lain. "
            "Kampanye lain tetap bisa kamu lamar: /kampanye daftar"
        ),
        colour=NEUTRAL,
        buttons=[[buttons.BROWSE]],
    )


def applied(campaign: Campaign, application: Application) -> Message:
    """The answer to an application that was sent."""
    return Message(
        title="Lamaranmu terkirim",
        description=(
            f"Kamu melamar **{campaign.title}**. Tim memutuskan setelah lamaran ditutup "
            f"<t:{campaign.basics.deadline_at}:f>, atau lebih cepat.\n\n"
            "**Berikutnya:** kabarnya dikirim lewat DM. Pantau juga di /kampanye status."
        ),
        colour=SUCCESS,
        buttons=[
            [
                buttons.STATUS,
                buttons.change(application),
                buttons.withdraw(application),
            ]
        ],
    )


def changed(campaign: Campaign, application: Application) -> Message:
    """The answer to a changed application."""
    return Message(
        title="Lamaranmu sudah diperbarui",
        description=(
            f"Tim membaca versi terbaru lamaranmu untuk **{campaign.title}**. Selama belum diputuskan dan lamaran "
            f"masih dibuka (<t:{campaign.basics.deadline_at}:R>), kamu bisa mengubahnya lagi."
        ),
        colour=SUCCESS,
        buttons=[[buttons.STATUS, buttons.change(application)]],
    )
