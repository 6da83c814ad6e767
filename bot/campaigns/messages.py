"""What is said about a campaign where it is posted by itself: the announcement, staff's notes, news for applicants."""

from collections.abc import Sequence

from bot.campaigns import buttons
from bot.campaigns.eligibility import requirement_labels, requirement_lines
from bot.campaigns.models import Applicant, Application, ApplicationState, Campaign, CampaignState, Counts, Reward
from bot.campaigns.models import RewardKind as Kind
from bot.campaigns.rules import CONTACT_WITHIN, is_full
from bot.platform.deadlines import write_deadline
from bot.platform.indonesian import format_number, format_percent, format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, Picture, custom_id
from bot.platform.palette import DANGER, NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.platform.text import clip

HIDDEN_FEE = "Fee, dibahas dengan yang terpilih"
_BRIEF_SHOWN = 1_500
_SUMMARY_SHOWN = 280
_ENDED = (CampaignState.CLOSED, CampaignState.CANCELLED)


def reward_text(reward: Reward | None, *, to_staff: bool = False) -> str:
    """The reward in words. A fee that staff keep to themselves is named to staff only."""
    if reward is None:
        return "Belum diisi"
    if reward.kind is Kind.BARTER:
        return f"Barter: {reward.barter}"
    if not reward.public and not to_staff:
        return HIDDEN_FEE
    kept = "" if reward.public else " (tidak ditampilkan di pengumuman)"
    return f"{format_rupiah(reward.fee or 0)} per kreator{kept}"


def wanted_text(campaign: Campaign) -> str:
    """What is asked for on one line; empty when everyone fits."""
    return " · ".join(requirement_labels(campaign.requirements))


def facts(campaign: Campaign, *, full: bool) -> list[Field]:
    """Reward, slots, deadline and requirements as fields."""
    slots = f"{format_number(campaign.basics.slots)} kreator"
    if full:
        slots += "\n**Slot penuh.** Lamaran baru masuk cadangan."
    deadline = Field("Lamar sebelum", f"<t:{campaign.basics.deadline_at}:F>\n<t:{campaign.basics.deadline_at}:R>")
    if campaign.state in _ENDED:
        deadline = Field("Lamaran", f"**{campaign.state.indonesian}** <t:{campaign.closed_at}:f>")
    return [
        Field("Imbalan", reward_text(campaign.reward)),
        Field("Slot", slots),
        deadline,
        Field("Syarat", "\n".join(f"• {line}" for line in requirement_lines(campaign.requirements)), inline=False),
    ]


def announcement(campaign: Campaign, counts: Counts) -> Message:
    """The post in the campaign channel, as the campaign stands."""
    full = is_full(campaign, counts) and campaign.state is CampaignState.OPEN
    ended = campaign.state in _ENDED
    label = campaign.state.indonesian if ended else "Lamar sebagai cadangan" if full else "Lamar"
    return Message(
        title=campaign.title,
        description=f"Bersama **{campaign.basics.brand}**\n\n{clip(campaign.basics.brief, _BRIEF_SHOWN)}",
        colour=NEUTRAL if ended else WARNING if full else PRIMARY,
        fields=facts(campaign, full=full),
        footer=f"Kampanye {campaign.id}",
        buttons=[
            [
                Button(custom_id("campaign:apply", campaign.id), label, ButtonStyle.PRIMARY, disabled=ended),
                Button(custom_id("campaign:details", campaign.id), "Syarat lengkap"),
            ]
        ],
        picture=Picture("campaign", _card_facts(campaign, full), f"kampanye-{campaign.id}.png", campaign.image_file_id),
    )


def board(campaign: Campaign, counts: Counts, latest: Sequence[Applicant]) -> Message:
    """The one message per campaign that tells staff of applicants; redrawn, so that it pings nobody."""
    lines = [
        f"<@{applicant.application.member_id}> · @{applicant.creator.record.username} "
        f"({applicant.creator.record.platform.label}) · {figures(applicant)} · <t:{applicant.application.applied_at}:R>"
        for applicant in latest
    ]
    return Message(
        title=clip(f"Pelamar: {campaign.title}", 256),
        description="**Terbaru**\n" + ("\n".join(lines) or "Belum ada pelamar."),
        colour=PRIMARY if campaign.state is CampaignState.OPEN else NEUTRAL,
        fields=[
            Field("Menunggu", str(counts.waiting)),
            Field("Diterima", f"{counts.accepted} dari {campaign.basics.slots} slot"),
            Field("Cadangan", str(counts.reserved)),
            Field("Status", campaign.state.indonesian),
            Field("Batas lamaran", f"<t:{campaign.basics.deadline_at}:f>"),
        ],
        footer="Pesan ini diperbarui sendiri.",
        buttons=[[applicants_button(campaign)]],
    )


def closed_note(campaign: Campaign, counts: Counts) -> Message:
    """Tells staff that a deadline has closed a campaign."""
    return Message(
        title=clip(f"Ditutup: {campaign.title}", 256),
        description=(
            f"Batas lamarannya sudah lewat. {tally(counts)}.\n"
            + ("Sekarang giliran memutuskan." if counts.waiting else "Tidak ada yang menunggu keputusan.")
        ),
        colour=WARNING if counts.waiting else NEUTRAL,
        buttons=[[applicants_button(campaign)]],
    )


