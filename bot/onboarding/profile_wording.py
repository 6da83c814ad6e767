"""What /profil shows: everything held about a member, and what changing it says. Pure: facts in, messages out.

Contacts arrive masked.
"""

from collections.abc import Sequence

from bot.creators.rules import FlagKind, anomalies
from bot.creators.store import Creator
from bot.onboarding.models import FigureChange, Member, Registration, RegistrationState
from bot.onboarding.registration_wording import (
    ADD_BUTTON,
    PENDING,
    UPDATE_BUTTON,
    about_lines,
    claim_button,
    figures,
    link,
    niche_names,
    plain,
)
from bot.onboarding.wording import REGISTER_BUTTON
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, Option, Select, custom_id
from bot.platform.palette import INFO, PRIMARY, SUCCESS, WARNING

# An embed holds 6,000 characters in all; what lies further back can be asked for.
_SHOWN = 6
_REASON = 200
_ANSWER_DAYS = 3
_DAY = 86_400


def profile(
    member: Member | None,
    accounts: Sequence[tuple[Creator, str]],
    sent: Sequence[tuple[Registration, str]],
) -> Message:
    """What we hold about a creator. `sent` is everything they sent, newest first."""
    others = [(one, contact) for one, contact in sent if one.state is not RegistrationState.APPROVED]
    open_claims = [one for one, _ in others if one.state is RegistrationState.WAITING]
    fields = [_account(creator, contact) for creator, contact in accounts[:_SHOWN]]
    fields += [_registration(one, contact) for one, contact in others[:_SHOWN]]
    fields += _screenshots([one for one, _ in sent])
    if sent:
        consent = sent[0][0].consent
        about = f"Disetujui <t:{consent.at}:D> (versi {consent.version})"
        fields.append(Field("Persetujuan data", about, inline=False))
    if member is not None:
        fields.append(Field("Keanggotaan", _membership(member), inline=False))
    registered = bool(accounts or open_claims)
    return Message(
        title="Profilmu",
        description=(
            "Ini yang kami simpan tentang kamu. Ada yang berubah? Perbarui lewat tombol di bawah. Untuk menghapus atau "
            "mencabut persetujuan, tekan Minta hapus / cabut persetujuan."
            if registered
            else "Kamu belum terdaftar sebagai kreator. Daftar sekarang, cuma sekitar 3 menit."
        ),
        colour=PRIMARY,
        fields=fields,
        buttons=_buttons(open_claims, is_creator=bool(accounts), has_sent=bool(sent)),
    )


def choose_account(accounts: Sequence[Creator]) -> Message:
    """Which account is to be changed."""
    options = [
        Option(str(one.id), f"{one.record.platform.label} @{one.record.username}", _followers(one))
        for one in accounts[:25]
    ]
    return Message(
        title="Perbarui data",
        description="Akun mana yang mau kamu perbarui?",
        colour=PRIMARY,
        selects=[Select(custom_id("profile:pick"), "Pilih akun", options)],
    )


def update_menu(account: Creator, contact: str, *, saved: bool = False) -> Message:
    """One account with what can be changed about it; `saved` after something was."""
    return Message(
        title="Tersimpan ✅" if saved else "Perbarui data",
        description=link(account.record.key),
        colour=SUCCESS if saved else PRIMARY,
        fields=[_account(account, contact)],
        footer="Kota dan kontak berlaku untuk semua akunmu. Angka dan niche untuk akun ini saja.",
        buttons=[
            [
                Button(custom_id("profile:figures_open", account.id), "Angka", ButtonStyle.PRIMARY),
                Button(custom_id("profile:about_open", account.id), "Data diri & niche", ButtonStyle.PRIMARY),
                Button(custom_id("profile:insight_open", account.id), "Screenshot insight"),
            ]
        ],
    )


def leaps(member_id: int, account: Creator, changes: Sequence[FigureChange], sent: Registration | None) -> Message:
    """What staff read when a creator's own figures moved by more than half."""
    lines = [f"• {one.name} {format_number(one.before)} → {format_number(one.after)}" for one in changes]
    flags = [one.message for one in anomalies(account.record.metrics) if one.kind is not FlagKind.MISSING_METRICS]
    look: list[list[Button]] = []
    if sent is not None and sent.insight_file_id is not None:
        look = [[Button(custom_id("registration:see_insight", sent.id), "Lihat insight")]]
    return Message(
        title="Angka kreator berubah jauh",
        description=f"<@{member_id}> memperbarui {link(account.record.key)}:\n" + "\n".join([*lines, *flags]),
        colour=WARNING,
        footer="Sudah tersimpan. Minta screenshot insight kalau angkanya meragukan.",
        buttons=look,
    )


