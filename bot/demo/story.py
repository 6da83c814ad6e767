"""The main job, step by step: from an empty server to creators being picked, and a community that is kept busy.

Each step says what came of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.demo import (
    calendar_steps,
    campaign_steps,
    event_steps,
    giveaway_steps,
    joining_steps,
    prize_steps,
    quiz_steps,
    staff_steps,
    ticket_steps,
    to_try_steps,
)
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
    Step("Sari mengimpor kalender konten: pratinjau, tiga keputusan, simpan", calendar_steps.import_sheet),
    Step("Kalender bulan ini sebagai gambar: /kalender lihat", calendar_steps.look_at_month),
    Step("Waktu berjalan: posting kalender tampil sendiri pada jamnya", calendar_steps.post_appears),
    Step("Kuis dari kalender terbuka sendiri", quiz_steps.opens),
    Step("Ayu, Vira, dan Puput menjawab kuis, masing-masing sekali", quiz_steps.answer),
    Step("Kuis ditutup, pemenangnya diumumkan dan dikabari", quiz_steps.close),
    Step("Klasemen poin: /peringkat", quiz_steps.ranking),
    Step("Ayu mengambil hadiahnya lewat halaman privat", prize_steps.claim),
    Step("Budi dari Finance membayar dan mencatatnya", prize_steps.pay),
    Step("Sari membuka giveaway dengan komitmen undian", giveaway_steps.open_giveaway),
    Step("Lima orang ikut giveaway, masing-masing dengan kode undian", giveaway_steps.join),
    Step("Giveaway berakhir dan mengundi sendiri", giveaway_steps.ends),
    Step("Siapa saja memeriksa undian: tombol, dan skrip yang berdiri sendiri", giveaway_steps.verify),
    Step("Sari mengumumkan workshop berkuota dua kursi", event_steps.announce),
    Step("Tiga orang mau ikut; yang ketiga masuk daftar tunggu", event_steps.say_yes),
    Step("Vira batal, kursinya pindah ke Raka", event_steps.seat_is_freed),
    Step("Sehari sebelumnya peserta diingatkan", event_steps.reminded),
    Step("Andi mengatur piket IT; giliran mulai dikabari pada jamnya", ticket_steps.set_rota),
    Step("Ayu memakai panel bantuan: nomor rekening disamarkan, jawaban yang ada ditawarkan dulu", ticket_steps.ask),
    Step("Andi mengambil tiket dan membalas; Ayu menjawab di thread-nya", ticket_steps.help_out),
    Step("Tiket selesai: kesimpulan, bintang lima, dan transkrip HTML", ticket_steps.solve),
    Step("Penarikan terganggu: dua tiket jadi satu gangguan, kabarnya sampai sekali", ticket_steps.incident),
    Step("Statistik tiket: /tiket-statistik", ticket_steps.statistics),
    Step("Yang dibiarkan berjalan untuk kamu coba di peramban", to_try_steps.leave_running),
)
