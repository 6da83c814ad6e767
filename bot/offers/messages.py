"""What is said about offers by itself. No amount is ever in here: fees are shown in ephemeral answers alone."""

from bot.offers.models import Offer, OfferView
from bot.platform.deadlines import write_deadline
from bot.platform.indonesian import format_date
from bot.platform.messages import Button, ButtonStyle, Message, custom_id
from bot.platform.palette import DANGER, NEUTRAL, PRIMARY, SUCCESS, WARNING

MINE = Button(custom_id("offer:mine"), "Tawaranku")
AFTER_ACCEPTING = (
    "**Berikutnya: menunggu SPK.** Tim menyiapkan surat perjanjiannya. "
    "Jangan mulai mengunggah sebelum SPK kamu setujui."
)


def see_button(offer: Offer, label: str = "Lihat tawaran") -> Button:
    """Shows the offer to its creator, and to nobody else; works from the DM and after any restart."""
    return Button(custom_id("offer:see", offer.id), label, ButtonStyle.PRIMARY)


def staff_button(offer: Offer) -> Button:
    """Shows the offer to staff."""
    return Button(custom_id("offer:open", offer.id), "Lihat tawaran", ButtonStyle.PRIMARY)


def decisions_button(shortlist_id: int) -> Button:
    """Opens what was decided about a shortlist."""
    return Button(custom_id("decision:list", shortlist_id), "Keputusan brand")


def _about(view: OfferView) -> str:
    return f"**{view.offer.terms.project}** untuk akun {view.account}"


def sent(view: OfferView) -> Message:
    """The news for who is offered something."""
    offer = view.offer
    return Message(
        title="Ada tawaran kerja sama untukmu",
        description=(
            f"{_about(view)}.\n\nTekan **Lihat tawaran** untuk membaca imbalan, lingkup kerja, dan jadwalnya; hanya "
            f"kamu yang bisa melihatnya. **Jawab sebelum <t:{offer.terms.reply_by}:F>** "
            f"(<t:{offer.terms.reply_by}:R>): terima, tolak, atau ajukan perubahan."
        ),
        colour=PRIMARY,
        footer=f"Tawaran {offer.id}",
        buttons=[[see_button(offer), MINE]],
    )


def reminder(view: OfferView) -> Message:
    """For who has not answered."""
    offer = view.offer
    return Message(
        title="Tawaranmu belum dijawab",
        description=(
            f"{_about(view)} menunggu jawabanmu sampai <t:{offer.terms.reply_by}:F> (<t:{offer.terms.reply_by}:R>). "
            "Setelah itu tawarannya ditutup."
        ),
        colour=WARNING,
        footer=f"Tawaran {offer.id}",
        buttons=[[see_button(offer), MINE]],
    )


def expired(view: OfferView) -> Message:
    """For who did not answer in time."""
    return Message(
        title="Batas jawab tawaran sudah lewat",
        description=(
            f"{_about(view)} ditutup karena belum dijawab sampai <t:{view.offer.terms.reply_by}:f>. Masih berminat? "
            "Tulis di channel bantuan."
        ),
        colour=NEUTRAL,
        footer=f"Tawaran {view.offer.id}",
        buttons=[[MINE]],
    )


def counter_taken(view: OfferView) -> Message:
    """Staff agreed to what the creator asked for."""
    return Message(
        title="Usulanmu disetujui",
        description=f"Tim menyetujui usulanmu untuk {_about(view)}.\n\n{AFTER_ACCEPTING}",
        colour=SUCCESS,
        footer=f"Tawaran {view.offer.id}",
        buttons=[[see_button(view.offer, "Lihat kesepakatan"), MINE]],
    )


def counter_refused(view: OfferView) -> Message:
    """Staff did not agree; the offer stands as it was."""
    offer = view.offer
    return Message(
        title="Usulanmu belum bisa kami penuhi",
        description=(
            f"Untuk {_about(view)}, tawaran semula masih berlaku. Pesan tim ada di dalam tawarannya.\n\n"
            f"**Jawab sebelum <t:{offer.terms.reply_by}:F>** (<t:{offer.terms.reply_by}:R>)."
        ),
        colour=WARNING,
        footer=f"Tawaran {offer.id}",
        buttons=[[see_button(offer), MINE]],
    )


