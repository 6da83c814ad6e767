"""What creators do with an application they have sent: read it, mend it, or step back after a yes."""

import json

from bot.campaigns.models import ApplicationState
from bot.creators.models import Platform
from bot.platform import audit
from tests.support.campaigns import announce, apply, buttons_of, decide, open_applicant, press_again, states
from tests.support.people import add_account, registered_creator
from tests.support.server import Server, message_of, text_of

DAY = 86_400
LINK = "https://tiktok.com/@raka/video/1"


async def test_a_creator_reads_their_own_application_in_full(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    post = await announce(server, staff)
    await apply(raka, post, rate="2jt", links=LINK, pitch="Audiens saya suka skincare. " * 15)

    status = await raka.slash(server.channel("kampanye"), "kampanye status")
    detail = await raka.click(post, label="Syarat lengkap")

    for shown in (status, detail):
        for part in ("@raka (TikTok)", "Rp 2.000.000", LINK, "Audiens saya suka skincare. " * 14, "Dikirim"):
            assert part in text_of(shown)
        assert {"Ubah lamaran", "Batalkan lamaran"} <= set(buttons_of(message_of(shown)))


async def test_the_longest_application_is_shown_within_what_discord_takes(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    links = "\n".join(f"https://a.id/{number}/" + "x" * 280 for number in range(3))
    for number in range(3):
        post = await announce(server, staff, title=f"{number} " + "J" * 90, brand="B" * 80, brief="kata " * 390)
        await apply(raka, post, pitch="*kata* " * 280, links=links, rate="2jt")

    status = await raka.slash(server.channel("kampanye"), "kampanye status")
    detail = await raka.click(post, label="Syarat lengkap")

    for shown in (status, detail):
        assert len(text_of(shown)) < 6_000
    assert "kata" in text_of(detail) and links in text_of(detail)


async def test_a_waiting_application_is_changed_in_the_form_it_was_sent_with(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    sent = await apply(raka, await announce(server, staff), rate="2jt", links=LINK)
    old = await open_applicant(server, staff)
    await server.restart()

    shown = await raka.click(message_of(sent), label="Ubah lamaran")
    for typed in ("suka skincare", "2.000.000", LINK):
        assert typed in json.dumps(shown.modal)
    done = await raka.submit_modal(shown, {"pitch": "Sekarang saya punya studio.", "rate": "1,8jt", "links": LINK})

    assert "diperbarui" in text_of(done)
    detail = await open_applicant(server, staff)
    for part in ("Sekarang saya punya studio", "Rp 1.800.000", "diubah kreator", "Diubah"):
        assert part in text_of(detail)
    status = await raka.slash(server.channel("kampanye"), "kampanye status")
    assert "Kamu ubah" in text_of(status) and "diubah <t:" in text_of(status)
    entries = await audit.entries(server.services.database.read, subject_kind="application", subject_id=1)
    assert [entry.action for entry in entries] == ["application.sent", "application.changed"]
    assert entries[-1].details["changes"] == ["pitch", "rate"] and "1800000" not in str(entries[-1].details)
    stale = await staff.click(message_of(old), label="Terima")
    assert stale.modal is None and "Kreator mengubah lamaran ini" in text_of(stale)
    await decide(staff, detail, "Terima")
    assert await states(server) == [ApplicationState.ACCEPTED]


async def test_staff_who_decide_while_it_is_being_changed_read_the_new_version_first(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    sent = await apply(raka, await announce(server, staff))
    deciding = await staff.click(message_of(await open_applicant(server, staff)), label="Tolak")
    shown = await raka.click(message_of(sent), label="Ubah lamaran")
    await raka.submit_modal(shown, {"pitch": "Sekarang saya punya studio."})

    stale = await staff.submit_modal(deciding, {"reason": "Kurang cocok."})

    assert "Kreator mengubah lamaran ini" in text_of(stale)
    assert await states(server) == [ApplicationState.WAITING]


async def test_sending_the_form_unchanged_changes_nothing(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    sent = await apply(raka, await announce(server, staff))
    detail = await open_applicant(server, staff)
    shown = await raka.click(message_of(sent), label="Ubah lamaran")

    await raka.submit_modal(shown, {"pitch": "Audiens saya perempuan 18 sampai 24 yang suka skincare."})

    await decide(staff, detail, "Terima")
    assert await states(server) == [ApplicationState.ACCEPTED]


async def test_another_account_is_chosen_afterwards(server: Server) -> None:
    staff = await server.staff()
    raka = await registered_creator(server, "raka")
    sent = await apply(raka, await announce(server, staff))
    large = await add_account(server, raka, "raka.besar", platform=Platform.YOUTUBE, followers=90_000)

    shown = await raka.click(message_of(sent), label="Ubah lamaran")
    await raka.submit_modal(shown, {"account": [str(large)], "pitch": "Kanal saya ulasan skincare."})

    assert "@raka.besar" in text_of(await open_applicant(server, staff))


async def test_what_is_decided_closed_or_of_another_is_not_changed(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    raka, maya = await registered_creator(server, "raka"), await registered_creator(server, "maya")
    sent = await apply(raka, post)
    late = await apply(maya, post)
    foreign = await press_again(server, maya, "tsc:campaign:change:1")
    assert foreign.modal is None and "bukan milikmu" in text_of(foreign)
    shown = await raka.click(message_of(sent), label="Ubah lamaran")
    await decide(staff, await open_applicant(server, staff, 1), "Cadangan", "Slot terbatas.")

    decided = await raka.submit_modal(shown, {"pitch": "Sekarang saya punya studio."})
    await server.env.advance_time(8 * DAY)
    closed = await maya.click(message_of(late), label="Ubah lamaran")

    assert "sudah diputuskan" in text_of(decided)
    assert closed.modal is None and "sudah ditutup" in text_of(closed)
    status = await maya.slash(server.channel("kampanye"), "kampanye status")
    assert "Ubah lamaran" not in buttons_of(message_of(status))


async def test_an_accepted_creator_steps_back_with_a_reason_and_the_slot_is_free_again(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, slots="1")
    raka, maya = await registered_creator(server, "raka"), await registered_creator(server, "maya")
    await apply(raka, post)
    await apply(maya, post)
    await decide(staff, await open_applicant(server, staff, 1), "Terima")
    await server.env.settle()
    (news,) = server.dms(raka)
    assert "paling lambat 3 hari kerja" in text_of(news)
    status = await raka.slash(server.channel("kampanye"), "kampanye status")
    for message in (news, message_of(status)):
        assert {"Butuh bantuan", "Aku tidak bisa ikut"} <= set(buttons_of(message))
    helped = await raka.user.click(news, label="Butuh bantuan")
    assert "Bantuan" in text_of(helped)
    await server.restart()
    shown = await raka.user.click(news, label="Aku tidak bisa ikut")
    again = await raka.click(message_of(status), label="Aku tidak bisa ikut")

    done = await raka.user.submit_modal(shown, {"reason": "Saya sakit sampai akhir bulan."})
    second = await raka.submit_modal(again, {"reason": "Saya sakit sampai akhir bulan."})
    await server.env.settle()

    assert "Tim sudah dikabari" in text_of(done) and "tim sudah tahu" in text_of(second)
    notes = [one for one in server.messages("staf-kol") if "Kreator mundur" in text_of(one)]
    assert len(notes) == 1
    for part in ("@raka", "Saya sakit sampai akhir bulan.", "0 dari 1 slot", "1 pelamar yang menunggu"):
        assert part in text_of(notes[0])
    assert "Slot penuh" not in text_of(server.last("kampanye"))
    mine = await raka.slash(server.channel("kampanye"), "kampanye status")
    assert "Kamu mundur" in text_of(mine) and "Aku tidak bisa ikut" not in buttons_of(message_of(mine))
    assert "Batal oleh" in text_of(await open_applicant(server, staff, 1))
    await decide(staff, await open_applicant(server, staff, 2), "Terima")
    assert sorted(await states(server)) == [ApplicationState.ACCEPTED, ApplicationState.WITHDRAWN]
    entries = await audit.entries(server.services.database.read, subject_kind="application", subject_id=1)
    assert entries[-1].action == "application.stepped_back" and "sakit" not in str(entries[-1].details)


async def test_stepping_back_needs_a_reason_and_a_yes_of_ones_own(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    raka, maya = await registered_creator(server, "raka"), await registered_creator(server, "maya")
    await apply(raka, post)
    waiting = await press_again(server, raka, "tsc:campaign:step-back:1")
    assert waiting.modal is None and "belum ada slot" in text_of(waiting)
    await decide(staff, await open_applicant(server, staff, 1), "Terima")

    foreign = await press_again(server, maya, "tsc:campaign:step-back:1")
    shown = await press_again(server, raka, "tsc:campaign:step-back:1")
    blank = await raka.submit_modal(shown, {"reason": " \u200b "})

    assert foreign.modal is None and "bukan milikmu" in text_of(foreign)
    assert "Tulis alasannya" in text_of(blank)
    assert await states(server) == [ApplicationState.ACCEPTED]
