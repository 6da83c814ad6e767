"""Scenes of a campaign: announced, applied to, decided."""

from __future__ import annotations

from datetime import timedelta

from bot.demo.world import World, expect, shown, words
from bot.platform.indonesian import format_date

_PITCHES = {
    "ayu.lestari": "Pengikutku suka rutinitas skincare pagi, dan komentarnya selalu ramai.",
    "vira": "Aku rutin mengulas serum lokal; tiga video terakhir ditonton di atas rata-rata.",
    "puput": "Kontenku tutorial makeup, serum ini pas untuk bagian persiapan kulit.",
}


async def announce(world: World) -> str:
    """The form in steps, the preview, the announcement."""
    sari = world.people["sari.kol"]
    deadline = world.bot.services.clock.today() + timedelta(days=7)
    form = await sari.slash(world.channel("staf-kol"), "kampanye-admin buat")
    panel = await sari.submit_modal(
        form,
        {
            "title": "Glow Serum April",
            "brand": "Glow Lab",
            "brief": "Satu video TikTok 30 sampai 60 detik: rutinitas pagi dengan Glow Serum, tanpa filter wajah.",
            "slots": "2",
            "deadline": f"{deadline:%d-%m-%Y}",
        },
    )
    for button, values in (
        ("Isi imbalan & gambar", {"kind": ["fee"], "fee": "1,5jt", "public": ["yes"]}),
        ("Syarat akun", {"platforms": ["tiktok"], "niches": ["beauty", "skincare"]}),
        ("Angka minimal", {"min_followers": "10rb", "max_followers": "15rb", "min_engagement": "1"}),
    ):
        shown_form = await sari.click(shown(panel), label=button)
        panel = await sari.submit_modal(shown_form, values)
    await sari.click(shown(panel), label="Umumkan")
    await world.env.settle()
    post = world.last("kampanye")
    if not post.attachments:
        raise RuntimeError("pengumuman tanpa gambar")
    return f"{words(post, 160)} (tutup {format_date(deadline.date())})"


async def apply(world: World) -> str:
    """Three apply; one presses twice."""
    post = world.last("kampanye")
    for username, pitch in _PITCHES.items():
        member = world.people[username]
        form = await member.click(post, label="Lamar")
        expect(shown(await member.submit_modal(form, {"pitch": pitch})), "Lamaranmu terkirim")
    again = await world.people["vira"].click(post, label="Lamar")
    expect(shown(again), "sudah melamar")
    return f"3 lamaran. Tekan kedua kali: {words(shown(again), 120)}"


async def restart(world: World) -> str:
    """Old buttons after a restart."""
    post = world.last("kampanye")
    await world.restart()
    details = await world.people["puput"].click(post, label="Syarat lengkap")
    expect(shown(details), "Glow Serum April")
    return f"Tombol lama menjawab: {words(shown(details), 100)}"


async def search(world: World) -> str:
    """Filters in one command."""
    sari = world.people["sari.kol"]
    result = await sari.slash(
        world.channel("staf-kol"), "kol cari", niche="beauty", min_followers="10rb", maks_followers="15rb"
    )
    expect(shown(result), "masavufirda")
    return words(shown(result), 200)


async def shortlist(world: World) -> str:
    """Applicants and the database side by side."""
    sari = world.people["sari.kol"]
    result = await sari.slash(world.channel("staf-kol"), "shortlist kampanye", judul="#1")
    message = shown(result)
    if not message.attachments:
        raise RuntimeError("shortlist tanpa gambar")
    return words(message, 260)


async def decide(world: World) -> str:
    """One accepted, one in reserve, one declined."""
    sari = world.people["sari.kol"]
    applicants = await world.bot.services.campaigns.applicants(1)
    people = {applicant.application.member_id: applicant.application.id for applicant in applicants}
    told: list[str] = []
    for username, button, reason in (
        ("vira", "Terima", "Gaya ulasanmu pas dengan produknya."),
        ("puput", "Cadangan", "Slot utama hampir penuh, kamu di urutan berikutnya."),
        ("ayu.lestari", "Tolak", "Kali ini brand mencari yang pernah mengulas serum."),
    ):
        member = world.people[username]
        listed = await sari.slash(world.channel("staf-kol"), "kampanye-admin pelamar", judul="#1")
        detail = await sari.select(shown(listed), [str(people[member.id])], custom_id="tsc:campaign:applicant")
        form = await sari.click(shown(detail), label=button)
        await sari.submit_modal(form, {"reason": reason})
        await world.env.settle()
        told.append(f"{member.user.global_name}: {words(world.last_dm(member), 70)}")
    return " | ".join(told)


async def status(world: World) -> str:
    """What a creator sees, after the minute in which the staff's board catches up."""
    await world.env.advance_time(60)
    result = await world.people["ayu.lestari"].slash(world.channel("kampanye"), "kampanye status")
    expect(shown(result), "Glow Serum April")
    return words(shown(result), 200)
