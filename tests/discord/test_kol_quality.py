"""/kol kualitas: what is missing, doubtful or old."""

from simcord.actors import MemberActor

from bot.creators.models import CreatorRecord, Metrics, Platform
from tests.support.kol import keep_the_sheet, kol
from tests.support.server import Server, message_of, text_of


async def listed(staff: MemberActor, overview: object, fault: str) -> str:
    return text_of(await staff.select(message_of(overview), [fault], custom_id="tsc:kol:fault"))


async def test_faults_are_counted_with_what_to_do_and_listed(server: Server) -> None:
    await keep_the_sheet(server.services)
    async with server.services.database.unit() as tx:
        await server.services.creators.save(tx, CreatorRecord(Platform.X, "kosong"), source="import")
    staff = await server.staff()

    overview = await kol(server, staff, "kualitas")

    shown = text_of(overview)
    assert "7 kreator" in shown
    assert "Metrik belum lengkap: 1" in shown and "/profil" in shown
    assert "ER di atas 30%: 2" in shown and "Belum ada niche: 1" in shown and "Belum ada kontak: 6" in shown
    assert "Angka lama" not in shown
    assert "1 kreator" in await listed(staff, overview, "niche")
    contacts = await listed(staff, overview, "contact")
    assert "6 kreator" in contacts and "Belum ada kontak" in contacts


async def test_figures_that_stood_for_ninety_days_are_listed(server: Server) -> None:
    await keep_the_sheet(server.services)
    staff = await server.staff()
    await server.restart(off_for=91 * 86_400)
    async with server.services.database.unit() as tx:
        fresh = CreatorRecord(Platform.TIKTOK, "dena18", metrics=Metrics(27_000, 900, 90, 8, 9))
        await server.services.creators.save(tx, fresh, source="import")

    overview = await kol(server, staff, "kualitas")

    assert "Angka lama (lebih dari 90 hari): 5" in text_of(overview)
    stale = await listed(staff, overview, "stale")
    assert "5 kreator" in stale and "dena18" not in stale
    assert "5 kreator" in text_of(await kol(server, staff, "cari", angka="stale"))


async def test_an_empty_database_points_to_the_import(server: Server) -> None:
    staff = await server.staff()

    assert "/kol impor" in text_of(await kol(server, staff, "kualitas"))
