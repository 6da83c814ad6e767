"""What may happen to a campaign and to an application, and why not."""

from collections.abc import Sequence
from typing import Final

from bot.campaigns import buttons
from bot.campaigns.models import Application, ApplicationState, Campaign, CampaignState, Counts, Reward, Step
from bot.platform.errors import DomainError, TooLate

_DECISIONS: dict[ApplicationState, frozenset[ApplicationState]] = {
    ApplicationState.WAITING: frozenset(
        {ApplicationState.ACCEPTED, ApplicationState.RESERVED, ApplicationState.DECLINED}
    ),
    ApplicationState.RESERVED: frozenset({ApplicationState.ACCEPTED, ApplicationState.DECLINED}),
    ApplicationState.ACCEPTED: frozenset({ApplicationState.DECLINED}),
    ApplicationState.DECLINED: frozenset(),
    ApplicationState.WITHDRAWN: frozenset(),
}
_NEEDS_REASON = frozenset({ApplicationState.RESERVED, ApplicationState.DECLINED})
_WITHDRAWABLE = frozenset({ApplicationState.WAITING, ApplicationState.RESERVED})
BROWSE = "Lihat yang masih buka dengan /kampanye daftar."
# What the KOL team promises to accepted creators.
CONTACT_WITHIN: Final = "paling lambat 3 hari kerja"


def decisions(state: ApplicationState) -> frozenset[ApplicationState]:
    """The states staff may move an application to. No way leads back, so each state is entered once at most."""
    return _DECISIONS[state]


def needs_reason(to: ApplicationState) -> bool:
    """Whether a creator must be told why: for everything but a yes."""
    return to in _NEEDS_REASON


def withdrawable(state: ApplicationState) -> bool:
    """Whether its creator may still take an application back."""
    return state in _WITHDRAWABLE


def may_withdraw(campaign: Campaign, application: Application) -> bool:
    """Whether taking an application back still means something."""
    return withdrawable(application.state) and campaign.state is not CampaignState.CANCELLED


def may_change(campaign: Campaign, application: Application, now: int) -> bool:
    """Whether its creator may still change what an application says: nobody has decided and others may still apply."""
    return application.state is ApplicationState.WAITING and accepts_applications(campaign, now)


def may_step_back(campaign: Campaign, application: Application) -> bool:
    """Whether an accepted creator may give the slot back."""
    return application.state is ApplicationState.ACCEPTED and campaign.state is not CampaignState.CANCELLED


def changed_at(steps: Sequence[Step]) -> int | None:
    """When its creator last changed an application; None when it is as it was sent."""
    written = [step.at for step in steps if step.state is ApplicationState.WAITING]
    return written[-1] if len(written) > 1 else None


def is_full(campaign: Campaign, counts: Counts) -> bool:
    """Whether every slot is taken by an accepted creator; the others may still be reserves."""
    return counts.accepted >= campaign.basics.slots


def check_decision(
    campaign: Campaign, application: Application, counts: Counts, to: ApplicationState, reason: str
) -> None:
    """Raise DomainError, saying what to do instead, unless staff may decide so now."""
    if campaign.state is CampaignState.CANCELLED:
        raise TooLate("Kampanye ini sudah dibatalkan, jadi lamarannya tidak bisa diputuskan lagi.")
    if application.state is ApplicationState.WITHDRAWN:
        raise TooLate("Kreator sudah membatalkan lamaran ini. Pilih pelamar lain lewat /kampanye-admin pelamar.")
    if to not in decisions(application.state):
        raise TooLate(
            f"Lamaran ini sudah berstatus {application.state.indonesian}, "
            f"jadi tidak bisa diubah menjadi {to.indonesian}."
        )
    if to is ApplicationState.ACCEPTED and is_full(campaign, counts):
        raise TooLate(
            f"Semua {campaign.basics.slots} slot sudah terisi. Tambah slot lewat /kampanye-admin ubah, "
            "atau masukkan pelamar ini ke cadangan."
        )
    if needs_reason(to) and not reason:
        raise DomainError("Tulis alasannya, supaya kreator tahu kenapa.")


