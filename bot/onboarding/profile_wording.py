"""What /profil shows: everything held about a member. Pure: facts in, messages out. Contacts arrive masked."""

from collections.abc import Sequence

from bot.creators.store import Creator
from bot.onboarding.models import Member, Registration, RegistrationState
from bot.onboarding.registration_wording import ADD_BUTTON, about_lines, figures, niche_names, plain
from bot.onboarding.wording import REGISTER_BUTTON
from bot.platform.messages import Button, Field, Message, custom_id
from bot.platform.palette import PRIMARY

# An embed holds 6,000 characters in all; what lies further back can be asked for.
_SHOWN = 6
_REASON = 200


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
        fields.append(Field("Persetujuan data", f"Disetujui <t:{consent.at}:D> (teks {consent.version})", inline=False))
    if member is not None:
        rules = f"disetujui <t:{member.rules_accepted_at}:D>" if member.rules_accepted_at else "belum disetujui"
        fields.append(Field("Keanggotaan", f"Anggota ke-{member.number} · aturan {rules}", inline=False))
    registered = bool(accounts or open_claims)
    proofs = [Button(custom_id("registration:claim", one.id), f"Bukti @{one.account.username}") for one in open_claims]
    return Message(
        title="Profilmu",
        description=(
            "Ini yang kami simpan tentang kamu. Ada yang keliru atau mau dihapus? Tulis di channel bantuan."
            if registered
            else "Kamu belum terdaftar sebagai kreator. Daftar sekarang, cuma sekitar 3 menit."
        ),
        colour=PRIMARY,
        fields=fields,
        buttons=[[ADD_BUTTON, *proofs[:4]] if registered else [REGISTER_BUTTON]],
    )


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