def withdrawn(view: OfferView) -> Message:
    """Staff took the offer back."""
    return Message(
        title="Tawaran ditarik",
        description=(
            f"Maaf, {_about(view)} tidak jadi dilanjutkan. Alasannya ada di dalam tawarannya. Ada pertanyaan? Tulis di "
            "channel bantuan."
        ),
        colour=DANGER,
        footer=f"Tawaran {view.offer.id}",
        buttons=[[see_button(view.offer), MINE]],
    )


def noted_for_you(view: OfferView, what: str) -> Message:
    """Staff noted an answer for somebody who is in Discord too: they can object."""
    return Message(
        title="Tim mencatat jawabanmu",
        description=(
            f"Jawabanmu di luar Discord untuk {_about(view)} dicatat tim: **{what}**. Kalau keliru, segera tulis di "
            "channel bantuan."
        ),
        colour=PRIMARY,
        footer=f"Tawaran {view.offer.id}",
        buttons=[[see_button(view.offer), MINE]],
    )


def to_staff_accepted(view: OfferView) -> Message:
    """The creator said yes."""
    return Message(
        title=f"Tawaran diterima: {view.offer.terms.project}"[:256],
        description=f"{_who(view)} menerima tawarannya. **Berikutnya: siapkan SPK.**",
        colour=SUCCESS,
        buttons=[[staff_button(view.offer), decisions_button(view.offer.shortlist_id)]],
    )


def to_staff_declined(view: OfferView, reserves: int) -> Message:
    """The creator said no."""
    return Message(
        title=f"Tawaran ditolak: {view.offer.terms.project}"[:256],
        description=f"{_who(view)} menolak tawarannya. {_reserves(reserves)}",
        colour=DANGER,
        buttons=[[staff_button(view.offer), decisions_button(view.offer.shortlist_id)]],
    )


def to_staff_countered(view: OfferView) -> Message:
    """The creator asks for something else."""
    return Message(
        title=f"Usulan perubahan: {view.offer.terms.project}"[:256],
        description=f"{_who(view)} mengajukan perubahan pada tawarannya. Buka untuk menyetujui atau menolaknya.",
        colour=WARNING,
        buttons=[[staff_button(view.offer)]],
    )


def to_staff_waiting(view: OfferView) -> Message:
    """Nobody has answered a counter-offer for a day."""
    return Message(
        title=f"Usulan kreator belum dijawab: {view.offer.terms.project}"[:256],
        description=f"{_who(view)} menunggu jawaban atas usulannya lebih dari sehari.",
        colour=WARNING,
        buttons=[[staff_button(view.offer)]],
    )


def to_staff_expired(view: OfferView, reserves: int) -> Message:
    """The deadline passed without an answer."""
    return Message(
        title=f"Tawaran tidak dijawab: {view.offer.terms.project}"[:256],
        description=f"{_who(view)} tidak menjawab sampai <t:{view.offer.terms.reply_by}:f>. {_reserves(reserves)}",
        colour=NEUTRAL,
        buttons=[[staff_button(view.offer), decisions_button(view.offer.shortlist_id)]],
    )


def to_staff_by_hand(view: OfferView) -> Message:
    """The text for a creator without Discord is in staff's hands; here only that an answer is due."""
    return Message(
        title=f"Jawaban kreator perlu dicatat: {view.offer.terms.project}"[:256],
        description=(
            f"{view.account} belum terhubung ke Discord. Tanyakan jawabannya sebelum "
            f"<t:{view.offer.terms.reply_by}:f>, lalu tekan Lihat tawaran dan Catat jawaban."
        ),
        colour=WARNING,
        buttons=[[staff_button(view.offer)]],
    )


def letter(view: OfferView, reward: str) -> str:
    """The offer as a text that staff copy to a creator without Discord. Names the fee: for ephemeral answers alone."""
    terms = view.offer.terms
    name = view.creator.record.username
    return (
        f"Halo @{name}, kami dari The Social Club ingin menawarkan kerja sama: {terms.project}.\n"
        f"Imbalan: {reward}\nLingkup kerja: {terms.scope}\nTayang paling lambat: {format_date(terms.posts_on)}\n"
        f"Mohon kabari kami sebelum {write_deadline(terms.reply_by)} WIB, ya. Terima kasih!"
    )


def _who(view: OfferView) -> str:
    member = f"<@{view.offer.member_id}> · " if view.offer.member_id else ""
    return f"{member}{view.account}"


def _reserves(number: int) -> str:
    if not number:
        return "Belum ada cadangan di shortlist ini."
    return f"Ada {number} cadangan: buka Keputusan brand untuk memilih pengganti."
