"""What a creator agrees to (UU 27/2022), and for how long the bot keeps what."""

from typing import Final

# Goes up with every change of the text: people are then asked again. A test holds the two together.
CONSENT_VERSION: Final = "2026-02"

DRAFT_DAYS: Final = 7
SCREENSHOT_DAYS: Final = 90
REFUSED_DAYS: Final = 90

CONSENT_TEXT: Final = (
    "**Yang kami simpan:** akun dan angkanya (username, followers, rata-rata per konten), rentang usia, gender, niche, "
    "kota dan provinsi, kontak, serta screenshot insight kalau kamu kirim.\n\n"
    "**Untuk apa:** mencocokkanmu dengan kampanye, menawarkanmu ke brand, dan menghubungimu. Kontakmu disimpan "
    "terenkripsi, hanya dilihat tim yang perlu, dan tidak pernah diberikan ke brand.\n\n"
    f"**Berapa lama:** selama kamu terdaftar. Screenshot {SCREENSHOT_DAYS} hari, registrasi yang ditolak atau ditarik "
    f"{REFUSED_DAYS} hari, registrasi yang tidak selesai {DRAFT_DAYS} hari. Kontrak dan pembayaran disimpan selama "
    "hukum mewajibkan.\n\n"
    "**Hakmu:** lihat dan perbarui datamu kapan saja dengan /profil. Mau salinannya, menghapusnya, atau mencabut "
    "persetujuan? Tekan “Minta hapus / cabut persetujuan” di /profil, kami jawab paling lama 3 x 24 jam.\n\n"
    "Khusus 18 tahun ke atas. Datamu baru kami simpan setelah kamu setuju."
)
