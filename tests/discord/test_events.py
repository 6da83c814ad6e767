"""Events from the form to the certificate, as staff and members meet them."""

from typing import Any

from simcord.actors import MemberActor

from bot.events.models import EventState
from bot.platform import audit
from bot.platform.files import FileKind, check_upload
from bot.platform.spreadsheets import read_tables
from tests.support.campaigns import buttons_of, fill, in_days, press_again
from tests.support.events import LINK, announce, begin, later
from tests.support.server import Server, message_of, text_of

HOUR = 3_600
GUESTS = "acara-admin peserta"
DAY = 24 * HOUR


def news(server: Server, member: MemberActor, holding: str) -> list[str]:
    """The private messages of a member that hold some words."""
    return [text for text in map(text_of, server.dms(member)) if holding in text]


async def code_of(server: Server) -> str:
    code = (await server.services.events.get(1)).code
    assert code is not None
    return code


async def cancel(server: Server, staff: MemberActor) -> Any:
    asked = await staff.slash(server.channel("staf-kol"), "acara-admin batal", judul="#1")
    done = await staff.click(message_of(asked), label="Ya, batalkan acara")
    await server.env.settle()
    return done


async def test_staff_announce_an_event_and_its_link_stays_with_the_participants(server: Server) -> None:
    staff, raka, maya = await server.staff(), await server.join("raka"), await server.join("maya")
    panel = await begin(server, staff)
    assert LINK in text_of(panel) and not server.messages("acara")
    await staff.click(message_of(panel), label="Umumkan")
    await server.env.settle()
    post = server.last("acara")

    assert "Bikin Hook" in text_of(post) and "khusus peserta" in text_of(post)
    assert [file.filename for file in post.attachments] == ["acara-1.png"]
    joined = await raka.click(post, label="Ikut")
    assert joined.ephemeral and "Kamu ikut!" in text_of(joined)
    assert "Kamu sudah ikut" in text_of(await raka.click(post, label="Ikut"))
    link = await raka.click(post, label="Tautan acara")
    assert link.ephemeral and LINK in text_of(link)
    refused = await maya.click(post, label="Tautan acara")
    assert LINK not in text_of(refused) and "Tekan Ikut dulu" in text_of(refused)
    await later(server, 20)
    assert "Peserta\n1" in text_of(server.messages("acara")[0])
    assert all(LINK not in text_of(message) for message in server.messages("acara"))
    audited = await server.services.database.read.fetch_all("SELECT details FROM audit_entry")
    assert all(LINK not in row["details"] for row in audited)


async def test_a_freed_place_goes_to_who_waited_longest_and_they_hear_it_once(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, seats=1)
    raka, maya, dodi = [await server.join(name) for name in ("raka", "maya", "dodi")]
    await raka.click(post, label="Ikut")
    waits = await maya.click(post, label="Ikut")
    assert "nomor **1** di daftar tunggu" in text_of(waits) and "Tautan acara" not in buttons_of(message_of(waits))
    assert "nomor **2**" in text_of(await dodi.click(post, label="Ikut"))
    assert "daftar tunggu" in text_of(await maya.click(post, label="Tautan acara"))

    await raka.click(post, label="Batal ikut")
    await server.restart()

    assert len(news(server, maya, "Kamu dapat tempat")) == 1 and LINK in news(server, maya, "Kamu dapat tempat")[0]
    assert not news(server, dodi, "Kamu dapat tempat")
    # Whoever comes back stands at the end of the line.
    assert "nomor **2**" in text_of(await raka.click(post, label="Ikut"))
    nothing = await (await server.join("tono")).click(post, label="Batal ikut")
    assert "belum ikut" in text_of(nothing)


