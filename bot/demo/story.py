"""The main job, step by step: from an empty server to creators being picked. Each step says what came of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.demo import campaign_steps, joining_steps, staff_steps
from bot.demo.world import World


@dataclass(frozen=True)
class Step:
    """One scene. `act` drives Discord as people would and returns one line on the outcome; it raises when it fails."""

    title: str
    act: Callable[[World], Awaitable[str]]


STEPS: tuple[Step, ...] = (
    Step("Pemilik server menjalankan /pengaturan siapkan", staff_steps.set_up),
    Step("Tim datang: KOL, Finance, IT", staff_steps.staff_arrive),
    Step("Sari mengimpor lembar KOL TikTok lewat /kol impor", staff_steps.import_tiktok),
    Step("Lembar Instagram yang berantakan: yang baik masuk, yang buruk kembali", staff_steps.import_messy),
    Step("Lembar yang sama diimpor lagi: tidak ada yang berubah", staff_steps.import_again),
    Step("Ayu bergabung, disapa dengan gambar, lalu menyetujui aturan", joining_steps.ayu_joins),
    Step("Ayu mendaftar lewat /daftar dan menjadi Kreator", joining_steps.ayu_registers),
    Step("Dina di bawah 18 tahun: ditolak dengan ramah, tidak ada yang disimpan", joining_steps.dina_is_too_young),
    Step("Vira mengklaim masavufirda; Sari memeriksa dan menyetujui", joining_steps.vira_claims),
    Step("Puput mengklaim puputholly; DM-nya tertutup, jadi dikabari di thread privat", joining_steps.puput_claims),
    Step("Sari membuat kampanye dan mengumumkannya dengan gambar", campaign_steps.announce),
    Step("Ayu, Vira, dan Puput melamar; lamaran kedua ditolak dengan sopan", campaign_steps.apply),
    Step("Bot dimulai ulang; tombol di pengumuman lama tetap jalan", campaign_steps.restart),
    Step("Sari mencari kreator dengan /kol cari", campaign_steps.search),
    Step("Sari menyusun /shortlist dengan skor yang terlihat", campaign_steps.shortlist),
    Step("Sari menerima, mencadangkan, dan menolak; masing-masing dikabari sekali", campaign_steps.decide),
    Step("Ayu melihat /kampanye status", campaign_steps.status),
)
