"""What IT and staff are told about the link to IT's system."""

from bot.it_link.models import Delivery
from bot.platform.messages import Button, ButtonStyle, Message, custom_id
from bot.platform.palette import DANGER, WARNING

LIST_BUTTON = Button(custom_id("it:queue"), "Lihat yang belum diterima")
RESEND_ALL_BUTTON = Button(custom_id("it:resend-all"), "Kirim ulang semua", ButtonStyle.PRIMARY)


def given_up(delivery: Delivery, failure: str) -> Message:
    """An event was given up; told once an hour, however many there are."""
    return Message(
        title="Ada kabar tiket yang tidak diterima sistem IT",
        description=(
            f"Tiket #{delivery.ticket_id}: {failure}. Bot berhenti mencobanya; tidak ada yang hilang, dan tiketnya "
            "tetap jalan di Discord.\n\nBereskan dulu sisi sistem IT, lalu tekan **Kirim ulang semua**. Yang sudah "
            "diterima tidak akan dobel."
        ),
        colour=DANGER,
        buttons=[[LIST_BUTTON, RESEND_ALL_BUTTON]],
    )


def trouble(delivery: Delivery, failure: str) -> Message:
    """Nothing gets through for a while; told a few times a day at most."""
    return Message(
        title="Sistem IT sedang tidak bisa dihubungi",
        description=(
            f"Sejak <t:{delivery.trying_since}:R> kabar tiket #{delivery.ticket_id} belum masuk: {failure}. Bot terus "
            "mencoba sendiri, dan tiketnya tetap bisa dikerjakan di Discord."
        ),
        colour=WARNING,
        buttons=[[LIST_BUTTON]],
    )