async def test_more_seats_let_the_waiting_in(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, seats=1)
    members = [await server.join(name) for name in ("raka", "maya", "dodi")]
    for member in members:
        await member.click(post, label="Ikut")
    listed = await staff.slash(server.channel("staf-kol"), "acara-admin daftar")
    panel = await staff.select(message_of(listed), ["1"])
    details = {"title": "Bikin Hook", "about": "Tiga detik pertama.", "place": f"Zoom {LINK}", "seats": "2"}
    await fill(staff, panel, "Ubah isi & kuota", details)
    await server.env.settle()

    assert [len(news(server, member, "Kamu dapat tempat")) for member in members] == [0, 1, 0]
    # Time and place stayed, so nobody is told of a change.
    assert not any(news(server, member, "Ada perubahan") for member in members)


async def test_participants_are_reminded_a_day_and_an_hour_before_once_each(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, seats=1)
    raka, maya = await server.join("raka"), await server.join("maya")
    await raka.click(post, label="Ikut")
    await maya.click(post, label="Ikut")

    await later(server, 2 * DAY + 60)
    assert len(news(server, raka, "Pengingat")) == 1 and LINK in news(server, raka, "Pengingat")[0]
    await server.restart()
    assert len(news(server, raka, "Pengingat")) == 1
    code, staff_room = await code_of(server), server.channel("staf-kol")
    assert not any(code in text_of(note) for note in server.messages("staf-kol"))
    await later(server, DAY - HOUR)
    await server.restart()
    assert len(news(server, raka, "Pengingat")) == 2
    assert not news(server, maya, "Pengingat")
    (note,) = [note for note in server.messages("staf-kol") if "Sebentar lagi mulai: Bikin Hook" in text_of(note)]
    assert code in text_of(note) and "1 dari 1 · 1 menunggu" in text_of(note)
    for guests in (
        await staff.click(note, label="Peserta & kehadiran"),
        await staff.slash(staff_room, GUESTS, judul="#1"),
    ):
        assert code in text_of(guests) and "1 dari 1 peserta · 1 menunggu" in text_of(guests)
    assert "1 dari 1 peserta · 1 menunggu" in text_of(await raka.slash(server.channel("umum"), "acara daftar"))
    assert code not in text_of(await raka.slash(server.channel("umum"), "acara daftar"))

    await later(server, 4 * HOUR)
    assert "tidak tercatat hadir" in text_of(await raka.slash(server.channel("umum"), "acara saya"))
    assert "kamu tidak dapat tempat" in text_of(await maya.slash(server.channel("umum"), "acara saya"))


