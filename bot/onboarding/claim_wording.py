"""What the KOL team reads of registrations and claims. Pure: facts in, messages out. Contacts arrive masked."""

from collections.abc import Sequence

from bot.creators.rules import FlagKind, anomalies
from bot.creators.store import Creator
from bot.onboarding.models import Registration, RegistrationState
from bot.onboarding.registration_wording import figures, link, niche_names
from bot.platform.indonesian import format_number
from bot.platform.messages import Button, ButtonStyle, Field, Message, custom_id
from bot.platform.palette import DANGER, INFO, NEUTRAL, SUCCESS, WARNING

PAGE = 5
_COLOURS = {
    RegistrationState.WAITING: WARNING,
    RegistrationState.APPROVED: SUCCESS,
    RegistrationState.REJECTED: DANGER,
    RegistrationState.WITHDRAWN: NEUTRAL,
}


def card(registration: Registration, *, contact: str, known: Creator | None, was_refused: bool = False) -> Message:
    """One registration as staff see it, in the channel and on demand.

    `known` is the account as the KOL database had it when the claim was made; it is shown while the claim is open.
    `was_refused`: the person once chose to be under 18.
    """
    waiting = registration.state is RegistrationState.WAITING
    fields = [
        Field("Akun", f"{link(registration.account.key)}\n{niche_names(registration.account.niches)}"),
        Field("Angka", figures(registration.metrics)),
        Field(
            "Kreator",
            f"<@{registration.member_id}>\n{registration.age_band.label} tahun · {registration.gender.indonesian}\n"
            f"{registration.city}, {registration.region}\nKontak {contact}",
        ),
    ]
    if waiting:
        fields.append(Field("Bukti", _proof(registration), inline=False))
        fields += _as_known(registration, known)
    flags = [flag.message for flag in anomalies(registration.metrics) if flag.kind is not FlagKind.MISSING_METRICS]
    if was_refused:
        flags.insert(0, "Pernah memilih “di bawah 18 tahun” saat mendaftar. Pastikan usianya.")
    if flags:
        fields.append(Field("Perlu dilihat", "\n".join(f"• {flag}" for flag in flags), inline=False))
    if registration.decided_by is not None:
        fields.append(Field("Keputusan", _decision(registration), inline=False))
    return Message(
        title=_title(registration),
        colour=_COLOURS[registration.state] if registration.is_claim else INFO,
        fields=fields,
        footer=f"Registrasi nomor {registration.id}",
        buttons=_buttons(registration),
    )


def proof_arrived(registration: Registration) -> Message:
    """The short note that a screenshot has come in."""
    return _note(registration, f"<@{registration.member_id}> mengunggah bukti untuk {link(registration.account.key)}.")


def code_placed(registration: Registration) -> Message:
    """The short note that the code is said to be in the bio."""
    account = link(registration.account.key)
    return _note(
        registration, f"<@{registration.member_id}> sudah memasang kode **{registration.proof_code}** di bio {account}."
    )


def still_waiting(registration: Registration) -> Message:
    """The one reminder that a claim has waited for long."""
    done = "Buktinya sudah ada." if registration.has_proof else "Buktinya belum ada: cek bio-nya, lalu putuskan."
    return _note(
        registration,
        f"⏳ Klaim {link(registration.account.key)} oleh <@{registration.member_id}> menunggu sejak "
        f"<t:{registration.created_at}:R>. {done}",
    )


def transfer_question(registration: Registration, owner_id: int) -> str:
    """What is asked before an account is taken from one member and given to another."""
    return (
        f"{link(registration.account.key)} sekarang terhubung ke <@{owner_id}>. Kalau disetujui, akun ini pindah ke "
        f"<@{registration.member_id}> dan pemilik lama diberi tahu. Sudah yakin buktinya kuat?"
    )


