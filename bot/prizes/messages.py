"""What is said about prizes by itself: to winners, and to staff."""

from collections.abc import Sequence

from bot.platform.crypto import Private
from bot.platform.indonesian import format_number, format_rupiah
from bot.platform.messages import Button, ButtonStyle, Field, Message, custom_id
from bot.platform.palette import DANGER, NEUTRAL, PRIMARY, SUCCESS, WARNING
from bot.prizes.models import Payout, PayoutState, Prize, Wallet

_MINE = Button(custom_id("prize:mine"), "Hadiahku")


def prize_text(prize: Prize) -> str:
    """`Saldo GoPay (Rp 25.000)`; the amount is left out where the description names it."""
    if prize.amount is None or names_amount(prize):
        return prize.description
    return f"{prize.description} ({format_rupiah(prize.amount)})"


def names_amount(prize: Prize) -> bool:
    """Whether the description says what the money is."""
    return prize.amount is not None and format_number(prize.amount) in prize.description


def kind_text(prize: Prize) -> str:
    """As what a prize is recorded: its winners are asked for an e-wallet, or for an address."""
    if prize.amount is None:
        return "barang (pemenang diminta alamat)"
    return f"uang, {format_rupiah(prize.amount)} per pemenang"


def destination(wallet: Wallet | None, number: Private) -> str:
    """`GoPay ••••7890`, all that Discord ever sees of it; for goods the address is only hinted at."""
    return f"{wallet.label if wallet else 'alamat tersimpan, HP'} {number.masked()}"


def claim_button(payout: Payout) -> Button:
    """ "Ambil hadiah"; works from the DM and after any restart."""
    return Button(custom_id("prize:claim", payout.id), "Ambil hadiah", ButtonStyle.SUCCESS, emoji="🎁")


def won(payout: Payout) -> Message:
    """The news for a winner."""
    what = "Nomor e-wallet" if payout.is_money else "Alamat pengiriman"
    return Message(
        title="Selamat, kamu menang! 🎉",
        description=(
            f"Kamu dapat **{prize_text(payout.prize)}** dari **{payout.origin}**.\n\n"
            f"**Ambil sebelum <t:{payout.claim_until}:F>** (<t:{payout.claim_until}:R>). {what} diisi lewat formulir "
            "aman yang terbuka dari tombol di bawah. Jangan pernah mengirimnya lewat chat, ke siapa pun."
        ),
        colour=SUCCESS,
        footer=f"Hadiah {payout.id}",
        buttons=[[claim_button(payout), _MINE]],
    )


def reminder(payout: Payout) -> Message:
    """A day before the deadline, for who has not claimed."""
    return Message(
        title="Hadiahmu belum diambil",
        description=(
            f"**{prize_text(payout.prize)}** dari **{payout.origin}** masih menunggumu sampai "
            f"<t:{payout.claim_until}:F> (<t:{payout.claim_until}:R>). Setelah itu hadiahnya hangus."
        ),
        colour=WARNING,
        footer=f"Hadiah {payout.id}",
        buttons=[[claim_button(payout), _MINE]],
    )


def extended(payout: Payout, reason: str) -> Message:
    """There is more time to claim, and why."""
    return Message(
        title="Waktumu mengambil hadiah diperpanjang",
        description=(
            f"**{prize_text(payout.prize)}** dari **{payout.origin}** bisa kamu ambil sampai "
            f"<t:{payout.claim_until}:F> (<t:{payout.claim_until}:R>)."
        ),
        colour=PRIMARY,
        fields=[Field("Alasan", reason, inline=False)],
        footer=f"Hadiah {payout.id}",
        buttons=[[claim_button(payout), _MINE]],
    )


def claimed(payout: Payout, number: Private) -> Message:
    """What was filled in has arrived, the number masked."""
    return Message(
        title="Tujuan hadiahmu tersimpan",
        description=(
            f"**{prize_text(payout.prize)}** dari **{payout.origin}** akan dikirim ke "
            f"**{destination(payout.wallet, number)}**.\n\n**Berikutnya:** finance memprosesnya, dan kamu dikabari di "
            "sini begitu terkirim. Ada yang salah? Tekan Ganti tujuan sebelum dikirim."
        ),
        colour=SUCCESS,
        footer=f"Hadiah {payout.id}",
        buttons=[[Button(custom_id("prize:claim", payout.id), "Ganti tujuan"), _MINE]],
    )