async def test_a_bot_that_was_away_sends_one_late_reminder_and_none_after_the_end(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    raka = await server.join("raka")
    await raka.click(post, label="Ikut")
    await server.restart(off_for=3 * DAY + 600)
    assert len(news(server, raka, "sudah dimulai")) == 1 and len(news(server, raka, "Pengingat")) == 1

    late = await (await server.join("maya")).click(post, label="Ikut")
    assert "sudah dimulai" in text_of(late)
    second = await announce(server, staff, title="Kopdar", place="Kafe Senja")
    await raka.click(second, label="Ikut")
    await server.restart(off_for=4 * DAY)
    assert not news(server, raka, "Pengingat: Kopdar")
    assert "Selesai" in text_of(server.messages("acara")[1])


async def test_a_new_time_is_told_once_and_moves_the_reminders(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, seats=1)
    raka, maya = await server.join("raka"), await server.join("maya")
    await raka.click(post, label="Ikut")
    await maya.click(post, label="Ikut")
    listed = await staff.slash(server.channel("staf-kol"), "acara-admin daftar")
    panel = await staff.select(message_of(listed), ["1"])
    await fill(staff, panel, "Ubah waktu", {"starts": in_days(server, 5), "lasts": "2 jam"})
    await server.restart()

    assert len(news(server, raka, "Waktunya berubah")) == len(news(server, maya, "Waktunya berubah")) == 1
    assert LINK not in news(server, maya, "Waktunya berubah")[0]
    await later(server, 3 * DAY)
    assert not news(server, raka, "Pengingat")
    await later(server, DAY + 60)
    assert len(news(server, raka, "Pengingat")) == 1


async def test_a_cancelled_event_is_told_to_everyone_once_and_reminds_nobody(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff, seats=1)
    raka, maya = await server.join("raka"), await server.join("maya")
    await raka.click(post, label="Ikut")
    await maya.click(post, label="Ikut")

    assert "dibatalkan" in text_of(await cancel(server, staff))
    await server.restart()

    assert len(news(server, raka, "Dibatalkan")) == len(news(server, maya, "Dibatalkan")) == 1
    closed = server.messages("acara")[0]
    assert "Dibatalkan" in text_of(closed) and not buttons_of(closed)
    assert "dibatalkan" in text_of(await press_again(server, raka, "tsc:event:join:1"))
    await later(server, 4 * DAY)
    assert not news(server, raka, "Pengingat")


async def test_who_types_the_code_or_is_noted_is_asked_once_and_gets_a_certificate(server: Server) -> None:
    staff = await server.staff()
    post = await announce(server, staff)
    raka, maya, dodi = [await server.join(name) for name in ("raka", "maya", "dodi")]
    for member in (raka, maya, dodi):
        await member.click(post, label="Ikut")
    code = await code_of(server)
    umum = server.channel("umum")
    assert "Belum waktunya" in text_of(await raka.slash(umum, "acara hadir", kode=code))
    await later(server, 3 * DAY + 600)
    assert "tidak cocok" in text_of(await raka.slash(umum, "acara hadir", kode="SALAH1"))
    stranger = await server.join("tono")
    assert "tidak terdaftar" in text_of(await stranger.slash(umum, "acara hadir", kode=code))
    assert "tercatat" in text_of(await raka.slash(umum, "acara hadir", kode=code.lower()))
    listed = await staff.slash(server.channel("staf-kol"), "acara-admin peserta", judul="#1")
    noted = await staff.select(message_of(listed), [str(maya.id)], custom_id="tsc:event:attended:1")
    assert "1 peserta dicatat hadir" in text_of(noted)
    await later(server, 3 * HOUR)
    await server.restart()

    asked = [message for message in server.dms(raka) if "Makasih sudah datang" in text_of(message)]
    assert len(asked) == 1 and len(news(server, maya, "Makasih sudah datang")) == 1
    assert not news(server, dodi, "Makasih sudah datang")
    form = await raka.user.click(asked[0], label="5 ⭐")
    thanked = await raka.user.submit_modal(form, {"comment": "Seru!"})
    assert "5 dari 5" in text_of(thanked)
    certificate = await raka.user.click(asked[0], label="Sertifikat")
    assert [file.filename for file in message_of(certificate).attachments] == ["sertifikat-1.png"]
    refused = await dodi.slash(umum, "acara saya")
    assert "Selesai" in text_of(refused) and "Hadir" not in text_of(refused)
    guests = await staff.slash(server.channel("staf-kol"), "acara-admin peserta", judul="#1")
    assert "5 ⭐ Seru!" in text_of(guests)

    told = await staff.slash(server.channel("staf-kol"), "acara-admin masukan", judul="#1")
    for part in ("**5** dari 5", "Seru!", "Hadir\n2", "Memberi nilai\n1"):
        assert part in text_of(told)
    sheet = await staff.slash(server.channel("staf-kol"), "acara-admin ekspor", judul="#1")
    (file,) = message_of(sheet).attachments
    (table,) = read_tables(check_upload(await file.read(), [FileKind.SPREADSHEET]))
    rows = {str(row.cell(2)): (row.cell(3), row.cell(6), row.cell(7)) for row in table.rows[4:]}
    assert rows == {
        str(raka.id): ("Hadir", 5, "Seru!"),
        str(maya.id): ("Hadir", None, None),
        str(dodi.id): ("Ikut", None, None),
    }


async def test_a_mistaken_attendance_is_taken_back_with_its_stars_and_certificate(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    post = await announce(server, staff)
    await raka.click(post, label="Ikut")
    await later(server, 3 * DAY + 600)
    await server.services.event_guests.note_attendance(audit.Actor(staff.id), 1, [raka.id])
    await server.services.event_guests.rate(audit.Actor(raka.id), 1, 1, "Bukan saya yang datang")
    listed = await staff.slash(server.channel("staf-kol"), "acara-admin peserta", judul="#1")
    asked = await staff.select(message_of(listed), [str(raka.id)], custom_id="tsc:event:unattended:1")
    assert "dihapus" in text_of(await staff.click(message_of(asked), label="Ya, hapus catatan hadir"))
    await later(server, 3 * HOUR)

    assert not news(server, raka, "Makasih sudah datang")
    assert "tercatat hadir" in text_of(await press_again(server, raka, "tsc:event:certificate:1"))
    told = await staff.slash(server.channel("staf-kol"), "acara-admin masukan", judul="#1")
    assert "Belum ada nilai" in text_of(told) and "Bukan saya" not in text_of(told)
    again = await staff.slash(server.channel("staf-kol"), "acara-admin peserta", judul="#1")
    noted = await staff.select(message_of(again), [str(raka.id)])
    assert "1 peserta dicatat hadir" in text_of(noted)
    await server.env.settle()
    assert len(news(server, raka, "Makasih sudah datang")) == 1


async def test_a_refused_form_says_everything_that_is_wrong_and_keeps_what_was_typed(server: Server) -> None:
    staff = await server.staff()
    refused = await begin(server, staff, starts="25/3", lasts="lama", place="https://a.id https://b.id")
    for part in ("Mulai", "Lama", "satu tautan"):
        assert part in text_of(refused)
    assert (await staff.click(message_of(refused), label="Perbaiki")).modal is not None
    leaking = await begin(server, staff, about=f"Gabung di {LINK}")
    assert "hanya untuk peserta" in text_of(leaking)
    assert (await server.services.events.listed(list(EventState), limit=5))[1] == 0


async def test_members_can_neither_write_nor_call_off_nor_see_drafts_or_guests(server: Server) -> None:
    staff, raka = await server.staff(), await server.join("raka")
    await begin(server, staff)
    umum = server.channel("umum")
    assert "Belum ada acara" in text_of(await raka.slash(umum, "acara daftar"))
    for act in ("open:1:1", "cancel-yes:1", "guests:1", "export:1", "feedback:1", "unattended-yes:1:5"):
        assert "hanya untuk Tim KOL" in text_of(await press_again(server, raka, f"tsc:event:{act}"))


async def test_an_old_preview_announces_nothing(server: Server) -> None:
    staff = await server.staff()
    panel = await begin(server, staff)
    await fill(staff, panel, "Ubah waktu", {"starts": in_days(server, 9), "lasts": "2 jam"})
    refused = await press_again(server, staff, "tsc:event:open:1:1")
    assert "sudah berubah" in text_of(refused) and not server.messages("acara")


async def test_discords_own_list_shows_the_event_once_follows_changes_and_drops_a_cancelled_one(server: Server) -> None:
    staff = await server.staff()
    await announce(server, staff)
    await server.restart()

    def listed() -> list[Any]:
        return list(server.env.backend.get_guild(server.guild.id).scheduled_events.values())

    [shown] = listed()
    assert shown.name == "Bikin Hook" and LINK not in str(shown) and "Zoom" in str(shown)
    listed_for_staff = await staff.slash(server.channel("staf-kol"), "acara-admin daftar")
    panel = await staff.select(message_of(listed_for_staff), ["1"])
    before = shown.scheduled_start_time
    await fill(staff, panel, "Ubah waktu", {"starts": in_days(server, 5), "lasts": "2 jam"})
    await server.env.settle()
    [moved] = listed()
    assert moved.scheduled_start_time != before
    # The row is carried out again, as after a crash before it was marked sent: still one.
    async with server.services.database.unit() as tx:
        await tx.execute("UPDATE outbox_message SET state = 'sending', attempted_at = 1 WHERE kind = 'schedule'")
    await server.restart()
    assert len(listed()) == 1
    await cancel(server, staff)
    assert all(int(one.status) == 4 for one in listed())