def check_withdrawal(application: Application) -> None:
    """Raise DomainError unless the creator may take the application back."""
    if application.state is ApplicationState.WITHDRAWN:
        raise TooLate("Lamaran ini sudah kamu batalkan sebelumnya.")
    if application.state is ApplicationState.ACCEPTED:
        raise TooLate(
            "Kamu sudah diterima di kampanye ini. Kalau berhalangan, tekan Aku tidak bisa ikut dan tulis alasannya. "
            "Ada pertanyaan? Tekan Butuh bantuan.",
            [buttons.step_back(application), buttons.HELP_BUTTON],
        )
    if not withdrawable(application.state):
        raise TooLate(f"Lamaran ini sudah diputuskan, jadi tidak perlu dibatalkan. {BROWSE}")


def check_change(campaign: Campaign, application: Application, now: int) -> None:
    """Raise DomainError unless the creator may change the application now."""
    if application.state is ApplicationState.WITHDRAWN:
        raise TooLate(f"Lamaran ini sudah kamu batalkan, jadi tidak bisa diubah. {BROWSE}", [buttons.BROWSE])
    if application.state is not ApplicationState.WAITING:
        raise TooLate(
            f"Lamaran ini sudah diputuskan (**{application.state.indonesian}**), jadi tidak bisa diubah lagi. "
            "Lihat kelanjutannya di /kampanye status.",
            [buttons.STATUS],
        )
    if campaign.state is CampaignState.CANCELLED:
        raise TooLate(f"Kampanye ini dibatalkan, jadi lamaranmu tidak dilanjutkan. {BROWSE}", [buttons.BROWSE])
    if not may_change(campaign, application, now):
        raise TooLate(
            "Kampanye ini sudah ditutup, jadi lamaranmu tidak bisa diubah lagi. Yang sudah terkirim tetap dinilai tim.",
            [buttons.STATUS],
        )


def check_stepping_back(campaign: Campaign, application: Application) -> None:
    """Raise DomainError unless an accepted creator may give the slot back."""
    if campaign.state is CampaignState.CANCELLED:
        raise TooLate(f"Kampanye ini sudah dibatalkan, jadi kamu tidak perlu mundur. {BROWSE}", [buttons.BROWSE])
    if application.state is ApplicationState.WITHDRAWN:
        raise TooLate("Kamu sudah tidak ikut kampanye ini, dan tim sudah tahu.", [buttons.BROWSE])
    if not may_step_back(campaign, application):
        raise TooLate(
            f"Status lamaranmu: **{application.state.indonesian}**, jadi belum ada slot yang perlu dilepas. "
            "Lihat pilihanmu di /kampanye status.",
            [buttons.STATUS],
        )


def accepts_applications(campaign: Campaign, now: int) -> bool:
    """Whether one may apply at this instant. The deadline itself is too late, even before the bot has closed it."""
    return campaign.state is CampaignState.OPEN and now < campaign.basics.deadline_at


def check_open(campaign: Campaign, now: int) -> None:
    """Raise DomainError with what to do next unless one may apply now."""
    if accepts_applications(campaign, now):
        return
    if campaign.state is CampaignState.CANCELLED:
        raise TooLate(f"Kampanye ini dibatalkan. {BROWSE}")
    ended = campaign.basics.deadline_at if campaign.state is CampaignState.OPEN else campaign.closed_at
    raise TooLate(f"Kampanye ini sudah ditutup <t:{ended or campaign.basics.deadline_at}:f>. {BROWSE}")


def already_applied(application: Application) -> DomainError:
    """The friendly answer to a second press, with what can be done next."""
    if application.state is ApplicationState.WITHDRAWN:
        return TooLate(
            "Kamu sudah membatalkan lamaran untuk kampanye ini, jadi tidak bisa melamar lagi. "
            "Lihat kampanye lain: /kampanye daftar",
            [buttons.BROWSE],
        )
    told = (
        f"Kamu sudah melamar kampanye ini <t:{application.applied_at}:R>. "
        f"Statusnya: **{application.state.indonesian}**."
    )
    if application.state is ApplicationState.DECLINED:
        return TooLate(f"{told} Lihat kampanye lain: /kampanye daftar", [buttons.BROWSE])
    if application.state is ApplicationState.ACCEPTED:
        return TooLate(f"{told} Tunggu kabar Tim KOL, {CONTACT_WITHIN}.", [buttons.STATUS, buttons.HELP_BUTTON])
    return TooLate(f"{told} Pantau terus lewat /kampanye status.", [buttons.STATUS])


