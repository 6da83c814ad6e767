"""Applicants side by side, and the decision on each, as the KOL team meets them in Discord."""

import pytest
from simcord.backend.errors import SetupError

from bot.campaigns.models import ApplicationState
from bot.platform import audit
from tests.support.campaigns import (
    BRIEF,
    announce,
    applicants,
    apply,
    buttons_of,
    decide,
    fill,
    in_days,
    open_applicant,
    states,
)
from tests.support.people import registered_creator
from tests.support.server import Server, message_of, text_of


async def test_staff_who_press_after_a_withdrawal_read_so(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    answered = await apply(raka, await announce(server, staff))
    detail = await open_applicant(server, staff)
    shown = await staff.click(message_of(detail), label="Terima")
    asked = await raka.click(message_of(answered), label="Batalkan lamaran")
    await raka.click(message_of(asked), label="Ya, batalkan lamaran")

    refused = await staff.submit_modal(shown, {"reason": ""})

    assert "Kreator membatalkan lamaran ini" in text_of(refused)
    assert await states(server) == [ApplicationState.WITHDRAWN]
    await server.env.settle()
    assert server.dms(raka) == []


async def test_who_closed_their_dms_hears_it_in_a_private_thread(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    await apply(raka, await announce(server, staff))
    server.close_dms()

    await decide(staff, await open_applicant(server, staff), "Cadangan", "Slot terbatas.")
    await server.env.settle()

    (thread,) = server.channel("bantuan").threads
    assert "daftar cadangan" in text_of(server.last(thread)) and "Slot terbatas." in text_of(server.last(thread))


async def test_no_more_are_accepted_than_there_are_slots_until_slots_are_added(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, slots="1")
    for name in ("raka", "maya"):
        await apply(await registered_creator(server, name), post)
    await decide(staff, await open_applicant(server, staff, 1), "Terima")
    await server.env.settle()
    full = server.last("kampanye")
    assert "(slot penuh)" in (full.attachments[0].description or "")
    assert "Slot penuh" in text_of(full) and "Lamar sebagai cadangan" in buttons_of(full)

    second = await open_applicant(server, staff, 2)
    refused = await staff.click(message_of(second), label="Terima")
    assert refused.modal is None
    assert "Semua 1 slot sudah terisi" in text_of(refused) and "Tambah slot" in text_of(refused)
    panel = await staff.slash(server.channel("staf-kol"), "kampanye-admin ubah", judul="#1")
    basics = {"title": "Serum Pagi", "brand": "Wardah", "brief": BRIEF, "deadline": in_days(server, 7)}
    await fill(staff, panel, "Ubah isi", basics | {"slots": "2"})
    assert "Slot penuh" not in text_of(server.last("kampanye"))
    await decide(staff, second, "Terima")

    assert await states(server) == [ApplicationState.ACCEPTED, ApplicationState.ACCEPTED]
    fewer = await fill(staff, panel, "Ubah isi", basics | {"slots": "1"})
    assert "Sudah 2 kreator diterima" in text_of(fewer)


async def test_with_all_slots_taken_one_may_still_apply_as_a_reserve(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, slots="1")
    await apply(await registered_creator(server, "raka"), post)
    await decide(staff, await open_applicant(server, staff), "Terima")
    maya = await registered_creator(server, "maya")
    await server.env.settle()

    listed = await maya.slash(server.channel("kampanye"), "kampanye daftar")
    assert "Slot penuh, lamaran masuk cadangan" in text_of(listed)
    shown = await maya.click(server.last("kampanye"), label="Lamar sebagai cadangan")
    await maya.submit_modal(shown, {"pitch": "Siap menggantikan kapan saja."})
    await decide(staff, await open_applicant(server, staff, 2), "Cadangan", "Slot penuh, kamu urutan pertama.")
    await decide(staff, await open_applicant(server, staff, 1), "Tolak", "Berhalangan hadir.")
    await server.env.settle()

    assert "Slot penuh" not in text_of(server.last("kampanye"))
    await decide(staff, await open_applicant(server, staff, 2), "Terima")
    await server.env.settle()
    assert [text_of(message).splitlines()[0] for message in server.dms(maya)] == [
        "Kamu masuk daftar cadangan",
        "Selamat, kamu diterima! 🎉",
    ]


async def test_of_two_staff_who_decide_at_once_one_wins_and_the_other_reads_who(server: Server) -> None:
    sari, dodi = await server.staff("sari.kol"), await server.staff("dodi.kol")
    raka = await registered_creator(server, "raka")
    await apply(raka, await announce(server, sari))
    for_sari, for_dodi = await open_applicant(server, sari), await open_applicant(server, dodi)
    dodis_form = await dodi.click(message_of(for_dodi), label="Tolak")

    await decide(sari, for_sari, "Terima")
    slower = await dodi.submit_modal(dodis_form, {"reason": "Kurang cocok."})
    pressed = await dodi.click(message_of(for_dodi), label="Cadangan")

    for refused in (slower, pressed):
        assert f"oleh <@{sari.id}>" in text_of(refused) and "Diterima" in text_of(refused)
    assert await states(server) == [ApplicationState.ACCEPTED]
    await server.env.settle()
    assert len(server.dms(raka)) == 1


async def test_a_yes_is_taken_back_only_with_a_reason_and_both_are_on_record(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    await apply(raka, await announce(server, staff))
    accepted = await decide(staff, await open_applicant(server, staff), "Terima")
    buttons = buttons_of(message_of(accepted))
    assert (buttons["Terima"], buttons["Cadangan"], buttons["Tolak"]) == (False, False, True)

    with pytest.raises(SetupError, match="cannot be empty"):
        await decide(staff, accepted, "Tolak", "")
    blank = await decide(staff, accepted, "Tolak", "  \u200b ")
    assert "Tulis alasannya" in text_of(blank)
    declined = await decide(staff, accepted, "Tolak", "Brand mengganti konsep.")
    await server.env.settle()

    assert set(buttons_of(message_of(declined)).values()) == {False}
    assert "Brand mengganti konsep." in text_of(declined) and f"Diterima oleh <@{staff.id}>" in text_of(declined)
    assert "Ada perubahan" in text_of(server.dms(raka)[-1])
    entries = await audit.entries(server.services.database.read, subject_kind="application", subject_id=1)
    assert [entry.action for entry in entries] == [
        "application.sent",
        "application.accepted",
        "application.declined",
    ]


async def test_staff_do_not_decide_on_themselves(server: Server) -> None:
    staff = await server.staff()
    both = await registered_creator(server, "sari.dua", roles=("Kreator", "Tim KOL"))
    await apply(both, await announce(server, staff))

    refused = await both.click(message_of(await open_applicant(server, both)), label="Terima")

    assert "lamaranmu sendiri" in text_of(refused)


async def test_staff_see_one_message_that_is_updated_however_many_apply(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    before = len(server.messages("staf-kol"))
    for number in range(6):
        await apply(await registered_creator(server, f"kreator{number}"), post, rate="3jt")
    await server.env.advance_time(60)

    boards = server.messages("staf-kol")[before:]
    assert len(boards) == 1
    assert "@kreator5" in text_of(boards[0]) and "3.000.000" not in text_of(boards[0])
    assert "Menunggu\n6" in text_of(boards[0])
    edits = [entry for entry in server.env.http_requests if entry.method == "PATCH" and str(boards[0].id) in entry.path]
    assert len(edits) == 1
    await server.restart()
    listed = await staff.click(boards[0], label="Lihat pelamar")
    assert "6 pelamar" in text_of(listed)


async def test_after_a_quiet_time_the_board_follows_at_once(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    await apply(await registered_creator(server, "raka"), post)
    await apply(await registered_creator(server, "maya"), post)
    assert "Menunggu\n1" in text_of(server.last("staf-kol"))
    await server.env.advance_time(31)
    assert "Menunggu\n2" in text_of(server.last("staf-kol"))

    await server.env.advance_time(31)
    await decide(staff, await open_applicant(server, staff), "Terima")
    await server.env.settle()
    assert "Diterima\n1 dari 2 slot" in text_of(server.last("staf-kol"))
    await decide(staff, await open_applicant(server, staff, 2), "Terima")
    await server.env.settle()
    assert "Diterima\n1 dari 2 slot" in text_of(server.last("staf-kol"))
    await server.env.advance_time(31)
    assert "Diterima\n2 dari 2 slot" in text_of(server.last("staf-kol"))


async def test_applicants_stand_side_by_side_page_by_page(server: Server) -> None:
    staff = await server.staff()
    empty_post = await announce(server, staff)
    assert "Belum ada pelamar" in text_of(await applicants(server, staff))
    for number in range(12):
        creator = await registered_creator(server, f"kreator{number:02}", followers=10_000 + number)
        await apply(creator, empty_post)

    listed = await applicants(server, staff)
    first = message_of(listed)
    assert listed.ephemeral and first.attachments[0].filename == "pelamar.png"
    assert "kreator09" in text_of(listed) and "kreator10" not in text_of(listed)
    assert "1–10 dari 12" in (first.attachments[0].description or "")
    await server.restart()
    turned = await staff.click(first, label="Berikutnya")
    assert "12. <@" in text_of(turned) and "10.011 followers" in text_of(turned)
    detail = await staff.select(message_of(turned), ["12"], custom_id="tsc:campaign:applicant")
    assert "@kreator11" in text_of(detail)


async def test_figures_that_need_a_look_are_told_to_staff_only(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka", followers=5_000, likes=4_000, comments=2)
    answered = await apply(raka, await announce(server, staff))

    detail = await open_applicant(server, staff)

    assert "Perlu dicek" in text_of(detail) and "di atas 30%" in text_of(detail)
    assert "Perlu dicek" not in text_of(answered)
