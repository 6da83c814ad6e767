"""Registering an account that the KOL database knows already: nobody takes another's identity."""

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.creators.models import CreatorKey, CreatorRecord, Metrics, Niche, Platform
from bot.onboarding import store
from bot.onboarding.models import Registration
from bot.platform import audit
from bot.platform.messages import Button, custom_id
from cogs.ui.views import as_view
from tests.support.registering import Registering, screenshot
from tests.support.server import Server, message_of, text_of

KEY = CreatorKey(Platform.TIKTOK, "raka.cerita")


@pytest.fixture
async def raka(server: Server) -> MemberActor:
    return await server.join("raka")


@pytest.fixture
async def sari(server: Server) -> MemberActor:
    return await server.staff("sari.kol")


@pytest.fixture(autouse=True)
async def known_account(server: Server) -> None:
    """The account came in with a sheet: nobody in the server has it yet."""
    record = CreatorRecord(KEY.platform, KEY.username, niche_1=Niche.FOOD, metrics=Metrics(followers=9_800))
    async with server.services.database.unit() as tx:
        await server.services.creators.save(tx, record, source="import")


async def owner(server: Server) -> int | None:
    account = await server.services.creators.find(KEY)
    assert account is not None
    return account.member_id


async def claim_of(server: Server, member: MemberActor) -> Registration:
    return (await store.registrations_of(server.services.database.read, member.id))[0]


async def reject(server: Server, staff: MemberActor, reason: str, label: str = "Tolak") -> InteractionResult:
    opened = await staff.click(server.last("staf-kol"), label=label)
    return await staff.submit_modal(opened, {"reason": reason})


def labels(message: Any) -> list[str]:
    return [str(item["label"]) for row in message.components for item in row["components"]]