def decided(campaign: Campaign, application: Application, before: ApplicationState) -> Message:
    """The news for an applicant, with what comes next."""
    about = f"**{campaign.title}** ({campaign.basics.brand})"
    following = [buttons.STATUS, buttons.BROWSE]
    if application.state is ApplicationState.ACCEPTED:
        title, colour = "Selamat, kamu diterima! 🎉", SUCCESS
        text = (
            f"Lamaranmu untuk {about} diterima.\n\n**Berikutnya:** Tim KOL akan menghubungimu soal brief dan jadwal, "
            f"{CONTACT_WITHIN}. Tunggu arahan sebelum mengunggah konten, ya. Kalau ternyata berhalangan, tekan "
            "Aku tidak bisa ikut secepatnya."
        )
        following = [buttons.STATUS, buttons.HELP_BUTTON, buttons.step_back(application)]
    elif application.state is ApplicationState.RESERVED:
        title, colour = "Kamu masuk daftar cadangan", WARNING
        text = (
            f"Lamaranmu untuk {about} masuk daftar cadangan.\n\n**Berikutnya:** kalau ada slot kosong, kami kabari di "
            "sini. Tidak perlu melamar lagi."
        )
    elif before is ApplicationState.ACCEPTED:
        title, colour = "Ada perubahan pada lamaranmu", DANGER
        text = f"Maaf, kamu tidak jadi ikut {about}.\n\n**Berikutnya:** kalau ada pertanyaan, tekan Butuh bantuan."
        following.append(buttons.HELP_BUTTON)
    else:
        title, colour = "Belum terpilih kali ini", NEUTRAL
        text = (
            f"Terima kasih sudah melamar {about}. Kali ini kamu belum terpilih.\n\n**Berikutnya:** coba kampanye lain "
            "yang masih buka. Lamaran baru selalu kami lihat dari awal."
        )
    fields = [Field("Catatan dari tim", application.reason, inline=False)] if application.reason else []
    return Message(title=title, description=text, colour=colour, fields=fields, buttons=[following])


def stepped_back(campaign: Campaign, applicant: Applicant, counts: Counts) -> Message:
    """Tells staff that an accepted creator can't take part, and whether somebody could step in."""
    record, application = applicant.creator.record, applicant.application
    following = "Belum ada cadangan atau pelamar yang menunggu."
    if counts.reserved or counts.waiting:
        following = f"Ada {counts.reserved} cadangan dan {counts.waiting} pelamar yang menunggu keputusan."
    return Message(
        title=clip(f"Kreator mundur: {campaign.title}", 256),
        description=(
            f"<@{application.member_id}> · @{record.username} ({record.platform.label}) sudah diterima, tapi tidak "
            f"bisa ikut.\n\nSlotnya kosong lagi: {counts.accepted} dari {campaign.basics.slots} slot terisi. "
            f"{following}"
        ),
        colour=WARNING,
        fields=[Field("Alasan", application.reason or "–", inline=False)],
        buttons=[[applicants_button(campaign)]],
    )


def cancelled(campaign: Campaign) -> Message:
    """The news for the applicants of a campaign that will not happen."""
    return Message(
        title="Kampanye dibatalkan",
        description=(
            f"Maaf, **{campaign.title}** ({campaign.basics.brand}) dibatalkan, jadi lamaranmu tidak dilanjutkan.\n\n"
            "**Berikutnya:** coba kampanye lain yang masih buka."
        ),
        colour=NEUTRAL,
        buttons=[[buttons.BROWSE]],
    )


def applicants_button(campaign: Campaign) -> Button:
    """Opens the list of applicants for staff."""
    return Button(custom_id("campaign:applicants", campaign.id), "Lihat pelamar", ButtonStyle.PRIMARY)


def figures(applicant: Applicant) -> str:
    """`12.400 followers · ER 3,76%`, with a dash for what isn't known."""
    followers = applicant.creator.record.metrics.followers
    count = "–" if followers is None else format_number(followers)
    rate = "–" if applicant.engagement is None else format_percent(applicant.engagement)
    return f"{count} followers · ER {rate}"


def tally(counts: Counts) -> str:
    """`12 pelamar: 8 menunggu, 3 diterima, 1 cadangan`; zeros are left out."""
    named = {
        "menunggu": counts.waiting,
        "diterima": counts.accepted,
        "cadangan": counts.reserved,
        "ditolak": counts.declined,
        "batal": counts.withdrawn,
    }
    parts = ", ".join(f"{number} {name}" for name, number in named.items() if number)
    return f"{counts.total} pelamar: {parts}" if parts else "Belum ada pelamar"


def _card_facts(campaign: Campaign, full: bool) -> dict[str, object]:
    reward = campaign.reward
    fee_text = reward_text(reward)
    if reward is not None and reward.kind is Kind.FEE and reward.public:
        fee_text = format_rupiah(reward.fee or 0)
    deadline_label, deadline = "Lamar sebelum", f"{write_deadline(campaign.basics.deadline_at)} WIB"
    if campaign.state in _ENDED:
        ended_at = write_deadline(campaign.closed_at or campaign.basics.deadline_at)
        deadline_label, deadline = "Lamaran", f"{campaign.state.indonesian} {ended_at} WIB"
    return {
        "title": campaign.title,
        "brand": campaign.basics.brand,
        "summary": clip(" ".join(campaign.basics.brief.split()), _SUMMARY_SHOWN),
        "slots": campaign.basics.slots,
        "fee_text": clip(fee_text, 60),
        "deadline_text": deadline,
        "deadline_label": deadline_label,
        "badge": campaign.state.indonesian if campaign.state in _ENDED else "Slot penuh" if full else "Kampanye",
        "requirements": list(requirement_labels(campaign.requirements, names=1)),
    }