def new_insight(member_id: int, account: Creator, registration_id: int) -> Message:
    """What staff read when a creator sent a new insight screenshot."""
    return Message(
        description=f"<@{member_id}> mengirim screenshot insight baru untuk {link(account.record.key)}.",
        colour=INFO,
        buttons=[[Button(custom_id("registration:see_insight", registration_id), "Lihat insight")]],
    )


DELETION_QUESTION = (
    "Minta tim menghapus datamu atau mencabut persetujuanmu? Tim menghubungimu dulu sebelum ada yang dihapus. Setelah "
    "dihapus, kamu tidak bisa melamar kampanye lagi kecuali mendaftar ulang."
)


def deletion_asked(asked_at: int, *, is_new: bool) -> Message:
    """The answer to the person who asked."""
    answer = f"Tim menjawab paling lama 3 x 24 jam, sebelum <t:{asked_at + _ANSWER_DAYS * _DAY}:f>."
    return Message(
        description=(
            f"Permintaanmu sudah kami teruskan ke tim. {answer}"
            if is_new
            else f"Permintaanmu sudah kami terima <t:{asked_at}:R>, jadi tidak perlu dikirim lagi. {answer}"
        ),
        colour=SUCCESS,
    )


def deletion_requested(member_id: int, asked_at: int) -> Message:
    """What staff read: who asks, and by when they must be answered."""
    return Message(
        title="Permintaan data pribadi",
        description=(
            f"<@{member_id}> minta datanya dihapus atau persetujuannya dicabut. Hubungi lewat DM, tanyakan mana yang "
            f"dimaksud, dan jawab sebelum <t:{asked_at + _ANSWER_DAYS * _DAY}:f> (3 x 24 jam)."
        ),
        colour=WARNING,
    )


def _buttons(open_claims: Sequence[Registration], *, is_creator: bool, has_sent: bool) -> list[list[Button]]:
    update = [UPDATE_BUTTON] if is_creator else []
    if is_creator or open_claims:
        rows = [[*update, ADD_BUTTON, *map(claim_button, open_claims[:3])]]
    else:
        rows = [[REGISTER_BUTTON]]
    if is_creator or has_sent:
        rows.append([Button(custom_id("profile:delete_ask"), "Minta hapus / cabut persetujuan")])
    return rows


def _membership(member: Member) -> str:
    rules = f"disetujui <t:{member.rules_accepted_at}:D>" if member.rules_accepted_at else "belum disetujui"
    lines = [f"Anggota ke-{member.number} · aturan {rules}"]
    if member.refused_until is not None:
        lines.append(f"Registrasi pernah belum bisa dilanjutkan, sampai <t:{member.refused_until}:f>")
    if member.data_requested_at is not None:
        lines.append(f"Minta hapus / cabut persetujuan <t:{member.data_requested_at}:f>")
    return "\n".join(lines)


def _followers(creator: Creator) -> str:
    followers = creator.record.metrics.followers
    return f"{format_number(followers)} followers" if followers is not None else ""


def _account(creator: Creator, contact: str) -> Field:
    record = creator.record
    age = record.age_band.label if record.age_band else "-"
    lines = (
        figures(record.metrics),
        f"Niche {niche_names((record.niche_1, record.niche_2))}",
        about_lines(age, record.gender, creator.city, creator.region, contact),
    )
    return Field(f"{record.platform.label} @{plain(record.username)}", "\n".join(lines))


def _registration(one: Registration, contact: str) -> Field:
    state = f"**{one.state.indonesian}**" + (f": {one.reason[:_REASON]}" if one.reason else "")
    lines = [state, f"Dikirim <t:{one.created_at}:R>"]
    if one.state is RegistrationState.WAITING:
        if one.has_proof:
            lines[0] = f"**Bukti diterima.** {PENDING}"
        lines.insert(1, f"Kode bukti **{one.proof_code}**")
    lines += [
        figures(one.metrics),
        f"Niche {niche_names(one.account.niches)}",
        about_lines(one.age_band.label, one.gender, one.city, one.region, contact),
    ]
    return Field(f"{one.account.platform.label} @{plain(one.account.username)}", "\n".join(lines))


def _screenshots(sent: Sequence[Registration]) -> list[Field]:
    kept = [f"insight @{plain(one.account.username)}" for one in sent if one.insight_file_id]
    kept += [f"bukti @{plain(one.account.username)}" for one in sent if one.proof_file_id]
    return [Field("Screenshot tersimpan", ", ".join(kept[:20]), inline=False)] if kept else []