def check_announcement(campaign: Campaign, revision: int, now: int) -> None:
    """Raise DomainError unless the draft may be announced as it was previewed (`revision`)."""
    if campaign.state is CampaignState.CANCELLED:
        raise TooLate("Kampanye ini sudah dibatalkan. Buat yang baru dengan /kampanye-admin buat.")
    if campaign.state is not CampaignState.DRAFT:
        by = f" oleh <@{campaign.announced_by}>" if campaign.announced_by else ""
        raise TooLate(f"Kampanye ini sudah diumumkan{by} <t:{campaign.announced_at}:R>, jadi tidak diumumkan lagi.")
    if campaign.reward is None:
        raise DomainError("Imbalannya belum diisi. Isi dulu lewat tombol Imbalan & gambar, baru umumkan.")
    if campaign.basics.deadline_at <= now:
        raise DomainError("Batas lamarannya sudah lewat. Ganti dulu lewat tombol Ubah isi, baru umumkan.")
    if campaign.revision != revision:
        raise TooLate(
            "Draf ini sudah diubah sejak pratinjau itu. Lihat versi terbarunya lewat /kampanye-admin umumkan."
        )


def check_edit(campaign: Campaign) -> None:
    """Raise DomainError unless staff may still change the campaign."""
    if campaign.state is CampaignState.CANCELLED:
        raise TooLate("Kampanye ini sudah dibatalkan, jadi tidak bisa diubah. Buat yang baru, ya.")


def check_reward_change(campaign: Campaign, reward: Reward, counts: Counts) -> None:
    """Raise TooLate where somebody was accepted already: what they agreed to does not change behind their back."""
    if counts.accepted and campaign.reward is not None and campaign.reward != reward:
        raise TooLate(
            f"{counts.accepted} kreator sudah diterima dengan imbalan yang sekarang, jadi imbalannya tidak bisa diubah "
            "lagi. Untuk imbalan lain, buat kampanye baru dengan /kampanye-admin buat."
        )


def check_closing(campaign: Campaign) -> None:
    """Raise DomainError unless the campaign is open."""
    if campaign.state is CampaignState.DRAFT:
        raise TooLate("Kampanye ini masih draf. Buang drafnya lewat /kampanye-admin ubah.")
    if campaign.state is not CampaignState.OPEN:
        by = f" oleh <@{campaign.closed_by}>" if campaign.closed_by else ""
        raise TooLate(f"Kampanye ini sudah {campaign.state.indonesian.lower()}{by} <t:{campaign.closed_at}:R>.")


def check_cancelling(campaign: Campaign) -> None:
    """Raise DomainError unless the campaign was announced and not cancelled yet."""
    if campaign.state is not CampaignState.CLOSED:
        check_closing(campaign)


def check_discarding(campaign: Campaign) -> None:
    """Raise DomainError unless the campaign is a draft."""
    if campaign.state is not CampaignState.DRAFT:
        raise TooLate("Kampanye ini sudah diumumkan, jadi tidak bisa dibuang. Batalkan lewat /kampanye-admin batal.")


def reopens(campaign: Campaign, deadline_at: int, now: int) -> bool:
    """Whether a new deadline opens a closed campaign again: when it was changed to one that is yet to come."""
    return campaign.state is CampaignState.CLOSED and deadline_at != campaign.basics.deadline_at and deadline_at > now


def is_hopeful(state: ApplicationState) -> bool:
    """Whether the applicant still reckons with the campaign, and so must hear when it is called off."""
    return state in (ApplicationState.WAITING, ApplicationState.RESERVED, ApplicationState.ACCEPTED)


def not_eligible(reasons: Sequence[str]) -> str:
    """Why an account does not fit, every reason on a line."""
    lines = "\n".join(f"• {reason}" for reason in reasons)
    return f"Akunmu belum memenuhi syarat kampanye ini:\n{lines}\n\n{BROWSE}"


def decided_already(application: Application, actor_id: int | None) -> str:
    """What somebody reads whose button was drawn for an earlier state of the application."""
    if application.state is ApplicationState.WITHDRAWN:
        return f"Kreator membatalkan lamaran ini <t:{application.decided_at}:R>, jadi tidak perlu diputuskan lagi."
    if application.state is ApplicationState.WAITING:
        return (
            "Kreator mengubah lamaran ini setelah kamu membukanya, jadi belum ada yang diputuskan. "
            "Buka lagi pelamarnya, baca versi barunya, lalu putuskan."
        )
    by = "kamu sendiri" if application.decided_by == actor_id else f"<@{application.decided_by}>"
    return (
        f"Lamaran ini sudah diputuskan oleh {by} <t:{application.decided_at}:R>: **{application.state.indonesian}**. "
        "Buka lagi pelamarnya untuk melihat keadaan terbaru."
    )