def form_closed(payout: Payout, problem: str, since: int, it_role: int | None) -> Message:
    """Tells staff, once, that a winner can't claim, why, and that no prize lapses meanwhile."""
    return Message(
        content=f"<@&{it_role}>" if it_role else "",
        title="Pemenang tidak bisa mengambil hadiah",
        description=(
            f"<@{payout.member_id}> menekan Ambil hadiah untuk **{prize_text(payout.prize)}** dari "
            f"**{payout.origin}**, tetapi formulirnya tertutup.\n\n{problem}\n\nTertutup sejak <t:{since}:f>. Begitu "
            "terbuka, sisa waktu setiap pemenang dilanjutkan dan mereka dikabari sendiri."
        ),
        colour=DANGER,
        buttons=[[Button(custom_id("prize:listed"), "Daftar hadiah")]],
        ping_roles=[it_role] if it_role else [],
    )


def paid(payout: Payout, number: Private) -> Message:
    """The prize is on its way."""
    where = destination(payout.wallet, number)
    check = "Cek saldomu, ya." if payout.is_money else "Paketnya dikirim ke alamat yang kamu isi."
    return Message(
        title="Hadiahmu sudah dikirim! 🎉",
        description=(
            f"**{prize_text(payout.prize)}** dari **{payout.origin}** sudah dikirim ke **{where}** "
            f"<t:{payout.ended_at}:f>. {check}\n\nBelum masuk dalam 1 x 24 jam? Buka tiket dengan /tiket buka."
        ),
        colour=SUCCESS,
        footer=f"Hadiah {payout.id}",
        buttons=[[_MINE]],
    )


def expired(payout: Payout) -> Message:
    """The deadline has passed without a claim."""
    return Message(
        title="Batas mengambil hadiah sudah lewat",
        description=(
            f"**{prize_text(payout.prize)}** dari **{payout.origin}** tidak diambil sampai <t:{payout.claim_until}:f>, "
            "jadi hadiahnya hangus. Ikut lagi lain kali, ya."
        ),
        colour=NEUTRAL,
        footer=f"Hadiah {payout.id}",
    )


def cancelled(payout: Payout) -> Message:
    """The prize was taken back, with the reason."""
    return Message(
        title="Hadiahmu dibatalkan",
        description=(
            f"Maaf, **{prize_text(payout.prize)}** dari **{payout.origin}** dibatalkan.\n\n"
            "Ada pertanyaan? Buka tiket dengan /tiket buka."
        ),
        colour=DANGER,
        fields=[Field("Alasan", payout.reason or "-", inline=False)],
        footer=f"Hadiah {payout.id}",
    )


def to_pay(number: int, rupiah: int, finance_role: int | None) -> Message:
    """Tells finance what waits for them; one message for all that came in meanwhile."""
    total = f", total **{format_rupiah(rupiah)}**" if rupiah else ""
    return Message(
        content=f"<@&{finance_role}>" if finance_role else "",
        title="Hadiah siap dibayar",
        description=f"**{number} hadiah** sudah lengkap tujuannya{total}.",
        colour=PRIMARY,
        buttons=[[Button(custom_id("prize:to-pay"), "Lihat daftar", ButtonStyle.PRIMARY)]],
        ping_roles=[finance_role] if finance_role else [],
    )


def unclaimed(payouts: Sequence[Payout], *, redrawn: bool) -> Message:
    """Tells staff which prizes of one giveaway or quiz nobody came for."""
    first = payouts[0]
    shown = ", ".join(f"<@{payout.member_id}>" for payout in payouts[:20])
    more = f" dan {len(payouts) - 20} lainnya" if len(payouts) > 20 else ""
    follows = "Penggantinya dipilih otomatis." if redrawn else "Hadiahnya bisa kalian pakai lagi."
    return Message(
        title=f"{len(payouts)} hadiah tidak diambil: {first.origin}"[:256],
        description=f"{prize_text(first.prize)} untuk {shown}{more} hangus. {follows}",
        colour=WARNING,
        buttons=[[Button(custom_id("prize:listed"), "Daftar hadiah")]],
    )


FORM_CLOSED = (
    "Formulir amannya belum bisa dibuka, jadi belum ada yang perlu kamu isi. Staf sudah kami kabari, dan batas waktumu "
    "berhenti berjalan. Begitu formulirnya terbuka kami kabari kamu. Jangan kirim nomormu lewat chat, ya."
)
REOPENED = "Formulirnya sempat tidak bisa dibuka. Sekarang sudah bisa."
STATE_COLOURS = {
    PayoutState.WAITING: WARNING,
    PayoutState.CLAIMED: PRIMARY,
    PayoutState.PAID: SUCCESS,
    PayoutState.EXPIRED: NEUTRAL,
    PayoutState.CANCELLED: DANGER,
}