async def test_a_known_account_waits_for_proof(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    summary = text_of(await registering.up_to_summary())

    result = await registering.press("Kirim")

    claim = await claim_of(server, raka)
    assert "nanti kami minta bukti" in summary
    assert str(claim.proof_code).startswith("TSC-") and len(str(claim.proof_code)) == 8
    assert str(claim.proof_code) in text_of(result)
    assert "bio TikTok" in text_of(result)
    assert server.roles_of(raka) == set()
    assert await owner(server) is None


async def test_staff_see_the_claim_with_the_code_the_link_and_what_is_known(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()

    notice = server.last("staf-kol")

    text = text_of(notice)
    assert "Klaim akun: perlu diperiksa" in text
    assert str((await claim_of(server, raka)).proof_code) in text
    assert "https://www.tiktok.com/@raka.cerita" in text
    assert "Di database sekarang\nFollowers 9.800" in text
    assert "••••7890" in text


async def test_an_approved_claim_links_the_account_and_is_told_once(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()

    result = await sari.click(server.last("staf-kol"), label="Setujui")

    assert result.ephemeral and "Disetujui" in text_of(result)
    assert await owner(server) == raka.id
    assert server.roles_of(raka) == {"Kreator", "Kreator TikTok", "Niche Kuliner", "Niche Wisata"}
    [told] = server.dms(raka)
    assert "Klaim akunmu disetujui" in text_of(told)
    notice = server.last("staf-kol")
    assert "Klaim akun: disetujui" in text_of(notice)
    assert f"Disetujui oleh {sari.mention}" in text_of(notice)
    assert notice.components == []


async def test_the_second_member_of_staff_is_told_who_decided(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()
    number = (await claim_of(server, raka)).id
    budi = await server.staff("budi.kol")
    seen = message_of(await budi.slash(server.channel("staf-kol"), "registrasi lihat", nomor=number))
    await sari.click(server.last("staf-kol"), label="Setujui")

    approve = await budi.click(seen, label="Setujui")
    refuse = await budi.click(seen, label="Tolak")

    for result in (approve, refuse):
        assert f"sudah diputuskan oleh {sari.mention}" in text_of(result)
        assert result.modal is None
    assert len(server.dms(raka)) == 1


async def test_a_form_of_refusal_that_was_open_while_a_colleague_decided_changes_nothing(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()
    budi = await server.staff("budi.kol")
    opened = await budi.click(server.last("staf-kol"), label="Tolak")
    await sari.click(server.last("staf-kol"), label="Setujui")

    late = await budi.submit_modal(opened, {"reason": "Kode tidak ada di bio."})

    assert "sudah diputuskan oleh" in text_of(late)
    assert message_of(late).components == []
    assert await owner(server) == raka.id
    assert len(server.dms(raka)) == 1


async def test_a_refused_claim_comes_with_the_reason_and_can_be_tried_again(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()

    result = await reject(server, sari, "Kode belum ada di bio saat diperiksa.")

    assert "Ditolak" in text_of(result)
    [told] = server.dms(raka)
    assert "Kode belum ada di bio saat diperiksa." in text_of(told)
    assert "Klaim akun: ditolak" in text_of(server.last("staf-kol"))
    assert await owner(server) is None
    assert "Kreator" not in server.roles_of(raka)
    again = await raka.user.click(told, label="Daftar jadi kreator")
    assert "Sebelum mulai: datamu" in text_of(again)


async def test_a_refusal_without_a_reason_is_asked_for_again(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()

    refused = await reject(server, sari, " - ")
    assert "Tulis alasannya" in text_of(refused)
    reopened = await sari.click(message_of(refused), label="Perbaiki")
    await sari.submit_modal(reopened, {"reason": "Akun ini milik kreator lain."})

    assert "Akun ini milik kreator lain." in text_of(server.dms(raka)[0])


async def test_the_decision_reaches_closed_dms_in_a_private_thread(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()
    server.close_dms()

    await sari.click(server.last("staf-kol"), label="Setujui")

    [thread] = server.channel("bantuan").threads
    assert "Klaim akunmu disetujui" in text_of(server.messages(thread)[-1])


async def test_everything_still_works_after_a_restart(server: Server, raka: MemberActor, sari: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.send()
    await server.restart()
    await registering.press("Unggah screenshot")
    await server.restart()
    await registering.fill({"proof": ("bukti.png", screenshot())})
    await server.restart()

    await sari.click(server.messages("staf-kol")[0], label="Setujui")
    await server.restart()

    assert await owner(server) == raka.id
    assert len(server.dms(raka)) == 1


async def test_a_screenshot_is_proof_too(server: Server, raka: MemberActor, sari: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.send()
    await registering.press("Unggah screenshot")

    uploaded = await registering.fill({"proof": ("bukti.png", screenshot())})

    assert "Bukti diterima" in text_of(uploaded) and "biasanya 1–2 hari kerja" in text_of(uploaded)
    assert labels(message_of(uploaded)) == ["Ganti screenshot", "Tarik klaim"]
    assert "biasanya 1–2 hari kerja" in text_of(await Registering(server, raka).begin())
    assert "biasanya 1–2 hari kerja" in text_of(await raka.slash(server.channel("bantuan"), "profil"))
    claim, note = server.messages("staf-kol")
    assert "Screenshot sudah diunggah" in text_of(claim)
    opened = await sari.click(note, label="Periksa")
    shown = await sari.click(message_of(opened), label="Lihat bukti")
    assert shown.ephemeral and shown.response is not None
    assert [file.filename for file in shown.response.attachments] == ["bukti-1.png"]
    seen = await audit.entries(server.services.database.read, subject_kind="registration", subject_id=1)
    assert ("registration.screenshot_seen", sari.id) in [(one.action, one.actor_id) for one in seen]


async def test_saying_that_the_code_is_in_the_bio_calls_staff_once(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    registering, other = Registering(server, raka), Registering(server, raka)
    await registering.send()
    await other.begin()
    await other.press("Bukti @raka.cerita")

    placed = await registering.press("Kodenya sudah kupasang")
    await other.press("Kodenya sudah kupasang")

    assert "Bukti diterima" in text_of(placed)
    claim, note = server.messages("staf-kol")
    assert "Kreator bilang kodenya sudah dipasang" in text_of(claim)
    assert "sudah memasang kode" in text_of(note)
    await sari.click(message_of(await sari.click(note, label="Periksa")), label="Setujui")
    assert await owner(server) == raka.id


async def test_staff_are_reminded_once_of_a_claim_that_waits_for_two_days(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()
    await server.env.advance_time(2 * 86_400 - 60)
    assert len(server.messages("staf-kol")) == 1

    await server.env.advance_time(120)
    await server.restart()
    await server.env.advance_time(5 * 86_400)

    _, reminder = server.messages("staf-kol")
    assert "menunggu sejak" in text_of(reminder) and "Buktinya belum ada" in text_of(reminder)


async def test_a_decided_claim_reminds_nobody(server: Server, raka: MemberActor, sari: MemberActor) -> None:
    await Registering(server, raka).send()
    await sari.click(server.last("staf-kol"), label="Setujui")

    await server.env.advance_time(3 * 86_400)

    assert len(server.messages("staf-kol")) == 1


async def test_what_is_for_creators_only_knows_of_a_waiting_claim(server: Server, raka: MemberActor) -> None:
    channel = server.bot.get_partial_messageable(server.channel("bantuan").id, guild_id=server.guild.id)
    apply = as_view([[Button(custom_id("campaign:apply", 1), "Lamar")]]) or discord.utils.MISSING
    note = await channel.send("Kampanye", view=apply)
    before = await raka.click(note, label="Lamar")
    registering = Registering(server, raka)
    await registering.send()
    waiting = await raka.click(note, label="Lamar")
    await registering.press("Kodenya sudah kupasang")
    proved = await raka.click(note, label="Lamar")

    assert "Daftar dulu dengan /daftar" in text_of(before)
    assert "Klaim akunmu masih diperiksa Tim KOL" in text_of(waiting) and "belum kamu kirim" in text_of(waiting)
    assert "kabari lewat DM" in text_of(proved)
    status = await raka.click(message_of(proved), label="Lihat klaimku")
    assert labels(message_of(status)) == ["Tambah akun", "Klaim @raka.cerita"]


async def test_a_second_screenshot_replaces_the_first_without_another_note(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.send()
    for label in ("Unggah screenshot", "Ganti screenshot"):
        await registering.press(label)
        await registering.fill({"proof": ("bukti.png", screenshot())})

    assert len(server.messages("staf-kol")) == 2


async def test_a_proof_that_is_no_picture_is_refused(server: Server, raka: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.send()
    await registering.press("Unggah screenshot")

    refused = await registering.fill({"proof": ("bukti.png", b"MZ not a picture")})

    assert "Jenis file ini tidak bisa dipakai" in text_of(refused)
    assert (await claim_of(server, raka)).proof_file_id is None


async def test_nobody_else_can_touch_a_claim(server: Server, raka: MemberActor, sari: MemberActor) -> None:
    await Registering(server, raka).send()
    bayu = await server.join("bayu")
    claim = await claim_of(server, raka)
    channel = server.bot.get_partial_messageable(server.channel("bantuan").id, guild_id=server.guild.id)
    note = await channel.send("Semua tombol", view=_buttons(claim.id) or discord.utils.MISSING)

    for name in ("proof_open", "code_placed", "withdraw_ask", "withdraw", "claim"):
        result = await bayu.click(note, custom_id=custom_id(f"registration:{name}", claim.id))
        assert "bukan registrasimu" in text_of(result)
    for name in ("approve", "refuse", "move", "see_proof", "see_insight", "view"):
        result = await bayu.click(note, custom_id=custom_id(f"registration:{name}", claim.id))
        assert "hanya untuk Tim KOL" in text_of(result)
    assert (await claim_of(server, raka)).state == "waiting"


async def test_staff_without_the_kol_role_may_not_decide(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()
    finance = await server.staff("fina", "Finance")

    result = await finance.click(server.last("staf-kol"), label="Setujui")

    assert "hanya untuk Tim KOL" in text_of(result)
    assert await owner(server) is None


async def test_staff_may_not_approve_their_own_claim(server: Server, sari: MemberActor) -> None:
    await Registering(server, sari).send()

    result = await sari.click(server.last("staf-kol"), label="Setujui")

    assert "klaimmu sendiri" in text_of(result)
    assert await owner(server) is None


async def test_a_claim_can_be_taken_back(server: Server, raka: MemberActor, sari: MemberActor) -> None:
    registering = Registering(server, raka)
    await registering.send()
    seen = message_of(await sari.slash(server.channel("staf-kol"), "registrasi lihat", nomor=1))
    await registering.press("Tarik klaim")
    result = await registering.press("Ya, tarik")

    assert "sudah ditarik" in text_of(result)
    assert "ditarik kembali" in text_of(server.last("staf-kol"))
    late = await sari.click(seen, label="Setujui")
    assert "sudah ditarik kembali oleh kreatornya" in text_of(late)
    assert await owner(server) is None


async def test_a_claim_on_somebody_elses_account_is_shown_as_such_and_moved_only_after_a_second_look(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()
    await sari.click(server.last("staf-kol"), label="Setujui")
    bayu = await server.join("bayu")
    claimed = await Registering(server, bayu).send()
    assert raka.mention not in text_of(claimed)
    notice = server.last("staf-kol")
    assert f"Sudah terhubung ke anggota lain: {raka.mention}" in text_of(notice)

    asked = await sari.click(notice, label="Setujui")
    assert await owner(server) == raka.id
    await sari.click(message_of(asked), label="Ya, pindahkan")

    assert await owner(server) == bayu.id
    assert "Satu akun dilepas dari profilmu" in text_of(server.dms(raka)[-1])
    assert "Klaim akunmu disetujui" in text_of(server.dms(bayu)[-1])
    row = await server.services.onboarding.member(raka.id)
    assert row is not None and row.registered_at is None
    assert server.roles_of(raka) == set()
    assert "Kreator" in server.roles_of(bayu)


async def test_two_people_claim_the_same_account_and_only_one_gets_it(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    bayu = await server.join("bayu")
    await Registering(server, raka).send()
    await Registering(server, bayu).send()
    first, second = server.messages("staf-kol")

    await sari.click(first, label="Setujui")
    asked = await sari.click(second, label="Setujui")
    await sari.click(message_of(asked), label="Tidak jadi")

    assert await owner(server) == raka.id
    assert server.roles_of(bayu) == set()


async def test_claiming_the_same_account_twice_is_answered_with_the_same_code(
    server: Server, raka: MemberActor
) -> None:
    registering = Registering(server, raka)
    await registering.up_to_summary()
    again = Registering(server, raka)
    await again.begin()
    await registering.press("Kirim")

    second = await again.press("Kirim")
    third = await Registering(server, raka).begin()

    code = str((await claim_of(server, raka)).proof_code)
    assert code in text_of(second) and code in text_of(third)
    assert len(server.messages("staf-kol")) == 1


async def test_the_code_is_found_again_in_the_profile(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()

    profile = await raka.slash(server.channel("bantuan"), "profil")
    opened = await raka.click(message_of(profile), label="Bukti @raka.cerita")

    code = str((await claim_of(server, raka)).proof_code)
    assert code in text_of(profile) and code in text_of(opened)


async def test_who_left_before_the_decision_gets_the_roles_on_coming_back(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()
    notice = server.last("staf-kol")
    server.guild.remove_member(raka)
    await server.env.settle()
    await sari.click(notice, label="Setujui")
    assert server.messages("log-bot") == []

    raka = server.guild.add_member(raka.user)
    await server.env.settle()

    assert "Kreator" in server.roles_of(raka)


async def test_nobody_is_reminded_to_register_while_a_claim_waits(server: Server, raka: MemberActor) -> None:
    await Registering(server, raka).send()

    await server.env.advance_time(80 * 3_600)

    assert server.dms(raka) == []


async def test_a_refused_claim_and_its_screenshots_are_gone_after_ninety_days(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    registering = Registering(server, raka)
    await registering.send()
    await registering.press("Unggah screenshot")
    await registering.fill({"proof": ("bukti.png", screenshot())})
    opened = await sari.click(server.messages("staf-kol")[0], label="Tolak")
    await sari.submit_modal(opened, {"reason": "Kode belum ada di bio."})
    assert "Kode belum ada di bio." in text_of(await raka.slash(server.channel("bantuan"), "profil"))

    await server.env.advance_time(92 * 86_400)

    assert await store.registrations_of(server.services.database.read, raka.id) == []
    assert await server.services.database.read.fetch_all("SELECT id FROM stored_file") == []


async def test_the_list_shows_open_claims_first_and_turns_pages(
    server: Server, raka: MemberActor, sari: MemberActor
) -> None:
    await Registering(server, raka).send()
    for number in range(6):
        member = await server.join(f"kreator{number}")
        await Registering(server, member).send(username=f"akun{number}")

    listed = await sari.slash(server.channel("staf-kol"), "registrasi daftar")
    first = text_of(listed)
    turned = await sari.click(message_of(listed), label="Berikutnya")

    assert first.index("raka.cerita") < first.index("akun5") < first.index("akun4")
    assert "akun0" in text_of(turned) and "akun5" not in text_of(turned)
    waiting = await sari.slash(server.channel("staf-kol"), "registrasi daftar", status="waiting")
    assert "raka.cerita" in text_of(waiting) and "akun" not in text_of(waiting).replace("Klaim akun", "")
    opened = await sari.click(message_of(waiting), label="Buka 1")
    assert "Klaim akun: perlu diperiksa" in text_of(opened)


async def test_the_list_is_not_for_creators(server: Server, raka: MemberActor, sari: MemberActor) -> None:
    commands = raka.available_commands(server.channel("bantuan"))
    assert not any(name.startswith("registrasi") for name in commands)

    finance = await server.staff("fina", "Finance")
    refused = await finance.slash(server.channel("staf-kol"), "registrasi daftar")
    nothing = await sari.slash(server.channel("staf-kol"), "registrasi lihat", nomor=99)

    assert "hanya untuk Tim KOL" in text_of(refused)
    assert "tidak ada" in text_of(nothing)


async def test_an_empty_list_says_so(server: Server, sari: MemberActor) -> None:
    listed = await sari.slash(server.channel("staf-kol"), "registrasi daftar")

    assert "Belum ada registrasi" in text_of(listed)


def _buttons(registration_id: int) -> discord.ui.View | None:
    """Every button of a claim, as if the creator's and the staff's messages stood in a public channel."""
    mine = ("proof_open", "code_placed", "withdraw_ask", "withdraw", "claim")
    theirs = ("approve", "refuse", "move", "see_proof", "see_insight")
    return as_view(
        [
            [Button(custom_id(f"registration:{name}", registration_id), name) for name in names]
            for names in (mine, theirs, ("view",))
        ]
    )
