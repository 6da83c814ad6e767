"""How campaigns look to staff: the panel of a campaign, lists, applicants side by side and one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from discord.utils import escape_markdown

from bot.campaigns import cards, messages
from bot.campaigns.cards import ApplicantRow, ApplicantsCard
from bot.campaigns.models import Applicant, Application, ApplicationState, Campaign, CampaignState, Counts, Step
from bot.campaigns.rules import changed_at
from bot.platform.indonesian import format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Picture, Select, custom_id
from bot.platform.palette import PRIMARY, SUCCESS, WARNING, Tone

# With links, history and flags beside it, an embed must stay under 6,000 characters.
_PITCH_SHOWN = 2_400
_TONES = {
    ApplicationState.WAITING: Tone.NEUTRAL,
    ApplicationState.ACCEPTED: Tone.GOOD,
    ApplicationState.RESERVED: Tone.WARN,
    ApplicationState.DECLINED: Tone.BAD,
    ApplicationState.WITHDRAWN: Tone.NEUTRAL,
}
_SHORT = {
    ApplicationState.WAITING: "Menunggu",
    ApplicationState.DECLINED: "Ditolak",
    ApplicationState.WITHDRAWN: "Batal",
}


def draw_applicants(facts: Mapping[str, Any], image: bytes | None) -> tuple[bytes, str]:
    """The picture of a page of applicants and its alt text."""
    rows = tuple(
        ApplicantRow(**{**row, "er": Decimal(row["er"]) if row["er"] else None, "tone": Tone(row["tone"])})
        for row in facts["rows"]
    )
    card = ApplicantsCard(**{**facts, "rows": rows})
    return cards.render(card), cards.alt_text(card)


def panel(campaign: Campaign, counts: Counts, channel_id: int | None) -> Message:
    """A campaign as staff write it: the post exactly as it is or will be, and what can be done with it."""
    edit = [
        Button(custom_id("campaign:basics", campaign.id), "Ubah isi"),
        Button(custom_id("campaign:reward", campaign.id), "Imbalan & gambar"),
        Button(custom_id("campaign:accounts", campaign.id), "Syarat akun"),
        Button(custom_id("campaign:figures", campaign.id), "Angka minimal"),
    ]
    if campaign.image_file_id is not None:
        edit.append(Button(custom_id("campaign:drop-picture", campaign.id), "Hapus gambar"))
    if not campaign.complete:
        edit[1] = replace(edit[1], label="Isi imbalan & gambar", style=ButtonStyle.PRIMARY)
    post = messages.announcement(campaign, counts)
    shown = [replace(button, disabled=True) for button in post.buttons[0]]
    rows = [shown, _acts(campaign), edit] if campaign.complete else [edit, _acts(campaign)]
    return replace(
        post,
        content=_heading(campaign, channel_id),
        buttons=[row for row in rows if row],
        picture=post.picture if campaign.complete else None,
    )


def _acts(campaign: Campaign) -> list[Button]:
    close = Button(custom_id("campaign:close", campaign.id), "Tutup lamaran")
    cancel = Button(custom_id("campaign:cancel", campaign.id), "Batalkan kampanye", ButtonStyle.DANGER)
    if campaign.state is CampaignState.OPEN:
        return [messages.applicants_button(campaign), close, cancel]
    if campaign.state is CampaignState.CLOSED:
        return [messages.applicants_button(campaign), cancel]
    discard = Button(custom_id("campaign:discard", campaign.id), "Buang", ButtonStyle.DANGER)
    if not campaign.complete:
        return [discard]
    announce = custom_id("campaign:announce", campaign.id, campaign.revision)
    return [Button(announce, "Umumkan", ButtonStyle.SUCCESS), discard]


def _heading(campaign: Campaign, channel_id: int | None) -> str:
    where = f"<#{channel_id}>" if channel_id else "channel kampanye"
    hidden = campaign.reward is not None and campaign.reward.fee is not None and not campaign.reward.public
    fee = f"\nHanya untuk staf: {messages.reward_text(campaign.reward, to_staff=True)}." if hidden else ""
    if campaign.state is not CampaignState.DRAFT:
        return f"Kampanye ini **{campaign.state.indonesian.lower()}**. Perubahan langsung tampil di {where}.{fee}"
    if not campaign.complete:
        return (
            "**Draf tersimpan.** Langkah 2: isi imbalan. Langkah 3 dan 4, syarat akun dan angka minimal, "
            "boleh dikosongkan. Lanjutkan kapan saja lewat /kampanye-admin ubah."
        )
    return f"**Pratinjau draf.** Begini tampilannya nanti di {where}. Belum ada yang melihatnya selain staf.{fee}"


def staff_list(found: Sequence[tuple[Campaign, Counts]], total: int) -> Message:
    """All campaigns with how they stand."""
    fields = [
        Field(
            f"{campaign.title} · {campaign.state.indonesian}",
            f"{campaign.basics.brand} · {messages.clip(messages.reward_text(campaign.reward, to_staff=True), 120)}\n"
            f"Batas <t:{campaign.basics.deadline_at}:f> · {messages.tally(counts)} · "
            f"{counts.accepted} dari {campaign.basics.slots} slot",
            inline=False,
        )
        for campaign, counts in found
    ]
    empty = "" if found else "Belum ada kampanye. Buat yang pertama dengan /kampanye-admin buat."
    options = [Option(str(campaign.id), campaign.title, campaign.state.indonesian) for campaign, _ in found]
    selects = [Select(custom_id("campaign:manage"), "Buka kampanye", options)] if options else []
    return Message(title=f"{total} kampanye", description=empty, colour=PRIMARY, fields=fields, selects=selects)


def applicants_page(
    campaign: Campaign,
    counts: Counts,
    found: Sequence[Applicant],
    first: int,
    names: Mapping[int, str],
    scores: Mapping[int, int],
) -> Message:
    """Applicants side by side, as a picture and as text; one is opened from the select.

    `names` by member id; `scores` (0 to 100) by application id.
    """
    lines = [
        f"{number}. <@{one.application.member_id}> · @{one.creator.record.username} "
        f"({one.creator.record.platform.label}) · {messages.figures(one)} · skor {scores[one.application.id]} · "
        f"{_short(one.application.state)}"
        for number, one in enumerate(found, first)
    ]
    rows = [
        {
            "name": names.get(one.application.member_id) or one.creator.record.username,
            "username": one.creator.record.username,
            "platform": one.creator.record.platform.label,
            "followers": one.creator.record.metrics.followers,
            "er": None if one.engagement is None else str(one.engagement),
            "score": scores[one.application.id],
            "status": _short(one.application.state),
            "tone": _TONES[one.application.state].value,
        }
        for one in found
    ]
    facts = {"campaign": campaign.title, "rows": rows, "total": counts.total, "first": first}
    options = [
        Option(str(one.application.id), f"{number}. @{one.creator.record.username}", _short(one.application.state))
        for number, one in enumerate(found, first)
    ]
    return Message(
        title=messages.clip(f"Pelamar: {campaign.title}", 256),
        description="\n".join(
            [f"{messages.tally(counts)}. {counts.accepted} dari {campaign.basics.slots} slot terisi.", "", *lines]
        ),
        colour=PRIMARY,
        selects=[Select(custom_id("campaign:applicant"), "Buka pelamar", options)] if options else [],
        picture=Picture("applicants", facts, "pelamar.png"),
    )


def applicant_detail(campaign: Campaign, applicant: Applicant, steps: Sequence[Step], note: str = "") -> Message:
    """One applicant in full, for staff only: it names the rate."""
    application, record = applicant.application, applicant.creator.record
    niches = ", ".join(niche.indonesian for niche in (record.niche_1, record.niche_2) if niche)
    place = ", ".join(part for part in (applicant.creator.city, applicant.creator.region) if part)
    size = f" · {applicant.tier.label}" if applicant.tier else ""
    changed = changed_at(steps)
    status = _short(application.state) + (f", diubah kreator <t:{changed}:R>" if changed else "")
    fields = [
        Field("Status", status),
        Field("Akun", f"{messages.figures(applicant)}{size}"),
        Field("Niche", niches or "–"),
        Field("Wilayah", place or "–"),
    ]
    if campaign.pays_fee:
        fields.append(Field("Rate", format_rupiah(application.rate) if application.rate else "Ikut tarif kampanye"))
    if application.sample_links:
        fields.append(Field("Contoh konten", "\n".join(application.sample_links), inline=False))
    if applicant.flags:
        fields.append(Field("Perlu dicek", "\n".join(f"• {flag}" for flag in applicant.flags), inline=False))
    fields.append(Field("Riwayat", _history(steps), inline=False))
    return Message(
        content=note,
        title=messages.clip(f"@{record.username} ({record.platform.label}) · {campaign.title}", 256),
        description=f"<@{application.member_id}>\n\n{messages.clip(escape_markdown(application.pitch), _PITCH_SHOWN)}",
        colour=SUCCESS if application.state is ApplicationState.ACCEPTED else PRIMARY,
        fields=fields,
        buttons=[_decision_buttons(applicant)],
    )


def _decision_buttons(applicant: Applicant) -> list[Button]:
    choices = (
        ("campaign:accept", "Terima", ButtonStyle.SUCCESS, ApplicationState.ACCEPTED),
        ("campaign:reserve", "Cadangan", ButtonStyle.SECONDARY, ApplicationState.RESERVED),
        ("campaign:decline", "Tolak", ButtonStyle.DANGER, ApplicationState.DECLINED),
    )
    application = applicant.application
    return [
        Button(
            custom_id(act, application.id, application.version), label, style, disabled=to not in applicant.decisions
        )
        for act, label, style, to in choices
    ]


def _history(steps: Sequence[Step]) -> str:
    lines: list[str] = []
    for number, step in enumerate(steps):
        by = f" oleh <@{step.actor_id}>" if step.actor_id and step.state is not ApplicationState.WAITING else ""
        why = f": {escape_markdown(messages.clip(step.reason, 200))}" if step.reason else ""
        name = ("Diubah" if number else "Dikirim") if step.state is ApplicationState.WAITING else _short(step.state)
        lines.append(f"<t:{step.at}:f> {name}{by}{why}")
    return "\n".join(lines) or "–"


def announced(campaign: Campaign, channel_id: int | None) -> Message:
    """The answer to "Umumkan"."""
    return Message(
        title=messages.clip(f"Diumumkan: {campaign.title}", 256),
        description=(
            f"Tayang di <#{channel_id}>. Lamaran ditutup sendiri <t:{campaign.basics.deadline_at}:F>. "
            "Pelamar yang masuk tampil di channel staf."
        ),
        colour=SUCCESS,
        buttons=[[messages.applicants_button(campaign)]],
    )


def cancelling_question(campaign: Campaign, counts: Counts) -> str:
    """What is asked once before a campaign is called off."""
    hopeful = counts.waiting + counts.accepted + counts.reserved
    told = f"{hopeful} pelamarnya langsung dikabari." if hopeful else "Belum ada pelamar yang perlu dikabari."
    return f"Batalkan kampanye **{campaign.title}**? {told} Ini tidak bisa diurungkan."


def decision_note(campaign: Campaign, application: Application, counts: Counts) -> str:
    """What staff read above an applicant they have just decided on."""
    filled = f"{counts.accepted} dari {campaign.basics.slots} slot terisi"
    return f"**{_short(application.state)}.** Kreator sedang dikabari. {filled}."


def ended(campaign: Campaign, counts: Counts) -> Message:
    """The answer to closing or cancelling."""
    told = "" if campaign.state is CampaignState.CLOSED else " Para pelamar sedang dikabari."
    return Message(
        title=f"{campaign.state.indonesian}: {campaign.title}"[:256],
        description=f"{messages.tally(counts)}.{told}",
        colour=WARNING,
        buttons=[[messages.applicants_button(campaign)]],
    )


def _short(state: ApplicationState) -> str:
    return _SHORT.get(state, state.indonesian)
