"""What is left running for whoever goes on in the browser."""

from __future__ import annotations

from bot.demo import event_steps, giveaway_steps
from bot.demo.world import World, shown
from bot.events.models import EventKind


async def leave_running(world: World) -> str:
    """A giveaway, a quiz and an event that can be taken part in; the rest of the month is in the calendar."""
    await giveaway_steps.write(world, "Giveaway Coba-coba", "Pulsa", days=5)
    await _quiz(world)
    await event_steps.write(world, EventKind.WEBINAR, "Webinar Belajar Lighting", days=6, seats=20)
    return (
        "Giveaway di #giveaway, kuis di #kuis, acara di #acara, dan sisa bulan ini di /kalender lihat (jadi Sari). "
        "Meja bantuan: tiket #2 dan #3 masih terbuka (jadi Andi, /tiket-admin antrian), gangguannya ditutup dengan "
        "/insiden tutup, artikel di /bantuan dan /pengetahuan daftar, piket minggu ini di /piket jadwal."
    )


async def _quiz(world: World) -> None:
    sari = world.people["sari.kol"]
    form = await sari.slash(world.channel("staf-kol"), "kuis buat")
    panel = await sari.submit_modal(
        form,
        {"title": "Kuis Kilat", "way": ["fastest"], "winners": "3", "prize": "GoPay 25.000", "closing": "3 hari"},
    )
    form = await sari.click(shown(panel), label="Soal isian")
    question = {
        "prompt": "Warna apa yang paling sering muncul di kartu TSCreator?",
        "big_words": "WARNA APA?",
        "accepted": "ungu",
        "explanation": "Ungu adalah warna utama TSC.",
    }
    panel = await sari.submit_modal(form, question)
    await sari.click(shown(panel), label="Tayangkan")
    await world.delivered()
