"""The private forms by which winners say where their prize goes, and the page on which finance reads it."""

from collections.abc import Mapping

from bot.platform.crypto import Private
from bot.private_forms.models import FieldKind, PrivateField, PrivateFormSpec, PrivatePageSpec
from bot.prizes.models import Claim, Payout, Wallet
from bot.prizes.reading import wallets_in

MONEY = "prize.money"
GOODS = "prize.goods"
NUMBER = "prize.number"

_KEPT = (
    "Disimpan terenkripsi, hanya dilihat finance, dan dipakai untuk mengirim hadiah ini saja. Catatan pembayarannya "
    "disimpan selama hukum mewajibkan."
)
_DONE = (
    "Tujuan hadiahmu tersimpan. Kami kirim konfirmasinya di Discord. Kamu bisa menutup halaman ini, dan mengganti "
    "tujuannya lewat tombol di Discord selama belum dikirim."
)
_NAME = PrivateField("name", "Nama penerima", hint="Seperti di akunnya", min_length=2, autocomplete="name")

MONEY_FORM = PrivateFormSpec(
    title="Ke mana hadiahmu dikirim?",
    intro=f"Isi e-wallet atas namamu sendiri. {_KEPT}",
    fields=(
        PrivateField(
            "wallet",
            "E-wallet",
            FieldKind.CHOICE,
            options=tuple((wallet.value, wallet.label) for wallet in Wallet),
        ),
        PrivateField(
            "number",
            "Nomor HP e-wallet",
            FieldKind.WALLET_PHONE,
            hint="Misalnya 0812-3456-7890. Cek lagi: kiriman ke nomor yang salah tidak bisa ditarik.",
            autocomplete="tel",
        ),
        _NAME,
    ),
    done=_DONE,
)
GOODS_FORM = PrivateFormSpec(
    title="Ke mana hadiahmu dikirim?",
    intro=f"Isi alamat di Indonesia dan nomor HP yang bisa dihubungi kurir. {_KEPT}",
    fields=(
        PrivateField("name", "Nama penerima", min_length=2, autocomplete="name"),
        PrivateField("number", "Nomor HP", FieldKind.WALLET_PHONE, autocomplete="tel"),
        PrivateField(
            "address",
            "Alamat lengkap",
            hint="Jalan, nomor, RT/RW, kelurahan, kecamatan, kota, kode pos",
            min_length=15,
            max_length=300,
            autocomplete="street-address",
        ),
    ),
    done=_DONE,
)
NUMBER_PAGE = PrivatePageSpec(
    title="Tujuan hadiah",
    intro="Tampil sekali, hanya untuk membayar hadiah ini. Siapa dan kapan melihatnya tercatat.",
)


def begun(payout: Payout) -> dict[str, str]:
    """What the form begins with: the e-wallet chosen before, or the one that the prize names."""
    named = [payout.wallet] if payout.wallet else wallets_in(payout.prize.description)
    return {"wallet": named[0].value} if payout.is_money and len(named) == 1 else {}


def claim_of(values: Mapping[str, Private]) -> Claim:
    """What a filled-in form says."""
    wallet = values.get("wallet")
    return Claim(
        number=values["number"],
        name=values["name"],
        wallet=Wallet(wallet.reveal()) if wallet else None,
        address=values.get("address"),
    )
