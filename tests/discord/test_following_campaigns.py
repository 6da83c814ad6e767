"""Finding campaigns and following one's own applications, as creators do in Discord."""

from tests.support.campaigns import (
    BRIEF,
    announce,
    apply,
    buttons_of,
    decide,
    in_days,
    open_applicant,
)
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of

DAY = 86_400


async def test_an_old_button_of_a_closed_campaign_is_answered_kindly(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)
    detail = await raka.click(post, label="Syarat lengkap")
    await server.env.advance_time(8 * DAY)
    await server.restart()

    late = await raka.click(message_of(detail), label="Lamar")

    assert late.modal is None and "sudah ditutup" in text_of(late)


async def test_each_step_of_an_application_is_visible(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    nothing = await raka.slash(server.channel("kampanye"), "kampanye status")
    assert "Belum ada lamaran" in text_of(nothing)
    await apply(raka, await announce(server, staff))

    async def status() -> str:
        return text_of(await raka.slash(server.channel("kampanye"), "kampanye status"))

    assert "Lamaran terkirim" in await status() and "Menunggu keputusan tim" in await status()
    await server.env.advance_time(8 * DAY)
    assert "Lamaran sudah ditutup, tim sedang memutuskan" in await status()
    await decide(staff, await open_applicant(server, staff), "Cadangan", "Slot terbatas.")
    assert "Masuk cadangan" in await status() and "Slot terbatas." in await status()
    await decide(staff, await open_applicant(server, staff), "Terima")

    told = await status()
    steps = ("Lamaran terkirim", "Masuk cadangan", "Diterima <t:", "Brief dan jadwal dari Tim KOL, paling")
    assert [told.index(step) for step in steps] == sorted(told.index(step) for step in steps)


async def test_the_open_list_turns_pages_also_after_a_restart_and_leads_to_applying(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    for number in range(7):
        await announce(server, staff, title=f"Kampanye {number}", deadline=in_days(server, number + 2))

    listed = await raka.slash(server.channel("kampanye"), "kampanye daftar")
    assert "7 kampanye dibuka" in text_of(listed) and "Kampanye 4" in text_of(listed)
    assert "Kampanye 5" not in text_of(listed) and "✅ @raka memenuhi syarat" in text_of(listed)
    await server.restart()
    turned = await raka.click(message_of(listed), label="Berikutnya")
    assert "Kampanye 6" in text_of(turned)
    detail = await raka.select(message_of(turned), ["7"], custom_id="tsc:campaign:open")
    assert BRIEF in text_of(detail)
    shown = await raka.click(message_of(detail), label="Lamar")
    await raka.submit_modal(shown, {"pitch": "Audiens saya pas untuk serum."})

    back = await raka.click(message_of(turned), label="Sebelumnya")
    assert "Kampanye 0" in text_of(back)
    await server.env.advance_time(2 * DAY + 60)
    fewer = await raka.slash(server.channel("kampanye"), "kampanye daftar")
    assert "6 kampanye dibuka" in text_of(fewer) and "Kampanye 0" not in text_of(fewer)
    mine = await raka.slash(server.channel("kampanye"), "kampanye status")
    assert "Kampanye 6 · Menunggu keputusan" in text_of(mine)


async def test_a_campaign_is_looked_up_by_its_title(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    nothing = await raka.slash(server.channel("kampanye"), "kampanye daftar")
    assert "Belum ada kampanye yang dibuka" in text_of(nothing)
    await announce(server, staff)
    listed = await raka.slash(server.channel("kampanye"), "kampanye daftar")
    assert text_of(listed).startswith("Lihat kampanye yang sedang dibuka")
    await staff.slash(server.channel("staf-kol"), "kampanye-admin buat")

    offered = await raka.autocomplete(server.channel("kampanye"), "kampanye detail", "judul", "pagi")
    assert [choice["name"] for choice in offered] == ["Serum Pagi · Dibuka"]
    detail = await raka.slash(server.channel("kampanye"), "kampanye detail", judul=offered[0]["value"])
    assert BRIEF in text_of(detail) and buttons_of(message_of(detail))["Lamar"]
    unknown = await raka.slash(server.channel("kampanye"), "kampanye detail", judul="zzz")
    assert "tidak ditemukan" in text_of(unknown)


async def test_from_a_direct_message_one_browses_and_applies_while_holding_the_role(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    await apply(raka, await announce(server, staff))
    await decide(staff, await open_applicant(server, staff), "Tolak", "Niche kurang pas.")
    await announce(server, staff, title="Sepatu")
    await server.env.settle()
    listed = await raka.user.click(server.dms(raka)[0], label="Kampanye lain")
    detail = await raka.user.select(message_of(listed), ["2"], custom_id="tsc:campaign:open")

    shown = await raka.user.click(message_of(detail), label="Lamar")
    assert raka.member is not None
    await raka.member.remove_roles(raka.member.guild.get_role(server.role("Kreator").id))  # type: ignore[arg-type]
    await server.env.settle()
    refused = await raka.user.submit_modal(shown, {"pitch": "Saya suka lari setiap pagi."})
    pressed = await raka.user.click(message_of(detail), label="Lamar")

    assert "role Kreator" in text_of(refused) and "role Kreator" in text_of(pressed)
    await raka.member.add_roles(raka.member.guild.get_role(server.role("Kreator").id))  # type: ignore[arg-type]
    await server.env.settle()
    again = await raka.user.click(message_of(detail), label="Lamar")
    done = await raka.user.submit_modal(again, {"pitch": "Saya suka lari setiap pagi."})
    assert "terkirim" in text_of(done)


async def test_who_left_the_server_cannot_apply_from_an_old_message(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    await apply(raka, await announce(server, staff))
    await decide(staff, await open_applicant(server, staff), "Tolak", "Niche kurang pas.")
    await announce(server, staff, title="Sepatu")
    await server.env.settle()
    listed = await raka.user.click(server.dms(raka)[0], label="Kampanye lain")
    detail = await raka.user.select(message_of(listed), ["2"], custom_id="tsc:campaign:open")
    assert raka.member is not None
    await raka.member.kick()
    await server.env.settle()

    refused = await raka.user.click(message_of(detail), label="Lamar")

    assert refused.modal is None and "role Kreator" in text_of(refused)


async def test_what_became_of_an_application_to_a_cancelled_campaign_stays_visible(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)
    await apply(raka, post)
    detail = await open_applicant(server, staff)
    asked = await staff.slash(server.channel("staf-kol"), "kampanye-admin batal", judul="#1")
    await staff.click(message_of(asked), label="Ya, batalkan kampanye")

    mine = await raka.click(post, label="Syarat lengkap")
    assert "Kampanye dibatalkan" in text_of(mine) and "Batalkan lamaran" not in buttons_of(message_of(mine))
    assert "sudah dibatalkan" in text_of(await staff.click(message_of(detail), label="Terima"))
    assert set(buttons_of(message_of(await open_applicant(server, staff))).values()) == {False}