def listing(found: Sequence[Registration], total: int, state: RegistrationState | None) -> Message:
    """One page of registrations, each with a button that opens it."""
    what = state.indonesian if state else "Klaim terbuka dulu, lalu yang terbaru"
    if not found:
        return Message(title="Registrasi", description="Belum ada registrasi di sini.", colour=INFO)
    lines = [
        f"**{one.id}.** {link(one.account.key)} · <@{one.member_id}>\n{_status(one)} · <t:{one.created_at}:R>"
        for one in found
    ]
    return Message(
        title=f"Registrasi ({format_number(total)})",
        description=f"{what}\n\n" + "\n\n".join(lines),
        colour=INFO,
        buttons=[[Button(custom_id("registration:view", one.id), f"Buka {one.id}") for one in found]],
    )


def decided(registration: Registration) -> str:
    """The answer to whom decided."""
    if registration.state is RegistrationState.APPROVED:
        return (
            f"Disetujui. {link(registration.account.key)} terhubung ke <@{registration.member_id}>, role dipasang, dan "
            "kreatornya diberi tahu."
        )
    return f"Ditolak. <@{registration.member_id}> diberi tahu beserta alasannya."


def _note(registration: Registration, text: str) -> Message:
    look = Button(custom_id("registration:view", registration.id), "Periksa", ButtonStyle.PRIMARY)
    return Message(description=text, colour=WARNING, buttons=[[look]])


def _title(registration: Registration) -> str:
    if not registration.is_claim:
        return "Registrasi baru"
    words = {
        RegistrationState.WAITING: "perlu diperiksa",
        RegistrationState.APPROVED: "disetujui",
        RegistrationState.REJECTED: "ditolak",
        RegistrationState.WITHDRAWN: "ditarik kembali",
    }
    return f"Klaim akun: {words[registration.state]}"


def _proof(registration: Registration) -> str:
    shot = "Screenshot sudah diunggah." if registration.proof_file_id else "Screenshot belum ada."
    said = f" Kreator bilang kodenya sudah dipasang <t:{registration.code_placed_at}:R>." * bool(
        registration.code_placed_at
    )
    return f"Cari kode **{registration.proof_code}** di bio {link(registration.account.key)}.{said} {shot}"


def _as_known(registration: Registration, known: Creator | None) -> list[Field]:
    if known is None:
        return []
    had = known.record.metrics.followers
    lines = [f"Followers {format_number(had) if had is not None else '-'}"]
    lines.append(f"Niche {niche_names((known.record.niche_1, known.record.niche_2))}")
    if known.member_id is not None and known.member_id != registration.member_id:
        lines.insert(0, f"⚠️ Sudah terhubung ke anggota lain: <@{known.member_id}>")
    return [Field("Di database sekarang", "\n".join(lines), inline=False)]


def _decision(registration: Registration) -> str:
    words = {
        RegistrationState.APPROVED: "Disetujui",
        RegistrationState.REJECTED: "Ditolak",
        RegistrationState.WITHDRAWN: "Ditarik kembali",
    }
    reason = f"\nAlasan: {registration.reason}" if registration.reason else ""
    word = words.get(registration.state, registration.state.indonesian)
    return f"{word} oleh <@{registration.decided_by}> <t:{registration.decided_at}:f>{reason}"


def _status(registration: Registration) -> str:
    if registration.state is RegistrationState.WAITING:
        return "⏳ bukti siap diperiksa" if registration.has_proof else "⏳ menunggu bukti"
    if registration.decided_by is None:
        return "✅ diterima langsung"
    mark = "✅" if registration.state is RegistrationState.APPROVED else "✖️"
    return f"{mark} {registration.state.indonesian.lower()} oleh <@{registration.decided_by}>"


def _buttons(registration: Registration) -> list[list[Button]]:
    number = registration.id
    row: list[Button] = []
    if registration.state is RegistrationState.WAITING:
        row.append(Button(custom_id("registration:approve", number), "Setujui", ButtonStyle.SUCCESS))
        row.append(Button(custom_id("registration:refuse", number), "Tolak", ButtonStyle.DANGER))
        if registration.proof_file_id:
            row.append(Button(custom_id("registration:see_proof", number), "Lihat bukti"))
    if registration.insight_file_id:
        row.append(Button(custom_id("registration:see_insight", number), "Lihat insight"))
    return [row] if row else []
